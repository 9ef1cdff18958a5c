"""Shares, means and ratios of people in a survey, by Taylor linearisation, with intervals on Student's t.

Answers that are None leave the person out of the estimate but not out of the design: groups are domains of the whole
sample, never a sample of their own.
"""

from __future__ import annotations

from collections.abc import Hashable
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from data_access.measures.arrays import Flags, Floats, Stated, require
from data_access.measures.categories import Labels, categories
from data_access.measures.errors import ValueOutOfRange
from data_access.measures.survey.bounds import clopper_pearson_bounds, logit_bounds
from data_access.measures.survey.design import Assumption, Design
from data_access.measures.survey.results import (
    WITHHELD_BELOW,
    DesignEffectFrom,
    Flag,
    IntervalKind,
    NoEstimate,
    SurveyEstimate,
    flags,
)
from data_access.measures.survey.scores import Linearised, linearised, linearised_ratio
from data_access.measures.survey.student import t_quantile


def proportion(
    design: Design,
    y: Stated,
    domain: ArrayLike | None = None,
    *,
    level: float = 0.95,
    deff: float | None = None,
    withheld_below: int = WITHHELD_BELOW,
) -> SurveyEstimate:
    """Share of a group for whom ``y`` is 1, with a logit interval: logit p ± t·SE/(p(1 − p)).

    ``y`` (n,) 1, 0, or None for no answer; ``domain`` (n,) who belongs to the group, None for everyone. Where everyone
    answered alike, p is 0 or 1 and the linearised variance is 0, which is not certainty: the interval is that of
    Clopper and Pearson on n/deff people. ``deff`` is the design effect for that case; without it, that of the same
    question over the whole sample, at least 1, or where the whole sample answered alike that of the weights. With no
    degree of freedom there is no interval. ``withheld_below`` people the value is withheld.

    Raises NoOneAsked, ValueMissing, ValueOutOfRange, LengthsDiffer.

    Source: Korn and Graubard (1998); logit interval as in Rust and Rao (1996).
    """
    answers, given = _yes_or_no(design, y)
    members = design.members("domain", domain) & given
    return _proportion(design, answers, given, linearised(design, answers, members), level, deff, withheld_below)


def proportions_by(
    design: Design,
    y: Stated,
    groups: Labels,
    *,
    level: float = 0.95,
    deff: float | None = None,
    withheld_below: int = WITHHELD_BELOW,
) -> dict[Hashable, SurveyEstimate | NoEstimate]:
    """``proportion`` of every group: ``groups`` (n,) one label a person, None for a person in no group.

    Raises what ``proportion`` raises, but for a group without answers, which comes out as NoEstimate.
    """
    answers, given = _yes_or_no(design, y)
    labelled = categories("groups", groups, design.people, none_allowed=True)
    asked = given & (design.weight > 0)
    found: dict[Hashable, SurveyEstimate | NoEstimate] = {}
    for code, label in enumerate(labelled.labels):
        members = asked & (labelled.codes == code)
        if not members.any():
            found[label] = NoEstimate(label)
            continue
        of_group = linearised(design, answers, members)
        found[label] = _proportion(design, answers, given, of_group, level, deff, withheld_below)
    return found


def mean(
    design: Design,
    y: Stated,
    domain: ArrayLike | None = None,
    *,
    level: float = 0.95,
    withheld_below: int = WITHHELD_BELOW,
) -> SurveyEstimate:
    """Weighted mean Σwy/Σw of a group, value ± t·SE, in the unit of ``y``. Arguments and errors as ``proportion``."""
    answers, given = design.answers("y", y)
    of_group = linearised(design, answers, design.members("domain", domain) & given)
    weight = design.weight[of_group.rows]
    spread = float(np.sum(weight * (answers[of_group.rows] - of_group.value) ** 2) / weight.sum())
    effect = of_group.variance * (of_group.n - 1) / spread if spread > 0 and of_group.n > 1 else None
    return _estimate(design, of_group, level, withheld_below, effect)


