"""A good choice of further cells for a large table: need by need the cheapest way out, then a repair.

For each need in turn a linear programme looks for a table that a reader cannot tell from the true one and that meets
the need; it moves cells that are hidden already for nothing, and others at their price. What it moves is hidden. The
choice is safe once every need has been met, because each keeps such a table of its own. The repair then shows each
figure again, dearest first, wherever all needs can still be met without it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from data_access.disclosure.departures import MET, Departures, Need, cancelling_rows, far, needs_of
from data_access.disclosure.problems import CannotBeProtected
from data_access.disclosure.programme import Programme, Row
from data_access.disclosure.table import Attacker, Flags, Floats, Indices, Table

MOVED = 1e-7
"""The least departure that counts as a move."""


def enough(table: Table, price: Floats) -> Flags:
    """Cells to hide, shape (m,): safe, nothing in it superfluous, at a low total ``price``, shape (m,), all above 0.

    Raises CannotBeProtected, naming the cells, when hiding everything that may be hidden would not be enough.
    """
    needs = needs_of(table)
    hidden, ways = _met_one_by_one(table, price, needs)
    return _repaired(table, price, needs, hidden, ways)


def _met_one_by_one(table: Table, price: Floats, needs: Sequence[Need]) -> tuple[Flags, Floats]:
    """Hidden cells, shape (m,), and for each need the departures that meet it, shape (needs, m)."""
    hidden, ways = table.unknown_anyway, np.zeros((len(needs), len(table)))
    moves = [_Moves(table, attacker) for attacker in table.attackers]
    short: dict[int, None] = {}
    waiting = dict(enumerate(needs))
    while waiting:
        number, need = next(iter(waiting.items()))
        del waiting[number]
        way = moves[need.attacker].cheapest(need, np.where(hidden, 0.0, price))
        if way is None:
            short[need.cell] = None
            continue
        ways[number] = way
        for other, like in tuple(waiting.items()):
            distance = like.sign * way[like.cell]
            if like.attacker == need.attacker and distance >= like.amount - MET:
                ways[other] = way * min(1.0, like.amount / distance)
                del waiting[other]
        moved = (np.abs(way) > MOVED) & ~hidden
        hidden |= np.isin(table.figure, table.figure[moved]) & table.may_hide
    if short:
        raise CannotBeProtected(table.names(short))
    return hidden, ways


class _Moves:
    """Departures as moves up and moves down, each at a price: columns 0…m−1 up, m…2m−1 down."""

    def __init__(self, table: Table, attacker: Attacker) -> None:
        self._size = len(table)
        movable = table.unknown_anyway | table.may_hide
        self._up = np.where(movable, far(table), 0.0)
        self._down = np.where(movable, table.values - attacker.floor, 0.0)
        rows = [
            Row(np.append(r.columns, r.columns + self._size), np.append(r.coefficients, -r.coefficients), 0.0, 0.0)
            for r in cancelling_rows(table)
        ]
        self._programme = Programme(np.zeros(2 * self._size), np.append(self._up, self._down), rows)

    def cheapest(self, need: Need, price: Floats) -> Floats | None:
        """Departures of least price that meet a need, shape (m,); None when there are none."""
        up, down = need.cell, need.cell + self._size
        self._programme.charge(np.append(price, price))
        self._programme.bound_one(up, need.upper, need.upper)
        self._programme.bound_one(down, -need.lower, -need.lower)
        optimum = self._programme.least()
        self._programme.bound_one(up, 0.0, self._up[need.cell])
        self._programme.bound_one(down, 0.0, self._down[need.cell])
        return None if optimum is None else optimum.columns[: self._size] - optimum.columns[self._size :]


def _repaired(table: Table, price: Floats, needs: Sequence[Need], hidden: Flags, ways: Floats) -> Flags:
    departures = [Departures(table, attacker) for attacker in table.attackers]
    sums = [np.array(relation.cells) for relation in table.relations]
    cell_of = np.array([need.cell for need in needs])
    number_of = {need: number for number, need in enumerate(needs)}
    chosen = hidden & table.may_hide
    figures = np.unique(table.figure[chosen])
    prices = np.bincount(table.figure, weights=np.where(chosen, price, 0.0))[figures]
    for figure in figures[np.argsort(-prices, kind="stable")]:
        shown = chosen & (table.figure == figure)
        leaning = np.flatnonzero((np.abs(ways[:, shown]) > MOVED).any(axis=1))
        doubt = _doubt(sums, hidden, shown)[cell_of[leaning]]
        doubtful_first = leaning[np.argsort(-doubt, kind="stable")].tolist()
        found = _met_without(departures, hidden & ~shown, [needs[number] for number in doubtful_first])
        if found is not None:
            hidden = hidden & ~shown
            for need, way in found.items():
                ways[number_of[need]] = way
    return hidden


def _doubt(sums: Sequence[Indices], hidden: Flags, shown: Flags) -> Floats:
    """How likely each cell is to need a figure, shape (m,): in a sum of both, the more the fewer are hidden beside."""
    doubt = np.zeros(hidden.size)
    for cells in sums:
        if shown[cells].any():
            doubt[cells] = np.maximum(doubt[cells], 1.0 / hidden[cells].sum())
    return doubt


def _met_without(departures: Sequence[Departures], hidden: Flags, needs: Sequence[Need]) -> dict[Need, Floats] | None:
    """Departures for each of these needs when only these cells are hidden; None when one cannot be met."""
    ways: dict[Need, Floats] = {}
    for number, one in enumerate(departures):
        one.hide(hidden)
        met = one.meet([need for need in needs if need.attacker == number], all_or_none=True)
        if met.short:
            return None
        ways |= met.ways
    return ways
