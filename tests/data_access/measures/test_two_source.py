"""Differences, ratios and statements agree with the golden pairs, and bad arrays are refused where they are bad."""

from __future__ import annotations

import csv
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from data_access.measures.errors import (
    BoundsReversed,
    EstimateOutsideInterval,
    IntervalHalfStated,
    LengthsDiffer,
    OnePairExpected,
    ValueMissing,
    ValueOutOfRange,
)
from data_access.measures.statements import Statement, statement, statements
from data_access.measures.two_source import (
    Difference,
    difference,
    difference_of_shares,
    holm,
    katz,
    normal_quantile,
    ratio,
    two_sided_p,
    wilson,
)

GOLDEN = Path(__file__).parents[2] / "golden" / "two_source"
WORDING = {
    "materially different": "materially_different",
    "different, size of the difference uncertain against the margin": "different_size_uncertain",
    "consistent within the margin": "consistent_within_margin",
    "inconclusive": "inconclusive",
}


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


PAIRS = rows("two_source_golden.csv")
STUDY = rows("coverage_study.csv")


def column(name: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array([float(row[name] or "nan") for row in PAIRS])


def agrees(found: Any, *names: str) -> None:
    """Every golden value of the columns is reproduced to 1e-10 relative (1e-15 where the golden value is 0)."""
    for values, name in zip(found, names, strict=True):
        expected = column(name)
        there = ~np.isnan(expected)
        assert there.any()
        np.testing.assert_allclose(values[there], expected[there], rtol=1e-10, atol=1e-15, err_msg=name)


def shares(level: float = 0.95) -> Difference:
    names = ("p1", "n1", "p2", "n2", "deff1", "deff2")
    return difference_of_shares(*(column(name) for name in names), level=level)


def symmetric() -> Difference:
    """The golden pairs with Wald intervals, of which MOVER makes the ordinary Wald interval and z-test."""
    z = normal_quantile(0.95)
    p1, se1, p2, se2 = (column(name) for name in ("p1", "se1", "p2", "se2"))
    return difference(p1, p1 - z * se1, p1 + z * se1, p2, p2 - z * se2, p2 + z * se2)


def test_effective_sizes_and_wilson_intervals_of_both_sources() -> None:
    for source in "12":
        p, n, deff = (column(f"{name}{source}") for name in ("p", "n", "deff"))
        agrees([n / deff], f"neff{source}")
        agrees([np.sqrt(p * (1 - p) / (n / deff))], f"se{source}")
        found = wilson(p, n, deff)
        agrees([found.lower, found.upper], f"wilson{source}_l", f"wilson{source}_u")


def test_difference_of_shares() -> None:
    found = shares()
    agrees([found.value, found.lower, found.upper], "diff", "mover_wilson_l", "mover_wilson_u")
    agrees([found.inner_lower, found.inner_upper], "mover90_l", "mover90_u")
    agrees([found.lower, found.upper], "sm_newcomb_l", "sm_newcomb_u")
    assert found.basis.tolist() == ["both"] * 12


def test_difference_from_intervals_the_sources_published() -> None:
    bounds = [column(name) for name in ("p1", "kg1_l", "kg1_u", "p2", "kg2_l", "kg2_u")]
    found = difference(*bounds)
    agrees([found.value, found.lower, found.upper], "diff", "mover_kg_l", "mover_kg_u")


def test_symmetric_intervals_give_the_wald_interval_and_the_z_test() -> None:
    found = symmetric()
    agrees([found.lower, found.upper], "wald_l", "wald_u")
    p = two_sided_p(found)
    agrees([p], "p_value")
    z = np.sign(found.value) * np.array([-NormalDist().inv_cdf(max(each / 2, 1e-300)) for each in p])
    np.testing.assert_allclose(z, column("z"), rtol=1e-6)


def test_ratios() -> None:
    positive = column("p1") > 0
    one, two = (wilson(column(f"p{i}"), column(f"n{i}"), column(f"deff{i}")) for i in "12")
    found = ratio(column("p1"), one.lower, one.upper, column("p2"), two.lower, two.upper)
    agrees([found.lower, found.upper], "moverR_l", "moverR_u")
    np.testing.assert_allclose(found.value[positive], column("ratio")[positive], rtol=1e-10)
    assert found.value[~positive].tolist() == found.lower[~positive].tolist() == [0.0, 0.0]
    logarithmic = katz(*(column(name)[positive] for name in ("p1", "se1", "p2", "se2")))
    np.testing.assert_allclose(logarithmic.lower, column("katz_l")[positive], rtol=1e-10)
    np.testing.assert_allclose(logarithmic.upper, column("katz_u")[positive], rtol=1e-10)


def test_a_ratio_to_an_official_figure_that_may_be_0_has_no_upper_bound() -> None:
    found = ratio(2.0, 1.0, 3.0, 1.0, 0.0, 4.0)
    assert (found.value.tolist(), found.upper.tolist()) == ([2.0], [np.inf])
    assert found.lower[0] == pytest.approx(1 * 3 / (2 + np.sqrt(4 - 1 * 4 * 3 * (2 - 4))))


@pytest.mark.parametrize("number", range(12))
def test_statement_of_every_golden_pair(number: int) -> None:
    p1, n1, p2, n2, deff1, deff2, margin = (
        float(PAIRS[number][name]) for name in ("p1", "n1", "p2", "n2", "deff1", "deff2", "tost_delta")
    )
    found = statement(difference_of_shares(p1, n1, p2, n2, deff1, deff2), margin)
    assert found.code == found.uncorrected == WORDING[PAIRS[number]["statement"]]
    percent = difference_of_shares(100 * p1, n1, 100 * p2, n2, deff1, deff2, scale=100)
    assert statement(percent, 100 * margin).code == found.code


def test_together_the_golden_pairs_say_less_because_twelve_were_looked_at() -> None:
    found = statements(shares(), 0.05)
    assert [each.uncorrected for each in found] == [WORDING[row["statement"]] for row in PAIRS]
    assert {each.comparisons for each in found} == {12}
    assert {number: each.code for number, each in enumerate(found) if each.code != "inconclusive"} == {
        7: "different_size_uncertain",
        8: "different_size_uncertain",
    }


@pytest.mark.parametrize("study", STUDY, ids=lambda row: f"{row['n1']}-{row['p1']}-{row['n2']}-{row['p2']}")
def test_the_interval_covers_as_often_as_the_study_found(study: dict[str, str]) -> None:
    """Every outcome of both samples with its exact probability, against 20 000 simulated ones."""
    n1, n2, p1, p2 = int(study["n1"]), int(study["n2"]), float(study["p1"]), float(study["p2"])
    x1, chance1 = likely_counts(n1, p1)
    x2, chance2 = likely_counts(n2, p2)
    chance = np.outer(chance1, chance2).ravel()
    first, second = np.repeat(x1 / n1, x2.size), np.tile(x2 / n2, x1.size)
    mover = difference_of_shares(first, n1, second, n2)
    one, two = wilson(first, n1), wilson(second, n2)
    z = normal_quantile(0.95)
    half1, half2 = (z * np.sqrt(p * (1 - p) / n) for p, n in ((first, n1), (second, n2)))
    wald = difference(first, first - half1, first + half1, second, second - half2, second + half2)
    true = p1 - p2
    exact = {
        "cover_wald": (wald.lower <= true) & (true <= wald.upper),
        "cover_mover": (mover.lower <= true) & (true <= mover.upper),
        "reject_mover": (mover.lower > 0) | (mover.upper < 0),
        "reject_no_overlap": (one.lower > two.upper) | (one.upper < two.lower),
        "reject_point_outside_official_ci": (first > two.upper) | (first < two.lower),
    }
    for name, happened in exact.items():
        share = float(chance[happened].sum())
        simulation_error = np.sqrt(share * (1 - share) / 20_000)
        assert abs(share - float(study[name])) < 4 * simulation_error + 1e-4, name


def likely_counts(n: int, p: float) -> tuple[Any, Any]:
    """Counts of a binomial sample within eight standard deviations, with their probabilities."""
    spread = 8 * np.sqrt(n * p * (1 - p)) + 3
    counts = np.arange(max(0, int(n * p - spread)), min(n, int(n * p + spread)) + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, n + 1)))])
    log_chance = logs[n] - logs[counts] - logs[n - counts] + counts * np.log(p) + (n - counts) * np.log1p(-p)
    return counts, np.exp(log_chance)


