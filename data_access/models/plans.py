"""From a hole in the data to a plan for filling it, and back to the communities whose data they are."""

from __future__ import annotations

from sqlalchemy import CheckConstraint
from sqlmodel import Field

from data_access.models.base import one_of
from data_access.models.recorded import DATE, Entry, entry_checks

ENTRY_POINTS = ("survey_module", "partner", "register", "community_collection")
COST_BANDS = ("under_10k", "10k_to_50k", "50k_to_250k", "over_250k", "not_known")
"""In US dollars, as estimated by who made the plan."""
PLAN_STATES = ("planned", "agreed", "under_way", "filled", "dropped")
CONCERNS = ("correction", "complaint", "question")
CONCERN_STATES = ("open", "answered", "closed")


class DataGenerationPlan(Entry, table=True):
    """How a figure that nobody has is to come about: by which way, who, when and for about how much."""

    __tablename__ = "data_generation_plan"
    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("entry_point", ENTRY_POINTS), name="entry_point_known"),
        CheckConstraint(one_of("cost_band", COST_BANDS), name="cost_band_known"),
        CheckConstraint(one_of("state", PLAN_STATES), name="state_known"),
        CheckConstraint("state <> 'dropped' OR remark <> ''", name="dropped_says_why"),
    )

    country_id: int = Field(foreign_key="country.id", index=True)
    series_id: int = Field(foreign_key="series.id")
    group_key: str = Field(default="", max_length=240)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    entry_point: str = Field(max_length=24)
    organisation: str
    due: str = Field(max_length=DATE)
    cost_band: str = Field(max_length=16)
    state: str = Field(max_length=12)
    remark: str = ""
    source_id: int | None = Field(default=None, foreign_key="source.id", description="what filled the hole")


class ReturnedFinding(Entry, table=True):
    """Findings brought back to a community: of which source, to whom, how, and what they said to it."""

    __tablename__ = "returned_finding"
    __table_args__ = entry_checks()

    source_id: int = Field(foreign_key="source.id", index=True)
    community: str
    group_key: str = Field(default="", max_length=240)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    returned_on: str = Field(max_length=DATE)
    how: str
    what_they_said: str = ""
    dialogue_id: int | None = Field(default=None, foreign_key="dialogue.id")
    commitment_id: int | None = Field(default=None, foreign_key="commitment.id")


class Concern(Entry, table=True):
    """A correction, complaint or question about a source, on the steward's list until it is answered and closed.

    Nobody has to say who they are, and nothing that would tell is kept.
    """

    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("kind", CONCERNS), name="kind_known"),
        CheckConstraint(one_of("state", CONCERN_STATES), name="state_known"),
        CheckConstraint("state = 'open' OR answer <> ''", name="answered_with_words"),
    )

    source_id: int = Field(foreign_key="source.id", index=True)
    kind: str = Field(max_length=12)
    wording: str
    raised_on: str = Field(max_length=DATE)
    state: str = Field(default="open", max_length=10)
    answer: str = ""
    answered_on: str = Field(default="", max_length=DATE)
