"""The fewest further cells that protect a table."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter

import numpy as np

from data_access.disclosure.covering import Covering
from data_access.disclosure.programme import SolverFailed
from data_access.disclosure.table import Flags


@dataclass(frozen=True, slots=True, eq=False)
class Fewest:
    """The cheapest safe choice.

    ``unknown``: its hidden cells, shape (m,), None when the time was up. ``bound``: what no safe choice undercuts.
    """

    unknown: Flags | None
    bound: float


def fewest(covering: Covering, *, seconds: float) -> Fewest:
    """Choose whole figures, attack the choice, learn what it broke, until it is safe: then it is the cheapest there is.

    Every row learnt holds for all safe choices, so that the cheapest choice within the rows never costs more than the
    cheapest safe one.
    """
    end = perf_counter() + seconds
    programme, bound = covering.programme(whole=True), 0.0
    while (left := end - perf_counter()) > 0:
        try:
            optimum = programme.least(seconds=left)
        except SolverFailed:
            break
        if optimum is None:
            raise SolverFailed("infeasible")
        bound = optimum.bound
        if not optimum.proven:
            break
        chosen = np.round(optimum.columns)
        learnt = covering.learn(chosen)
        if not learnt:
            return Fewest(covering.unknown(chosen) > 0.5, bound)
        programme.add(learnt)
    return Fewest(None, bound)
