"""Another sheet of the file laid beside a table, row by row: where a survey's errors and sample sizes often stand."""

from __future__ import annotations

from typing import Any

import numpy as np

from data_access.importing.mapping.cells import Floats, texts
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.resolve import Resolve
from data_access.importing.mapping.rows import Rows
from data_access.importing.mapping.schema import MeasureColumn, Table, Values
from data_access.importing.mapping.sheets import Body, chosen, find
from data_access.importing.mapping.sheets import body as table_body
from data_access.importing.workbook import Workbook


class Beside:
    """A table laid beside: for every row of ours, the row of it whose ``on`` cells say the same."""

    def __init__(
        self, workbook: Workbook, table: Table, ours: Body, name: str, resolve: Resolve, ledger: Ledger
    ) -> None:
        self._ours, self._ledger, rule = ours, ledger, table.beside[name]
        found = chosen(workbook, rule.sheet)
        if not found:
            ledger.add(
                "refused", "sheet not found", "A sheet to be laid beside is not in the file.", "Correct 'beside'.",
                value=name,
            )  # fmt: skip
            self.rows: Rows | None = None
            return
        sheet = found[0][0]
        layout = Table(header_rows=rule.header_rows, first_row=rule.first_row, values=(Values(letter="A"),))
        made = table_body(sheet, layout, Ledger(ledger.file))
        keys, theirs = self._keys(ours, rule.to or rule.on), self._keys(made, rule.on)
        places: dict[str, int] = {}
        doubled: set[str] = set()
        for place, key in enumerate(theirs):
            if key in places:
                doubled.add(key)
            places.setdefault(key, place)
        wanted = [key for key in keys if key in doubled]
        if wanted:
            ledger.add(
                "refused",
                "rows beside not clear",
                f"{len(wanted)} rows match several rows of sheet {sheet.name!r}.",
                "Add a column to 'on' that tells them apart.",
                value=wanted[0].replace("\x1f", " · "),
            )
        self.at = np.array([-1 if key in doubled else places.get(key, -1) for key in keys], dtype=np.int64)
        ledger.counted("rows beside", [(f"rows have no row in sheet {sheet.name!r}.", int((self.at < 0).sum()))])
        self.rows = Rows(made, table, resolve, ledger)

    def numbers(self, column: MeasureColumn) -> Floats:
        """A column of the table beside as numbers, one for every row of ours (NaN where none matches)."""
        if self.rows is None:
            return np.full(len(self._ours.rows), np.nan)
        at = find(self.rows.made, column, self._ledger)
        if not at:
            return np.full(len(self.at), np.nan)
        used = np.zeros(len(self.rows.made.rows), dtype=np.bool_)
        used[self.at[self.at >= 0]] = True
        only = Rows(self.rows.made.keep(used), self.rows.table, self.rows.resolve, self._ledger)
        read = np.full(len(used) + 1, np.nan)
        read[:-1][used] = only.numbers(at[0], take=column.take)
        matched: Floats = read[self.at]
        return matched

    def _keys(self, made: Body, selectors: tuple[Any, ...]) -> list[str]:
        found = [at[0] for selector in selectors if (at := find(made, selector, self._ledger))]
        return ["\x1f".join(parts) for parts in zip(*(texts(made.columns[at]) for at in found), strict=True)]
