"""Loading one source's rows: what is new, what is revised, what is gone — in the caller's transaction."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import Session

from data_access.disclosure.problems import DisclosureProblem
from data_access.importing.catalogue import groups_for, ids, source_for, table_of
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
)
from data_access.models.groups import breakdown, members
from data_access.publishing.rows import Row
from data_access.publishing.storing import scope_of, withhold

MAPPING_VERSION = "shipped-2"
"""How shipped files are read; raised when the reading changes, so that files are read again."""

_KEY = ("country_id", "series_id", "group_id", "area_id", "source_id", "time_period")
_WORTH = ("value", "se", "lower", "upper", "n", "population", "status", "note")

Key = tuple[int, int, int, int, int, str]


@dataclass(frozen=True)
class Loaded:
    """What a release changed: counts of rows."""

    new: int
    revised: int
    same: int
    gone: int


def load_source(session: Session, shipped: ShippedSource) -> Loaded:
    """Load a shipped source as a release; the file that is loaded already changes nothing.

    Rows whose value differs from the current one become current and the old ones revisions behind them; rows that
    the file no longer has are superseded without a successor. What would give people away is withheld before it is
    stored (``data_access.publishing``). Raises FileProblem for a row that names an unknown
    area or series, or that stands twice, and for a file that cannot be published safely.
    """
    source_id = source_for(session, shipped.sidecar)
    releases = table_of(Release)
    last = session.execute(
        select(releases.c.id, releases.c.file_sha256, releases.c.mapping_version)
        .where(releases.c.source_id == source_id)
        .order_by(releases.c.id.desc())
    ).first()
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
    loaded = _settle(session, incoming, source_id, release_id)
    refresh_coverage(session, source_id)
    return loaded


def _observations(
    session: Session, shipped: ShippedSource, rows: list[ShippedRow], source_id: int, release_id: int
) -> dict[Key, dict[str, Any]]:
    area_table, series_table = table_of(Area), table_of(Series)
    areas = {
        code: (id_, country)
        for code, id_, country in session.execute(select(area_table.c.code, area_table.c.id, area_table.c.country_id))
    }
    series = {
        code: (id_, unit)
        for code, id_, unit in session.execute(select(series_table.c.code, series_table.c.id, series_table.c.unit))
    }
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
        series_id, unit = series[row.series]
        key = (country_id, series_id, groups[row.group], area_id, source_id, row.time_period)
        if key in found:
            raise FileProblem(
                shipped.file,
                f"stands already in row {found[key]['row']} for the same area, series, group and period.",
                "Keep one of the two.",
                row=row.row,
            )
        found[key] = {
            **dict(zip(_KEY, key, strict=True)),
            "revision": 0,
            "year": row.year,
            **{name: getattr(row, name) for name in _WORTH},
            "unit": unit,
            "illustrative": shipped.sidecar.illustrative,
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
    try:
        withhold(
            session,
            [
                Row(
                    country=countries[o["country_id"]],
                    area=r.area,
                    series=r.series,
                    unit=o["unit"],
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


def _settle(session: Session, incoming: dict[Key, dict[str, Any]], source_id: int, release_id: int) -> Loaded:
    table = table_of(Observation)
    current = {
        tuple(row[: len(_KEY)]): tuple(row[len(_KEY) :])
        for row in session.execute(
            select(*(table.c[name] for name in (*_KEY, *_WORTH))).where(
                table.c.source_id == source_id, table.c.revision == 0
            )
        )
    }
    worth = {key: tuple(row[name] for name in _WORTH) for key, row in incoming.items()}
    same = {key for key in worth if current.get(key) == worth[key]}
    revised = (current.keys() & worth.keys()) - same
    gone = current.keys() - worth.keys()
    if revised or gone:
        _put_behind(session, [*revised, *gone], release_id)
    new = [row for key, row in incoming.items() if key not in same]
    if new:
        session.execute(insert(table), new)
    return Loaded(new=len(new) - len(revised), revised=len(revised), same=len(same), gone=len(gone))


def _put_behind(session: Session, keys: list[Key], release_id: int) -> None:
    """Give the current rows of ``keys`` the next free revision, so that their successors can become current."""
    table = table_of(Observation)
    matches = [table.c[name] == bindparam(f"key_{name}") for name in _KEY]
    highest = {
        tuple(row[:-1]): row[-1]
        for row in session.execute(
            select(*(table.c[name] for name in _KEY), func.max(table.c.revision))
            .where(table.c.source_id == keys[0][4])
            .group_by(*(table.c[name] for name in _KEY))
        )
    }
    session.connection().execute(
        update(table)
        .where(*matches, table.c.revision == 0)
        .values(revision=bindparam("next_revision"), superseded_by=release_id),
        [
            {f"key_{name}": part for name, part in zip(_KEY, key, strict=True)} | {"next_revision": highest[key] + 1}
            for key in keys
        ],
    )


def refresh_coverage(session: Session, source_id: int) -> None:
    """Count again what the source has observed, from its current rows."""
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
