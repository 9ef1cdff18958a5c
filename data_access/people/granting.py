"""Users and the roles they hold, as the tables keep them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, insert, select
from sqlmodel import Session

from data_access.importing.catalogue import ids, table_of
from data_access.models import Country, Organisation, RoleGrant, User
from data_access.models.people import ROLES
from data_access.people.audit import record
from data_access.people.current import CurrentUser, Held, require


class UnknownGrant(ValueError):
    """A role, user, country or organisation that is not known; nothing was granted or revoked."""


def signed_in(session: Session, subject: str) -> CurrentUser | None:
    """The user whom the identity provider calls ``subject``, with their roles; None when unknown or not active."""
    user = table_of(User).c
    found = session.execute(select(user.id, user.name).where(user.subject == subject, user.active)).first()
    if found is None:
        return None
    grant, country, organisation = table_of(RoleGrant), table_of(Country), table_of(Organisation)
    roles = session.execute(
        select(grant.c.role, country.c.iso3, organisation.c.name)
        .select_from(grant)
        .outerjoin(country, country.c.id == grant.c.country_id)
        .outerjoin(organisation, organisation.c.id == grant.c.organisation_id)
        .where(grant.c.user_id == found.id)
        .order_by(grant.c.id)
    )
    return CurrentUser(found.name, tuple(Held(*role) for role in roles), found.id)


def add_user(session: Session, subject: str, name: str) -> int:
    """Make ``subject`` known under ``name`` and return their id; one who is known keeps theirs."""
    if subject not in (known := ids(session, User, "subject")):
        session.execute(insert(table_of(User)).values(subject=subject, name=name, active=True))
        known = ids(session, User, "subject")
    return known[subject]


def grant(session: Session, subject: str, held: Held, by: CurrentUser) -> bool:
    """Give a user a role; False when they hold it already. Raises NotAllowed and UnknownGrant."""
    role = _allowed(by, "grant", held)
    values = _values(session, subject, held)
    if session.execute(select(table_of(RoleGrant).c.id).where(*_same(values))).first() is not None:
        return False
    session.execute(insert(table_of(RoleGrant)).values(values))
    record(session, by, role, "grant", f"user {values['user_id']}", **_said(held))
    return True


def revoke(session: Session, subject: str, held: Held, by: CurrentUser) -> bool:
    """Take a role away; False when they did not hold it. Raises NotAllowed and UnknownGrant."""
    role = _allowed(by, "revoke", held)
    values = _values(session, subject, held)
    found = session.execute(select(table_of(RoleGrant).c.id).where(*_same(values))).first()
    if found is None:
        return False
    session.execute(delete(table_of(RoleGrant)).where(table_of(RoleGrant).c.id == found.id))
    record(session, by, role, "revoke", f"user {values['user_id']}", **_said(held))
    return True


def _allowed(by: CurrentUser, act: str, held: Held) -> str:
    countries = [] if held.country is None else [held.country]
    return require(by, act, countries, [] if held.organisation is None else [held.organisation])


def _values(session: Session, subject: str, held: Held) -> dict[str, int | str | None]:
    users, countries = ids(session, User, "subject"), ids(session, Country, "iso3")
    organisations = ids(session, Organisation, "name")
    for what, name, known in (
        ("role", held.role, set(ROLES)),
        ("user", subject, users.keys()),
        ("country", held.country, countries.keys()),
        ("organisation", held.organisation, organisations.keys()),
    ):
        if name is not None and name not in known:
            raise UnknownGrant(f"{name!r} is no known {what}; add it first, or write it as it is recorded")
    return {
        "user_id": users[subject],
        "role": held.role,
        "country_id": None if held.country is None else countries[held.country],
        "organisation_id": None if held.organisation is None else organisations[held.organisation],
    }


def _same(values: dict[str, int | str | None]) -> list[ColumnElement[bool]]:
    return [table_of(RoleGrant).c[name].is_not_distinct_from(value) for name, value in values.items()]


def _said(held: Held) -> dict[str, str]:
    return {"granted": held.role, "country": held.country or "", "organisation": held.organisation or ""}
