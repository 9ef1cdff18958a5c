"""Entries as they stand, and as they stood: read for many codes at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models.recorded import EntryRevision
from data_access.process.kinds import KINDS, Kind

AT_ONCE = 500
"""Codes asked for in one question; databases take only so many."""


@dataclass(frozen=True, slots=True)
class State:
    """An entry that is there: its row, whether it stands, its latest cells, the number of its latest revision."""

    id: int
    standing: str
    illustrative: bool
    content: dict[str, str]
    number: int
    begun_by: str


@dataclass(frozen=True, slots=True)
class Revision:
    """An entry as it stood after one act upon it."""

    kind: str
    code: str
    number: int
    act: str
    at: datetime
    actor: str
    role: str
    content: dict[str, str]


def states_of(session: Session, kind: Kind, codes: Iterable[str]) -> dict[str, State]:
    """The entries of ``kind`` among ``codes``, also withdrawn ones; a code that nobody has is left out. Reads only."""
    table, revision = table_of(kind.model), table_of(EntryRevision)
    found: dict[str, State] = {}
    for some in _chunks(codes):
        ends = (
            select(revision.c.code, func.max(revision.c.number).label("last"))
            .where(revision.c.kind == kind.name, revision.c.code.in_(some))
            .group_by(revision.c.code)
            .subquery()
        )
        latest = revision.alias()
        first = revision.alias()
        asked = (
            select(
                table.c.code,
                table.c.id,
                table.c.standing,
                table.c.illustrative,
                latest.c.content,
                latest.c.number,
                first.c.actor,
            )
            .join(ends, ends.c.code == table.c.code)
            .join(
                latest,
                (latest.c.kind == kind.name) & (latest.c.code == table.c.code) & (latest.c.number == ends.c.last),
            )
            .join(first, (first.c.kind == kind.name) & (first.c.code == table.c.code) & (first.c.number == 1))
            .where(table.c.code.in_(some))
        )
        for code, *rest in session.execute(asked):
            found[code] = State(*rest)
    return found


def latest_content(session: Session, kind: str, code: str) -> dict[str, str]:
    """The cells of an entry as it was last written; empty when it never was."""
    state = states_of(session, KINDS[kind], [code]).get(code)
    return dict(state.content) if state else {}


def history_of(session: Session, kind: str = "", code: str = "", most: int = 200) -> list[Revision]:
    """The states of one entry (of all of a kind, or of all), the newest first. Reads only."""
    table = table_of(EntryRevision)
    asked: Any = select(*(table.c[name] for name in Revision.__slots__)).order_by(table.c.id.desc()).limit(most)
    if kind:
        asked = asked.where(table.c.kind == kind)
    if code:
        asked = asked.where(table.c.code == code)
    return [Revision(*row) for row in session.execute(asked)]


def _chunks(codes: Iterable[str]) -> Iterator[Sequence[str]]:
    every = list(dict.fromkeys(codes))
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
