"""Inequality along an order: concentration indices and the slope and relative index of inequality.

y estimates (k,), the most disadvantaged first, N populations, R the mid-rank of each subgroup in the whole population.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.errors import MeasureUndefined

STEPS = 100


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope with its standard error."""

    value: float
    se: float


@dataclass(frozen=True, slots=True)
class RankModel:
    """Predicted shares at the bottom and the top of the ranking, with the covariance (2, 2) of the two."""

    bottom: float
    top: float
    covariance: Floats

    def slope_index(self) -> Slope:
        """SII = P(1) − P(0), on the unit scale."""
        gradient = np.array([-1.0, 1.0])
        return Slope(self.top - self.bottom, float(np.sqrt(gradient @ self.covariance @ gradient)))

    def log_relative_index(self) -> Slope:
        """ln RII = ln(P(1)/P(0)). Raises MeasureUndefined where a straight line leaves the possible shares."""
        if self.bottom <= 0 or self.top <= 0:
            raise MeasureUndefined("RII", "the fitted line is not above 0 at both ends of the ranking")
        gradient = np.array([-1 / self.bottom, 1 / self.top])
        variance = gradient @ self.covariance @ gradient
        return Slope(float(np.log(self.top / self.bottom)), float(np.sqrt(variance)))


def mid_ranks(population: Floats) -> Floats:
    """R_j = (Σ_{i<j} N_i + N_j/2)/ΣN, shape (k,)."""
    return np.asarray((np.cumsum(population) - population / 2) / population.sum())


def concentration(y: Floats, population: Floats) -> Slope:
    """Absolute concentration index: slope of 2σ²·y on R, population weighted, with the regression's own standard error.

    σ² = Σ p(R − ½)². For the relative index pass y/μ. Source: Kakwani, Wagstaff and van Doorslaer (1997).
    """
    p, rank = population / population.sum(), mid_ranks(population)
    centred = rank - 0.5
    spread = np.sum(p * centred**2)
    left = 2 * spread * y
    slope = np.sum(p * centred * left) / spread
    residual = left - np.sum(p * left) - slope * centred
    error = np.sum(p * residual**2) / (y.size - 2) / spread
    return Slope(float(slope), float(np.sqrt(error)))


def concentration_gradients(y: Floats, population: Floats, scale: float) -> dict[str, Floats]:
    """How much each concentration index moves with each estimate, shape (k,), for the delta method.

    ACI = c·y with c = 2p(R − ½), so its gradient is c. RCI = c·y/μ: (c − p·RCI)/μ. With m = μ/S, Wagstaff RCI/(1 − m):
    (c − p·RCI)/(μ(1 − m)) + p·RCI/(S(1 − m)²). Erreygers 4m·RCI = 4·ACI/S: 4c/S. Those that divide by 0 are left out.
    """
    p = population / population.sum()
    c = 2 * p * (mid_ranks(population) - 0.5)
    mean = np.sum(p * y)
    found = {"aci": c, "rci_erreygers": 4 * c / scale}
    if mean > 0:
        relative = np.sum(c * y) / mean
        found["rci"] = (c - p * relative) / mean
        short = 1 - mean / scale
        if short > 0:
            found["rci_wagstaff"] = found["rci"] / short + p * relative / (scale * short**2)
    return found


def logit_model(y: Floats, weight: Floats, rank: Floats, se: Floats | None = None) -> RankModel:
    """Logistic curve of the shares ``y`` (0 to 1) on the rank, weighted by ``weight``; sandwich and delta method.

    With ``se``, standard errors of the shares, the meat is Σ (w·s)²·x·xᵀ: what another survey of the same subgroups
    would find, whether or not they lie on a logistic curve. Without, HC1 from the residuals.

    Raises MeasureUndefined when no curve fits (all subgroups at 0 or at 1, or a perfect step).
    """
    design = np.column_stack([np.ones_like(rank), rank])
    share = float(np.clip(np.sum(weight * y) / weight.sum(), 1e-9, 1 - 1e-9))
    beta = np.array([np.log(share / (1 - share)), 0.0])
    for _ in range(STEPS):
        fitted = 1 / (1 + np.exp(-design @ beta))
        curvature = weight * fitted * (1 - fitted)
        information = design.T @ (curvature[:, None] * design)
        if not np.isfinite(information).all() or np.linalg.cond(information) > 1e14:
            raise MeasureUndefined("SII", "no logistic curve fits the subgroups")
        step = np.linalg.solve(information, design.T @ (weight * (y - fitted)))
        beta = beta + step
        if np.max(np.abs(step)) < 1e-12:
            break
    else:
        raise MeasureUndefined("SII", "no logistic curve fits the subgroups")
    fitted = 1 / (1 + np.exp(-design @ beta))
    bread = np.linalg.inv(design.T @ ((weight * fitted * (1 - fitted))[:, None] * design))
    covariance = _sandwich(bread, design, weight, y - fitted, se)
    ends = np.array([[1.0, 0.0], [1.0, 1.0]])
    predicted = 1 / (1 + np.exp(-ends @ beta))
    gradient = (predicted * (1 - predicted))[:, None] * ends
    return RankModel(float(predicted[0]), float(predicted[1]), gradient @ covariance @ gradient.T)


def linear_model(y: Floats, weight: Floats, rank: Floats, se: Floats | None = None) -> RankModel:
    """Straight line of the shares ``y`` on the rank, weighted by ``weight``; sandwich as in ``logit_model``."""
    design = np.column_stack([np.ones_like(rank), rank])
    bread = np.asarray(np.linalg.inv(design.T @ (weight[:, None] * design)), dtype=np.float64)
    beta = bread @ (design.T @ (weight * y))
    covariance = _sandwich(bread, design, weight, y - design @ beta, se)
    ends = np.array([[1.0, 0.0], [1.0, 1.0]])
    predicted = ends @ beta
    return RankModel(float(predicted[0]), float(predicted[1]), ends @ covariance @ ends.T)


def _sandwich(bread: Floats, design: Floats, weight: Floats, residual: Floats, se: Floats | None) -> Floats:
    """bread · meat · bread; without ``se`` HC1, which is times k/(k − 2). Source: MacKinnon and White (1985)."""
    k = residual.size
    scatter, factor = (residual, k / (k - 2)) if se is None else (se, 1.0)
    scores = design * (weight * scatter)[:, None]
    return np.asarray(bread @ (scores.T @ scores) @ bread * factor)
