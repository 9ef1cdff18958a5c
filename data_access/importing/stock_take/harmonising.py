"""A who-does-what-where file becomes neutral rows: every filled cell kept, everything doubtful asked, all at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.sheets import chosen
from data_access.importing.resolution.outcomes import Resolved
from data_access.importing.stock_take.building import Building, Cells
from data_access.importing.stock_take.coordinates import coordinates
from data_access.importing.stock_take.entries import Account, StockTaken, StockTakeRow
from data_access.importing.stock_take.organisations import Organisations
from data_access.importing.stock_take.personal import RULE
from data_access.importing.stock_take.places import Areas, Placing
from data_access.importing.stock_take.schema import StockTakeMapping
from data_access.importing.stock_take.tables import LaidOut, added_up, lay_out, not_read
from data_access.importing.workbook import Workbook


def harmonise_stock_take(workbook: Workbook, mapping: StockTakeMapping, resolver: Areas) -> StockTaken:
    """Apply ``mapping`` to ``workbook``; ``resolver`` knows the areas of the countries (resolution.resolver.Resolver).

    Rows stand in file order. A row whose place is in question has no area until somebody answers. Where anything in
    the file identifies people and is not dropped, there are no rows at all. Nothing is raised for what a file holds.
    """
    ledger = Ledger(workbook.file)
    laid_out, unread = _laid_out(workbook, mapping, ledger)
    accounts = [one.account for one in laid_out] + unread
    columns = tuple(column for one in laid_out for column in one.columns)
    points = []
    for one in laid_out:
        ledger.sheet = one.sheet
        points.append(coordinates(one, ledger))
    if any(finding.rule == RULE for finding in ledger.found):
        return StockTaken((), tuple(ledger.found), columns, _refused(added_up(accounts)))
    cells = [(one, [Cells(one, row) for row in range(len(one.cells))]) for one in laid_out]
    pairs = [pair for _, rows in cells for each in rows for pair in each.pairs()]
    organisations = Organisations(pairs)
    ledger.sheet = ""
    held = _held(mapping, resolver, ledger)
    rows: list[StockTakeRow] = []
    for (one, each), where in zip(cells, points, strict=True):
        ledger.sheet = one.sheet
        lengths = {
            str(column.level): {str(level): length for level, length in column.lengths.items()}
            for column in one.meant.values()
            if column.level and column.lengths
        }
        placing = Placing(resolver, one.table.areas.finest, one.table.areas.overrides, lengths)
        building = Building(one, mapping.source.countries, held, organisations, placing, resolver, where)
        rows += [building.row(cell) for cell in each]
        building.tell(ledger)
    ledger.sheet = ""
    organisations.tell(ledger)
    _tell_repeats(rows, ledger)
    return StockTaken(tuple(rows), tuple(ledger.found), columns, added_up(accounts))


def _laid_out(workbook: Workbook, mapping: StockTakeMapping, ledger: Ledger) -> tuple[list[LaidOut], list[Account]]:
    found: list[LaidOut] = []
    read: set[str] = set()
    for number, table in enumerate(mapping.tables, 1):
        sheets = [sheet for sheet, _ in chosen(workbook, table.sheets)]
        ledger.sheet = ""
        if not sheets:
            ledger.add(
                "refused",
                "sheet not found",
                f"Table {number} of the mapping reads a sheet that the file does not have.",
                f"Correct 'sheets' in the mapping; the file has: {', '.join(s.name for s in workbook.sheets)[:300]}.",
                value=table.sheets.name or table.sheets.pattern or str(table.sheets.position),
            )
        for sheet in sheets:
            ledger.sheet = sheet.name
            if sheet.name in read:
                ledger.add(
                    "refused", "sheet read twice", "Two tables of the mapping read this sheet.", "Keep one of the two."
                )
                continue
            read.add(sheet.name)
            found.append(lay_out(sheet, table, ledger))
    ledger.sheet = ""
    left = {sheet.name: rule.because for rule in mapping.leave for sheet, _ in chosen(workbook, rule.sheet)}
    unread = []
    for sheet in workbook.sheets:
        if sheet.name in read:
            continue
        account = not_read(sheet)
        unread.append(account)
        if account.filled:
            because = left.get(sheet.name)
            ledger.add(
                "remark" if because else "question",
                "sheet not read",
                f"{account.filled:,} filled cells are not read{f': {because}' if because else '.'}",
                "" if because else "Add a table for the sheet, or leave it with a reason: leave, sheet, because.",
                value=sheet.name,
            )
    return found, unread


def _refused(account: Account) -> Account:
    return replace(account, kept=0, refused=account.refused + account.kept)


def _held(mapping: StockTakeMapping, resolver: Areas, ledger: Ledger) -> frozenset[str]:
    """The countries of the mapping that the product has areas of; a question for each other one."""
    held = set()
    for country in mapping.source.countries:
        if isinstance(resolver.area(country, "country"), Resolved):
            held.add(country)
            continue
        ledger.add(
            "question",
            "unknown country",
            "The country is not among those of this deployment, so that no place can be looked up.",
            f"Add it: python3 manage.py country add {country} (see docs/new-country.md).",
            value=country,
        )
    return frozenset(held)


def _tell_repeats(rows: list[StockTakeRow], ledger: Ledger) -> None:
    counts = Counter(replace(row, row=0) for row in rows)
    repeats = sum(count - 1 for count in counts.values())
    ledger.counted("rows repeated", [("rows repeat an earlier row in every cell; all are kept.", repeats)])
