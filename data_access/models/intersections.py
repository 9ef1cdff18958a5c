"""Who is furthest behind: what a survey's microdata said before they were let go, stored as estimates."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKeyConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table


class IntersectionStudy(Table, table=True):
    """One series in one country and period, cut by several circumstances at once, from one release of a source.

    Shares and means are percentages of the series (0–100). ``barrier`` the outcome is what nobody should have.
    ``dissimilarity`` the D-index (0–100) and its ``dissimilarity_by_chance`` (mean) and ``…_at_most_by_chance`` (95th
    percentile of the permutation null); ``opportunity`` the human opportunity index. ``smallest_leaf`` the fewest
    people a group may have. ``checked_*`` the group furthest behind as the second half of the sample estimates it, its
    number of people, mean and 95 % bounds: None where it could not be estimated, which ``checked_note`` says.
    ``too_small`` the groups below the smallest: a list of {conditions, n}. ``seed`` reproduces what was drawn.
    """

    __tablename__ = "intersection_study"
    __table_args__ = (
        ForeignKeyConstraint(["source_id", "illustrative"], ["source.id", "source.illustrative"]),
        ForeignKeyConstraint(["release_id", "source_id"], ["release.id", "release.source_id"]),
        UniqueConstraint(
            "country_id", "series_id", "source_id", "time_period", "group_key", name="uq_intersection_study_once"
        ),
        CheckConstraint("n > 0", name="rests_on_people"),
        CheckConstraint("mean >= 0 AND mean <= 100", name="mean_is_percentage"),
    )

    id: int | None = Field(default=None, primary_key=True)
    country_id: int = Field(foreign_key="country.id")
    series_id: int = Field(foreign_key="series.id")
    source_id: int
    release_id: int
    illustrative: bool = False
    time_period: str = Field(max_length=10)
    group_key: str = Field(default="", max_length=240, description="who was looked at, a canonical group key")
    barrier: bool
    circumstances: str = Field(max_length=240, description="dimension codes joined by |")
    n: int
    mean: float
    dissimilarity: float | None = None
    dissimilarity_by_chance: float | None = None
    dissimilarity_at_most_by_chance: float | None = None
    opportunity: float | None = None
    smallest_leaf: int
    checked_conditions: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    checked_n: int | None = None
    checked_mean: float | None = None
    checked_lower: float | None = None
    checked_upper: float | None = None
    checked_note: str = ""
    too_small: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    design: str = Field(default="", description="weights, strata and sampling units used, in words")
    seed: int


class IntersectionGroup(Table, table=True):
    """A group of the tree. ``number`` 1 is everyone; the parts of group i are 2i (lower mean) and 2i + 1.

    ``conditions`` a list of [dimension, [categories]]; ``share`` and ``mean`` percentages; ``split_by`` the dimension
    that divides it, empty in a leaf. A group whose ``status`` is Q is suppressed and shows nothing but its conditions.
    """

    __tablename__ = "intersection_group"
    __table_args__ = (
        CheckConstraint("(status = 'Q') = (mean IS NULL)", name="suppressed_tells_nothing"),
        CheckConstraint("status IN ('A', 'Q')", name="status_known"),
    )

    study_id: int = Field(primary_key=True, foreign_key="intersection_study.id")
    number: int = Field(primary_key=True)
    conditions: list[Any] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    split_by: str = Field(default="", max_length=40)
    n: int | None = None
    share: float | None = None
    mean: float | None = None
    lower: float | None = None
    upper: float | None = None
    status: str = Field(default="A", max_length=1)


class IntersectionShare(Table, table=True):
    """What one circumstance contributes to the dissimilarity (Shapley), in percent of it; the order as computed."""

    __tablename__ = "intersection_share"

    study_id: int = Field(primary_key=True, foreign_key="intersection_study.id")
    dimension: str = Field(primary_key=True, max_length=40)
    rank: int = Field(sa_type=SmallInteger)
    contribution: float
