"""Which country and level the names in a column of places belong to, by the shipped catalogues: a guess for a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from data_access.importing.resolution.gazetteer import local_names
from data_access.importing.resolution.names import Affix, bare, comparable
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows

ENOUGH = 0.5
"""Share of the names that must be one country's before it is offered."""
_DISTRICTS = frozenset({"BGD", "IND", "NPL"})
_LEVELS: tuple[tuple[frozenset[str], str, frozenset[str]], ...] = (
    (frozenset({"district", "districts", "जिल्ला", "জেলা", "जिला", "zila"}), "admin2", _DISTRICTS),
    (frozenset({"division", "divisions", "বিভাগ"}), "admin1", frozenset({"BGD"})),
    (frozenset({"province", "provinces", "प्रदेश", "tinh", "tinh thanh", "tinh thanh pho"}), "admin1", frozenset()),
    (frozenset({"state", "states", "राज्य", "state ut"}), "admin1", frozenset({"IND"})),
    (frozenset({"county", "counties", "kaunti"}), "admin1", frozenset({"KEN"})),
)


@cache
def _known() -> tuple[dict[str, set[tuple[str, str]]], tuple[Affix, ...]]:
    kind = {row["code"]: (row["country"], row["kind"]) for row in catalogue_rows("areas", illustrative=False)}
    found: dict[str, set[tuple[str, str]]] = {}

    def add(name: str, of: tuple[str, str]) -> None:
        if key := comparable(name):
            found.setdefault(key, set()).add(of)

    for row in catalogue_rows("areas", illustrative=False):
        for name in (row["code"], row["name"], row["name_local"], row["pcode"]):
            add(name, kind[row["code"]])
    for row in local_names(SAMPLE_DATA):
        if row["code"] in kind:
            add(row["name_local"], kind[row["code"]])
    for row in catalogue_rows("area_names", illustrative=False):
        if row["area"] in kind:
            add(row["name"], kind[row["area"]])
    for row in catalogue_rows("former_areas", illustrative=False):
        if row["kind"] != "region" and row["kind"] != "province":
            add(row["name"], (row["country"], row["kind"]))
    affixes = tuple(
        Affix(row["country"], comparable(row["affix"]), row["place"] == "prefix", row["kind"])
        for row in catalogue_rows("area_affixes", illustrative=False)
    )
    return found, affixes


def _of(name: str) -> set[tuple[str, str]]:
    known, affixes = _known()
    key = comparable(name)
    return known.get(key) or {
        of
        for rest, affix in bare(key, affixes)
        for of in known.get(rest, ())
        if affix.country in ("", of[0]) and affix.kind == of[1]
    }


def country_of(names: Iterable[str]) -> tuple[str, int, int]:
    """The country most of ``names`` lie in, how many of them do, and of how many; empty when no country stands out."""
    distinct = [name for name in dict.fromkeys(names) if name and not name.isdecimal()][:500]
    counted = Counter(country for name in distinct for country in {country for country, _ in _of(name)})
    if not counted:
        return "", 0, len(distinct)
    (best, most), *others = counted.most_common(2)
    if most < max(ENOUGH * len(distinct), min(2, len(distinct))) or any(count == most for _, count in others):
        return "", 0, len(distinct)
    return best, most, len(distinct)


def level_of(header: str, names: Iterable[str], country: str) -> str:
    """The level that a header says, where some of the names are two levels' ("Dhaka"); empty where none is needed."""
    words = set(comparable(header).split()) | {comparable(header)}
    said = {kind for known, kind, of in _LEVELS if words & known and (not of or country in of)}
    if len(said) != 1:
        return ""
    twice = any(len({kind for c, kind in _of(name) if c == country}) > 1 for name in dict.fromkeys(names))
    return said.pop() if twice else ""


@cache
def _since_2025() -> tuple[frozenset[str], frozenset[str]]:
    """Comparable names of Viet Nam's 34 provinces, and of those of the 63 that are no more."""
    rows = [row for row in catalogue_rows("boundary_vintage_areas", illustrative=False) if row["vintage"] == "VNM-34"]
    kept = {comparable(row["name"]) for row in rows}
    merged = {part for row in rows for part in row["made_of"].split("|")}
    before = {comparable(r["name"]) for r in catalogue_rows("areas", illustrative=False) if r["code"] in merged}
    return frozenset(kept), frozenset(before - kept)


def may_be_the_34(names: Iterable[str], latest: str) -> bool:
    """Whether places of Viet Nam may be the 34 provinces since July 2025: none of those merged then is named, and the
    latest year is 2025 or later, or as many as 30 places are named."""
    keys = {comparable(name) for name in names if name}
    _, gone = _since_2025()
    bare_keys = {rest for key in keys for rest, _ in bare(key, _known()[1])} | keys
    return not bare_keys & gone and (latest >= "2025" or 30 <= len(keys) <= 36)
