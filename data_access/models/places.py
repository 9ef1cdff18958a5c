"""Places: countries, their areas, the names sources use for them, and regions made of areas."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

AREA_KINDS = ("country", "admin1", "admin2", "survey_region", "place")


class Country(Table, table=True):
    """A country, by ISO 3166-1 alpha-3."""

    id: int | None = Field(default=None, primary_key=True)
    iso3: str = Field(unique=True, min_length=3, max_length=3)
    name: str
    name_local: str = ""
    pilot: bool = True


class Area(Table, table=True):
    """A reference area: ISO 3166-2 at level 1, OCHA p-code at level 2, local code for survey regions and places.

    ``vintage`` says which division of the country the area belongs to; a ``place`` (an informal settlement, say)
    has a point and no boundary, and is never drawn as its parent.
    """

    __table_args__ = (
        CheckConstraint(one_of("kind", AREA_KINDS), name="kind_known"),
        CheckConstraint("(kind = 'place') = (longitude IS NOT NULL AND latitude IS NOT NULL)", name="place_has_point"),
        CheckConstraint("(kind = 'country') = (parent_id IS NULL)", name="country_is_root"),
        UniqueConstraint("country_id", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    country_id: int = Field(foreign_key="country.id")
    code: str = Field(unique=True, max_length=24)
    kind: str = Field(max_length=16)
    parent_id: int | None = Field(default=None, foreign_key="area.id")
    name: str
    name_local: str = ""
    name_folded: str = Field(default="", index=True, description="accent-folded lower case, for search")
    pcode: str = Field(default="", max_length=16)
    vintage: str = ""
    longitude: float | None = None
    latitude: float | None = None


class AreaName(Table, table=True):
    """A further name of an area: as a source spells it, or as it was called before."""

    __tablename__ = "area_name"

    area_id: int = Field(primary_key=True, foreign_key="area.id")
    name: str = Field(primary_key=True, max_length=120)
    used_by: str = ""


class AreaRegion(Table, table=True):
    """An area of level 1 belongs to a survey region of the same country."""

    __tablename__ = "area_region"
    __table_args__ = (
        ForeignKeyConstraint(["country_id", "area_id"], ["area.country_id", "area.id"]),
        ForeignKeyConstraint(["country_id", "region_id"], ["area.country_id", "area.id"]),
    )

    country_id: int
    area_id: int = Field(primary_key=True)
    region_id: int = Field(primary_key=True)