def of(value: float, lower: float, upper: float, inner: tuple[float, float] | None = None) -> Difference:
    low, high = inner or (value - 0.84 * (value - lower), value + 0.84 * (upper - value))
    arrays = [np.array([x]) for x in (value, lower, upper, low, high)]
    return Difference(*arrays, np.array(["both"]), 0.95)


@pytest.mark.parametrize(
    ("found", "code", "direction"),
    [
        (of(9, 6, 12), "materially_different", "community_higher"),
        (of(-9, -12, -6), "materially_different", "community_lower"),
        (of(9, 5, 13), "different_size_uncertain", "community_higher"),
        (of(4, 1, 7), "different_size_uncertain", "community_higher"),
        (of(2, 1, 3), "different_within_margin", "community_higher"),
        (of(-2, -3, -1), "different_within_margin", "community_lower"),
        (of(0, -3, 3), "consistent_within_margin", "neither"),
        (of(0, -5.5, 5.5, (-4.6, 4.6)), "consistent_within_margin", "neither"),
        (of(0, -5.5, 5.5, (-5, 5)), "inconclusive", "neither"),
        (of(3, 0, 6), "inconclusive", "neither"),
        (of(0, -9, 9), "inconclusive", "neither"),
    ],
)
def test_the_five_statements_at_their_edges(found: Difference, code: str, direction: str) -> None:
    said = statement(found, 5.0)
    assert (said.code, said.direction, said.uncorrected) == (code, direction, code)


