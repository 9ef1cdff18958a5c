"""The one module that knows SQLite from PostgreSQL: engines, locks, and what must be said differently."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool

from data_access.problems import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseUnreachable,
)

LOCK_WAIT_SECONDS = 30
_PREPARE_LOCK = 0x766F6963  # one number for this product, shared by every process that prepares a database
_WRITE_LOCK = _PREPARE_LOCK + 1
_WRITES = "voices_count_writes"


def make_engine(url: str) -> Engine:
    """An engine with the settings under which concurrent readers and writers lose nothing.

    SQLite: WAL, synchronous NORMAL, foreign keys on, no mmap, a queue of connections and transactions begun by us
    (plain BEGIN to read, BEGIN IMMEDIATE to write), because the driver's own begin loses updates. PostgreSQL: a pool
    of 10 + 10 that checks a connection before it is used.
    """
    if url.startswith("sqlite"):
        return _sqlite_engine(url)
    return sa.create_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True)


def _sqlite_engine(url: str) -> Engine:
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=10,
        max_overflow=10,
        connect_args={"timeout": LOCK_WAIT_SECONDS, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: sqlite3.Connection, _record: Any) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", "mmap_size = 0"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def begin_reading(session: Session) -> None:
    """Begin a transaction that sees one state of the data, however many queries it asks.

    SQLite's always do; PostgreSQL's own default shows what others commit between two queries.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True})


def for_writing(engine: Engine) -> Engine:
    """The same engine whose transactions take the write lock when they begin, not when they first write."""
    return engine.execution_options(**{_WRITES: True})


def begin_writing(session: Session) -> None:
    """Take the write lock now, for the whole transaction: of a SQLite file by beginning, of a server by asking."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": _WRITE_LOCK})


def erase_what_goes(session: Session) -> None:
    """Overwrite in the file, not only let go, what this connection deletes or replaces from now on.

    SQLite would leave it in the file until the room is used again. A server drops it at its next vacuum.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


@contextlib.contextmanager
def only_one(engine: Engine) -> Iterator[None]:
    """Let one process at a time through, whatever it does inside; the others wait their turn.

    PostgreSQL: a session advisory lock. SQLite: nothing to do, as every step inside takes the file's write lock.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect() as connection:
        connection.execute(sa.text("SELECT pg_advisory_lock(:key)"), {"key": _PREPARE_LOCK})
        connection.commit()
        try:
            yield
        finally:
            connection.execute(sa.text("SELECT pg_advisory_unlock(:key)"), {"key": _PREPARE_LOCK})
            connection.commit()


@contextlib.contextmanager
def schema_change(engine: Engine) -> Iterator[Connection]:
    """A connection in one transaction in which tables may be rebuilt; all of it holds or nothing.

    On SQLite foreign keys are off inside (a rebuilt parent would otherwise empty its children by cascade) and
    checked before the commit; raises DatabaseProblem when a row would be left without its parent.
    """
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            yield connection
        return
    with for_writing(engine).connect() as connection:
        raw = connection.connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if orphans:
                    raise DatabaseProblem(f"{len(orphans)} rows would lose their parent, first in {orphans[0][0]}")
        finally:
            raw.execute("PRAGMA foreign_keys = ON")


def problem_behind(error: sa.exc.DBAPIError, file: Path | None) -> DatabaseProblem:
    """The named problem behind a driver's error; ``file`` is None for a database server."""
    said = str(error.orig).partition("\n")[0]
    if file is None:
        lost = isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError)
        return DatabaseUnreachable(said) if lost else DatabaseProblem(said)
    text, where = said.lower(), str(file)
    if any(words in text for words in ("malformed", "not a database", "disk image", "corrupt")):
        return DatabaseDamaged(where)
    if any(words in text for words in ("readonly", "read-only", "unable to open", "permission denied")):
        return DatabaseReadOnly(where)
    if "locked" in text or "busy" in text:
        return DatabaseLocked(where)
    if "disk is full" in text:
        return DatabaseFull(where)
    return DatabaseProblem(said)
