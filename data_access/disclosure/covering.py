"""Which figures to hide, as a programme that learns what it must cover from the attackers it fails to stop.

One column a figure that may be hidden. A row says that hidden figures must make enough room for one small cell: after a
choice is attacked and a need found unmet, the attacker's prices say which figures could have made room, and how much.

Source: Fischetti and Salazar-González, Mathematical Programming 84 (1999) and Management Science 47 (2001).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.disclosure.departures import MET, Departures, Need, far, needs_of
from data_access.disclosure.problems import CannotBeProtected
from data_access.disclosure.programme import Optimum, Programme, Row, SolverFailed
from data_access.disclosure.table import Floats, Table

ROUNDS = 30
BROKEN = 1e-3
"""How far a row must be broken to be worth adding."""


@dataclass(frozen=True, slots=True, eq=False)
class Shares:
    """The cheapest choice when figures may be hidden by shares: a share for each cell, shape (m,), and its cost.

    No choice of whole figures costs less.
    """

    unknown: Floats
    cost: float


class Covering:
    """The choice of figures for one table at a cost for each cell, shape (m,), and the rows learnt so far."""

    def __init__(self, table: Table, cost: Floats) -> None:
        """Raises CannotBeProtected, naming the cells, when hiding everything that may be hidden is not enough."""
        self.table = table
        self._needs, self._far = needs_of(table), far(table)
        self._departures = [Departures(table, attacker) for attacker in table.attackers]
        self._free = table.may_hide
        figures, columns = np.unique(table.figure[self._free], return_inverse=True)
        self._column = np.full(len(table), -1)
        self._column[self._free] = columns
        self.cost: Floats = np.bincount(columns, weights=cost[self._free], minlength=figures.size).astype(np.float64)
        short = self._short(np.ones(figures.size), None)
        if short:
            raise CannotBeProtected(table.names(dict.fromkeys(need.cell for need in short)))
        self.rows = self._rows_of_sums()

    def programme(self, *, whole: bool) -> Programme:
        """The programme as far as its rows are known, for choices of whole figures or of shares."""
        programme = Programme(np.zeros(self.cost.size), np.ones(self.cost.size), self.rows, whole=whole)
        programme.charge(self.cost)
        return programme

    def by_shares(self) -> Shares:
        """Learn rows while figures may be hidden by shares, which is quick."""
        programme = self.programme(whole=False)
        reach = np.where(self._free, max((need.amount for need in self._needs), default=0.0), self._far)
        optimum = _cheapest(programme)
        for _ in range(ROUNDS):
            learnt = self.learn(optimum.columns, reach)
            if not learnt:
                break
            programme.add(learnt)
            optimum = _cheapest(programme)
        return Shares(self.unknown(optimum.columns), optimum.objective)

    def unknown(self, chosen: Floats) -> Floats:
        """How far each cell is unknown, 0 to 1, shape (m,), when figures are chosen so, shape (figures,)."""
        hidden = self.table.unknown_anyway.astype(np.float64)
        hidden[self._free] = chosen[self._column[self._free]]
        return hidden

    def learn(self, chosen: Floats, reach: Floats | None = None) -> list[Row]:
        """Rows that a choice breaks, one for each need it does not meet; none for a safe choice of whole figures."""
        rows = [self._row(need, optimum) for need, optimum in self._short(chosen, reach).items()]
        learnt = [r for r in rows if r is not None and float(r.coefficients @ chosen[r.columns]) < 1.0 - BROKEN]
        self.rows += learnt
        return learnt

    def _short(self, chosen: Floats, reach: Floats | None) -> dict[Need, Optimum]:
        """The needs that a choice does not meet, and how far each attacker gets."""
        hidden = self.unknown(chosen)
        short: dict[Need, Optimum] = {}
        for number, departures in enumerate(self._departures):
            departures.hide(hidden, reach)
            short.update(departures.meet([need for need in self._needs if need.attacker == number]).short)
        return short

    def _row(self, need: Need, optimum: Optimum) -> Row | None:
        """Σ coefficient · hidden ≥ 1: the room that figures make at the attacker's prices covers the need."""
        price, floor = -optimum.reduced, self.table.attackers[need.attacker].floor
        room = np.where(price > 0, price * self._far, -price * (self.table.values - floor))
        room[np.abs(price) < MET] = 0.0
        room[need.cell] = 0.0
        lacking = need.amount - float(room[self.table.unknown_anyway].sum())
        if lacking <= MET:
            return None
        made = np.bincount(self._column[self._free], weights=room[self._free], minlength=self.cost.size)
        columns = np.flatnonzero(made)
        return Row(columns, np.minimum(made[columns] / lacking, 1.0), 1.0, np.inf)

    def _rows_of_sums(self) -> list[Row]:
        """No cell of a sum is hidden alone: neither a small cell nor, where a figure is one cell, one hidden for it."""
        needy, always = self.table.needy, self.table.unknown_anyway
        alone = self._free & (np.bincount(self.table.figure)[self.table.figure] == 1)
        found = []
        for relation in self.table.relations:
            cells = np.array(relation.cells)
            for one in cells[needy[cells] | alone[cells]]:
                others = cells[cells != one]
                if always[others].any():
                    continue
                columns = np.unique(self._column[others[self._free[others]]])
                ones = np.ones(columns.size)
                if needy[one]:
                    found.append(Row(columns, ones, 1.0, np.inf))
                else:
                    found.append(Row(np.append(columns, self._column[one]), np.append(ones, -1.0), 0.0, np.inf))
        return found


def _cheapest(programme: Programme) -> Optimum:
    optimum = programme.least()
    if optimum is None:
        raise SolverFailed("infeasible")
    return optimum
