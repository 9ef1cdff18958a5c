"""The observation and the summary of what has been observed."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, SmallInteger
from sqlmodel import Field

from data_access.models.base import Table, one_of

STATUSES = ("A", "U", "P", "E", "M", "Q")
"""SDMX OBS_STATUS: normal, low reliability, provisional, estimated, missing in the source, suppressed."""


class Observation(Table, table=True):
    """A value of one series for one group in one area and period, as one source published it.

    The key is what the observation is, country first; ``revision`` 0 is the current value and a superseded one
    keeps its place under 1, 2, …, so that at most one current value per key can exist. ``unit`` and
    ``illustrative`` repeat the series' and the source's own (held equal by foreign keys) so that the database
    itself can refuse a percentage above 100 or an invented row that is not marked.
    """

    __table_args__ = (
        ForeignKeyConstraint(["country_id", "area_id"], ["area.country_id", "area.id"]),
        ForeignKeyConstraint(["series_id", "unit"], ["series.id", "series.unit"]),
        ForeignKeyConstraint(["source_id", "illustrative"], ["source.id", "source.illustrative"]),
        ForeignKeyConstraint(["release_id", "source_id"], ["release.id", "release.source_id"]),
        CheckConstraint(one_of("status", STATUSES), name="status_known"),
        CheckConstraint("(value IS NULL) = (status IN ('M', 'Q'))", name="absence_has_status"),
        CheckConstraint("(lower IS NULL) = (upper IS NULL)", name="interval_has_two_ends"),
        CheckConstraint("lower IS NULL OR (value IS NOT NULL AND lower <= value)", name="lower_below_value"),
        CheckConstraint("upper IS NULL OR (value IS NOT NULL AND value <= upper)", name="upper_above_value"),
        CheckConstraint("unit <> 'PT' OR value IS NULL OR (value >= 0 AND value <= 100)", name="percentage"),
        CheckConstraint("unit <> 'PT' OR lower IS NULL OR (lower >= 0 AND upper <= 100)", name="percentage_interval"),
        CheckConstraint("se IS NULL OR se >= 0", name="se_not_negative"),
        CheckConstraint("n IS NULL OR n >= 0", name="n_not_negative"),
        CheckConstraint("population IS NULL OR population >= 0", name="population_not_negative"),
        CheckConstraint(
            "status <> 'Q' OR (n IS NULL AND se IS NULL AND lower IS NULL)", name="suppressed_tells_nothing"
        ),
        CheckConstraint("revision >= 0", name="revision_counts"),
        CheckConstraint("(revision = 0) = (superseded_by IS NULL)", name="one_current_value"),
        {"sqlite_with_rowid": False},
    )

    country_id: int = Field(primary_key=True, foreign_key="country.id")
    series_id: int = Field(primary_key=True)
    group_id: int = Field(primary_key=True, foreign_key="population_group.id")
    area_id: int = Field(primary_key=True)
    source_id: int = Field(primary_key=True)
    time_period: str = Field(primary_key=True, max_length=10)
    revision: int = Field(default=0, primary_key=True, sa_type=SmallInteger)

    year: int = Field(sa_type=SmallInteger, description="the year the period ends in")
    value: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    population: int | None = None
    status: str = Field(default="A", max_length=1)
    note: str = ""
    unit: str = Field(max_length=12)
    illustrative: bool = False
    release_id: int
    row: int
    superseded_by: int | None = Field(default=None, foreign_key="release.id")


class Coverage(Table, table=True):
    """What has been observed: rows by country, series, breakdown, kind of area, source and period.

    Refreshed in the transaction that loads, so that overviews and choosers never count raw rows. ``breakdown``
    names the dimensions that tell groups apart; those that hold one category in every row of the source's series
    (women 15–49, say) are its ``universe``, a group key.
    """

    __table_args__ = (
        CheckConstraint("n > 0", name="counts_something"),
        {"sqlite_with_rowid": False},
    )

    country_id: int = Field(primary_key=True, foreign_key="country.id")
    series_id: int = Field(primary_key=True, foreign_key="series.id")
    breakdown: str = Field(primary_key=True, max_length=160)
    area_kind: str = Field(primary_key=True, max_length=16)
    source_id: int = Field(primary_key=True, foreign_key="source.id")
    time_period: str = Field(primary_key=True, max_length=10)
    year: int = Field(sa_type=SmallInteger)
    universe: str = Field(default="", max_length=240)
    n: int
    n_with_value: int


SORTS_OF_FIGURES = ("official", "community", "illustrative")
"""Whose figure it is, or that it is invented, whoever it is said to be of."""


class NewestFigure(Table, table=True):
    """The newest year in which a source has a figure of a group: nationally, or (``below``) of a part of the country.

    ``shown`` of a figure that readers see; ``hidden`` of one that exists and is not shown, to protect people. Refreshed
    with the coverage, so that the matrix of knowledge gaps never looks at observations.
    """

    __tablename__ = "newest_figure"
    __table_args__ = (
        CheckConstraint("shown IS NOT NULL OR hidden IS NOT NULL", name="says_something"),
        CheckConstraint(one_of("sort", SORTS_OF_FIGURES), name="sort_known"),
        {"sqlite_with_rowid": False},
    )

    country_id: int = Field(primary_key=True, foreign_key="country.id")
    below: bool = Field(primary_key=True)
    series_id: int = Field(primary_key=True, foreign_key="series.id")
    group_id: int = Field(primary_key=True, foreign_key="population_group.id")
    sort: str = Field(primary_key=True, max_length=12)
    source_id: int = Field(primary_key=True, foreign_key="source.id")
    shown: int | None = Field(default=None, sa_type=SmallInteger)
    hidden: int | None = Field(default=None, sa_type=SmallInteger)
