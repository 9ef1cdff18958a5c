"""Filling the catalogues (places, series, groups, organisations, sources) from what ships with the product."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlalchemy import delete, insert, select, update
from sqlmodel import Session, SQLModel

from data_access.folding import fold
from data_access.importing.shipped import SAMPLE_DATA, Sidecar, catalogue_rows, own_rows
from data_access.models import (
    Area,
    AreaName,
    AreaRegion,
    Category,
    Country,
    Dimension,
    GroupMember,
    Organisation,
    PopulationGroup,
    Release,
    SdgIndicator,
    SdgTarget,
    Series,
    Source,
    SourceCountry,
    SourceSeries,
)
from data_access.models.groups import breakdown, members

Rows = Callable[[str], list[dict[str, str]]]
"""Reads a shipped catalogue by name."""


def table_of(model: type[SQLModel]) -> SqlTable:
    """The table behind a model class."""
    table: SqlTable = model.__table__  # type: ignore[attr-defined]
    return table


def ids(session: Session, model: type[SQLModel], column: str = "code") -> dict[str, int]:
    """Natural key → surrogate id of every row of ``model``."""
    table = table_of(model)
    return dict(session.execute(select(table.c[column], table.c.id)).all())


def upsert(
    session: Session, model: type[SQLModel], rows: Iterable[dict[str, Any]], key: str = "code"
) -> dict[str, int]:
    """Make ``model`` hold ``rows`` (updating those whose ``key`` stands already); returns key → id."""
    table = table_of(model)
    known = ids(session, model, key)
    new: list[dict[str, Any]] = []
    for row in rows:
        if row[key] in known:
            session.execute(update(table).where(table.c.id == known[row[key]]).values(row))
        else:
            new.append(row)
    if new:
        session.execute(insert(table), new)
    return ids(session, model, key)


def fill_catalogues(
    session: Session, root: Path = SAMPLE_DATA, *, illustrative: bool, own_folder: Path | None = None
) -> None:
    """Make the shared catalogues hold what ships: countries, areas, series, dimensions and categories.

    ``own_folder`` adds the countries, areas and series of this deployment.
    """

    def shipped(name: str) -> list[dict[str, str]]:
        own = own_rows(name, own_folder) if own_folder else []
        return catalogue_rows(name, root, illustrative=illustrative) + own

    _fill_places(session, shipped)
    fill_series(session, shipped)
    _fill_dimensions(session, shipped)


def _fill_places(session: Session, shipped: Rows) -> None:
    countries = upsert(
        session,
        Country,
        (
            {"iso3": r["iso3"], "name": r["name"], "name_local": r["name_local"], "pilot": r["pilot"] == "1"}
            for r in shipped("countries")
        ),
        key="iso3",
    )
    areas: dict[str, int] = {}
    rows = shipped("areas")
    for kinds in (("country",), ("admin1", "survey_region"), ("admin2", "place")):  # parents before children
        areas = upsert(
            session,
            Area,
            [
                {
                    "country_id": countries[r["country"]],
                    "code": r["code"],
                    "kind": r["kind"],
                    "parent_id": areas.get(r["parent"]),
                    "name": r["name"],
                    "name_local": r["name_local"],
                    "name_folded": fold(r["name"]),
                    "pcode": r["pcode"],
                    "vintage": r["vintage"],
                    "longitude": float(r["longitude"]) if r["longitude"] else None,
                    "latitude": float(r["latitude"]) if r["latitude"] else None,
                }
                for r in rows
                if r["kind"] in kinds
            ],
        )
    _replace(
        session,
        AreaName,
        [{"area_id": areas[r["area"]], "name": r["name"], "used_by": r["used_by"]} for r in shipped("area_names")],
    )
    country_of = {r["code"]: countries[r["country"]] for r in rows}
    _replace(
        session,
        AreaRegion,
        [
            {"country_id": country_of[r["area"]], "area_id": areas[r["area"]], "region_id": areas[r["region"]]}
            for r in shipped("area_regions")
        ],
    )


def fill_series(session: Session, shipped: Rows) -> None:
    """Make the series, and the SDG targets and indicators they name, hold these rows of a ``series`` catalogue."""
    rows = shipped("series")
    targets, indicators = table_of(SdgTarget), table_of(SdgIndicator)
    known_targets = set(session.scalars(select(targets.c.code)))
    known_indicators = set(session.scalars(select(indicators.c.code)))
    new_targets = {r["sdg_target"]: int(r["sdg_goal"]) for r in rows if r["sdg_target"] not in known_targets}
    if new_targets:
        session.execute(insert(targets), [{"code": code, "goal": goal} for code, goal in new_targets.items()])
    new_indicators = {
        r["sdg_indicator"]: r["sdg_target"]
        for r in rows
        if r["sdg_indicator"] and r["sdg_indicator"] not in known_indicators
    }
    if new_indicators:
        session.execute(
            insert(indicators), [{"code": code, "target_code": target} for code, target in new_indicators.items()]
        )
    upsert(
        session,
        Series,
        (
            {
                "code": r["series"],
                "name": r["name"],
                "name_folded": fold(r["name"]),
                "unit": r["unit"],
                "scale": float(r["scale"]),
                "favourable": None if r["favourable"] == "" else r["favourable"] == "1",
                "value_min": float(r["value_min"]) if r["value_min"] else None,
                "value_max": float(r["value_max"]) if r["value_max"] else None,
                "sdg_target_code": r["sdg_target"],
                "sdg_indicator_code": r["sdg_indicator"] or None,
                "sdg_relation": r["sdg_relation"],
                "definition": r["definition"],
                "numerator": r["numerator"],
                "denominator": r["denominator"],
                "age_range": r["age_range"],
                "note": r["note"],
                "illustrative": r["illustrative"] == "True",
            }
            for r in rows
        ),
    )


def _fill_dimensions(session: Session, shipped: Rows) -> None:
    dimensions = upsert(
        session,
        Dimension,
        (
            {"code": r["code"], "name": r["name"], "ordered": r["ordered"] == "1", "custom": r["custom"] == "1"}
            for r in shipped("dimensions")
        ),
    )
    categories = table_of(Category)
    known = {(d, c) for d, c in session.execute(select(categories.c.dimension_id, categories.c.code))}
    for r in shipped("categories"):
        values = {
            "dimension_id": dimensions[r["dimension"]],
            "code": r["code"],
            "name": r["name"],
            "published_name": r.get("published_name", ""),
            "name_local": r["name_local"],
            "marginalised": None if r["marginalised"] == "" else r["marginalised"] == "1",
            "rank": int(r["rank"]),
            "note": r["note"],
        }
        if (values["dimension_id"], values["code"]) not in known:
            session.execute(insert(categories).values(values))


def _replace(session: Session, model: type[SQLModel], rows: list[dict[str, Any]]) -> None:
    session.execute(delete(table_of(model)))
    if rows:
        session.execute(insert(table_of(model)), rows)


def groups_for(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Group key → id for every key, making the groups that do not stand yet."""
    known = ids(session, PopulationGroup, "key")
    new = sorted(set(keys) - known.keys())
    if not new:
        return known
    session.execute(
        insert(table_of(PopulationGroup)),
        [{"key": key, "breakdown": breakdown(members(key)), "size": len(members(key))} for key in new],
    )
    known = ids(session, PopulationGroup, "key")
    dimensions = ids(session, Dimension)
    parts = [
        {"group_id": known[key], "dimension_id": dimensions[dimension], "category_code": category}
        for key in new
        for dimension, category in members(key).items()
    ]
    if parts:
        session.execute(insert(table_of(GroupMember)), parts)
    return known


