"""Loading one source's rows: what is new, what is revised, what is gone — in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlmodel import Session

from data_access.disclosure.problems import DisclosureProblem
from data_access.importing.catalogue import groups_for, ids, source_for, table_of
from data_access.importing.newest import refresh_newest
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import ShippedRow, ShippedSource
from data_access.models import (
    Area,
    Country,
    Coverage,
    Observation,
    PopulationGroup,
    Release,
    Series,
    Source,
    StagedObservation,
)
from data_access.models.groups import breakdown, members
from data_access.publishing.rows import Row
from data_access.publishing.storing import scope_of, withhold
from data_access.releases.hiding import KEY
from data_access.releases.settling import WORTH, Loaded, settle
from data_access.releases.visibility import is_withdrawn, public_releases

MAPPING_VERSION = "shipped-2"
"""How shipped files are read; raised when the reading changes, so that files are read again."""

Key = tuple[int, int, int, int, str]


def load_source(session: Session, shipped: ShippedSource) -> Loaded:
    """Load a shipped source as a release; the file that is loaded already changes nothing.

    A source that was withdrawn stays so, and one whose newest release came another way keeps what it has. Rows whose
    value differs from the current one become current and the old ones revisions behind them; rows that the file no
    longer has are superseded without a successor. What would give people away is withheld before it is
    stored (``data_access.publishing``). Raises FileProblem for a row that names an unknown
    area or series, or that stands twice, and for a file that cannot be published safely.
    """
    releases, sources = table_of(Release), table_of(Source)
    last = session.execute(
        select(releases.c.id, releases.c.file_sha256, releases.c.mapping_version)
        .join(sources, sources.c.id == releases.c.source_id)
        .where(sources.c.code == shipped.sidecar.code, releases.c.id.in_(public_releases()))
        .order_by(releases.c.id.desc())
    ).first()
    if last is not None and not last.mapping_version.startswith("shipped-"):
        return Loaded(0, 0, 0, 0)
    if is_withdrawn(session, shipped.sidecar.code, shipped.sidecar.sha256):
        return Loaded(0, 0, 0, 0)
    source_id = source_for(session, shipped.sidecar)
    if last is not None and (last.file_sha256, last.mapping_version) == (shipped.sidecar.sha256, MAPPING_VERSION):
        return Loaded(0, 0, shipped.sidecar.rows, 0)
    rows = list(shipped.rows())
    number = session.scalar(select(func.count()).where(releases.c.source_id == source_id)) or 0
    code = f"{shipped.sidecar.code}-{number + 1}"
    session.execute(
        insert(releases).values(
            source_id=source_id,
            code=code,
            file=shipped.name,
            file_sha256=shipped.sidecar.sha256,
            mapping_version=MAPPING_VERSION,
            loaded_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            rows=len(rows),
            supersedes_id=last.id if last is not None else None,
        )
    )
    release_id = ids(session, Release)[code]
    incoming = _observations(session, shipped, rows, source_id, release_id)
    _withhold(session, shipped, rows, incoming, source_id, release_id)
    if incoming:
        session.execute(insert(table_of(StagedObservation)), list(incoming.values()))
    loaded = settle(session, release_id, source_id, whole=True)
    refresh_coverage(session, source_id)
    return loaded


def _observations(
    session: Session, shipped: ShippedSource, rows: list[ShippedRow], source_id: int, release_id: int
) -> dict[Key, dict[str, Any]]:
    area_table = table_of(Area)
    areas = {
        code: (id_, country)
        for code, id_, country in session.execute(select(area_table.c.code, area_table.c.id, area_table.c.country_id))
    }
    series = ids(session, Series)
    groups = groups_for(session, {row.group for row in rows})
    found: dict[Key, dict[str, Any]] = {}
    for row in rows:
        if row.area not in areas:
            raise FileProblem(
                shipped.file,
                "is no known area.",
                "Use a code of areas.csv.",
                row=row.row,
                column="REF_AREA",
                value=row.area,
            )
        if row.series not in series:
            raise FileProblem(
                shipped.file,
                "is no known series.",
                "Add it to series.csv.",
                row=row.row,
                column="SERIES",
                value=row.series,
            )
        area_id, country_id = areas[row.area]
        series_id = series[row.series]
        key = (country_id, series_id, groups[row.group], area_id, row.time_period)
        if key in found:
            raise FileProblem(
                shipped.file,
                f"stands already in row {found[key]['row']} for the same area, series, group and period.",
                "Keep one of the two.",
                row=row.row,
            )
        found[key] = {
            **dict(zip(KEY, key, strict=True)),
            "source_id": source_id,
            "year": row.year,
            **{name: getattr(row, name) for name in WORTH},
            "release_id": release_id,
            "row": row.row,
        }
    return found


def _withhold(
    session: Session,
    shipped: ShippedSource,
    rows: list[ShippedRow],
    incoming: dict[Key, dict[str, Any]],
    source_id: int,
    release_id: int,
) -> None:
    countries = dict(session.execute(select(table_of(Country).c.id, table_of(Country).c.iso3)).all())
    units = dict(session.execute(select(table_of(Series).c.id, table_of(Series).c.unit)).all())
    try:
        withhold(
            session,
            [
                Row(
                    country=countries[o["country_id"]],
                    area=r.area,
                    series=r.series,
                    unit=units[o["series_id"]],
                    group=r.group,
                    time_period=r.time_period,
                    value=r.value,
                    n=r.n,
                    population=r.population,
                    status=r.status,
                )
                for r, o in zip(rows, incoming.values(), strict=True)
            ],
            list(incoming.values()),
            scope_of(session, shipped.sidecar),
            source_id=source_id,
            release_id=release_id,
        )
    except DisclosureProblem as problem:
        raise FileProblem(
            shipped.file, f"it cannot be published safely. {problem}", "Leave out the finest breakdown."
        ) from None


def refresh_coverage(session: Session, source_id: int) -> None:
    """Count again what the source has observed, from its current rows."""
    refresh_newest(session, source_id)
    observed, group, area = table_of(Observation), table_of(PopulationGroup), table_of(Area)
    counts = session.execute(
        select(
            observed.c.country_id,
            observed.c.series_id,
            group.c.key,
            area.c.kind,
            observed.c.time_period,
            observed.c.year,
            func.count(),
            func.count(observed.c.value),
        )
        .join(group, group.c.id == observed.c.group_id)
        .join(area, area.c.id == observed.c.area_id)
        .where(observed.c.source_id == source_id, observed.c.revision == 0)
        .group_by(
            observed.c.country_id,
            observed.c.series_id,
            group.c.key,
            area.c.kind,
            observed.c.time_period,
            observed.c.year,
        )
    ).all()
    universes: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for country_id, series_id, key, *_ in counts:
        parts = set(members(key).items())
        known = universes.setdefault((country_id, series_id), parts)
        known &= parts
    sums: dict[tuple[int, int, str, str, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for country_id, series_id, key, kind, period, year, n, n_with_value in counts:
        shared = {dimension for dimension, _ in universes[country_id, series_id]}
        told_apart = breakdown(members(key).keys() - shared)
        total = sums[country_id, series_id, told_apart, kind, period, year]
        total[0] += n
        total[1] += n_with_value
    table = table_of(Coverage)
    session.execute(delete(table).where(table.c.source_id == source_id))
    rows = [
        {
            "country_id": country_id,
            "series_id": series_id,
            "breakdown": told_apart,
            "area_kind": kind,
            "source_id": source_id,
            "time_period": period,
            "year": year,
            "universe": "|".join(f"{d}={c}" for d, c in sorted(universes[country_id, series_id])),
            "n": n,
            "n_with_value": n_with_value,
        }
        for (country_id, series_id, told_apart, kind, period, year), (n, n_with_value) in sums.items()
    ]
    if rows:
        session.execute(insert(table), rows)
