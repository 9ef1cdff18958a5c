"""Who: dimensions, their categories, and population groups as canonical combinations of categories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table

TOTAL = ""
"""The key of the group that has no breakdown: everybody the series speaks of (SDMX ``_T``)."""


class Dimension(Table, table=True):
    """A way of telling people apart, by its SDMX code or, where SDMX has none, ours (``custom``)."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=40)
    name: str
    ordered: bool = False
    custom: bool = False


class Category(Table, table=True):
    """A category of a dimension. ``marginalised`` is None until a citable authority has been recorded."""

    __table_args__ = (UniqueConstraint("dimension_id", "rank"),)

    dimension_id: int = Field(primary_key=True, foreign_key="dimension.id")
    code: str = Field(primary_key=True, max_length=40)
    name: str
    published_name: str = ""
    name_local: str = ""
    marginalised: bool | None = None
    rank: int = Field(sa_type=SmallInteger)
    note: str = ""


class PopulationGroup(Table, table=True):
    """A combination of categories; intersections are groups like any other.

    ``key`` is canonical: members as ``DIMENSION=CATEGORY`` sorted by dimension and joined by ``|``.
    """

    __tablename__ = "population_group"
    __table_args__ = (CheckConstraint("(key = '') = (size = 0)", name="total_has_no_members"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True, max_length=240)
    breakdown: str = Field(index=True, max_length=160, description="the dimensions alone, joined by |")
    size: int = Field(sa_type=SmallInteger)


class GroupMember(Table, table=True):
    """A category that makes up a group; at most one of each dimension."""

    __tablename__ = "group_member"
    __table_args__ = (
        ForeignKeyConstraint(["dimension_id", "category_code"], ["category.dimension_id", "category.code"]),
    )

    group_id: int = Field(primary_key=True, foreign_key="population_group.id")
    dimension_id: int = Field(primary_key=True)
    category_code: str = Field(max_length=40)


def members(key: str) -> dict[str, str]:
    """The categories of a group key by dimension: ``"AGE=Y0T4|SEX=F"`` → ``{"AGE": "Y0T4", "SEX": "F"}``.

    Raises ValueError for a key that is not canonical (unsorted, doubled or malformed members).
    """
    if key == TOTAL:
        return {}
    parts = [part.partition("=") for part in key.split("|")]
    found = {dimension: category for dimension, _, category in parts}
    if group_key(found) != key:
        raise ValueError(f"group key {key!r} is not canonical; write it as {group_key(found)!r}")
    return found


def group_key(categories: Mapping[str, str]) -> str:
    """The canonical key of a combination of categories."""
    return "|".join(f"{dimension}={categories[dimension]}" for dimension in sorted(categories))


def breakdown(dimensions: Iterable[str]) -> str:
    """The canonical name of a set of dimensions: sorted, joined by ``|``; empty for no breakdown."""
    return "|".join(sorted(dimensions))
