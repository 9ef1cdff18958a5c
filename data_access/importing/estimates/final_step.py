"""From the sums of an engine to an estimate with its interval: the same formulas as ``data_access.measures.survey``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_access.measures.survey.bounds import clopper_pearson_bounds, logit_bounds
from data_access.measures.survey.design import Assumption
from data_access.measures.survey.errors import SinglePsuStratum, StratumSizeDiffers, StratumTooSmall
from data_access.measures.survey.results import WITHHELD_BELOW, DesignEffectFrom, IntervalKind, SurveyEstimate, flags
from data_access.measures.survey.student import t_quantile

LEVEL = 0.95
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Strata:
    """What the variance needs of each stratum, by its label: its place in ``drawn`` sampling units, ``factor``
    (1 − f)·m/(m − 1), and whether its units are set against their own mean; arrays of shape (H,)."""

    place: Mapping[str, int]
    drawn: Floats
    factor: Floats
    centred: NDArray[np.bool_]
    assumed: tuple[Assumption, ...]

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], *, stratified: bool, units: bool, single_psu: str) -> Strata:
        """From ``totals.strata``. Raises SinglePsuStratum, StratumSizeDiffers, StratumTooSmall."""
        assumed: tuple[Assumption, ...] = () if stratified else ("one_stratum",)
        assumed += () if units else ("each_row_a_psu",)
        ordered = sorted(rows, key=lambda row: str(row["stratum"]))
        drawn = np.array([row["drawn"] for row in ordered], dtype=np.float64)
        fraction = np.zeros(drawn.size)
        for i, row in enumerate(ordered):
            if row["fpc_low"] is None:
                continue
            if row["fpc_low"] != row["fpc_high"]:
                raise StratumSizeDiffers(row["stratum"], i, (row["fpc_low"], row["fpc_high"]))
            if row["fpc_low"] < drawn[i]:
                raise StratumTooSmall(row["stratum"], int(drawn[i]), row["fpc_low"])
            fraction[i] = drawn[i] / row["fpc_low"]
        lone = (drawn == 1) & (fraction < 1)
        if lone.any():
            if single_psu == "refuse":
                raise SinglePsuStratum(tuple(ordered[i]["stratum"] for i in np.flatnonzero(lone)))
            assumed += ("single_psu_centred",)
        factor = (1 - fraction) * np.where(drawn > 1, drawn / np.maximum(drawn - 1, 1), 1.0)
        place = {row["stratum"]: i for i, row in enumerate(ordered)}
        return cls(place, drawn, factor, ~lone, assumed)


@dataclass(frozen=True, slots=True)
class GroupSums:
    """One group's sums, as ``totals.scores`` has them; the arrays have one value for each of the strata it lives in."""

    n: int
    yes: int
    low: float
    high: float
    weight: float
    answers: float
    squares: float
    weights: float
    place: NDArray[np.intp]
    touched: Floats
    total: Floats
    spread: Floats

    @property
    def alike(self) -> bool:
        """Whether everyone gave the same answer, so that a variance of 0 says nothing."""
        return self.low == self.high

    def value(self, middle: float) -> float:
        """Weighted share or mean."""
        return self.low if self.alike else middle + self.answers / self.weight

    def variance(self, strata: Strata) -> float:
        """V = Σ_h (1 − f_h)·m_h/(m_h − 1)·Σ_c (u_hc − ū_h)², units without people of the group counting with 0."""
        if self.alike:
            return 0.0
        drawn = strata.drawn[self.place]
        mean = np.where(strata.centred[self.place], self.total / drawn, 0.0)
        squares = self.spread + self.touched * (self.total / self.touched - mean) ** 2
        return float(strata.factor[self.place] @ (squares + (drawn - self.touched) * mean**2))

    @property
    def df(self) -> int:
        """Sampling units minus strata, of those in which people of the group live."""
        return int(self.touched.sum()) - self.place.size


def share(group: GroupSums, everyone: GroupSums, strata: Strata, stated_deff: float | None) -> SurveyEstimate:
    """A share with its logit interval, or that of Clopper and Pearson where all answered alike."""
    if group.alike:
        return _all_alike(group, everyone, strata, stated_deff)
    p, variance = group.value(0.0), group.variance(strata)
    effect = variance * (group.n - 1) / (p * (1 - p))
    half = t_quantile(LEVEL, max(group.df, 1)) * sqrt(variance)
    return _estimate(group, strata, p, variance, effect, logit_bounds(p, half), "logit")


def mean(group: GroupSums, strata: Strata, middle: float) -> SurveyEstimate:
    """A mean ± t·SE; ``middle`` is the number from which its sums are counted."""
    value, variance = group.value(middle), group.variance(strata)
    spread = group.squares / group.weight - (group.answers / group.weight) ** 2
    effect = variance * (group.n - 1) / spread if not group.alike and spread > 0 else None
    half = t_quantile(LEVEL, max(group.df, 1)) * sqrt(variance)
    return _estimate(group, strata, value, variance, effect, (value - half, value + half), "wald")


def _estimate(
    group: GroupSums,
    strata: Strata,
    value: float,
    variance: float,
    effect: float | None,
    bounds: tuple[float, float],
    kind: IntervalKind,
) -> SurveyEstimate:
    n, df = group.n, group.df
    said = flags(n, df, WITHHELD_BELOW, alike=group.alike)
    if "withheld" in said:
        return SurveyEstimate(None, None, None, None, LEVEL, "none", n, df, None, None, said, strata.assumed)
    source: DesignEffectFrom | None = None if effect is None else "this_estimate"
    if df < 1 or group.alike:
        return SurveyEstimate(value, None, None, None, LEVEL, "none", n, df, effect, source, said, strata.assumed)
    return SurveyEstimate(value, sqrt(variance), *bounds, LEVEL, kind, n, df, effect, source, said, strata.assumed)


def _all_alike(group: GroupSums, everyone: GroupSums, strata: Strata, stated: float | None) -> SurveyEstimate:
    n, df, p = group.n, group.df, group.low
    said = flags(n, df, WITHHELD_BELOW, alike=True)
    if "withheld" in said:
        return SurveyEstimate(None, None, None, None, LEVEL, "none", n, df, None, None, said, strata.assumed)
    effect, source = _design_effect(group, everyone, strata, stated)
    lower, upper = clopper_pearson_bounds(p, n, effect, LEVEL)
    return SurveyEstimate(p, None, lower, upper, LEVEL, "clopper_pearson", n, df, effect, source, said, strata.assumed)


def _design_effect(
    group: GroupSums, everyone: GroupSums, strata: Strata, stated: float | None
) -> tuple[float, DesignEffectFrom]:
    if stated is not None:
        return stated, "stated"
    p = everyone.value(0.0)
    if 0 < p < 1:
        return max(1.0, everyone.variance(strata) * (everyone.n - 1) / (p * (1 - p))), "whole_sample"
    return group.n * group.weights / group.weight**2, "weights"
