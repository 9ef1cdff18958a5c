"""Pace, reach and people behind: right where there is an answer, a reason where there is none."""

from __future__ import annotations

from dataclasses import replace
from math import hypot, isclose, nan
from typing import Any

import numpy as np
import pytest

from data_access.measures.errors import (
    BoundsReversed,
    EstimateOutsideInterval,
    IntervalHalfStated,
    PeriodReversed,
    ValueMissing,
    ValueOutOfRange,
)
from data_access.measures.measured_as import MeasuredAs
from data_access.measures.people_behind import PeopleBehind, Population, people_behind, two_digits
from data_access.measures.trend import PaceNeeded, Reach, pace, pace_needed, reach
from data_access.measures.trend_line import Mismatch, NoAnswer, PeriodTwice, Point, mismatches

MEASURED = MeasuredAs(
    unit="PT",
    scale_kind="percentage",
    series="HARM_ELECTRICITY",
    concept="7.1.1",
    favourable=True,
    definition="Connected to the grid or to a system of its own",
    numerator="people",
    denominator="people",
    age_range="all",
    group="SEX=F",
    group_basis="as_recorded",
    area="NPL",
    mode="face to face",
    sampling="probability",
    source="NPL_SERIES",
)


def at(year: float, value: float, lower: float | None = None, upper: float | None = None, **changes: Any) -> Point:
    """A figure of one line in a year; the other facets as in MEASURED unless changed."""
    measured = replace(MEASURED, **({"period_start": year} | changes))
    return Point(value, measured, lower, upper)


def test_pace_between_two_periods() -> None:
    found = pace([at(2011, 40.0, 37.0, 43.5), at(2016, 52.0, 50.0, 54.0)])
    assert not isinstance(found, NoAnswer)
    assert (found.per_year, found.first_year, found.last_year, found.not_stated) == (2.4, 2011, 2016, ())
    assert found.lower == pytest.approx((12 - hypot(2.0, 3.5)) / 5)
    assert found.upper == pytest.approx((12 + hypot(2.0, 3.0)) / 5)


def test_the_middle_of_a_period_stands_for_it() -> None:
    found = pace([at(2010, 40.0, period_end=2012), at(2019, 52.0, period_end=2020)])
    assert not isinstance(found, NoAnswer)
    assert (found.first_year, found.last_year) == (2011, 2019.5)
    assert found.per_year == pytest.approx(12 / 8.5)
    assert (found.lower, found.upper) == (None, None)


def test_points_come_in_any_order_and_the_earliest_comparable_one_counts() -> None:
    points = [at(2016, 52.0), at(2006, 10.0, definition="Any light"), at(2011, 40.0), at(2014, 45.0)]
    found = pace(points)
    assert not isinstance(found, NoAnswer)
    assert (found.first_year, found.per_year) == (2011, 2.4)


def test_with_bounds_on_one_side_only_the_pace_has_none() -> None:
    found = pace([at(2011, 40.0, 37.0, 43.5), at(2016, 52.0)])
    assert not isinstance(found, NoAnswer)
    assert (found.lower, found.upper) == (None, None)


@pytest.mark.parametrize(
    ("changes", "facet", "kind"),
    [
        ({"source": "ANOTHER"}, "source", "differs"),
        ({"definition": "Any light"}, "definition", "differs"),
        ({"series": "ELECTRICITY"}, "series", "differs"),
        ({"age_range": "15+"}, "age_range", "differs"),
        ({"group": "SEX=M"}, "group", "differs"),
        ({"group_basis": "proxy"}, "group_basis", "differs"),
        ({"mode": "telephone"}, "mode", "differs"),
        ({"favourable": False}, "direction", "differs"),
        ({"unit": "PER_1000"}, "unit", "differs"),
        ({"unit": None}, "unit", "not_stated"),
        ({"source": None}, "source", "not_stated"),
        ({"area": None}, "area", "not_stated"),
    ],
)
def test_what_was_measured_otherwise_is_not_joined(changes: dict[str, Any], facet: str, kind: str) -> None:
    found = pace([at(2011, 40.0, **changes), at(2016, 52.0)])
    assert isinstance(found, NoAnswer) and found.why == "not_comparable"
    assert (facet, kind) in [(each.facet, each.kind) for each in found.against]
    assert isinstance(reach([at(2011, 40.0, **changes), at(2016, 52.0)], 90), NoAnswer)


