"""Finding the table in a sheet: which sheets, which headers, which rows, which columns are meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from data_access.importing.mapping.cells import Ints, Mask, Objects, holds, letter, objects, position, text_of, texts
from data_access.importing.mapping.fields import RowRule, Selector, SheetRule
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.schema import Table
from data_access.importing.workbook import Cell, Grid, Sheet, Workbook


@dataclass(frozen=True)
class Body:
    """The rows of a table: headers, one array a column, and the row numbers as the spreadsheet shows them."""

    headers: tuple[str, ...]
    columns: tuple[Objects, ...]
    rows: Ints

    def keep(self, mask: Mask) -> Body:
        """The rows where ``mask`` holds."""
        if mask.all():
            return self
        return Body(self.headers, tuple(column[mask] for column in self.columns), self.rows[mask])

    def label(self, column: int) -> str:
        """The column as a person finds it again."""
        return self.headers[column][-80:] or letter(column)


def chosen(workbook: Workbook, rule: SheetRule) -> list[tuple[Sheet, dict[str, str]]]:
    """The sheets a rule means, each with the parts its name says (``period`` …)."""
    if rule.name is not None:
        wanted = text_of(rule.name)
        return [(sheet, {}) for sheet in workbook.sheets if text_of(sheet.name) == wanted]
    if rule.position is not None:
        return [(sheet, {}) for sheet in workbook.sheets[rule.position - 1 : rule.position]]
    found = [(sheet, re.fullmatch(rule.pattern or "", sheet.name)) for sheet in workbook.sheets]
    return [(sheet, {k: v for k, v in m.groupdict().items() if v}) for sheet, m in found if m]


def headers(sheet: Sheet, rows: Iterable[int]) -> tuple[str, ...]:
    """The header of every column: the texts of the header rows joined by `` / ``, merged cells spread out."""
    wanted = sorted(rows)
    lines: dict[int, list[str]] = {}
    for row in wanted:
        at = row - sheet.first_row
        if 0 <= at < len(sheet.rows):
            lines[row] = [text_of(cell) for cell in sheet.rows[at]]
    for top, left, bottom, right in sheet.merged:
        if top not in lines or left > len(lines[top]):
            continue
        said = lines[top][left - 1]
        for row in range(top, min(bottom, max(lines)) + 1):
            for column in range(left - 1, min(right, len(lines[top]))) if row in lines else ():
                lines[row][column] = said
    found = []
    for column in range(max((len(line) for line in lines.values()), default=0)):
        parts: list[str] = []
        for row in lines:
            part = lines[row][column]
            if part and part not in parts[-1:]:
                parts.append(part)
        found.append(" / ".join(parts))
    return tuple(found)


def body(sheet: Sheet, table: Table, ledger: Ledger) -> Body:
    """The rows below the header up to the stop, blank rows taken away."""
    first = table.first_row or max((*table.header_rows, table.hxl_row or 0), default=0) + 1
    start = max(first - sheet.first_row, 0)
    end = len(sheet.rows) if table.last_row is None else max(table.last_row - sheet.first_row + 1, start)
    lines = sheet.rows[start:end]
    left_out = [line for line in sheet.rows[end:] if any(cell is not None and cell != "" for cell in line)]
    if table.stop is not None:
        stop = re.compile(table.stop)
        for at, line in enumerate(lines):
            said = next((text_of(cell) for cell in line if cell is not None and text_of(cell)), "")
            if said and stop.search(said):
                left_out += [after for after in lines[at:] if any(text_of(cell) for cell in after)]
                lines = lines[:at]
                break
    ledger.counted("rows after the table", [("rows below the end of the table were not read.", len(left_out))])
    made = _body(headers(sheet, table.header_rows), lines, start + sheet.first_row)
    blank = np.ones(len(made.rows), dtype=np.bool_)
    for column in made.columns:
        blank &= holds(column, lambda cell: cell is None or cell == "")
    return made.keep(~blank)


def _body(names: tuple[str, ...], lines: Sequence[tuple[Cell, ...]], first: int) -> Body:
    size = len(lines)
    columns = tuple(_columns(lines)) if size else ()
    names = (*names, *("" for _ in range(len(columns) - len(names))))
    if not size:
        columns = tuple(objects((), 0) for _ in names)
    return Body(names[: len(columns)], columns, np.arange(first, first + size, dtype=np.int64))


def _columns(lines: Sequence[tuple[Cell, ...]]) -> Iterator[Objects]:
    if not isinstance(lines, Grid):
        yield from (objects(cells, len(lines)) for cells in zip(*lines, strict=False))
        return
    for column in lines.columns:
        yield objects(column.cells, len(column.cells))[np.frombuffer(column.codes, dtype=np.intc)[lines.span]]


def find(made: Body, selector: Selector, ledger: Ledger, *, several: bool = False) -> list[int]:
    """The positions of the columns a selector means; a refusal goes to the ledger where it means none or too many."""
    if selector.letter is not None:
        at = position(selector.letter)
        found = [at] if at < len(made.headers) else []
    elif selector.pattern is not None:
        found = [at for at, name in enumerate(made.headers) if re.fullmatch(selector.pattern, name)]
    else:
        wanted = text_of(selector.header)
        found = [at for at, name in enumerate(made.headers) if name == wanted]
        found = found or [at for at, name in enumerate(made.headers) if name.rsplit(" / ", 1)[-1] == wanted]
    if not found and not selector.optional:
        near = difflib.get_close_matches(str(selector), made.headers, n=3)
        ledger.add(
            "refused",
            "column not found",
            "The mapping names a column that this sheet does not have.",
            "Correct the header in the mapping, or say 'optional: true'."
            + (f" Near: {'; '.join(near)}." if near else ""),
            column=str(selector)[:80],
            candidates=tuple(near),
        )
    if len(found) > 1 and not several:
        ledger.add(
            "refused",
            "column not clear",
            f"The mapping's column stands {len(found)} times in this sheet ({', '.join(letter(at) for at in found)}).",
            "Name it by letter, or by its whole header.",
            column=str(selector)[:80],
        )
        return []
    return found


def select_rows(made: Body, table: Table, ledger: Ledger) -> Body:
    """The rows that ``keep_rows`` and ``drop_rows`` leave; how many went, and why, goes to the ledger."""
    for rule, wanted in (*((r, True) for r in table.keep_rows), *((r, False) for r in table.drop_rows)):
        hits = _hits(made, rule, ledger)
        if hits is None:
            continue
        mask = hits if wanted else ~hits
        ledger.counted("rows left out", [(f"rows left out: {rule.because}", int((~mask).sum()))])
        made = made.keep(mask)
    return made


def _hits(made: Body, rule: RowRule, ledger: Ledger) -> Mask | None:
    found = find(made, rule, ledger)
    if not found:
        return None
    values = {text_of(value) for value in rule.values}
    return holds(texts(made.columns[found[0]]), values.__contains__)
