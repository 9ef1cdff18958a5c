"""Of two thousand simulated surveys, as many as promised have an interval that holds the truth."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from data_access.measures.inequality.measure import measure
from data_access.measures.inequality.subgroups import Subgroups

pytestmark = pytest.mark.slow

SURVEYS = 2_000
ORDERED_FIVE = (0.38, 0.46, 0.57, 0.68, 0.79)
SIX_REGIONS = (0.30, 0.45, 0.50, 0.62, 0.80, 0.85)
POPULATION = (500.0, 800.0, 1200.0, 900.0, 700.0, 400.0)
FEW_AND_MANY = (150, 300, 500, 400, 250, 200)


def subgroups(share: Sequence[float], se: Sequence[float], population: Sequence[float], *, ordered: bool) -> Subgroups:
    return Subgroups.of(
        [f"G{i}" for i in range(len(share))],
        [100 * p for p in share],
        favourable=True,
        scale=100,
        se=[100 * s for s in se],
        population=population,
        order=list(range(1, len(share) + 1)) if ordered else None,
    )


@cache
def coverage(
    code: str, truth: tuple[float, ...], asked: tuple[int, ...], population: tuple[float, ...], ordered: bool
) -> float:
    """Share of surveys, each of simple random samples of the subgroups, whose 95 % interval holds the true value."""
    known = measure(code, subgroups(truth, [0.01] * len(truth), population, ordered=ordered), draws=2).value
    random = np.random.default_rng(20_30)
    held = 0
    for _ in range(SURVEYS):
        share = random.binomial(asked, truth) / np.array(asked)
        se = np.sqrt(share * (1 - share) / (np.array(asked) - 1))
        found = measure(code, subgroups(share.tolist(), se.tolist(), population, ordered=ordered), draws=2)
        assert found.lower is not None and found.upper is not None
        held += found.lower <= known <= found.upper
    return held / SURVEYS


def logistic(groups: int) -> tuple[float, ...]:
    """True shares on a logistic curve in the mid-rank of equally large groups."""
    rank = (np.arange(groups) + 0.5) / groups
    return tuple((1 / (1 + np.exp(1 - 3 * rank))).tolist())


@pytest.mark.parametrize("code", ["d", "r"])
@pytest.mark.parametrize(
    ("truth", "asked", "population", "ordered"),
    [
        (ORDERED_FIVE, (400,) * 5, (1000.0,) * 5, True),
        (ORDERED_FIVE, FEW_AND_MANY[:5], POPULATION[:5], True),
        (SIX_REGIONS, (400,) * 6, POPULATION, False),
        ((0.25, 0.60), (200, 900), (1.0, 9.0), True),
    ],
    ids=["five even", "five uneven", "six regions", "two"],
)
def test_difference_and_ratio(
    code: str, truth: tuple[float, ...], asked: tuple[int, ...], population: tuple[float, ...], ordered: bool
) -> None:
    assert 0.93 <= coverage(code, truth, asked, population, ordered) <= 0.97


@pytest.mark.parametrize("asked", [(400,) * 6, FEW_AND_MANY], ids=["even", "uneven"])
@pytest.mark.parametrize("truth", [SIX_REGIONS, (0.38, 0.47, 0.50, 0.55, 0.63, 0.71)], ids=["far apart", "nearer"])
def test_between_group_variance_at_ten_times_what_noise_makes(truth: tuple[float, ...], asked: tuple[int, ...]) -> None:
    se = np.sqrt(np.array(truth) * (1 - np.array(truth)) / np.array(asked))
    found = measure("bgv", subgroups(truth, se.tolist(), POPULATION, ordered=False))
    assert found.equality is not None and found.value >= 10 * found.equality
    assert 0.93 <= coverage("bgv", truth, asked, POPULATION, False) <= 0.97


def test_slope_index_of_many_groups() -> None:
    assert 0.93 <= coverage("sii", logistic(80), (400,) * 80, (1000.0,) * 80, True) <= 0.97


@pytest.mark.parametrize(("groups", "least", "most"), [(5, 0.75, 0.86), (10, 0.85, 0.93)])
def test_slope_index_of_few_groups_covers_less_than_it_says(groups: int, least: float, most: float) -> None:
    """The sandwich looks at how groups lie about the curve and not at their own standard errors.

    Five groups leave three residuals: the interval is called approximate (docs/methods/inequality.md), and this is how
    approximate it is.
    """
    assert least <= coverage("sii", logistic(groups), (400,) * groups, (1000.0,) * groups, True) <= most
