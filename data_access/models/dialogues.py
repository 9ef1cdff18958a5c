"""Step three: dialogues, who sat at the table, which figures lay on it, and what was asked for."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of
from data_access.models.recorded import DATE, Entry, entry_checks

LEVELS = ("national", "subnational", "local", "global")
SEATS = ("community", "civil_society", "government", "statistical_office", "research", "donor", "media", "other")


class Dialogue(Entry, table=True):
    """A meeting of communities, civil society and government. ``starts`` is local time, ``time_zone`` an IANA name."""

    __table_args__ = (*entry_checks(), CheckConstraint(one_of("level", LEVELS), name="level_known"))

    country_id: int = Field(foreign_key="country.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    title: str
    level: str = Field(max_length=12)
    starts: str = Field(max_length=16, description="2024-03-05 or 2024-03-05T10:00, local time")
    ends: str = Field(default="", max_length=16)
    time_zone: str = Field(max_length=40)
    place: str = ""
    convened_by: str = ""
    target: str | None = Field(default=None, foreign_key="sdg_target.code", max_length=8)
    summary: str = ""


class DialogueParticipants(Entry, table=True):
    """How many of one kind sat at the table; None where nobody counted. Never who they were.

    ``group_key`` or ``community`` says which marginalised people representatives speak for.
    """

    __tablename__ = "dialogue_participants"
    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("seat", SEATS), name="seat_known"),
        CheckConstraint("number IS NULL OR number >= 0", name="number_not_negative"),
        CheckConstraint("women IS NULL OR (women >= 0 AND number IS NOT NULL AND women <= number)", name="women_among"),
    )

    dialogue_id: int = Field(foreign_key="dialogue.id", index=True)
    seat: str = Field(max_length=20)
    group_key: str = Field(default="", max_length=240)
    community: str = ""
    number: int | None = None
    women: int | None = None


class AgendaItem(Entry, table=True):
    """A figure on the agenda: an indicator for a group and place, shown with its gap as it is today."""

    __tablename__ = "agenda_item"
    __table_args__ = entry_checks()

    dialogue_id: int = Field(foreign_key="dialogue.id", index=True)
    position: int = Field(sa_type=SmallInteger)
    series_id: int = Field(foreign_key="series.id")
    group_key: str = Field(default="", max_length=240)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    remark: str = ""


class Demand(Entry, table=True):
    """What was asked for, by whom, of which body, and the figure and sources it rests on."""

    __table_args__ = entry_checks()

    dialogue_id: int = Field(foreign_key="dialogue.id", index=True)
    body_id: int | None = Field(default=None, foreign_key="public_body.id")
    wording: str
    asked_by: str = ""
    series_id: int | None = Field(default=None, foreign_key="series.id")
    group_key: str = Field(default="", max_length=240)
    area_id: int | None = Field(default=None, foreign_key="area.id")


class DemandSource(Table, table=True):
    """A source a demand rests on."""

    __tablename__ = "demand_source"

    demand_id: int = Field(primary_key=True, foreign_key="demand.id")
    source_id: int = Field(primary_key=True, foreign_key="source.id")


class DemandVoice(Table, table=True):
    """A voice a demand rests on."""

    __tablename__ = "demand_voice"
    __table_args__ = (UniqueConstraint("voice_id", "demand_id"),)

    demand_id: int = Field(primary_key=True, foreign_key="demand.id")
    voice_id: int = Field(primary_key=True, foreign_key="voice.id")


class OfficialReply(Entry, table=True):
    """What a body says about a figure, shown beside it. ``confirms`` None where it does neither confirm nor dispute."""

    __tablename__ = "official_reply"
    __table_args__ = entry_checks()

    body_id: int = Field(foreign_key="public_body.id")
    country_id: int = Field(foreign_key="country.id", index=True)
    source_id: int = Field(foreign_key="source.id")
    series_id: int = Field(foreign_key="series.id")
    group_key: str = Field(default="", max_length=240)
    area_id: int = Field(foreign_key="area.id")
    time_period: str = Field(max_length=10)
    confirms: bool | None = None
    wording: str
    replied_on: str = Field(max_length=DATE)
    document: str = ""
