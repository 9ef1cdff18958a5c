"""Two groups of one survey set against each other.

They share sampling units and often people, so their estimates are not independent: the variance is that of the
difference of their scores, never the sum of their variances.
"""

from __future__ import annotations

from math import exp, sqrt

import numpy as np
from numpy.typing import ArrayLike

from data_access.measures.arrays import Stated
from data_access.measures.errors import MeasureUndefined
from data_access.measures.survey.design import Design
from data_access.measures.survey.results import WITHHELD_BELOW, IntervalKind, SurveyComparison, flags
from data_access.measures.survey.scores import Linearised, linearised
from data_access.measures.survey.student import t_quantile


def difference(
    design: Design,
    y: Stated,
    first: ArrayLike | None,
    second: ArrayLike | None,
    *,
    level: float = 0.95,
    withheld_below: int = WITHHELD_BELOW,
) -> SurveyComparison:
    """Share or mean of ``y`` in the first group minus that in the second, ± t·SE, from the joint scores u₁ − u₂.

    ``y`` (n,) numbers, None for no answer; ``first`` and ``second`` (n,) who belongs to each, None for everyone: a
    group against the total it lies in is allowed. A group in which everyone answers alike adds no variance, so the
    interval is then too narrow and the flag "review" is set; where both are such, there is no interval.

    Raises NoOneAsked, ValueMissing, ValueOutOfRange, LengthsDiffer.

    Source: Kish and Frankel (1974); Lumley (2010), chapter 2.
    """
    a, b = _both(design, y, first, second)
    return _comparison(design, a, b, a.value - b.value, 1.0, 1.0, level, withheld_below, "wald")


def ratio_of_groups(
    design: Design,
    y: Stated,
    first: ArrayLike | None,
    second: ArrayLike | None,
    *,
    level: float = 0.95,
    withheld_below: int = WITHHELD_BELOW,
) -> SurveyComparison:
    """Share or mean of ``y`` in the first group over that in the second: exp(ln r ± t·SE), scores u₁/p₁ − u₂/p₂.

    ``se`` is that of ln r. Arguments and errors as ``difference``, and MeasureUndefined unless both are above 0.
    """
    a, b = _both(design, y, first, second)
    if a.value <= 0 or b.value <= 0:
        raise MeasureUndefined("ratio", "a group is not above 0")
    return _comparison(design, a, b, a.value / b.value, 1 / a.value, 1 / b.value, level, withheld_below, "log")


def _both(
    design: Design, y: Stated, first: ArrayLike | None, second: ArrayLike | None
) -> tuple[Linearised, Linearised]:
    answers, given = design.answers("y", y)
    a = linearised(design, answers, design.members("first", first) & given)
    return a, linearised(design, answers, design.members("second", second) & given)


def _comparison(
    design: Design,
    a: Linearised,
    b: Linearised,
    value: float,
    by_a: float,
    by_b: float,
    level: float,
    withheld_below: int,
    kind: IntervalKind,
) -> SurveyComparison:
    rows = np.concatenate([a.rows, b.rows])
    df = design.degrees_of_freedom(rows)
    said = flags(min(a.n, b.n), df, withheld_below, alike=a.alike or b.alike)
    t = t_quantile(level, max(df, 1))
    if "withheld" in said:
        return SurveyComparison(None, None, None, None, level, "none", (a.n, b.n), df, said, design.assumed)
    if df < 1 or (a.alike and b.alike):
        return SurveyComparison(value, None, None, None, level, "none", (a.n, b.n), df, said, design.assumed)
    se = sqrt(design.variance(rows, np.concatenate([by_a * a.scores, -by_b * b.scores])))
    half = t * se
    bounds = (value - half, value + half) if kind == "wald" else (value * exp(-half), value * exp(half))
    return SurveyComparison(value, se, *bounds, level, kind, (a.n, b.n), df, said, design.assumed)
