"""Tables that look the same to a reader: how far a small cell may depart from its true value unnoticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.disclosure.blocks import cancelling
from data_access.disclosure.programme import Optimum, Programme, Row, SolverFailed
from data_access.disclosure.table import Attacker, Flags, Floats, Table

MET = 1e-6
"""How far a departure found by the solver may fall short of the one needed."""

DOUBTFUL = 6
"""So many needs are tried alone before many are tried together, where one that fails ends the matter."""


@dataclass(frozen=True, slots=True)
class Need:
    """An attacker must be unable to exclude that a small cell is ``amount`` larger (``sign`` 1) or smaller (−1)."""

    attacker: int
    cell: int
    sign: float
    amount: float

    @property
    def lower(self) -> float:
        """Least departure that is of use."""
        return min(0.0, self.sign * self.amount)

    @property
    def upper(self) -> float:
        """Greatest departure that is of use."""
        return max(0.0, self.sign * self.amount)


def needs_of(table: Table) -> tuple[Need, ...]:
    """What the small cells of a table need, attacker by attacker."""
    return tuple(
        Need(number, cell, sign, float(amount[cell]))
        for number, attacker in enumerate(table.attackers)
        for sign, amount in ((1.0, attacker.above), (-1.0, attacker.below))
        for cell in np.flatnonzero(amount).tolist()
    )


def far(table: Table) -> float:
    """A departure larger than any that matters in this table."""
    return 2.0 * float(table.values.max(initial=0.0)) + 1000.0


def cancelling_rows(table: Table) -> list[Row]:
    """Every sum of the table, as a row over all its cells."""
    return [cancelling(r.cells, (-1.0, *(1.0 for _ in r.parts))) for r in table.relations]


@dataclass(frozen=True, slots=True, eq=False)
class Met:
    """For each need that can be met, departures that meet it, shape (m,); for each other, how far it could get."""

    ways: dict[Need, Floats]
    short: dict[Need, Optimum]


class Departures:
    """An attacker's programme over all cells of a table, asked again and again with other cells hidden."""

    def __init__(self, table: Table, attacker: Attacker) -> None:
        self._down, self._far = table.values - attacker.floor, far(table)
        self._lower: Floats = np.zeros(len(table))
        self._upper: Floats = np.zeros(len(table))
        self._programme = Programme(self._lower, self._upper, cancelling_rows(table))

    def hide(self, hidden: Floats | Flags, reach: Floats | None = None) -> None:
        """Let hidden cells depart, down to their floor and up by ``reach`` (None: any distance).

        A cell hidden by a share, from 0 to 1, departs by that share of both.
        """
        room: Floats = hidden.astype(np.float64)
        self._lower, self._upper = -self._down * room, (self._far if reach is None else reach) * room
        self._programme.bound(self._lower, self._upper)

    def farthest(self, need: Need) -> Optimum:
        """The table in which a small cell departs farthest, but no farther than needed; ``objective`` is −distance."""
        self._programme.charge_one(need.cell, -need.sign)
        self._programme.bound_one(need.cell, need.lower, need.upper)
        optimum = self._programme.least()
        self._programme.charge_one(need.cell, 0.0)
        self._programme.bound_one(need.cell, self._lower[need.cell], self._upper[need.cell])
        if optimum is None:
            raise SolverFailed("infeasible")
        return optimum

    def meet(self, needs: Sequence[Need], *, all_or_none: bool = False) -> Met:
        """A table for each need that can be met, found for many needs at once wherever one table serves them.

        ``all_or_none``: stop at the first need that cannot be met; give the doubtful ones first.
        """
        waiting = dict.fromkeys(needs)
        found = Met({}, {})
        if all_or_none:
            for need in needs[:DOUBTFUL]:
                if need in waiting and not self._meet_one(need, waiting, found):
                    return found
        while len(waiting) > 2 and self._accept(self._toward(tuple(waiting)), waiting, found) * 10 > len(waiting):
            pass
        while waiting and not (all_or_none and found.short):
            self._meet_one(next(iter(waiting)), waiting, found)
        return found

    def _meet_one(self, need: Need, waiting: dict[Need, None], found: Met) -> bool:
        """Whether a need can be met; what is found serves others that are waiting, too."""
        optimum = self.farthest(need)
        met = -optimum.objective >= need.amount - MET
        if not met:
            found.short[need] = optimum
            del waiting[need]
        self._accept(optimum.columns, waiting, found)
        return met

    def _accept(self, columns: Floats, waiting: dict[Need, None], found: Met) -> int:
        """Take one table for all waiting needs that it meets, shrunk to what each needs; how many there were."""
        before = len(waiting)
        for need in tuple(waiting):
            distance = need.sign * float(columns[need.cell])
            if distance >= need.amount - MET:
                found.ways[need] = columns * min(1.0, need.amount / distance)
                del waiting[need]
        return before - len(waiting)

    def _toward(self, needs: Sequence[Need]) -> Floats:
        """A table in which many small cells depart as they need, the first ones with preference."""
        cells = np.array([need.cell for need in needs])
        cost, lower, upper = np.zeros(self._lower.size), self._lower.copy(), self._upper.copy()
        cost[cells] = [-need.sign * (2.0 - number / len(needs)) for number, need in enumerate(needs)]
        upper[cells] = [min(upper[n.cell], n.upper) if n.sign > 0 else upper[n.cell] for n in needs]
        lower[cells] = [max(lower[n.cell], n.lower) if n.sign < 0 else lower[n.cell] for n in needs]
        self._programme.charge(cost)
        self._programme.bound(lower, upper)
        optimum = self._programme.least()
        self._programme.charge(np.zeros(cost.size))
        self._programme.bound(self._lower, self._upper)
        if optimum is None:
            raise SolverFailed("infeasible")
        return optimum.columns
