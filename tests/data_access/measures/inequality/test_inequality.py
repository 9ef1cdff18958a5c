"""Measures of inequality agree with WHO's package where it is right, and with the corrected values where it is not."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_access.measures.inequality import attributable
from data_access.measures.inequality.estimates import InequalityEstimate
from data_access.measures.inequality.measure import CODES, ORDERED_ONLY, every_measure, measure
from data_access.measures.inequality.subgroups import Subgroups

GOLDEN = Path(__file__).parents[3] / "golden" / "inequality"
CLOSED = ["d", "r", "bgv", "mld", "ti", "par", "paf", "aci", "rci", "rci_wagstaff", "rci_erreygers"]
SIMULATED = ["bgsd", "cov", "idisu", "idisw", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw"]
OUR_CODES = {"covar": "cov"}
WHO_MEASURES = ("d", "r", "aci", "rci", "sii", "rii", "par", "paf", "bgv", "mld", "ti", *SIMULATED)


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


def number(text: str) -> float | None:
    return float(text) if text else None


def subgroups(case: str) -> Subgroups:
    table = rows(f"input_{case}.csv")
    first = table[0]
    return Subgroups.of(
        [row["subgroup"] for row in table],
        [number(row["estimate"]) for row in table],
        favourable=first["favourable_indicator"] == "1",
        scale=float(first["indicator_scale"]),
        se=[number(row["se"]) for row in table],
        population=[number(row["population"]) for row in table],
        order=[int(row["subgroup_order"]) for row in table] if first["ordered_dimension"] == "1" else None,
        reference=next((row["subgroup"] for row in table if row["reference_subgroup"] == "1"), None),
    )


WHO = rows("who_results_sim100.csv")
WHO_5000 = rows("who_results_sim5000.csv")
CASES = sorted({row["case"] for row in WHO})


def published(calls: list[str], table: list[dict[str, str]] = WHO) -> list[Any]:
    """Golden rows of these calls that WHO's package computed, with one answer each, named by case and call."""
    kept = [row for row in table if row["call"] in calls and row["status"] == "ok"]
    return [pytest.param(row, id=f"{row['case']}-{row['call']}") for row in kept]


def close(found: float | None, expected: str, tolerance: float = 1e-10) -> None:
    if expected == "":
        assert found is None
    else:
        assert found == pytest.approx(float(expected), rel=tolerance, abs=1e-13)


@pytest.mark.parametrize("row", published(CLOSED))
def test_closed_forms_reproduce_who_digit_by_digit_in_heat_mode(row: dict[str, str]) -> None:
    found = measure(row["call"], subgroups(row["case"]), mode="heat")
    close(found.value, row["estimate"])
    close(found.se, row["se"])
    close(found.lower, row["lowerci"])
    close(found.upper, row["upperci"])


@pytest.mark.parametrize("row", published(["d@90", "r@90"]))
def test_the_level_is_honoured(row: dict[str, str]) -> None:
    found = measure(row["measure"], subgroups(row["case"]), mode="heat", level=0.9)
    close(found.lower, row["lowerci"])
    close(found.upper, row["upperci"])
    assert found.level == 0.9


@pytest.mark.parametrize("row", published(["bgsd", "covar", *SIMULATED]))
@pytest.mark.parametrize("mode", ["heat", "corrected"])
def test_values_of_simulated_measures(row: dict[str, str], mode: Any) -> None:
    found = measure(OUR_CODES.get(row["call"], row["call"]), subgroups(row["case"]), mode=mode, draws=10)
    close(found.value, row["estimate"])
    assert (found.lower is None) == (row["lowerci"] == "")


def limits() -> list[Any]:
    return [
        pytest.param(row, id=f"{row['case']}-{row['measure']}")
        for row in rows("mc_limits.csv")
        if row["measure"] != "idisw_as_healthequal"
    ]


@pytest.mark.parametrize("row", limits())
def test_simulated_intervals_lie_within_five_per_cent_of_the_limits(row: dict[str, str]) -> None:
    found = measure(OUR_CODES.get(row["measure"], row["measure"]), subgroups(row["case"]))
    assert found.interval == "simulated"
    lower, upper = float(row["q025"]), float(row["q975"])
    assert found.lower is not None and found.upper is not None
    assert abs(found.lower - lower) < 0.05 * (upper - lower)
    assert abs(found.upper - upper) < 0.05 * (upper - lower)


