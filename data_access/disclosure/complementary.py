"""Which further cells must be hidden so that no small one can be recomputed from what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data_access.disclosure.covering import Covering
from data_access.disclosure.exact import fewest
from data_access.disclosure.greedy import enough
from data_access.disclosure.problems import LengthsDiffer, WorthNotPositive
from data_access.disclosure.table import Flags, Floats, Table

SMALL = 200
"""Tables of up to so many cells are solved exactly."""

LEAST_PRICE = 0.1
"""What the greedy choice pays for a figure that the choice by shares hides wholly, as a part of its cost."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The cells to hide, shape (m,), small ones and others alike, and what that costs.

    ``cost`` counts what is hidden for another's sake only; ``bound`` is what no safe choice undercuts.
    """

    hidden: Flags
    method: Literal["nothing to protect", "exact", "greedy"]
    cost: float
    bound: float


def choose(table: Table, *, worth: Floats | None = None, exact_up_to: int = SMALL, seconds: float = 20.0) -> Choice:
    """Hide as little as possible: exactly in small tables, nearly in large ones or when the time is up.

    ``worth``, shape (m,), all above 0: what readers miss when a cell is hidden. None counts figures, and prefers the
    smaller count among equals. The greedy choice is priced by the relaxed solution: what that hides, it gets cheaply.

    Raises CannotBeProtected, naming the cells, when hiding everything that may be hidden would not be enough, and
    LengthsDiffer or WorthNotPositive for a ``worth`` that does not say of each cell what it is worth.
    """
    if worth is not None:
        _check_worth(table, worth)
    must = table.must_hide
    if not table.needy.any():
        return Choice(must, "nothing to protect", 0.0, 0.0)
    cost = _one_a_figure(table) if worth is None else worth
    covering = Covering(table, cost)
    shares = covering.by_shares()
    bound = shares.cost
    if len(table) <= exact_up_to:
        found = fewest(covering, seconds=seconds)
        bound = max(bound, found.bound)
        if found.unknown is not None:
            return Choice(found.unknown | must, "exact", _spent(cost, found.unknown, must), bound)
    unknown = enough(table, cost * (1.0 + LEAST_PRICE - shares.unknown))
    return Choice(unknown | must, "greedy", _spent(cost, unknown, must), bound)


def _check_worth(table: Table, worth: Floats) -> None:
    if np.shape(worth) != (len(table),):
        raise LengthsDiffer("worth", np.shape(worth), len(table))
    wrong = np.flatnonzero(~((worth > 0) & np.isfinite(worth)))
    if wrong.size:
        raise WorthNotPositive(table.names(wrong[:1])[0], float(worth[wrong[0]]))


def _one_a_figure(table: Table) -> Floats:
    """1 for each figure, whatever the number of its cells, and so little for its size that it only settles ties."""
    cells = np.maximum(1, np.bincount(table.figure, weights=table.may_hide))[table.figure]
    size = np.log1p(table.values) / np.log1p(max(1.0, float(table.values.max())))
    cost: Floats = (1.0 + size / len(table)) / cells
    return cost


def _spent(cost: Floats, unknown: Flags, must: Flags) -> float:
    return float(cost[unknown & ~must].sum())