def test_sizes_are_those_of_the_interval() -> None:
    assert statement(of(-9, -12, -6), 5.0) == Statement(
        "materially_different", "community_lower", 6.0, 12.0, 5.0, 1, "materially_different"
    )
    assert statement(of(1, -2, 4), 5.0).at_least == 0.0


def test_an_official_figure_without_interval_allows_a_one_sided_statement_only() -> None:
    found = difference([70.0, 70.0], [60.0, 60.0], [80.0, 80.0], [50.0, 65.0], None, None)
    assert found.basis.tolist() == ["community_only", "community_only"]
    assert (found.lower.tolist(), found.upper.tolist()) == ([10.0, -5.0], [30.0, 15.0])
    assert statements(found, 5.0) == (
        Statement("one_sided", "community_higher", 10.0, 30.0, 5.0, 2, "one_sided"),
        Statement("one_sided", "neither", 0.0, 15.0, 5.0, 2, "one_sided"),
    )


def test_without_the_community_interval_nothing_is_said() -> None:
    kibera = difference(20_519, None, None, 18_336, None, None)
    assert (kibera.value.tolist(), kibera.basis.tolist()) == ([2183.0], ["none"])
    assert np.isnan([kibera.lower[0], kibera.upper[0]]).all()
    unknown = Statement("uncertainty_unknown", "neither", None, None, 500.0, 0, "uncertainty_unknown")
    assert statement(kibera, 500.0) == unknown
    # Far outside the official interval, and still nothing: that test rejects three in four true equalities.
    far = difference(90.0, None, None, 50.0, 49.0, 51.0)
    assert statement(far, 5.0).code == "uncertainty_unknown"


def test_rows_with_and_without_intervals_in_one_call() -> None:
    found = difference([60.0, 60.0], [55.0, None], [65.0, None], [50.0, 50.0], [48.0, 48.0], [52.0, 52.0])
    assert found.basis.tolist() == ["both", "none"]
    said = statements(found, 5.0)
    assert [(each.code, each.comparisons) for each in said] == [
        ("different_size_uncertain", 1),
        ("uncertainty_unknown", 1),
    ]


def test_pairs_that_share_their_people_get_no_statement() -> None:
    found = statement(of(9, 6, 12), 5.0, independent=False)
    assert found == Statement("not_independent", "neither", None, None, 5.0, 0, "not_independent")
    assert statement(of(9, 6, 12), 5.0, independent=True).code == "materially_different"


def test_inner_interval_of_published_bounds_shrinks_with_the_quantiles() -> None:
    found = difference(60.0, 50.0, 70.0, 50.0, 50.0, 50.0)
    shrink = 1.6448536269514722 / 1.959963984540054
    np.testing.assert_allclose([found.inner_lower[0], found.inner_upper[0]], [10 - 10 * shrink, 10 + 10 * shrink])


def test_a_p_value_is_below_five_percent_exactly_when_the_interval_excludes_0() -> None:
    random = np.random.default_rng(20_240_601)
    p1, p2 = random.uniform(0.05, 0.95, (2, 5000))
    found = difference_of_shares(p1, 60, p2, 900)
    excludes = (found.lower > 0) | (found.upper < 0)
    assert 0.3 < excludes.mean() < 0.95
    np.testing.assert_array_equal(two_sided_p(found) < 0.05, excludes)


