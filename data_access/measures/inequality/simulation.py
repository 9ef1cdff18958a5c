"""Estimates as another sample might have found them: normal draws that stay within the indicator's range."""

from __future__ import annotations

import numpy as np

from data_access.measures.arrays import Floats

SEED = 123_456
DRAWS = 10_000


def truncated_draws(mean: Floats, se: Floats, ceiling: float, draws: int, seed: int) -> Floats:
    """Array (draws, k) of normal estimates with the given means and standard errors, each within 0 to ``ceiling``.

    Values outside are drawn again, so the distribution is the truncated normal. ``mean`` must lie within the range:
    then at least about half of the values that are drawn again fall inside.

    Source: Ahn et al. (2019).
    """
    random = np.random.default_rng(seed)
    drawn = random.normal(mean, se, size=(draws, mean.size))
    while (outside := (drawn < 0) | (drawn > ceiling)).any():
        rows, columns = np.nonzero(outside)
        drawn[rows, columns] = random.normal(mean[columns], se[columns])
    return drawn


def percentile_interval(simulated: Floats, level: float) -> tuple[float, float]:
    """Bounds that leave (1 − level)/2 of the simulated values, shape (draws,), on either side."""
    lower, upper = np.quantile(simulated, [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)
