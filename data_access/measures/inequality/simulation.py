"""Estimates as another sample might have found them: normal draws that stay within the indicator's range."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.errors import ValueOutOfRange
from data_access.measures.inequality.dispersion import Scatter
from data_access.measures.inequality.subgroups import Subgroups

SEED = 123_456
DRAWS = 10_000


class Resamples:
    """``draws`` sets of estimates of the same subgroups, drawn once for all measures that are simulated.

    Every estimate scatters normally with its own standard error and stays within 0 to ``ceiling``: values outside are
    drawn again, so the distribution is the truncated normal. What is drawn depends on the seed and on the figures, not
    on the order in which unordered subgroups are listed. Needs every standard error (``Subgroups.has_errors``).

    Raises ValueOutOfRange for less than one draw.

    Source: Ahn et al. (2019).
    """

    def __init__(self, subgroups: Subgroups, ceiling: float, draws: int = DRAWS, seed: int = SEED) -> None:
        if draws < 1:
            raise ValueOutOfRange("draws", 0, draws, "1 or more")
        self.subgroups, self.ceiling, self.draws, self.seed = subgroups, ceiling, draws, seed

    @cached_property
    def as_found(self) -> Scatter:
        """Draws (k, draws) about the estimates."""
        return self._about(self.subgroups.estimate, 1)

    @cached_property
    def as_equal(self) -> Scatter:
        """Draws (k, draws) as if every subgroup had the average and its own standard error."""
        subgroups = self.subgroups
        weight = subgroups.population if subgroups.has_population else np.ones_like(subgroups.estimate)
        average = np.sum(weight * subgroups.estimate) / weight.sum()
        return self._about(np.full_like(subgroups.estimate, average), 2)

    @cached_property
    def _noise(self) -> Floats:
        """Normal noise (k, draws), each row with the standard error of its subgroup."""
        subgroups = self.subgroups
        declared = np.arange(len(subgroups.names)) == subgroups.reference
        rows = np.lexsort((declared, subgroups.population, subgroups.se, subgroups.estimate))
        random = np.random.default_rng(self.seed)
        noise = np.empty((len(subgroups.names), self.draws))
        for row in rows.tolist():
            random.standard_normal(out=noise[row])
        noise *= subgroups.se[:, None]
        return noise

    def _about(self, centre: Floats, stream: int) -> Scatter:
        drawn = centre[:, None] + self._noise
        if drawn.min() < 0 or drawn.max() > self.ceiling:
            self._draw_again(drawn, centre, np.random.default_rng((self.seed, stream)))
        return self.subgroups.scatter(drawn)

    def _draw_again(self, drawn: Floats, centre: Floats, random: np.random.Generator) -> None:
        values, se = drawn.reshape(-1), self.subgroups.se
        outside = np.flatnonzero((values < 0) | (values > self.ceiling))
        while outside.size:
            row = outside // self.draws
            again = random.normal(centre[row], se[row])
            values[outside] = again
            outside = outside[(again < 0) | (again > self.ceiling)]


def percentile_interval(simulated: Floats, level: float) -> tuple[float, float]:
    """Bounds that leave (1 − level)/2 of the simulated values, shape (draws,), on either side."""
    lower, upper = np.quantile(simulated, [(1 - level) / 2, (1 + level) / 2])
    return float(lower), float(upper)
