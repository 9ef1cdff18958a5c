"""What the figures cannot support, and figures that cannot be right, are refused by name and position."""

from __future__ import annotations

from typing import Any

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
    ValueMissing,
    ValueOutOfRange,
)
from data_access.measures.inequality.measure import measure
from data_access.measures.inequality.subgroups import ReferenceUnknown, Subgroups, SubgroupTwice


def groups_of(values: list[float | None], **changes: Any) -> Subgroups:
    settings: dict[str, Any] = {"favourable": True, "scale": 100, "se": [1.0] * len(values)}
    settings |= {"population": [100.0] * len(values)} | changes
    return Subgroups.of([f"G{i}" for i in range(1, len(values) + 1)], values, **settings)


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
        ("rii", groups_of([0.0, 0.0, 0.0], order=[1, 2, 3]), MeasureUndefined, "the average is 0"),
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
        ([50.0, 60.0], {"population": [5.0, -1.0]}, ValueOutOfRange, r"population\[1\] = -1: it must be above 0"),
        ([50.0, float("nan")], {}, ValueMissing, r"estimate\[1\] is nan"),
        ([50.0, 60.0], {"se": [1.0, float("nan")]}, ValueMissing, r"se\[1\] is nan"),
        ([50.0, 60.0], {"population": [float("inf"), 1.0]}, ValueMissing, r"population\[0\] is inf"),
        (
            [50.0, 60.0],
            {"order": [1, 3]},
            ValueOutOfRange,
            r"order\[1\] = 3: it must be one of the numbers 1 to 2, each",
        ),
        ([50.0, 60.0, 70.0], {"order": [1, 2, 2]}, ValueOutOfRange, r"order\[2\] = 2"),
        ([50.0, 60.0], {"scale": 0}, ValueOutOfRange, r"scale\[0\] = 0: it must be above 0"),
        (
            [50.0, 60.0],
            {"reference": "Z"},
            ReferenceUnknown,
            "'Z' is not a subgroup with an estimate; these are: G1, G2",
        ),
        ([None, *[60.0] * 8], {"reference": "G1"}, ReferenceUnknown, "Declare one of them, or none"),
        ([50.0, 60.0], {"population": [1.0, 2.0, 3.0]}, LengthsDiffer, "population has 3 values where 2 are expected"),
        ([50.0, 60.0], {"se": [1.0, 1.0, 1.0]}, LengthsDiffer, "se has 3 values where 2 are expected"),
        ([50.0, 60.0], {"order": [1, 2, 3]}, LengthsDiffer, "order has 3 values where 2 are expected"),
    ],
)
def test_bad_subgroups_are_refused(
    values: list[float | None], changes: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        groups_of(values, **changes)


def test_two_subgroups_of_one_name_are_refused() -> None:
    with pytest.raises(SubgroupTwice, match=r"names\[2\] is 'A', which an earlier subgroup has"):
        Subgroups.of(["A", "B", "A"], [1.0, 2.0, 3.0], favourable=True, scale=100)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"draws": 0}, r"draws\[0\] = 0: it must be 1 or more"),
        ({"level": 95}, r"level\[0\] = 95: it must be a confidence"),
    ],
)
def test_impossible_settings_are_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueOutOfRange, match=words):
        measure("bgv", groups_of([50.0, 60.0, 70.0]), **changes)
