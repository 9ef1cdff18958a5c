"""A partner's file as it was read: sheets of cells, nothing understood yet, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from data_access.importing.grid import Cell, Grid, GridColumn

__all__ = ["Cell", "FileKind", "Grid", "GridColumn", "Sheet", "Workbook"]
FileKind = Literal["csv", "xlsx", "xls", "ods", "sdmx-ml"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows[i][j]`` is the cell in row ``first_row + i`` and column j, both as a spreadsheet counts from 1.

    Rows are padded to one width; a CSV keeps them as a ``Grid``. ``merged`` cells (top, left, bottom, right, from 1)
    hold their value in the top left one only. ``hidden`` sheets are read like others.
    """

    name: str
    rows: Sequence[tuple[Cell, ...]]
    first_row: int = 1
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file with its sheets; ``remarks`` say what reading had to decide (encoding, separator, decimal comma)."""

    file: str
    kind: FileKind
    sha256: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name. Raises KeyError."""
        return {sheet.name: sheet for sheet in self.sheets}[name]