def ratio(
    design: Design,
    numerator: Stated,
    denominator: Stated,
    domain: ArrayLike | None = None,
    *,
    level: float = 0.95,
    withheld_below: int = WITHHELD_BELOW,
) -> SurveyEstimate:
    """Ratio of two totals R = Σw·numerator/Σw·denominator of a group (children enrolled per child of school age).

    Scores w(numerator − R·denominator)/Σw·denominator; value ± t·SE. A person without one of the two is left out.
    Raises what ``proportion`` raises, and MeasureUndefined where the denominator adds up to 0.
    """
    top, has_top = design.answers("numerator", numerator)
    bottom, has_bottom = design.answers("denominator", denominator)
    members = design.members("domain", domain) & has_top & has_bottom
    return _estimate(design, linearised_ratio(design, top, bottom, members), level, withheld_below, None)


def _yes_or_no(design: Design, y: Stated) -> tuple[Floats, Flags]:
    answers, given = design.answers("y", y)
    require("y", answers, "0 or 1, or None for no answer", lambda x: (x == 0) | (x == 1))
    return answers, given


def _proportion(
    design: Design,
    answers: Floats,
    given: Flags,
    of_group: Linearised,
    level: float,
    deff: float | None,
    withheld_below: int,
) -> SurveyEstimate:
    p = of_group.value
    if p in (0.0, 1.0):
        return _all_alike(design, answers, given, of_group, level, deff, withheld_below)
    spread = p * (1 - p)
    effect = of_group.variance * (of_group.n - 1) / spread
    return _estimate(design, of_group, level, withheld_below, effect, logit=True)


def _estimate(
    design: Design,
    of_group: Linearised,
    level: float,
    withheld_below: int,
    effect: float | None,
    *,
    logit: bool = False,
) -> SurveyEstimate:
    value, se, n = of_group.value, sqrt(of_group.variance), of_group.n
    df = design.degrees_of_freedom(of_group.rows)
    said = flags(n, df, withheld_below, alike=of_group.alike)
    t = t_quantile(level, max(df, 1))
    if "withheld" in said:
        return _without_value(level, n, df, said, design.assumed)
    source: DesignEffectFrom | None = None if effect is None else "this_estimate"
    if df < 1 or of_group.alike:
        return SurveyEstimate(value, None, None, None, level, "none", n, df, effect, source, said, design.assumed)
    lower, upper = logit_bounds(value, t * se) if logit else (value - t * se, value + t * se)
    kind: IntervalKind = "logit" if logit else "wald"
    return SurveyEstimate(value, se, lower, upper, level, kind, n, df, effect, source, said, design.assumed)


def _without_value(
    level: float, n: int, df: int, said: tuple[Flag, ...], assumed: tuple[Assumption, ...]
) -> SurveyEstimate:
    return SurveyEstimate(None, None, None, None, level, "none", n, df, None, None, said, assumed)


def _all_alike(
    design: Design,
    answers: Floats,
    given: Flags,
    of_group: Linearised,
    level: float,
    deff: float | None,
    withheld_below: int,
) -> SurveyEstimate:
    t_quantile(level, 1)  # refuses an impossible level
    n, p = of_group.n, of_group.value
    df = design.degrees_of_freedom(of_group.rows)
    said = flags(n, df, withheld_below, alike=True)
    effect, source = _design_effect(design, answers, given, of_group, deff)
    if "withheld" in said:
        return _without_value(level, n, df, said, design.assumed)
    lower, upper = clopper_pearson_bounds(p, n, effect, level)
    return SurveyEstimate(p, None, lower, upper, level, "clopper_pearson", n, df, effect, source, said, design.assumed)


def _design_effect(
    design: Design, answers: Floats, given: Flags, of_group: Linearised, stated: float | None
) -> tuple[float, DesignEffectFrom]:
    if stated is not None:
        if not 0 < stated < float("inf"):
            raise ValueOutOfRange("deff", 0, stated, "above 0")
        return stated, "stated"
    everyone = linearised(design, answers, (design.weight > 0) & given)
    p = everyone.value
    if 0 < p < 1:
        return max(1.0, everyone.variance * (everyone.n - 1) / (p * (1 - p))), "whole_sample"
    weight = design.weight[of_group.rows]
    return float(of_group.n * np.sum(weight**2) / weight.sum() ** 2), "weights"
