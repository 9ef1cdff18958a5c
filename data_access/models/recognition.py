"""Step two: official bodies, and what became of a community source when it was put before them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import one_of
from data_access.models.recorded import DATE, Entry, entry_checks

BODY_KINDS = ("ministry", "statistical_office", "local_government", "commission", "parliament", "other")
RECOGNITIONS = ("shared", "assessed", "accepted", "used", "rejected")
"""The life of a source before a body: shared → assessed → accepted for a purpose → used in a review or plan, or
rejected with the reason. The latest event of a body counts; a rejected source may be shared again."""


class PublicBody(Entry, table=True):
    """A ministry, office or local government; it keeps its code when it is renamed."""

    __tablename__ = "public_body"
    __table_args__ = (*entry_checks(), CheckConstraint(one_of("kind", BODY_KINDS), name="kind_known"))

    country_id: int = Field(foreign_key="country.id", index=True)
    kind: str = Field(max_length=20)
    name: str
    name_local: str = ""


class PublicBodyName(Entry, table=True):
    """A former name of a body and the last day it held; what was promised then is shown under the name of then."""

    __tablename__ = "public_body_name"
    __table_args__ = (*entry_checks(), UniqueConstraint("body_id", "until"))

    body_id: int = Field(foreign_key="public_body.id", index=True)
    name: str
    until: str = Field(max_length=DATE)


class RecognitionEvent(Entry, table=True):
    """What a body did with a community source, when, and in which document."""

    __tablename__ = "recognition_event"
    __table_args__ = (
        *entry_checks(),
        CheckConstraint(one_of("event", RECOGNITIONS), name="event_known"),
        CheckConstraint("event <> 'accepted' OR purpose <> ''", name="accepted_for_a_purpose"),
        CheckConstraint("event <> 'rejected' OR reason <> ''", name="rejected_with_reason"),
        CheckConstraint("event <> 'used' OR document <> ''", name="used_in_a_document"),
        CheckConstraint("happened_on <> ''", name="dated"),
    )

    source_id: int = Field(foreign_key="source.id", index=True)
    body_id: int = Field(foreign_key="public_body.id")
    event: str = Field(max_length=10)
    purpose: str = ""
    reason: str = ""
    happened_on: str = Field(max_length=DATE)
    document: str = ""
    link: str = ""
