"""Shares, means and ratios written as sums of one score a person, from which every variance here is computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.measures.arrays import Flags, Floats
from data_access.measures.categories import Codes
from data_access.measures.errors import MeasureUndefined
from data_access.measures.survey.design import Design
from data_access.measures.survey.errors import NoOneAsked


@dataclass(frozen=True, slots=True)
class Linearised:
    """A share, mean or ratio of one group of m people: value, their positions and scores (m,), and the variance.

    ``alike``: everyone in the group gave the same answer, so the variance of 0 says nothing.
    """

    value: float
    rows: Codes
    scores: Floats
    variance: float
    alike: bool

    @property
    def n(self) -> int:
        """People in the group who answered and have a weight."""
        return int(self.rows.size)


def linearised(design: Design, answers: Floats, members: Flags) -> Linearised:
    """Weighted mean of ``members`` (n,) with scores u = w(y − p)/Σw. Raises NoOneAsked."""
    rows = _rows(members)
    weight, own = design.weight[rows], answers[rows]
    if np.ptp(own) == 0:
        return Linearised(float(own[0]), rows, np.zeros_like(own), 0.0, True)
    total = float(weight.sum())
    value = float(weight @ own) / total
    scores = weight * (own - value) / total
    return Linearised(value, rows, scores, design.variance(rows, scores), False)


def linearised_ratio(design: Design, top: Floats, bottom: Floats, members: Flags) -> Linearised:
    """R = Σw·top/Σw·bottom with scores u = w(top − R·bottom)/Σw·bottom. Raises NoOneAsked, MeasureUndefined."""
    rows = _rows(members)
    weight, above, below = design.weight[rows], top[rows], bottom[rows]
    total = float(weight @ below)
    if total == 0:
        raise MeasureUndefined("ratio", "the denominator adds up to 0")
    value = float(weight @ above) / total
    residual = above - value * below
    alike = bool(np.abs(residual).max() <= 1e-12 * np.abs(above).max())
    scores = weight * residual / total
    return Linearised(value, rows, scores, 0.0 if alike else design.variance(rows, scores), alike)


def _rows(members: Flags) -> Codes:
    rows = np.flatnonzero(members)
    if rows.size == 0:
        raise NoOneAsked
    return rows
