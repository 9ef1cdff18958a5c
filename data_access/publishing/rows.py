"""What the decision has to know of a release: its rows, where the areas lie, what is sensitive, what was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType

from data_access.disclosure.cells import EVERYBODY, Cell, cell
from data_access.disclosure.primary import Counted, Reason, Rule, people_behind, reasons
from data_access.figures import Origin
from data_access.models.groups import members

ASKED, PEOPLE = "asked", "people"
DIMENSION_OF_AREAS = "AREA"
NAMES_A_SMALL_GROUP = frozenset({"DISABILITY_STATUS", "DISABILITY_TYPE", "ETHNICITY"})
_WHOLE = {"PT": 100.0, "PER_1000": 1000.0}
_ROUNDED_TO = 0.05
"""Half a step of a percentage published with one decimal."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a release before anything is withheld; ``n`` people asked, ``population`` the denominator.

    ``value`` is None where the publisher gave none; ``status`` Q says that it was withheld already.
    """

    country: str
    area: str
    series: str
    unit: str
    group: str
    time_period: str
    value: float | None
    n: int | None = None
    population: int | None = None
    status: str = "A"

    @property
    def yes(self) -> int | None:
        """Unweighted people who said yes, where a percentage is a whole number of those asked; None where it is not:
        such a share is weighted, and nobody can count from it."""
        if self.unit != "PT" or self.value is None or self.n is None:
            return None
        share = self.value * self.n / 100
        return round(share) if abs(share - round(share)) <= self.n * _ROUNDED_TO / 100 + 1e-9 else None

    @property
    def people(self) -> float | None:
        """The people whom the figure counts: itself, or what a share makes of its published denominator."""
        if self.value is None:
            return None
        if self.unit == "NUMBER":
            return self.value
        if self.population is None or self.unit not in _WHOLE:
            return None
        return float(people_behind(self.value, self.population, whole=_WHOLE[self.unit]))


@dataclass(frozen=True)
class Geography:
    """Areas by code: ``kinds``, and ``parents`` (empty for a country); ``regions`` of a survey with their areas.

    ``merged`` are areas of a later division of the country, each with the whole areas it is made of.
    """

    kinds: Mapping[str, str]
    parents: Mapping[str, str]
    regions: Mapping[str, tuple[str, ...]]
    merged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def parts(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Each area's parts by their kind; the country is ``EVERYBODY``."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for code, parent in self.parents.items():
            if parent and code not in self.merged:
                above = EVERYBODY if self.kinds[parent] == "country" else parent
                kinds = found.setdefault(above, {})
                kinds[self.kinds[code]] = (*kinds.get(self.kinds[code], ()), code)
        for region, areas in self.regions.items():
            found.setdefault(region, {})["admin1"] = areas
        if self.merged:
            gone = {part for parts in self.merged.values() for part in parts}
            whole = [code for code in found[EVERYBODY]["admin1"] if code not in gone]
            found[EVERYBODY]["admin1 of a later division"] = (*whole, *self.merged)
            for code, parts in self.merged.items():
                found.setdefault(code, {})["admin1"] = parts
        return found


@dataclass(frozen=True, slots=True)
class Derived:
    """A share that is computed from a count of people: the series of that count, and what its groups add."""

    series: str
    adds: Mapping[str, str]


@dataclass(frozen=True)
class Scope:
    """What holds for a whole source.

    ``categories`` by dimension; ``counts_people`` False where the source counts things (schools, water points);
    ``sensitive`` an official source that is held to the rule of community microdata; ``sensitive_attributes`` series
    whose 0 % and 100 % would harm; ``derived`` shares computed from counts, by series.
    """

    origin: Origin
    geography: Geography
    categories: Mapping[str, tuple[str, ...]]
    counts_people: bool = True
    sensitive: bool = False
    sensitive_attributes: frozenset[str] = frozenset()
    derived: Mapping[str, Derived] = field(default_factory=dict)
    rule: Rule = field(default_factory=Rule)

    def reasons(self, row: Row) -> tuple[Reason, ...]:
        """Why this row must be withheld whatever stands around it."""
        if row.value is None or not self.counts_people:
            return ()
        counted = Counted(
            origin=self.origin,
            series=self.counted_series(row),
            area_kind=self.geography.kinds[row.area],
            dimensions=frozenset(self.members(row)),
            n=row.n,
            numerator=row.yes,
            count=row.people,
            sensitive_source=self.sensitive,
            sensitive_attribute=row.series in self.sensitive_attributes,
        )
        return reasons(counted, self.rule)

    def small(self, one: Cell, count: float, series: str) -> bool:
        """Whether a count that nobody publishes, but everybody can subtract, is too small to give away."""
        places = dict(one)
        area = places.pop(DIMENSION_OF_AREAS, EVERYBODY)
        kind = "country" if area == EVERYBODY else self.geography.kinds.get(area, "place")
        whole = count if float(count).is_integer() else round(count)
        return "small_count" in reasons(
            Counted(self.origin, series, kind, frozenset(places), count=whole, sensitive_source=self.sensitive),
            self.rule,
        )

    def counted_series(self, row: Row) -> str:
        """The series of the people behind a row."""
        return self.derived[row.series].series if row.series in self.derived else row.series

    def members(self, row: Row) -> dict[str, str]:
        """The categories of the people behind a row."""
        adds = self.derived[row.series].adds if row.series in self.derived else {}
        return {**_members(row.group), **adds}

    def cell(self, row: Row) -> Cell:
        """Where the row stands in the table of its source."""
        return cell({**self.members(row), DIMENSION_OF_AREAS: self._area(row)})

    def base(self, row: Row) -> Cell | None:
        """Where the row's published denominator stands; None where it has none of its own."""
        small = NAMES_A_SMALL_GROUP & self.members(row).keys()
        if row.population is None or not small:
            return None
        kept = {dimension: code for dimension, code in self.members(row).items() if dimension not in small}
        return cell({**kept, DIMENSION_OF_AREAS: self._area(row)})

    def _area(self, row: Row) -> str:
        return EVERYBODY if self.geography.kinds[row.area] == "country" else row.area


@lru_cache(maxsize=50_000)
def _members(group: str) -> Mapping[str, str]:
    """The categories of a group; a release has few groups and many rows."""
    return MappingProxyType(members(group))
