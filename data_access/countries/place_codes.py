"""A country's areas from the p-codes in a who-does-what-where file (3W, 4W)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from data_access.countries.areas import NewArea, checked
from data_access.countries.problems import CountryProblem
from data_access.folding import fold


@dataclass(frozen=True, slots=True)
class Question:
    """A code that the file calls by more than one name: nobody but a person can say which is right."""

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class AreasFound:
    """What a file tells of a country's areas; an area in question, or without a name, bears its code as its name."""

    areas: tuple[NewArea, ...]
    questions: tuple[Question, ...]


def from_place_codes(
    rows: Iterable[Mapping[str, str]],
    country: str,
    *,
    code: str,
    names: Mapping[str, str],
    lengths: Mapping[str, int],
) -> AreasFound:
    """The areas behind p-codes, each of which begins with those of the areas around it.

    ``code`` is the column with p-codes; ``names`` the column that names the areas of level "1" and "2"; ``lengths``
    how many characters the codes of a level have (Ethiopia: {"1": 4, "2": 6}; Chad's provinces: {"1": 4}).
    A name is taken only when every row agrees on it, case and accents aside. Raises CountryProblem when no row has
    a code.
    """
    spelt: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        whole = (row.get(code) or "").strip().upper()
        if not whole.isalnum():
            continue
        for level, length in lengths.items():
            if len(whole) >= length:
                called = spelt.setdefault((level, whole[:length]), Counter())
                if name := (row.get(names.get(level, "")) or "").strip():
                    called[name] += 1
    areas, questions = [], []
    for (level, found), called in sorted(spelt.items()):
        name = called.most_common(1)[0][0] if called else found
        if len({fold(each) for each in called}) > 1:
            questions.append(Question(found, tuple(sorted(called))))
            name = found
        parent = country if level == "1" else found[: lengths["1"]]
        areas.append(NewArea(found, level, parent, name, pcode=found))
    if not areas:
        raise CountryProblem([f"No row has a place code in the column {code!r}; name the column that has them."])
    return AreasFound(checked(areas, country, "The file's codes"), tuple(questions))


def write_names(areas: Iterable[NewArea], file: Path) -> None:
    """Write ``areas`` as the names file that ``country add --names`` reads, for a person to complete."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(["code", "level", "parent", "name", "name_local", "pcode", "other_names"])
        for area in areas:
            others = ";".join(area.other_names)
            table.writerow([area.code, area.level, area.parent, area.name, area.name_local, area.pcode, others])
