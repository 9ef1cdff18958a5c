"""What went before: the releases of a source, what was done to them, and every value that one figure ever had."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Area, FetchedAnswer, Observation, PopulationGroup, Release, ReleaseStep, Series, Source
from data_access.people.audit import Act, acts_upon
from data_access.releases.incoming import Fetched
from data_access.releases.problems import Unknown
from data_access.releases.standing import find_release, find_source
from data_access.releases.trying import Place
from data_access.releases.visibility import is_public


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release and what became of it; who did what is empty for one that shipped with the product."""

    code: str
    step: str
    file: str
    sha256: str
    mapping_version: str
    rows: int
    loaded_at: datetime
    imported_by: str
    published_by: str
    published_at: datetime | None
    unreviewed: bool
    withdrawn_by: str
    withdrawn_at: datetime | None
    why: str


@dataclass(frozen=True, slots=True)
class Version:
    """A value that a figure had or has; ``superseded_by`` the release that took its place, empty while current."""

    value: float | None
    lower: float | None
    upper: float | None
    n: int | None
    status: str
    release: str
    loaded_at: datetime
    superseded_by: str


def history(session: Session, code: str) -> list[ReleaseLine]:
    """The releases of a source, or the one release, that bears ``code``, oldest first. Raises Unknown."""
    source, release, step = table_of(Source).c, table_of(Release).c, table_of(ReleaseStep).c
    found = session.execute(
        select(
            release.code,
            step.step,
            release.file,
            release.file_sha256,
            release.mapping_version,
            release.rows,
            release.loaded_at,
            step.imported_by,
            step.published_by,
            step.published_at,
            step.unreviewed,
            step.withdrawn_by,
            step.withdrawn_at,
            step.why,
        )
        .select_from(table_of(Release))
        .join(table_of(Source), source.id == release.source_id)
        .outerjoin(table_of(ReleaseStep), step.release_id == release.id)
        .where((source.code == code) | (release.code == code))
        .order_by(release.id)
    ).all()
    if not found:
        find_source(session, code)  # known, but without a release
    return [
        ReleaseLine(
            line.code,
            line.step or "published",
            line.file,
            line.file_sha256,
            line.mapping_version,
            line.rows,
            line.loaded_at,
            line.imported_by or "",
            line.published_by or "",
            line.published_at,
            bool(line.unreviewed),
            line.withdrawn_by or "",
            line.withdrawn_at,
            line.why or "",
        )
        for line in found
    ]


def fetched(session: Session, code: str) -> list[Fetched]:
    """The answers of services that the releases of a source, or the one release, that bears ``code`` are made of."""
    answer, release, source = table_of(FetchedAnswer).c, table_of(Release).c, table_of(Source).c
    found = session.execute(
        select(*(answer[field.name] for field in fields(Fetched)))
        .join(table_of(Release), release.id == answer.release_id)
        .join(table_of(Source), source.id == release.source_id)
        .where((source.code == code) | (release.code == code))
        .order_by(answer.release_id, answer.series)
    )
    return [Fetched(*line) for line in found]


def acts(session: Session, code: str) -> list[Act]:
    """What was done to a source and all its releases, or to the one release, oldest first. Raises Unknown."""
    try:
        find_source(session, code)
    except Unknown:
        find_release(session, code)
        return acts_upon(session, code)
    return acts_upon(session, code, *(line.code for line in history(session, code)))


def versions(session: Session, source: str, place: Place) -> list[Version]:
    """Every value that one figure of a source ever had, newest first; none where readers may not see the source.

    What was withheld stays withheld, whatever later releases show; of a figure that is withheld now, what earlier
    releases showed is no longer told either: it lies with the protected values.
    """
    observed, of, by = table_of(Observation).c, table_of(Release).alias().c, table_of(Release).alias()
    area, series, group = table_of(Area).c, table_of(Series).c, table_of(PopulationGroup).c
    code, key = table_of(Source).c.code, dict(zip(("area", "series", "group", "period"), place, strict=True))
    found = session.execute(
        select(
            observed.value,
            observed.lower,
            observed.upper,
            observed.n,
            observed.status,
            of.code,
            of.loaded_at,
            by.c.code.label("superseded_by"),
            observed.revision,
        )
        .select_from(table_of(Observation))
        .join(table_of(Source), table_of(Source).c.id == observed.source_id)
        .join(of.id.table, of.id == observed.release_id)
        .outerjoin(by, by.c.id == observed.superseded_by)
        .join(table_of(Area), area.id == observed.area_id)
        .join(table_of(Series), series.id == observed.series_id)
        .join(table_of(PopulationGroup), group.id == observed.group_id)
        .where(
            is_public(),
            code == source,
            area.code == key["area"],
            series.code == key["series"],
            group.key == key["group"],
            observed.time_period == key["period"],
        )
    ).all()
    newest_first = sorted(found, key=lambda row: (row.revision != 0, -row.revision))
    return [
        Version(r.value, r.lower, r.upper, r.n, r.status, r.code, r.loaded_at, r.superseded_by or "")
        for r in newest_first
    ]