def test_heat_mode_keeps_the_mean_of_the_weighted_index_of_disparity_unsimulated() -> None:
    for row in rows("mc_limits.csv"):
        if row["measure"] == "idisw_as_healthequal":
            found = measure("idisw", subgroups(row["case"]), mode="heat")
            lower, upper = float(row["q025"]), float(row["q975"])
            assert found.lower == pytest.approx(lower, abs=0.05 * (upper - lower))
            assert found.upper == pytest.approx(upper, abs=0.05 * (upper - lower))
            assert "mean_not_simulated" in found.defects


@pytest.mark.parametrize("row", published(["bgsd", "covar", *SIMULATED], WHO_5000))
def test_heat_intervals_agree_with_five_thousand_draws_of_who(row: dict[str, str]) -> None:
    found = measure(OUR_CODES.get(row["call"], row["call"]), subgroups(row["case"]), mode="heat", level=0.9)
    lower, upper = float(row["lowerci"]), float(row["upperci"])
    assert found.level == 0.95 and "level_ignored" in found.defects
    # Both sides are simulated here, so the tolerance is twice that against the limits.
    assert found.lower == pytest.approx(lower, abs=0.1 * (upper - lower))
    assert found.upper == pytest.approx(upper, abs=0.1 * (upper - lower))


@pytest.mark.parametrize("row", published(["sii", "rii", "sii_linear", "rii_linear"]))
def test_slope_indices_reproduce_who_in_heat_mode(row: dict[str, str]) -> None:
    found = measure(row["call"], subgroups(row["case"]), mode="heat")
    close(found.value, row["estimate"], 1e-8)
    close(found.se, row["se"], 1e-5)
    close(found.lower, row["lowerci"], 1e-5)
    close(found.upper, row["upperci"], 1e-5)
    assert ("population_weight_used_twice" in found.defects) == (not row["call"].endswith("linear"))
    assert ("scale_guessed_from_the_figures" in found.defects) == (row["case"] == "syn09_rate_per_1000_adv_ord")


@pytest.mark.parametrize(
    "row", [pytest.param(r, id=f"{r['case']}-{r['model']}") for r in rows("corrected_sii_rii.csv")]
)
def test_corrected_slope_indices_with_the_hc1_sandwich(row: dict[str, str]) -> None:
    suffix = "_linear" if row["model"] == "linear" else ""
    absolute = measure(f"sii{suffix}", subgroups(row["case"]), variance="who")
    relative = measure(f"rii{suffix}", subgroups(row["case"]), variance="who")
    for found, name in ((absolute, "sii"), (relative, "rii")):
        close(found.value, row[name], 1e-9)
        close(found.lower, row[f"{name}_l"], 1e-5)
        close(found.upper, row[f"{name}_u"], 1e-5)
        assert (found.defects, found.variance) == ((), "who")
    close(absolute.se, row["sii_se"], 1e-5)
    close(relative.se, row["ln_rii_se"], 1e-5)


@pytest.mark.parametrize(
    "row", published(["aci", "rci", "rci_wagstaff", "rci_erreygers", "sii", "rii", "sii_linear", "rii_linear"])
)
def test_the_interval_shown_is_that_of_the_groups_own_standard_errors(row: dict[str, str]) -> None:
    """The value stays, and the standard error is what ten thousand draws of the groups give."""
    groups = subgroups(row["case"])
    shown, model = measure(row["call"], groups), measure(row["call"], groups, variance="who")
    assert (shown.value, shown.variance, shown.level) == (model.value, "groups", 0.95)
    random, drawn = np.random.default_rng(7), []
    for _ in range(2_000):
        found = replace(groups, estimate=np.clip(random.normal(groups.estimate, groups.se), 0.01, groups.scale))
        drawn.append(measure(row["call"], found, variance="who").value)
    scatter = np.std(np.log(drawn) if row["call"].startswith("rii") else drawn)
    assert shown.se == pytest.approx(float(scatter), rel=0.07)
    assert shown.lower is not None and shown.upper is not None and shown.se is not None
    z = 1.959963984540054
    if row["call"].startswith("rii"):
        assert np.log(shown.upper / shown.lower) == pytest.approx(2 * z * shown.se, rel=1e-9)
    else:
        assert shown.upper - shown.lower == pytest.approx(2 * z * shown.se, rel=1e-9)


