"""How fast a group moves, when it gets there at that pace, how fast it would have to move, and how many people wait.

Everything here is a straight line through two figures of one source; nothing is forecast. Where a question has no
answer the result is a ``NoAnswer`` with its reason as a code; a page turns it into a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import hypot, sqrt
from typing import Literal

import numpy as np

from data_access.measures.arrays import finite, require
from data_access.measures.comparability import Facet, Kind
from data_access.measures.errors import (
    BoundsReversed,
    EstimateOutsideInterval,
    IntervalHalfStated,
    MeasureRefused,
    PeriodReversed,
)
from data_access.measures.measured_as import MeasuredAs

DEADLINE = 2030.0
"""The year by which the Goals are to be reached."""

Why = Literal[
    "one_period",
    "period_not_stated",
    "not_comparable",
    "direction_not_stated",
    "already_met",
    "not_on_track",
    "deadline_past",
    "not_behind",
    "not_a_share",
    "population_differs",
]


class PeriodTwice(MeasureRefused):
    """Two figures of one line stand at the same time."""

    def __init__(self, position: int, year: float) -> None:
        self.position, self.year = position, year
        super().__init__(f"points[{position}] stands at {year:g} like an earlier one: give one figure for each period.")


@dataclass(frozen=True, slots=True)
class Point:
    """A figure with how it was measured, its period included; bounds None where the source published none."""

    value: float
    measured: MeasuredAs
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A facet in which two things that should be alike differ or are not stated, with what each has."""

    facet: Facet
    kind: Kind
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """Why a question has no answer, and the facets that stand against it.

    not_on_track: the group stands still or moves the wrong way, so no date follows at any pace it has shown.
    """

    why: Why
    against: tuple[Mismatch, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Population:
    """Number of people of a group in an area and year, with the source that states it; ``group`` a canonical key."""

    people: float
    source: str
    year: float
    area: str
    group: str


@dataclass(frozen=True, slots=True)
class PeopleBehind:
    """People rounded to two significant digits; bounds None where the gap has none."""

    people: int
    lower: int | None
    upper: int | None


def mismatches(first: MeasuredAs, last: MeasuredAs) -> tuple[Mismatch, ...]:
    """Facets in which two periods of one line differ or are not stated. Empty: nothing stands between them.

    What neither states counts as not stated, never as equal; facets that cannot apply are left out: the range of the
    scale but for scores and indices, how disability was asked but for groups by disability, the basis of a group but for
    groups, the vintage of boundaries for a whole country.
    """
    group = f"{first.group}{last.group}"
    country = first.covers_a_country and last.covers_a_country
    scored = first.scale_kind in ("score", "index")
    share = first.scale_kind in ("percentage", "rate")
    facets: list[tuple[Facet, str | None, str | None, bool]] = [
        ("unit", first.unit, last.unit, True),
        ("scale_kind", first.scale_kind, last.scale_kind, True),
        ("scale_range", first.scale_range, last.scale_range, scored),
        ("direction", _direction(first), _direction(last), True),
        ("concept", first.concept, last.concept, True),
        ("group", first.group_key, last.group_key, True),
        ("area", first.area, last.area, True),
        ("source", first.source, last.source, True),
        ("series", first.series, last.series, True),
        ("definition", first.definition, last.definition, True),
        ("numerator", first.numerator, last.numerator, share),
        ("denominator", first.denominator, last.denominator, share),
        ("age_range", first.age_range, last.age_range, share),
        ("group_basis", first.group_basis, last.group_basis, group != ""),
        ("disability_method", first.disability_method, last.disability_method, "DISABILITY" in group),
        ("area_vintage", first.area_vintage, last.area_vintage, not country),
        ("mode", first.mode, last.mode, True),
        ("sampling", first.sampling, last.sampling, True),
    ]
    found = []
    for facet, one, other, applies in facets:
        if not (applies or one or other):
            continue
        if not one or not other:
            found.append(Mismatch(facet, "not_stated", one or None, other or None))
        elif _plain(one) != _plain(other):
            found.append(Mismatch(facet, "differs", one, other))
    return tuple(found)


MUST_BE_STATED: frozenset[Facet] = frozenset({"unit", "scale_kind", "concept", "group", "area", "source"})


def pace(points: Sequence[Point]) -> Pace | NoAnswer:
    """Annual rate of change (y₂ − y₁)/(t₂ − t₁), from the earliest figure that is comparable with the latest.

    ``points`` figures of one line in any order. Comparable: no facet differs, and unit, kind of scale, concept, group,
    area and source are stated by both. Bounds: MOVER on the two figures' own bounds, as for two independent sources.

    NoAnswer: one_period, period_not_stated, not_comparable (with what stands between the two latest figures).
    Raises ValueMissing, IntervalHalfStated, BoundsReversed, EstimateOutsideInterval with the position of the first
    wrong point, PeriodReversed, PeriodTwice.

    Source of the bounds: Zou and Donner (2008).
    """
    found = _ends(points)
    if isinstance(found, NoAnswer):
        return found
    return _pace(*found)


def reach(points: Sequence[Point], target: float) -> Reach | NoAnswer:
    """Year in which the line through the two figures of ``pace`` meets the ``target``.

    ``earliest`` and ``latest`` are where the target enters and leaves the bounds of that line, drawn on from the bounds
    of the figures (Fieller's argument with MOVER bounds); never before the latest figure.

    NoAnswer: those of ``pace``, direction_not_stated, already_met, not_on_track. Raises what ``pace`` raises.
    """
    finite("target", target)
    ends = _ends(points)
    if isinstance(ends, NoAnswer):
        return ends
    first, last = ends
    sign = _sign(last)
    if sign is None:
        return NoAnswer("direction_not_stated")
    missing = sign * (target - last.value)
    if missing <= 0:
        return NoAnswer("already_met")
    change = sign * (last.value - first.value)
    if change <= 0:
        return NoAnswer("not_on_track")
    moved = _pace(first, last)
    span, from_year = moved.last_year - moved.first_year, moved.last_year
    year = from_year + span * missing / change
    bounds = _half_widths(first, sign), _half_widths(last, sign)
    if bounds[0] is None or bounds[1] is None:
        return Reach(year, None, None, False, moved)
    (first_below, first_above), (last_below, last_above) = bounds
    earliest = _steps_to(missing, change, last_above, first_below, upper=True)
    latest = _steps_to(missing, change, last_below, first_above, upper=False)
    return Reach(
        year,
        None if earliest is None else from_year + span * earliest,
        None if latest is None else from_year + span * latest,
        True,
        moved,
    )


def pace_needed(points: Sequence[Point], target: float, deadline: float = DEADLINE) -> PaceNeeded | NoAnswer:
    """Change per year that takes the latest figure to the ``target`` by the ``deadline`` year.

    NoAnswer: one_period where there is no point at all, period_not_stated, direction_not_stated, already_met,
    deadline_past. Raises what ``pace`` raises.
    """
    finite("target", target)
    _check(points)
    if not points:
        return NoAnswer("one_period")
    if any(point.measured.period is None for point in points):
        return NoAnswer("period_not_stated")
    last = max(points, key=_time)
    sign = _sign(last)
    if sign is None:
        return NoAnswer("direction_not_stated")
    if sign * (target - last.value) <= 0:
        return NoAnswer("already_met")
    years = deadline - _time(last)
    if years <= 0:
        return NoAnswer("deadline_past")
    needed = (target - last.value) / years
    if last.lower is None or last.upper is None:
        return PaceNeeded(needed, None, None, _time(last), deadline)
    ends = sorted(sign * max(sign * (target - bound), 0.0) / years for bound in (last.lower, last.upper))
    return PaceNeeded(needed, ends[0] + 0.0, ends[1] + 0.0, _time(last), deadline)


def people_behind(
    gap: float,
    population: Population,
    measured: MeasuredAs,
    *,
    lower: float | None = None,
    upper: float | None = None,
    scale: float = 100.0,
) -> PeopleBehind | NoAnswer:
    """How many people the gap stands for: gap/``scale`` times the population of the group, to two significant digits.

    ``gap`` how far the group is behind, above 0, in the unit of the figure (points: ``scale`` 100); ``measured`` how
    the group's figure was measured. Source, area and group of the population must be the figure's, its year within the
    figure's period. The population is taken as exact; a bound below 0 becomes 0 people.

    NoAnswer: not_a_share, not_behind, population_differs (naming what does not match). Raises ValueMissing,
    ValueOutOfRange (population below 0, gap beyond the scale), IntervalHalfStated, BoundsReversed,
    EstimateOutsideInterval.
    """
    _check_interval("gap", gap, lower, upper, 0)
    require("population", finite("population", population.people), "0 or more", lambda x: x >= 0)
    require("scale", finite("scale", scale), "above 0", lambda x: x > 0)
    require("gap", finite("gap", gap), f"from −{scale:g} to {scale:g}", lambda x: np.abs(x) <= scale)
    if measured.scale_kind not in ("percentage", "rate"):
        return NoAnswer("not_a_share")
    against = _population_mismatches(population, measured)
    if against:
        return NoAnswer("population_differs", against)
    if gap <= 0:
        return NoAnswer("not_behind")

    def people(share: float | None) -> int | None:
        return None if share is None else two_digits(max(share, 0.0) / scale * population.people)

    return PeopleBehind(two_digits(gap / scale * population.people), people(lower), people(upper))


def two_digits(value: float) -> int:
    """``value`` >= 0 rounded to two significant digits, halves up: 12 500 is 13 000, 7.4 is 7."""
    exact = Decimal(repr(value))
    step = Decimal(10) ** max(exact.adjusted() - 1, 0) if exact else Decimal(1)
    return int((exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def _ends(points: Sequence[Point]) -> tuple[Point, Point] | NoAnswer:
    """The earliest comparable figure and the latest one."""
    _check(points)
    if any(point.measured.period is None for point in points):
        return NoAnswer("period_not_stated")
    if len(points) < 2:
        return NoAnswer("one_period")
    *earlier, last = sorted(points, key=_time)
    for first in earlier:
        if not _blocking(first, last):
            return first, last
    return NoAnswer("not_comparable", _blocking(earlier[-1], last))


def _blocking(first: Point, last: Point) -> tuple[Mismatch, ...]:
    return tuple(
        each
        for each in mismatches(first.measured, last.measured)
        if each.kind == "differs" or each.facet in MUST_BE_STATED
    )


def _pace(first: Point, last: Point) -> Pace:
    span = _time(last) - _time(first)
    change = last.value - first.value
    lower = upper = None
    before, after = _half_widths(first, 1), _half_widths(last, 1)
    if before is not None and after is not None:
        lower, upper = change - hypot(after[0], before[1]), change + hypot(after[1], before[0])
    return Pace(
        change / span,
        None if lower is None else lower / span,
        None if upper is None else upper / span,
        _time(first),
        _time(last),
        mismatches(first.measured, last.measured),
    )


def _steps_to(missing: float, change: float, last_half: float, first_half: float, *, upper: bool) -> float | None:
    """Spans c >= 0 after the latest figure at which a bound of the line meets the target, None if it never does.

    The line lies at c·change from the latest figure, its bound √(((1 + c)·last_half)² + (c·first_half)²) further. The
    upper bound is convex and starts below the target, so it crosses once; the lower one is concave and crosses for good
    only where it keeps rising.
    """
    if upper and last_half >= missing:
        return 0.0
    if not upper and change <= hypot(last_half, first_half):
        return None
    a = change**2 - last_half**2 - first_half**2
    b = -2 * (missing * change + last_half**2)
    c = missing**2 - last_half**2
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    # Written so that nothing cancels: b is below 0.
    larger = -b + root
    found = 2 * c / larger if upper else larger / (2 * a)
    return float(found)


def _check(points: Sequence[Point]) -> None:
    seen: set[float] = set()
    for position, point in enumerate(points):
        _check_interval("points", point.value, point.lower, point.upper, position)
        period = point.measured.period
        if period is None:
            continue
        if period[0] > period[1]:
            raise PeriodReversed(f"points[{position}]", *period)
        if _time(point) in seen:
            raise PeriodTwice(position, _time(point))
        seen.add(_time(point))


def _check_interval(name: str, value: float, lower: float | None, upper: float | None, position: int) -> None:
    stated_values = [value, *(bound for bound in (lower, upper) if bound is not None)]
    padded = [0.0] * position
    for each in stated_values:
        finite(name, [*padded, each])
    if (lower is None) != (upper is None):
        raise IntervalHalfStated("lower", "upper", position)
    if lower is None or upper is None:
        return
    if lower > upper:
        raise BoundsReversed("lower", "upper", position, (lower, upper))
    if not lower <= value <= upper:
        raise EstimateOutsideInterval(name, position, value, (lower, upper))


def _half_widths(point: Point, sign: int) -> tuple[float, float] | None:
    """Distances from the value to its bounds, below and above, turned round where less is better."""
    if point.lower is None or point.upper is None:
        return None
    below, above = point.value - point.lower, point.upper - point.value
    return (below, above) if sign > 0 else (above, below)


def _population_mismatches(population: Population, measured: MeasuredAs) -> tuple[Mismatch, ...]:
    found = []
    group = "_T" if population.group == "" else population.group
    pairs: list[tuple[Facet, str | None, str]] = [
        ("source", measured.source, population.source),
        ("area", measured.area, population.area),
        ("group", measured.group_key, group),
    ]
    for facet, figure, other in pairs:
        if figure != other:
            found.append(Mismatch(facet, "differs" if figure else "not_stated", figure, other))
    period = measured.period
    if period is None or not period[0] <= population.year <= period[1]:
        kind: Kind = "not_stated" if period is None else "differs"
        found.append(Mismatch("period", kind, measured.period_text, f"{population.year:g}"))
    return tuple(found)


def _time(point: Point) -> float:
    start, end = point.measured.period or (0.0, 0.0)
    return (start + end) / 2


def _sign(point: Point) -> int | None:
    favourable = point.measured.favourable
    return None if favourable is None else 1 if favourable else -1


def _direction(measured: MeasuredAs) -> str | None:
    return None if measured.favourable is None else "favourable" if measured.favourable else "adverse"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
