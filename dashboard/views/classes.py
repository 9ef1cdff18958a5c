"""Classes for a choropleth: how values are cut so that the map tells what the figures tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

Method = Literal["quantile", "natural", "equal"]
METHODS: tuple[Method, ...] = ("quantile", "natural", "equal")
MOST_CLASSES = 5


def breaks(values: Sequence[float], method: Method, *, decimals: int) -> tuple[float, ...]:
    """Class bounds from lowest to highest, at most ``MOST_CLASSES`` + 1 of them, rounded to ``decimals``.

    ``quantile`` puts as many areas in each class, ``natural`` keeps like with like (Jenks), ``equal`` cuts the range
    into equal steps. The outer bounds are the lowest and highest value, rounded outwards; equal bounds are merged, so
    that few or equal values give fewer classes. Raises ValueError when there is no value.
    """
    if not values:
        raise ValueError("no values to classify")
    ordered = np.sort(np.asarray(values, dtype=float))
    classes = min(MOST_CLASSES, len(np.unique(ordered)))
    if method == "quantile":
        inner = np.quantile(ordered, np.linspace(0, 1, classes + 1)[1:-1])
    elif method == "equal":
        inner = np.linspace(ordered[0], ordered[-1], classes + 1)[1:-1]
    else:
        inner = _natural(ordered, classes)
    scale = 10.0**decimals
    low, high = np.floor(ordered[0] * scale) / scale, np.ceil(ordered[-1] * scale) / scale
    bounds = np.unique([low, *np.round(inner, decimals), high])
    return tuple(float(b) for b in bounds) if len(bounds) > 1 else (float(low), float(low))


def breaks_around_zero(values: Sequence[float]) -> tuple[float, ...]:
    """Class bounds for differences: equal round steps to both sides of zero, at most three classes a side.

    Zero is always a bound, so that no class mixes higher and lower. Raises ValueError when there is no value.
    """
    if not values:
        raise ValueError("no values to classify")
    furthest = max(abs(value) for value in values) or 1.0
    rough = furthest / 3
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough * (1 - 1e-9))
    below = math.ceil(max(-min(values), 0.0) / step - 1e-9)
    above = math.ceil(max(*values, 0.0) / step - 1e-9)
    if below == above == 0:
        above = 1
    return tuple(round(step * i, 10) for i in range(-below, above + 1))


def class_of(value: float, bounds: Sequence[float]) -> int:
    """Index of the class that holds ``value``: lower bound inclusive, upper exclusive but for the last."""
    return int(np.clip(np.searchsorted(bounds, value, side="right") - 1, 0, max(len(bounds) - 2, 0)))


def _natural(ordered: np.ndarray, classes: int) -> np.ndarray:
    """Inner bounds of natural breaks: the cut into ``classes`` with the least squared distance from class means.

    Dynamic programme over the sorted values (Fisher 1958; Jenks 1977). A bound is the first value of its class.
    """
    count = len(ordered)
    sums = np.concatenate(([0.0], np.cumsum(ordered)))
    squares = np.concatenate(([0.0], np.cumsum(ordered**2)))
    first, last = np.triu_indices(count + 1, 1)
    within = np.full((count + 1, count + 1), np.inf)
    within[first, last] = squares[last] - squares[first] - (sums[last] - sums[first]) ** 2 / (last - first)
    cost = within[0].copy()
    starts = np.zeros((classes, count + 1), dtype=int)
    for k in range(1, classes):
        total = cost[:, None] + within
        starts[k] = np.argmin(total, axis=0)
        cost = np.min(total, axis=0)
    cuts, end = [], count
    for k in range(classes - 1, 0, -1):
        end = int(starts[k][end])
        cuts.append(ordered[end])
    return np.array(cuts[::-1])
