"""The rows of a large sheet, kept by column: every distinct cell of a column once, however often it stands there."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import overload

Cell = str | float | int | bool | date | None
AT_ONCE = 10_000
"""Rows laid out at a time when somebody walks through all of them."""


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its distinct ``cells``, and for every row (``codes``) the place of its own among them."""

    codes: array[int]
    cells: Sequence[Cell]


class Grid(Sequence[tuple[Cell, ...]]):
    """What a tuple of rows would hold, in a tenth of the memory; rows are laid out as they are asked for.

    A slice of consecutive rows is a view of the same columns.
    """

    __slots__ = ("_from", "_to", "columns")

    def __init__(self, columns: Sequence[GridColumn], first: int = 0, end: int | None = None) -> None:
        self.columns = tuple(columns)
        self._from = first
        self._to = end if end is not None else min((len(column.codes) for column in columns), default=0)

    @property
    def span(self) -> slice:
        """Which of the columns' codes are rows of this grid."""
        return slice(self._from, self._to)

    def __len__(self) -> int:
        return self._to - self._from

    @overload
    def __getitem__(self, at: int) -> tuple[Cell, ...]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[tuple[Cell, ...]]: ...

    def __getitem__(self, at: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step == 1:
                return Grid(self.columns, self._from + start, self._from + max(start, stop))
            return tuple(self[place] for place in range(start, stop, step))
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError("the sheet has no such row")
        place += self._from
        return tuple([column.cells[column.codes[place]] for column in self.columns])

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        for start in range(self._from, self._to, AT_ONCE):
            part = slice(start, min(start + AT_ONCE, self._to))
            yield from zip(*(map(c.cells.__getitem__, c.codes[part]) for c in self.columns), strict=True)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Grid, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __repr__(self) -> str:
        return f"<{len(self):,} rows of {len(self.columns)} columns, beginning {list(islice(self, 2))!r}>"
