"""The record of acts: who, in which role, when, upon what, and how many; never a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models import AuditEntry
from data_access.people.current import CurrentUser

Particular = int | bool | str


@dataclass(frozen=True, slots=True)
class Act:
    """One line of the record."""

    at: datetime
    actor: str
    role: str
    act: str
    upon: str
    particulars: Mapping[str, Particular]


def now() -> datetime:
    """The time as the database keeps it: UTC, whole seconds."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def record(session: Session, by: CurrentUser, role: str, act: str, upon: str, **particulars: Particular) -> None:
    """Write down an act, in the transaction that does it; ``particulars`` are counts and codes."""
    session.execute(
        insert(table_of(AuditEntry)).values(
            at=now(), user_id=by.user_id, actor=by.name, role=role, act=act, upon=upon, particulars=particulars
        )
    )


def acts_upon(session: Session, *upon: str) -> list[Act]:
    """What was done upon these codes, oldest first; everything when none is named."""
    entry = table_of(AuditEntry).c
    asked = select(entry.at, entry.actor, entry.role, entry.act, entry.upon, entry.particulars).order_by(entry.id)
    return [Act(*found) for found in session.execute(asked.where(entry.upon.in_(upon)) if upon else asked)]
