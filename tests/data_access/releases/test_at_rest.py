"""A value that is withheld lies with the protected values and nowhere else, in every table, on both engines."""

from __future__ import annotations

from importlib import import_module

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.database import reading, writing
from data_access.importing.tidy import TidyRow
from data_access.migrating import configuration
from data_access.releases.drafts import discard
from data_access.releases.history import versions
from data_access.releases.publication import publish
from data_access.releases.withdrawal import withdraw
from tests.data_access.releases.partner import (
    CODE,
    REVIEWER,
    SERIES,
    STEWARD,
    draft,
    engine_on,
    every_row,
    incoming,
    published,
    row,
    rows,
    shown,
)

ONCE, TWICE = 37.109375, 36.328125
"""Values that no other figure has, exact in every format."""
PLACE = ("KEN", SERIES, "SEX=F", "2025")
WHOLE = rows(50.0)
SHOWN = (*WHOLE, row(ONCE, "SEX=F", n=256, row=5))
SHOWN_AGAIN = (*WHOLE, row(TWICE, "SEX=F", n=256, row=5))


def small(value: float | None = 62.5) -> tuple[TidyRow, ...]:
    return (*WHOLE, row(value, "SEX=F", n=8, yes=5, row=5))


def tables_with(engine: Engine, value: float) -> set[str]:
    return {name for name, lines in every_row(engine).items() if any(repr(value) in line for line in lines)}


def test_what_is_withheld_from_the_start_lies_in_the_protected_table_alone(own_url: str) -> None:
    engine = engine_on(own_url)
    few = (*WHOLE, row(ONCE, "SEX=F", n=8, yes=3, row=5))
    draft(engine, incoming(few))
    assert tables_with(engine, ONCE) == {"protected_value"}
    with writing(engine) as session:
        publish(session, f"{CODE}-1", REVIEWER)
    assert tables_with(engine, ONCE) == {"protected_value"}


@pytest.mark.parametrize("by_whom", ["here", "by its publisher"])
def test_what_was_shown_and_is_withheld_now_leaves_the_table_that_queries_read(own_url: str, by_whom: str) -> None:
    engine = engine_on(own_url)
    published(engine, incoming(SHOWN))
    published(engine, incoming(SHOWN_AGAIN))
    assert tables_with(engine, ONCE) == tables_with(engine, TWICE) == {"observation"}
    withheld = small() if by_whom == "here" else (*WHOLE, row(None, "SEX=F", n=None, status="Q", row=5))
    published(engine, incoming(withheld))
    assert shown(engine) == {"": 50.0, "SEX=F": None}
    assert tables_with(engine, ONCE) == tables_with(engine, TWICE) == {"protected_value"}
    with reading(engine) as session:
        assert [(v.value, v.n, v.status, v.release) for v in versions(session, CODE, PLACE)] == [
            (None, None, "Q", f"{CODE}-{number}") for number in (3, 2, 1)
        ]
    with engine.connect() as connection:
        kept = "SELECT value, n, status, reasons FROM protected_value WHERE kind = 'superseded' ORDER BY release_id"
        assert connection.execute(sa.text(kept)).all() == [
            (ONCE, 256, "A", f"{CODE}-3"),
            (TWICE, 256, "A", f"{CODE}-3"),
        ]


def test_withdrawing_the_release_that_withheld_shows_what_it_alone_had_withheld(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, incoming(SHOWN))
    published(engine, incoming(SHOWN_AGAIN))
    before = every_row(engine)
    withholding = published(engine, incoming(small())).release
    with writing(engine) as session:
        withdraw(session, withholding, REVIEWER, "wrong round")
    assert shown(engine) == {"": 50.0, "SEX=F": TWICE}
    now = every_row(engine)
    assert (now["observation"], now["protected_value"]) == (before["observation"], before["protected_value"])


def test_what_was_withheld_once_stays_so_when_a_later_release_that_shows_is_withdrawn(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, incoming(SHOWN))
    published(engine, incoming(small()))
    later = published(engine, incoming(SHOWN_AGAIN)).release
    assert shown(engine)["SEX=F"] == TWICE
    with writing(engine) as session:
        withdraw(session, later, REVIEWER, "wrong round")
    assert shown(engine)["SEX=F"] is None
    assert tables_with(engine, ONCE) == {"protected_value"}


def test_what_was_shown_counts_as_known_though_it_is_withheld_now(own_url: str) -> None:
    """Somebody may have kept it, so that it cannot protect another figure."""
    from data_access.publishing.storing import shown_before

    engine = engine_on(own_url)
    published(engine, incoming(SHOWN))
    published(engine, incoming(small()))
    with reading(engine) as session:
        source_id = session.scalar(sa.text(f"SELECT id FROM source WHERE code = '{CODE}'"))
        assert source_id is not None
        assert [(one.group, one.value) for one in shown_before(session, source_id, ["2025"])] == [
            ("SEX=F", ONCE),
            ("", 50.0),
        ]


def test_a_withdrawn_source_and_a_discarded_draft_leave_nothing_of_it(own_url: str) -> None:
    engine = engine_on(own_url)
    published(engine, incoming(SHOWN))
    published(engine, incoming(small()))
    draft(engine, incoming(SHOWN_AGAIN))
    with writing(engine) as session:
        discard(session, f"{CODE}-3", STEWARD)
    assert tables_with(engine, TWICE) == set()
    with writing(engine) as session:
        withdraw(session, CODE, REVIEWER, "asked to")
    assert tables_with(engine, ONCE) == set()


def test_the_step_to_this_shape_moves_what_lies_open_and_takes_facts_apart(own_url: str) -> None:
    from alembic import command

    from data_access.dialects import schema_change

    engine = engine_on(own_url)
    published(engine, incoming(SHOWN))
    published(engine, incoming(small()))
    waiting = draft(engine, incoming(SHOWN_AGAIN)).release
    before = every_row(engine)
    with schema_change(engine) as connection:
        command.downgrade(configuration(connection), "0003")
    assert tables_with(engine, ONCE) == {"observation"}
    with engine.connect() as connection:
        together = connection.scalar(sa.text("SELECT answers FROM release_step ORDER BY release_id DESC"))
    assert '"source": {' in together
    with schema_change(engine) as connection:
        command.upgrade(configuration(connection), "head")
    after = every_row(engine)
    later = set(import_module("data_access.migrations.versions.0005_the_five_steps").TABLES)
    assert {name for name in before if before[name] != after[name]} <= later  # dropped on the way down
    with writing(engine) as session:
        assert publish(session, waiting, REVIEWER).loaded.revised == 1
