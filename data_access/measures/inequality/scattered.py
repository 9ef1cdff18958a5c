"""Measures of how far all subgroups scatter, with their closed or simulated intervals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.errors import MeasureUndefined, ReferenceMissing
from data_access.measures.inequality.dispersion import (
    FORMULAS,
    Scatter,
    bgv_noise,
    bgv_standard_error,
    mld_noise,
    mld_standard_error,
    ti_noise,
    ti_standard_error,
)
from data_access.measures.inequality.estimates import Bounds, Defect, InequalityEstimate
from data_access.measures.inequality.question import Question
from data_access.measures.inequality.simulation import percentile_interval
from data_access.measures.inequality.subgroups import Subgroups
from data_access.measures.intervals import normal_quantile

CLOSED = ("bgv", "mld", "ti")
SIMULATED = ("bgsd", "cov", "idisu", "idisw", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw")
CODES = (*CLOSED, *SIMULATED)
HEAT_LEVEL = 0.95


def answer(code: str, asked: Question) -> InequalityEstimate:
    """One of CODES; every subgroup has a population."""
    subgroups = asked.subgroups
    found = subgroups.scatter(subgroups.estimate)
    if code == "mld" and (subgroups.estimate == 0).any():
        raise MeasureUndefined(code, "a subgroup is at 0, which has no logarithm")
    if found.mean == 0:
        raise MeasureUndefined(code, "the average is 0")
    if code in ("mdru", "mdrw") and subgroups.reference is None:
        raise ReferenceMissing(code)
    formula = FORMULAS[code]
    value = float(formula(found))
    equality = float(np.mean(formula(asked.resamples.as_equal))) if asked.can_say_equality else None
    if code in CLOSED:
        by_heat = asked.mode == "heat" and code != "bgv"
        se, noise = _standard_error_and_noise(code, subgroups)
        se /= 1000 if by_heat else 1
        defects: tuple[Defect, ...] = ("standard_error_not_multiplied_by_1000",) if by_heat else ()
        bounds = _without_noise(value, se, noise, asked.level) if asked.variance == "groups" else None
        return asked.closed_form(
            code, value, se, bounds, equality=equality, variance=asked.variance, defects=(*defects, "noise_left_in")
        )
    level, defects = asked.level, ()
    if asked.mode == "heat":
        level, formula, defects = HEAT_LEVEL, *_as_heat_simulates(code, found, subgroups.scale)
    bounds = percentile_interval(formula(asked.resamples.as_found), level) if subgroups.has_errors else None
    return asked.simulated(code, value, bounds, level, equality=equality, defects=defects)


def _without_noise(value: float, se: float, noise: float, level: float) -> Bounds:
    """± z·se about the value without its noise, from 0 up and never past the value itself."""
    half = normal_quantile(level) * se
    return max(value - noise - half, 0.0), max(value - noise + half, value)


def _standard_error_and_noise(code: str, subgroups: Subgroups) -> tuple[float, float]:
    """NaN where a standard error is unknown, or where the formula has no value."""
    if code != "bgv" and (subgroups.estimate == 0).any():
        return float("nan"), float("nan")
    error, noise = {
        "bgv": (bgv_standard_error, bgv_noise),
        "mld": (mld_standard_error, mld_noise),
        "ti": (ti_standard_error, ti_noise),
    }[code]
    figures = subgroups.estimate, subgroups.se, subgroups.shares(code)
    return error(*figures), noise(*figures)


def _as_heat_simulates(
    code: str, found: Scatter, scale: float
) -> tuple[Callable[[Scatter], Floats], tuple[Defect, ...]]:
    defects: tuple[Defect, ...] = ("level_ignored",)
    if scale != 100:
        defects += ("upper_limit_of_the_scale_ignored",)
    if code != "idisw":
        return FORMULAS[code], defects
    mean = found.mean
    return lambda of: 100 * of.distances(mean).by_people / mean, (*defects, "mean_not_simulated")