def test_holm_steps_down() -> None:
    found = holm([0.01, 0.04, 0.03, 0.005])
    np.testing.assert_allclose(found.adjusted, [0.03, 0.06, 0.06, 0.02])
    assert found.comparisons == 4
    assert holm([0.9, 0.8]).adjusted.tolist() == [1.0, 1.0]
    assert holm([]).comparisons == 0


def test_holm_keeps_false_differences_to_five_in_a_hundred_families() -> None:
    random = np.random.default_rng(7)
    families = 600
    false = 0
    for _ in range(families):
        p1, p2 = random.binomial(200, 0.4, 20) / 200, random.binomial(2000, 0.4, 20) / 2000
        said = statements(difference_of_shares(p1, 200, p2, 2000), 0.05)
        false += any(each.code in ("different_size_uncertain", "materially_different") for each in said)
    assert false / families < 0.05 + 3 * np.sqrt(0.05 * 0.95 / families)


SIX = ("p1", "l1", "u1", "p2", "l2", "u2")


def spoilt(**changes: Any) -> tuple[Any, ...]:
    rows: dict[str, list[Any]] = {
        "p1": [60.0, 61.0, 62.0],
        "l1": [50.0, 51.0, 52.0],
        "u1": [70.0, 71.0, 72.0],
        "p2": [48.0, 49.0, 50.0],
        "l2": [47.0, 48.0, 49.0],
        "u2": [49.0, 50.0, 51.0],
    }
    return tuple(({**rows, **changes})[name] for name in SIX)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"p1": [60.0, float("nan"), 62.0]}, ValueMissing, r"p1\[1\] is nan"),
        ({"u2": [49.0, 50.0, float("inf")]}, ValueMissing, r"u2\[2\] is inf"),
        ({"l2": np.array([47.0, 48.0, np.nan])}, ValueMissing, r"l2\[2\] is nan.*give None for both bounds"),
        ({"l2": [47.0, 51.0, 49.0]}, BoundsReversed, r"l2\[1\] = 51 is above u2\[1\] = 50"),
        ({"l1": [50.0, 51.0, None]}, IntervalHalfStated, r"Only one of l1\[2\] and u1\[2\]"),
        ({"u1": None}, IntervalHalfStated, r"Only one of l1\[0\] and u1\[0\]"),
        ({"p2": [48.0, 49.0, 60.0]}, EstimateOutsideInterval, r"p2\[2\] = 60 lies outside its own interval 49 to 51"),
        ({"p2": [48.0, 49.0]}, LengthsDiffer, "l2 has 3 values where 2 are expected"),
        (
            {"p2": [48.0, 49.0], "l2": [47.0, 48.0], "u2": [49.0, 50.0]},
            LengthsDiffer,
            "p2 has 2 values where 3 are expected",
        ),
    ],
)
def test_bad_rows_are_refused_with_their_place(changes: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        difference(*spoilt(**changes))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([0.5, 1.2], 30), r"p\[1\] = 1.2: it must be a share from 0 to 1"),
        ((0.5, [30, 0]), r"n\[1\] = 0: it must be above 0"),
        ((0.5, 30, -1.0), r"deff\[0\] = -1: it must be above 0"),
        ((0.5, 30, 1.0, 1.0), r"level\[0\] = 1: it must be a confidence level"),
    ],
)
def test_impossible_samples_are_refused(arguments: tuple[Any, ...], words: str) -> None:
    with pytest.raises(ValueOutOfRange, match=words):
        wilson(*arguments)


def test_impossible_margins_and_families_are_refused() -> None:
    with pytest.raises(ValueOutOfRange, match=r"margin\[0\] = 0: it must be above 0"):
        statement(of(1, 0.5, 2), 0.0)
    with pytest.raises(OnePairExpected, match="was given 12: use statements"):
        statement(shares(), 0.05)
    with pytest.raises(LengthsDiffer, match="margin has 3 values where 12 are expected"):
        statements(shares(), [0.05, 0.05, 0.05])
    with pytest.raises(LengthsDiffer, match="independent has 1 values where 12 are expected"):
        statements(shares(), 0.05, independent=[True])
    with pytest.raises(ValueOutOfRange, match=r"p_values\[1\] = 1.5: it must be a probability"):
        holm([0.5, 1.5])
    with pytest.raises(ValueOutOfRange, match=r"p2\[0\] = 0: it must be above 0, for a ratio"):
        ratio(1.0, 0.5, 2.0, 0.0, 0.0, 0.1)


def test_no_pairs_give_no_statements() -> None:
    assert statements(difference([], [], [], [], [], []), 5.0) == ()
