"""The database as the rest of the product uses it: one engine, sessions to read, transactions to write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import update
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from data_access.dialects import begin_reading, begin_writing, for_writing, make_engine
from data_access.models import ChangeCounter


@lru_cache(maxsize=4)
def engine_for(url: str) -> Engine:
    """The process's one engine for ``url``."""
    return make_engine(url)


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one consistent state and writes nothing."""
    with Session(engine) as session:
        begin_reading(session)
        yield session


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A session in a transaction that holds the write lock from its start: all of it is kept or nothing."""
    with Session(for_writing(engine)) as session, session.begin():
        begin_writing(session)
        yield session


def change_count(session: Session) -> int:
    """How often what readers may see has changed, 0 before anything was filled; the key of every cache of results."""
    return session.exec(select(ChangeCounter.value)).first() or 0


def count_change(session: Session) -> None:
    """Raise the change counter; to be called in the transaction that publishes, revises or withdraws."""
    session.execute(update(ChangeCounter).values(value=ChangeCounter.value + 1))
