"""Studies of who is furthest behind on their way to readers: kept with the draft, shown and withdrawn with it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.importing.intersections import (
    Waiting,
    remove_studies_of_release,
    store_waiting,
    stored_with_draft,
)
from data_access.models import ReleaseStep
from data_access.releases.standing import ReleaseStanding, SourceStanding, newest_published

WAITING = "(furthest behind)"
"""Where a draft keeps its studies, beside the steward's answers: no question is asked under this word."""


def keep_studies(session: Session, release_id: int, studies: tuple[Waiting, ...]) -> None:
    """Write down the studies of a draft, where no query for readers looks."""
    if studies:
        _write(session, release_id, {**_kept(session, release_id), WAITING: stored_with_draft(studies)})


def forget_studies(session: Session, release_id: int) -> None:
    """Let the studies of a discarded draft go."""
    kept = _kept(session, release_id)
    if kept.pop(WAITING, None) is not None:
        _write(session, release_id, kept)


def publish_studies(session: Session, draft: ReleaseStanding) -> int:
    """Let readers have what waits with a draft that is being published; returns how many studies."""
    return _store(session, draft.id, draft.source)


def take_back_studies(session: Session, release_id: int, source: SourceStanding) -> None:
    """Take away what a withdrawn release brought; what the release before it said holds again."""
    remove_studies_of_release(session, release_id)
    before = newest_published(session, source.id)
    if before is not None:
        _store(session, before, source)


def _store(session: Session, release_id: int, source: SourceStanding) -> int:
    waiting = _kept(session, release_id).get(WAITING, [])
    return store_waiting(session, waiting, source_id=source.id, release_id=release_id, illustrative=source.illustrative)


def _kept(session: Session, release_id: int) -> dict[str, Any]:
    steps = table_of(ReleaseStep).c
    return dict(session.scalar(select(steps.answers).where(steps.release_id == release_id)) or {})


def _write(session: Session, release_id: int, answers: dict[str, Any]) -> None:
    steps = table_of(ReleaseStep)
    session.execute(update(steps).where(steps.c.release_id == release_id).values(answers=answers))
