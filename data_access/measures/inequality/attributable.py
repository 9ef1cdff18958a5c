"""How much better the average would be if everyone had what the reference subgroup has."""

from __future__ import annotations

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.errors import MeasureUndefined
from data_access.measures.inequality.dispersion import Scatter
from data_access.measures.inequality.estimates import Defect, InequalityEstimate, normal_bounds
from data_access.measures.inequality.question import Question
from data_access.measures.inequality.subgroups import Subgroups

CODES = ("par", "paf")


def declared_position(subgroups: Subgroups, *, honour_declared: bool = True) -> int | None:
    """Ordered: the most advantaged. Else the declared reference; None where the best stands for it."""
    if subgroups.ordered:
        return len(subgroups.names) - 1
    return subgroups.reference if honour_declared else None


def gain(of: Scatter, reference: int | None) -> Floats:
    """y_ref − μ, in the indicator's unit, whatever its direction; ``reference`` None takes the best of each draw."""
    return np.asarray((of.best if reference is None else of.y[reference]) - of.mean)


def one_way(gains: Floats | float, *, favourable: bool) -> Floats:
    """PAR: the gain, 0 where the reference is worse off than the average."""
    return np.asarray(np.maximum(gains, 0.0) if favourable else np.minimum(gains, 0.0))


def gain_standard_error(subgroups: Subgroups, reference: int, mean: float, *, relative: bool) -> float:
    """Standard error of the gain from the subgroups' own, by the delta method; NaN where one of them is unknown.

    Absolute: √((1 − p_ref)²s_ref² + Σ_{j≠ref} p²s²). Relative, of y_ref/μ, in per cent of the mean: the gradient is
    1/μ − p_ref·y_ref/μ² for the reference and −p·y_ref/μ² for the others.
    """
    at_reference = np.arange(len(subgroups.names)) == reference
    p = subgroups.population / subgroups.population.sum()
    ratio = float(subgroups.estimate[reference]) / mean if relative else 1.0
    gradient = (at_reference - p * ratio) * (100 / mean if relative else 1.0)
    return float(np.sqrt(np.sum((gradient * subgroups.se) ** 2)))


def fraction_standard_error(subgroups: Subgroups, reference: int, mean: float) -> float | None:
    """Standard error of PAF as a fraction of 1, None where the formula has none.

    From the two-by-two table of the reference subgroup (c with, d without) and all others (a with, b without):
    √(c·N·(a·d·(N − c) + b·c²) / ((a + c)³(c + d)³)). It counts the population as if everyone had been asked, so it is
    too small where the estimates come from a sample.

    Source: Walter (1978).
    """
    population = float(subgroups.population.sum())
    reference_population = float(subgroups.population[reference])
    c = float(subgroups.estimate[reference]) / subgroups.scale * reference_population
    d = reference_population - c
    a = mean / subgroups.scale * population - c
    b = population - a - reference_population
    numerator = c * population * (a * d * (population - c) + b * c**2)
    denominator = (a + c) ** 3 * (c + d) ** 3
    if denominator <= 0 or numerator < 0:
        return None
    return float(np.sqrt(numerator / denominator))


def answer(code: str, asked: Question) -> InequalityEstimate:
    """PAR, or PAF = 100·PAR/μ; every subgroup has a population."""
    subgroups, corrected = asked.subgroups, asked.mode == "corrected"
    mean = float(np.sum(subgroups.shares(code) * subgroups.estimate))
    if mean == 0:
        raise MeasureUndefined(code, "the average is 0")
    declared = declared_position(subgroups, honour_declared=corrected)
    by = 1.0 if code == "par" else 100 / mean
    found = subgroups.scatter(subgroups.estimate)
    untrimmed = by * float(gain(found, declared))
    value = float(one_way(untrimmed, favourable=subgroups.favourable))
    reference = subgroups.best() if declared is None else declared
    equality = _equality(code, asked, declared) if asked.can_say_equality else None
    if asked.variance == "groups":
        se = gain_standard_error(subgroups, reference, mean, relative=code == "paf")
        bounds = normal_bounds(untrimmed, se, asked.level)
        if bounds is not None:
            lower, upper = one_way(np.array(bounds), favourable=subgroups.favourable).tolist()
            bounds = lower, upper
        return asked.closed_form(code, value, se, bounds, equality=equality, variance="groups")
    fraction = fraction_standard_error(subgroups, reference, mean)
    defects: tuple[Defect, ...] = ("standard_errors_of_subgroups_ignored",)
    if not subgroups.ordered and subgroups.reference not in (None, reference):
        defects += ("declared_reference_ignored",)
    if code == "paf":
        defects += ("standard_error_not_multiplied_by_100",)
    factor = mean if code == "par" else 100 if corrected else 1
    table = None if fraction is None else factor * fraction
    return asked.closed_form(code, value, table, equality=equality, variance="who", defects=defects)


def _equality(code: str, asked: Question, declared: int | None) -> float:
    drawn = asked.resamples.as_equal
    gains = one_way(gain(drawn, declared), favourable=asked.subgroups.favourable)
    return float(np.mean(gains if code == "par" else 100 * gains / drawn.mean))
