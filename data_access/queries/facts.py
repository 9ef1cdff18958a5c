"""Facts about the figures: what the catalogue hands out, by code; all of it immutable and shared between sessions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from data_access.figures import Origin
from data_access.models.groups import members

AreaKind = Literal["country", "admin1", "admin2", "survey_region", "place"]


@dataclass(frozen=True, slots=True)
class CountryFacts:
    id: int
    iso3: str
    name: str
    name_local: str


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """An area; ``parent`` is the code of the area it lies in, empty for a country."""

    id: int
    code: str
    country: str
    kind: AreaKind
    parent: str
    name: str
    name_local: str
    vintage: str
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What is measured; ``favourable`` True where more is better, False where less is, None where neither."""

    id: int
    code: str
    name: str
    unit: str
    scale: float
    favourable: bool | None
    value_min: float | None
    value_max: float | None
    sdg_target: str
    sdg_indicator: str
    sdg_relation: str
    definition: str
    numerator: str
    denominator: str
    age_range: str
    note: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class SourceFacts:
    """Who says so; blank texts are facts that are not known."""

    id: int
    code: str
    publisher: str
    title: str
    origin: Origin
    illustrative: bool
    countries: tuple[str, ...]
    collection: str
    sampling: str
    mode: str
    fieldwork_start: str
    fieldwork_end: str
    sample_size: str
    licence: str
    licence_state: str
    citation: str
    obtained_from: str
    caveats: str
    consent: str
    recognition: str
    recognised: tuple[str, ...] = ()
    """The latest recorded event of each body that did anything with the source, in the order of the life cycle."""


@dataclass(frozen=True, slots=True)
class SourceSeriesFacts:
    """How a source measures a series; blank means "not stated"."""

    definition: str
    numerator: str
    denominator: str
    age_range: str
    group_basis: str
    disability_method: str


@dataclass(frozen=True, slots=True)
class BreakdownFacts:
    """Whether a source collected an aspect (a dimension or a kind of area) and published by it: "yes", "no" or
    "not_known", as read in ``stated_in`` by someone in the role ``recorded_by`` on the day ``recorded_on``."""

    source: str
    aspect: str
    collected: str
    published: str
    stated_in: str
    recorded_by: str
    recorded_on: str


@dataclass(frozen=True, slots=True)
class DimensionFacts:
    code: str
    name: str
    ordered: bool


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    dimension: str
    code: str
    name: str
    name_local: str
    marginalised: bool | None
    rank: int


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    id: int
    code: str
    source: str
    file: str
    sha256: str
    loaded_at: str
    rows: int


@dataclass(frozen=True, slots=True)
class Holding:
    """A line of the coverage summary: ``n`` rows of one breakdown, kind of area, source and period.

    ``universe`` is the group key every row of this source's series shares (women 15–49, say); ``breakdown`` names
    the dimensions that tell the rows apart, joined by ``|``.
    """

    country: str
    series: str
    breakdown: str
    area_kind: AreaKind
    source: str
    time_period: str
    year: int
    universe: str
    n: int
    n_with_value: int


@dataclass(frozen=True)
class Catalogue:
    """Facts by code. Immutable and shared between sessions."""

    change: int
    countries: MappingProxyType[str, CountryFacts]
    areas: MappingProxyType[str, AreaFacts]
    series: MappingProxyType[str, SeriesFacts]
    sources: MappingProxyType[str, SourceFacts]
    measured: MappingProxyType[tuple[str, str], SourceSeriesFacts]
    dimensions: MappingProxyType[str, DimensionFacts]
    categories: MappingProxyType[tuple[str, str], CategoryFacts]
    groups: MappingProxyType[str, int]
    releases: MappingProxyType[int, ReleaseFacts]
    holdings: tuple[Holding, ...]
    merged: MappingProxyType[str, tuple[str, ...]]
    """Areas that only a later division of a country has, each with the whole areas it is made of."""
    breakdown_facts: MappingProxyType[tuple[str, str, str], BreakdownFacts]
    """By source, series (``*`` for all of the source's) and aspect."""

    @cached_property
    def area_by_id(self) -> dict[int, AreaFacts]:
        return {area.id: area for area in self.areas.values()}

    @cached_property
    def group_by_id(self) -> dict[int, str]:
        return {id_: key for key, id_ in self.groups.items()}

    @cached_property
    def source_by_id(self) -> dict[int, SourceFacts]:
        return {source.id: source for source in self.sources.values()}

    @cached_property
    def holdings_of(self) -> dict[tuple[str, str], tuple[Holding, ...]]:
        """Holdings by country and series."""
        found: dict[tuple[str, str], list[Holding]] = {}
        for holding in self.holdings:
            found.setdefault((holding.country, holding.series), []).append(holding)
        return {key: tuple(value) for key, value in found.items()}

    def areas_of(self, country: str, kind: AreaKind, shown: Collection[str] = ()) -> list[AreaFacts]:
        """The areas of one kind in a country, in name order: of a later division where ``shown`` has an area that only
        the later one has, else of the first."""
        found = [a for a in self.areas.values() if a.country == country and a.kind == kind]
        later = any(code in self.merged for code in shown)
        gone = {part for a in found if later for part in self.merged.get(a.code, ())}
        return sorted(
            (a for a in found if a.code not in gone and (later or a.code not in self.merged)), key=lambda a: a.name
        )

    def told_apart(self, group: str, universe: str) -> tuple[CategoryFacts, ...]:
        """The categories that set ``group`` apart from its series' universe; empty for the total."""
        shared = members(universe)
        return tuple(
            self.categories[dimension, code]
            for dimension, code in members(group).items()
            if shared.get(dimension) != code
        )
