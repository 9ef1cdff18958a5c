"""Pace to the goal: for the chosen group in sentences, for every group with two periods as a table on demand."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import store
from dashboard.chrome import plain
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.comparability import facet_text
from dashboard.text.formats import short_title, value_text
from dashboard.text.groups import group_name, series_name
from dashboard.text.pace import (
    LAST_YEAR_NAMED,
    goal_label,
    left_out_sentence,
    moved_sentence,
    needed_sentence,
    pace_text,
    people_sentence,
    reach_sentence,
    short_answer,
    year_text,
)
from data_access.figures import Figure
from data_access.measures.errors import MeasureRefused
from data_access.measures.trend import Pace, PaceNeeded, Reach
from data_access.measures.trend_line import NoAnswer
from data_access.queries.goals import Target, WithoutTarget, goal_for
from data_access.queries.lines import lines_of
from data_access.queries.pace import LinePace, line_pace

_NO_PROBABILITY = ("purposive", "scorecard", "mapping")


@store.remembered(512)
def paces(selection: Selection, area: str = "") -> tuple[LinePace | MeasureRefused, ...]:
    """The answers for the chosen group in one area (the country when ``area`` is empty), one a source.

    Real sources before invented ones, official before community, the newest figure first.
    """
    place = area or selection.country
    figures = [
        f for f in store.figures(selection.country, selection.series, groups=(selection.group,)) if f.area == place
    ]
    known, goal = store.catalogue(), goal_for(store.goals(), selection.series, selection.country)
    found = [answer for own in lines_of(figures).values() if (answer := line_pace(known, goal, own)) is not None]
    return tuple(sorted(found, key=_order))


def _order(answer: LinePace | MeasureRefused) -> tuple[bool, bool, bool, int, str]:
    if isinstance(answer, MeasureRefused):
        return (True, True, True, 0, str(answer))
    latest = answer.latest
    return (False, latest.illustrative, latest.origin != "official", -latest.year, latest.source)


def sentences(line: LinePace, universe: str) -> tuple[str, ...]:
    """What may be said of one line, each sentence able to stand alone; invented figures are marked in each."""
    known = store.catalogue()
    latest = line.latest
    who = _("{group}, {place}").format(group=group_name(known, latest.group, universe), place=_(latest.area_name))
    found = [
        moved_sentence(line, who),
        left_out_sentence(line),
        reach_sentence(line),
        needed_sentence(line),
        people_sentence(line, short_title(latest.source_title)),
        _sampling_sentence(known.sources[latest.source].sampling) if isinstance(line.pace, Pace) else "",
    ]
    return tuple(marked(sentence, latest) for sentence in found if sentence)


def marked(sentence: str, figure: Figure) -> str:
    """The sentence with the warning in front where the figure is invented."""
    return (
        _("[Illustrative, invented figures] {sentence}").format(sentence=sentence) if figure.illustrative else sentence
    )


def _sampling_sentence(sampling: str) -> str:
    if sampling in _NO_PROBABILITY:
        return _("Indicative only: those asked are no random sample, so the pace may be that of who was reached.")
    return ""


def copied_pace(selection: Selection, area: str = "") -> str:
    """The sentences of the first source for copying, with the source behind them; empty when there is no line."""
    for line in paces(selection, area):
        if isinstance(line, LinePace):
            universe = store.availability(selection.country, selection.series).universe
            source = _("Source: {title}, {publisher}.").format(
                title=short_title(line.latest.source_title), publisher=line.latest.publisher
            )
            what = _("{series}.").format(series=series_name(store.catalogue().series[selection.series]))
            return " ".join([marked(what, line.latest), *sentences(line, universe), source])
    return ""


def pace_section(selection: Selection, area: str = "") -> None:
    """Draw the sentences of every source, what they rest on, and the table of all groups behind an expander."""
    answers = paces(selection, area)
    if not answers:
        return
    universe = store.availability(selection.country, selection.series).universe
    st.subheader(_("Pace to the goal"))
    for answer in answers:
        if isinstance(answer, MeasureRefused):
            st.markdown(
                plain(
                    _("Cannot say: the figures of one source contradict each other ({problem})").format(problem=answer)
                )
            )
            continue
        st.markdown(f"**{plain(short_title(answer.latest.source_title))}**")
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences(answer, universe)))
        _rests_on(answer)
    st.caption(
        _(
            "A straight line through two figures of one source, from the middle of one period to the middle of the "
            "other: what happened, not a forecast."
        )
    )
    _every_group(selection, area, universe)


def _rests_on(line: LinePace) -> None:
    if isinstance(line.target, Target):
        st.caption(plain(_("Goal stated in: {document}.").format(document=line.target.goal.stated_in)))
    if isinstance(line.pace, Pace):
        notes = [f"{f.time_period}: {f.note}" for f in (line.earliest, line.latest) if f.note and not f.illustrative]
        if notes:
            st.caption(plain(_("Noted by the source for {notes}.").format(notes="; ".join(notes))))
        if line.pace.not_stated:
            facets = ", ".join(facet_text(each.facet) for each in line.pace.not_stated)
            st.caption(plain(_("Not stated for both periods, so not compared: {facets}.").format(facets=facets)))


def _every_group(selection: Selection, area: str, universe: str) -> None:
    opened = st.expander(
        _("Every group with two periods, furthest from the goal first"),
        icon=":material/table_rows:",
        on_change="rerun",
        key=f"paces-{selection.series}-{area}",
    )
    if not opened.open:
        return
    with opened:
        rows = every_group(selection, area)
        if not rows:
            st.info(_("No group has two periods in one source here."))
            return
        st.dataframe(
            [_cells(line, universe) for line in rows],
            hide_index=True,
            width="stretch",
            alt=_("Pace of every group with two periods"),
        )


@store.remembered(128)
def every_group(selection: Selection, area: str = "") -> tuple[LinePace, ...]:
    """The answers for every group and source with two valued periods in the area, furthest from the goal first."""
    known, goal = store.catalogue(), goal_for(store.goals(), selection.series, selection.country)
    place = area or selection.country
    figures: Sequence[Figure] = store.figures(selection.country, selection.series, kinds=(known.areas[place].kind,))
    answers = [
        answer
        for own in lines_of(f for f in figures if f.area == place and f.value is not None).values()
        if len(own) > 1 and isinstance(answer := line_pace(known, goal, own), LinePace)
    ]
    return tuple(
        sorted(answers, key=lambda a: (a.distance is None, -(a.distance or 0.0), a.latest.group, a.latest.source))
    )


def _cells(line: LinePace, universe: str) -> dict[str, str]:
    latest, unit = line.latest, line.latest.unit
    return {
        _("Group"): group_name(store.catalogue(), latest.group, universe),
        _("From"): _dated(line.earliest),
        _("To"): _dated(latest),
        _("A year"): short_answer(line.pace)
        if isinstance(line.pace, NoAnswer)
        else pace_text(line.pace.per_year, unit),
        _("Goal"): goal_label(line.target, unit) if isinstance(line.target, Target) else short_answer(line.target),
        _("Reached at that pace"): _reached(line),
        _("Needed"): pace_text(line.needed.per_year, unit) if isinstance(line.needed, PaceNeeded) else "",
        _("Source"): short_title(latest.source_title) + (_(" (illustrative)") if latest.illustrative else ""),
    }


def _dated(figure: Figure) -> str:
    assert figure.value is not None, "only figures with a value are on a line"
    return _("{value} in {period}").format(value=value_text(figure.value, figure.unit), period=figure.time_period)


def _reached(line: LinePace) -> str:
    if isinstance(line.reach, Reach):
        named = line.reach.year < LAST_YEAR_NAMED
        return year_text(line.reach.year) if named else _("not before {year}").format(year=LAST_YEAR_NAMED)
    return "" if line.reach is None or isinstance(line.target, WithoutTarget) else short_answer(line.reach)
