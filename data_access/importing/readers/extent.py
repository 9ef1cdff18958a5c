"""How far a sheet reaches, known before any parser lays it out as a rectangle."""

from __future__ import annotations

from dataclasses import dataclass, field

from data_access.importing.readers.limits import Limits
from data_access.importing.readers.problems import CellFarAway, TooManyCells

CELLS_NAMED = 20
SPARSE = 20
"""A rectangle with more than this many places to each filled cell is immense because of a stray cell."""


@dataclass(slots=True)
class Extent:
    """What is written in a sheet, rows and columns from 1. ``errors`` are cells such as #REF!, by row and column;
    ``uncomputed`` the names of cells with a formula whose result was never computed."""

    sheet: str
    filled: int = 0
    first_row: int = 0
    last_row: int = 0
    last_column: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)

    def add_area(self, top: int, bottom: int, right: int, *, filled: int = 1) -> None:
        """``filled`` cells are written between these rows, up to the column ``right``."""
        self.filled += filled
        self.first_row = min(top, self.first_row or top)
        self.last_row = max(bottom, self.last_row)
        self.last_column = max(right, self.last_column)

    def remarks(self) -> list[str]:
        """What a person should know of cells that are read as empty and are not."""
        if not self.uncomputed:
            return []
        named = ", ".join(self.uncomputed[:CELLS_NAMED])
        more = f" and {len(self.uncomputed) - CELLS_NAMED:,} more" if len(self.uncomputed) > CELLS_NAMED else ""
        said = f"Sheet {self.sheet!r}: formulas without a result are read as empty, in {named}{more}. "
        return [f"{said}Open the file in a spreadsheet program and save it, so that they are computed."]

    def check(self, file: str, limits: Limits) -> None:
        """Pass a sheet that is not too large. Raises CellFarAway or TooManyCells."""
        rows, columns = self.last_row - self.first_row + 1, self.last_column
        if rows * columns <= limits.spreadsheet_cells and rows <= limits.rows and columns <= limits.columns:
            return
        size = f"sheet {self.sheet!r} reaches over {rows:,} rows and {columns:,} columns"
        if self.filled * SPARSE < rows * columns:
            raise CellFarAway(
                file,
                f"{size} (to {place(self.last_row, self.last_column)}), but has only {self.filled:,} filled cells: some"
                " of them stand far from the rest.",
            )
        raise TooManyCells(
            file,
            f"{size}; at most {limits.spreadsheet_cells:,} cells in {limits.rows:,} rows and {limits.columns:,} columns"
            " are read.",
        )


def place(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: ``place(3, 28)`` → "AB3"."""
    letters = ""
    while column > 0:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"
