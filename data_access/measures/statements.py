"""What may be said of a difference: codes that the page turns into a sentence, none stronger than the interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data_access.measures.arrays import Flags, Floats, finite, require
from data_access.measures.errors import LengthsDiffer, OnePairExpected
from data_access.measures.intervals import normal_quantile
from data_access.measures.two_source import Difference, holm, tail, two_sided_p

DEFAULT_MARGIN_POINTS = 5.0
"""Difference in percentage points below which two sources are held to agree, unless the indicator sets its own."""

TOUCHING = 1e-12
"""An interval that only touches 0 or the margin, but for rounding, does not exclude it."""

StatementCode = Literal[
    "materially_different",
    "different_size_uncertain",
    "different_within_margin",
    "consistent_within_margin",
    "inconclusive",
    "one_sided",
    "uncertainty_unknown",
    "not_independent",
]
Direction = Literal["community_higher", "community_lower", "neither"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What may be said of one pair.

    ``code``
        materially_different: the whole interval lies beyond the margin. different_size_uncertain: it excludes 0 but
        not the margin. different_within_margin: it excludes 0, and the inner (90 %) interval lies within the margin.
        consistent_within_margin: it includes 0, and the inner interval lies within the margin. inconclusive: none of
        these. one_sided: the official source published no interval, so this holds only if its value is exact.
        uncertainty_unknown: the community source published none; the difference is two numbers and no more.
        not_independent: both figures rest on the same people; the interval does not hold.
    ``direction``
        which source is higher, "neither" where the interval includes 0.
    ``at_least``, ``at_most``
        smallest and largest size of the difference inside the interval, in the unit of the figures, 0 where it
        includes 0; None where there is no interval.
    ``comparisons``
        how many comparisons were made together; ``uncorrected`` is the code without the correction for it.
    """

    code: StatementCode
    direction: Direction
    at_least: float | None
    at_most: float | None
    margin: float
    comparisons: int
    uncorrected: StatementCode


def statement(difference: Difference, margin: float, *, independent: bool | None = None) -> Statement:
    """What may be said of a single pair, as ``statements`` says it. Raises OnePairExpected for several pairs."""
    if len(difference) != 1:
        raise OnePairExpected(len(difference))
    return statements(difference, margin, independent=[independent])[0]


def statements(
    difference: Difference, margin: ArrayLike, *, independent: Sequence[bool | None] | None = None
) -> tuple[Statement, ...]:
    """What may be said of each of n pairs that are looked at together.

    ``margin`` in the unit of the difference, above 0, set per indicator before the figures were seen: one number or
    shape (n,). ``independent`` as ``Comparability.independent`` has it; pairs of which it is False get no statement.
    The claims "different", "beyond the margin" and "within the margin" are each held to 1 − level over all pairs by
    Holm's correction; for one pair they are those of the interval as drawn.

    Raises LengthsDiffer, ValueMissing, or ValueOutOfRange for a margin not above 0.
    """
    pairs = len(difference)
    margins = finite("margin", margin)
    require("margin", margins, "above 0", lambda x: x > 0)
    if margins.size not in (1, pairs):
        raise LengthsDiffer("margin", margins.size, pairs)
    if independent is not None and len(independent) != pairs:
        raise LengthsDiffer("independent", len(independent), pairs)
    margins = np.broadcast_to(margins, (pairs,))

    flags = [None] * pairs if independent is None else independent
    dependent = np.array([flag is False for flag in flags], dtype=np.bool_)
    judged = (difference.basis != "none") & ~dependent
    claims = _Claims.of(difference, margins)
    corrected = claims.corrected(judged)
    alpha = 1 - difference.level - TOUCHING
    codes = _codes(difference, corrected, dependent, alpha)
    uncorrected = _codes(difference, claims, dependent, alpha)
    directions = np.where(
        judged & (corrected.different < alpha),
        np.where(difference.value > 0, "community_higher", "community_lower"),
        "neither",
    )
    spans = difference.lower * difference.upper <= 0
    sizes = np.sort(np.abs(np.stack([difference.lower, difference.upper])), axis=0)
    least, most = np.where(spans, 0.0, sizes[0]), sizes[1]
    comparisons = int(judged.sum())
    return tuple(
        Statement(code, direction, low if shown else None, high if shown else None, limit, comparisons, alone)
        for code, direction, low, high, shown, limit, alone in zip(
            codes.tolist(),
            directions.tolist(),
            least.tolist(),
            most.tolist(),
            judged.tolist(),
            margins.tolist(),
            uncorrected.tolist(),
            strict=True,
        )
    )


@dataclass(frozen=True, slots=True)
class _Claims:
    """P-values, shape (n,), against each of the three things a statement may claim; NaN without an interval."""

    different: Floats
    beyond: Floats
    within: Floats

    @classmethod
    def of(cls, difference: Difference, margin: Floats) -> _Claims:
        gap = difference.value
        beyond = np.where(np.abs(gap) > margin, two_sided_p(difference, np.sign(gap) * margin), 1.0)
        z = normal_quantile(2 * difference.level - 1)
        above_floor = tail(gap + margin, (gap - difference.inner_lower) / z)
        below_ceiling = tail(margin - gap, (difference.inner_upper - gap) / z)
        return cls(two_sided_p(difference), beyond, np.maximum(above_floor, below_ceiling))

    def corrected(self, judged: Flags) -> _Claims:
        return _Claims(*(_holm_among(p, judged) for p in (self.different, self.beyond, self.within)))


def _holm_among(p_values: Floats, judged: Flags) -> Floats:
    adjusted = p_values.copy()
    adjusted[judged] = holm(p_values[judged]).adjusted
    return adjusted


def _codes(difference: Difference, claims: _Claims, dependent: Flags, alpha: float) -> NDArray[np.str_]:
    different, beyond, within = claims.different < alpha, claims.beyond < alpha, claims.within < alpha
    conditions: list[tuple[Flags, StatementCode]] = [
        (dependent, "not_independent"),
        (difference.basis == "none", "uncertainty_unknown"),
        (difference.basis == "community_only", "one_sided"),
        (different & beyond, "materially_different"),
        (different & within, "different_within_margin"),
        (different, "different_size_uncertain"),
        (within, "consistent_within_margin"),
    ]
    return np.select([flags for flags, _ in conditions], [code for _, code in conditions], "inconclusive")
