"""Which figures tell too much by themselves, before anything is added or subtracted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import inf
from typing import Literal

from data_access.disclosure.problems import (
    CountBelowZero,
    NumeratorAboveBase,
    ProtectionTooWeak,
    ThresholdTooLow,
)
from data_access.disclosure.reading import SMALLEST_CELL
from data_access.figures import Origin

Reason = Literal["small_base", "few_with", "few_without", "nobody", "everybody", "small_count"]
"""Few were asked; 1 or 2 said yes; 1 or 2 said no; nobody or everybody did; a small count of a small group."""

LOWEST_THRESHOLD = 5
LOWEST_PROTECTION = {"few": 2.0, "above": 1.0, "below": 1.0, "above_informed": 0.0}

SMALL_GROUP_DIMENSIONS = frozenset({"DISABILITY_TYPE", "ETHNICITY", "CASTE", "INDIGENOUS", "RELIGION", "TRIBE"})
"""Kind of disability; caste, ethnicity or people. The catalogue keeps the latter in one dimension, ETHNICITY, with
castes, peoples and the communities named after a religion; the other codes are those under which a partner's file
most often brings the same groups."""

SMALL_GROUP_SERIES = frozenset({"ALBINISM_NUMBER", "STREET_PERSONS"})
"""Counts of a small group that the series itself names: persons with albinism, persons who sleep in the street."""

SMALL_AREA_KINDS = frozenset({"admin1", "admin2", "survey_region", "place"})
"""Every area below the country: a place in a district is smaller than the district."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How small is too small, and how far off an attacker's guess must stay.

    ``smallest_cell``: people that a shown figure must rest on. ``few``: a numerator or complement from 1 up to this is
    hidden. ``zeros_open``: a count of 0 names nobody and is shown; it then protects nobody either, and is never hidden
    for another's sake.

    Who knows that parts add up and that nobody counts below 0 must be unable to exclude that a hidden small count is
    larger by ``above`` or smaller by ``below`` (as far as 0 allows). Who also knows these rules, and so that a hidden
    count is not 0, must be unable to exclude that it is larger by ``above_informed``.

    Raises ThresholdTooLow for a ``smallest_cell`` below 5, and ProtectionTooWeak for a ``few`` below 2, an ``above`` or
    ``below`` under 1, or an ``above_informed`` under 0.
    """

    smallest_cell: int = SMALLEST_CELL
    few: int = 2
    zeros_open: bool = True
    above: float = 2.0
    below: float = 1.0
    above_informed: float = 1.0

    def __post_init__(self) -> None:
        if self.smallest_cell < LOWEST_THRESHOLD:
            raise ThresholdTooLow(self.smallest_cell, LOWEST_THRESHOLD)
        for setting, lowest in LOWEST_PROTECTION.items():
            value = float(getattr(self, setting))
            if not lowest <= value < inf:
                raise ProtectionTooWeak(setting, value, lowest)

    def small(self, count: float) -> bool:
        """Whether a count of people is too small to show."""
        return count < self.smallest_cell and not (self.zeros_open and count == 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """What a figure rests on.

    ``n`` people asked (unweighted) and ``numerator`` those among them who said yes, None where not known or where the
    figure is not a share; ``count`` the people that the figure counts: the published number, or ``people_behind`` a
    share whose denominator is published. ``sensitive_source``: the source or the series is marked sensitive, so that
    an official figure is held to the rule of community microdata. ``sensitive_attribute``: what is asked would harm
    whoever is known to have said yes, or no.

    Raises NumeratorAboveBase or CountBelowZero, naming the series.
    """

    origin: Origin
    series: str
    area_kind: str
    dimensions: Collection[str]
    n: int | None = None
    numerator: int | None = None
    count: float | None = None
    sensitive_source: bool = False
    sensitive_attribute: bool = False

    def __post_init__(self) -> None:
        for count in (self.n, self.numerator, self.count):
            if count is not None and not 0 <= count < inf:
                raise CountBelowZero(self.series, count)
        if self.n is not None and self.numerator is not None and self.numerator > self.n:
            raise NumeratorAboveBase(self.series, self.numerator, self.n)


def people_behind(share: float, denominator: float, *, whole: float = 100.0) -> int:
    """How many people a share gives away once its denominator is published, to the nearest person.

    ``whole`` is the share that everybody would be: 100 for a percentage, 1000 for a rate per thousand.
    """
    return round(share / whole * denominator)


def reasons(counted: Counted, rule: Rule | None = None) -> tuple[Reason, ...]:
    """Why this figure must be hidden whatever stands around it; empty when it may be shown.

    The reasons are for whoever publishes. Readers see one mark for every hidden figure: a figure hidden for itself and
    one hidden for another's sake must look alike.
    """
    rule = rule or Rule()
    found: list[Reason] = []
    confided = counted.origin == "community" or counted.sensitive_source
    if confided:
        found += _of_a_share(counted, rule)
    if counted.count is not None and rule.small(counted.count) and (confided or _of_a_small_group(counted)):
        found.append("small_count")
    return tuple(found)


def _of_a_share(counted: Counted, rule: Rule) -> list[Reason]:
    found: list[Reason] = []
    if counted.n is not None and rule.small(counted.n):
        found.append("small_base")
    if counted.n is None or counted.numerator is None or counted.n == 0:
        return found
    without = counted.n - counted.numerator
    if 1 <= counted.numerator <= rule.few:
        found.append("few_with")
    if 1 <= without <= rule.few:
        found.append("few_without")
    if counted.sensitive_attribute and counted.numerator == 0:
        found.append("nobody")
    if counted.sensitive_attribute and without == 0:
        found.append("everybody")
    return found


def _of_a_small_group(counted: Counted) -> bool:
    if counted.area_kind not in SMALL_AREA_KINDS:
        return False
    return counted.series in SMALL_GROUP_SERIES or not SMALL_GROUP_DIMENSIONS.isdisjoint(counted.dimensions)
