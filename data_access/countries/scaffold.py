"""What a new country needs, laid out as empty files to fill: its areas, its boundaries, its facts, and a checklist."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from data_access.connectors.offered import country_code
from data_access.connectors.problems import NotOffered
from data_access.countries.folder import write_whole
from data_access.countries.place_codes import AREA_COLUMNS
from data_access.countries.problems import CountryProblem

AREAS, FACTS, CHECKLIST = "areas.csv", "country.toml", "CHECKLIST.txt"
BOUNDARIES = {"1": "level1.geojson", "2": "level2.geojson"}
_NOTHING = '{"type": "FeatureCollection", "features": []}\n'
_EXPLAINED = {
    "name": "in English, as it is to be shown",
    "name_local": "in its own script; may stay empty",
    "vintage": "which division of the country its areas are, e.g. 28 districts since 2003",
    "licence": "the terms of the boundary files; may stay empty without boundaries",
    "attribution": "whom to name beside the map; may stay empty without boundaries",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a country besides its areas; empty where it is not."""

    name: str = ""
    name_local: str = ""
    vintage: str = ""
    licence: str = ""
    attribution: str = ""


def scaffold_folder(own: Path, iso3: str) -> Path:
    """Where the files to fill for a country stand in the deployment's folder."""
    return own / "new-countries" / iso3


def lay_out_country(own: Path, iso3: str, facts: Facts) -> Path:
    """Write the empty files of a country and say where; files that stand already stay as they are.

    Raises CountryProblem for what is no country code.
    """
    try:
        country_code(iso3, "iso3")
    except NotOffered as problem:
        raise CountryProblem([str(problem)]) from None
    folder = scaffold_folder(own, iso3)
    contents = {
        AREAS: ",".join(AREA_COLUMNS) + "\n",
        FACTS: _facts(iso3, facts),
        **dict.fromkeys(BOUNDARIES.values(), _NOTHING),
        CHECKLIST: _checklist(iso3),
    }
    blank = _facts(iso3, Facts()).encode()
    for name, text in contents.items():
        file = folder / name
        if not file.exists() or (name == FACTS and file.read_bytes() == blank):
            write_whole(folder / name, text.encode())
    return folder


def filled_areas(own: Path, iso3: str) -> Path | None:
    """The laid out table of areas when it has rows."""
    file = scaffold_folder(own, iso3) / AREAS
    if not file.exists():
        return None
    return file if sum(bool(line.strip(b" ,;\r\n\t")) for line in file.read_bytes().splitlines()) > 1 else None


def filled_boundaries(own: Path, iso3: str) -> dict[str, Path]:
    """The laid out boundary files, by level, that are not empty any more."""
    found = {level: scaffold_folder(own, iso3) / name for level, name in BOUNDARIES.items()}
    return {level: file for level, file in found.items() if file.exists() and file.read_bytes() != _NOTHING.encode()}


def read_facts(own: Path, iso3: str) -> Facts:
    """What country.toml says; nothing where there is none. Raises CountryProblem naming the key or line."""
    file = scaffold_folder(own, iso3) / FACTS
    if not file.exists():
        return Facts()
    try:
        read: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CountryProblem([f'{file.name} cannot be read ({error}); write each fact as key = "text".']) from None
    known = [one.name for one in fields(Facts)]
    problems = [
        f"{file.name}, key {key}, value {value!r}: "
        + (f"write one of {', '.join(known)}." if key not in known else "write a text in quotes.")
        for key, value in read.items()
        if key not in known or not isinstance(value, str)
    ]
    if problems:
        raise CountryProblem(problems)
    return Facts(**read)


def _facts(iso3: str, facts: Facts) -> str:
    written = {one.name: json.dumps(getattr(facts, one.name), ensure_ascii=False) for one in fields(Facts)}
    lines = [f"{name} = {text}  # {_EXPLAINED[name]}" for name, text in written.items()]
    return "\n".join([f"# {iso3}. Write between the quotes.", *lines]) + "\n"


def _checklist(iso3: str) -> str:
    return f"""{iso3}: what to fill in, in this order. Then run: python3 manage.py country add {iso3}

[ ] {FACTS}        the country's name, and where its boundaries come from.
[ ] {AREAS}         one row an area.
      code         ISO 3166-2 at level 1, the OCHA p-code at level 2; at most 24 characters, each once.
      level        1 or 2.
      parent       at level 2 the code of the area of level 1 around it; at level 1 empty.
      name         in Latin letters, as it is to be shown.
      name_local   in the country's own script; may be empty.
      pcode        the OCHA p-code, where the code is another; may be empty.
      other_names  further and former names, parted by a semicolon; may be empty.
    A who-does-what-where file (3W, 4W) can fill it: python3 manage.py country add {iso3} --from FILE --mapping M.yaml
[ ] {BOUNDARIES["1"]}   shapes of level 1 in degrees; each feature has shapeISO (a code) or shapeName (a name).
[ ] {BOUNDARIES["2"]}   the same of level 2; with it alone, level 1 is joined from it. Without either, no map is drawn.
[ ] figures        python3 manage.py pull dhs {iso3}, or a partner's file at the Data desk.

python3 manage.py country check {iso3} says what is still missing.
"""
