"""Who may do what, and who did: users, their roles, and the record of every act that changes what readers see."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, DateTime, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

ROLES = ("reader", "member", "counterpart", "steward", "reviewer", "administrator")
ACTS = (
    *("import", "pull", "publish", "revise", "discard", "withdraw", "answer", "consent"),
    *("grant", "revoke", "add_country", "record", "confirm", "dispute", "reply", "backup", "restore"),
)


class User(Table, table=True):
    """Somebody who signs in; ``subject`` is the identity provider's own name for them, never shown."""

    __tablename__ = "app_user"  # "user" is a reserved word on PostgreSQL

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(unique=True, max_length=200)
    name: str = Field(max_length=120)
    active: bool = True


class RoleGrant(Table, table=True):
    """A user holds a role, for one country or organisation or for all (None)."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint(one_of("role", ROLES), name="role_known"),
        UniqueConstraint("user_id", "role", "country_id", "organisation_id", name="uq_role_grant_once"),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="app_user.id", index=True)
    role: str = Field(max_length=16)
    country_id: int | None = Field(default=None, foreign_key="country.id")
    organisation_id: int | None = Field(default=None, foreign_key="organisation.id")


class AuditEntry(Table, table=True):
    """One act: who, in which role, when, upon what. Never changed, never deleted: the database itself refuses it.

    ``actor`` is the user's name at the time, or the way in ("command line") where nobody signs in; ``particulars``
    holds counts and codes, never values and never anything personal.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (CheckConstraint(one_of("act", ACTS), name="act_known"),)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=DateTime, index=True)
    user_id: int | None = Field(default=None, foreign_key="app_user.id")
    actor: str = Field(max_length=120)
    role: str = Field(max_length=16)
    act: str = Field(max_length=16)
    upon: str = Field(max_length=120, description="code of the release, source, country or user")
    particulars: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
