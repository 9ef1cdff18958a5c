"""Cells that say more than a number, such as 12.3 (10.1-14.5): the part of each that a pattern names."""

from __future__ import annotations

import re

from data_access.importing.mapping.cells import Objects, each, text_of
from data_access.importing.workbook import Cell


def taken(cells: Objects, pattern: str | None, part: str | int) -> Objects:
    """What group ``part`` of ``pattern`` finds in each cell that it matches as a whole.

    A cell that is a number, and a text that does not match, stay what they are: the whole cell is the number then, or
    is refused as none. Without ``pattern`` every cell stays.
    """
    if pattern is None:
        return cells
    compiled = re.compile(pattern)
    wanted = min(part, compiled.groups) if isinstance(part, int) else part

    def of_cell(cell: Cell) -> Cell:
        match = compiled.fullmatch(text_of(cell)) if isinstance(cell, str) else None
        return cell if match is None else match[wanted]

    return each(cells, of_cell)


def beside_value(cells: Objects, pattern: str, part: str) -> Objects:
    """What group ``part`` finds beside the value: nothing in a cell that the pattern does not match."""
    compiled = re.compile(pattern)

    def of_cell(cell: Cell) -> Cell:
        match = compiled.fullmatch(text_of(cell)) if isinstance(cell, str) else None
        return match[part] if match is not None else None

    return each(cells, of_cell)
