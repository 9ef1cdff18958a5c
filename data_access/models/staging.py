"""Releases on their way: what was imported and is not published yet, and how each source may be used."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, DateTime, ForeignKeyConstraint, SmallInteger
from sqlmodel import Field

from data_access.models.base import Table, one_of

STEPS = ("draft", "published", "withdrawn", "discarded")
SHARING = ("public", "aggregate_only", "private")


class ReleaseStep(Table, table=True):
    """How far a release that came through the desk has got; releases without a row were shipped and are published.

    ``mapping`` is the mapping file as used, ``answers`` the steward's answers to questions (what was asked about → text
    → code). ``source_facts`` and ``consent`` are what the file says of its source and its owner's agreement; they wait
    here until the release is published. ``unreviewed`` the release was published by who imported it.
    """

    __tablename__ = "release_step"
    __table_args__ = (CheckConstraint(one_of("step", STEPS), name="step_known"),)

    release_id: int = Field(primary_key=True, foreign_key="release.id")
    step: str = Field(max_length=12)
    mapping: str = ""
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, default=dict))
    source_facts: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, default=dict))
    consent: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False, default=dict))
    imported_by: str = Field(max_length=120)
    imported_at: datetime = Field(sa_type=DateTime)
    published_by: str = Field(default="", max_length=120)
    published_at: datetime | None = Field(default=None, sa_type=DateTime)
    unreviewed: bool = False
    withdrawn_by: str = Field(default="", max_length=120)
    withdrawn_at: datetime | None = Field(default=None, sa_type=DateTime)
    why: str = ""


class StagedObservation(Table, table=True):
    """A row of a draft, after disclosure control: what would be published, not yet visible to any query."""

    __tablename__ = "staged_observation"
    __table_args__ = (
        ForeignKeyConstraint(["release_id", "source_id"], ["release.id", "release.source_id"]),
        {"sqlite_with_rowid": False},
    )

    release_id: int = Field(primary_key=True)
    country_id: int = Field(primary_key=True, foreign_key="country.id")
    series_id: int = Field(primary_key=True, foreign_key="series.id")
    group_id: int = Field(primary_key=True, foreign_key="population_group.id")
    area_id: int = Field(primary_key=True, foreign_key="area.id")
    time_period: str = Field(primary_key=True, max_length=10)
    source_id: int
    year: int = Field(sa_type=SmallInteger)
    value: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    population: int | None = None
    status: str = Field(default="A", max_length=1)
    note: str = ""
    row: int


class SourceConsent(Table, table=True):
    """Who owns a source and what its community agreed to; the newest row counts, older ones stay."""

    __tablename__ = "source_consent"
    __table_args__ = (CheckConstraint(one_of("sharing", SHARING), name="sharing_known"),)

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    owner: str
    sharing: str = Field(max_length=16)
    consented_on: str = Field(default="", max_length=10, description="ISO date; empty where not known")
    form: str = Field(default="", description="how consent was given: the form's name, or in words")
    revoked_on: str = Field(default="", max_length=10)
    recorded_at: datetime = Field(sa_type=DateTime)
    recorded_by: str = Field(max_length=120)
