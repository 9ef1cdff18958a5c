"""Where a table ends."""

from __future__ import annotations

from data_access.importing.workbook import Cell


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
