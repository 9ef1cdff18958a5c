"""Difference and ratio of two of the subgroups."""

from __future__ import annotations

import numpy as np

from data_access.measures.errors import MeasureUndefined
from data_access.measures.inequality.estimates import Defect, InequalityEstimate
from data_access.measures.inequality.question import Question
from data_access.measures.inequality.subgroups import Subgroups
from data_access.measures.intervals import normal_quantile

CODES = ("d", "r")


def answer(code: str, asked: Question) -> InequalityEstimate:
    """D = y₁ − y₂ or R = y₁/y₂ of the two subgroups that ``Subgroups.extremes`` names; R's interval is on the log."""
    subgroups = asked.subgroups
    one, other = subgroups.extremes()
    (y1, y2), (s1, s2) = subgroups.estimate[[one, other]].tolist(), subgroups.se[[one, other]].tolist()
    ties = not subgroups.ordered and _tied(subgroups, one, other)
    defects: tuple[Defect, ...] = ("several_answers_on_ties",) if ties else ()
    if code == "d":
        return asked.closed_form(
            code, y1 - y2, float(np.hypot(s1, s2)), equality=_equality(code, asked), defects=defects
        )
    if y2 == 0 or y1 == 0:
        raise MeasureUndefined(code, "a subgroup is at 0")
    value, se = y1 / y2, float(np.hypot(s1 / y1, s2 / y2))
    spread = float(np.exp(normal_quantile(asked.level) * se))
    bounds = value / spread, value * spread
    return asked.closed_form(code, value, se, bounds, equality=_equality(code, asked), defects=defects)


def _equality(code: str, asked: Question) -> float | None:
    """Largest minus smallest, or the geometric mean of largest over smallest, where no direction was set beforehand."""
    if not asked.can_say_equality or asked.subgroups.ordered or asked.subgroups.reference is not None:
        return None
    drawn = asked.resamples.as_equal.y
    high, low = drawn.max(axis=0), drawn.min(axis=0)
    return float(np.mean(high - low) if code == "d" else np.exp(np.mean(np.log(high / low))))


def _tied(subgroups: Subgroups, *positions: int) -> bool:
    y = subgroups.estimate
    return any(int(np.sum(y == y[at])) > 1 for at in positions if at != subgroups.reference)