def test_what_nobody_stated_is_said_and_does_not_forbid() -> None:
    found = pace([at(2011, 40.0, mode=None), at(2016, 52.0, mode=None)])
    assert not isinstance(found, NoAnswer)
    assert found.not_stated == (Mismatch("mode", "not_stated", None, None),)


def test_facets_that_cannot_apply_are_left_out() -> None:
    assert mismatches(MEASURED, MEASURED) == ()
    everyone = replace(MEASURED, group="", group_basis=None)
    assert mismatches(everyone, everyone) == ()
    disability = replace(MEASURED, group="DISABILITY_STATUS=PD")
    assert [each.facet for each in mismatches(disability, disability)] == ["disability_method"]
    province = replace(MEASURED, area="NP-P6")
    assert [each.facet for each in mismatches(province, province)] == ["area_vintage"]
    score = replace(MEASURED, scale_kind="score")
    assert "scale_range" in [each.facet for each in mismatches(score, score)]
    spaced = replace(MEASURED, definition=" connected to the  grid or to a system of its own.")
    assert mismatches(MEASURED, spaced) == ()


def test_reasons_why_there_is_no_pace() -> None:
    assert pace([]) == NoAnswer("one_period")
    assert pace([at(2016, 52.0)]) == NoAnswer("one_period")
    assert pace([at(2011, 40.0), Point(52.0, MEASURED)]) == NoAnswer("period_not_stated")
    assert pace_needed([Point(52.0, MEASURED)], 90) == NoAnswer("period_not_stated")


def test_the_year_the_target_is_reached() -> None:
    found = reach([at(2011, 40.0), at(2016, 52.0)], 100)
    assert isinstance(found, Reach)
    assert (found.year, found.earliest, found.latest, found.bounded) == (2036, None, None, False)
    assert found.pace.per_year == 2.4


def line_bound(first: Point, last: Point, year: float, side: int) -> float:
    """Bound of the line through two figures in a later year: MOVER on (1 + c)·y₂ − c·y₁."""
    assert first.lower is not None and first.upper is not None and last.lower is not None and last.upper is not None
    c = (year - last.year) / (last.year - first.year)
    middle = (1 + c) * last.value - c * first.value
    if side > 0:
        return middle + hypot((1 + c) * (last.upper - last.value), c * (first.value - first.lower))
    return middle - hypot((1 + c) * (last.value - last.lower), c * (first.upper - first.value))


def test_the_bounds_of_the_year_are_where_the_bounds_of_the_line_meet_the_target() -> None:
    random = np.random.default_rng(9)
    never = 0
    for _ in range(300):
        y1, y2 = sorted(random.uniform(10, 70, 2).tolist())
        widths = random.uniform(0.2, 8, 4).tolist()
        first, last = at(2011, y1, y1 - widths[0], y1 + widths[1]), at(2018, y2, y2 - widths[2], y2 + widths[3])
        found = reach([first, last], 80)
        assert isinstance(found, Reach) and found.bounded and found.earliest is not None
        assert 2018 <= found.earliest <= found.year
        if found.earliest > 2018:
            assert isclose(line_bound(first, last, found.earliest, 1), 80, rel_tol=1e-9)
        else:
            assert line_bound(first, last, 2018, 1) >= 80
        if found.latest is None:
            never += 1
            assert found.pace.lower is not None and found.pace.lower <= 0
        else:
            assert found.latest >= found.year
            assert isclose(line_bound(first, last, found.latest, -1), 80, rel_tol=1e-7)
    assert 10 < never < 200


