"""Who may write which entries: roles by kind and country; members their own, counterparts in their body's name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.importing.resolution.names import comparable
from data_access.people.current import CurrentUser, Held, NotAllowed
from data_access.process.kinds import Kind

SHIPPED = CurrentUser("came with the product")
"""Who wrote the entries that ship."""

UNNAMED_READER = CurrentUser("a reader who gave no name")
"""Who raises a concern on a page: nobody asks who they are, and they write nothing else."""

IN_A_BODYS_NAME = ("commitment_response", "official_reply")
"""Kinds in which a counterpart speaks for the public body they belong to."""


class NotYours(NotAllowed):
    """Writing this kind of entry takes a role that this person does not hold there; nothing was done."""

    def __init__(self, user: CurrentUser, kind: Kind, countries: frozenset[str], whose: str = "") -> None:
        self.act, self.country, self.organisation = "record", next(iter(sorted(countries)), None), whose or None
        where = ", ".join(sorted(countries)) or "all countries"
        of = f" of {whose}" if whose else ""
        roles = " or ".join(sorted(kind.writers))
        PermissionError.__init__(
            self,
            f"{user.name} may not write {kind.name} entries{of} for {where}: that takes the role of {roles} there. "
            "Members write what is their organisation's or was begun by them, counterparts what their body says.",
        )


@dataclass(frozen=True, slots=True)
class Whose:
    """What an entry is, or was, as far as rights go.

    ``countries`` none for all of them; ``names`` of the organisation or body it speaks for, any of which will do;
    ``begun_by`` who wrote its first state, empty for a new one.
    """

    countries: frozenset[str]
    names: tuple[str, ...] = ()
    begun_by: str = ""


def role_to_write(
    user: CurrentUser, kind: Kind, countries: frozenset[str], organisation: str | None, begun_by: str = ""
) -> str:
    """The role under which ``user`` writes an entry of ``kind`` for every one of ``countries``. Raises NotYours.

    An entry of no country (a milestone of the whole coalition) takes a role for all countries.
    """
    return role_for_all(user, kind, [Whose(countries, (organisation,) if organisation else (), begun_by)])


def role_for_all(user: CurrentUser, kind: Kind, states: Iterable[Whose]) -> str:
    """The role under which ``user`` may write an entry that is, or becomes, each of ``states``. Raises NotYours."""
    if user is SHIPPED:
        return "steward"
    states = tuple(states)
    if user is UNNAMED_READER and kind.name == "concern" and not any(whose.begun_by for whose in states):
        return "reader"
    roles = []
    everywhere: list[str | None] = [None]
    for whose in states:
        for country in sorted(whose.countries) or everywhere:
            role = next((held.role for held in user.roles if _reaches(held, kind, country, whose, user)), None)
            if role is None:
                raise NotYours(user, kind, whose.countries, next(iter(whose.names), ""))
            roles.append(role)
    return roles[0]


def _reaches(held: Held, kind: Kind, country: str | None, whose: Whose, user: CurrentUser) -> bool:
    if held.role not in kind.writers or held.country not in (None, country):
        return False
    if held.organisation is None:
        return True
    if "organisation" in kind.headings or kind.name in IN_A_BODYS_NAME:
        return comparable(held.organisation) in {comparable(name) for name in whose.names}
    return whose.begun_by in ("", user.name)
