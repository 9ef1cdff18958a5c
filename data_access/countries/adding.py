"""Adding a country to a deployment: its areas, names and boundaries become rows and files of its own folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.connectors.offered import country_code
from data_access.connectors.problems import NotOffered
from data_access.countries.areas import NewArea
from data_access.countries.folder import listed_layers, table, write_layers, write_table, write_whole
from data_access.countries.overview import overview_layers
from data_access.countries.problems import CountryProblem
from data_access.countries.shapes import MadeLayer, Shapes, joined_to_parents, made_layer, matched
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows

DISCLAIMER = "The boundaries and names shown on this map do not imply any opinion on the legal status of any territory."
STATEMENT = "as the source draws it; the countries around it are not drawn"


@dataclass(frozen=True)
class NewCountry:
    """A country to be added. ``vintage`` says which division of the country its areas belong to."""

    iso3: str
    name: str
    areas: tuple[NewArea, ...]
    name_local: str = ""
    vintage: str = ""


@dataclass(frozen=True)
class NewBoundaries:
    """The shapes of one level as GeoJSON, where they come from and what may be done with them."""

    level: str
    geojson: Mapping[str, Any]
    licence: str
    attribution: str
    source: str
    vintage: str


def add_country(
    folder: Path, country: NewCountry, boundaries: Sequence[NewBoundaries] = (), sample_data: Path = SAMPLE_DATA
) -> None:
    """Write a country into the deployment's ``folder``; given again, it takes the place of what was there.

    Where only level 2 has boundaries, level 1 is joined from them. The figures held for the country stay. Raises
    CountryProblem with everything that is wrong; nothing is then written.
    """
    _refuse(country, folder, sample_data)
    layers = country_layers(country, boundaries)
    listing = listed_layers(folder)
    listing = {ident: facts for ident, facts in listing.items() if facts["country"] not in (country.iso3, "PILOTS")}
    for layer in layers:
        write_whole(folder / "boundaries" / f"{layer.id}.geojson", layer.content)
        listing[layer.id] = layer.entry
    for overview in overview_layers(folder / "boundaries", listing, _names(folder, country)):
        write_whole(folder / "boundaries" / f"{overview.id}.geojson", overview.content)
        listing[overview.id] = overview.entry
    if listing:
        write_layers(folder, listing)
    _write_tables(folder, country)


def _refuse(country: NewCountry, folder: Path, sample_data: Path) -> None:
    problems = []
    try:
        country_code(country.iso3, "iso3")
    except NotOffered as problem:
        problems.append(str(problem))
    if not country.name.strip():
        problems.append("The country has no name; give it with --name.")
    if country.iso3 in {row["iso3"] for row in catalogue_rows("countries", sample_data, illustrative=False)}:
        problems.append(f"{country.iso3} ships with the product and cannot be added.")
    others = {row["code"]: row["country"] for row in catalogue_rows("areas", sample_data, illustrative=False)}
    others |= {row["code"]: row["country"] for row in table(folder, "areas") if row["country"] != country.iso3}
    problems += [
        f"The code {area.code} ({area.name}) stands already for an area of {others[area.code]}; give another."
        for area in country.areas
        if area.code in others
    ]
    if problems:
        raise CountryProblem(problems)


def country_layers(country: NewCountry, boundaries: Sequence[NewBoundaries]) -> list[MadeLayer]:
    """The boundary files of a country, one a level. Raises CountryProblem with the faults of all levels."""
    shapes: dict[str, tuple[Shapes, NewBoundaries]] = {}
    problems: list[str] = []
    for given in boundaries:
        try:
            shapes[given.level] = (matched(given.geojson, country.areas, given.level), given)
        except CountryProblem as problem:
            problems += problem.problems
    if problems:
        raise CountryProblem(problems)
    if "2" in shapes and "1" not in shapes:
        finest, given = shapes["2"]
        shapes["1"] = (joined_to_parents(finest, country.areas), given)
    names = {area.code: area.name for area in country.areas}
    return [
        made_layer(_description(country.iso3, level, given), drawn, names)
        for level, (drawn, given) in sorted(shapes.items())
    ]


def _description(iso3: str, level: str, given: NewBoundaries) -> dict[str, str]:
    return {
        "layer": f"{iso3}_{level}",
        "country": iso3,
        "level": level,
        "role": "areas",
        "depiction": "neutral",
        "depiction_statement": STATEMENT,
        "vintage": given.vintage,
        "licence": given.licence,
        "attribution": given.attribution,
        "source": given.source,
        "disclaimer": DISCLAIMER,
    }


def _names(folder: Path, country: NewCountry) -> dict[str, str]:
    return {row["iso3"]: row["name"] for row in table(folder, "countries")} | {country.iso3: country.name}


def _write_tables(folder: Path, country: NewCountry) -> None:
    areas = [row for row in table(folder, "areas") if row["country"] != country.iso3]
    gone = {row["code"] for row in table(folder, "areas")} - {row["code"] for row in areas}
    names = [row for row in table(folder, "area_names") if row["area"] not in gone]
    countries = [row for row in table(folder, "countries") if row["iso3"] != country.iso3]
    countries.append({"iso3": country.iso3, "name": country.name, "name_local": country.name_local, "pilot": "0"})
    whole = {"code": country.iso3, "country": country.iso3, "kind": "country", "parent": ""}
    areas.append(whole | {"name": country.name, "name_local": country.name_local, "vintage": country.vintage})
    for area in country.areas:
        areas.append(
            {
                "code": area.code,
                "country": country.iso3,
                "kind": f"admin{area.level}",
                "parent": area.parent,
                "name": area.name,
                "name_local": area.name_local,
                "pcode": area.pcode,
                "vintage": country.vintage,
            }
        )
        names += [{"area": area.code, "name": other, "used_by": ""} for other in area.other_names]
    write_table(folder, "countries", sorted(countries, key=lambda row: row["iso3"]))
    write_table(folder, "areas", areas)
    write_table(folder, "area_names", names)
