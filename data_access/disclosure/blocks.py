"""Hidden cells that hang together: what is said of one block says nothing of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.disclosure.programme import Row
from data_access.disclosure.table import Flags, Indices, Table


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Hidden cells linked by sums, as positions in the table, and those sums over positions in the block.

    A row says that the departures from the true values cancel: parts minus total is 0 in every table an attacker
    cannot exclude, as it is in the true one.
    """

    cells: Indices
    rows: tuple[Row, ...]


def blocks(table: Table, hidden: Flags) -> tuple[Block, ...]:
    """The blocks of the hidden cells, ordered by their first cell; a cell in no sum is a block by itself."""
    sums = _sums(table, hidden)
    leader = list(range(len(table)))

    def lead(position: int) -> int:
        while leader[position] != position:
            leader[position] = leader[leader[position]]
            position = leader[position]
        return position

    for cells, _ in sums:
        first = lead(cells[0])
        for other in cells[1:]:
            leader[lead(other)] = first
    members: dict[int, list[int]] = {}
    for position in np.flatnonzero(hidden).tolist():
        members.setdefault(lead(position), []).append(position)
    rows: dict[int, list[Row]] = {first: [] for first in members}
    place = {position: place for inside in members.values() for place, position in enumerate(inside)}
    for cells, signs in sums:
        rows[lead(cells[0])].append(cancelling([place[position] for position in cells], signs))
    return tuple(Block(np.array(inside), tuple(rows[first])) for first, inside in members.items())


def cancelling(columns: Sequence[int], signs: Sequence[float]) -> Row:
    """The row Σ sign · column = 0."""
    return Row(np.array(columns), np.array(signs, dtype=np.float64), 0.0, 0.0)


def _sums(table: Table, hidden: Flags) -> list[tuple[tuple[int, ...], tuple[float, ...]]]:
    """The hidden cells of each relation with their signs, each combination once."""
    found: dict[tuple[tuple[int, ...], tuple[float, ...]], None] = {}
    for relation in table.relations:
        inside = [
            (position, sign)
            for position, sign in zip(relation.cells, (-1.0, *(1.0 for _ in relation.parts)), strict=True)
            if hidden[position]
        ]
        if inside:
            found[tuple(p for p, _ in inside), tuple(s for _, s in inside)] = None
    return list(found)
