"""Over time: the chosen group in the chosen country, one line a source, never joined across sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dashboard import store
from dashboard.charts.definitions import GoalLine, Line, NeededPath, Tick, TrendChart
from dashboard.selection import Selection
from dashboard.text import _, language
from dashboard.text.formats import short_title, shown, unit_text, value_text
from dashboard.text.groups import group_name, series_name
from dashboard.text.pace import goal_label, path_label
from dashboard.views import frame
from dashboard.views.pace import paces
from data_access.figures import Figure
from data_access.periods import years
from data_access.queries.goals import Target
from data_access.queries.lines import survey_of
from data_access.queries.pace import LinePace


@store.remembered(256)
def over_time(selection: Selection, area: str = "") -> TrendChart | None:
    """The chart of one area (the country when ``area`` is empty), or None when no source has two periods with a value.

    One line a source; a compilation of several surveys has one line a survey, as their figures are not joined.
    A period for which a source has a figure of the country but none of this group and area stays in its line as not
    held; the goal is the one of the first line, as a half of something differs from source to source.
    """
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    place = area or selection.country
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in store.figures(selection.country, selection.series, groups=(selection.group,)):
        if figure.area == place:
            found[figure.source, survey_of(figure.note, figure.time_period)].append(figure)
    valued = {key: [f for f in own if f.value is not None] for key, own in found.items()}
    valued = {key: own for key, own in valued.items() if own}
    surveys = Counter(source for source, _survey in valued)
    if not any(len(own) > 1 or surveys[source] > 1 for (source, _survey), own in valued.items()):
        return None
    lines = {
        (source, survey if surveys[source] > 1 else ""): tuple(found[source, survey])
        if surveys[source] > 1
        else _with_gaps(selection, found[source, survey])
        for source, survey in valued
    }
    everyone = [f for own in lines.values() for f in own]
    title_line = max(valued.values(), key=lambda own: (not own[0].illustrative, len(own), own[-1].year))
    goal = _goal_line(selection, area, [title_line[0].source, *surveys])
    first, last = min(f.year for f in everyone), max(f.year for f in everyone)
    if goal is not None:
        last = max(last, goal.year)
    domain, ticks = frame.axis([*everyone, *([replace(title_line[0], value=goal.value)] if goal else [])], series)
    return TrendChart(
        id=f"trend-{place}-{selection.series}".lower(),
        title=_title(title_line, series_name(series), _(known.areas[place].name)),
        subtitle=frame.subtitle(
            known,
            series,
            universe,
            group_name(known, selection.group, universe),
            _(known.areas[place].name),
            unit_text(series),
        ),
        alt=" ".join([*(_sentence(own) for own in lines.values()), *([f"{goal.label}."] if goal else [])]),
        source_line=frame.source_line(everyone),
        notes=frame.notes(everyone),
        illustrative=frame.illustrative_line(everyone),
        view=frame.view_of("gaps", selection, area=area),
        language=language(),
        lines=tuple(
            Line(_name(own[0], survey), own[0].origin, tuple(frame.mark(f) for f in own))
            for (_source, survey), own in sorted(lines.items())
        ),
        axis_title=unit_text(series),
        domain=domain,
        ticks=ticks,
        year_domain=(first, last),
        year_ticks=_years(first, last),
        origins=frame.origin_keys(everyone),
        absences=frame.absence_keys(f.absence for f in everyone),
        goal=goal,
    )


def why_no_trend(selection: Selection) -> str:
    """Why there is no line over time."""
    if not paces(selection):
        return _("No source held here has a figure of this group for the whole country, so there is no line over time.")
    return _("No source held here has this figure for more than one period.")


def _name(figure: Figure, survey: str) -> str:
    title = short_title(figure.source_title)
    return _("{source} ({survey})").format(source=title, survey=survey) if survey else title


def _with_gaps(selection: Selection, own: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures of one source in time order, with a placeholder where it has the country's total but not them."""
    latest = own[-1]
    held = {f.time_period for f in own}
    elsewhere = {
        holding.time_period
        for holding in store.catalogue().holdings_of[selection.country, selection.series]
        if holding.source == latest.source and holding.area_kind == "country" and holding.n_with_value
    }
    missing = [
        replace(
            frame.absent(latest, latest.area, latest.area_name, "not_held"), time_period=period, year=years(period)[1]
        )
        for period in elsewhere - held
    ]
    return tuple(sorted([*own, *missing], key=lambda f: (f.year, f.time_period)))


def _goal_line(selection: Selection, area: str, sources: Sequence[str]) -> GoalLine | None:
    """The goal of the first of ``sources`` that has one, with the way there where it is not met yet."""
    by_source = {line.latest.source: line for line in paces(selection, area) if isinstance(line, LinePace)}
    for line in (by_source[source] for source in sources if source in by_source):
        if isinstance(line.target, Target):
            latest, goal = line.latest, line.target.goal
            behind = line.distance is not None and line.distance > 0 and latest.year < goal.year
            assert latest.value is not None, "a line ends at a figure with a value"
            path = NeededPath(latest.year, latest.value, path_label(goal)) if behind else None
            return GoalLine(line.target.value, goal.year, goal_label(line.target, latest.unit), path)
    return None


def _title(figures: list[Figure], series: str, place: str) -> str:
    first, last = figures[0], figures[-1]
    assert first.value is not None and last.value is not None
    if len(figures) == 1:
        return _("{place}: {last} in {to_period}, and earlier figures of other surveys").format(
            place=place, last=value_text(last.value, last.unit), to_period=last.time_period
        )
    words = {
        "series": series,
        "place": place,
        "first": value_text(first.value, first.unit),
        "last": value_text(last.value, last.unit),
        "from_period": first.time_period,
        "to_period": last.time_period,
    }
    return _("{place}: from {first} in {from_period} to {last} in {to_period}").format(**words)


def _sentence(figures: Sequence[Figure]) -> str:
    return _("{source}: {values}.").format(
        source=short_title(figures[0].source_title),
        values=", ".join(f"{f.time_period} {shown(f)}" for f in figures),
    )


def _years(first: int, last: int) -> tuple[Tick, ...]:
    span = last - first
    step = next(s for s in (1, 2, 5, 10, 20, 50) if span / s <= 6)
    years = [first] if span == 0 else [y for y in range(first, last + 1) if y % step == 0] or [first, last]
    return tuple(Tick(year, str(year)) for year in years)
