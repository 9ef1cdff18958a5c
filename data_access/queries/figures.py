"""The figures themselves: current values of one country's series, each with its provenance."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, Select, select
from sqlmodel import Session

from data_access.disclosure import absence_of
from data_access.figures import Figure
from data_access.importing.catalogue import table_of
from data_access.models import Observation
from data_access.queries.catalogue import AreaKind, Catalogue

_observed = table_of(Observation).c
_COLUMNS = (
    _observed.series_id,
    _observed.group_id,
    _observed.area_id,
    _observed.source_id,
    _observed.time_period,
    _observed.year,
    _observed.value,
    _observed.se,
    _observed.lower,
    _observed.upper,
    _observed.n,
    _observed.population,
    _observed.status,
    _observed.note,
    _observed.illustrative,
    _observed.release_id,
    _observed.row,
)


def read_figures(
    session: Session,
    catalogue: Catalogue,
    *,
    country: str,
    series: str,
    groups: Collection[str] | None = None,
    areas: Collection[str] | None = None,
    kinds: Collection[AreaKind] | None = None,
    sources: Collection[str] | None = None,
    time_period: str | None = None,
) -> tuple[Figure, ...]:
    """The current figures of a country's series, narrowed by group keys, area codes or kinds, sources and period.

    None leaves a filter out; codes that the catalogue does not know match nothing. Suppressed and missing values come
    with ``value`` None and the reason, never with the number. Order: period, source, area, group.
    """
    if country not in catalogue.countries or series not in catalogue.series:
        return ()
    query: Select[Any] = select(*_COLUMNS).where(
        _observed.country_id == catalogue.countries[country].id,
        _observed.series_id == catalogue.series[series].id,
        _observed.revision == 0,
        _observed.source_id.in_([s.id for s in catalogue.sources.values() if sources is None or s.code in sources]),
    )
    if groups is not None:
        query = query.where(_observed.group_id.in_([catalogue.groups[g] for g in groups if g in catalogue.groups]))
    if areas is not None:
        query = query.where(_observed.area_id.in_([catalogue.areas[a].id for a in areas if a in catalogue.areas]))
    if kinds is not None:
        query = query.where(
            _observed.area_id.in_([a.id for a in catalogue.areas.values() if a.country == country and a.kind in kinds])
        )
    if time_period is not None:
        query = query.where(_observed.time_period == time_period)
    rows = session.execute(query).all()
    names = {id_: _group_name(catalogue, catalogue.group_by_id[id_]) for id_ in {row.group_id for row in rows}}
    found = [_figure(row, catalogue, country, series, names[row.group_id]) for row in rows]
    return tuple(sorted(found, key=lambda f: (f.year, f.time_period, f.source, f.area, f.group)))


def _group_name(catalogue: Catalogue, group: str) -> str:
    return ", ".join(category.name for category in catalogue.told_apart(group, ""))


def _figure(row: Row[Any], catalogue: Catalogue, country: str, series: str, group_name: str) -> Figure:
    area = catalogue.area_by_id[row.area_id]
    source = catalogue.source_by_id[row.source_id]
    group = catalogue.group_by_id[row.group_id]
    absence = absence_of(row.status, origin=source.origin, n=row.n)
    hidden = absence is not None
    return Figure(
        country=country,
        area=area.code,
        area_name=area.name,
        series=series,
        series_name=catalogue.series[series].name,
        unit=catalogue.series[series].unit,
        group=group,
        group_name=group_name,
        time_period=row.time_period,
        year=row.year,
        value=None if hidden else row.value,
        lower=None if hidden else row.lower,
        upper=None if hidden else row.upper,
        se=None if hidden else row.se,
        n=None if hidden else row.n,
        population=None if hidden else row.population,
        status="Q" if absence == "suppressed" else row.status,
        absence=absence,
        note=row.note,
        source=source.code,
        source_title=source.title,
        publisher=source.publisher,
        origin=source.origin,
        illustrative=row.illustrative,
        licence=source.licence,
        licence_state=source.licence_state,
        release=catalogue.releases[row.release_id].code,
        row=row.row,
        caveats=source.caveats,
        recognised=source.recognised,
    )
