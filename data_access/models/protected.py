"""What is held back: the true values behind suppressed observations. No page, query or export may read this table.

An import contract (pyproject.toml) lets nothing but ``data_access.publishing`` reach it; on a server, the role that
serves pages can be refused it altogether (docs/methods/disclosure-control.md).
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

KINDS = ("primary", "complementary", "superseded")
"""Why a value is held back: small, telling of a small one, or shown once and withheld by a later release."""


class ProtectedValue(Table, table=True):
    """The truth behind a suppressed observation of a release; keyed like the observation, but by release."""

    __tablename__ = "protected_value"
    __table_args__ = (
        ForeignKeyConstraint(["release_id", "source_id"], ["release.id", "release.source_id"]),
        CheckConstraint(one_of("kind", KINDS), name="kind_known"),
        {"sqlite_with_rowid": False},
    )

    release_id: int = Field(primary_key=True)
    country_id: int = Field(primary_key=True, foreign_key="country.id")
    series_id: int = Field(primary_key=True, foreign_key="series.id")
    group_id: int = Field(primary_key=True, foreign_key="population_group.id")
    area_id: int = Field(primary_key=True, foreign_key="area.id")
    time_period: str = Field(primary_key=True, max_length=10)
    source_id: int
    value: float | None = None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    population: int | None = None
    status: str = Field(default="", max_length=1, description="as it was shown; empty where it never was")
    note: str = ""
    kind: str = Field(max_length=14)
    reasons: str = Field(
        default="",
        description="codes of data_access.disclosure.primary, joined by a space; of a superseded value the code of the "
        "release that withholds it",
    )
