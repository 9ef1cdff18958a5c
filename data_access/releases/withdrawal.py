"""Withdrawal: rows and protected values are deleted at once; a tombstone keeps code, title, day and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlmodel import Session

from data_access.database import count_change
from data_access.importing.catalogue import table_of
from data_access.importing.intersections import remove_studies
from data_access.importing.load import refresh_coverage
from data_access.models import Observation, Release, ReleaseStep, Source, StagedObservation
from data_access.models.protected import ProtectedValue
from data_access.people.audit import now, record
from data_access.people.current import CurrentUser, require
from data_access.releases.hiding import show_again
from data_access.releases.problems import NotTheNewest, ReasonNeeded, Unknown, Withdrawn
from data_access.releases.standing import (
    ReleaseStanding,
    SourceStanding,
    find_release,
    find_source,
    newest_published,
)
from data_access.releases.studies import take_back_studies


@dataclass(frozen=True, slots=True)
class Gone:
    """What a withdrawal took away: rows, revisions among them."""

    code: str
    rows: int


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of a withdrawn release."""

    source: str
    title: str
    release: str
    withdrawn_at: datetime
    why: str


def withdraw(session: Session, code: str, by: CurrentUser, why: str) -> Gone:
    """Withdraw a source, or its newest published release, whichever bears ``code``; in the caller's transaction.

    A source goes with all its releases and drafts and cannot come back. Behind a withdrawn release what it had
    superseded is current again, and what it alone withheld is shown. Raises Unknown, Withdrawn, NotTheNewest,
    ReasonNeeded and NotAllowed.
    """
    if not why.strip():
        raise ReasonNeeded
    try:
        source, release = find_source(session, code), None
    except Unknown:
        release = find_release(session, code)
        source = release.source
    role = require(by, "withdraw", source.countries, {source.organisation})
    if source.state == "withdrawn" or (release is not None and release.step == "withdrawn"):
        raise Withdrawn(f"{code} was withdrawn already; its rows are gone.")
    rows = (
        _withdraw_source(session, source, by, why) if release is None else _withdraw_release(session, release, by, why)
    )
    refresh_coverage(session, source.id)
    record(session, by, role, "withdraw", code, rows=rows)
    count_change(session)
    return Gone(code, rows)


def tombstones(session: Session) -> list[Tombstone]:
    """Every withdrawn release, the newest first."""
    source, release, step = table_of(Source).c, table_of(Release).c, table_of(ReleaseStep).c
    found = session.execute(
        select(source.code, source.title, release.code, step.withdrawn_at, step.why)
        .select_from(table_of(ReleaseStep))
        .join(table_of(Release), release.id == step.release_id)
        .join(table_of(Source), source.id == release.source_id)
        .where(step.step == "withdrawn")
        .order_by(step.withdrawn_at.desc(), release.id.desc())
    )
    return [Tombstone(*one) for one in found]


def _withdraw_source(session: Session, source: SourceStanding, by: CurrentUser, why: str) -> int:
    remove_studies(session, source.id)
    observed = table_of(Observation)
    rows = session.connection().execute(delete(observed).where(observed.c.source_id == source.id)).rowcount
    for model in (StagedObservation, ProtectedValue):
        session.execute(delete(table_of(model)).where(table_of(model).c.source_id == source.id))
    for release_id in session.scalars(select(table_of(Release).c.id).where(table_of(Release).c.source_id == source.id)):
        _bury(session, release_id, by, why)
    session.execute(update(table_of(Source)).where(table_of(Source).c.id == source.id).values(state="withdrawn"))
    return rows


def _withdraw_release(session: Session, release: ReleaseStanding, by: CurrentUser, why: str) -> int:
    if release.step != "published":
        raise NotTheNewest(f"{release.code} is {release.step} and shows nothing: discard a draft instead.")
    if release.id != newest_published(session, release.source.id):
        raise NotTheNewest(
            f"Others were published on top of {release.code}: withdraw those first, or all of {release.source.code}."
        )
    observed = table_of(Observation)
    rows = (
        session.connection()
        .execute(delete(observed).where(observed.c.source_id == release.source.id, observed.c.release_id == release.id))
        .rowcount
    )
    session.execute(
        update(observed)
        .where(observed.c.source_id == release.source.id, observed.c.superseded_by == release.id)
        .values(revision=0, superseded_by=None)
    )
    session.execute(delete(table_of(ProtectedValue)).where(table_of(ProtectedValue).c.release_id == release.id))
    show_again(session, release.code)
    _bury(session, release.id, by, why)
    take_back_studies(session, release.id, release.source)
    return rows


def _bury(session: Session, release_id: int, by: CurrentUser, why: str) -> None:
    """Leave the tombstone: no mapping, no answers, only who, when and why."""
    steps, releases = table_of(ReleaseStep), table_of(Release)
    known = session.scalar(select(steps.c.release_id).where(steps.c.release_id == release_id))
    if known is None:  # it shipped with the product
        loaded_at = session.scalar(select(releases.c.loaded_at).where(releases.c.id == release_id))
        session.execute(
            insert(steps).values(release_id=release_id, step="published", imported_by="", imported_at=loaded_at)
        )
    session.execute(
        update(steps)
        .where(steps.c.release_id == release_id, steps.c.step != "withdrawn")
        .values(step="withdrawn", mapping="", answers={}, source_facts={}, consent={})
        .values(withdrawn_by=by.name, withdrawn_at=now(), why=why)
    )
