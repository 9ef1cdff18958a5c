"""How fast a group moves, when it gets there at that pace, and how fast it would have to move.

Everything here is a straight line through two figures of one source; nothing is forecast. Where a question has no
answer the result is a ``NoAnswer`` with its reason as a code; a page turns it into a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from data_access.measures.arrays import finite
from data_access.measures.trend_line import Mismatch, NoAnswer, Point, check_points, ends, mismatches

DEADLINE = 2030.0
"""The year by which the Goals are to be reached."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Change per year in the unit of the figures, from ``first_year`` to ``last_year`` (middles of the periods).

    The bounds have the level of the figures' own, and are None unless both figures have bounds. ``not_stated`` names
    facets that could not be compared because a source does not state them.
    """

    per_year: float
    lower: float | None
    upper: float | None
    first_year: float
    last_year: float
    not_stated: tuple[Mismatch, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """The year in which the target is reached if the pace holds, with a fraction, and ``earliest`` and ``latest``.

    ``bounded`` is False where the figures have no bounds: then both are None. Where it is True and ``latest`` is None,
    the figures do not exclude that the target is never reached at this pace.
    """

    year: float
    earliest: float | None
    latest: float | None
    bounded: bool
    pace: Pace


@dataclass(frozen=True, slots=True)
class PaceNeeded:
    """Change per year from the latest figure to the target by ``deadline``; bounds from the figure's own, 0 where one
    of its bounds already meets the target."""

    per_year: float
    lower: float | None
    upper: float | None
    from_year: float
    deadline: float


def pace(points: Sequence[Point]) -> Pace | NoAnswer:
    """Annual rate of change (y₂ − y₁)/(t₂ − t₁), from the earliest figure that is comparable with the latest.

    ``points`` figures of one line in any order. Comparable: no facet differs, and unit, kind of scale, concept, group,
    area and source are stated by both. Bounds: MOVER on the two figures' own bounds, as for two independent sources.

    NoAnswer: one_period, period_not_stated, not_comparable (with what stands between the two latest figures).
    Raises ValueMissing, IntervalHalfStated, BoundsReversed, EstimateOutsideInterval with the position of the first
    wrong point, PeriodReversed, PeriodTwice.

    Source of the bounds: Zou and Donner (2008).
    """
    found = ends(points)
    if isinstance(found, NoAnswer):
        return found
    return _pace(*found)


def reach(points: Sequence[Point], target: float) -> Reach | NoAnswer:
    """Year in which the line through the two figures of ``pace`` meets the ``target``.

    ``earliest`` and ``latest`` are where the target enters and leaves the bounds of that line, drawn on from the bounds
    of the figures (Fieller's argument with MOVER bounds); never before the latest figure.

    NoAnswer: already_met (one period is enough to say so), those of ``pace``, direction_not_stated, not_on_track.
    Raises what ``pace`` raises.
    """
    last = _latest(points, target)
    if isinstance(last, NoAnswer):
        return last
    found = ends(points)
    if isinstance(found, NoAnswer):
        return found
    first, sign = found[0], last.sign or 1
    missing = sign * (target - last.value)
    change = sign * (last.value - first.value)
    if change <= 0:
        return NoAnswer("not_on_track")
    moved = _pace(first, last)
    span, from_year = moved.last_year - moved.first_year, moved.last_year
    year = from_year + span * missing / change
    before, after = first.half_widths(sign), last.half_widths(sign)
    if before is None or after is None:
        return Reach(year, None, None, False, moved)
    earliest = _spans_to_upper(missing, change, last_above=after[1], first_below=before[0])
    latest = _spans_to_lower(missing, change, last_below=after[0], first_above=before[1])
    return Reach(
        year,
        from_year + span * earliest,
        None if latest is None else from_year + span * latest,
        True,
        moved,
    )


def pace_needed(points: Sequence[Point], target: float, deadline: float = DEADLINE) -> PaceNeeded | NoAnswer:
    """Change per year that takes the latest figure to the ``target`` by the ``deadline`` year.

    NoAnswer: one_period where there is no point at all, period_not_stated, direction_not_stated, already_met,
    deadline_past. Raises what ``pace`` raises.
    """
    last = _latest(points, target)
    if isinstance(last, NoAnswer):
        return last
    sign = last.sign or 1
    years = deadline - last.year
    if years <= 0:
        return NoAnswer("deadline_past")
    needed = (target - last.value) / years
    if last.lower is None or last.upper is None:
        return PaceNeeded(needed, None, None, last.year, deadline)
    bounds = sorted(sign * max(sign * (target - bound), 0.0) / years for bound in (last.lower, last.upper))
    return PaceNeeded(needed, bounds[0] + 0.0, bounds[1] + 0.0, last.year, deadline)


def _latest(points: Sequence[Point], target: float) -> Point | NoAnswer:
    """The latest figure, where it has not met the target yet."""
    finite("target", target)
    check_points(points)
    if not points:
        return NoAnswer("one_period")
    if any(point.measured.period is None for point in points):
        return NoAnswer("period_not_stated")
    last = max(points, key=lambda point: point.year)
    if last.sign is None:
        return NoAnswer("direction_not_stated")
    return NoAnswer("already_met") if last.sign * (target - last.value) <= 0 else last


def _pace(first: Point, last: Point) -> Pace:
    span = last.year - first.year
    change = last.value - first.value
    lower = upper = None
    before, after = first.half_widths(), last.half_widths()
    if before is not None and after is not None:
        lower, upper = change - hypot(after[0], before[1]), change + hypot(after[1], before[0])
    return Pace(
        change / span,
        None if lower is None else lower / span,
        None if upper is None else upper / span,
        first.year,
        last.year,
        mismatches(first.measured, last.measured),
    )


def _spans_to_upper(missing: float, change: float, last_above: float, first_below: float) -> float:
    """Spans c >= 0 after the latest figure at which the upper bound of the line meets the target.

    The line lies c·change above the latest figure, its bound √(((1 + c)·last_above)² + (c·first_below)²) higher still.
    That is convex and starts below the target, so it crosses once.
    """
    if last_above >= missing:
        return 0.0
    _, b, c, root = _crossing(missing, change, last_above, first_below)
    return 2 * c / (root - b)


def _spans_to_lower(missing: float, change: float, last_below: float, first_above: float) -> float | None:
    """The same for the lower bound, which is concave: None where it does not keep rising, and may never get there."""
    if change <= hypot(last_below, first_above):
        return None
    a, b, _, root = _crossing(missing, change, last_below, first_above)
    return (root - b) / (2 * a)


def _crossing(missing: float, change: float, last: float, first: float) -> tuple[float, float, float, float]:
    """Coefficients a, b, c of (missing − x·change)² = ((1 + x)·last)² + (x·first)², and √(b² − 4ac); b is below 0."""
    a, b, c = change**2 - last**2 - first**2, -2 * (missing * change + last**2), missing**2 - last**2
    return a, b, c, sqrt(max(b * b - 4 * a * c, 0.0))
