"""What every entry of the living record has: a code, a country, where it is stated, and whether it stands."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, DateTime, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

STANDINGS = ("stands", "withdrawn")
DATE = 10
"""Length of an ISO date; a day or month that is not known is left out: 2017, 2017-11."""


class Entry(Table):
    """The columns all entries share.

    ``stated_in`` names the document a real entry comes from, or says who entered it; only an invented entry has none.
    A withdrawn entry stays, is shown to nobody, and says why it went; of a withdrawn voice the words are gone as well.
    """

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=80)
    illustrative: bool = False
    standing: str = Field(default="stands", max_length=10)
    why_withdrawn: str = ""
    stated_in: str = ""
    shipped: bool = False


def entry_checks() -> tuple[CheckConstraint, ...]:
    """The constraints every entry keeps, made anew for each table."""
    return (
        CheckConstraint(one_of("standing", STANDINGS), name="standing_known"),
        CheckConstraint("illustrative OR stated_in <> ''", name="real_is_stated_somewhere"),
        CheckConstraint("(standing = 'withdrawn') = (why_withdrawn <> '')", name="withdrawn_says_why"),
    )


class EntryRevision(Table, table=True):
    """An entry as it stood after each act upon it, oldest 1. The text of a withdrawn voice is taken out of all of them.

    ``act`` is record (made or changed) or withdraw; ``content`` the whole entry as its kind's template has it.
    """

    __tablename__ = "entry_revision"
    __table_args__ = (
        UniqueConstraint("kind", "code", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=24)
    code: str = Field(max_length=80)
    number: int
    act: str = Field(max_length=10)
    at: datetime = Field(sa_type=DateTime)
    actor: str = Field(max_length=120)
    role: str = Field(max_length=16)
    content: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


DRAFT_STEPS = ("draft", "published", "discarded")


class EntryDraft(Table, table=True):
    """A file of entries on its way in: checked, kept aside, and published by a second pair of eyes in one transaction.

    ``entries`` holds kind, code and cells of each.
    """

    __tablename__ = "entry_draft"
    __table_args__ = (CheckConstraint(one_of("step", DRAFT_STEPS), name="step_known"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=80)
    file: str
    file_sha256: str = Field(max_length=64, index=True)
    step: str = Field(max_length=10)
    entries: list[dict[str, Any]] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    imported_by: str = Field(max_length=120)
    imported_at: datetime = Field(sa_type=DateTime)
    published_by: str = Field(default="", max_length=120)
    published_at: datetime | None = Field(default=None, sa_type=DateTime)
    unreviewed: bool = False
