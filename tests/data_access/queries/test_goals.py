"""Goals: what ships, which one holds in a country, and the value it sets for one line."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading
from data_access.measures.measured_as import MeasuredAs
from data_access.measures.trend_line import Mismatch, Point
from data_access.queries.catalogue import Catalogue
from data_access.queries.goals import (
    GoalFacts,
    Goals,
    Target,
    WithoutTarget,
    goal_for,
    read_goals,
    target_of,
)

HALF = GoalFacts("POV", "", "sdg", "halve", None, 2030, 2015, "A/RES/70/1, target 1.2", "1.2")
FULL = replace(HALF, rule="reach", value=100.0, baseline_year=None)


@pytest.fixture(scope="module")
def goals(filled: Engine) -> Goals:
    with reading(filled) as session:
        return read_goals(session)


def point(value: float, year: int, source: str = "survey") -> Point:
    return Point(
        value,
        MeasuredAs(
            unit="PT",
            scale_kind="percentage",
            concept="1.2.1",
            favourable=False,
            group="",
            area="KEN",
            source=source,
            period_start=year,
            period_end=year,
        ),
    )


def test_what_ships(goals: Goals) -> None:
    assert Counter((goal.set_by, goal.rule) for goal in goals.values()) == {
        ("sdg", "reach"): 42,
        ("sdg", "halve"): 5,
        ("national", "reach"): 4,
    }


def test_every_goal_is_for_a_series_with_a_direction_that_is_no_score(goals: Goals, catalogue: Catalogue) -> None:
    for (series, _country), goal in goals.items():
        facts = catalogue.series[series]
        assert facts.favourable is not None, series
        assert facts.unit in ("PT", "PER_1000"), series
        if goal.value is not None:
            assert 0 <= goal.value <= facts.scale, series


def test_every_goal_of_the_agenda_names_its_target(goals: Goals, catalogue: Catalogue) -> None:
    named = {series: goal.sdg_target for (series, _), goal in goals.items() if goal.set_by == "sdg"}
    assert all(named.values())
    differing = {s: target for s, target in named.items() if target != catalogue.series[s].sdg_target}
    assert differing == {"WATER_BASIC": "1.4", "SANITATION_BASIC": "1.4"}


def test_goals_that_can_be_checked_in_the_agenda(goals: Goals) -> None:
    found = {
        s: (goals[s, ""].value, goals[s, ""].year, goals[s, ""].sdg_target) for s in ("U5MR", "NMR", "CHILD_LABOUR")
    }
    assert found == {"U5MR": (25.0, 2030, "3.2"), "NMR": (12.0, 2030, "3.2"), "CHILD_LABOUR": (0.0, 2025, "8.7")}


def test_a_proxy_says_so(goals: Goals, catalogue: Catalogue) -> None:
    for (series, _), goal in goals.items():
        if goal.set_by == "sdg" and catalogue.series[series].sdg_relation == "proxy":
            assert "; proxy: " in goal.stated_in, series


def test_a_national_goal_holds_only_in_its_country(goals: Goals) -> None:
    in_nepal = goal_for(goals, "SKILLED_BIRTH", "NPL")
    assert in_nepal is not None
    assert (in_nepal.value, in_nepal.set_by, in_nepal.country, in_nepal.sdg_target) == (90.0, "national", "NPL", "")
    assert goal_for(goals, "SKILLED_BIRTH", "IND") is None


def test_the_agenda_comes_before_a_country(goals: Goals) -> None:
    own = replace(goals["U5MR", ""], country="VNM", set_by="national", value=15.0)
    both = {**goals, ("U5MR", "VNM"): own}
    assert goal_for(both, "U5MR", "VNM") == goals["U5MR", ""]


def test_without_a_goal_there_is_no_target() -> None:
    assert target_of(None, [point(40, 2010)]) == WithoutTarget("no_goal")


def test_a_value_to_reach_is_the_target() -> None:
    assert target_of(FULL, [point(40, 2010)]) == Target(FULL, 100.0)


def test_half_is_of_the_figure_nearest_the_baseline_year() -> None:
    points = [point(20, 2022), point(50, 2008), point(36, 2014), point(30, 2017)]
    assert target_of(HALF, points) == Target(HALF, 18.0, points[2])


def test_of_two_figures_as_near_the_earlier_is_the_baseline() -> None:
    points = [point(26, 2016), point(30, 2014), point(16, 2022)]
    assert target_of(HALF, points) == Target(HALF, 15.0, points[1])


@pytest.mark.parametrize(("year", "there"), [(2012, True), (2011, False), (2018, True), (2019, False)])
def test_a_figure_further_off_than_three_years_is_no_baseline(year: int, there: bool) -> None:
    expected = Target(HALF, 15.0, point(30, year)) if there else WithoutTarget("no_baseline")
    assert target_of(HALF, [point(30, year)]) == expected


def test_a_baseline_of_another_survey_is_refused() -> None:
    found = target_of(HALF, [point(30, 2014, "NDHS"), point(16, 2022, "NMICS")])
    assert found == WithoutTarget("baseline_not_comparable", (Mismatch("source", "differs", "NDHS", "NMICS"),))
