"""Who may do what, where: and that granting and revoking are themselves acts."""

from __future__ import annotations

import pytest

from data_access.database import reading, writing
from data_access.models.people import ACTS, ROLES
from data_access.people.audit import acts_upon
from data_access.people.current import MAY, CurrentUser, Held, NotAllowed, command_line_user, may, require
from data_access.people.granting import UnknownGrant, add_user, grant, revoke, signed_in
from tests.data_access.releases.partner import engine_on

ADMINISTRATOR = CurrentUser("Administrator", (Held("administrator"),))


def test_every_act_and_role_is_one_the_tables_know() -> None:
    later = {"record", "confirm", "dispute", "reply", "backup", "restore"}  # acts of parts that are not built yet
    assert set(MAY) == {*ACTS, "see_withheld"} - later
    assert set().union(*MAY.values()) <= set(ROLES)


@pytest.mark.parametrize(
    ("held", "country", "organisation", "allowed"),
    [
        (Held("steward"), "KEN", "Partner", True),
        (Held("steward"), None, None, True),
        (Held("steward", "KEN"), "KEN", "Partner", True),
        (Held("steward", "KEN"), "NPL", "Partner", False),
        (Held("steward", "KEN"), None, None, False),
        (Held("steward", None, "Partner"), "NPL", "Partner", True),
        (Held("steward", None, "Partner"), "NPL", "Other", False),
        (Held("steward", "KEN", "Partner"), "KEN", "Partner", True),
        (Held("reader"), "KEN", "Partner", False),
        (Held("counterpart"), "KEN", "Partner", False),
    ],
)
def test_a_role_reaches_as_far_as_it_was_given(
    held: Held, country: str | None, organisation: str | None, allowed: bool
) -> None:
    assert may(CurrentUser("A", (held,)), "import", country, organisation) is allowed


def test_an_act_for_several_countries_takes_a_role_in_each() -> None:
    user = CurrentUser("A", (Held("steward", "KEN"), Held("reviewer", "NPL")))
    assert require(user, "publish", ["KEN", "NPL"], ["Partner"]) == "steward"
    with pytest.raises(NotAllowed, match="A may not publish for BGD and Partner: that takes the role of administrator"):
        require(user, "publish", ["KEN", "BGD"], ["Partner"])


def test_the_shell_has_every_role_but_a_name_of_its_own() -> None:
    user = command_line_user()
    assert user.name.startswith("command line")
    assert user.user_id is None
    assert all(may(user, act) for act in MAY)


def test_roles_are_granted_kept_and_taken_away_on_the_record(own_url: str) -> None:
    engine = engine_on(own_url)
    held = Held("steward", "KEN")
    with writing(engine) as session:
        number = add_user(session, "issuer|1", "Somebody")
        assert add_user(session, "issuer|1", "Somebody") == number
        assert grant(session, "issuer|1", held, ADMINISTRATOR)
        assert not grant(session, "issuer|1", held, ADMINISTRATOR)
    with reading(engine) as session:
        assert signed_in(session, "issuer|1") == CurrentUser("Somebody", (held,), number)
        assert signed_in(session, "issuer|2") is None
    with writing(engine) as session:
        assert revoke(session, "issuer|1", held, ADMINISTRATOR)
        assert not revoke(session, "issuer|1", held, ADMINISTRATOR)
    with reading(engine) as session:
        assert signed_in(session, "issuer|1") == CurrentUser("Somebody", (), number)
        assert [(one.act, one.particulars["granted"]) for one in acts_upon(session, f"user {number}")] == [
            ("grant", "steward"),
            ("revoke", "steward"),
        ]


def test_only_administrators_grant_and_only_what_is_known(own_url: str) -> None:
    with writing(engine_on(own_url)) as session:
        add_user(session, "issuer|1", "Somebody")
        with pytest.raises(NotAllowed):
            grant(session, "issuer|1", Held("steward", "KEN"), CurrentUser("S", (Held("steward"),)))
        elsewhere = CurrentUser("A", (Held("administrator", "NPL"),))
        with pytest.raises(NotAllowed):
            grant(session, "issuer|1", Held("steward"), elsewhere)
        for subject, held in (
            ("issuer|9", Held("steward")),
            ("issuer|1", Held("king")),
            ("issuer|1", Held("steward", "XXX")),
            ("issuer|1", Held("steward", "KEN", "Nobody")),
        ):
            with pytest.raises(UnknownGrant):
                grant(session, subject, held, ADMINISTRATOR)
