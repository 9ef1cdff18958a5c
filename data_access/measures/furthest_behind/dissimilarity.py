"""How unequally an opportunity is spread over people of different circumstances: D-index, HOI and what contributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from data_access.measures.arrays import Floats, finite, require
from data_access.measures.errors import LengthsDiffer, MeasureUndefined
from data_access.measures.furthest_behind.errors import TooManyCircumstances
from data_access.measures.furthest_behind.people import Cells, People, cells

MOST_CIRCUMSTANCES = 8
"""Contributions take every order of the circumstances: 256 sets for eight of them."""
SEED = 123_456


@dataclass(frozen=True, slots=True)
class Dissimilarity:
    """``d`` from 0 (everyone alike) to 1, ``mean`` the average and ``hoi`` = mean·(1 − d), shares from 0 to 1; over how
    many non-empty ``groups``."""

    mean: float
    d: float
    hoi: float
    groups: int

    def complement(self) -> Dissimilarity:
        """The same people with the outcome turned round (access into barrier): D(1 − p) = D(p)·p̄/(1 − p̄).

        Raises MeasureUndefined where everyone has the outcome.
        """
        if self.mean >= 1:
            raise MeasureUndefined("D", "everyone has the outcome, so its complement is 0 on average")
        mean, d = 1 - self.mean, self.d * self.mean / (1 - self.mean)
        return Dissimilarity(mean, d, mean * (1 - d), self.groups)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one circumstance adds to D; ``share`` of D, None where D is 0."""

    circumstance: str
    d: float
    share: float | None


@dataclass(frozen=True, slots=True)
class NullOfD:
    """D as chance alone would make it: ``mean`` and ``upper`` (its 95th percentile) over the draws.

    ``p_value``: share of draws, the observed one included, that reach the observed D.
    """

    observed: float
    mean: float
    upper: float
    p_value: float
    draws: int
    seed: int


def d_index_of_groups(share: ArrayLike, access: ArrayLike) -> Dissimilarity:
    """D = Σ a_i·|p_i − p̄|/(2p̄) of c groups: ``share`` (c,) of the population a, ``access`` (c,) outcome p from 0 to 1.

    Shares need not add up to 1. Raises ValueMissing, ValueOutOfRange, LengthsDiffer, and MeasureUndefined where p̄ = 0.

    Source: Paes de Barros et al. (2009).
    """
    a, p = finite("share", share), finite("access", access)
    require("share", a, "0 or more", lambda x: x >= 0)
    require("access", p, "a share from 0 to 1", lambda x: (x >= 0) & (x <= 1))
    if a.size != p.size:
        raise LengthsDiffer("access", p.size, a.size)
    if not a.any():
        raise MeasureUndefined("D", "no group has people")
    return _dissimilarity(a, p)


def d_index(people: People, circumstances: Sequence[str] | None = None) -> Dissimilarity:
    """D over the non-empty cells in which the named circumstances (all for None) meet, weighted.

    Raises UnknownCircumstance, NoCircumstances, and MeasureUndefined where nobody has the outcome.
    """
    found = cells(people, people.positions(circumstances))
    return _dissimilarity(found.weight, found.mean)


def contributions(people: People, circumstances: Sequence[str] | None = None) -> tuple[Contribution, ...]:
    """Shapley contribution of each circumstance to D: its mean gain in D over every order of adding them.

    The contributions add up to D. Raises TooManyCircumstances (more than 8), and what ``d_index`` raises.

    Source: Shapley (1953); Shorrocks (2013); applied to D by Hoyos and Narayan (2012).
    """
    at = people.positions(circumstances)
    k = len(at)
    if k > MOST_CIRCUMSTANCES:
        raise TooManyCircumstances(k, MOST_CIRCUMSTANCES)
    finest = cells(people, at)
    d_of = np.array([0.0] + [_d_of_subset(finest, chosen) for chosen in range(1, 2**k)])
    whole = float(d_of[-1])
    found = []
    for position, index in enumerate(at):
        gain = 0.0
        for chosen in range(2**k):
            if not chosen >> position & 1:
                before = chosen.bit_count()
                order = factorial(before) * factorial(k - before - 1) / factorial(k)
                gain += order * (d_of[chosen | 1 << position] - d_of[chosen])
        share = gain / whole if whole > 0 else None
        found.append(Contribution(people.circumstances[index], float(gain), None if share is None else float(share)))
    return tuple(found)


def null_of_d(
    people: People, circumstances: Sequence[str] | None = None, *, draws: int = 1_000, seed: int = SEED
) -> NullOfD:
    """D when outcomes are dealt out again at random: people keep weight and circumstances, and only chance is left.

    Small cells scatter, and D adds the scatter up: with 500 people and six circumstances it is about 0.19 where there
    is no inequality at all. Sampling in clusters is not imitated, so in a clustered survey chance does more than this.

    Raises ValueOutOfRange where draws is below 1, and what ``d_index`` raises.
    """
    require("draws", finite("draws", draws), "1 or more", lambda x: x >= 1)
    found = cells(people, people.positions(circumstances))
    observed = _dissimilarity(found.weight, found.mean).d
    counted = np.flatnonzero(found.of_person >= 0)
    cell, weight, outcome = found.of_person[counted], people.weight[counted], people.outcome[counted]
    random = np.random.default_rng(seed)
    drawn = np.empty(draws)
    for i in range(draws):
        dealt = weight * random.permutation(outcome)
        drawn[i] = _dissimilarity(found.weight, np.bincount(cell, dealt, minlength=found.weight.size) / found.weight).d
    reached = int(np.count_nonzero(drawn >= observed * (1 - 1e-12)))
    return NullOfD(
        observed, float(drawn.mean()), float(np.quantile(drawn, 0.95)), (1 + reached) / (1 + draws), draws, seed
    )


def _dissimilarity(weight: Floats, p: Floats) -> Dissimilarity:
    share = weight / weight.sum()
    mean = float(share @ p)
    if mean <= 0:
        raise MeasureUndefined("D", "nobody has the outcome")
    d = float(share @ np.abs(p - mean)) / (2 * mean)
    return Dissimilarity(mean, d, mean * (1 - d), int(np.count_nonzero(weight)))


def _d_of_subset(finest: Cells, chosen: int) -> float:
    """D over the cells of some circumstances (the bits of ``chosen``), from the cells of all."""
    number = np.zeros(finest.weight.size, dtype=np.intp)
    for position, codes in enumerate(finest.codes):
        if chosen >> position & 1:
            number = np.unique(number * (int(codes.max()) + 1) + codes, return_inverse=True)[1].astype(np.intp)
    weight = np.asarray(np.bincount(number, finest.weight), dtype=np.float64)
    return _dissimilarity(weight, np.bincount(number, finest.weight * finest.mean) / weight).d
