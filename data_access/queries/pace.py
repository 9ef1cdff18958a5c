"""How fast a group moves towards its goal, and who is behind it: the answers for one line of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_access.figures import Figure
from data_access.measures.errors import MeasureRefused
from data_access.measures.people_behind import PeopleBehind, people_behind
from data_access.measures.trend import Pace, PaceNeeded, Reach, pace, pace_needed, reach
from data_access.measures.trend_line import Mismatch, NoAnswer, Point, ends
from data_access.periods import years
from data_access.queries.catalogue import Catalogue
from data_access.queries.goals import GoalFacts, Target, WithoutTarget, target_of
from data_access.queries.lines import Denominator, denominator_of, point_of


@dataclass(frozen=True, slots=True)
class Behind:
    """People behind the goal with the denominator they were counted in, which is None where none is held."""

    people: PeopleBehind | NoAnswer | None
    denominator: Denominator | None


@dataclass(frozen=True, slots=True)
class LinePace:
    """Every answer for the figures of one source, group and area.

    ``latest`` and ``earliest`` are the figures the pace was taken from, or the first and the last with a value where
    there is none; ``reach``, ``needed`` and ``behind`` are None where there is no target to hold the line against.
    ``distance`` is how far the latest figure is from the target in the unit of the series, below 0 when it is beyond.
    ``left_out``: earlier figures that are not comparable with the latest, each with what stands between.
    """

    earliest: Figure
    latest: Figure
    pace: Pace | NoAnswer
    target: Target | WithoutTarget
    reach: Reach | NoAnswer | None = None
    needed: PaceNeeded | NoAnswer | None = None
    distance: float | None = None
    behind: Behind | None = None
    left_out: tuple[tuple[Figure, tuple[Mismatch, ...]], ...] = ()


def line_pace(known: Catalogue, goal: GoalFacts | None, figures: Sequence[Figure]) -> LinePace | MeasureRefused | None:
    """The answers for ``figures``, one line in time order; None when none of them has a value.

    A MeasureRefused is handed back, not raised: figures that contradict themselves are no reason to show no page.
    """
    pairs = [(figure, point) for figure in figures if (point := point_of(known, figure))]
    if not pairs:
        return None
    points = [point for _, point in pairs]
    try:
        return _answers(known, goal, [figure for figure, _ in pairs], points)
    except MeasureRefused as refused:
        return refused


def _answers(known: Catalogue, goal: GoalFacts | None, figures: Sequence[Figure], points: Sequence[Point]) -> LinePace:
    moved = pace(points)
    earliest, latest = figures[0], figures[-1]
    if isinstance(moved, Pace):
        earliest = next(figure for figure in figures if sum(years(figure.time_period)) / 2 == moved.first_year)
    elif moved.why == "not_comparable":
        earliest = figures[-2]
    target, left_out = target_of(goal, points), _left_out(figures, points)
    if isinstance(target, WithoutTarget):
        return LinePace(earliest, latest, moved, target, left_out=left_out)
    last = points[-1]
    distance = None if last.sign is None else last.sign * (target.value - last.value)
    return LinePace(
        earliest,
        latest,
        moved,
        target,
        reach(points, target.value),
        pace_needed(points, target.value, float(target.goal.year)),
        distance,
        _behind(known, latest, last, target.value),
        left_out,
    )


def _left_out(figures: Sequence[Figure], points: Sequence[Point]) -> tuple[tuple[Figure, tuple[Mismatch, ...]], ...]:
    """The earlier figures that ``ends`` would not join to the latest one."""
    joined = [(figure, ends([point, points[-1]])) for figure, point in zip(figures[:-1], points[:-1], strict=True)]
    return tuple((figure, answer.against) for figure, answer in joined if isinstance(answer, NoAnswer))


def _behind(known: Catalogue, figure: Figure, point: Point, target: float) -> Behind:
    denominator = denominator_of(known, figure)
    if denominator is None or point.sign is None:
        return Behind(None, None)
    gap = point.sign * (target - point.value)
    bounds = (
        sorted(point.sign * (target - bound) for bound in (point.lower, point.upper))
        if point.lower is not None and point.upper is not None
        else None
    )
    return Behind(
        people_behind(
            gap,
            denominator.population,
            point.measured,
            lower=bounds[0] if bounds else None,
            upper=bounds[1] if bounds else None,
            scale=known.series[figure.series].scale,
        ),
        denominator,
    )
