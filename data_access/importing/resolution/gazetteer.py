"""Every recorded name of the areas of a country (or of all), at one division of it into areas."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.resolution.names import Affix, code_key, comparable
from data_access.importing.resolution.outcomes import How
from data_access.importing.resolution.vintages import Vintage, merged_areas, vintages
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows
from data_access.models import Area, AreaName, Country


@dataclass(frozen=True, slots=True)
class Place:
    """An area as resolution sees it; ``within`` the codes of the areas it lies in."""

    code: str
    country: str
    kind: str
    name: str
    within: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gone:
    """An area that is no more; ``became`` the codes that hold its land now, where whole ones do."""

    name: str
    became: tuple[str, ...]
    why: str


@dataclass
class Gazetteer:
    """Places by code; codes and names by what they are compared as."""

    places: dict[str, Place] = field(default_factory=dict)
    codes: dict[str, dict[str, How]] = field(default_factory=dict)
    names: dict[str, dict[str, How]] = field(default_factory=dict)
    gone: dict[str, list[Gone]] = field(default_factory=dict)
    affixes: list[Affix] = field(default_factory=list)

    def add_name(self, name: str, code: str, how: How) -> None:
        """Record a name; what was recorded first for a place stays."""
        if key := comparable(name):
            self.names.setdefault(key, {}).setdefault(code, how)

    def add_code(self, text: str, code: str, how: How) -> None:
        self.codes.setdefault(code_key(text), {}).setdefault(code, how)


def read_gazetteer(session: Session, country: str, vintage: str, root: Path = SAMPLE_DATA) -> Gazetteer:
    """The names of the areas of ``country`` (ISO 3166-1 alpha-3; empty for all countries that are loaded).

    ``vintage`` is the code or the name of a recorded boundary vintage, empty for the areas as the database holds them.
    Raises UnknownVintage.
    """
    found = Gazetteer()
    countries = {c.id: c.iso3 for c in session.scalars(select(Country)) if country in ("", c.iso3)}
    later = merged_areas(root)
    rows = {a.id: a for a in session.scalars(select(Area)) if a.country_id in countries and a.code not in later}
    for area in rows.values():
        above, parent = set(), rows.get(area.parent_id)
        while parent is not None:
            above.add(parent.code)
            parent = rows.get(parent.parent_id)
        found.places[area.code] = Place(area.code, countries[area.country_id], area.kind, area.name, frozenset(above))
    for area in rows.values():
        found.add_code(area.code, area.code, "code")
        if area.pcode:
            found.add_code(area.pcode, area.code, "p-code")
        found.add_name(area.name, area.code, "current name")
        found.add_name(area.name_local, area.code, "local name")
    for further in session.scalars(select(AreaName)):
        if further.area_id in rows:
            _add_further(found, further.name, rows[further.area_id].code, further.used_by)
    for local in local_names(root):
        if local["code"] in found.places:
            found.add_name(local["name_local"], local["code"], "local name")
    for row in catalogue_rows("former_areas", root, illustrative=False):
        if country in ("", row["country"]):
            became = tuple(row["became"].split("|")) if row["became"] else ()
            _add_gone(found, Gone(row["name"], became, f"{row['how']} in {row['until']}: {row['stated_in']}"))
    found.affixes = [
        Affix(row["country"], comparable(row["affix"]), row["place"] == "prefix", row["kind"])
        for row in catalogue_rows("area_affixes", root, illustrative=False)
        if row["country"] in ("", country) or not country
    ]
    if vintage and vintage not in {area.vintage for area in rows.values()}:
        _redraw(found, vintages(country, root).get(vintage))
    _name_without_affixes(found)
    return found


def _add_further(found: Gazetteer, name: str, code: str, used_by: str) -> None:
    if "p-code" in used_by:
        found.add_code(name, code, "p-code")
    elif "ISO 3166-2 code" in used_by:
        found.add_code(name, code, "code")
    elif used_by.startswith("name since"):
        found.add_name(name, code, "current name")
    else:
        found.add_name(name, code, "former name" if used_by.startswith("former") else "further name")


def _add_gone(found: Gazetteer, gone: Gone) -> None:
    found.gone.setdefault(comparable(gone.name), []).append(gone)


def _redraw(found: Gazetteer, vintage: Vintage) -> None:
    """Put the areas of ``vintage`` in the place of those they are made of."""
    made_into = {part: area for area in vintage.areas for part in area.made_of}
    taken = {code: place for code, place in found.places.items() if code in made_into}
    kept = {area.code for area in vintage.areas if area.unchanged}
    dropped = taken.keys() - kept
    old_names = {key: {c: h for c, h in codes.items() if c in dropped} for key, codes in found.names.items()}
    for index in (found.codes, found.names):
        for key in list(index):
            index[key] = {code: how for code, how in index[key].items() if code not in dropped}
            if not index[key]:
                del index[key]
    named = {comparable(area.name): area for area in vintage.areas}
    for code in dropped:
        old, whole = found.places.pop(code), made_into[code]
        merged = f"merged into {whole.name}: {vintage.stated_in}"
        _add_gone(found, Gone(code, (whole.code,), merged))
        if comparable(old.name) not in named:
            _add_gone(found, Gone(old.name, (whole.code,), merged))
    for area in vintage.areas:
        if area.official_code:
            found.add_code(area.official_code, area.code, "code")
        if area.unchanged:
            continue
        namesake = next(part for part in area.made_of if comparable(taken[part].name) == comparable(area.name))
        found.places[area.code] = Place(area.code, vintage.country, vintage.kind, area.name, taken[namesake].within)
        found.add_code(area.code, area.code, "code")
        found.add_name(area.name, area.code, "current name")
        for key, codes in old_names.items():
            if namesake in codes:
                found.names.setdefault(key, {}).setdefault(area.code, codes[namesake])
    for key, codes in old_names.items():
        if key not in found.names and key not in found.gone:
            for code in codes:
                whole = made_into[code]
                found.gone.setdefault(key, []).append(
                    Gone(taken[code].name, (whole.code,), f"merged into {whole.name}: {vintage.stated_in}")
                )


def _name_without_affixes(found: Gazetteer) -> None:
    """Let a recorded name that carries an affix ("Thành phố Hồ Chí Minh") be found without it."""
    for key, codes in list(found.names.items()):
        for code, how in codes.items():
            place = found.places[code]
            for affix in found.affixes:
                rest = affix.taken_off(key) if affix.country in ("", place.country) else None
                if rest and affix.kind == place.kind and not rest.isdigit():
                    found.names.setdefault(rest, {}).setdefault(code, how)


def local_names(root: Path) -> Iterator[dict[str, str]]:
    """The names in the country's own script that came with the boundary files: code and name_local."""
    path = root / "boundaries" / "names_local.csv"
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            yield from cast(Iterator[dict[str, str]], csv.DictReader(file))
