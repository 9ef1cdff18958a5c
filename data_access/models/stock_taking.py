"""Step one: who works for whom in a country, what partners hold, and what communities say they need."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from data_access.models.base import one_of
from data_access.models.recorded import DATE, Entry, entry_checks

PARTNER_ROLES = ("lead", "member", "research_partner", "government_partner", "funder", "observer")
ACCESS = ("public", "on_request", "partners_only", "not_shared", "not_known")
WORK_STATUSES = ("planned", "ongoing", "completed", "suspended", "cancelled", "not_known")
VOICE_KINDS = ("need", "statement")
CONSENT_FORMS = ("written", "spoken", "group_agreement")
CONSENT_SCOPES = ("everywhere", "not_in_documents", "dialogue_only")


class TaskForce(Entry, table=True):
    """The coalition's group in a country, and the SDG target and people it works for first."""

    __tablename__ = "task_force"
    __table_args__ = entry_checks()

    country_id: int = Field(foreign_key="country.id", index=True)
    name: str
    focus_target: str | None = Field(default=None, foreign_key="sdg_target.code", max_length=8)
    focus_people: str = ""
    started: str = Field(default="", max_length=DATE)
    ended: str = Field(default="", max_length=DATE)


class TaskForceMember(Entry, table=True):
    """An organisation's part in a task force. ``since`` and ``until`` are dates as far as they are known."""

    __tablename__ = "task_force_member"
    __table_args__ = (*entry_checks(), CheckConstraint(one_of("role", PARTNER_ROLES), name="role_known"))

    task_force_id: int = Field(foreign_key="task_force.id", index=True)
    organisation: str
    role: str = Field(max_length=20)
    since: str = Field(default="", max_length=DATE)
    until: str = Field(default="", max_length=DATE)


class StockTakeEntry(Entry, table=True):
    """An organisation holds data, or works, on a group and target: what, where, when, and how others get at it.

    ``group_key`` is empty where the entry speaks of people in general; ``people`` has the holder's own words.
    ``organisation_key`` is the name as lists are joined by; ``further`` keeps what a who-does-what-where file said
    besides, one "header: text" a line.
    """

    __tablename__ = "stock_take_entry"
    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("access", ACCESS), name="access_known"),
        CheckConstraint(one_of("status", WORK_STATUSES), name="status_known"),
    )

    country_id: int = Field(foreign_key="country.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    organisation: str
    organisation_key: str = ""
    partners: str = ""
    donors: str = ""
    what: str
    theme: str = ""
    target: str | None = Field(default=None, foreign_key="sdg_target.code", max_length=8)
    group_key: str = Field(default="", max_length=240)
    people: str = ""
    reached: int | None = None
    period_from: str = Field(default="", max_length=DATE)
    period_to: str = Field(default="", max_length=DATE)
    status: str = Field(default="not_known", max_length=16)
    access: str = Field(default="not_known", max_length=16)
    link: str = ""
    further: str = ""


class Voice(Entry, table=True):
    """A need raised by a community, or a consented, anonymised statement.

    Nobody is named. Consent is given for each voice, may be taken back, and says where the voice may appear. A voice
    is shown only after a second person has read it (``read_by``).
    """

    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("kind", VOICE_KINDS), name="kind_known"),
        CheckConstraint(one_of("consent_form", CONSENT_FORMS), name="consent_form_known"),
        CheckConstraint(one_of("consent_scope", CONSENT_SCOPES), name="consent_scope_known"),
        CheckConstraint("consented_on <> ''", name="consent_dated"),
        CheckConstraint("read_by = '' OR read_by <> entered_by", name="read_by_another"),
    )

    country_id: int = Field(foreign_key="country.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    kind: str = Field(max_length=10)
    statement: str
    language: str = Field(default="en", max_length=8)
    translation: str = ""
    community: str
    group_key: str = Field(default="", max_length=240)
    theme: str = ""
    target: str | None = Field(default=None, foreign_key="sdg_target.code", max_length=8)
    series_id: int | None = Field(default=None, foreign_key="series.id")
    raised_on: str = Field(default="", max_length=DATE)
    consented_on: str = Field(max_length=DATE)
    consent_form: str = Field(max_length=16)
    consent_scope: str = Field(max_length=16)
    entered_by: str = Field(max_length=120)
    read_by: str = Field(default="", max_length=120)