def test_without_a_standard_error_the_slope_has_no_interval_unless_hc1_is_asked_for() -> None:
    values: list[float | None] = [40.0, 55.0, 58.0, 71.0]
    groups = groups_of(values, se=[1.0, None, 1.0, 1.0], order=[1, 2, 3, 4])
    for code in ORDERED_ONLY:
        shown, asked_for = measure(code, groups), measure(code, groups, variance="who")
        assert (shown.se, shown.lower, shown.upper, shown.interval, shown.variance) == (None, None, None, "none", None)
        assert asked_for.interval == "closed_form" and asked_for.variance == "who"
        assert shown.value == asked_for.value
    assert measure("par", groups).interval == "none"
    assert measure("sii", groups, mode="heat").lower is not None, "HEAT does not look at standard errors"


def test_a_ratio_whose_bottom_may_be_nobody_has_no_upper_bound() -> None:
    found = measure("rii_linear", groups_of([16.668, 50.0, 83.332], se=[5.0] * 3, order=[1, 2, 3]))
    assert found.value > 1_000 and found.upper == float("inf")


@pytest.mark.parametrize(("code", "factor"), [("mld", 1000), ("ti", 1000), ("paf", 100)])
def test_corrected_standard_errors_are_on_the_scale_of_their_measure(code: str, factor: float) -> None:
    groups = subgroups("syn05_nonord_fav_ref")
    corrected, heat = measure(code, groups, variance="who"), measure(code, groups, mode="heat")
    assert corrected.value == heat.value
    assert corrected.se is not None and heat.se is not None and corrected.lower is not None
    assert corrected.se == pytest.approx(factor * heat.se, rel=1e-12)
    assert corrected.lower == pytest.approx(corrected.value - 1.959963984540054 * corrected.se, rel=1e-12)
    assert f"standard_error_not_multiplied_by_{factor}" in heat.defects
    assert corrected.defects == ()


@pytest.mark.parametrize("code", ["mld", "ti", "bgv"])
def test_standard_errors_agree_with_simulation(code: str) -> None:
    """The standard error is that of the measure: draws scatter as much, about a value raised by their noise."""
    groups = subgroups("syn05_nonord_fav_ref")
    random = np.random.default_rng(11)
    drawn = random.normal(groups.estimate, groups.se, size=(40_000, 6))
    p = groups.population / groups.population.sum()
    mean = (p * drawn).sum(axis=1, keepdims=True)
    simulated = {
        "mld": 1000 * (p * np.log(mean / drawn)).sum(axis=1),
        "ti": 1000 * (p * drawn / mean * np.log(drawn / mean)).sum(axis=1),
        "bgv": (p * (drawn - mean) ** 2).sum(axis=1),
    }[code]
    found = measure(code, groups)
    assert found.se == pytest.approx(float(simulated.std()), rel=0.05)
    noise, z = float(simulated.mean()) - found.value, 1.959963984540054
    assert found.lower is not None and found.upper is not None
    assert found.lower == pytest.approx(found.value - noise - z * found.se, abs=0.05 * found.se)
    assert found.upper == pytest.approx(found.value - noise + z * found.se, abs=0.05 * found.se)


@pytest.mark.parametrize("code", ["bgv", "mld", "ti"])
def test_the_interval_of_a_scatter_that_may_be_noise_starts_at_nothing_and_holds_its_value(code: str) -> None:
    found = measure(code, groups_of([50.0, 50.1, 49.9, 50.0], se=[3.0] * 4))
    assert (found.lower, found.variance) == (0.0, "groups")
    assert found.upper is not None and found.value <= found.upper
    as_who = measure(code, groups_of([50.0, 50.1, 49.9, 50.0], se=[3.0] * 4), variance="who")
    assert as_who.lower is not None and as_who.lower < 0


