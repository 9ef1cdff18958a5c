"""Confidence intervals of one source's own figure, and the normal quantile they share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from data_access.measures.arrays import Floats, finite, require, same_length
from data_access.measures.errors import ValueOutOfRange


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of n figures: two arrays of shape (n,), in the unit of the figures."""

    lower: Floats
    upper: Floats


@lru_cache(maxsize=64)
def normal_quantile(level: float) -> float:
    """Half-width, in standard errors, of a two-sided normal interval at ``level`` (1.96 at 0.95).

    Raises ValueOutOfRange unless 0.5 <= level < 1.
    """
    if not 0.5 <= level < 1:
        raise ValueOutOfRange("level", 0, level, "a confidence level from 0.5 up to, not including, 1")
    return NormalDist().inv_cdf((1 + level) / 2)


def wilson(p: ArrayLike, n: ArrayLike, deff: ArrayLike = 1.0, level: float = 0.95, *, scale: float = 1.0) -> Interval:
    """Wilson score interval of a share, on the effective sample size n/deff.

    ``p`` shares of shape (k,), from 0 to ``scale`` (1 for proportions, 100 for percentages); ``n`` people asked;
    ``deff`` the design effect of the survey, 1 for a simple random sample. The bounds are in the unit of ``p`` and
    never leave 0 to ``scale``; a share of 0 or ``scale`` still has a wide interval, which a Wald interval has not.

    Raises ValueMissing, LengthsDiffer, or ValueOutOfRange (share outside 0 to scale, n or deff not above 0).

    Source: Wilson (1927); with n/deff, as in Korn and Graubard (1998).
    """
    z = normal_quantile(level)
    share, asked, effect = finite("p", p), finite("n", n), finite("deff", deff)
    same_length(p=share, n=asked, deff=effect)
    require("p", share, f"a share from 0 to {scale:g}", lambda x: (x >= 0) & (x <= scale))
    require("n", asked, "above 0", lambda x: x > 0)
    require("deff", effect, "above 0", lambda x: x > 0)
    share, effective = np.broadcast_arrays(share / scale, asked / effect)
    shrink = 1 + z * z / effective
    centre = (share + z * z / (2 * effective)) / shrink
    half = z * np.sqrt(share * (1 - share) / effective + (z / (2 * effective)) ** 2) / shrink
    lower = np.where(share == 0, 0.0, np.maximum(centre - half, 0.0))
    upper = np.where(share == 1, 1.0, np.minimum(centre + half, 1.0))
    return Interval(lower * scale, upper * scale)
