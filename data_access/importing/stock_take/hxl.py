"""HXL tags (Humanitarian Exchange Language 1.1, hxlstandard.org): how they are read and what they mean here.

A tag is a hashtag and attributes in any order, in any case: ``#adm1+code``, ``#Org +Impl``. Hashtags and attributes
below are those of HXL's core schema that a stock-take has a place for; all others are kept without being understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

_TAG = re.compile(r"#([a-z][a-z0-9_]*)((?:\s*\+\s*[a-z][a-z0-9_]*)*)")
FEWEST = 2
"""Tags a row needs to be a row of tags."""

ROLES: Mapping[str, str] = MappingProxyType({"impl": "organisation", "prog": "partner", "funder": "donor"})
"""Attributes of #org. Who implements does the work; who programmes is their partner."""

PERSONAL = frozenset({"contact", "respondee"})
"""Hashtags of columns that name or reach single people."""

PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "sector": "sector",
        "subsector": "theme",
        "activity": "activity",
        "beneficiary": "population_group",
        "country": "country",
        "status": "status",
        "access": "access",
        "description": "note",
    }
)
STAGES: Mapping[str, str] = MappingProxyType(
    {"reached": "reached", "targeted": "targeted", "inneed": "in_need", "affected": "affected"}
)
SEXES: Mapping[str, str] = MappingProxyType({"f": "female", "m": "male", "i": "other"})
AGES = ("infants", "children", "adolescents", "adults", "elderly")
GROUPS = ("refugees", "idps", "displaced", "incamp", "noncamp", "infected", "injured", "killed", "abducted")


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag without its sign, and its attributes."""

    name: str
    attributes: frozenset[str]

    def covers(self, other: Tag) -> bool:
        """Whether ``other`` has the same hashtag and at least these attributes."""
        return self.name == other.name and self.attributes <= other.attributes


def tag_of(text: str) -> Tag | None:
    """The tag a cell holds, None where it holds none."""
    found = _TAG.fullmatch(" ".join(text.split()).casefold())
    return Tag(found[1], frozenset(re.findall(r"[a-z0-9_]+", found[2]))) if found else None


def is_tag_row(texts: Sequence[str]) -> bool:
    """Whether a row is one of HXL tags: nothing but tags in its filled cells, and at least two."""
    filled = [text for text in texts if text]
    return len(filled) >= FEWEST and all(tag_of(text) is not None for text in filled)


def meaning_of(tag: Tag) -> dict[str, str]:
    """What a tag says of its column: ``means`` and what belongs to it; empty where it has no place here."""
    has = tag.attributes
    if tag.name == "org":
        role = next((role for attribute, role in ROLES.items() if attribute in has), "organisation")
        part = "acronym" if has & {"acronym", "code", "abbr"} else "type" if "type" in has else ""
        return {} if "url" in has else {"means": f"{role}_{part}" if part else role}
    if re.fullmatch(r"adm[1-4]", tag.name):
        return {"means": "area_code" if "code" in has else "area", "level": f"admin{tag.name[-1]}"}
    if tag.name == "loc" and not has & {"type", "dest", "origin"}:
        return {"means": "area_code" if "code" in has else "area", "level": "place"}
    if tag.name == "geo" and has & {"lat", "lon"}:
        return {"means": "latitude" if "lat" in has else "longitude"}
    if tag.name == "date":
        ends = {"start": "period_from", "end": "period_to", "year": "year"}
        means = next((means for attribute, means in ends.items() if attribute in has), "period")
        return {} if has & {"approved", "canceled", "converted", "reported"} else {"means": means}
    if tag.name == "meta":
        return {"means": "reference"} if "id" in has else {"means": "link"} if "url" in has else {}
    if tag.name in STAGES:
        return {"means": "people", "stage": STAGES[tag.name]} | _who(has)
    if tag.name in PLAIN and not has & {"type", "url"}:
        return {"means": PLAIN[tag.name]}
    return {"means": "link"} if "url" in has and tag.name in ("activity", "service") else {}


def _who(has: frozenset[str]) -> dict[str, str]:
    found = {}
    if sex := next((word for attribute, word in SEXES.items() if attribute in has), ""):
        found["sex"] = sex
    ages = [name for name in AGES if name in has] + sorted(a for a in has if re.fullmatch(r"age[0-9_a-z]+", a))
    if ages:
        found["age"] = " ".join(ages)
    if groups := [name for name in GROUPS if name in has]:
        found["group"] = " ".join(groups)
    if "hh" in has:
        found["unit"] = "households"
    return found
