"""How much better the average would be if everyone had what the reference subgroup has."""

from __future__ import annotations

import numpy as np

from data_access.measures.inequality.subgroups import Subgroups


def reference_position(subgroups: Subgroups, *, honour_declared: bool = True) -> int:
    """Ordered: the most advantaged. Else the declared reference, else the best subgroup."""
    if subgroups.ordered:
        return len(subgroups.names) - 1
    if honour_declared and subgroups.reference is not None:
        return subgroups.reference
    return subgroups.best()


def attributable_risk(subgroups: Subgroups, reference: int, mean: float) -> float:
    """PAR = y_ref − μ, in the indicator's unit; 0 when the reference is worse off than the average."""
    gain = float(subgroups.estimate[reference]) - mean
    return gain if (gain > 0) == subgroups.favourable else 0.0


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
