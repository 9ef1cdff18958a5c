"""Personal identifiers in any column of a file as it was read: refused at the door, and never repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from data_access.importing.checks import shield
from data_access.importing.checks.headers import Header, header_of, letter, says, words
from data_access.importing.findings import Finding
from data_access.importing.resolution.names import comparable
from data_access.importing.workbook import Cell, Grid, Sheet, Workbook

FEWEST = 5
"""Cells a column needs before its general look counts against it."""

MOSTLY = 0.5
DISTINCT = 0.6
LONG_TEXT, MANY_WORDS = 40, 7
PLACES = "places by coordinates"
MEND = "Take the column out of the file before it is handed in"


@dataclass(frozen=True, slots=True)
class Column:
    """A column below its header: how often each different text stands in it, and its numbers."""

    header: str
    name: str
    texts: Counter[str]
    numbers: list[float]

    @property
    def cells(self) -> int:
        return self.texts.total() + len(self.numbers)


def check_workbook(
    workbook: Workbook, headers: Mapping[str, int] | None = None, harmless: Mapping[str, Collection[str]] | None = None
) -> list[Finding]:
    """Columns of ``workbook`` that hold personal identifiers, a finding each, naming the column and how many cells.

    ``headers`` the row number of each sheet's (last) header row, guessed where not given. ``harmless`` by sheet the
    columns (header or letter) somebody has looked at and answers for; of those only e-mail addresses, phone numbers and
    identity numbers are refused still.
    """
    return [
        finding
        for sheet in workbook.sheets
        for finding in check_sheet(
            sheet, workbook.file, (headers or {}).get(sheet.name), (harmless or {}).get(sheet.name, ())
        )
    ]


def check_sheet(
    sheet: Sheet, file: str, header_row: int | None = None, harmless: Collection[str] = ()
) -> list[Finding]:
    """The findings of one sheet; see check_workbook."""
    header = header_of(sheet, header_row)
    found = list(_above(sheet, file, header))
    for place, counts in enumerate(_counts(sheet.rows[header.cells_from :])):
        column = _column(place, header, counts)
        looked_at = column.name in harmless or letter(place) in harmless
        for what, count in _identifiers(column, looked_at):
            found.append(
                Finding(
                    kind="refused",
                    rule="personal_identifier",
                    file=file,
                    what=f"The column holds {what} in {count:,} of {column.cells:,} cells.",
                    mend=f"{MEND}; nothing of it was kept."
                    if looked_at or what in _CERTAIN
                    else f"{MEND}; if it is about no person, name it under harmless columns in the mapping.",
                    sheet=sheet.name,
                    column=column.name,
                )
            )
    return found


def _above(sheet: Sheet, file: str, header: Header) -> Iterator[Finding]:
    """E-mail addresses, phone and identity numbers in the header and above it, where a contact often stands."""
    for number, cells in enumerate(sheet.rows[: header.cells_from], sheet.first_row):
        said = " ".join(cell for cell in cells if isinstance(cell, str))
        texts, numbers = _texts_and_numbers(Counter(cells))
        for what, count in _identifiers(Column(said, "", texts, numbers), looked_at=True):
            yield Finding(
                kind="refused",
                rule="personal_identifier",
                file=file,
                what=f"The row, in or above the header, holds {what} in {count:,} of its cells.",
                mend="Take it out of the file before it is handed in; nothing of it was kept.",
                sheet=sheet.name,
                row=number,
            )


def _counts(rows: Sequence[tuple[Cell, ...]]) -> Iterator[Counter[Cell]]:
    """How often each different cell stands in each column."""
    if not isinstance(rows, Grid):
        yield from (Counter(cells) for cells in zip(*rows, strict=False))
        return
    for column in rows.columns:
        times: Counter[Cell] = Counter()
        for code, count in Counter(column.codes[rows.span]).items():
            times[column.cells[code]] += count
        yield times


def _column(place: int, header: Header, counts: Counter[Cell]) -> Column:
    texts, numbers = _texts_and_numbers(counts)
    label = header.names[place]
    return Column(label, shield.shown(label) if label else letter(place), texts, numbers)


def _texts_and_numbers(counts: Counter[Cell]) -> tuple[Counter[str], list[float]]:
    texts: Counter[str] = Counter()
    numbers: list[float] = []
    for value, count in counts.items():
        if isinstance(value, str):
            if value.strip():
                texts[value] += count
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            numbers += [float(value)] * count
    return texts, numbers


_CERTAIN = ("e-mail addresses", "phone numbers", "national identity numbers")


def _identifiers(column: Column, looked_at: bool) -> Iterable[tuple[str, int]]:
    """What identifies persons in a column, and in how many cells; the first kind that fits."""
    if not column.cells:
        return
    certain = (
        ("e-mail addresses", _matching(column, shield.EMAIL)),
        ("national identity numbers", _identity_numbers(column)),
        ("phone numbers", _phones(column)),
    )
    for what, count in certain:
        if count:
            yield what, count
            return
    if looked_at:
        return
    for what, count in (
        (PLACES, _coordinates(column)),
        ("names of persons", _names(column)),
        ("free text", _free_text(column)),
    ):
        if count:
            yield what, count
            return


def _matching(column: Column, pattern: re.Pattern[str]) -> int:
    return sum(count for text, count in column.texts.items() if pattern.search(text))


def _whole(numbers: list[float]) -> list[str]:
    return [f"{x:.0f}" for x in numbers if x.is_integer() and 1e6 <= x < 1e17]


def _phones(column: Column) -> int:
    named = says(column.header, "phone")
    count = _matching(column, shield.PHONE)
    local = _matching(column, shield.LOCAL_PHONE)
    if named or local >= MOSTLY * column.cells:
        count = max(count, local)
    if named:
        count += sum(len(text) >= 7 for text in _whole(column.numbers))
        count = max(count, sum(c for t, c in column.texts.items() if len(re.sub(r"\D", "", t)) >= 7))
    return count


def _identity_numbers(column: Column) -> int:
    whole = _whole(column.numbers)
    named = says(column.header, "identity")
    aadhaar = sum(c for text, c in column.texts.items() if shield.is_aadhaar(text))
    aadhaar += sum(len(text) == 12 and shield.is_aadhaar(text) for text in whole)
    certain = _matching(column, shield.CITIZENSHIP_NPL) + _matching(column, shield.CITIZEN_CARD_VNM)
    if aadhaar >= max(MOSTLY * column.cells, 1) and (len(column.numbers) < column.cells or aadhaar >= FEWEST):
        return aadhaar
    if named:
        return max(certain, len(whole) + sum(c for t, c in column.texts.items() if len(re.sub(r"\D", "", t)) >= 7))
    return certain


def _coordinates(column: Column) -> int:
    if pairs := sum(c for t, c in column.texts.items() if shield.COORDINATES.search(t) or _WKT.search(t)):
        return pairs
    if says(column.header, "coordinate"):
        precise = sum(_decimals(f"{x:.9g}") >= 4 for x in column.numbers)
        return precise + sum(c for t, c in column.texts.items() if _PRECISE.fullmatch(t.strip()))
    return 0


_WKT = re.compile(r"(?i)\b(?:multi)?point\s*z?\s*\(")
_PRECISE = re.compile(r"-?\d{1,3}[.,]\d{4,}")


def _decimals(number: str) -> int:
    return len(number.partition(".")[2])


def _names(column: Column) -> int:
    if says(column.header, "place or body"):
        return 0
    texts = column.texts.total()
    if says(column.header, "person") and texts:
        return sum(c for t, c in column.texts.items() if any(x.isalpha() for x in t))
    named = sum(
        c for t, c in column.texts.items() if words("name of a person") & _plain_words(t) and len(t.split()) <= 5
    )
    return named if named >= FEWEST and named >= 0.3 * texts and len(column.texts) >= DISTINCT * texts else 0


def _plain_words(text: str) -> set[str]:
    return set(comparable(text).split())


def _free_text(column: Column) -> int:
    texts = column.texts.total()
    if texts < FEWEST or says(column.header, "explanation"):
        return 0
    long = sum(c for t, c in column.texts.items() if len(t) >= LONG_TEXT and len(t.split()) >= MANY_WORDS)
    if says(column.header, "statement"):
        return sum(c for t, c in column.texts.items() if len(t.split()) >= 3)
    return long if long >= MOSTLY * texts and len(column.texts) >= DISTINCT * texts else 0
