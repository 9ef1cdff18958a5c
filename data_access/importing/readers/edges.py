"""Where a table ends."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.importing.workbook import Cell, Grid, GridColumn


def without_empty_edges(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The rows without empty ones at the end and without empty columns at the right; all of one width."""
    while rows and all(cell is None for cell in rows[-1]):
        rows.pop()
    width = max(map(_filled_width, rows), default=0)
    return tuple(row[:width] for row in rows) if rows and width < len(rows[0]) else tuple(rows)


def _filled_width(row: tuple[Cell, ...]) -> int:
    width = len(row)
    while width and row[width - 1] is None:
        width -= 1
    return width


def grid_without_empty_edges(columns: Sequence[GridColumn]) -> Grid:
    """The same of rows that are kept by column."""
    filled = [place for place, column in enumerate(columns) if any(cell is not None for cell in column.cells)]
    kept = columns[: filled[-1] + 1] if filled else ()
    end = len(kept[0].codes) if kept else 0
    while end and all(column.cells[column.codes[end - 1]] is None for column in kept):
        end -= 1
    return Grid(kept, 0, end)
