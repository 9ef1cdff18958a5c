"""Measures that follow an order from most disadvantaged to most advantaged, with the choice of variance."""

from __future__ import annotations

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.errors import MeasureUndefined
from data_access.measures.inequality import ranking
from data_access.measures.inequality.estimates import Bounds, Defect, InequalityEstimate, normal_bounds
from data_access.measures.inequality.question import Question

SLOPES = ("sii", "rii", "sii_linear", "rii_linear")
CODES = ("aci", "rci", "rci_wagstaff", "rci_erreygers", *SLOPES)
_IGNORED: Defect = "standard_errors_of_subgroups_ignored"


def answer(code: str, asked: Question) -> InequalityEstimate:
    """One of CODES; the subgroups have an order and a population."""
    return _slope(code, asked) if code in SLOPES else _concentration(code, asked)


def _concentration(code: str, asked: Question) -> InequalityEstimate:
    y, population, scale = asked.subgroups.estimate, asked.subgroups.population, asked.subgroups.scale
    mean = float(np.sum(population * y) / population.sum())
    if code != "aci" and mean == 0:
        raise MeasureUndefined(code, "the average is 0")
    if code == "rci_wagstaff" and mean == scale:
        raise MeasureUndefined(code, "the average is the highest possible")
    index = ranking.concentration(y if code == "aci" else y / mean, population)
    by = {"rci_wagstaff": scale / (scale - mean) if mean < scale else 1.0, "rci_erreygers": 4 * mean / scale}.get(
        code, 1.0
    )
    value, se = by * index.value, by * index.se
    if asked.variance == "groups":
        gradient = ranking.concentration_gradients(y, population, scale)[code]
        se = float(np.sqrt(np.sum((gradient * asked.subgroups.se) ** 2)))
    return asked.closed_form(code, value, se, variance=asked.variance, defects=(_IGNORED,))


def _slope(code: str, asked: Question) -> InequalityEstimate:
    subgroups, linear = asked.subgroups, code.endswith("linear")
    y, population, scale = subgroups.estimate, subgroups.population, subgroups.scale
    if np.unique(y).size == 1 and (asked.variance == "who" or y[0] in (0, scale)):
        return _all_equal(code, asked)
    weight, share, defects = population, y / scale, [_IGNORED]
    rank = ranking.mid_ranks(population)
    if asked.mode == "heat":
        scale = guessed_scale(y)
        whole = np.ceil(population)
        rank = ranking.mid_ranks(whole)
        weight, share = (whole, y / scale) if linear else (whole**2, np.round(y / scale * whole) / whole)
        if not linear:
            defects.append("population_weight_used_twice")
        if scale != subgroups.scale:
            defects.append("scale_guessed_from_the_figures")
    fit = ranking.linear_model if linear else ranking.logit_model
    model = fit(share, weight, rank, subgroups.se / scale if asked.variance == "groups" else None)
    bounds: Bounds | None
    if code.startswith("rii"):
        index = model.log_relative_index()
        low, high = normal_bounds(index.value, index.se, asked.level) or (np.nan, np.nan)
        with np.errstate(over="ignore"):
            bounds = float(np.exp(low)), float(np.exp(high))
        value, se = float(np.exp(index.value)), index.se
    else:
        index = model.slope_index()
        value, se = index.value * scale, index.se * scale
        bounds = normal_bounds(value, se, asked.level)
        if asked.mode == "heat" and scale != 1:
            se = index.se
            defects.append("standard_error_on_the_unit_scale")
    return asked.closed_form(code, value, se, bounds, variance=asked.variance, defects=tuple(defects))


def _all_equal(code: str, asked: Question) -> InequalityEstimate:
    """Equality has a value but no residuals to judge it by, and no curve where all are at 0 or at the top."""
    if asked.mode == "heat":
        raise MeasureUndefined(code, "all subgroups are equal")
    if code.startswith("rii") and asked.subgroups.estimate[0] == 0:
        raise MeasureUndefined(code, "the average is 0")
    return asked.closed_form(code, 1.0 if code.startswith("rii") else 0.0, None)


def guessed_scale(y: Floats) -> float:
    """The scale HEAT takes from the largest figure: 1, 100, 1000, 10 000, 100 000 or 1 000 000."""
    return next((scale for scale in (1.0, 100.0, 1e3, 1e4, 1e5) if y.max() <= scale), 1e6)
