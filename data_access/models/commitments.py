"""Steps four and five: what was promised, how far it has got, what became policy, and communities inside for good."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger
from sqlmodel import Field

from data_access.models.base import Table, one_of
from data_access.models.recorded import DATE, Entry, entry_checks

STATUSES = ("proposed", "agreed", "in_budget", "under_way", "delivered", "stalled", "dropped")
RESPONSES = ("confirms", "disputes")
STAGES = ("design", "collection", "validation", "advocacy", "policy")
LADDER = ("informed", "consulted", "involved", "partners", "leading")
"""How far communities decide, lowest first, after the spectrum of public participation."""
CALENDARS = ("gregorian", "nepali_fiscal_year")


class Commitment(Entry, table=True):
    """An item of an action plan: what a body says it will do, for whom, where and by when.

    ``series_id``, ``group_key`` and ``area_id`` name the indicator it should move, for that group; without a series
    nothing is measured and that is said. The baseline is a copy of the figure as it stood when it was agreed, with its
    source, so that a later revision shows as one. ``deadline`` is the last day; ``deadline_stated`` the words it was
    given in (a Nepali fiscal year, say).
    """

    __table_args__ = (
        *entry_checks(),
        CheckConstraint("series_id IS NOT NULL OR baseline_value IS NULL", name="baseline_has_indicator"),
        CheckConstraint(
            "(baseline_value IS NULL) = (baseline_source_id IS NULL)"
            " AND (baseline_value IS NULL) = (baseline_period = '')",
            name="baseline_has_source_and_period",
        ),
        CheckConstraint(one_of("deadline_calendar", CALENDARS), name="calendar_known"),
    )

    country_id: int = Field(foreign_key="country.id", index=True)
    body_id: int = Field(foreign_key="public_body.id", index=True)
    dialogue_id: int | None = Field(default=None, foreign_key="dialogue.id")
    demand_id: int | None = Field(default=None, foreign_key="demand.id")
    wording: str
    agreed_on: str = Field(default="", max_length=DATE)
    deadline: str = Field(default="", max_length=DATE)
    deadline_stated: str = ""
    deadline_calendar: str = Field(default="gregorian", max_length=20)
    series_id: int | None = Field(default=None, foreign_key="series.id", index=True)
    group_key: str = Field(default="", max_length=240)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    baseline_value: float | None = None
    baseline_period: str = Field(default="", max_length=10)
    baseline_source_id: int | None = Field(default=None, foreign_key="source.id")
    goal_value: float | None = None


class CommitmentGroup(Table, table=True):
    """A group a commitment is for."""

    __tablename__ = "commitment_group"

    commitment_id: int = Field(primary_key=True, foreign_key="commitment.id")
    group_key: str = Field(primary_key=True, max_length=240)


class CommitmentArea(Table, table=True):
    """An area a commitment is for."""

    __tablename__ = "commitment_area"

    commitment_id: int = Field(primary_key=True, foreign_key="commitment.id")
    area_id: int = Field(primary_key=True, foreign_key="area.id")


class CommitmentStatus(Entry, table=True):
    """What a commitment's status was from a day on, who says so, and what shows it; the latest day counts."""

    __tablename__ = "commitment_status"
    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("status", STATUSES), name="status_known"),
        CheckConstraint("length(since) = 10", name="day_is_whole"),
    )

    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    status: str = Field(max_length=12)
    since: str = Field(max_length=DATE)
    said_by: str = ""
    remark: str = ""
    evidence: str = Field(default="", description="a document or address")


class CommitmentResponse(Entry, table=True):
    """A counterpart confirms or disputes a commitment, in their body's name; both sides' words stand beside it."""

    __tablename__ = "commitment_response"
    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("response", RESPONSES), name="response_known"),
        CheckConstraint("response <> 'disputes' OR wording <> ''", name="dispute_says_why"),
    )

    commitment_id: int = Field(foreign_key="commitment.id", index=True)
    body_id: int = Field(foreign_key="public_body.id")
    response: str = Field(max_length=10)
    wording: str = ""
    responded_on: str = Field(max_length=DATE)


class Policy(Entry, table=True):
    """A policy, plan, budget line or law adopted; ``commitment_id`` names the promise it keeps, where it does."""

    __table_args__ = entry_checks()

    country_id: int = Field(foreign_key="country.id", index=True)
    body_id: int = Field(foreign_key="public_body.id")
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id")
    title: str
    adopted_on: str = Field(max_length=DATE)
    target: str | None = Field(default=None, foreign_key="sdg_target.code", max_length=8)
    group_key: str = Field(default="", max_length=240)
    what: str = ""
    link: str = ""


class Participation(Entry, table=True):
    """At which stage, and how far up the ladder, a community took part. At most one of source, dialogue and policy."""

    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("stage", STAGES), name="stage_known"),
        CheckConstraint(one_of("level", LADDER), name="level_known"),
    )

    country_id: int = Field(foreign_key="country.id", index=True)
    source_id: int | None = Field(default=None, foreign_key="source.id")
    dialogue_id: int | None = Field(default=None, foreign_key="dialogue.id")
    policy_id: int | None = Field(default=None, foreign_key="policy.id")
    community: str
    group_key: str = Field(default="", max_length=240)
    stage: str = Field(max_length=12)
    level: str = Field(max_length=12)
    happened_on: str = Field(default="", max_length=DATE)
    what: str = ""


class Milestone(Entry, table=True):
    """Something the coalition reached, in one country or (None) in all; ``step`` is which of the five it belongs to."""

    __table_args__ = (*entry_checks(), CheckConstraint("step >= 1 AND step <= 5", name="step_of_five"))

    country_id: int | None = Field(default=None, foreign_key="country.id", index=True)
    step: int = Field(sa_type=SmallInteger)
    happened_on: str = Field(max_length=DATE)
    title: str
    what: str = ""
    link: str = ""


class Lesson(Entry, table=True):
    """Something learnt or a good practice, beside the numbers of its step."""

    __table_args__ = (
        *entry_checks(),
        CheckConstraint("step >= 1 AND step <= 5", name="step_of_five"),
        CheckConstraint(one_of("kind", ("lesson", "good_practice")), name="kind_known"),
    )

    country_id: int | None = Field(default=None, foreign_key="country.id", index=True)
    step: int = Field(sa_type=SmallInteger)
    kind: str = Field(max_length=16)
    what: str
    noted_on: str = Field(default="", max_length=DATE)
