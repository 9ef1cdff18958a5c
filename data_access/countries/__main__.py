"""``python3 manage.py country add MWI …``: add a country to this deployment, or say what one still lacks."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from data_access.connectors.geoboundaries import GeoBoundaries
from data_access.connectors.pages import PageStore
from data_access.connectors.problems import PullProblem
from data_access.countries.adding import NewBoundaries, NewCountry, add_country
from data_access.countries.areas import NewArea, from_features, from_names_file
from data_access.countries.checklist import checklist
from data_access.countries.place_codes import from_place_codes, write_names
from data_access.countries.problems import CountryProblem
from data_access.settings import SettingProblem, read_settings


def parser() -> argparse.ArgumentParser:
    """The arguments of the command."""
    whole = argparse.ArgumentParser(prog="manage.py country", description=__doc__)
    actions = whole.add_subparsers(dest="action", required=True, metavar="action")
    add = actions.add_parser("add", help="add a country, or replace what was added before")
    add.add_argument("iso3", help="ISO 3166-1 alpha-3, such as MWI")
    add.add_argument("--name", default="", help="the country's name in English")
    add.add_argument("--local-name", default="", help="its name in its own script")
    add.add_argument("--names", type=Path, help="CSV of its areas: code, level, parent, name [name_local, pcode, …]")
    add.add_argument("--level1", type=Path, help="GeoJSON of the areas of level 1 (properties shapeName, shapeISO)")
    add.add_argument("--level2", type=Path, help="GeoJSON of the areas of level 2")
    add.add_argument("--pull", action="store_true", help="take the boundaries from geoBoundaries instead")
    add.add_argument("--licence", default="", help="the terms of the GeoJSON files")
    add.add_argument("--attribution", default="", help="whom to name beside the map")
    add.add_argument("--vintage", default="", help="which division of the country, e.g. '28 districts since 2003'")
    check = actions.add_parser("check", help="say what an added country still lacks")
    check.add_argument("iso3")
    codes = actions.add_parser("areas", help="write a names file from the p-codes of a 3W or 4W file (CSV)")
    codes.add_argument("iso3")
    codes.add_argument("file", type=Path)
    codes.add_argument("names", type=Path, help="the names file to write")
    codes.add_argument("--code", required=True, help="the column with p-codes")
    codes.add_argument("--name1", default="", help="the column that names areas of level 1")
    codes.add_argument("--name2", default="", help="the column that names areas of level 2")
    codes.add_argument("--length1", type=int, default=4, help="characters of a level 1 code (default: %(default)s)")
    codes.add_argument("--length2", type=int, default=0, help="characters of a level 2 code (default: none is made)")
    return whole


def main(arguments: Sequence[str]) -> int:
    """Carry out one action; 0 when it was done."""
    options = parser().parse_args(arguments)
    try:
        {"add": _add, "check": _check, "areas": _areas}[options.action](options)
    except (CountryProblem, PullProblem, SettingProblem, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _add(options: argparse.Namespace) -> None:
    folder = read_settings().own_folder
    boundaries = _boundaries(options)
    country = NewCountry(options.iso3, options.name, _listed(options, boundaries), options.local_name, options.vintage)
    add_country(folder, country, boundaries)
    print(f"Added {country.name} ({country.iso3}) with {len(country.areas)} areas to {folder}.")
    _check(options)
    print("It is shown from the next start on: python3 manage.py run")


def _listed(options: argparse.Namespace, boundaries: Sequence[NewBoundaries]) -> tuple[NewArea, ...]:
    if options.names:
        return from_names_file(options.names, options.iso3)
    first = next((given for given in boundaries if given.level == "1"), None)
    if first is None:
        raise CountryProblem(["Nothing says which areas the country has; give --names FILE.csv, --level1 or --pull."])
    return from_features(first.geojson, options.iso3)


def _boundaries(options: argparse.Namespace) -> list[NewBoundaries]:
    if options.pull:
        service, store = GeoBoundaries(), PageStore()
        levels = ("1", "2") if options.names else ("1",)
        pulled = [service.pull(options.iso3, level, store=store) for level in levels]
        return [NewBoundaries(p.level, p.geojson, p.licence, p.attribution, p.source, p.vintage) for p in pulled]
    given = [(level, file) for level, file in (("1", options.level1), ("2", options.level2)) if file]
    if given and not (options.licence and options.attribution):
        raise CountryProblem(["The boundaries need --licence and --attribution: both are shown beside every map."])
    return [
        NewBoundaries(level, _geojson(file), options.licence, options.attribution, file.name, options.vintage)
        for level, file in given
    ]


def _geojson(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_bytes())
    except ValueError as error:
        raise CountryProblem([f"{file.name} is no JSON ({error}); give a GeoJSON file."]) from error
    if not isinstance(read, dict) or not isinstance(read.get("features"), list):
        raise CountryProblem([f"{file.name} is no GeoJSON feature collection; export the areas as one."])
    return read


def _check(options: argparse.Namespace) -> None:
    for point in checklist(read_settings().own_folder, options.iso3):
        print(f"[{'x' if point.there else ' '}] {point.what}" + ("" if point.there else f" — {point.mend}"))


def _areas(options: argparse.Namespace) -> None:
    try:
        with options.file.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except UnicodeDecodeError as error:
        raise CountryProblem([f"{options.file.name} is not in UTF-8; save it as CSV in UTF-8."]) from error
    lengths = {"1": options.length1} | ({"2": options.length2} if options.length2 else {})
    names = {"1": options.name1, "2": options.name2}
    found = from_place_codes(rows, options.iso3, code=options.code, names=names, lengths=lengths)
    write_names(found.areas, options.names)
    print(f"Wrote {len(found.areas)} areas to {options.names}.")
    for question in found.questions:
        print(f"Which name is right for {question.code}: {' or '.join(question.names)}? Write it into the names file.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
