"""The settings under which concurrent readers and writers lose nothing, each with a test that fails without it."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.pool import QueuePool
from sqlmodel import Session

from data_access.database import engine_for, reading, writing
from data_access.dialects import LOCK_WAIT_SECONDS, for_writing, make_engine
from data_access.prepare import main, prepare
from tests.conftest import count, imported_already, settings_for

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


def test_six_processes_that_start_together_fill_once_and_a_reader_sees_nothing_or_all(empty_url: str) -> None:
    settings = settings_for(empty_url)
    engine = engine_for(settings.database_url)
    tables = ("country", "observation", "release", "coverage", "change_counter", "shipped_state")
    seen: set[tuple[int, ...]] = set()
    with ProcessPoolExecutor(PROCESSES, mp_context=imported_already()) as processes:
        started = [processes.submit(prepare, settings) for _process in range(PROCESSES)]
        finished = False
        while not finished:
            finished = all(one.done() for one in started)
            with reading(engine) as session:
                if sa.inspect(session.connection()).has_table("shipped_state"):
                    counts = (session.scalar(sa.text(f"SELECT count(*) FROM {name}")) for name in tables)
                    seen.add(tuple(number or 0 for number in counts))
            time.sleep(0.02)
        done = [one.result() for one in started]
    assert sorted(one.loaded for one in done) == [0] * (PROCESSES - 1) + [44890]
    assert sum(one.migrated for one in done) == 1
    assert seen == {(0,) * 6, (5, 44890, 31, 3212, 1, 1)}


def test_the_command_says_what_it_did(
    own_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    monkeypatch.setenv("VOICES_COUNT_LEAVE_OUT", "VNM_PAPI")
    assert main() == 0
    filled = r"Filled the database: 0 figures from 30 sources in \d+\.\d s\.\nLeft out as configured: VNM_PAPI\n"
    assert re.fullmatch(filled, capsys.readouterr().out)
    assert main() == 0
    assert capsys.readouterr() == ("The database is ready.\n", "")
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "maybe")
    assert main() == 1
    assert capsys.readouterr() == ("", "VOICES_COUNT_ILLUSTRATIVE='maybe' must be on or off\n")