def source_for(session: Session, sidecar: Sidecar) -> int:
    """The id of the source the sidecar describes, its facts brought up to date."""
    organisations = upsert(session, Organisation, [{"name": sidecar.publisher}], key="name")
    sources = upsert(
        session,
        Source,
        [
            {
                "code": sidecar.code,
                "organisation_id": organisations[sidecar.publisher],
                "title": sidecar.title,
                "origin": sidecar.origin,
                "illustrative": sidecar.illustrative,
                "collection": sidecar.collection,
                "sampling": sidecar.sampling,
                "mode": sidecar.mode,
                "fieldwork_start": sidecar.fieldwork_start,
                "fieldwork_end": sidecar.fieldwork_end,
                "sample_size": sidecar.sample_size,
                "licence": sidecar.licence,
                "licence_state": sidecar.licence_state,
                "citation": sidecar.citation,
                "obtained_from": sidecar.obtained_from,
                "caveats": sidecar.caveats,
                "consent": sidecar.consent,
                "recognition": sidecar.recognition,
                "state": "published",
            }
        ],
    )
    source_id = sources[sidecar.code]
    countries = ids(session, Country, "iso3")
    links = table_of(SourceCountry)
    session.execute(delete(links).where(links.c.source_id == source_id))
    session.execute(
        insert(links), [{"source_id": source_id, "country_id": countries[iso3]} for iso3 in sidecar.countries]
    )
    return source_id


def fill_source_series(session: Session, root: Path = SAMPLE_DATA, *, illustrative: bool) -> None:
    """Make the record of how sources measure series hold what ships, for the sources and series that are loaded.

    What is recorded of sources that came any other way stays as it is.
    """
    table, releases = table_of(SourceSeries), table_of(Release)
    shipped = select(releases.c.source_id).where(releases.c.mapping_version.like("shipped-%"))
    shipped_ids = set(session.scalars(shipped))
    sources = {code: id_ for code, id_ in ids(session, Source).items() if id_ in shipped_ids}
    series = ids(session, Series)
    rows = [
        {
            "source_id": sources[r["source"]],
            "series_id": series[r["series"]],
            **{
                name: r[name]
                for name in (
                    "definition",
                    "numerator",
                    "denominator",
                    "age_range",
                    "group_basis",
                    "disability_method",
                )
            },
        }
        for r in catalogue_rows("source_series", root, illustrative=illustrative)
        if r["source"] in sources and r["series"] in series
    ]
    session.execute(delete(table).where(table.c.source_id.in_(shipped)))
    if rows:
        session.execute(insert(table), rows)
