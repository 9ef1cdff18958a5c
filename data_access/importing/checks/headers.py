"""Where a sheet's header is, and what the words of a column's header say the column is about."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from data_access.importing.resolution.names import comparable
from data_access.importing.shipped import catalogue_rows
from data_access.importing.workbook import Sheet

HEADER_SEARCH = 30
"""Rows looked through for a header."""


@dataclass(frozen=True, slots=True)
class Header:
    """``names`` of the columns; ``cells_from`` the place in Sheet.rows where the figures begin."""

    names: tuple[str, ...]
    cells_from: int


def header_of(sheet: Sheet, header_row: int | None = None) -> Header:
    """The header in row ``header_row`` (as the spreadsheet counts), or else the first row that is mostly text and is
    as wide as the rows around it; without one, nothing is a header."""
    if not sheet.rows:
        return Header((), 0)
    if header_row is not None:
        place = header_row - sheet.first_row
    else:
        widest = max(sum(cell not in (None, "") for cell in row) for row in sheet.rows[:HEADER_SEARCH])
        place = next(
            (
                i
                for i, row in enumerate(sheet.rows[:HEADER_SEARCH])
                if (texts := sum(isinstance(c, str) and bool(c.strip()) for c in row))
                and texts >= max(1, 0.5 * widest)
                and texts >= 0.7 * sum(cell not in (None, "") for cell in row)
            ),
            -1,
        )
    names = sheet.rows[place] if place >= 0 else (None,) * len(sheet.rows[0])
    return Header(tuple(str(cell).strip() if isinstance(cell, str) else "" for cell in names), place + 1)


def letter(place: int) -> str:
    """The letter of a column: 0 → ``"A"``, 26 → ``"AA"``."""
    text, left = "", place + 1
    while left:
        left, rest = divmod(left - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


@cache
def words(about: str) -> frozenset[str]:
    """The recorded words, comparable, of headers about ``about`` (or of texts that are the ``name of a person``)."""
    rows = catalogue_rows("column_words", illustrative=False)
    return frozenset(comparable(row["word"]) for row in rows if row["about"] == about)


@cache
def says(header: str, about: str) -> bool:
    """Whether one of the words for ``about`` stands in a header, as a word of its own."""
    plain = f" {comparable(header)} "
    return any(f" {word} " in plain for word in words(about))
