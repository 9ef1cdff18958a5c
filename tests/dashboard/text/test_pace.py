"""Pace in sentences: each answer, and each reason why there is none, in whole sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.text.pace import (
    cannot_move,
    goal_label,
    left_out_sentence,
    moved_sentence,
    needed_sentence,
    no_answer_text,
    pace_text,
    people_sentence,
    reach_sentence,
    short_answer,
    without_target_text,
    year_text,
)
from data_access.figures import Figure
from data_access.measures.measured_as import MeasuredAs
from data_access.measures.people_behind import PeopleBehind, Population
from data_access.measures.trend import Pace, PaceNeeded, Reach
from data_access.measures.trend_line import Mismatch, NoAnswer, Point, Why
from data_access.queries.goals import GoalFacts, Target, WithoutTarget
from data_access.queries.lines import Counted, Denominator
from data_access.queries.pace import Behind, LinePace

FIRST = Figure(
    country="IND",
    area="IND",
    area_name="India",
    series="BIRTH_REG_U5",
    series_name="Births registered",
    unit="PT",
    group="",
    group_name="",
    time_period="2015-16",
    year=2016,
    value=42.0,
    lower=None,
    upper=None,
    se=None,
    n=None,
    population=None,
    status="A",
    absence=None,
    note="",
    source="SURVEY",
    source_title="Survey",
    publisher="Office",
    origin="official",
    illustrative=False,
    licence="",
    licence_state="attribution",
    release="SURVEY.csv",
    row=2,
)
LAST = replace(FIRST, time_period="2019-21", year=2021, value=58.0)
GOAL = GoalFacts("BIRTH_REG_U5", "", "sdg", "reach", 100.0, 2030, None, "A/RES/70/1, target 16.9", "16.9")
TARGET = Target(GOAL, 100.0)
SURVEYS = (Mismatch("source", "differs", "NDHS", "NMICS"),)
PACE = Pace(4.0, 3.1, 4.9, 2015.5, 2020.0, ())
LINE = LinePace(
    FIRST,
    LAST,
    PACE,
    TARGET,
    Reach(2030.5, 2027.2, 2035.9, True, PACE),
    PaceNeeded(5.2, 4.9, 5.5, 2020.0, 2030.0),
    42.0,
    Behind(PeopleBehind(310_000, 290_000, 330_000), None),
)


def denominator(counted: Counted = "people", stated: str = "") -> Denominator:
    return Denominator(Population(740_000, "SURVEY", 2019, "IND", ""), counted, stated)


def test_the_whole_answer() -> None:
    assert moved_sentence(LINE, "Everyone, India") == (
        "Everyone, India: from 42.0\xa0% in 2015-16 to 58.0\xa0% in 2019-21: +4.0 points a year "
        "(95 % interval +3.1 to +4.9)."
    )
    assert reach_sentence(LINE) == "At that pace the goal of 100\xa0% (SDG 16.9) is reached in 2031 (2028 to 2036)."
    assert needed_sentence(LINE) == (
        "Reaching it by 2030 takes +5.2 points a year from 2020 on (95 % interval +4.9 to +5.5), "
        "1.3 times its pace so far."
    )
    behind = replace(LINE, behind=Behind(PeopleBehind(310_000, 290_000, 330_000), denominator()))
    assert people_sentence(behind, "Kenya census 2019") == (
        "About 310,000 people are behind the goal (290,000 to 330,000; population of 2019: Kenya census 2019)."
    )


def test_unknown_uncertainty_is_said_everywhere() -> None:
    pace = Pace(-1.7333, None, None, 2015.5, 2020.0, ())
    mortality = replace(
        LINE,
        earliest=replace(FIRST, unit="PER_1000", value=49.7),
        latest=replace(LAST, unit="PER_1000", value=41.9),
        pace=pace,
        target=Target(replace(GOAL, value=25.0, sdg_target="3.2"), 25.0),
        reach=Reach(2029.75, None, None, False, pace),
        needed=PaceNeeded(-1.69, None, None, 2020.0, 2030.0),
        behind=Behind(PeopleBehind(12_000, None, None), denominator("births", "births")),
    )
    assert moved_sentence(mortality, "Rural, India") == (
        "Rural, India: from 49.7 per 1,000 in 2015-16 to 41.9 per 1,000 in 2019-21: −1.7 per 1,000 a year "
        "(uncertainty unknown)."
    )
    assert reach_sentence(mortality) == (
        "At that pace the goal of 25 per 1,000 (SDG 3.2) is reached in 2030 (uncertainty unknown)."
    )
    assert needed_sentence(mortality) == (
        "Reaching it by 2030 takes −1.7 per 1,000 a year from 2020 on (uncertainty unknown)."
    )
    assert people_sentence(mortality, "Census") == (
        "About 12,000 births are behind the goal (uncertainty unknown; births of 2019: Census)."
    )


def test_a_year_nobody_can_mean_is_not_named() -> None:
    far = replace(LINE, reach=Reach(2276.4, None, None, False, PACE))
    assert reach_sentence(far) == "At that pace the goal of 100\xa0% (SDG 16.9) is not reached before 2100."


def test_standing_still_that_cannot_be_excluded_is_said() -> None:
    unsure = replace(LINE, reach=Reach(2030.5, 2027.2, None, True, PACE))
    assert reach_sentence(unsure) == (
        "At that pace the goal of 100\xa0% (SDG 16.9) is reached in 2031 (2028 at the earliest; the figures do not "
        "exclude that it is never reached)."
    )


def test_half_says_of_what() -> None:
    baseline = Point(35.3877, MeasuredAs(period_start=2014, period_end=2014))
    half = replace(GOAL, rule="halve", value=None, baseline_year=2015, sdg_target="1.2")
    line = replace(LINE, target=Target(half, 17.69385, baseline))
    assert reach_sentence(line) == (
        "At that pace the goal of 17.7\xa0% (SDG 1.2: half of the 35.4\xa0% of 2014) is reached in 2031 (2028 to 2036)."
    )


def test_a_national_goal_is_called_one() -> None:
    national = Target(replace(GOAL, set_by="national", country="NPL", sdg_target=""), 90.0)
    assert goal_label(national, "PT") == "National goal by 2030: 90\xa0%"
    assert reach_sentence(replace(LINE, target=national)) == (
        "At that pace the national goal of 90\xa0% is reached in 2031 (2028 to 2036)."
    )


@pytest.mark.parametrize(
    ("lower", "upper", "said"),
    [
        (None, None, "How sure that is, is not known: the source publishes no interval."),
        (24.0, 27.0, "The interval of the latest figure also holds values that fall short of it."),
        (20.0, 24.0, ""),
    ],
)
def test_a_goal_already_met(lower: float | None, upper: float | None, said: str) -> None:
    met = replace(
        LINE,
        latest=replace(LAST, unit="PER_1000", value=24.5, lower=lower, upper=upper),
        target=Target(replace(GOAL, value=25.0, sdg_target="3.2"), 25.0),
        reach=NoAnswer("already_met"),
        needed=NoAnswer("already_met"),
        distance=-0.5,
    )
    assert reach_sentence(met) == f"The goal of 25 per 1,000 (SDG 3.2) is already met. {said}".strip()
    assert (needed_sentence(met), people_sentence(met, "Census")) == ("", "")


def test_moving_the_wrong_way() -> None:
    line = replace(LINE, pace=replace(PACE, per_year=-0.46), reach=NoAnswer("not_on_track"))
    assert reach_sentence(line) == (
        "Cannot say when the goal of 100\xa0% (SDG 16.9) is reached: the group stands still or moves the wrong way, so "
        "not on track at any pace it has shown."
    )
    assert needed_sentence(line) == (
        "Reaching it by 2030 takes +5.2 points a year from 2020 on (95 % interval +4.9 to +5.5)."
    )


def test_one_period() -> None:
    line = replace(LINE, earliest=LAST, pace=NoAnswer("one_period"), reach=NoAnswer("one_period"))
    assert moved_sentence(line, "Everyone, India") == (
        "Everyone, India: 58.0\xa0% in 2019-21. Cannot say how fast: one period only is held from this source."
    )
    assert reach_sentence(line) == "So it cannot be said when the goal of 100\xa0% (SDG 16.9) is reached."


def test_periods_that_are_not_comparable_name_what_differs() -> None:
    reason = NoAnswer("not_comparable", (*SURVEYS, Mismatch("concept", "not_stated", None, "x")))
    assert cannot_move(reason, FIRST, LAST, "Everyone, Nepal") == (
        "Everyone, Nepal: 58.0\xa0% in 2019-21. Cannot say how fast: the figures of 2015-16 and 2019-21 are not "
        "comparable (survey: NDHS, then NMICS; what is measured: not stated for both)."
    )


def test_earlier_surveys_that_are_not_joined_are_named() -> None:
    line = replace(LINE, left_out=((replace(FIRST, time_period="2006"), SURVEYS), (FIRST, SURVEYS)))
    assert left_out_sentence(line) == (
        "Not joined, as not comparable with 2019-21: 2006, 2015-16 (survey: NDHS, then NMICS)."
    )
    assert left_out_sentence(LINE) == ""


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (
            WithoutTarget("no_goal"),
            "Cannot say when a goal is reached: none is recorded for this indicator in this country.",
        ),
        (
            WithoutTarget("no_baseline"),
            (
                "Cannot say when the goal of half is reached: this source has no figure of this group within 3 years "
                "of the baseline year."
            ),
        ),
        (
            WithoutTarget("baseline_not_comparable", SURVEYS),
            (
                "Cannot say when the goal of half is reached: the figure nearest the baseline year is not comparable "
                "with the latest (survey: NDHS, then NMICS)."
            ),
        ),
    ],
)
def test_without_a_value_to_reach(missing: WithoutTarget, said: str) -> None:
    assert without_target_text(missing) == said
    line = replace(LINE, target=missing, reach=None, needed=None, distance=None, behind=None)
    assert reach_sentence(line) == said
    assert (needed_sentence(line), people_sentence(line, "Census")) == ("", "")


def test_no_population_held() -> None:
    assert people_sentence(replace(LINE, behind=Behind(None, None)), "Census") == (
        "Cannot say how many people are behind the goal: no population of this group, area and year is held from the "
        "same source."
    )


def test_a_population_of_another_year() -> None:
    differs = NoAnswer("population_differs", (Mismatch("period", "differs", "2019", "2022"),))
    assert people_sentence(replace(LINE, behind=Behind(differs, denominator())), "Census") == (
        "Cannot say how many people are behind the goal: the population held is not that of this figure (period: 2019 "
        "of the figure, 2022 of the population)."
    )


def test_a_population_the_source_took_from_elsewhere_is_quoted() -> None:
    line = replace(LINE, behind=Behind(PeopleBehind(6_900_000, None, None), denominator("people", "2022 (WPP 2024)")))
    assert people_sentence(line, "Global MPI") == (
        "About 6,900,000 people are behind the goal (uncertainty unknown; population of 2019: Global MPI). "
        "The source states that population as “2022 (WPP 2024)”."
    )


def test_the_year_of_the_goal_is_past() -> None:
    line = replace(LINE, needed=NoAnswer("deadline_past"))
    assert needed_sentence(line) == (
        "Cannot say which pace is needed: the latest figure is not before the year of the goal."
    )


@pytest.mark.parametrize(
    "why",
    [
        "one_period",
        "period_not_stated",
        "not_comparable",
        "direction_not_stated",
        "already_met",
        "not_on_track",
        "deadline_past",
        "not_behind",
        "not_a_share",
        "population_differs",
    ],
)
def test_every_reason_has_words_of_its_own(why: Why) -> None:
    assert no_answer_text(why).endswith(".")
    assert short_answer(NoAnswer(why))


@pytest.mark.parametrize(
    ("change", "unit", "said"),
    [
        (4.0, "PT", "+4.0 points a year"),
        (0.162, "PT", "+0.16 points a year"),
        (-0.96, "PT", "−1.0 points a year"),
        (0.0, "PT", "0.00 points a year"),
        (-1.7333, "PER_1000", "−1.7 per 1,000 a year"),
        (0.02, "SCORE", "+0.020 a year"),
        (1200.4, "NUMBER", "+1,200 a year"),
    ],
)
def test_a_change_has_its_sign_and_enough_digits(change: float, unit: str, said: str) -> None:
    assert pace_text(change, unit) == said


@pytest.mark.parametrize(
    ("year", "said"), [(2030.0, "2030"), (2030.0000000001, "2030"), (2030.1, "2031"), (2019.9, "2020")]
)
def test_the_year_is_the_first_whose_figure_is_there(year: float, said: str) -> None:
    assert year_text(year) == said