@pytest.mark.parametrize("case", ["syn01_ord_fav_pct", "syn02_ord_adv_pct", "syn05_nonord_fav_ref"])
def test_attributable_errors_agree_with_simulation(case: str) -> None:
    groups = subgroups(case)
    random = np.random.default_rng(5)
    drawn = random.normal(groups.estimate, groups.se, size=(20_000, groups.estimate.size))
    p = groups.population / groups.population.sum()
    at = attributable.declared_position(groups)
    gain, mean = drawn[:, at] - drawn @ p, drawn @ p
    assert measure("par", groups).se == pytest.approx(float(gain.std()), rel=0.03)
    assert measure("paf", groups).se == pytest.approx(float((100 * gain / mean).std()), rel=0.03)


def test_an_attributable_risk_has_one_direction_and_so_have_its_bounds() -> None:
    groups = groups_of([50.0, 52.0, 51.0], se=[2.0, 2.0, 2.0], reference="G3")
    found = measure("par", groups)
    assert found.value == 0.0 and found.lower == 0.0
    assert found.upper == pytest.approx(1.959963984540054 * 2 * np.sqrt(4 / 9 + 2 / 9))
    adverse = measure("paf", groups_of([50.0, 52.0, 50.5], se=[2.0, 2.0, 2.0], reference="G3", favourable=False))
    assert adverse.value < 0 and adverse.upper == 0.0 and adverse.lower is not None and adverse.lower < adverse.value
    assert adverse.equality is not None and adverse.equality < 0


def test_noise_alone_makes_the_best_of_four_look_better_than_the_average() -> None:
    equal = groups_of([50.0] * 4, se=[2.0] * 4)
    assert measure("par", equal).equality == pytest.approx(1.0294 * 2, rel=0.02), "expected maximum of four"
    assert measure("paf", equal).equality == pytest.approx(100 * 1.0294 * 2 / 50, rel=0.02)
    assert measure("r", equal).equality == pytest.approx(np.exp(2.0588 * 2 / 50), rel=0.01)
    assert measure("r", groups_of([50.0] * 4, order=[1, 2, 3, 4])).equality is None, "it may be below 1"


def test_noise_alone_makes_equal_groups_look_unequal() -> None:
    groups = subgroups("syn20_equal_nonord")
    for row in rows("mc_limits.csv"):
        if row["case"] == "syn20_equal_nonord" and row["measure"] != "idisw_as_healthequal":
            found = measure(OUR_CODES.get(row["measure"], row["measure"]), groups)
            assert found.value == 0
            assert found.equality == pytest.approx(float(row["mc_mean"]), rel=0.03)


def test_the_range_of_four_equal_groups_is_that_of_four_normal_draws() -> None:
    found = measure("d", groups_of([50.0] * 4, se=[2.0] * 4))
    assert found.value == 0
    assert found.equality == pytest.approx(2.0588 * 2, rel=0.02), "the expected range of four, times the standard error"
    assert measure("d", groups_of([50.0] * 4, reference="G1")).equality is None, "it may be negative"


def test_heat_mode_counts_whole_people() -> None:
    ordered: dict[str, Any] = {"order": [1, 2, 3]}
    fractions = groups_of([40.0, 60.0, 70.0], population=[10.2, 20.7, 5.5], **ordered)
    whole = groups_of([40.0, 60.0, 70.0], population=[11, 21, 6], **ordered)
    for code in ("sii", "rii", "sii_linear"):
        assert measure(code, fractions, mode="heat") == measure(code, whole, mode="heat")
        assert measure(code, fractions).value != measure(code, whole).value


def test_a_tie_has_one_answer_the_more_uncertain_one() -> None:
    tied = subgroups("syn16_ties_nonord")
    reversed_rows = Subgroups.of(
        tied.names[::-1], tied.estimate[::-1].tolist(), favourable=True, scale=100,
        se=tied.se[::-1].tolist(), population=tied.population[::-1].tolist(), reference="A",
    )  # fmt: skip
    for code in ("d", "r"):
        answers = [row for row in WHO if row["case"] == "syn16_ties_nonord" and row["call"] == code]
        assert len(answers) == 2
        widest = max(answers, key=lambda row: float(row["se"]))
        found = measure(code, tied)
        close(found.se, widest["se"])
        assert measure(code, reversed_rows) == found
        assert measure(code, tied, mode="heat").defects == ("several_answers_on_ties",)
    assert measure("d", subgroups("syn20_equal_nonord")).se == pytest.approx(np.sqrt(8))


