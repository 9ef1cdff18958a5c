"""The answers of a Kobo or ODK export, read with the form they were given to: typed columns, one row a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import pyarrow as pa

from data_access.importing.estimates.answers import Answers, AnswersRefused
from data_access.importing.estimates.washington import WashingtonGroup
from data_access.importing.estimates.xlsform import NUMBERS, Form, Question, text
from data_access.importing.findings import Finding
from data_access.importing.workbook import Cell, Sheet, Workbook

OWN_KEYS, PARENT_KEYS = ("_index", "KEY"), ("_parent_index", "PARENT_KEY")
"""How rows of linked sheets point to each other, in Kobo's exports and in those of ODK Central."""
ROW = "_row"
"""The column with each person's row of the sheet."""
TRUE, FALSE = ("1", "true", "yes"), ("0", "false", "no", "")


@dataclass(frozen=True, slots=True)
class Reading:
    """What of an export is wanted, and how.

    ``columns`` questions by name or path, of the level and those it lies in; design columns that are no questions (a
    weight added later) are named as in the sheet and listed in ``numbers`` if they are numbers. ``level`` the repeat
    whose rows are the people, empty for households. ``missing`` codes that are no answer by question; under ``*`` for
    every question with choices. A number such as an age has missing codes only where they are said for it.
    """

    columns: tuple[str, ...]
    level: str = ""
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()
    washington: WashingtonGroup | None = None


@dataclass(frozen=True, slots=True)
class _Level:
    """One sheet with its place among the others: rows by own key, the parent's key of each row."""

    sheet: Sheet
    headers: tuple[str, ...]
    own: int | None
    parent: int | None

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        return self.sheet.rows[1:]


def read_answers(form: Form, export: Workbook, reading: Reading) -> Answers:
    """The columns of ``reading``, named by question, from the export's linked sheets.

    A question with one choice becomes text, a number a number, one with several choices a column ``question/choice``
    of 1 and 0 for each, None where it was not answered. Nothing that is not asked for is read.

    Raises AnswersRefused with every problem: a column or sheet that is missing, a code that the form does not have, a
    cell that is no number, a person whose household is not there, two households with one number.
    """
    found: list[Finding] = []
    chain = _chain(form, export, reading.level, found)
    if found:
        raise AnswersRefused(tuple(found))
    places = _linked(export, chain, found)
    innermost = chain[0]
    first = innermost.sheet.first_row + 1
    columns: dict[str, pa.Array] = {ROW: pa.array(range(first, first + len(innermost.rows)), pa.int64())}
    wanted = dict.fromkeys([*reading.columns, *(reading.washington.columns if reading.washington else ())])
    for name in wanted:
        at = next(((i, level) for i, level in enumerate(chain) if _finds(form, level, name)), None)
        if at is None:
            found.append(_finding(export, innermost, "column_missing", name, "the column is not there."))
            continue
        i, level = at
        columns |= _column(export, form, level, name, places[i], reading, found)
    if found:
        raise AnswersRefused(tuple(found))
    if reading.washington:
        answers = {name: columns[name].to_pylist() for name in reading.washington.columns}
        columns[reading.washington.into] = pa.array(reading.washington.statuses(answers), pa.string())
    return Answers(pa.table(columns), export.file, innermost.sheet.name, ROW)


def _chain(form: Form, export: Workbook, level: str, found: list[Finding]) -> list[_Level]:
    """The sheet of the level and of each one around it, innermost first."""
    names = [level]
    while names[-1]:
        names.append(form.repeats.get(names[-1], ""))
    return [each for name in names if (each := _level(form, export, name, found)) is not None]


def _level(form: Form, export: Workbook, name: str, found: list[Finding]) -> _Level | None:
    for sheet in export.sheets:
        headers = tuple(text(cell) for cell in sheet.rows[0]) if sheet.rows else ()
        own = next((headers.index(key) for key in OWN_KEYS if key in headers), None)
        parent = next((headers.index(key) for key in PARENT_KEYS if key in headers), None)
        short = sheet.name.removesuffix(".csv").split("-")[-1]  # ODK Central names a repeat's sheet form-repeat
        if (name and name in (sheet.name, short)) or (not name and parent is None and headers):
            return _Level(sheet, headers, own, parent)
    what = f"there is no sheet for the repeat {name!r}." if name else "there is no sheet of households."
    found.append(Finding("refused", "sheet_missing", export.file, what, "Export all sheets of the survey.", name))
    return None


def _linked(export: Workbook, chain: Sequence[_Level], found: list[Finding]) -> list[list[int]]:
    """For each level the position of the row that each person belongs to."""
    places = [list(range(len(chain[0].rows)))]
    for inner, outer in pairwise(chain):
        if inner.parent is None or outer.own is None:
            found.append(_finding(export, inner, "link_missing", "_parent_index", "the sheets are not linked."))
            raise AnswersRefused(tuple(found))
        at: dict[str, int] = {}
        for i, row in enumerate(outer.rows):
            key = text(row[outer.own])
            if key in at:
                found.append(
                    _finding(export, outer, "key_twice", outer.headers[outer.own], "two rows have this.", i, key)
                )
            at[key] = i
        parents = [at.get(text(row[inner.parent]), -1) for row in inner.rows]
        for i, parent in enumerate(parents):
            if parent < 0:
                key = text(inner.rows[i][inner.parent])
                column = inner.headers[inner.parent]
                found.append(_finding(export, inner, "parent_missing", column, "no row is there for this.", i, key))
        places.append([parents[i] if i >= 0 else -1 for i in places[-1]])
    return places


