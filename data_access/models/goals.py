"""What is aimed at: the value a series should reach, and by when."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

SETTERS = ("sdg", "national")
RULES = ("reach", "halve")


class Goal(Table, table=True):
    """A value that a series should reach, set by the 2030 Agenda for all countries or by a country for itself.

    ``rule`` "reach": ``value`` is to be reached by ``year``. "halve": half of the value the same group had in
    ``baseline_year``, as in SDG target 1.2; ``value`` is then None. ``country_id`` is None for the 2030 Agenda.
    ``stated_in`` names the document and where in it.
    """

    __table_args__ = (
        CheckConstraint(one_of("set_by", SETTERS), name="setter_known"),
        CheckConstraint(one_of("rule", RULES), name="rule_known"),
        CheckConstraint("(rule = 'reach') = (value IS NOT NULL)", name="reach_has_value"),
        CheckConstraint("(rule = 'halve') = (baseline_year IS NOT NULL)", name="halve_has_baseline"),
        CheckConstraint("(set_by = 'national') = (country_id IS NOT NULL)", name="national_has_country"),
        CheckConstraint("stated_in <> ''", name="document_named"),
        UniqueConstraint("series_id", "country_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    series_id: int = Field(foreign_key="series.id")
    country_id: int | None = Field(default=None, foreign_key="country.id")
    set_by: str = Field(max_length=10)
    rule: str = Field(max_length=8)
    value: float | None = None
    year: int = Field(sa_type=SmallInteger)
    baseline_year: int | None = Field(default=None, sa_type=SmallInteger)
    stated_in: str
