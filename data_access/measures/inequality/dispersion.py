"""How far subgroups scatter: formulas over the first axis, so that one figure and ten thousand draws use the same line.

Sources: Schlotheuber and Hosseinpoor (2022); standard errors of MLD and TI by the delta method, Ahn et al. (2018).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

import numpy as np

from data_access.measures.arrays import Floats


class Distances(NamedTuple):
    """How far the estimates lie from a point: (1/k)·Σ|y − point|, Σ p|y − point| and Σ p(y − point)²."""

    every_group_alike: Floats
    by_people: Floats
    squared: Floats


class Entropies(NamedTuple):
    """Σ p·ln(μ/y), which needs every y above 0, and Σ p·r·ln r with r = y/μ, to which a subgroup at 0 adds nothing."""

    mean_log_deviation: Floats
    theil: Floats


class Scatter:
    """k estimates, or many draws of them, with what several measures share computed once.

    ``y`` estimates (k,) or (k, draws), ``p`` population shares (k,) that add up to 1. ``favourable``: the best is the
    highest. ``reference`` position of the declared reference subgroup, if there is one. Where a measure is taken of
    draws it has shape (draws,). Matrices are not kept: the memory costs more time than the sums.
    """

    def __init__(self, y: Floats, p: Floats, *, favourable: bool, reference: int | None) -> None:
        self.y, self.p, self.favourable, self.reference = y, p, favourable, reference

    @cached_property
    def mean(self) -> Floats:
        """μ = Σ p·y."""
        return np.asarray(self.p @ self.y)

    @cached_property
    def best(self) -> Floats:
        """The best estimate of each draw."""
        return np.asarray(self.y.max(axis=0) if self.favourable else self.y.min(axis=0))

    @cached_property
    def from_mean(self) -> Distances:
        """Distances from μ."""
        return self.distances(self.mean)

    @cached_property
    def from_reference(self) -> Distances:
        """Distances from the declared reference; only where there is one."""
        return self.distances(np.asarray(self.y[self.reference]))

    @cached_property
    def entropies(self) -> Entropies:
        """The sums of the mean log deviation and of the Theil index."""
        r = self.y / self.mean
        log = np.log(r if r.min() > 0 else np.where(r > 0, r, 1.0))
        return Entropies(-self.p @ log, np.einsum("k,k...,k...->...", self.p, r, log))

    def distances(self, point: Floats) -> Distances:
        """Distances from a point of shape () or (draws,)."""
        distance = np.asarray(self.y - point)
        np.abs(distance, out=distance)
        squared = np.einsum("k,k...,k...->...", self.p, distance, distance)
        return Distances(distance.mean(axis=0), np.asarray(self.p @ distance), squared)


FORMULAS: dict[str, Callable[[Scatter], Floats]] = {
    "bgv": lambda of: of.from_mean.squared,
    "bgsd": lambda of: np.sqrt(of.from_mean.squared),
    "cov": lambda of: 100 * np.sqrt(of.from_mean.squared) / of.mean,
    "mld": lambda of: 1000 * of.entropies.mean_log_deviation,
    "ti": lambda of: 1000 * of.entropies.theil,
    "idisu": lambda of: 100 * of.from_mean.every_group_alike / of.mean,
    "idisw": lambda of: 100 * of.from_mean.by_people / of.mean,
    "mdmu": lambda of: of.from_mean.every_group_alike,
    "mdmw": lambda of: of.from_mean.by_people,
    "mdbu": lambda of: np.abs(of.best - of.y.mean(axis=0)),
    "mdbw": lambda of: np.abs(of.best - of.mean),
    "mdru": lambda of: of.from_reference.every_group_alike,
    "mdrw": lambda of: of.from_reference.by_people,
}
"""Each measure of scatter by its code, u counting every subgroup alike and w counting people.

BGV = Σ p(y − μ)², in the squared unit of the indicator; BGSD = √BGV, in its unit; COV = 100·BGSD/μ.
MLD = 1000·Σ p·ln(μ/y), every y above 0; TI = 1000·Σ p·r·ln r.
MDM, MDB, MDR = (1/k)·Σ or Σ p of the distance from the mean, the best, the reference, in the unit of the indicator. No
estimate lies beyond the best, so the mean distance from it is the distance of the mean. IDIS = 100·MDM/μ.
"""


def bgv_standard_error(y: Floats, s: Floats, p: Floats) -> float:
    """√(4Σp²s²(y−μ)² + 2[(Σp²s²)² − Σp⁴s⁴ + Σp²(1−p)²s⁴])."""
    deviation, v = y - p @ y, (p * s) ** 2
    variance = 4 * np.sum(v * deviation**2)
    variance += 2 * (np.sum(v) ** 2 - np.sum(v**2) + np.sum((p * (1 - p) * s**2) ** 2))
    return float(np.sqrt(variance))


def mld_standard_error(y: Floats, s: Floats, p: Floats) -> float:
    """1000·√(Σ(p²s²/μ²)(1 − μ/y)²)."""
    mean = p @ y
    return float(1000 * np.sqrt(np.sum((p * s / mean * (1 - mean / y)) ** 2)))


def ti_standard_error(y: Floats, s: Floats, p: Floats) -> float:
    """1000·√(Σ(p²s²/μ²)(1 + ln r − h)²) with h = Σ p·r(1 + ln r); every y above 0."""
    mean = p @ y
    r = y / mean
    h = np.sum(p * r * (1 + np.log(r)))
    return float(1000 * np.sqrt(np.sum((p * s / mean * (1 + np.log(r) - h)) ** 2)))


def bgv_noise(y: Floats, s: Floats, p: Floats) -> float:
    """How much BGV exceeds the true one on average, because estimates scatter: Σ p(1 − p)s², whatever y."""
    return float(np.sum(p * (1 - p) * s**2))


def mld_noise(y: Floats, s: Floats, p: Floats) -> float:
    """The same for MLD, half its curvature times the variances: 500·(Σ p·s²/y² − Σ p²s²/μ²)."""
    return float(500 * np.sum(p * s**2 / y**2 - (p * s / (p @ y)) ** 2))


def ti_noise(y: Floats, s: Floats, p: Floats) -> float:
    """The same for TI: 500·Σ s²(p/(yμ) − (p²/μ²)(1 + 2 ln r − 2T)) with T = Σ p·r·ln r."""
    mean = p @ y
    log = np.log(y / mean)
    theil = np.sum(p * y / mean * log)
    return float(500 * np.sum(s**2 * (p / (y * mean) - (p / mean) ** 2 * (1 + 2 * log - 2 * theil))))