def test_less_may_be_better() -> None:
    up = reach([at(2011, 60.0, 57.0, 62.0), at(2016, 72.0, 71.0, 75.0)], 90)
    down = reach([at(2011, 40.0, 38.0, 43.0, favourable=False), at(2016, 28.0, 25.0, 29.0, favourable=False)], 10)
    assert isinstance(up, Reach) and isinstance(down, Reach)
    assert (down.year, down.earliest, down.latest) == (
        pytest.approx(up.year),
        pytest.approx(up.earliest),
        pytest.approx(up.latest),
    )
    assert down.pace.per_year == -2.4


def test_no_date_follows_from_standing_still_or_moving_away() -> None:
    assert reach([at(2011, 52.0), at(2016, 52.0)], 90) == NoAnswer("not_on_track")
    assert reach([at(2011, 55.0), at(2016, 52.0)], 90) == NoAnswer("not_on_track")
    adverse = [at(2011, 30.0, favourable=False), at(2016, 31.0, favourable=False)]
    assert reach(adverse, 10) == NoAnswer("not_on_track")


def test_a_target_that_is_met_needs_no_second_period() -> None:
    for points in ([at(2011, 40.0), at(2016, 92.0)], [at(2016, 90.0)]):
        assert reach(points, 90) == NoAnswer("already_met")
        assert pace_needed(points, 90) == NoAnswer("already_met")
    assert reach([at(2016, 9.0, favourable=False)], 10) == NoAnswer("already_met")
    assert reach([at(2016, 52.0)], 90) == NoAnswer("one_period")


def test_without_a_direction_there_is_no_date() -> None:
    points = [at(2011, 40.0, favourable=None), at(2016, 52.0, favourable=None)]
    assert reach(points, 90) == pace_needed(points, 90) == NoAnswer("direction_not_stated")
    assert not isinstance(pace(points), NoAnswer)


def test_the_pace_needed() -> None:
    found = pace_needed([at(2016, 52.0, 48.0, 55.0), at(2011, 40.0)], 90)
    assert found == PaceNeeded(38 / 14, 35 / 14, 42 / 14, 2016, 2030)
    assert pace_needed([at(2020, 50.0)], 90, deadline=2040) == PaceNeeded(2.0, None, None, 2020, 2040)
    assert pace_needed([at(2016, 89.0, 85.0, 93.0)], 90) == PaceNeeded(1 / 14, 0.0, 5 / 14, 2016, 2030)
    falling = pace_needed([at(2020, 30.0, 27.0, 34.0, favourable=False)], 10)
    assert falling == PaceNeeded(-2.0, -2.4, -1.7, 2020, 2030)
    assert pace_needed([at(2031, 52.0)], 90) == NoAnswer("deadline_past")
    assert pace_needed([], 90) == NoAnswer("one_period")


@pytest.mark.parametrize(
    ("points", "error", "words"),
    [
        ([at(2011, 40.0), at(2016, nan)], ValueMissing, r"points\[1\] is nan"),
        ([at(2011, 40.0), at(2016, 5.0, nan, 6.0)], ValueMissing, r"lower\[1\] is nan"),
        ([at(2011, 40.0), at(2016, 5.0, 4.0)], IntervalHalfStated, r"lower\[1\] and upper\[1\]"),
        ([at(2011, 40.0, 45.0, 35.0)], BoundsReversed, r"lower\[0\] = 45 is above upper\[0\] = 35"),
        ([at(2011, 40.0, 41.0, 45.0)], EstimateOutsideInterval, r"points\[0\] = 40 lies outside"),
        ([at(2011, 40.0, period_end=2009)], PeriodReversed, r"points\[0\] period runs from 2011 to 2009"),
        ([at(2011, 40.0), at(2016, 5.0), at(2011, 41.0)], PeriodTwice, r"points\[2\] stands at 2011"),
    ],
)
def test_bad_points_are_refused_where_they_are_bad(points: list[Point], error: type[Exception], words: str) -> None:
    for question in (pace, lambda given: reach(given, 90), lambda given: pace_needed(given, 90)):
        with pytest.raises(error, match=words):
            question(points)


