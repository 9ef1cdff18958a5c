"""Whether a gap narrowed: by hand, with and without intervals, in either direction, and when a deadline is missed."""

from __future__ import annotations

from datetime import date
from math import sqrt

import pytest

from data_access.measures.commitment_progress import (
    GapChange,
    Measured,
    Standing,
    days_overdue,
    gap_change,
    goal_met,
    last_day,
    shortfall,
)


def exact(group: float, reference: float) -> Standing:
    return Standing(Measured(group), Measured(reference))


def sure(group: float, reference: float, half: float) -> Standing:
    """Both figures with an interval of ``half`` to either side."""
    return Standing(*(Measured(v, v - half, v + half) for v in (group, reference)))


@pytest.mark.parametrize(
    ("favourable", "expected"),
    [(True, 20.0), (False, -20.0), (None, 20.0)],
)
def test_a_shortfall_is_above_zero_where_the_group_is_behind(favourable: bool | None, expected: float) -> None:
    assert shortfall(exact(40.0, 60.0), favourable=favourable) == expected


def test_without_intervals_the_numbers_alone_speak_and_that_is_said() -> None:
    assert gap_change(exact(40, 60), exact(55, 60), favourable=True) == GapChange(
        "narrowed", 20.0, 5.0, -15.0, None, None, "values"
    )
    assert gap_change(exact(40, 60), exact(40, 75), favourable=True).verdict == "widened"
    assert gap_change(exact(40, 60), exact(50, 70), favourable=True).verdict == "no_change"


def test_where_less_is_better_the_same_numbers_say_the_opposite() -> None:
    assert gap_change(exact(60, 40), exact(45, 40), favourable=False).verdict == "narrowed"
    assert gap_change(exact(60, 40), exact(45, 40), favourable=True).verdict == "widened"


def test_the_interval_of_the_change_adds_the_squares_of_four() -> None:
    change = gap_change(sure(40, 60, 3), sure(55, 60, 3), favourable=True)
    assert (change.verdict, change.basis) == ("narrowed", "interval")
    assert change.lower == pytest.approx(-15 - sqrt(36))
    assert change.upper == pytest.approx(-15 + sqrt(36))


def test_a_change_within_its_uncertainty_is_none() -> None:
    assert gap_change(sure(40, 60, 3), sure(44, 60, 3), favourable=True).verdict == "no_change"


def test_bounds_count_on_the_side_that_matters() -> None:
    before = Standing(Measured(40, 39, 50), Measured(60, 60, 60))
    now = Standing(Measured(45, 45, 45), Measured(60, 60, 60))
    change = gap_change(before, now, favourable=True)
    assert (change.lower, change.upper) == pytest.approx((-5 - 1, -5 + 10))
    turned = gap_change(before, now, favourable=False)
    assert (turned.lower, turned.upper) == pytest.approx((5 - 10, 5 + 1))


def test_one_unknown_bound_leaves_the_change_without_interval() -> None:
    before = Standing(Measured(40, 38, 42), Measured(60, 58, None))
    assert gap_change(before, sure(55, 60, 1), favourable=True).basis == "values"


def test_where_neither_is_better_the_distance_counts_whichever_is_higher() -> None:
    change = gap_change(sure(40, 60, 1), sure(65, 60, 1), favourable=None)
    assert (change.before, change.now, change.verdict) == (20.0, 5.0, "narrowed")


@pytest.mark.parametrize(
    ("latest", "goal", "favourable", "met"),
    [(90.0, 90.0, True, True), (89.9, 90.0, True, False), (10.0, 12.0, False, True), (10.0, 12.0, None, None)],
)
def test_a_goal_is_met_on_its_own_side(latest: float, goal: float, favourable: bool | None, met: bool | None) -> None:
    assert goal_met(latest, goal, favourable=favourable) is met


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2027", date(2027, 12, 31)),
        ("2024-02", date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 31)),
        ("2027-07-16", date(2027, 7, 16)),
    ],
)
def test_a_deadline_ends_with_the_last_day_it_names(written: str, day: date) -> None:
    assert last_day(written) == day


@pytest.mark.parametrize(
    ("status", "deadline", "late"),
    [
        ("under_way", "2026-06-30", 1),
        ("stalled", "2026-06-01", 30),
        ("agreed", "2026-07-01", 0),
        ("in_budget", "2026", 0),
        ("agreed", "", 0),
        ("proposed", "2020-01-01", 0),
        ("delivered", "2020-01-01", 0),
        ("dropped", "2020-01-01", 0),
    ],
)
def test_only_what_was_promised_and_is_not_delivered_is_overdue(status: str, deadline: str, late: int) -> None:
    assert days_overdue(status, deadline, date(2026, 7, 1)) == late


def test_the_example_of_the_methods_page() -> None:
    change = gap_change(sure(40, 60, 3), sure(44, 60, 3), favourable=True)
    assert (change.lower, change.change, change.upper) == pytest.approx((-10, -4, 2))
    assert change.verdict == "no_change"
