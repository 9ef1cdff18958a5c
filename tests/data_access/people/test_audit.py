"""The record of acts: one line an act, and nothing that would change or delete one; on both engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from data_access.database import reading, writing
from data_access.models.people import ACTS
from data_access.people.audit import acts_upon, record
from data_access.people.current import MAY, CurrentUser, Held
from data_access.people.granting import add_user, grant, revoke
from data_access.releases.consents import record_consent
from data_access.releases.drafts import discard, save_draft
from data_access.releases.incoming import Consent
from data_access.releases.publication import publish
from data_access.releases.withdrawal import withdraw
from tests.conftest import count
from tests.data_access.releases.partner import CODE, REVIEWER, STEWARD, engine_on, every_row, incoming, rows

ADMINISTRATOR = CurrentUser("Administrator", (Held("administrator"),))
FIRST, SECOND, THIRD = (incoming(rows(value)) for value in (50.0, 45.0, 44.0))


def test_every_act_is_one_line_with_who_as_what_when_and_upon_what(own_url: str) -> None:
    engine = engine_on(own_url)

    def done(act: Callable[[Session], object]) -> None:
        before = count(engine, "audit_entry")
        with writing(engine) as session:
            act(session)
        assert count(engine, "audit_entry") == before + 1

    done(lambda s: save_draft(s, FIRST, STEWARD))
    done(lambda s: publish(s, f"{CODE}-1", REVIEWER))
    done(lambda s: save_draft(s, SECOND, STEWARD))
    done(lambda s: publish(s, f"{CODE}-2", REVIEWER))
    done(lambda s: save_draft(s, THIRD, STEWARD))
    done(lambda s: discard(s, f"{CODE}-3", STEWARD))
    done(lambda s: record_consent(s, CODE, Consent("Partner", "private", "2025-05-01", "assembly"), STEWARD))
    done(lambda s: withdraw(s, CODE, REVIEWER, "asked to"))
    with writing(engine) as session:
        add_user(session, "subject", "Somebody")
    done(lambda s: grant(s, "subject", Held("reviewer", "KEN"), ADMINISTRATOR))
    done(lambda s: revoke(s, "subject", Held("reviewer", "KEN"), ADMINISTRATOR))
    with reading(engine) as session:
        entries = acts_upon(session)
    assert [(one.actor, one.role, one.act, one.upon) for one in entries[:8]] == [
        ("Steward", "steward", "import", f"{CODE}-1"),
        ("Reviewer", "reviewer", "publish", f"{CODE}-1"),
        ("Steward", "steward", "import", f"{CODE}-2"),
        ("Reviewer", "reviewer", "revise", f"{CODE}-2"),
        ("Steward", "steward", "import", f"{CODE}-3"),
        ("Steward", "steward", "discard", f"{CODE}-3"),
        ("Steward", "steward", "consent", CODE),
        ("Reviewer", "reviewer", "withdraw", CODE),
    ]
    assert [(one.actor, one.role, one.act) for one in entries[8:]] == [
        ("Administrator", "administrator", "grant"),
        ("Administrator", "administrator", "revoke"),
    ]
    assert all(one.at is not None for one in entries)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET actor = 'somebody else'",
        "UPDATE audit_entry SET actor = actor WHERE id = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE id = 1",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete_a_line(own_url: str, statement: str) -> None:
    engine = engine_on(own_url)
    with writing(engine) as session:
        record(session, STEWARD, "steward", "import", "A-1")
    before = every_row(engine)
    with pytest.raises(sa.exc.DBAPIError, match="never changed and never deleted"), writing(engine) as session:
        session.execute(sa.text(statement))
    assert every_row(engine) == before


def test_no_line_is_replaced_or_swept_away(own_url: str) -> None:
    engine = engine_on(own_url)
    with writing(engine) as session:
        record(session, STEWARD, "steward", "import", "A-1")
    before = every_row(engine)
    replaced = "INSERT OR REPLACE INTO audit_entry SELECT id, at, user_id, 'else', role, act, upon, particulars"
    swept = f"{replaced} FROM audit_entry" if engine.dialect.name == "sqlite" else "TRUNCATE audit_entry"
    with pytest.raises(sa.exc.DBAPIError, match="never changed and never deleted"), writing(engine) as session:
        session.execute(sa.text(swept))
    assert every_row(engine) == before


def test_every_act_has_a_name_and_no_other_is_written(own_url: str) -> None:
    engine = engine_on(own_url)
    assert MAY.keys() - {"see_withheld"} <= set(ACTS)
    with writing(engine) as session:
        for act in ACTS:
            record(session, STEWARD, "steward", act, "A-1")
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as session:
        record(session, STEWARD, "steward", "glance", "A-1")
    with reading(engine) as session:
        assert [one.act for one in acts_upon(session, "A-1")] == list(ACTS)
