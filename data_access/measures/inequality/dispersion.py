"""How far subgroups scatter: formulas over the last axis, so that one figure and ten thousand draws use the same line.

y estimates (…, k), p population shares (k,), μ = Σ p·y the mean, r = y/μ. Sources: Schlotheuber and Hosseinpoor (2022);
standard errors of MLD and TI by the delta method, Ahn et al. (2018).
"""

from __future__ import annotations

import numpy as np

from data_access.measures.arrays import Floats


def mean(y: Floats, p: Floats) -> Floats:
    """μ = Σ p·y, shape (…, 1) so that it subtracts from y."""
    return np.asarray(np.sum(p * y, axis=-1, keepdims=True))


def bgv(y: Floats, p: Floats) -> Floats:
    """Between-group variance Σ p(y − μ)², in the squared unit."""
    return np.asarray(np.sum(p * (y - mean(y, p)) ** 2, axis=-1))


def bgsd(y: Floats, p: Floats) -> Floats:
    """Between-group standard deviation √BGV, in the indicator's unit."""
    return np.sqrt(bgv(y, p))


def cov(y: Floats, p: Floats) -> Floats:
    """Coefficient of variation 100·BGSD/μ, in per cent of the mean."""
    return 100 * bgsd(y, p) / mean(y, p)[..., 0]


def mld(y: Floats, p: Floats) -> Floats:
    """Mean log deviation 1000·Σ p·ln(μ/y); every y above 0."""
    return np.asarray(1000 * np.sum(p * np.log(mean(y, p) / y), axis=-1))


def ti(y: Floats, p: Floats) -> Floats:
    """Theil index 1000·Σ p·r·ln r; a subgroup at 0 adds nothing."""
    r = y / mean(y, p)
    return np.asarray(1000 * np.sum(p * r * np.log(np.where(r > 0, r, 1.0)), axis=-1))


def idisu(y: Floats, p: Floats) -> Floats:
    """Index of disparity, every subgroup alike: (100/k)·Σ|y − μ|/μ."""
    return 100 * mdmu(y, p) / mean(y, p)[..., 0]


def idisw(y: Floats, p: Floats) -> Floats:
    """Index of disparity, by population: 100·Σ p|y − μ|/μ."""
    return 100 * mdmw(y, p) / mean(y, p)[..., 0]


def mdmu(y: Floats, p: Floats) -> Floats:
    """Mean difference from the mean, every subgroup alike: (1/k)·Σ|y − μ|."""
    return np.asarray(np.mean(np.abs(y - mean(y, p)), axis=-1))


def mdmw(y: Floats, p: Floats) -> Floats:
    """Mean difference from the mean, by population: Σ p|y − μ|."""
    return np.asarray(np.sum(p * np.abs(y - mean(y, p)), axis=-1))


def mean_distance(y: Floats, point: Floats, weights: Floats) -> Floats:
    """Σ w|y − point| for weights that add up to 1: MDB and MDR, in the indicator's unit. ``point`` has shape (…, 1)."""
    return np.asarray(np.sum(weights * np.abs(y - point), axis=-1))


def bgv_standard_error(y: Floats, s: Floats, p: Floats) -> float:
    """√(4Σp²s²(y−μ)² + 2[(Σp²s²)² − Σp⁴s⁴ + Σp²(1−p)²s⁴])."""
    deviation, v = y - mean(y, p), (p * s) ** 2
    variance = 4 * np.sum(v * deviation**2)
    variance += 2 * (np.sum(v) ** 2 - np.sum(v**2) + np.sum((p * (1 - p) * s**2) ** 2))
    return float(np.sqrt(variance))


def mld_standard_error(y: Floats, s: Floats, p: Floats) -> float:
    """1000·√(Σ(p²s²/μ²)(1 − μ/y)²)."""
    m = mean(y, p)
    return float(1000 * np.sqrt(np.sum((p * s / m * (1 - m / y)) ** 2)))


def ti_standard_error(y: Floats, s: Floats, p: Floats) -> float:
    """1000·√(Σ(p²s²/μ²)(1 + ln r − h)²) with h = Σ p·r(1 + ln r); every y above 0."""
    m = mean(y, p)
    r = y / m
    h = np.sum(p * r * (1 + np.log(r)))
    return float(1000 * np.sqrt(np.sum((p * s / m * (1 + np.log(r) - h)) ** 2)))
