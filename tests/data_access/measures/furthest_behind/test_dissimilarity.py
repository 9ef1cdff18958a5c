"""D-index, HOI and contributions agree with the golden values, and chance alone is told from inequality."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from data_access.measures.categories import LabelMissing
from data_access.measures.errors import LengthsDiffer, MeasureUndefined, ValueMissing, ValueOutOfRange
from data_access.measures.furthest_behind.dissimilarity import (
    Dissimilarity,
    contributions,
    d_index,
    d_index_of_groups,
    null_of_d,
)
from data_access.measures.furthest_behind.errors import NoCircumstances, TooManyCircumstances, UnknownCircumstance
from data_access.measures.furthest_behind.people import Condition, People

GOLDEN = Path(__file__).parents[3] / "golden" / "furthest_behind"


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


SURVEY = rows("input_lnob_micro.csv")
CIRCUMSTANCES = ("Residence", "PoorerHousehold", "HighestEducation", "Religion", "Sex", "Disability")


def people(names: tuple[str, ...] = CIRCUMSTANCES, *, barrier: bool = False, first: int | None = None) -> People:
    kept = SURVEY[:first]
    outcome = [float(row["var2tab"]) for row in kept]
    return People.of(
        [1 - y for y in outcome] if barrier else outcome,
        [float(row["SampleWeight"]) for row in kept],
        {name: [row[name] for row in kept] for name in names},
    )


@pytest.mark.parametrize("row", rows("dindex_results.csv"), ids=lambda row: f"{row['set']}-{row['indicator']}")
def test_d_index_and_opportunity_index(row: dict[str, str]) -> None:
    barrier = "barrier" in row["indicator"]
    found = d_index(people(barrier=barrier), row["circumstances"].split("+"))
    turned = d_index(people(barrier=not barrier), row["circumstances"].split("+")).complement()
    for result in (found, turned):
        assert result.mean == pytest.approx(float(row["mean"]), rel=1e-10)
        assert result.d == pytest.approx(float(row["D"]), rel=1e-10)
        assert result.hoi == pytest.approx(float(row["HOI"]), rel=1e-10)
    assert found.groups == turned.groups


def test_worked_example() -> None:
    table = rows("dindex_worked_example.csv")
    found = d_index_of_groups([float(row["share"]) for row in table], [float(row["access"]) for row in table])
    for value, name in ((found.mean, "mean"), (found.d, "D"), (found.hoi, "HOI")):
        assert value == pytest.approx(float(table[0][name]), rel=1e-10)
    assert found.groups == 4


@pytest.mark.parametrize("which", ["std", "relig"])
def test_contributions(which: str) -> None:
    expected = [row for row in rows("dindex_shapley.csv") if row["set"] == which]
    names = tuple(row["circumstance"] for row in expected)
    found = contributions(people(), names)
    assert tuple(each.circumstance for each in found) == names
    for each, row in zip(found, expected, strict=True):
        assert each.d == pytest.approx(float(row["D_contribution"]), rel=1e-10)
        assert each.share == pytest.approx(float(row["share"]), rel=1e-10)
    assert sum(each.d for each in found) == pytest.approx(d_index(people(), names).d, rel=1e-12)


def test_contributions_by_hand_for_two_circumstances() -> None:
    crossed = People.of([1, 1, 1, 0, 1, 0, 0, 0], [1] * 8, {"a": ["x"] * 4 + ["z"] * 4, "b": ["u", "u", "v", "v"] * 2})
    alone_a, alone_b, both = (d_index(crossed, names).d for names in (["a"], ["b"], ["a", "b"]))
    a, b = contributions(crossed)
    assert a.d == pytest.approx(alone_a / 2 + (both - alone_b) / 2)
    assert b.d == pytest.approx(alone_b / 2 + (both - alone_a) / 2)


def test_equality_is_zero_and_one_group_with_everything_is_far_from_it() -> None:
    assert d_index_of_groups([1, 2, 3], [0.4, 0.4, 0.4]).d == pytest.approx(0, abs=1e-15)
    assert d_index_of_groups([0.25, 0.75], [1, 0]) == Dissimilarity(0.25, 0.75, 0.0625, 2)
    nobody_differs = People.of([1, 1, 1], [1, 1, 1], {"a": ["x", "y", "z"]})
    assert contributions(nobody_differs)[0].share is None


def test_neither_the_order_of_people_nor_their_number_changes_d() -> None:
    whole = people()
    expected = d_index(whole)
    shuffled = np.random.default_rng(2).permutation(len(SURVEY))
    twice = np.concatenate([shuffled, shuffled])
    for chosen in (shuffled, twice):
        found = d_index(whole.rows(chosen))
        assert (found.mean, found.d) == (pytest.approx(expected.mean, rel=1e-12), pytest.approx(expected.d, rel=1e-12))


def test_a_weight_of_zero_is_nobody() -> None:
    with_nobody = People.of([1, 0, 1, 1], [1, 1, 2, 0], {"a": ["x", "x", "y", "w"]})
    without = People.of([1, 0, 1], [1, 1, 2], {"a": ["x", "x", "y"]})
    assert d_index(with_nobody) == d_index(without)
    assert with_nobody.n == 3


def test_chance_alone_makes_d_about_a_fifth_among_five_hundred_people() -> None:
    """With no inequality whatever, six circumstances and 500 people, D is 0.19 on average."""
    found = null_of_d(people(first=500), draws=400)
    assert found.mean == pytest.approx(0.19, abs=0.015)
    assert found.mean < found.upper < found.observed
    assert found.p_value == pytest.approx(1 / 401)
    assert null_of_d(people(first=500), draws=400) == found, "the seed makes it the same each time"


def test_where_there_is_no_inequality_d_is_what_chance_makes_it() -> None:
    random = np.random.default_rng(3)
    p_values = []
    for _ in range(60):
        made = People.of(
            random.random(300) < 0.5, np.ones(300), {"a": random.integers(0, 4, 300), "b": random.integers(0, 5, 300)}
        )
        p_values.append(null_of_d(made, draws=99).p_value)
    assert 0.35 < np.mean(p_values) < 0.65
    assert np.mean(np.array(p_values) <= 0.05) < 0.15


def test_people_are_found_by_what_they_have_in_common() -> None:
    whole = people()
    met = whole.meeting([Condition("Religion", ("A", "C")), Condition("Sex", ("Male",))])
    assert met.tolist() == [row["Religion"] in "AC" and row["Sex"] == "Male" for row in SURVEY]
    with pytest.raises(UnknownCircumstance, match="There is no circumstance Caste"):
        whole.meeting([Condition("Caste", ("x",))])


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (([1, 2], [1, 1], {"a": "xy"}), ValueOutOfRange, r"outcome\[1\] = 2: it must be 0 or 1"),
        (([1, float("nan")], [1, 1], {"a": "xy"}), ValueMissing, r"outcome\[1\] is nan"),
        (([1, 0], [1, -1], {"a": "xy"}), ValueOutOfRange, r"weight\[1\] = -1: it must be 0 or more"),
        (([1, 0], [1], {"a": "xy"}), LengthsDiffer, "weight has 1 values where 2 are expected"),
        (([1, 0], [1, 1], {"a": "xyz"}), LengthsDiffer, "a has 3 values where 2 are expected"),
        (([1, 0], [1, 1], {"a": ["x", None]}), LabelMissing, r"a\[1\] is missing"),
        (([1, 0], [0, 0], {"a": "xy"}), MeasureUndefined, "no one has a weight above 0"),
        (([1, 0], [1, 1], {}), NoCircumstances, "name at least one"),
    ],
)
def test_bad_people_are_refused_where_they_are_bad(arguments: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        People.of(*arguments)


def test_what_has_no_value_is_refused() -> None:
    nobody = People.of([0, 0], [1, 1], {"a": "xy"})
    with pytest.raises(MeasureUndefined, match="nobody has the outcome"):
        d_index(nobody)
    with pytest.raises(MeasureUndefined, match="everyone has the outcome"):
        d_index_of_groups([1, 1], [1, 1]).complement()
    with pytest.raises(NoCircumstances):
        d_index(nobody, [])
    with pytest.raises(ValueOutOfRange, match="draws"):
        null_of_d(people(), draws=0)
    nine = People.of([1, 0], [1, 1], {f"c{i}": "xy" for i in range(9)})
    with pytest.raises(TooManyCircumstances, match="up to 8 circumstances and 9 are given"):
        contributions(nine)
    eight = contributions(nine, [f"c{i}" for i in range(8)])
    assert [each.share for each in eight] == [pytest.approx(1 / 8)] * 8


@pytest.mark.parametrize(
    ("share", "access", "error", "words"),
    [
        ([1, -1], [0.5, 0.5], ValueOutOfRange, r"share\[1\] = -1"),
        ([1, 1], [0.5, 1.5], ValueOutOfRange, r"access\[1\] = 1.5: it must be a share from 0 to 1"),
        ([1, 1], [0.5], LengthsDiffer, "access has 1 values where 2 are expected"),
        ([0, 0], [0.5, 0.5], MeasureUndefined, "no group has people"),
    ],
)
def test_bad_groups_are_refused(share: Any, access: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        d_index_of_groups(share, access)
