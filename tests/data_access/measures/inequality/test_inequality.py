"""Measures of inequality agree with WHO's package where it is right, and with the corrected values where it is not."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_access.measures.errors import (
    LengthsDiffer,
    MeasureUndefined,
    OrderMissing,
    PopulationMissing,
    ReferenceMissing,
    SubgroupsMissing,
    TooFewSubgroups,
    UnknownMeasure,
    ValueOutOfRange,
)
from data_access.measures.inequality.estimates import InequalityEstimate
from data_access.measures.inequality.measure import CODES, every_measure, measure
from data_access.measures.inequality.subgroups import Subgroups

GOLDEN = Path(__file__).parents[3] / "golden" / "inequality"
CLOSED = ["d", "r", "bgv", "mld", "ti", "par", "paf", "aci", "rci", "rci_wagstaff", "rci_erreygers"]
SIMULATED = ["bgsd", "cov", "idisu", "idisw", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw"]
OUR_CODES = {"covar": "cov"}


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
def test_corrected_slope_indices(row: dict[str, str]) -> None:
    suffix = "_linear" if row["model"] == "linear" else ""
    absolute = measure(f"sii{suffix}", subgroups(row["case"]))
    relative = measure(f"rii{suffix}", subgroups(row["case"]))
    for found, name in ((absolute, "sii"), (relative, "rii")):
        close(found.value, row[name], 1e-9)
        close(found.lower, row[f"{name}_l"], 1e-5)
        close(found.upper, row[f"{name}_u"], 1e-5)
        assert found.defects == ()
    close(absolute.se, row["sii_se"], 1e-5)
    close(relative.se, row["ln_rii_se"], 1e-5)


@pytest.mark.parametrize(("code", "factor"), [("mld", 1000), ("ti", 1000), ("paf", 100)])
def test_corrected_standard_errors_are_on_the_scale_of_their_measure(code: str, factor: float) -> None:
    groups = subgroups("syn05_nonord_fav_ref")
    corrected, heat = measure(code, groups), measure(code, groups, mode="heat")
    assert corrected.value == heat.value
    assert corrected.se is not None and heat.se is not None and corrected.lower is not None
    assert corrected.se == pytest.approx(factor * heat.se, rel=1e-12)
    assert corrected.lower == pytest.approx(corrected.value - 1.959963984540054 * corrected.se, rel=1e-12)
    assert heat.defects == (f"standard_error_not_multiplied_by_{factor}",)
    assert corrected.defects == ()


@pytest.mark.parametrize("code", ["mld", "ti", "bgv"])
def test_standard_errors_agree_with_simulation(code: str) -> None:
    """The corrected standard error is that of the measure: ten thousand draws scatter as much."""
    groups = subgroups("syn05_nonord_fav_ref")
    random = np.random.default_rng(11)
    drawn = random.normal(groups.estimate, groups.se, size=(10_000, 6))
    p = groups.population / groups.population.sum()
    mean = (p * drawn).sum(axis=1, keepdims=True)
    simulated = {
        "mld": 1000 * (p * np.log(mean / drawn)).sum(axis=1),
        "ti": 1000 * (p * drawn / mean * np.log(drawn / mean)).sum(axis=1),
        "bgv": (p * (drawn - mean) ** 2).sum(axis=1),
    }[code]
    assert measure(code, groups).se == pytest.approx(float(simulated.std()), rel=0.05)


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
    assert measure("par", groups, mode="heat").defects == ("declared_reference_ignored",)
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


@pytest.mark.parametrize(
    ("code", "groups", "error", "words"),
    [
        ("bgv", groups_of([40.0, 60.0]), TooFewSubgroups, "bgv needs 3 subgroups with an estimate and has 2"),
        ("par", groups_of([40.0, 60.0]), TooFewSubgroups, "use D or R"),
        ("gini", groups_of([40.0, 60.0]), UnknownMeasure, "There is no measure gini"),
        ("sii", groups_of([40.0, 60.0, 70.0]), OrderMissing, "sii follows an order"),
        ("aci", groups_of([40.0, 60.0, 70.0]), OrderMissing, "these have none"),
        ("mdrw", groups_of([40.0, 60.0, 70.0]), ReferenceMissing, "declare one"),
        ("cov", groups_of([40.0, 60.0, 70.0], population=[1, None, 2]), PopulationMissing, "unknown for G2"),
        ("sii", groups_of([4.0, 6.0, 7.0], population=None, order=[1, 2, 3]), PopulationMissing, "G1, G2, G3"),
        ("mld", groups_of([0.0, 60.0, 70.0]), MeasureUndefined, "at 0, which has no logarithm"),
        ("r", groups_of([0.0, 60.0]), MeasureUndefined, "a subgroup is at 0"),
        ("cov", groups_of([0.0, 0.0, 0.0]), MeasureUndefined, "the average is 0"),
        ("rii", groups_of([50.0, 50.0, 50.0], order=[1, 2, 3]), MeasureUndefined, "all subgroups are equal"),
        ("sii", groups_of([0.0, 0.0, 100.0], order=[1, 2, 3]), MeasureUndefined, "no logistic curve fits"),
        (
            "rci_wagstaff",
            groups_of([100.0, 100.0, 100.0], order=[1, 2, 3]),
            MeasureUndefined,
            "the average is the highest possible",
        ),
    ],
)
def test_what_the_figures_cannot_support_is_refused(
    code: str, groups: Subgroups, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        measure(code, groups)


@pytest.mark.parametrize(
    ("values", "changes", "error", "words"),
    [
        ([50.0, None, 60.0, 70.0], {}, SubgroupsMissing, r"1 of 4 subgroups have no estimate \(G2\); at most 15%"),
        ([50.0, *[60.0] * 8, None], {"order": range(1, 11)}, SubgroupsMissing, "at most 0% may be missing"),
        ([50.0, 101.0], {}, ValueOutOfRange, r"estimate\[1\] = 101: it must be from 0 to 100"),
        ([50.0, 60.0], {"se": [1.0, -1.0]}, ValueOutOfRange, r"se\[1\] = -1"),
        ([50.0, 60.0], {"population": [0.0, 5.0]}, ValueOutOfRange, r"population\[0\] = 0: it must be above 0"),
        ([50.0, 60.0], {"order": [1, 3]}, ValueOutOfRange, "the numbers 1 to 2, each once"),
        ([50.0, 60.0], {"reference": "Z"}, ValueOutOfRange, "one of G1, G2, not 'Z'"),
        ([50.0, 60.0], {"se": [1.0, 1.0, 1.0]}, LengthsDiffer, "se has 3 values where 2 are expected"),
        ([50.0, 60.0], {"order": [1, 2, 3]}, LengthsDiffer, "order has 3 values where 2 are expected"),
    ],
)
def test_bad_subgroups_are_refused(
    values: list[float | None], changes: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        groups_of(values, **changes)


def test_few_missing_subgroups_are_left_out() -> None:
    groups = groups_of([50.0, None, *[60.0] * 6], reference="G3")
    assert len(groups.names) == 7
    assert groups.names[groups.reference or 0] == "G3"


def test_every_measure_or_its_refusal() -> None:
    found = every_measure(subgroups("syn05_nonord_fav_ref"))
    assert list(found) == list(CODES)
    refused = {code for code, each in found.items() if not isinstance(each, InequalityEstimate)}
    assert refused == {"aci", "rci", "rci_wagstaff", "rci_erreygers", "sii", "rii", "sii_linear", "rii_linear"}