def _finds(form: Form, level: _Level, name: str) -> bool:
    question = _question(form, name)
    return bool(_place(level, name, question) is not None or (question and _parts(level, question)))


def _question(form: Form, name: str) -> Question | None:
    return next((one for one in form.questions if name in (one.name, one.path)), None)


def _spellings(question: Question) -> tuple[str, ...]:
    """A question's header with and without its groups, in Kobo's and ODK Central's way; inside a repeat without it."""
    parts = question.path.split("/")
    tails = ["/".join(parts[i:]) for i in range(len(parts))]
    return (*tails, *(tail.replace("/", "-") for tail in tails))


def _place(level: _Level, name: str, question: Question | None) -> int | None:
    for spelling in (name, *(_spellings(question) if question else ())):
        if spelling in level.headers:
            return level.headers.index(spelling)
    return None


def _parts(level: _Level, question: Question) -> dict[str, int]:
    """Where each choice of a question with several has a column of its own."""
    if question.kind != "select_multiple":
        return {}
    wanted = {f"{spelling}/{one.name}": one.name for spelling in _spellings(question) for one in question.choices}
    return {wanted[header]: i for i, header in enumerate(level.headers) if header in wanted}


def _column(
    export: Workbook,
    form: Form,
    level: _Level,
    name: str,
    places: Sequence[int],
    reading: Reading,
    found: list[Finding],
) -> dict[str, pa.Array]:
    """One question's column, or columns, with one value a person."""
    question = _question(form, name)
    kind = question.kind if question else ("decimal" if name in reading.numbers else "text")
    missing = {*reading.missing.get(name, ()), *(reading.missing.get("*", ()) if question and question.choices else ())}
    if question and kind == "select_multiple":
        return _several(export, level, name, question, places, missing, found)
    at = _place(level, name, question)
    known = {one.name for one in question.choices} if question else set()
    values: list[str | float | None] = []
    for i, row in enumerate(level.rows):
        said = text(row[at]) if at is not None else ""
        if said == "" or said in missing:
            values.append(None)
        elif kind in NUMBERS or name in reading.numbers:
            values.append(_number(export, level, name, i, said, found))
        else:
            if known and said not in known:
                found.append(_finding(export, level, "unknown_code", name, "the form has no such choice.", i, said))
            values.append(said)
    number = kind in NUMBERS or name in reading.numbers
    return {name: pa.array([values[i] if i >= 0 else None for i in places], pa.float64() if number else pa.string())}


def _several(
    export: Workbook,
    level: _Level,
    name: str,
    question: Question,
    places: Sequence[int],
    missing: set[str],
    found: list[Finding],
) -> dict[str, pa.Array]:
    """Columns of 1 and 0, from one column a choice or from codes with blanks between them; either may be missing."""
    together, parts = _place(level, name, question), _parts(level, question)
    known = [one.name for one in question.choices]
    chosen: list[set[str] | None] = []
    for i, row in enumerate(level.rows):
        said = set(text(row[together]).split()) if together is not None else set()
        cells = {choice: text(row[at]).lower() for choice, at in parts.items()}
        for choice, cell in cells.items():
            if cell not in (*TRUE, *FALSE):
                column = f"{name}/{choice}"
                found.append(_finding(export, level, "not_yes_or_no", column, "this is neither 1 nor 0.", i, cell))
        found += [
            _finding(export, level, "unknown_code", name, "the form has no such choice.", i, code)
            for code in sorted(said - {*known, *missing})
        ]
        answered = bool(said) or any(cells.values())
        said |= {choice for choice, cell in cells.items() if cell in TRUE}
        chosen.append(said if answered and not said & missing else None)
    columns = {}
    for choice in known:
        if choice in missing:
            continue
        flags = [None if each is None else int(choice in each) for each in chosen]
        columns[f"{name}/{choice}"] = pa.array([flags[i] if i >= 0 else None for i in places], pa.int64())
    return columns


def _number(export: Workbook, level: _Level, name: str, i: int, said: str, found: list[Finding]) -> float | None:
    try:
        return float(said)
    except ValueError:
        found.append(_finding(export, level, "not_a_number", name, "this is no number.", i, said))
        return None


MENDS = {
    "column_missing": "Name it as the form or the sheet does.",
    "link_missing": "Export the survey with its index columns.",
    "key_twice": "Export again, or take out the row that is there twice.",
    "parent_missing": "Export all sheets together, or take out the row.",
    "unknown_code": "Give the version of the form with which it was asked, or correct the cell.",
    "not_yes_or_no": "Correct the cell.",
    "not_a_number": "Correct the cell, or name the code as missing for this question.",
}


def _finding(
    export: Workbook, level: _Level, rule: str, column: str, what: str, position: int | None = None, value: str = ""
) -> Finding:
    row = None if position is None else level.sheet.first_row + 1 + position
    return Finding(
        "refused", rule, export.file, what, MENDS[rule], level.sheet.name, row=row, column=column, value=value
    )
