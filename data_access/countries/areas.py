"""A country's areas as a list: from a names file or from boundaries that carry codes."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.countries.problems import CountryProblem

NAMES_COLUMNS = ("code", "level", "parent", "name")
LONGEST_CODE = 24


@dataclass(frozen=True, slots=True)
class NewArea:
    """An area to be added. ``level`` is "1" or "2"; ``parent`` the country or an area of level 1.

    ``other_names`` are further spellings and former names, by which files may call it.
    """

    code: str
    level: str
    parent: str
    name: str
    name_local: str = ""
    pcode: str = ""
    other_names: tuple[str, ...] = ()


def from_names_file(file: Path, country: str) -> tuple[NewArea, ...]:
    """The areas of a CSV with the columns code, level (1 or 2), parent, name and, where known, name_local, pcode and
    other_names (parted by ";"). The parent of level 1 may be left empty.

    Raises CountryProblem with every row that cannot be used.
    """
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CountryProblem([f"{file.name} cannot be read ({error}); save it as CSV in UTF-8."]) from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    missing = [column for column in NAMES_COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise CountryProblem([f"{file.name}, row 1: the header lacks {', '.join(missing)}; add the columns."])
    areas, problems = [], []
    for number, cells in enumerate(reader, 2):
        row = {key: (value or "").strip() for key, value in cells.items() if isinstance(key, str)}
        empty = [column for column in ("code", "name") if not row[column]]
        problems += [f"{file.name}, row {number}, column {column}: it is empty; fill it in." for column in empty]
        if row["level"] not in ("1", "2"):
            problems.append(f"{file.name}, row {number}, column level, value {row['level']!r}: write 1 or 2.")
        areas.append(
            NewArea(
                code=row["code"],
                level=row["level"],
                parent=row["parent"] or (country if row["level"] == "1" else ""),
                name=row["name"],
                name_local=row.get("name_local", ""),
                pcode=row.get("pcode", ""),
                other_names=tuple(part.strip() for part in row.get("other_names", "").split(";") if part.strip()),
            )
        )
    if problems:
        raise CountryProblem(problems)
    return checked(areas, country, file.name)


def from_features(geojson: Mapping[str, Any], country: str) -> tuple[NewArea, ...]:
    """The areas of level 1 of boundaries whose features carry a code (shapeISO) and a name (shapeName).

    Raises CountryProblem naming the features without a code: those need a names file.
    """
    areas, without = [], []
    for feature in geojson["features"]:
        facts = feature.get("properties") or {}
        code, name = (str(facts.get(key) or "").strip() for key in ("shapeISO", "shapeName"))
        if code and name and code != country:
            areas.append(NewArea(code, "1", country, name))
        else:
            without.append(name or "(no name)")
    if without:
        raise CountryProblem(
            [f"The boundaries give no code for {', '.join(sorted(without))}; give the codes with --names FILE.csv."]
        )
    return checked(areas, country, "The boundaries")


def checked(areas: Iterable[NewArea], country: str, place: str) -> tuple[NewArea, ...]:
    """``areas`` if codes are unique and short enough and every parent is there.

    Raises CountryProblem with all faults.
    """
    listed = tuple(areas)
    counts = Counter(area.code for area in listed)
    first = {area.code for area in listed if area.level == "1"}
    problems = [f"{place}: the code {code} stands {n} times; keep one." for code, n in counts.items() if n > 1]
    if country in counts:
        problems.append(f"{place}: {country} is the country's own code; give the area another.")
    for area in listed:
        if len(area.code) > LONGEST_CODE:
            problems.append(f"{place}: the code {area.code} is longer than {LONGEST_CODE} characters; shorten it.")
        if area.parent not in (first if area.level == "2" else {country}):
            inside = "an area of level 1" if area.level == "2" else country
            problems.append(
                f"{place}: {area.name} ({area.code}) lies in {area.parent or 'nothing'}; write the code of {inside} "
                "in the column parent."
            )
    if not listed:
        problems.append(f"{place}: there is no area; a country needs at least those of level 1.")
    if problems:
        raise CountryProblem(problems)
    return listed
