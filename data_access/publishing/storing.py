"""Between a release and the tables: small figures emptied, their truth kept apart, what was shown before remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, insert, select, true
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.importing.resolution.vintages import merged_areas
from data_access.importing.shipped import Sidecar
from data_access.models import (
    Area,
    AreaRegion,
    Category,
    Country,
    Dimension,
    Observation,
    PopulationGroup,
    Series,
)
from data_access.models.protected import ProtectedValue
from data_access.publishing.decision import Decision, decide
from data_access.publishing.rows import Geography, Row, Scope
from data_access.publishing.shipped import scope_from

WITHHELD_NOTE = "withheld here to protect people"
"""The remark on every withheld figure, whatever the reason: two remarks would tell which ones are small."""
_NUMBERS = ("value", "se", "lower", "upper", "n", "population")
_KEY = ("country_id", "series_id", "group_id", "area_id", "time_period")


def withhold(
    session: Session,
    rows: Sequence[Row],
    observations: Sequence[dict[str, Any]],
    scope: Scope,
    *,
    source_id: int,
    release_id: int,
) -> Decision:
    """Empty what may not be shown among the ``observations`` (in place; one for each of ``rows``) of a release.

    The true values go into the protected table under this release. Raises DisclosureProblem, naming the cells, where
    the release cannot be made safe.
    """
    decision = decide(
        rows,
        scope,
        shown_before=shown_before(session, source_id, {row.time_period for row in rows}),
        withheld_by_publisher=scope.origin == "community",
    )
    kept = []
    for position, withheld in sorted(decision.withheld.items()):
        observation = observations[position]
        if observation["value"] is None:
            continue  # withheld by its publisher already
        kept.append(
            {name: observation[name] for name in (*_KEY, *_NUMBERS, "note")}
            | {"release_id": release_id, "source_id": source_id, "kind": withheld.kind}
            | {"reasons": " ".join(withheld.reasons)}
        )
        observation |= {**dict.fromkeys(_NUMBERS), "status": "Q", "note": WITHHELD_NOTE}
    if kept:
        session.execute(insert(table_of(ProtectedValue)), kept)
    return decision


def scope_of(session: Session, sidecar: Sidecar) -> Scope:
    """What holds for all rows of a source, from its sidecar and the catalogues as the database holds them."""
    area, category, region = (table_of(model) for model in (Area, Category, AreaRegion))
    dimension_of = dict(session.execute(select(table_of(Dimension).c.id, table_of(Dimension).c.code)).all())
    code_of = dict(session.execute(select(area.c.id, area.c.code)).all())
    places = session.execute(select(area.c.code, area.c.kind, area.c.parent_id).order_by(area.c.id)).all()
    categories: dict[str, tuple[str, ...]] = {}
    for dimension, code in session.execute(
        select(category.c.dimension_id, category.c.code).order_by(category.c.dimension_id, category.c.rank)
    ):
        name = dimension_of[dimension]
        categories[name] = (*categories.get(name, ()), code)
    regions: dict[str, tuple[str, ...]] = {}
    for whole, part in session.execute(select(region.c.region_id, region.c.area_id).order_by(region.c.area_id)):
        regions[code_of[whole]] = (*regions.get(code_of[whole], ()), code_of[part])
    geography = Geography(
        {code: kind for code, kind, _ in places},
        {code: code_of.get(above, "") for code, _, above in places},
        regions,
        {code: parts for code, parts in merged_areas().items() if code in code_of.values()},
    )
    return scope_from(sidecar, geography, categories)


def shown_before(session: Session, source_id: int, periods: Iterable[str]) -> list[Row]:
    """Every value that an earlier release of the source has shown for these periods, superseded ones included.

    What a later release withholds was shown all the same: somebody may have kept it.
    """
    protected, observed = table_of(ProtectedValue), table_of(Observation)
    within = sorted(periods)
    hidden = _shown_in(session, protected, source_id, within, protected.c.kind == "superseded", protected.c.release_id)
    return hidden + _shown_in(session, observed, source_id, within, true(), observed.c.revision.desc())


def _shown_in(
    session: Session,
    observed: Table,
    source_id: int,
    periods: Sequence[str],
    which: ColumnElement[bool],
    order: ColumnElement[Any],
) -> list[Row]:
    country, area, series, group = (table_of(model) for model in (Country, Area, Series, PopulationGroup))
    shown = session.execute(
        select(
            country.c.iso3,
            area.c.code,
            series.c.code,
            series.c.unit,
            group.c.key,
            observed.c.time_period,
            observed.c.value,
            observed.c.n,
            observed.c.population,
        )
        .join_from(observed, country, country.c.id == observed.c.country_id)
        .join(area, area.c.id == observed.c.area_id)
        .join(series, series.c.id == observed.c.series_id)
        .join(group, group.c.id == observed.c.group_id)
        .where(
            observed.c.source_id == source_id,
            observed.c.value.is_not(None),
            observed.c.time_period.in_(periods),
            which,
        )
        .order_by(order)
    )
    return [Row(*found) for found in shown]
