"""What a reader sees while somebody writes, and what writers do to one another, on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import change_count, count_change, engine_for, reading, writing
from data_access.dialects import make_engine
from data_access.migrating import migrate
from tests.conftest import settings_for

COUNTER = sa.text("SELECT value FROM change_counter")
SET_COUNTER = sa.text("UPDATE change_counter SET value = :value")
RENAME = sa.text("UPDATE country SET name = 'renamed' WHERE iso3 = 'KEN'")
NAME = sa.text("SELECT name FROM country WHERE iso3 = 'KEN'")


@pytest.fixture
def engine(own_url: str) -> Engine:
    return engine_for(settings_for(own_url).database_url)


def test_a_reader_is_not_held_up_by_a_writer_and_sees_what_was_committed(engine: Engine) -> None:
    with writing(engine) as writer:
        writer.execute(RENAME)
        with reading(engine) as reader:
            started = time.perf_counter()
            assert reader.scalar(NAME) == "Kenya"
            assert time.perf_counter() - started < 5
    with reading(engine) as reader:
        assert reader.scalar(NAME) == "renamed"


def test_a_reader_sees_one_state_however_many_queries_it_asks(engine: Engine) -> None:
    with reading(engine) as reader:
        before = change_count(reader)
        with writing(engine) as writer:
            writer.execute(RENAME)
            count_change(writer)
        assert reader.scalar(NAME) == "Kenya"
        assert change_count(reader) == before
    with reading(engine) as reader:
        assert (reader.scalar(NAME), change_count(reader)) == ("renamed", before + 1)


@pytest.mark.postgres
def test_a_plain_session_of_a_server_would_see_two_states(own_postgres_url: str) -> None:
    """Why ``reading`` asks PostgreSQL for more than it gives by itself."""
    engine = engine_for(settings_for(own_postgres_url).database_url)
    with Session(engine) as reader:
        before = reader.scalar(NAME)
        with writing(engine) as writer:
            writer.execute(RENAME)
        assert (before, reader.scalar(NAME)) == ("Kenya", "renamed")


def test_what_a_reader_writes_is_gone_or_refused(engine: Engine) -> None:
    with reading(engine) as reader:
        if engine.dialect.name == "postgresql":
            with pytest.raises(sa.exc.InternalError, match="read-only transaction"):
                reader.execute(RENAME)
        else:
            reader.execute(RENAME)
    with reading(engine) as reader:
        assert reader.scalar(NAME) == "Kenya"
    with writing(engine) as writer:  # the connection that only read may write again
        writer.execute(RENAME)
    with reading(engine) as reader:
        assert reader.scalar(NAME) == "renamed"


def test_a_writer_waits_for_the_one_before(engine: Engine) -> None:
    order: list[str] = []
    begun = threading.Event()

    def first() -> None:
        with writing(engine):
            begun.set()
            time.sleep(0.3)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait()
    with writing(engine):
        order.append("second")
    thread.join()
    assert order == ["first", "second"]


def test_no_read_modify_write_of_400_is_lost(engine: Engine) -> None:
    with reading(engine) as session:
        before = session.scalar(COUNTER)
    assert before is not None

    def add_fifty() -> None:
        for _time in range(50):
            with writing(engine) as session:
                value = session.scalar(COUNTER)
                session.execute(SET_COUNTER, {"value": (value or 0) + 1})

    threads = [threading.Thread(target=add_fifty) for _thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading(engine) as session:
        assert session.scalar(COUNTER) == before + 400


def test_the_counter_is_nought_before_anything_was_filled(empty_url: str) -> None:
    engine = make_engine(settings_for(empty_url).database_url)
    migrate(engine)
    with reading(engine) as session:
        assert change_count(session) == 0
    engine.dispose()
