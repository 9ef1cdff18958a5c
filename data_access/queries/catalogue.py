"""The catalogue: everything that is known about the figures except the figures themselves, read once per change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, cast

from sqlalchemy import select
from sqlmodel import Session

from data_access.database import change_count
from data_access.figures import Origin
from data_access.importing.catalogue import table_of
from data_access.models import (
    Area,
    Category,
    Country,
    Coverage,
    Dimension,
    Organisation,
    PopulationGroup,
    Release,
    Series,
    Source,
    SourceCountry,
    SourceSeries,
)
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

    def areas_of(self, country: str, kind: AreaKind) -> list[AreaFacts]:
        """The areas of one kind in a country, in name order."""
        return sorted(
            (a for a in self.areas.values() if a.country == country and a.kind == kind), key=lambda area: area.name
        )

    def told_apart(self, group: str, universe: str) -> tuple[CategoryFacts, ...]:
        """The categories that set ``group`` apart from its series' universe; empty for the total."""
        shared = members(universe)
        return tuple(
            self.categories[dimension, code]
            for dimension, code in members(group).items()
            if shared.get(dimension) != code
        )


def read_catalogue(session: Session) -> Catalogue:
    """The catalogue as the database holds it now."""
    change = change_count(session)
    countries = {c.id: c for c in session.scalars(select(Country))}
    areas = {a.id: a for a in session.scalars(select(Area))}
    series = {s.id: s for s in session.scalars(select(Series))}
    organisations = {o.id: o.name for o in session.scalars(select(Organisation))}
    sources = {s.id: s for s in session.scalars(select(Source).where(Source.state == "published"))}  # type: ignore[arg-type]
    dimensions = {d.id: d for d in session.scalars(select(Dimension))}
    coverage = table_of(Coverage)
    covered: dict[int, list[str]] = {}
    for link in session.scalars(select(SourceCountry)):
        covered.setdefault(link.source_id, []).append(countries[link.country_id].iso3)
    return Catalogue(
        change=change,
        countries=MappingProxyType(
            {
                c.iso3: CountryFacts(_id(c.id), c.iso3, c.name, c.name_local)
                for c in sorted(countries.values(), key=lambda c: c.name)
            }
        ),
        areas=MappingProxyType(
            {
                a.code: AreaFacts(
                    id=_id(a.id),
                    code=a.code,
                    country=countries[a.country_id].iso3,
                    kind=cast(AreaKind, a.kind),
                    parent=areas[a.parent_id].code if a.parent_id is not None else "",
                    name=a.name,
                    name_local=a.name_local,
                    vintage=a.vintage,
                    longitude=a.longitude,
                    latitude=a.latitude,
                )
                for a in areas.values()
            }
        ),
        series=MappingProxyType({s.code: _series(s) for s in series.values()}),
        sources=MappingProxyType(
            {s.code: _source(s, organisations[s.organisation_id], covered.get(_id(s.id), [])) for s in sources.values()}
        ),
        measured=MappingProxyType(
            {
                (sources[m.source_id].code, series[m.series_id].code): SourceSeriesFacts(
                    m.definition,
                    m.numerator,
                    m.denominator,
                    m.age_range,
                    m.group_basis,
                    m.disability_method,
                )
                for m in session.scalars(select(SourceSeries))
                if m.source_id in sources
            }
        ),
        dimensions=MappingProxyType({d.code: DimensionFacts(d.code, d.name, d.ordered) for d in dimensions.values()}),
        categories=MappingProxyType(
            {
                (dimensions[c.dimension_id].code, c.code): CategoryFacts(
                    dimensions[c.dimension_id].code, c.code, c.name, c.name_local, c.marginalised, c.rank
                )
                for c in session.scalars(select(Category))
            }
        ),
        groups=MappingProxyType({g.key: _id(g.id) for g in session.scalars(select(PopulationGroup))}),
        releases=MappingProxyType(
            {
                _id(r.id): ReleaseFacts(
                    _id(r.id),
                    r.code,
                    sources[r.source_id].code,
                    r.file,
                    r.file_sha256,
                    r.loaded_at.date().isoformat(),
                    r.rows,
                )
                for r in session.scalars(select(Release))
                if r.source_id in sources
            }
        ),
        holdings=tuple(
            Holding(
                countries[h.country_id].iso3,
                series[h.series_id].code,
                h.breakdown,
                cast(AreaKind, h.area_kind),
                sources[h.source_id].code,
                h.time_period,
                h.year,
                h.universe,
                h.n,
                h.n_with_value,
            )
            for h in session.execute(select(coverage).order_by(*coverage.primary_key.columns))
            if h.source_id in sources
        ),
    )


def _id(value: int | None) -> int:
    assert value is not None
    return value


def _series(s: Series) -> SeriesFacts:
    return SeriesFacts(
        id=_id(s.id),
        code=s.code,
        name=s.name,
        unit=s.unit,
        scale=s.scale,
        favourable=s.favourable,
        value_min=s.value_min,
        value_max=s.value_max,
        sdg_target=s.sdg_target_code,
        sdg_indicator=s.sdg_indicator_code or "",
        sdg_relation=s.sdg_relation,
        definition=s.definition,
        numerator=s.numerator,
        denominator=s.denominator,
        age_range=s.age_range,
        note=s.note,
        illustrative=s.illustrative,
    )


def _source(s: Source, publisher: str, countries: list[str]) -> SourceFacts:
    return SourceFacts(
        id=_id(s.id),
        code=s.code,
        publisher=publisher,
        title=s.title,
        origin=cast(Origin, s.origin),
        illustrative=s.illustrative,
        countries=tuple(sorted(countries)),
        collection=s.collection,
        sampling=s.sampling,
        mode=s.mode,
        fieldwork_start=s.fieldwork_start,
        fieldwork_end=s.fieldwork_end,
        sample_size=s.sample_size,
        licence=s.licence,
        licence_state=s.licence_state,
        citation=s.citation,
        obtained_from=s.obtained_from,
        caveats=s.caveats,
        consent=s.consent,
        recognition=s.recognition,
    )