def groups_of(values: list[float | None], **changes: Any) -> Subgroups:
    settings: dict[str, Any] = {"favourable": True, "scale": 100, "se": [1.0] * len(values)}
    settings |= {"population": [100.0] * len(values)} | changes
    return Subgroups.of([f"G{i}" for i in range(1, len(values) + 1)], values, **settings)


def test_the_declared_reference_is_honoured() -> None:
    groups = groups_of([50.0, 80.0, 60.0], reference="G3")
    mean = (50 + 80 + 60) / 3
    assert measure("par", groups).value == 0.0, "the reference is below the average: nothing to gain by reaching it"
    assert measure("par", groups, mode="heat").value == pytest.approx(80 - mean)
    assert "declared_reference_ignored" in measure("par", groups, mode="heat").defects
    assert measure("d", groups).value == 10.0
    assert measure("mdru", groups).value == pytest.approx(30 / 3)
    assert measure("mdbu", groups).value == pytest.approx(50 / 3)


def test_rows_may_come_in_any_order() -> None:
    groups = groups_of([90.0, 40.0, 60.0], order=[3, 1, 2], population=[10, 20, 30])
    assert groups.names == ("G2", "G3", "G1")
    assert measure("d", groups).value == 50.0
    assert measure("d", groups_of([90.0, 40.0, 60.0], order=[3, 1, 2], favourable=False)).value == -50.0


def test_the_level_of_simulated_intervals_is_honoured() -> None:
    groups = subgroups("syn05_nonord_fav_ref")
    wide, narrow = measure("bgsd", groups), measure("bgsd", groups, level=0.8)
    assert wide.lower is not None and narrow.lower is not None and wide.upper is not None and narrow.upper is not None
    assert wide.lower < narrow.lower < narrow.upper < wide.upper
    assert (narrow.level, narrow.draws, narrow.seed) == (0.8, 10_000, 123_456)
    assert measure("bgsd", groups) == wide, "the seed makes the interval the same each time"


def test_simulated_estimates_stay_within_the_range_of_the_indicator() -> None:
    groups = groups_of([99.5, 99.0, 100.0], se=[3.0, 3.0, 3.0])
    found = measure("mdbu", groups)
    assert found.upper is not None and found.upper < 5
    proportion = groups_of([0.995, 0.99, 1.0], se=[0.03, 0.03, 0.03], scale=1)
    same = measure("mdbu", proportion)
    assert same.upper == pytest.approx(found.upper / 100, rel=1e-9)


def test_without_standard_errors_a_value_has_no_interval() -> None:
    for code in ("d", "r", "bgv", "bgsd"):
        found = measure(code, groups_of([50.0, 80.0, 60.0], se=None))
        assert (found.se, found.lower, found.upper, found.interval, found.equality, found.draws) == (
            *(None, None, None),
            *("none", None, None),
        )
    with_one_missing = subgroups("syn13_missing_one_se_nonord")
    assert measure("mdbu", with_one_missing).value == pytest.approx(22.866666666666674)
    assert measure("mdbu", with_one_missing).lower is None


def test_few_missing_subgroups_are_left_out() -> None:
    groups = groups_of([50.0, None, *[60.0] * 6], reference="G3")
    assert len(groups.names) == 7
    assert groups.names[groups.reference or 0] == "G3"


def test_every_measure_or_its_refusal() -> None:
    found = every_measure(subgroups("syn05_nonord_fav_ref"))
    assert list(found) == list(CODES)
    assert found["bgsd"] == measure("bgsd", subgroups("syn05_nonord_fav_ref")), "shared draws change nothing"
    assert len(WHO_MEASURES) == 21 and set(WHO_MEASURES) < set(CODES)
    refused = {code for code, each in found.items() if not isinstance(each, InequalityEstimate)}
    assert refused == {"aci", "rci", "rci_wagstaff", "rci_erreygers", "sii", "rii", "sii_linear", "rii_linear"}
