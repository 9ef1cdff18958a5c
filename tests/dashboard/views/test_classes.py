"""Classes of a map: they hold every value, merge when they must, and never mix higher with lower."""

from __future__ import annotations

import pytest

from dashboard.views.classes import METHODS, breaks, breaks_around_zero, class_of

VALUES = [1.0, 1.1, 1.2, 9.8, 10.0, 10.1, 30.0, 31.0, 32.0, 33.0]


def test_quantiles_put_as_many_in_each_class() -> None:
    bounds = breaks(VALUES, "quantile", decimals=1)
    counts = [sum(class_of(v, bounds) == i for v in VALUES) for i in range(len(bounds) - 1)]
    assert counts == [2, 2, 2, 2, 2]


def test_natural_breaks_keep_like_with_like() -> None:
    bounds = breaks([1.0, 1.1, 1.2, 50.0, 50.1, 50.2, 99.0, 99.1], "natural", decimals=1)
    classes = [class_of(v, bounds) for v in (1.0, 1.1, 1.2, 50.0, 50.1, 50.2, 99.0, 99.1)]
    assert classes[0] < classes[3] < classes[6]
    assert classes[2] < classes[3]
    assert classes[5] < classes[6]


def test_equal_steps() -> None:
    assert breaks([0.0, 3.0, 5.0, 7.0, 10.0], "equal", decimals=0) == (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("values", [VALUES, [5.0], [5.0, 5.0], [0.0, 100.0], [1.0, 2.0, 2.0, 2.0, 3.0]])
def test_every_value_has_a_class(method: str, values: list[float]) -> None:
    bounds = breaks(values, method, decimals=1)  # type: ignore[arg-type]
    assert bounds[0] <= min(values)
    assert bounds[-1] >= max(values)
    assert list(bounds) == sorted(bounds)
    for value in values:
        index = class_of(value, bounds)
        assert bounds[index] <= value <= bounds[index + 1]


def test_a_bound_belongs_to_the_class_above_it_but_for_the_last() -> None:
    assert [class_of(v, (0.0, 10.0, 20.0)) for v in (0.0, 9.9, 10.0, 20.0)] == [0, 0, 1, 1]


def test_no_values_cannot_be_classified() -> None:
    with pytest.raises(ValueError, match="no values"):
        breaks([], "equal", decimals=0)


@pytest.mark.parametrize(
    ("values", "bounds"),
    [
        ([-28.0, -9.1, -9.8], (-30.0, -20.0, -10.0, 0.0)),
        ([-4.0, 5.9], (-4.0, -2.0, 0.0, 2.0, 4.0, 6.0)),
        ([3.0], (0.0, 1.0, 2.0, 3.0)),
        ([0.0], (0.0, 0.5)),
    ],
)
def test_differences_are_cut_at_zero(values: list[float], bounds: tuple[float, ...]) -> None:
    assert breaks_around_zero(values) == bounds
