"""From whom: organisations, sources, and how a source measures a series."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

ORIGINS = ("official", "community")
LICENCE_STATES = ("attribution", "share-alike", "unverified")
CONSENT_STATES = ("not_applicable", "stated", "unknown")
SAMPLINGS = ("probability", "purposive", "census", "mapping", "administrative", "scorecard")
COLLECTIONS = (
    "household_survey",
    "census",
    "administrative",
    "citizen_survey",
    "community_mapping",
    "community_survey",
    "community_scorecard",
    "modelled_estimates",
)
STATES = ("published", "withdrawn")


class Organisation(Table, table=True):
    """A body that publishes sources."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)


class Source(Table, table=True):
    """Who says so: a survey, census, register or community data set, with its licence and its weaknesses."""

    __table_args__ = (
        CheckConstraint(one_of("origin", ORIGINS), name="origin_known"),
        CheckConstraint(one_of("licence_state", LICENCE_STATES), name="licence_state_known"),
        CheckConstraint(one_of("consent", CONSENT_STATES), name="consent_known"),
        CheckConstraint(one_of("sampling", SAMPLINGS), name="sampling_known"),
        CheckConstraint(one_of("collection", COLLECTIONS), name="collection_known"),
        CheckConstraint(one_of("state", STATES), name="state_known"),
        CheckConstraint("licence <> ''", name="licence_stated"),
        UniqueConstraint("id", "illustrative"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=60)
    organisation_id: int = Field(foreign_key="organisation.id")
    title: str
    origin: str = Field(max_length=12)
    illustrative: bool = False
    collection: str = Field(max_length=32)
    sampling: str = Field(max_length=20)
    mode: str = Field(default="", max_length=32)
    fieldwork_start: str = Field(default="", max_length=10)
    fieldwork_end: str = Field(default="", max_length=10)
    sample_size: str = ""
    licence: str
    licence_state: str = Field(max_length=20)
    citation: str
    obtained_from: str = ""
    caveats: str = ""
    consent: str = Field(max_length=20)
    recognition: str = ""
    state: str = Field(default="published", max_length=12)


class SourceCountry(Table, table=True):
    """A source covers a country."""

    __tablename__ = "source_country"

    source_id: int = Field(primary_key=True, foreign_key="source.id")
    country_id: int = Field(primary_key=True, foreign_key="country.id")


class SourceSeries(Table, table=True):
    """How one source measures one series; a blank is "not stated", which never counts as agreement."""

    __tablename__ = "source_series"

    source_id: int = Field(primary_key=True, foreign_key="source.id")
    series_id: int = Field(primary_key=True, foreign_key="series.id")
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    age_range: str = ""
    group_basis: str = ""
    disability_method: str = ""
