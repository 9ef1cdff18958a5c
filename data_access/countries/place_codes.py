"""A country's areas from the p-codes in a who-does-what-where file (3W, 4W)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from data_access.connectors.offered import country_code
from data_access.countries.areas import NewArea, checked
from data_access.countries.problems import CountryProblem
from data_access.folding import fold
from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.sheets import chosen
from data_access.importing.stock_take.hxl import is_tag_row
from data_access.importing.stock_take.schema import Level, StockTakeMapping
from data_access.importing.stock_take.tables import lay_out
from data_access.importing.workbook import Workbook

LEVELS = ("1", "2")
AREA_COLUMNS = ("code", "level", "parent", "name", "name_local", "pcode", "other_names")


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
    others = sorted({area.code for area in areas if not _of_country(area.code, country)})
    if others:
        place = f"Column {code!r}, value {others[0]!r}"
        mend = "take the rows of other countries out, or name the country they are of"
        raise CountryProblem([f"{place}: {len(others)} codes do not begin with those of {country}; {mend}."])
    return AreasFound(checked(areas, country, "The file's codes"), tuple(questions))


def rows_of(workbook: Workbook, header_row: int = 0, sheet: str = "") -> list[dict[str, str]]:
    """The rows of one sheet (the first where not named) as texts by header, a row of HXL tags left out.

    ``header_row`` as the spreadsheet counts; 0 for the first that has two filled cells. Raises CountryProblem.
    """
    names = [one.name for one in workbook.sheets]
    if sheet and sheet not in names:
        raise CountryProblem([f"{workbook.file} has no sheet {sheet!r}; name one of: {', '.join(names)}."])
    chosen_sheet = workbook.sheet(sheet or names[0])
    lines = [[text_of(cell) for cell in row] for row in chosen_sheet.rows]
    at = header_row - chosen_sheet.first_row
    if not header_row:
        at = next((place for place, line in enumerate(lines) if sum(map(bool, line)) > 1), -1)
    if not 0 <= at < len(lines):
        raise CountryProblem([f"{workbook.file}, sheet {chosen_sheet.name!r}: no row of headers was found."])
    return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :] if any(line) and not is_tag_row(line)]


def from_stock_take(workbook: Workbook, country: str, mapping: StockTakeMapping) -> AreasFound:
    """The areas behind the p-codes of a who-does-what-where file, by its mapping, down to level 2.

    A table tells the areas that no table before it told. Raises CountryProblem where no table has p-codes, or where
    the mapping is of other countries.
    """
    if country not in mapping.source.countries:
        of = ", ".join(mapping.source.countries)
        raise CountryProblem([f"The mapping is for {of}; give one whose source, countries names {country}."])
    areas: dict[str, NewArea] = {}
    questions: list[Question] = []
    for table in mapping.tables:
        code = next((column for column in table.columns if column.means == "area_code"), None)
        if code is None:
            continue
        lengths = {level: code.lengths.get(_ADMIN[level], 0) for level in LEVELS}
        for sheet, _ in chosen(workbook, table.sheets):
            one = lay_out(sheet, table, Ledger(workbook.file))
            at = {column.level: place for place, column in one.meant.items() if column.means == "area"}
            column = next((place for place, meant in one.meant.items() if meant is code), None)
            if column is None:
                continue
            own = code.level or ""
            if own in ("admin1", "admin2"):
                lengths[own[-1]] = max((len(row[column]) for row in one.cells), default=0)
            rows = [
                {"code": row[column], **{level: row[at[_ADMIN[level]]] for level in LEVELS if _ADMIN[level] in at}}
                for row in one.cells
            ]
            if not any(row["code"] for row in rows):
                continue
            found = from_place_codes(
                rows, country, code="code", names={level: level for level in LEVELS},
                lengths={level: length for level, length in lengths.items() if length},
            )  # fmt: skip
            new = [area for area in found.areas if area.code not in areas]
            areas |= {area.code: area for area in new}
            questions += [question for question in found.questions if question.code in {area.code for area in new}]
    if not areas:
        raise CountryProblem(
            [f"{workbook.file}: no table of the mapping has a column of p-codes (means: area_code) with codes in it."]
        )
    return AreasFound(checked(areas.values(), country, workbook.file), tuple(questions))


_ADMIN: dict[str, Level] = {"1": "admin1", "2": "admin2"}


def _of_country(code: str, country: str) -> bool:
    """Whether a p-code begins with the country's ISO 3166-1 code, of two letters or of three."""
    return code.startswith((country, country_code(country, "iso2")))


def write_names(areas: Iterable[NewArea], file: Path) -> None:
    """Write ``areas`` as the names file that ``country add --names`` reads, for a person to complete."""
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(AREA_COLUMNS)
        for area in areas:
            others = ";".join(area.other_names)
            table.writerow([area.code, area.level, area.parent, area.name, area.name_local, area.pcode, others])
