"""What has come through the desk: every release that somebody imported, the newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Release, ReleaseStep, Source


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A release that was imported here: where it has got to, and by whom."""

    release: str
    source: str
    title: str
    file: str
    rows: int
    step: str
    imported_by: str
    imported_at: datetime
    published_by: str
    unreviewed: bool
    why: str
    mapping: str


def through_the_desk(session: Session) -> tuple[DeskLine, ...]:
    """Every imported release, the newest first; shipped ones are not among them."""
    release, step, source = table_of(Release).c, table_of(ReleaseStep).c, table_of(Source).c
    found = session.execute(
        select(
            release.code,
            source.code,
            source.title,
            release.file,
            release.rows,
            step.step,
            step.imported_by,
            step.imported_at,
            step.published_by,
            step.unreviewed,
            step.why,
            step.mapping,
        )
        .select_from(table_of(ReleaseStep))
        .join(table_of(Release), release.id == step.release_id)
        .join(table_of(Source), source.id == release.source_id)
        .order_by(step.imported_at.desc(), release.id.desc())
    )
    return tuple(DeskLine(*row) for row in found)
