"""A line over time: the figures of one source that may be joined, and what stands against joining others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from data_access.measures.comparability import Facet, Kind
from data_access.measures.errors import (
    BoundsReversed,
    EstimateOutsideInterval,
    IntervalHalfStated,
    MeasureRefused,
    PeriodReversed,
    ValueMissing,
)
from data_access.measures.measured_as import EVERYONE, MeasuredAs

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


MUST_BE_STATED: frozenset[Facet] = frozenset({"unit", "scale_kind", "concept", "group", "area", "source"})
"""Facets that two periods must both state, and alike, before they are joined."""


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

    @property
    def year(self) -> float:
        """Middle of the period. Call it only where the period is stated."""
        start, end = self.measured.period or (0.0, 0.0)
        return (start + end) / 2

    @property
    def sign(self) -> int | None:
        """1 where more is better, −1 where less is, None where that is not stated."""
        favourable = self.measured.favourable
        return None if favourable is None else 1 if favourable else -1

    def half_widths(self, sign: int = 1) -> tuple[float, float] | None:
        """Distances from the value to its bounds, below and above; the other way about for ``sign`` −1."""
        if self.lower is None or self.upper is None:
            return None
        below, above = self.value - self.lower, self.upper - self.value
        return (below, above) if sign > 0 else (above, below)


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


def mismatches(first: MeasuredAs, last: MeasuredAs) -> tuple[Mismatch, ...]:
    """Facets in which two periods of one line differ or are not stated. Empty: nothing stands between them.

    What neither states counts as not stated, never as equal; facets that cannot apply are left out: the range of the
    scale but for scores and indices, how disability was asked but for groups by disability, the basis of a group for
    everyone, the vintage of boundaries for a whole country.
    """
    everyone = first.group_key == last.group_key == EVERYONE
    by_disability = "DISABILITY" in f"{first.group}{last.group}"
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
        ("group_basis", first.group_basis, last.group_basis, not everyone),
        ("disability_method", first.disability_method, last.disability_method, by_disability),
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


def ends(points: Sequence[Point]) -> tuple[Point, Point] | NoAnswer:
    """The earliest figure that is comparable with the latest, and the latest; raises what ``check_points`` raises."""
    check_points(points)
    if any(point.measured.period is None for point in points):
        return NoAnswer("period_not_stated")
    if len(points) < 2:
        return NoAnswer("one_period")
    *earlier, last = sorted(points, key=lambda point: point.year)
    for first in earlier:
        if not _blocking(first, last):
            return first, last
    return NoAnswer("not_comparable", _blocking(earlier[-1], last))


def check_points(points: Sequence[Point]) -> None:
    """Raise ValueMissing, IntervalHalfStated, BoundsReversed, EstimateOutsideInterval, PeriodReversed or PeriodTwice,
    with the position of the first wrong point."""
    seen: set[float] = set()
    for position, point in enumerate(points):
        check_interval("points", point.value, point.lower, point.upper, position)
        period = point.measured.period
        if period is None:
            continue
        if period[0] > period[1]:
            raise PeriodReversed(f"points[{position}]", *period)
        if point.year in seen:
            raise PeriodTwice(position, point.year)
        seen.add(point.year)


def check_interval(name: str, value: float, lower: float | None, upper: float | None, position: int) -> None:
    """Raise what is wrong with one figure and its bounds, None where there are none."""
    for each_name, each in ((name, value), ("lower", lower), ("upper", upper)):
        if each is not None and not isfinite(each):
            raise ValueMissing(each_name, position, each)
    if (lower is None) != (upper is None):
        raise IntervalHalfStated("lower", "upper", position)
    if lower is None or upper is None:
        return
    if lower > upper:
        raise BoundsReversed("lower", "upper", position, (lower, upper))
    if not lower <= value <= upper:
        raise EstimateOutsideInterval(name, position, value, (lower, upper))


def _blocking(first: Point, last: Point) -> tuple[Mismatch, ...]:
    return tuple(
        each
        for each in mismatches(first.measured, last.measured)
        if each.kind == "differs" or each.facet in MUST_BE_STATED
    )


def _direction(measured: MeasuredAs) -> str | None:
    return None if measured.favourable is None else "favourable" if measured.favourable else "adverse"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".")
