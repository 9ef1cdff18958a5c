"""Shares, means and ratios written as sums of one score a person, from which every variance here is computed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.measures.arrays import Flags, Floats
from data_access.measures.errors import MeasureUndefined
from data_access.measures.survey.design import Design
from data_access.measures.survey.errors import NoOneAsked


@dataclass(frozen=True, slots=True)
class Linearised:
    """A share, mean or ratio of one group: value, who is in it (n,), scores (n,) and their variance.

    ``alike``: everyone in the group gave the same answer, so the variance of 0 says nothing.
    """

    value: float
    members: Flags
    scores: Floats
    variance: float
    alike: bool

    @property
    def n(self) -> int:
        """People in the group who answered and have a weight."""
        return int(np.count_nonzero(self.members))


def linearised(design: Design, answers: Floats, members: Flags) -> Linearised:
    """Weighted mean of ``members`` with scores u = w(y − p)/Σw. Raises NoOneAsked."""
    if not members.any():
        raise NoOneAsked
    inside = np.where(members, design.weight, 0.0)
    total = float(inside.sum())
    own = answers[members]
    if np.ptp(own) == 0:
        return Linearised(float(own[0]), members, np.zeros_like(inside), 0.0, True)
    value = float(inside @ answers) / total
    scores = inside * (answers - value) / total
    return Linearised(value, members, scores, design.variance(scores), False)


def linearised_ratio(design: Design, top: Floats, bottom: Floats, members: Flags) -> Linearised:
    """R = Σw·top/Σw·bottom with scores u = w(top − R·bottom)/Σw·bottom. Raises NoOneAsked, MeasureUndefined."""
    if not members.any():
        raise NoOneAsked
    inside = np.where(members, design.weight, 0.0)
    total = float(inside @ bottom)
    if total == 0:
        raise MeasureUndefined("ratio", "the denominator adds up to 0")
    value = float(inside @ top) / total
    residual = top - value * bottom
    largest = float(np.abs(top[members]).max())
    alike = bool(np.abs(residual[members]).max() <= 1e-12 * largest)
    scores = inside * residual / total
    return Linearised(value, members, scores, 0.0 if alike else design.variance(scores), alike)
