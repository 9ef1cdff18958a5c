"""The settings under which concurrent readers and writers lose nothing, each with a test that fails without it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from data_access.database import engine_for, writing
from data_access.dialects import LOCK_WAIT_SECONDS, for_writing, make_engine
from data_access.settings import ROOT
from tests.conftest import count, settings_for

PROCESSES = 6


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 1),
        ("foreign_keys", 1),
        ("mmap_size", 0),
        ("busy_timeout", LOCK_WAIT_SECONDS * 1000),
    ],
)
def test_a_connection_has_the_settings_that_keep_data(own_file: Path, name: str, value: object) -> None:
    assert pragma(make_engine(f"sqlite:///{own_file}"), name) == value


def test_connections_are_queued_so_that_no_reader_sees_what_is_not_committed(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    assert isinstance(engine.pool, QueuePool)
    with for_writing(engine).connect() as writer, writer.begin():
        writer.execute(sa.text("UPDATE country SET name = 'changed' WHERE iso3 = 'KEN'"))
        with engine.connect() as reader:
            assert reader.scalar(sa.text("SELECT name FROM country WHERE iso3 = 'KEN'")) == "Kenya"


def add_to_the_counter(begin: Callable[[], Engine], times: int, lost: list[Exception]) -> None:
    for _time in range(times):
        try:
            with Session(begin()) as session, session.begin():
                value = session.scalar(sa.text("SELECT value FROM change_counter"))
                session.execute(sa.text("UPDATE change_counter SET value = :value"), {"value": value + 1})
        except sa.exc.OperationalError as error:
            lost.append(error)


@pytest.mark.parametrize(("writes", "all_kept"), [(True, True), (False, False)])
def test_nothing_is_lost_when_many_write_at_once(own_file: Path, writes: bool, all_kept: bool) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    with engine.connect() as connection:
        before = connection.scalar(sa.text("SELECT value FROM change_counter"))
    failures: list[Exception] = []

    def begin() -> Engine:
        return for_writing(engine) if writes else engine

    threads = [threading.Thread(target=add_to_the_counter, args=(begin, 50, failures)) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        added = connection.scalar(sa.text("SELECT value FROM change_counter")) - before
    assert (added == 400 and not failures) is all_kept


def test_a_write_is_undone_whole(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    with pytest.raises(RuntimeError), writing(engine) as session:
        session.execute(sa.text("DELETE FROM coverage"))
        raise RuntimeError
    assert count(engine, "coverage") > 2000


def test_postgresql_connections_are_checked_before_use() -> None:
    engine = make_engine("postgresql+psycopg://nobody@localhost/none")
    assert isinstance(engine.pool, QueuePool)
    assert (engine.pool.size(), engine.pool._max_overflow, engine.pool._pre_ping) == (10, 10, True)


def test_six_processes_that_start_together_fill_once(empty_url: str) -> None:
    environment = os.environ | {"DATABASE_URL": empty_url, "VOICES_COUNT_ILLUSTRATIVE": "on"}
    command = [sys.executable, "-m", "data_access.prepare"]
    processes = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _process in range(PROCESSES)
    ]
    said = [process.communicate(timeout=240) for process in processes]
    assert [error for _output, error in said] == [""] * PROCESSES
    assert [process.returncode for process in processes] == [0] * PROCESSES
    assert sum("44,890 figures from 31 sources" in output for output, _error in said) == 1
    assert sum("The database is ready." in output for output, _error in said) == PROCESSES - 1
    assert count(engine_for(settings_for(empty_url).database_url), "observation") == 44890
