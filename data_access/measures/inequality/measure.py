"""One measure of inequality of one set of subgroups: value, interval, what noise alone would give, known defects.

Modes: ``corrected`` (what the product shows) and ``heat``, which gives the numbers WHO's HEAT and its package
healthequal 1.0.1 publish, each with the name of what is wrong with it, so that a published figure can be matched.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.errors import (
    MeasureRefused,
    MeasureUndefined,
    OrderMissing,
    ReferenceMissing,
    TooFewSubgroups,
    UnknownMeasure,
)
from data_access.measures.inequality import attributable, dispersion, ranking
from data_access.measures.inequality.estimates import Defect, InequalityEstimate, Mode
from data_access.measures.inequality.simulation import DRAWS, SEED, percentile_interval, truncated_draws
from data_access.measures.inequality.subgroups import Subgroups
from data_access.measures.intervals import normal_quantile

_Formula = Callable[[Floats], Floats]
"""A measure as a function of estimates (…, k)."""

SIMULATED = ("bgsd", "cov", "idisu", "idisw", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw")
WEIGHTED_POINTS = frozenset({"mdbw", "mdrw"})
ORDERED_ONLY = ("aci", "rci", "rci_wagstaff", "rci_erreygers", "sii", "rii", "sii_linear", "rii_linear")
CODES = ("d", "r", "bgv", "mld", "ti", *SIMULATED, "par", "paf", *ORDERED_ONLY)


def measure(
    code: str,
    subgroups: Subgroups,
    *,
    mode: Mode = "corrected",
    level: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> InequalityEstimate:
    """The measure ``code`` (one of CODES) of the subgroups, with its interval at ``level``.

    ``draws`` and ``seed`` serve simulated intervals and the value under equality. Without standard errors the value
    comes without interval.

    Raises UnknownMeasure, TooFewSubgroups (three needed, for d and r two), PopulationMissing, OrderMissing,
    ReferenceMissing, MeasureUndefined.
    """
    if code not in CODES:
        raise UnknownMeasure(code, CODES)
    needed = 2 if code in ("d", "r") else 3
    if len(subgroups.names) < needed:
        raise TooFewSubgroups(code, len(subgroups.names), needed)
    if code in ORDERED_ONLY:
        if not subgroups.ordered:
            raise OrderMissing(code)
        return _along_order(code, subgroups, mode, level)
    if code in ("d", "r"):
        return _simple(code, subgroups, mode, level, draws, seed)
    if code in ("par", "paf"):
        return _attributable(code, subgroups, mode, level)
    return _scatter(code, subgroups, mode, level, draws, seed)


def every_measure(subgroups: Subgroups) -> dict[str, InequalityEstimate | MeasureRefused]:
    """Every measure by its code, in ``corrected`` mode, or the error that says why the figures do not support it."""
    found: dict[str, InequalityEstimate | MeasureRefused] = {}
    for code in CODES:
        try:
            found[code] = measure(code, subgroups)
        except MeasureRefused as refused:
            found[code] = refused
    return found


def _simple(code: str, subgroups: Subgroups, mode: Mode, level: float, draws: int, seed: int) -> InequalityEstimate:
    one, other = subgroups.extremes()
    (y1, y2), (s1, s2) = subgroups.estimate[[one, other]].tolist(), subgroups.se[[one, other]].tolist()
    ties = mode == "heat" and not subgroups.ordered and _tied(subgroups, one, other)
    defects: tuple[Defect, ...] = ("several_answers_on_ties",) if ties else ()
    z = normal_quantile(level)
    if code == "d":
        value, se = y1 - y2, float(np.hypot(s1, s2))
        bounds = value - z * se, value + z * se
    else:
        if y2 == 0 or y1 == 0:
            raise MeasureUndefined(code, "a subgroup is at 0")
        value, se = y1 / y2, float(np.hypot(s1 / y1, s2 / y2))
        bounds = value * float(np.exp(-z * se)), value * float(np.exp(z * se))
    never_negative = not subgroups.ordered and subgroups.reference is None
    equality = None
    if code == "d" and mode == "corrected" and never_negative and not np.isnan(subgroups.se).any():
        equality = float(np.mean(np.ptp(_equal_draws(subgroups, draws, seed), axis=-1)))
    return _estimate(code, value, se, bounds, level, mode, defects, equality=equality, noise=(draws, seed))


def _tied(subgroups: Subgroups, *positions: int) -> bool:
    y = subgroups.estimate
    return any(int(np.sum(y == y[at])) > 1 for at in positions if at != subgroups.reference)


def _attributable(code: str, subgroups: Subgroups, mode: Mode, level: float) -> InequalityEstimate:
    mean = float(np.sum(subgroups.shares(code) * subgroups.estimate))
    if mean == 0:
        raise MeasureUndefined(code, "the average is 0")
    reference = attributable.reference_position(subgroups, honour_declared=mode == "corrected")
    value = attributable.attributable_risk(subgroups, reference, mean)
    se = attributable.fraction_standard_error(subgroups, reference, mean)
    ignored = subgroups.reference not in (None, reference)
    defects: tuple[Defect, ...] = ("declared_reference_ignored",) if ignored and not subgroups.ordered else ()
    if code == "par":
        se = None if se is None else mean * se
    else:
        value = 100 * value / mean
        se = se if se is None or mode == "heat" else 100 * se
        defects += ("standard_error_not_multiplied_by_100",)
    return _estimate(code, value, se, _normal(value, se, level), level, mode, defects)


def _along_order(code: str, subgroups: Subgroups, mode: Mode, level: float) -> InequalityEstimate:
    subgroups.shares(code)
    if code in ("sii", "rii", "sii_linear", "rii_linear"):
        return _slope(code, subgroups, mode, level)
    y, population = subgroups.estimate, subgroups.population
    mean = float(np.sum(population * y) / population.sum())
    if code != "aci" and mean == 0:
        raise MeasureUndefined(code, "the average is 0")
    index = ranking.concentration(y if code == "aci" else y / mean, population)
    bounded_mean = mean / subgroups.scale
    if code == "rci_wagstaff" and bounded_mean == 1:
        raise MeasureUndefined(code, "the average is the highest possible")
    factor = {"rci_wagstaff": 1 / (1 - bounded_mean) if bounded_mean < 1 else 1.0, "rci_erreygers": 4 * bounded_mean}
    by = factor.get(code, 1.0)
    value, se = by * index.value, by * index.se
    return _estimate(code, value, se, _normal(value, se, level), level, mode, ())


def _slope(code: str, subgroups: Subgroups, mode: Mode, level: float) -> InequalityEstimate:
    y, population, scale = subgroups.estimate, subgroups.population, subgroups.scale
    if np.unique(y).size == 1:
        raise MeasureUndefined(code, "all subgroups are equal")
    weight, share, defects = population, y / scale, list[Defect]()
    rank = ranking.mid_ranks(population)
    linear = code.endswith("linear")
    if mode == "heat":
        scale = guessed_scale(y)
        whole = np.ceil(population)
        rank = ranking.mid_ranks(whole)
        weight, share = (whole, y / scale) if linear else (whole**2, np.round(y / scale * whole) / whole)
        if not linear:
            defects.append("population_weight_used_twice")
        if scale != subgroups.scale:
            defects.append("scale_guessed_from_the_figures")
    fit = ranking.linear_model if linear else ranking.logit_model
    model = fit(share, weight, rank)
    if code.startswith("rii"):
        index = model.log_relative_index()
        low, high = _normal(index.value, index.se, level) or (np.nan, np.nan)
        ends = float(np.exp(low)), float(np.exp(high))
        return _estimate(code, float(np.exp(index.value)), index.se, ends, level, mode, tuple(defects))
    index = model.slope_index()
    bounds = _normal(index.value * scale, index.se * scale, level)
    if mode == "heat" and scale != 1:
        defects.append("standard_error_on_the_unit_scale")
    se = index.se if mode == "heat" else index.se * scale
    return _estimate(code, index.value * scale, se, bounds, level, mode, tuple(defects))


def guessed_scale(y: Floats) -> float:
    """The scale HEAT takes from the largest figure: 1, 100, 1000, 10 000, 100 000 or 1 000 000."""
    return next((scale for scale in (1.0, 100.0, 1e3, 1e4, 1e5) if y.max() <= scale), 1e6)


def _scatter(code: str, subgroups: Subgroups, mode: Mode, level: float, draws: int, seed: int) -> InequalityEstimate:
    y, s, p = subgroups.estimate, subgroups.se, subgroups.shares(code)
    if code == "mld" and (y == 0).any():
        raise MeasureUndefined(code, "a subgroup is at 0, which has no logarithm")
    if np.sum(p * y) == 0:
        raise MeasureUndefined(code, "the average is 0")
    formula = _formula(code, subgroups, p)
    value = float(formula(y))
    known = not np.isnan(s).any()
    equality = None
    if mode == "corrected" and known:
        equality = float(np.mean(formula(_equal_draws(subgroups, draws, seed))))
    if code in SIMULATED:
        simulated, defects = formula, tuple[Defect, ...]()
        if mode == "heat":
            simulated, defects = _heat_formula(code, formula, subgroups, p)
            level = 0.95
        drawn = truncated_draws(y, s, _ceiling(subgroups, mode), draws, seed) if known else None
        bounds = percentile_interval(simulated(drawn), level) if drawn is not None else None
        return _estimate(
            code, value, None, bounds, level, mode, defects, equality=equality, noise=(draws, seed), simulated=True
        )
    se = _scatter_standard_error(code, y, s, p) if known else None
    defects = ()
    if code in ("mld", "ti") and se is not None:
        se = se / 1000 if mode == "heat" else se
        defects = ("standard_error_not_multiplied_by_1000",)
    bounds = _normal(value, se, level)
    return _estimate(code, value, se, bounds, level, mode, defects, equality=equality, noise=(draws, seed))


def _scatter_standard_error(code: str, y: Floats, s: Floats, p: Floats) -> float | None:
    if code == "bgv":
        return dispersion.bgv_standard_error(y, s, p)
    if code == "mld":
        return dispersion.mld_standard_error(y, s, p)
    return None if (y == 0).any() else dispersion.ti_standard_error(y, s, p)


def _formula(code: str, subgroups: Subgroups, p: Floats) -> _Formula:
    plain: dict[str, Callable[[Floats, Floats], Floats]] = {
        "bgv": dispersion.bgv,
        "bgsd": dispersion.bgsd,
        "cov": dispersion.cov,
        "mld": dispersion.mld,
        "ti": dispersion.ti,
        "idisu": dispersion.idisu,
        "idisw": dispersion.idisw,
        "mdmu": dispersion.mdmu,
        "mdmw": dispersion.mdmw,
    }
    if code in plain:
        chosen = plain[code]
        return lambda y: chosen(y, p)
    weights = p if code in WEIGHTED_POINTS else np.full(p.size, 1 / p.size)
    if code.startswith("mdb"):
        best = np.max if subgroups.favourable else np.min
        return lambda y: dispersion.mean_distance(y, best(y, axis=-1, keepdims=True), weights)
    if subgroups.reference is None:
        raise ReferenceMissing(code)
    at = [subgroups.reference]
    return lambda y: dispersion.mean_distance(y, y[..., at], weights)


def _heat_formula(code: str, formula: _Formula, subgroups: Subgroups, p: Floats) -> tuple[_Formula, tuple[Defect, ...]]:
    defects: tuple[Defect, ...] = ("level_ignored",)
    if subgroups.scale != 100:
        defects += ("upper_limit_of_the_scale_ignored",)
    if code != "idisw":
        return formula, defects
    mean = dispersion.mean(subgroups.estimate, p)
    return lambda y: 100 * dispersion.mean_distance(y, mean, p) / mean[0], (*defects, "mean_not_simulated")


def _ceiling(subgroups: Subgroups, mode: Mode) -> float:
    return subgroups.scale if mode == "corrected" or subgroups.scale == 100 else np.inf


def _equal_draws(subgroups: Subgroups, draws: int, seed: int) -> Floats:
    """Draws (draws, k) as if every subgroup had the average and its own standard error."""
    population = subgroups.population
    weight = np.ones_like(population) if np.isnan(population).any() else population
    mean = np.sum(weight * subgroups.estimate) / weight.sum()
    return truncated_draws(np.full(len(subgroups.names), mean), subgroups.se, subgroups.scale, draws, seed)


def _normal(value: float, se: float | None, level: float) -> tuple[float, float] | None:
    if se is None:
        return None
    half = normal_quantile(level) * se
    return value - half, value + half


def _estimate(
    code: str,
    value: float,
    se: float | None,
    bounds: tuple[float, float] | None,
    level: float,
    mode: Mode,
    defects: tuple[Defect, ...],
    *,
    equality: float | None = None,
    noise: tuple[int, int] | None = None,
    simulated: bool = False,
) -> InequalityEstimate:
    if se is not None and np.isnan(se):
        se, bounds = None, None
    drawn = noise if noise is not None and (equality is not None or (simulated and bounds is not None)) else None
    return InequalityEstimate(
        code,
        float(value),
        se,
        None if bounds is None else float(bounds[0]),
        None if bounds is None else float(bounds[1]),
        level,
        mode,
        "none" if bounds is None else "simulated" if simulated else "closed_form",
        equality,
        None if drawn is None else drawn[0],
        None if drawn is None else drawn[1],
        defects if mode == "heat" else (),
    )
