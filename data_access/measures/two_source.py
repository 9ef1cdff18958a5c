"""How far a community figure lies from the official one, and what may be said about it.

Throughout, index 1 is the community and index 2 the official source: a difference above 0 means that the community
found more. Pure functions on arrays; whether a pair may be subtracted at all is decided in ``comparability``.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, sqrt
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data_access.measures.arrays import Flags, Floats, Stated, finite, require, same_length, stated
from data_access.measures.errors import BoundsReversed, EstimateOutsideInterval, IntervalHalfStated
from data_access.measures.intervals import Interval, normal_quantile, wilson

__all__ = [
    "Basis",
    "Difference",
    "Holm",
    "Interval",
    "Ratio",
    "difference",
    "difference_of_shares",
    "holm",
    "katz",
    "normal_quantile",
    "ratio",
    "tail",
    "two_sided_p",
    "wilson",
]

Basis = Literal["both", "community_only", "none"]
"""Whose uncertainty an interval holds. There is no "official_only": a community figure of unknown uncertainty may lie
anywhere, and to set it against the official interval alone rejects three in four differences that are not there."""

ROUNDING = 1e-9
"""How far, relative to the figures, an estimate may lie outside its interval before the row is refused as wrong."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Community minus official for n pairs: arrays of shape (n,), in the unit of the figures.

    ``lower`` and ``upper`` bound the difference at ``level`` (0.95); ``inner_lower`` and ``inner_upper`` at
    2·level − 1 (0.90), for the question whether it lies within a margin. ``basis`` says whose uncertainty they
    hold; where it is "none" they are NaN.
    """

    value: Floats
    lower: Floats
    upper: Floats
    inner_lower: Floats
    inner_upper: Floats
    basis: NDArray[np.str_]
    level: float

    def __len__(self) -> int:
        """Number of pairs."""
        return int(self.value.size)


@dataclass(frozen=True, slots=True)
class Ratio:
    """Community over official for n pairs, with bounds at ``level``: arrays of shape (n,), without unit."""

    value: Floats
    lower: Floats
    upper: Floats
    level: float


@dataclass(frozen=True, slots=True)
class Holm:
    """P-values corrected for having looked ``comparisons`` times, shape (n,), in the order they came."""

    adjusted: Floats
    comparisons: int


def difference(
    p1: ArrayLike, l1: Stated, u1: Stated, p2: ArrayLike, l2: Stated, u2: Stated, *, level: float = 0.95
) -> Difference:
    """Difference of two independent figures from each source's own interval at ``level`` (MOVER).

    lower = d − √((p₁−l₁)² + (u₂−p₂)²), upper = d + √((u₁−p₁)² + (p₂−l₂)²), with d = p₁ − p₂.

    ``p1, l1, u1`` community estimates and bounds, ``p2, l2, u2`` official ones, shape (n,) or one number for all, any
    common unit. Bounds that were not published are None, for one row or for all. Without the official bounds the
    interval holds the community's uncertainty alone; without the community's there is no interval. The inner
    interval shrinks each source's half-widths in the proportion of the normal quantiles; where sample sizes are
    known, ``difference_of_shares`` computes it exactly.

    Raises LengthsDiffer, ValueMissing (NaN), IntervalHalfStated, BoundsReversed, EstimateOutsideInterval, each with
    the position of the first wrong row.

    Source: Newcombe (1998), method 10; Zou and Donner (2008).
    """
    community = _estimates("p1", p1, "l1", l1, "u1", u1)
    official = _estimates("p2", p2, "l2", l2, "u2", u2)
    same_length(p1=community.value, p2=official.value)
    shrink = normal_quantile(2 * level - 1) / normal_quantile(level)
    return _difference(community, official, community.shrunk(shrink), official.shrunk(shrink), level)


def difference_of_shares(
    p1: ArrayLike,
    n1: ArrayLike,
    p2: ArrayLike,
    n2: ArrayLike,
    deff1: ArrayLike = 1.0,
    deff2: ArrayLike = 1.0,
    *,
    level: float = 0.95,
    scale: float = 1.0,
) -> Difference:
    """Difference of two independent shares from their sample sizes: MOVER on Wilson intervals (Newcombe's method 10).

    Arguments as in ``wilson``, index 1 community, index 2 official; the bounds are in the unit of the shares.
    Raises what ``wilson`` raises, and LengthsDiffer where the two sources have different numbers of rows.
    """
    share1, share2 = finite("p1", p1), finite("p2", p2)
    outer1, outer2 = (
        wilson(p, n, deff, level, scale=scale) for p, n, deff in ((share1, n1, deff1), (share2, n2, deff2))
    )
    inner1, inner2 = (
        wilson(p, n, deff, 2 * level - 1, scale=scale) for p, n, deff in ((share1, n1, deff1), (share2, n2, deff2))
    )
    same_length(p1=outer1.lower, p2=outer2.lower)
    return _difference(
        _Estimates.of(share1, outer1),
        _Estimates.of(share2, outer2),
        _Estimates.of(share1, inner1),
        _Estimates.of(share2, inner2),
        level,
    )


def ratio(
    p1: ArrayLike, l1: ArrayLike, u1: ArrayLike, p2: ArrayLike, l2: ArrayLike, u2: ArrayLike, *, level: float = 0.95
) -> Ratio:
    """Ratio of two independent figures from each source's own interval at ``level`` (MOVER-R).

    Shapes as in ``difference``; all figures from 0 up, the official ones above 0. Where the official lower bound is 0
    the ratio has no upper bound (infinity). The lower bound is written so that nothing cancels:
    l₁(2p₁−l₁) / (p₁p₂ + √((p₁p₂)² − l₁u₂(2p₁−l₁)(2p₂−u₂))).

    Raises what ``difference`` raises, and ValueOutOfRange for a figure below 0 or an official figure of 0.

    Source: Donner and Zou (2012).
    """
    a = _estimates("p1", p1, "l1", l1, "u1", u1)
    b = _estimates("p2", p2, "l2", l2, "u2", u2)
    same_length(p1=a.value, p2=b.value)
    require("l1", a.lower, "0 or more", lambda x: x >= 0)
    require("l2", b.lower, "0 or more", lambda x: x >= 0)
    require("p2", b.value, "above 0, for a ratio", lambda x: x > 0)
    product = a.value * b.value
    below = a.lower * (2 * a.value - a.lower)
    root = np.sqrt(np.maximum(product**2 - below * b.upper * (2 * b.value - b.upper), 0.0))
    lower = np.divide(below, product + root, out=np.zeros(product.shape), where=product > 0)
    above = b.lower * (2 * b.value - b.lower)
    root = np.sqrt(np.maximum(product**2 - above * a.upper * (2 * a.value - a.upper), 0.0))
    upper = np.divide(product + root, above, out=np.full(product.shape, np.inf), where=above > 0)
    return Ratio(a.value / b.value, lower, upper, level)


def katz(p1: ArrayLike, se1: ArrayLike, p2: ArrayLike, se2: ArrayLike, *, level: float = 0.95) -> Ratio:
    """Ratio from standard errors, on the logarithm: exp(ln(p₁/p₂) ± z·√((se₁/p₁)² + (se₂/p₂)²)).

    For sources that publish a standard error and no bounds; with fewer than about 50 people asked prefer ``ratio``.
    Raises LengthsDiffer, ValueMissing, or ValueOutOfRange (figure not above 0, standard error below 0).

    Source: Katz et al. (1978), with each survey's own standard error.
    """
    z = normal_quantile(level)
    a, b, sa, sb = finite("p1", p1), finite("p2", p2), finite("se1", se1), finite("se2", se2)
    same_length(p1=a, se1=sa, p2=b, se2=sb)
    for argument, values in (("p1", a), ("p2", b)):
        require(argument, values, "above 0, for a ratio on the logarithm", lambda x: x > 0)
    for argument, values in (("se1", sa), ("se2", sb)):
        require(argument, values, "0 or more", lambda x: x >= 0)
    value, spread = a / b, np.exp(z * np.sqrt((sa / a) ** 2 + (sb / b) ** 2))
    return Ratio(value, value / spread, value * spread, level)


def two_sided_p(of: Difference, null: float | Floats = 0.0) -> Floats:
    """P-value, shape (n,), of the hypothesis that the difference is ``null``, read from the same interval.

    The half-width towards the null, divided by the normal quantile, serves as standard error, so p < 1 − level exactly
    where the interval excludes the null: the words and the picture cannot disagree. For symmetric (Wald) intervals
    this is the ordinary z-test. NaN where there is no interval.
    """
    gap = of.value - null
    half = np.where(gap > 0, of.value - of.lower, of.upper - of.value)
    return 2 * tail(np.abs(gap), half / normal_quantile(of.level))


def tail(distance: Floats, standard_error: Floats) -> Floats:
    """Normal probability, shape (n,), of exceeding ``distance``; a standard error of 0 gives 1/2 at distance 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where((standard_error == 0) & (distance == 0), 0.0, distance / standard_error)
    return np.array([erfc(x / sqrt(2)) / 2 for x in z.tolist()])


def holm(p_values: ArrayLike) -> Holm:
    """Holm's step-down correction: the i-th smallest of m p-values times m − i + 1, made monotone, at most 1.

    ``p_values`` shape (m,), from 0 to 1. Ties keep one answer. Raises ValueMissing or ValueOutOfRange.

    Source: Holm (1979).
    """
    values = finite("p_values", p_values)
    require("p_values", values, "a probability from 0 to 1", lambda x: (x >= 0) & (x <= 1))
    order = np.argsort(values, kind="stable")
    stepped = np.minimum(np.maximum.accumulate(values[order] * np.arange(values.size, 0, -1)), 1.0)
    adjusted = np.empty_like(stepped)
    adjusted[order] = stepped
    return Holm(adjusted, int(values.size))


@dataclass(frozen=True, slots=True)
class _Estimates:
    """One source's figures with their bounds; where ``known`` is False the bounds were not published."""

    value: Floats
    lower: Floats
    upper: Floats
    known: Flags

    @classmethod
    def of(cls, value: Floats, bounds: Interval) -> _Estimates:
        value = np.broadcast_to(value, bounds.lower.shape)
        return cls(value, bounds.lower, bounds.upper, np.ones(value.shape, dtype=np.bool_))

    def shrunk(self, by: float) -> _Estimates:
        lower = self.value - by * (self.value - self.lower)
        upper = self.value + by * (self.upper - self.value)
        return _Estimates(self.value, lower, upper, self.known)


def _estimates(
    value_name: str, value: ArrayLike, lower_name: str, lower: Stated, upper_name: str, upper: Stated
) -> _Estimates:
    centre = finite(value_name, value)
    (low, has_low), (high, has_high) = stated(lower_name, lower), stated(upper_name, upper)
    same_length(**{value_name: centre, lower_name: low, upper_name: high})
    centre, low, has_low, high, has_high = np.broadcast_arrays(centre, low, has_low, high, has_high)
    if (wrong := has_low != has_high).any():
        raise IntervalHalfStated(lower_name, upper_name, int(wrong.argmax()))
    if (wrong := low > high).any():
        at = int(wrong.argmax())
        raise BoundsReversed(lower_name, upper_name, at, (float(low[at]), float(high[at])))
    slack = ROUNDING * np.maximum(np.abs(centre), 1.0)
    if (wrong := (centre < low - slack) | (centre > high + slack)).any():
        at = int(wrong.argmax())
        raise EstimateOutsideInterval(value_name, at, float(centre[at]), (float(low[at]), float(high[at])))
    return _Estimates(centre, np.minimum(low, centre), np.maximum(high, centre), has_low)


def _difference(
    community: _Estimates, official: _Estimates, inner1: _Estimates, inner2: _Estimates, level: float
) -> Difference:
    value = community.value - official.value
    basis = np.where(community.known, np.where(official.known, "both", "community_only"), "none")
    lower, upper = _mover(value, community, official)
    inner_lower, inner_upper = _mover(value, inner1, inner2)
    return Difference(value, lower, upper, inner_lower, inner_upper, basis, level)


def _mover(value: Floats, community: _Estimates, official: _Estimates) -> tuple[Floats, Floats]:
    above = np.where(official.known, official.upper - official.value, 0.0)
    below = np.where(official.known, official.value - official.lower, 0.0)
    lower = value - np.hypot(community.value - community.lower, above)
    upper = value + np.hypot(community.upper - community.value, below)
    return lower, upper