def test_a_target_must_be_a_number() -> None:
    with pytest.raises(ValueMissing, match="target"):
        reach([at(2011, 40.0), at(2016, 52.0)], nan)


WOMEN = Population(14_700_000, "NPL_SERIES", 2016, "NPL", "SEX=F")
FIGURE = replace(MEASURED, period_start=2016)


def test_people_behind() -> None:
    assert people_behind(12.3, WOMEN, FIGURE) == PeopleBehind(1_800_000, None, None)
    assert people_behind(12.3, WOMEN, FIGURE, lower=8.0, upper=16.6) == PeopleBehind(1_800_000, 1_200_000, 2_400_000)
    assert people_behind(1.0, WOMEN, FIGURE, lower=-2.0, upper=4.0) == PeopleBehind(150_000, 0, 590_000)
    per_thousand = replace(FIGURE, scale_kind="rate")
    assert people_behind(12.3, WOMEN, per_thousand, scale=1000) == PeopleBehind(180_000, None, None)
    period = replace(FIGURE, period_start=2015, period_end=2017)
    assert people_behind(12.3, WOMEN, period) == PeopleBehind(1_800_000, None, None)


@pytest.mark.parametrize(
    ("population", "measured", "expected"),
    [
        (replace(WOMEN, source="CENSUS"), FIGURE, Mismatch("source", "differs", "NPL_SERIES", "CENSUS")),
        (replace(WOMEN, year=2011), FIGURE, Mismatch("period", "differs", "2016", "2011")),
        (replace(WOMEN, area="NP-P6"), FIGURE, Mismatch("area", "differs", "NPL", "NP-P6")),
        (replace(WOMEN, group=""), FIGURE, Mismatch("group", "differs", "SEX=F", "_T")),
        (WOMEN, replace(FIGURE, source=None), Mismatch("source", "not_stated", None, "NPL_SERIES")),
        (WOMEN, MEASURED, Mismatch("period", "not_stated", None, "2016")),
    ],
)
def test_people_are_counted_only_where_the_population_is_that_of_the_figure(
    population: Population, measured: MeasuredAs, expected: Mismatch
) -> None:
    assert people_behind(12.3, population, measured) == NoAnswer("population_differs", (expected,))


def test_people_who_are_not_behind_are_not_counted() -> None:
    assert people_behind(0.0, WOMEN, FIGURE) == people_behind(-3.0, WOMEN, FIGURE) == NoAnswer("not_behind")
    score = replace(FIGURE, scale_kind="score")
    assert people_behind(1.2, WOMEN, score) == NoAnswer("not_a_share")


@pytest.mark.parametrize(
    ("gap", "changes", "error"),
    [
        (nan, {}, ValueMissing),
        (120.0, {}, ValueOutOfRange),
        (12.0, {"lower": 8.0}, IntervalHalfStated),
        (12.0, {"lower": 16.0, "upper": 8.0}, BoundsReversed),
        (12.0, {"lower": 13.0, "upper": 16.0}, EstimateOutsideInterval),
        (12.0, {"scale": 0.0}, ValueOutOfRange),
    ],
)
def test_bad_gaps_are_refused(gap: float, changes: dict[str, float], error: type[Exception]) -> None:
    with pytest.raises(error):
        people_behind(gap, WOMEN, FIGURE, **changes)
    with pytest.raises(ValueOutOfRange, match=r"population\[0\] = -1"):
        people_behind(12.0, replace(WOMEN, people=-1), FIGURE)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, 0), (0.4, 0), (0.5, 1), (7.4, 7), (99.5, 100), (124.9, 120), (125.0, 130), (1_850_000.0, 1_900_000)],
)
def test_two_significant_digits(value: float, expected: int) -> None:
    assert two_digits(value) == expected
