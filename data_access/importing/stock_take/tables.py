"""A sheet laid out as its mapping says: which cells are rows, which column means what, and where every cell went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data_access.importing.mapping.cells import letter, text_of, texts
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.schema import Table, Values
from data_access.importing.mapping.sheets import Body, body, find, select_rows
from data_access.importing.stock_take.entries import Account, ReadColumn
from data_access.importing.stock_take.hxl import tag_of
from data_access.importing.stock_take.personal import personal_findings
from data_access.importing.stock_take.schema import StockTakeColumn, StockTakeTable, Where
from data_access.importing.workbook import Cell, Sheet


@dataclass(frozen=True)
class LaidOut:
    """A sheet's rows as texts: ``cells[row][column]``, ``numbers`` the rows' numbers in the file.

    ``meant`` are the columns the mapping gives a meaning, by position; ``dropped`` those it leaves out.
    """

    sheet: str
    table: StockTakeTable
    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    meant: dict[int, StockTakeColumn]
    dropped: frozenset[int]
    columns: tuple[ReadColumn, ...]
    account: Account


def lay_out(sheet: Sheet, table: StockTakeTable, ledger: Ledger) -> LaidOut:
    """The rows of ``sheet``; what is refused, left out or not found goes to the ledger.

    A cell merged over several rows holds for each of them.
    """
    layout = Table(
        header_rows=table.header_rows,
        hxl_row=table.hxl_row,
        first_row=table.first_row,
        last_row=table.last_row,
        stop=table.stop,
        values=(Values(letter="A"),),
    )
    first = table.first_row or max((*table.header_rows, table.hxl_row or 0), default=0) + 1
    made = body(_unmerged(sheet, first), layout, ledger)
    tags = _tags(sheet, table.hxl_row, len(made.headers))
    meant: dict[int, StockTakeColumn] = {}
    for column in table.columns:
        for at in _find(made, column, tags, ledger):
            if at in meant:
                _twice(ledger, made.label(at))
            meant.setdefault(at, column)
    dropped = {at for rule in table.drop for at in _find(made, rule, tags, ledger)}
    harmless = {at for rule in table.harmless for at in _find(made, rule, tags, ledger)}
    for at in sorted(dropped & meant.keys()):
        _twice(ledger, made.label(at))
    rules = Table(
        header_rows=table.header_rows,
        values=(Values(letter="A"),),
        keep_rows=table.keep_rows,
        drop_rows=table.drop_rows,
    )
    chosen = select_rows(made, rules, ledger)
    personal = personal_findings(
        sheet,
        ledger.file,
        max(table.header_rows, default=sheet.first_row),
        first,
        made.headers,
        tags,
        dropped=dropped,
        mapped=meant.keys(),
        harmless=harmless,
    )
    ledger.found += personal
    columns = [texts(column) for column in chosen.columns]
    cells = tuple(zip(*columns, strict=True)) if columns else ()
    numbers = tuple(chosen.rows.tolist())
    filled = [any(row) for row in cells]
    account = _account(sheet, first, numbers, dropped, refused=bool(personal))
    _tell_dropped(table, made, tags, sheet, numbers, ledger)
    return LaidOut(
        sheet.name,
        table,
        made.headers,
        tuple(row for row, any_ in zip(cells, filled, strict=True) if any_),
        tuple(number for number, any_ in zip(numbers, filled, strict=True) if any_),
        {at: column for at, column in meant.items() if at not in dropped},
        frozenset(dropped),
        tuple(
            ReadColumn(
                sheet.name,
                letter(at),
                made.headers[at],
                tags[at],
                "dropped" if at in dropped else meant[at].means if at in meant else "",
                sum(bool(row[at]) for row in cells),
            )
            for at in range(len(made.headers))
        ),
        account,
    )


def not_read(sheet: Sheet) -> Account:
    """The account of a sheet that is not read."""
    filled = sum(text_of(cell) != "" for row in sheet.rows for cell in row)
    return Account(filled=filled, not_read=filled)


def added_up(accounts: Iterable[Account]) -> Account:
    """The sum of several accounts."""
    total = Account()
    for one in accounts:
        total = Account(
            total.filled + one.filled,
            total.above + one.above,
            total.kept + one.kept,
            total.dropped + one.dropped,
            total.not_read + one.not_read,
            total.refused + one.refused,
        )
    return total


def _account(sheet: Sheet, first: int, numbers: Iterable[int], dropped: set[int], *, refused: bool) -> Account:
    kept, found = set(numbers), Account()
    for number, row in enumerate(sheet.rows, sheet.first_row):
        for column, cell in enumerate(row):
            if text_of(cell) == "":
                continue
            above, read = number < first, number in kept
            found = replace(
                found,
                filled=found.filled + 1,
                above=found.above + above,
                dropped=found.dropped + (read and column in dropped),
                kept=found.kept + (read and column not in dropped and not refused),
                refused=found.refused + (read and column not in dropped and refused),
                not_read=found.not_read + (not above and not read),
            )
    return found


def _unmerged(sheet: Sheet, first: int) -> Sheet:
    rows: list[list[Cell]] | None = None
    for top, left, bottom, _right in sheet.merged:
        if bottom > top >= first:
            rows = rows or [list(row) for row in sheet.rows]
            value = rows[top - sheet.first_row][left - 1]
            for row in range(top + 1, min(bottom, sheet.first_row + len(rows) - 1) + 1):
                rows[row - sheet.first_row][left - 1] = value
    return sheet if rows is None else replace(sheet, rows=tuple(map(tuple, rows)))


def _tags(sheet: Sheet, row: int | None, width: int) -> tuple[str, ...]:
    at = -1 if row is None else row - sheet.first_row
    cells = [text_of(cell) for cell in sheet.rows[at]] if 0 <= at < len(sheet.rows) else []
    return tuple((*cells, *("" for _ in range(width)))[:width])


def _find(made: Body, where: Where, tags: tuple[str, ...], ledger: Ledger) -> list[int]:
    if where.tag is None:
        return find(made, where.selector(), ledger)
    wanted = tag_of(where.tag)
    has = [tag_of(tag) for tag in tags]
    found = [at for at, tag in enumerate(has) if wanted and tag and wanted.covers(tag)]
    exact = [at for at in found if has[at] == wanted]
    found = exact if len(exact) == 1 else found
    if not found and not where.optional:
        ledger.add(
            "refused",
            "column not found",
            "The mapping names an HXL tag that this sheet does not have.",
            "Correct the tag, or name the column by its header, or say 'optional: true'.",
            column=str(where)[:80],
            candidates=tuple(tag for tag in tags if tag),
        )
    if len(found) > 1:
        ledger.add(
            "refused",
            "column not clear",
            f"The tag stands {len(found)} times in this sheet ({', '.join(letter(at) for at in found)}).",
            "Add the attributes that tell the columns apart, or name the column by letter.",
            column=str(where)[:80],
        )
        return []
    return found


def _twice(ledger: Ledger, label: str) -> None:
    ledger.add(
        "refused",
        "column meant twice",
        "Two lines of the mapping mean the same column.",
        "Keep one of the two.",
        column=label,
    )


def _tell_dropped(
    table: StockTakeTable, made: Body, tags: tuple[str, ...], sheet: Sheet, numbers: Iterable[int], ledger: Ledger
) -> None:
    kept = set(numbers)
    for rule in table.drop:
        for at in _find(made, rule, tags, Ledger(ledger.file)):
            cells = sum(
                text_of(row[at]) != "" for number, row in enumerate(sheet.rows, sheet.first_row) if number in kept
            )
            ledger.add(
                "remark",
                "column dropped",
                f"{cells:,} filled cells were left out: {rule.because}",
                column=made.label(at),
            )
