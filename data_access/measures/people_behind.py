"""How many people a gap stands for, where the number of people is known for the same group, place and time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from data_access.measures.arrays import finite, require
from data_access.measures.comparability import Facet, Kind
from data_access.measures.measured_as import EVERYONE, MeasuredAs
from data_access.measures.trend_line import Mismatch, NoAnswer, check_interval


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
    check_interval("gap", gap, lower, upper, 0)
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


def _population_mismatches(population: Population, measured: MeasuredAs) -> tuple[Mismatch, ...]:
    found = []
    group = EVERYONE if population.group == "" else population.group
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
