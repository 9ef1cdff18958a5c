"""Pace, year reached, pace needed and people behind, in sentences; and every reason why one cannot be given."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil

from dashboard.text import _
from dashboard.text.comparability import facet_text, value_name
from dashboard.text.formats import NO_BREAK, number, value_text
from data_access.figures import Figure
from data_access.measures.people_behind import PeopleBehind
from data_access.measures.trend import Pace, PaceNeeded, Reach
from data_access.measures.trend_line import Mismatch, NoAnswer, Why
from data_access.queries.goals import FARTHEST_BASELINE, GoalFacts, Target, WithoutTarget
from data_access.queries.lines import Denominator
from data_access.queries.pace import LinePace

LAST_YEAR_NAMED = 2100
"""A year beyond this is not a date any more: it says "not at this pace"."""

_DECIMALS = {"PT": 1, "PER_1000": 1, "NUMBER": 0, "SCORE": 2, "INDEX": 3}


def goal_name(target: Target, unit: str) -> str:
    """ "the goal of 25 per 1,000 (SDG 3.2)", and what it is half of where it is a half."""
    words = {"value": _goal_value(target.value, unit), "sdg": target.goal.sdg_target}
    if target.baseline is not None:
        words["half_of"] = value_text(target.baseline.value, unit)
        words["period"] = target.baseline.measured.period_text or ""
        return _("the goal of {value} (SDG {sdg}: half of the {half_of} of {period})").format(**words)
    if target.goal.set_by == "national":
        return _("the national goal of {value}").format(**words)
    return _("the goal of {value} (SDG {sdg})").format(**words)


def goal_label(target: Target, unit: str) -> str:
    """The goal as the label of a line in a chart: "Goal by 2030: 25 per 1,000 (SDG 3.2)"."""
    words = {"value": _goal_value(target.value, unit), "year": target.goal.year, "sdg": target.goal.sdg_target}
    if target.goal.set_by == "national":
        return _("National goal by {year}: {value}").format(**words)
    return _("Goal by {year}: {value} (SDG {sdg})").format(**words)


def path_label(goal: GoalFacts) -> str:
    """What the dashed line of a chart is."""
    return _("What it takes to reach the goal by {year}").format(year=goal.year)


def pace_text(per_year: float, unit: str) -> str:
    """A change with its sign: "+4.0 points a year", "−1.4 per 1,000 a year"; below 1 with a decimal more."""
    words = {"change": _signed(per_year, _decimals(per_year, unit))}
    if unit == "PT":
        return _("{change} points a year").format(**words)
    if unit == "PER_1000":
        return _("{change} per 1,000 a year").format(**words)
    return _("{change} a year").format(**words)


def moved_sentence(line: LinePace, who: str) -> str:
    """How the group moved between two comparable figures, or why that cannot be said."""
    first, last = line.earliest, line.latest
    if isinstance(line.pace, NoAnswer):
        return cannot_move(line.pace, first, last, who)
    return _("{who}: from {first} in {from_period} to {last} in {to_period}: {pace} ({interval}).").format(
        who=who,
        first=_value(first),
        from_period=first.time_period,
        last=_value(last),
        to_period=last.time_period,
        pace=pace_text(line.pace.per_year, last.unit),
        interval=_bounds(line.pace.lower, line.pace.upper, last.unit),
    )


def cannot_move(reason: NoAnswer, first: Figure, last: Figure, who: str) -> str:
    """Why no pace can be given."""
    words = {"who": who, "last": _value(last), "to_period": last.time_period, "from_period": first.time_period}
    if reason.why == "one_period":
        return _("{who}: {last} in {to_period}. Cannot say how fast: one period only is held from this source.").format(
            **words
        )
    if reason.why == "not_comparable":
        return _(
            "{who}: {last} in {to_period}. Cannot say how fast: the figures of {from_period} and {to_period} are not "
            "comparable ({facets})."
        ).format(**words, facets="; ".join(mismatch_text(each) for each in reason.against))
    return _("{who}: {last} in {to_period}. Cannot say how fast: {reason}").format(
        **words, reason=no_answer_text(reason.why)
    )


def left_out_sentence(line: LinePace) -> str:
    """Which earlier periods are not joined to the latest, and why; empty where all are, or no pace is given at all."""
    if isinstance(line.pace, NoAnswer) or not line.left_out:
        return ""
    periods = ", ".join(figure.time_period for figure, _against in line.left_out)
    against = dict.fromkeys(mismatch_text(each) for _figure, found in line.left_out for each in found)
    return _("Not joined, as not comparable with {to_period}: {periods} ({facets}).").format(
        to_period=line.latest.time_period, periods=periods, facets="; ".join(against)
    )


def mismatch_text(mismatch: Mismatch) -> str:
    """ "survey: NDHS, then NMICS", "kind of scale: not stated"."""
    name = facet_text(mismatch.facet)
    if mismatch.kind == "not_stated":
        return _("{facet}: not stated for both").format(facet=name)
    return _("{facet}: {first}, then {second}").format(
        facet=name, first=value_name(mismatch.first), second=value_name(mismatch.second)
    )


def reach_sentence(line: LinePace) -> str:
    """The year the goal is reached at that pace, or why there is none; empty where the pace was already refused."""
    target, unit = line.target, line.latest.unit
    if isinstance(target, WithoutTarget):
        return without_target_text(target)
    goal = goal_name(target, unit)
    if isinstance(line.reach, Reach):
        return _at_that_pace(line.reach, goal)
    assert line.reach is not None, "a line with a target has an answer or a reason"
    if line.reach.why == "already_met":
        return _already_met(line, target, goal)
    if line.reach.why == "not_on_track":
        return _(
            "Cannot say when {goal} is reached: the group stands still or moves the wrong way, so not on track at any "
            "pace it has shown."
        ).format(goal=goal)
    if isinstance(line.pace, NoAnswer) and line.pace.why == line.reach.why:
        return _("So it cannot be said when {goal} is reached.").format(goal=goal)
    return _("Cannot say when {goal} is reached: {reason}").format(goal=goal, reason=no_answer_text(line.reach.why))


def needed_sentence(line: LinePace) -> str:
    """The pace needed to be there in time against the pace so far; empty where the goal is met or there is none."""
    if line.needed is None or isinstance(line.target, WithoutTarget):
        return ""
    year, unit = line.target.goal.year, line.latest.unit
    if isinstance(line.needed, NoAnswer):
        if line.needed.why != "deadline_past":
            return ""
        return _("Cannot say which pace is needed: {reason}").format(reason=no_answer_text("deadline_past"))
    sentence = _("Reaching it by {year} takes {pace} from {from_year} on ({interval}){times}.")
    return sentence.format(
        year=year,
        pace=pace_text(line.needed.per_year, unit),
        from_year=f"{line.needed.from_year:g}",
        interval=_bounds(line.needed.lower, line.needed.upper, unit),
        times=_times(line.pace, line.needed),
    )


def people_sentence(line: LinePace, source: str) -> str:
    """How many people are behind the goal and in whose population, or why not; empty where the goal is met."""
    if isinstance(line.target, WithoutTarget) or line.distance is None or line.distance <= 0:
        return ""
    people = line.behind.people if line.behind else None
    denominator = line.behind.denominator if line.behind else None
    if isinstance(people, PeopleBehind) and denominator is not None:
        return _behind_text(people, denominator, source)
    if people is None or isinstance(people, PeopleBehind):
        return _(
            "Cannot say how many people are behind the goal: no population of this group, area and year is held from "
            "the same source."
        )
    against = "; ".join(_population_mismatch(each) for each in people.against)
    reason = no_answer_text(people.why)
    return _("Cannot say how many people are behind the goal: {reason}").format(
        reason=f"{reason[:-1]} ({against})." if against else reason
    )


def without_target_text(missing: WithoutTarget) -> str:
    """Why there is no value to reach."""
    if missing.why == "no_goal":
        return _("Cannot say when a goal is reached: none is recorded for this indicator in this country.")
    if missing.why == "no_baseline":
        return _(
            "Cannot say when the goal of half is reached: this source has no figure of this group within {years} years "
            "of the baseline year."
        ).format(years=number(FARTHEST_BASELINE, 0))
    return _(
        "Cannot say when the goal of half is reached: the figure nearest the baseline year is not comparable with the "
        "latest ({facets})."
    ).format(facets="; ".join(mismatch_text(each) for each in missing.against))


def no_answer_text(why: Why) -> str:
    """A reason as the end of a sentence that begins "Cannot say …:"."""
    written: dict[Why, Callable[[], str]] = {
        "one_period": lambda: _("one period only is held."),
        "period_not_stated": lambda: _("the year of a figure is not stated."),
        "not_comparable": lambda: _("the periods are not comparable."),
        "direction_not_stated": lambda: _("whether more or less is better is not stated for this indicator."),
        "already_met": lambda: _("the goal is already met."),
        "not_on_track": lambda: _("not on track at any pace it has shown."),
        "deadline_past": lambda: _("the latest figure is not before the year of the goal."),
        "not_behind": lambda: _("the group is not behind it."),
        "not_a_share": lambda: _("the figure is no share of people."),
        "population_differs": lambda: _("the population held is not that of this figure."),
    }
    return written[why]()


def short_answer(reason: NoAnswer | WithoutTarget) -> str:
    """A reason in a cell of a table."""
    if isinstance(reason, WithoutTarget):
        return _("no goal recorded") if reason.why == "no_goal" else _("no baseline")
    return {
        "already_met": _("already met"),
        "not_on_track": _("not at any pace shown"),
        "not_comparable": _("not comparable"),
        "deadline_past": _("its year is past"),
    }.get(reason.why, _("cannot say"))


def year_text(year: float) -> str:
    """The first year whose figure would be there: 2031.2 is 2032, as a figure of 2031 stands at 2031.0."""
    return f"{ceil(year - 1e-9)}"


def _at_that_pace(reached: Reach, goal: str) -> str:
    if reached.year >= LAST_YEAR_NAMED:
        return _("At that pace {goal} is not reached before {year}.").format(goal=goal, year=LAST_YEAR_NAMED)
    words = {"goal": goal, "year": year_text(reached.year)}
    if not reached.bounded or reached.earliest is None:
        return _("At that pace {goal} is reached in {year} (uncertainty unknown).").format(**words)
    words["earliest"] = year_text(reached.earliest)
    if reached.latest is None or reached.latest >= LAST_YEAR_NAMED:
        return _(
            "At that pace {goal} is reached in {year} ({earliest} at the earliest; the figures do not exclude that it "
            "is never reached)."
        ).format(**words)
    return _("At that pace {goal} is reached in {year} ({earliest} to {latest}).").format(
        **words, latest=year_text(reached.latest)
    )


def _already_met(line: LinePace, target: Target, goal: str) -> str:
    latest = line.latest
    sentence = _("{goal} is already met.").format(goal=goal[:1].upper() + goal[1:])
    if latest.lower is None or latest.upper is None:
        return f"{sentence} {_('How sure that is, is not known: the source publishes no interval.')}"
    if latest.lower < target.value < latest.upper:
        return f"{sentence} {_('The interval of the latest figure also holds values that fall short of it.')}"
    return sentence


def _times(pace: Pace | NoAnswer, needed: PaceNeeded) -> str:
    if isinstance(pace, NoAnswer) or pace.per_year * needed.per_year <= 0:
        return ""
    times = needed.per_year / pace.per_year
    return _(", {times} times its pace so far").format(times=number(times, 1)) if times >= 1.05 else ""


def _behind_text(people: PeopleBehind, denominator: Denominator, source: str) -> str:
    words = {
        "count": number(people.people, 0),
        "interval": _("uncertainty unknown")
        if people.lower is None or people.upper is None
        else _("{lower} to {upper}").format(lower=number(people.lower, 0), upper=number(people.upper, 0)),
        "source": source,
        "year": f"{denominator.population.year:g}",
        "stated": denominator.as_stated,
    }
    sentence = {
        "people": _("About {count} people are behind the goal ({interval}; population of {year}: {source})."),
        "births": _("About {count} births are behind the goal ({interval}; births of {year}: {source})."),
        "households": _("About {count} households are behind the goal ({interval}; households of {year}: {source})."),
    }[denominator.counted].format(**words)
    if denominator.counted == "people" and denominator.as_stated:
        return f"{sentence} {_('The source states that population as “{stated}”.').format(**words)}"
    return sentence


def _population_mismatch(mismatch: Mismatch) -> str:
    return _("{facet}: {figure} of the figure, {population} of the population").format(
        facet=facet_text(mismatch.facet),
        figure=value_name(mismatch.first),
        population=value_name(mismatch.second),
    )


def _value(figure: Figure) -> str:
    assert figure.value is not None, "only figures with a value are on a line"
    return value_text(figure.value, figure.unit)


def _goal_value(value: float, unit: str) -> str:
    """A goal is stated in whole numbers: "100 %", not "100.0 %"; half of something keeps its decimals."""
    if value != int(value) or unit not in ("PT", "PER_1000"):
        return value_text(value, unit)
    whole = number(value, 0)
    return f"{whole}{NO_BREAK}%" if unit == "PT" else _("{value} per 1,000").format(value=whole)


def _bounds(lower: float | None, upper: float | None, unit: str) -> str:
    if lower is None or upper is None:
        return _("uncertainty unknown")
    decimals = min(_decimals(lower, unit), _decimals(upper, unit))
    return _("95 % interval {lower} to {upper}").format(lower=_signed(lower, decimals), upper=_signed(upper, decimals))


def _decimals(change: float, unit: str) -> int:
    usual = _DECIMALS[unit]
    return usual + 1 if round(abs(change), usual) < 1 else usual


def _signed(value: float, decimals: int) -> str:
    rounded = round(value, decimals)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number(abs(value), decimals)}"
