"""``python3 manage.py country add MWI …``: add a country to this deployment, or say what one still lacks."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from data_access.connectors.geoboundaries import GeoBoundaries
from data_access.connectors.pages import PageStore
from data_access.connectors.problems import PullProblem
from data_access.countries.adding import NewBoundaries, NewCountry, add_country
from data_access.countries.areas import NewArea, from_features, from_names_file
from data_access.countries.checklist import checklist
from data_access.countries.place_codes import AreasFound, from_place_codes, from_stock_take, rows_of, write_names
from data_access.countries.problems import CountryProblem
from data_access.countries.scaffold import (
    AREAS,
    Facts,
    filled_areas,
    filled_boundaries,
    lay_out_country,
    read_facts,
    scaffold_folder,
)
from data_access.importing import readers
from data_access.importing.mapping.reading import MappingRefused
from data_access.importing.problems import FileProblem
from data_access.importing.stock_take.reading import read_stock_take_mapping
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
    add.add_argument("--from", dest="file", type=Path, help="take its areas from a 3W or 4W file (CSV, XLSX, ODS)")
    add.add_argument("--mapping", type=Path, help="what that file means (kind: stock_take)")
    add.add_argument("--level1", type=Path, help="GeoJSON of the areas of level 1 (properties shapeName, shapeISO)")
    add.add_argument("--level2", type=Path, help="GeoJSON of the areas of level 2")
    add.add_argument("--pull", action="store_true", help="take the boundaries from geoBoundaries instead")
    add.add_argument("--licence", default="", help="the terms of the GeoJSON files")
    add.add_argument("--attribution", default="", help="whom to name beside the map")
    add.add_argument("--vintage", default="", help="which division of the country, e.g. '28 districts since 2003'")
    check = actions.add_parser("check", help="say what an added country still lacks")
    check.add_argument("iso3")
    codes = actions.add_parser("areas", help="write a names file from the p-codes of a 3W or 4W file (CSV, XLSX, ODS)")
    codes.add_argument("iso3")
    codes.add_argument("file", type=Path)
    codes.add_argument("names", type=Path, help="the names file to write")
    codes.add_argument("--mapping", type=Path, help="what the file means (kind: stock_take); then no column is named")
    codes.add_argument("--sheet", default="", help="the sheet to read (default: the first)")
    codes.add_argument("--code", default="", help="the column with p-codes")
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
    except (CountryProblem, PullProblem, SettingProblem, FileProblem, MappingRefused) as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"{problem.filename or 'A file'}: {problem.strerror}. Check its name and place.", file=sys.stderr)
        return 1
    return 0


def _add(options: argparse.Namespace) -> None:
    folder = read_settings().own_folder
    said = _facts(options, folder)
    if options.file:
        _fill_areas(options, folder, said)
    boundaries = _boundaries(options, folder, said)
    listed = options.names or filled_areas(folder, options.iso3)
    if listed is None and not boundaries:
        where = lay_out_country(folder, options.iso3, said)
        print(f"Nothing says yet which areas {options.iso3} has. Files to fill in were laid out in {where}:")
        for file in sorted(where.iterdir()):
            print(f"  {file.name}")
        print(f"{where / 'CHECKLIST.txt'} says what goes where; then run this command again.")
        return
    areas = from_names_file(listed, options.iso3) if listed else _of_features(boundaries, options.iso3)
    country = NewCountry(options.iso3, said.name, areas, said.name_local, said.vintage)
    add_country(folder, country, boundaries)
    print(f"Added {country.name} ({country.iso3}) with {len(country.areas)} areas to {folder}.")
    _check(options)
    print("It is shown from the next start on: python3 manage.py run")


def _facts(options: argparse.Namespace, folder: Path) -> Facts:
    """What the options say, and where they say nothing the country's laid out file."""
    given = {name: getattr(options, name) for name in ("name", "vintage", "licence", "attribution")}
    given["name_local"] = options.local_name
    return replace(read_facts(folder, options.iso3), **{name: text for name, text in given.items() if text})


def _fill_areas(options: argparse.Namespace, folder: Path, said: Facts) -> None:
    """Fill the country's laid out table of areas from a who-does-what-where file; a table with rows is left alone."""
    if options.mapping is None:
        raise CountryProblem(["--from needs --mapping M.yaml, which says which columns hold p-codes and names."])
    if standing := filled_areas(folder, options.iso3):
        raise CountryProblem([f"{standing} has rows already; move it away to take the areas from the file anew."])
    found = _from_file(options)
    lay_out_country(folder, options.iso3, said)
    file = scaffold_folder(folder, options.iso3) / AREAS
    write_names(found.areas, file)
    _ask(found, file)


def _from_file(options: argparse.Namespace) -> AreasFound:
    return from_stock_take(readers.read(options.file), options.iso3, read_stock_take_mapping(options.mapping))


def _ask(found: AreasFound, file: Path) -> None:
    for question in found.questions:
        print(f"Which name is right for {question.code}: {' or '.join(question.names)}? Write it into {file}.")


def _of_features(boundaries: Sequence[NewBoundaries], iso3: str) -> tuple[NewArea, ...]:
    first = next((given for given in boundaries if given.level == "1"), None)
    if first is None:
        raise CountryProblem(["Nothing says which areas the country has; give --names FILE.csv, --level1 or --pull."])
    return from_features(first.geojson, iso3)


def _boundaries(options: argparse.Namespace, folder: Path, said: Facts) -> list[NewBoundaries]:
    if options.pull:
        service, store = GeoBoundaries(), PageStore()
        levels = ("1", "2") if options.names or filled_areas(folder, options.iso3) else ("1",)
        pulled = [service.pull(options.iso3, level, store=store) for level in levels]
        return [NewBoundaries(p.level, p.geojson, p.licence, p.attribution, p.source, p.vintage) for p in pulled]
    given = {level: file for level, file in (("1", options.level1), ("2", options.level2)) if file}
    given = given or filled_boundaries(folder, options.iso3)
    if given and not (said.licence and said.attribution):
        raise CountryProblem(["The boundaries need --licence and --attribution: both are shown beside every map."])
    return [
        NewBoundaries(level, _geojson(file), said.licence, said.attribution, file.name, said.vintage)
        for level, file in given.items()
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
    if options.mapping:
        found = _from_file(options)
    elif options.code:
        lengths = {"1": options.length1} | ({"2": options.length2} if options.length2 else {})
        names = {"1": options.name1, "2": options.name2}
        rows = rows_of(readers.read(options.file), sheet=options.sheet)
        found = from_place_codes(rows, options.iso3, code=options.code, names=names, lengths=lengths)
    else:
        raise CountryProblem(["Say where the p-codes are: --mapping M.yaml, or --code with the column's header."])
    write_names(found.areas, options.names)
    print(f"Wrote {len(found.areas)} areas to {options.names}.")
    _ask(found, options.names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
