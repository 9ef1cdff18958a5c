"""What is measured: SDG goals, targets and indicators, and the series that sources publish."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

UNITS = ("PT", "PER_1000", "NUMBER", "SCORE", "INDEX")
RELATIONS = ("exact", "proxy", "related")


class SdgTarget(Table, table=True):
    """A target of the 2030 Agenda, e.g. 3.8 under goal 3."""

    __tablename__ = "sdg_target"

    code: str = Field(primary_key=True, max_length=8)
    goal: int = Field(sa_type=SmallInteger)


class SdgIndicator(Table, table=True):
    """A global SDG indicator, e.g. 3.8.1."""

    __tablename__ = "sdg_indicator"

    code: str = Field(primary_key=True, max_length=8)
    target_code: str = Field(foreign_key="sdg_target.code", max_length=8)


class Series(Table, table=True):
    """A quantity as sources publish it, and how it relates to an SDG indicator.

    ``favourable`` is True where more is better, False where less is better, None where neither. ``value_min`` and
    ``value_max`` bound what can be said at all (0–100 for percentages, the scale's ends for scores).
    """

    __table_args__ = (
        CheckConstraint(one_of("unit", UNITS), name="unit_known"),
        CheckConstraint(one_of("sdg_relation", RELATIONS), name="relation_known"),
        CheckConstraint("unit <> 'PT' OR (value_min = 0 AND value_max = 100)", name="percentage_bounds"),
        CheckConstraint("unit <> 'SCORE' OR (value_min < value_max)", name="score_has_scale"),
        UniqueConstraint("id", "unit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=80)
    name: str
    name_folded: str = ""
    unit: str = Field(max_length=12)
    scale: float = 1.0
    favourable: bool | None = None
    value_min: float | None = None
    value_max: float | None = None
    sdg_target_code: str = Field(foreign_key="sdg_target.code", max_length=8)
    sdg_indicator_code: str | None = Field(default=None, foreign_key="sdg_indicator.code", max_length=8)
    sdg_relation: str = Field(max_length=12)
    definition: str
    numerator: str = ""
    denominator: str = ""
    age_range: str = ""
    note: str = ""
    illustrative: bool = False
