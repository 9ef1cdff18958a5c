"""The person who asks: their roles, and whether an act is theirs to do. Where they come from is another's business."""

from __future__ import annotations

import getpass
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

COMMAND_LINE = "command line"

MAY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "import": frozenset({"steward", "administrator"}),
        "discard": frozenset({"steward", "administrator"}),
        "answer": frozenset({"steward", "administrator"}),
        "consent": frozenset({"steward", "administrator"}),
        "publish": frozenset({"steward", "reviewer", "administrator"}),
        "revise": frozenset({"steward", "reviewer", "administrator"}),
        "withdraw": frozenset({"steward", "reviewer", "administrator"}),
        "see_withheld": frozenset({"steward"}),
        "pull": frozenset({"steward", "administrator"}),
        "grant": frozenset({"administrator"}),
        "revoke": frozenset({"administrator"}),
        "add_country": frozenset({"administrator"}),
    }
)
"""Which roles may do an act. Readers, members and counterparts read; reading needs no permission here."""


class NotAllowed(PermissionError):
    """An act needs a role that this person does not hold there; nothing was done."""

    def __init__(self, user: CurrentUser, act: str, country: str | None, organisation: str | None) -> None:
        self.act, self.country, self.organisation = act, country, organisation
        where = " ".join(part for part in (country or "every country", organisation and f"and {organisation}") if part)
        roles = " or ".join(sorted(MAY[act]))
        super().__init__(
            f"{user.name} may not {act.replace('_', ' ')} for {where}: that takes the role of {roles}. "
            "Ask an administrator to grant it."
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A role held for one country (ISO 3166-1 alpha-3) and one organisation (its name); None is all of them."""

    role: str
    country: str | None = None
    organisation: str | None = None

    def reaches(self, country: str | None, organisation: str | None) -> bool:
        """Whether the role holds there; an act upon all countries (None) takes a role for all."""
        return self.country in (None, country) and self.organisation in (None, organisation)


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """Somebody at the keyboard. ``user_id`` their row among the users, None where nobody signs in."""

    name: str
    roles: tuple[Held, ...] = ()
    user_id: int | None = None


def command_line_user() -> CurrentUser:
    """Whoever has a shell on the server: they hold the database, so every role; named by their account there."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # an account number without a name, as in some containers
        account = ""
    name = f"{COMMAND_LINE}: {account}" if account else COMMAND_LINE
    return CurrentUser(name[:120], (Held("steward"), Held("reviewer"), Held("administrator")))


def role_for(user: CurrentUser, act: str, country: str | None, organisation: str | None) -> str | None:
    """The role under which ``user`` may do ``act`` there; None when none will do. KeyError for an unknown act."""
    return next((h.role for h in user.roles if h.role in MAY[act] and h.reaches(country, organisation)), None)


def may(user: CurrentUser, act: str, country: str | None = None, organisation: str | None = None) -> bool:
    """Whether ``user`` may do ``act`` in ``country`` for ``organisation``; None stands for all of them."""
    return role_for(user, act, country, organisation) is not None


def require(user: CurrentUser, act: str, countries: Collection[str], organisations: Collection[str]) -> str:
    """The role under which ``user`` does ``act`` for every one of these countries and organisations.

    Raises NotAllowed, naming the first pair for which they hold no role.
    """
    roles = []
    everywhere: list[str | None] = [None]
    for country in sorted(countries) or everywhere:
        for organisation in sorted(organisations) or everywhere:
            role = role_for(user, act, country, organisation)
            if role is None:
                raise NotAllowed(user, act, country, organisation)
            roles.append(role)
    return roles[0]
