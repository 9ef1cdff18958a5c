"""What is aimed at: the goal of a series in a country, and the value it sets for one line of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.measures.trend_line import Mismatch, NoAnswer, Point, ends
from data_access.models import Country, Goal, Series

FARTHEST_BASELINE = 3.0
"""Years a figure may lie from the baseline year and still stand for it; farther off there is no baseline."""

_TARGET = re.compile(r"\btarget (\d+\.[0-9a-z]+)")

SetBy = Literal["sdg", "national"]
Rule = Literal["reach", "halve"]
NoTarget = Literal["no_goal", "no_baseline", "baseline_not_comparable"]


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """What a series should reach, by when, and where that is stated; ``country`` is empty for the 2030 Agenda.

    ``rule`` "reach": ``value``, in the unit of the series. "halve": half of what the same group had in
    ``baseline_year``; ``value`` is then None. ``sdg_target`` is the target whose words set it ("3.2"), empty for a
    national goal.
    """

    series: str
    country: str
    set_by: SetBy
    rule: Rule
    value: float | None
    year: int
    baseline_year: int | None
    stated_in: str
    sdg_target: str


@dataclass(frozen=True, slots=True)
class Target:
    """The value one line is to reach, and the figure it is half of where the goal is to halve."""

    goal: GoalFacts
    value: float
    baseline: Point | None = None


@dataclass(frozen=True, slots=True)
class WithoutTarget:
    """Why a line has no value to reach.

    no_goal: none is recorded. no_baseline: no figure within FARTHEST_BASELINE years of the baseline year.
    baseline_not_comparable: there is one, but ``against`` stands between it and the latest figure.
    """

    why: NoTarget
    against: tuple[Mismatch, ...] = ()


Goals = Mapping[tuple[str, str], GoalFacts]
"""Goals by series and country, the country empty for the 2030 Agenda."""


def read_goals(session: Session) -> Goals:
    """Every recorded goal."""
    goals, series, countries = table_of(Goal).c, table_of(Series).c, table_of(Country).c
    rows = session.execute(
        select(
            series.code,
            countries.iso3,
            goals.set_by,
            goals.rule,
            goals.value,
            goals.year,
            goals.baseline_year,
            goals.stated_in,
        )
        .join(series.id.table, series.id == goals.series_id)
        .outerjoin(countries.id.table, countries.id == goals.country_id)
    )
    found = {}
    for code, iso3, set_by, rule, value, year, baseline_year, stated_in in rows:
        named = _TARGET.search(stated_in) if set_by == "sdg" else None
        found[code, iso3 or ""] = GoalFacts(
            code,
            iso3 or "",
            cast(SetBy, set_by),
            cast(Rule, rule),
            value,
            year,
            baseline_year,
            stated_in,
            named[1] if named else "",
        )
    return MappingProxyType(found)


def goal_for(goals: Goals, series: str, country: str) -> GoalFacts | None:
    """The goal of a series in a country: the 2030 Agenda's where it sets one, else the country's own."""
    return goals.get((series, "")) or goals.get((series, country))


def target_of(goal: GoalFacts | None, points: Iterable[Point]) -> Target | WithoutTarget:
    """The value that one line of figures (``points``, any order, at least one, periods stated) is to reach.

    "halve": half of the figure nearest the baseline year, of two as near the earlier; it must be within
    FARTHEST_BASELINE years and comparable with the latest figure. Nothing is interpolated.
    Raises what ``trend_line.check_points`` raises.
    """
    if goal is None:
        return WithoutTarget("no_goal")
    if goal.value is not None or goal.baseline_year is None:
        assert goal.value is not None, "a goal without a value has a baseline year"
        return Target(goal, goal.value)
    year = goal.baseline_year
    ordered = sorted(points, key=lambda point: point.year)
    baseline = min(ordered, key=lambda point: abs(point.year - year))
    if abs(baseline.year - year) > FARTHEST_BASELINE:
        return WithoutTarget("no_baseline")
    latest = ordered[-1]
    if baseline is not latest:
        joined = ends([baseline, latest])
        if isinstance(joined, NoAnswer):
            return WithoutTarget("baseline_not_comparable", joined.against)
    return Target(goal, baseline.value / 2, baseline)
