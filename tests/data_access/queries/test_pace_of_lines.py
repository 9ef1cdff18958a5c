"""The answers for one line: pace, year, pace needed and people behind, on real figures and on refused ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading
from data_access.figures import Figure
from data_access.measures.errors import MeasureRefused
from data_access.measures.people_behind import PeopleBehind
from data_access.measures.trend import Pace, PaceNeeded, Reach
from data_access.measures.trend_line import Mismatch, NoAnswer
from data_access.queries.catalogue import Catalogue
from data_access.queries.figures import read_figures
from data_access.queries.goals import Target, WithoutTarget, goal_for, read_goals
from data_access.queries.pace import LinePace, line_pace


def answer(engine: Engine, known: Catalogue, country: str, series: str, group: str = "", **changes: object) -> LinePace:
    with reading(engine) as session:
        goal = goal_for(read_goals(session), series, country)
        figures = read_figures(session, known, country=country, series=series, groups=(group,), areas=(country,))
    real = [replace(f, **changes) for f in figures if not f.illustrative]  # type: ignore[arg-type]
    found = line_pace(known, goal, real)
    assert isinstance(found, LinePace)
    return found


def test_under_five_mortality_in_india(filled: Engine, catalogue: Catalogue) -> None:
    found = answer(filled, catalogue, "IND", "U5MR")
    assert isinstance(found.pace, Pace) and isinstance(found.reach, Reach) and isinstance(found.needed, PaceNeeded)
    assert found.pace.per_year == pytest.approx((41.9 - 49.7) / 4.5, rel=1e-12)
    assert found.reach.year == pytest.approx(2020 + (41.9 - 25) / (7.8 / 4.5), rel=1e-12)
    assert found.needed.per_year == pytest.approx((25 - 41.9) / 10, rel=1e-12)
    assert found.distance == pytest.approx(16.9, rel=1e-12)
    assert (found.earliest.time_period, found.latest.time_period) == ("2015-16", "2019-21")
    assert found.behind is not None and found.behind.denominator is None


def test_half_of_the_poverty_of_2014_in_kenya(filled: Engine, catalogue: Catalogue) -> None:
    found = answer(filled, catalogue, "KEN", "MPI_H_HARM")
    assert isinstance(found.target, Target) and isinstance(found.reach, Reach)
    assert found.target.value == pytest.approx(35.3877 / 2, rel=1e-12)
    assert found.reach.year == pytest.approx(2022 + (23.0267 - 17.69385) / ((50.1042 - 23.0267) / 13.5), rel=1e-12)


def test_water_that_grows_less_safe_is_not_on_track(filled: Engine, catalogue: Catalogue) -> None:
    assert answer(filled, catalogue, "NPL", "WATER_SAFELY_MANAGED").reach == NoAnswer("not_on_track")


def test_one_census_has_no_pace_but_people_behind(filled: Engine, catalogue: Catalogue) -> None:
    found = answer(filled, catalogue, "KEN", "WATER_IMPROVED_HH", "URBANISATION=R")
    assert found.pace == NoAnswer("one_period")
    assert found.behind is not None
    assert found.behind.people == PeopleBehind(3_300_000, None, None)  # 44.1 % of 7,379,282


def test_two_surveys_of_one_compilation_are_not_joined(filled: Engine, catalogue: Catalogue) -> None:
    with reading(filled) as session:
        goal = goal_for(read_goals(session), "MPI_NATIONAL_H", "NPL")
        figures = read_figures(session, catalogue, country="NPL", series="MPI_NATIONAL_H", groups=("",), areas=("NPL",))
    ndhs_then_nmics = line_pace(catalogue, goal, figures[1:3])
    assert isinstance(ndhs_then_nmics, LinePace)
    assert ndhs_then_nmics.pace == NoAnswer("not_comparable", (Mismatch("source", "differs", "NDHS", "NMICS"),))
    assert (ndhs_then_nmics.earliest.time_period, ndhs_then_nmics.latest.time_period) == ("2011", "2014")

    whole = line_pace(catalogue, goal, figures)
    assert isinstance(whole, LinePace) and isinstance(whole.pace, Pace)
    assert (whole.earliest.time_period, whole.latest.time_period) == ("2014", "2019")
    assert whole.pace.per_year == pytest.approx((17.4 - 30.1) / 5, rel=1e-12)
    assert isinstance(whole.target, Target) and whole.target.value == pytest.approx(15.05)


def test_a_baseline_too_far_off_is_no_target(filled: Engine, catalogue: Catalogue) -> None:
    found = answer(filled, catalogue, "NPL", "POV_NATIONAL_LINE", "URBANISATION=R")
    assert found.target == WithoutTarget("no_baseline")
    assert (found.reach, found.needed, found.behind, found.distance) == (None, None, None, None)


def test_people_of_another_year_are_not_counted(filled: Engine, catalogue: Catalogue) -> None:
    found = answer(filled, catalogue, "BGD", "MPI_H", time_period="2016", year=2016)
    assert found.behind is not None
    assert found.behind.people == NoAnswer("population_differs", (Mismatch("period", "differs", "2016", "2022"),))


def test_the_interval_of_the_figure_becomes_one_of_people(filled: Engine, catalogue: Catalogue) -> None:
    """Kenya's figure of 2022 as if of 2016: it is then its own baseline, and half of it is the goal."""
    note = "population = 2016"
    found = answer(filled, catalogue, "KEN", "MPI_H", time_period="2016", year=2016, note=note)
    assert isinstance(found.target, Target) and found.target.value == pytest.approx(25.3523 / 2)
    assert found.behind is not None
    # 54,252,460 · (25.3523 − 12.67615) %, (24.3789 − 12.67615) %, (26.351 − 12.67615) %
    assert found.behind.people == PeopleBehind(6_900_000, 6_300_000, 7_400_000)


def test_figures_that_contradict_themselves_are_handed_back(catalogue: Catalogue, filled: Engine) -> None:
    with reading(filled) as session:
        first, last = read_figures(session, catalogue, country="IND", series="U5MR", groups=("",), areas=("IND",))
    twice = line_pace(catalogue, None, (first, replace(last, time_period="2015-16")))
    assert isinstance(twice, MeasureRefused)
    assert "stands at 2015.5 like an earlier one" in str(twice)


def test_a_line_without_a_value_has_no_answer(catalogue: Catalogue, filled: Engine) -> None:
    with reading(filled) as session:
        first, _last = read_figures(session, catalogue, country="IND", series="U5MR", groups=("",), areas=("IND",))
    missing: Figure = replace(first, value=None, absence="not_held")
    assert line_pace(catalogue, None, (missing,)) is None
