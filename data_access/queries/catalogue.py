"""The catalogue: everything that is known about the figures except the figures themselves, read once per change."""

from __future__ import annotations

from types import MappingProxyType
from typing import cast

from sqlalchemy import select
from sqlmodel import Session

from data_access.database import change_count
from data_access.figures import Origin
from data_access.importing.catalogue import table_of
from data_access.importing.resolution.vintages import merged_areas
from data_access.models import (
    Area,
    BreakdownFact,
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
from data_access.queries.facts import (
    AreaFacts,
    AreaKind,
    BreakdownFacts,
    Catalogue,
    CategoryFacts,
    CountryFacts,
    DimensionFacts,
    Holding,
    ReleaseFacts,
    SeriesFacts,
    SourceFacts,
    SourceSeriesFacts,
)
from data_access.queries.recognition import read_recognised
from data_access.releases.visibility import is_public, public_releases

__all__ = [
    "AreaFacts",
    "AreaKind",
    "BreakdownFacts",
    "Catalogue",
    "CategoryFacts",
    "CountryFacts",
    "DimensionFacts",
    "Holding",
    "ReleaseFacts",
    "SeriesFacts",
    "SourceFacts",
    "SourceSeriesFacts",
    "read_catalogue",
]


def read_catalogue(session: Session) -> Catalogue:
    """The catalogue as the database holds it now."""
    change = change_count(session)
    countries = {c.id: c for c in session.scalars(select(Country))}
    areas = {a.id: a for a in session.scalars(select(Area))}
    series = {s.id: s for s in session.scalars(select(Series))}
    organisations = {o.id: o.name for o in session.scalars(select(Organisation))}
    sources = {s.id: s for s in session.scalars(select(Source).where(is_public()))}
    dimensions = {d.id: d for d in session.scalars(select(Dimension))}
    coverage = table_of(Coverage)
    recognised = read_recognised(session)
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
            {
                s.code: _source(
                    s, organisations[s.organisation_id], covered.get(_id(s.id), []), recognised.get(_id(s.id), ())
                )
                for s in sources.values()
            }
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
                for r in session.scalars(select(Release).where(table_of(Release).c.id.in_(public_releases())))
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
        merged=MappingProxyType(
            {code: parts for code, parts in merged_areas().items() if any(a.code == code for a in areas.values())}
        ),
        breakdown_facts=MappingProxyType(
            {
                (sources[b.source_id].code, b.series, b.aspect): BreakdownFacts(
                    sources[b.source_id].code,
                    b.aspect,
                    b.collected,
                    b.published,
                    b.stated_in,
                    b.recorded_by,
                    b.recorded_on,
                )
                for b in session.scalars(select(BreakdownFact))
                if b.source_id in sources
            }
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


def _source(s: Source, publisher: str, countries: list[str], recognised: tuple[str, ...]) -> SourceFacts:
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
        recognised=recognised,
    )
