"""Where a table's header stands in a sheet: below titles, over one row or several, above the first row of figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data_access.importing.mapping.cell_looks import is_figure, look_at
from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.periods import period_of
from data_access.importing.workbook import Cell, Sheet

LOOKED_AT = 40
"""Rows from the top in which a header is looked for."""
DEEPEST = 6
"""Rows a header has at most."""


@dataclass(frozen=True, slots=True)
class Top:
    """Places in Sheet.rows: the header's rows, the row of HXL tags, and where the figures begin."""

    rows: tuple[int, ...]
    hxl: int | None
    body: int


def find_top(sheet: Sheet) -> Top | None:
    """The header of the first table of a sheet, None where no row has two filled cells."""
    lines = [[text_of(cell) for cell in line] for line in sheet.rows[:LOOKED_AT]]
    widest = max((_filled(line) for line in lines), default=0)
    if widest < 2:
        return None
    hxl = next((at for at, line in enumerate(lines) if _is_hxl(line)), None)
    if hxl is not None:
        return Top((max(hxl - 1, 0),), hxl, hxl + 1)
    body = _first_of_figures(sheet, lines)
    if body is None:
        at = next(at for at, line in enumerate(lines) if _filled(line) >= max(2, 0.6 * widest))
        return Top((at,), None, at + 1)
    rows = _header_above(sheet, lines, body)
    if not rows:
        return Top((body,), None, body + 1)
    return Top(rows, None, body + 1 if _counts_columns(sheet.rows[body]) else body)


def _first_of_figures(sheet: Sheet, lines: Sequence[Sequence[str]]) -> int | None:
    """The first row that is no header any more: it has a figure, or years below years, or a label and missing signs."""
    years: set[int] = set()
    for at, line in enumerate(lines):
        if _filled(line) < 2:
            continue
        cells = sheet.rows[at]
        here = {place for place, text in enumerate(line) if text and len(text) <= 12 and period_of(text)}
        if any(is_figure(cell) for cell in cells):
            return at
        if here & years and line[0]:
            return at
        said = [text for place, text in enumerate(line) if text and place]
        if years | here and line[0] and said and all(look_at(text) == "missing" for text in said):
            return at
        years |= here
    return None


def _header_above(sheet: Sheet, lines: Sequence[Sequence[str]], body: int) -> tuple[int, ...]:
    """The rows above the first figures, upwards to a blank row or to a title that stands alone."""
    found: list[int] = []
    for at in range(body - 1, -1, -1):
        line = lines[at]
        if not any(line):
            if found:
                break
            continue
        alone = _filled(line) == 1
        if alone and line[0] and (found or at == 0 or _filled(lines[at - 1]) < 2) and not _spans_some(sheet, at):
            if found:
                break
            continue
        found.append(at)
        if len(found) == DEEPEST:
            break
    return tuple(reversed(found))


def _spans_some(sheet: Sheet, at: int) -> bool:
    """Whether a single filled cell of the row is merged over some columns, but not over the whole width."""
    width = len(sheet.rows[at])
    row = sheet.first_row + at
    return any(top == row and 1 < right - left + 1 < width - 1 and left > 1 for top, left, _, right in sheet.merged)


def _counts_columns(cells: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 … or (1), (2), (3) …, perhaps after letters."""
    texts = [text.strip("()[] ") for cell in cells if (text := text_of(cell))]
    numbers = [int(text) for text in texts if text.isdecimal()]
    letters = [text for text in texts if not text.isdecimal()]
    return (
        len(numbers) > 1
        and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        and numbers[0] in (1, 2)
        and all(len(text) == 1 and text.isupper() for text in letters)
    )


def _filled(line: Sequence[str]) -> int:
    return sum(map(bool, line))


def _is_hxl(line: Sequence[str]) -> bool:
    filled = [text for text in line if text]
    return len(filled) > 1 and sum(text.startswith("#") and len(text) > 2 for text in filled) >= 0.5 * len(filled)
