"""Which sources and releases readers may see: one rule, for the catalogue through which every query goes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import Release, ReleaseStep, Source, SourceConsent

PLACES = "place"
"""The kind of area that is a single site: never shown of a source whose owner agreed to aggregates only."""


def public_releases() -> Select[tuple[int]]:
    """Ids of releases that are published: those that shipped, and those that went through the desk to the end."""
    release, step = table_of(Release).c, table_of(ReleaseStep).c
    steps = select(step.release_id).where(step.step != "published")
    return select(release.id).where(release.id.not_in(steps))


def newest_consents() -> Select[tuple[int]]:
    """Ids of the consents that count: the newest of each source."""
    consent = table_of(SourceConsent).c
    return select(func.max(consent.id)).group_by(consent.source_id)


def is_public() -> ColumnElement[bool]:
    """The condition on ``source``: published, with a published release, and nobody forbids it."""
    source, release, consent = table_of(Source).c, table_of(Release).c, table_of(SourceConsent).c
    released = exists().where(release.source_id == source.id, release.id.in_(public_releases()))
    forbidden = exists().where(
        consent.source_id == source.id,
        consent.id.in_(newest_consents()),
        or_(consent.sharing == "private", consent.revoked_on != ""),
    )
    return (source.state == "published") & released & ~forbidden


def is_withdrawn(session: Session, source: str, file_sha256: str) -> bool:
    """Whether this source, or what this very file brought to it, was withdrawn, so that it must not come back."""
    sources, release, step = table_of(Source).c, table_of(Release).c, table_of(ReleaseStep).c
    taken_back = exists().where(
        release.source_id == sources.id,
        release.file_sha256 == file_sha256,
        step.release_id == release.id,
        step.step == "withdrawn",
    )
    found = select(sources.id).where(sources.code == source, or_(sources.state == "withdrawn", taken_back))
    return session.scalar(found) is not None
