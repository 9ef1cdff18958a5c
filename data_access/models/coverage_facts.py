"""What a source did and did not ask and publish, as somebody read it: the recorded reasons for absence."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

ANSWERS = ("yes", "no", "not_known")
EVERY_SERIES = "*"


class BreakdownFact(Table, table=True):
    """Whether a source collected a dimension (or reached a kind of area), and whether its figures are published by it.

    ``series`` is a series code, or ``*`` for all series of the source; ``aspect`` a dimension code or a kind of area;
    ``published`` speaks of anywhere in public, not of what is held here. ``stated_in`` names the document that was
    read, ``recorded_by`` the role of who read it, ``recorded_on`` the day.
    """

    __tablename__ = "breakdown_fact"
    __table_args__ = (
        UniqueConstraint("source_id", "series", "aspect"),
        CheckConstraint(one_of("collected", ANSWERS), name="collected_known"),
        CheckConstraint(one_of("published", ANSWERS), name="published_known"),
        CheckConstraint("collected <> 'no' OR published = 'no'", name="published_was_collected"),
        CheckConstraint("stated_in <> '' AND recorded_by <> ''", name="evidence_named"),
        CheckConstraint("length(recorded_on) = 10", name="date_is_whole"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id")
    series: str = Field(max_length=80)
    aspect: str = Field(max_length=40)
    collected: str = Field(max_length=10)
    published: str = Field(max_length=10)
    stated_in: str
    recorded_by: str = Field(max_length=120)
    recorded_on: str = Field(max_length=10, description="ISO date")
