"""Over time: the chosen group in the chosen country, one line a source, never joined across sources."""

from __future__ import annotations

from collections import defaultdict

from dashboard import store
from dashboard.charts.definitions import Line, Tick, TrendChart
from dashboard.selection import Selection
from dashboard.text import _, language
from dashboard.text.formats import short_title, shown, unit_text, value_text
from dashboard.text.groups import group_name, series_name
from dashboard.views import frame
from data_access.figures import Figure


@store.remembered(256)
def over_time(selection: Selection, area: str = "") -> TrendChart | None:
    """The chart of one area (the country when ``area`` is empty), or None when no source has two periods."""
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    place = area or selection.country
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in store.figures(selection.country, selection.series, groups=(selection.group,)):
        if figure.area == place and figure.value is not None:
            found[figure.source].append(figure)
    lines = {source: figures for source, figures in found.items() if len(figures) > 1}
    if not lines:
        return None
    everyone = [f for figures in found.values() for f in figures]
    domain, ticks = frame.axis(everyone, series)
    first, last = min(f.year for f in everyone), max(f.year for f in everyone)
    longest = max(lines.values(), key=len)
    return TrendChart(
        id=f"trend-{place}-{selection.series}".lower(),
        title=_title(longest, series_name(series), _(known.areas[place].name)),
        subtitle=frame.subtitle(
            known,
            series,
            universe,
            group_name(known, selection.group, universe),
            _(known.areas[place].name),
            unit_text(series),
        ),
        alt=" ".join(_sentence(figures) for figures in found.values()),
        source_line=frame.source_line(everyone),
        notes=frame.notes(everyone),
        illustrative=frame.illustrative_line(everyone),
        view=frame.view_of("gaps", selection, area=area),
        language=language(),
        lines=tuple(
            Line(short_title(figures[0].source_title), figures[0].origin, tuple(frame.mark(f) for f in figures))
            for _source, figures in sorted(found.items())
        ),
        axis_title=unit_text(series),
        domain=domain,
        ticks=ticks,
        year_domain=(first, last),
        year_ticks=_years(first, last),
        origins=frame.origin_keys(everyone),
    )


def _title(figures: list[Figure], series: str, place: str) -> str:
    first, last = figures[0], figures[-1]
    assert first.value is not None and last.value is not None
    words = {
        "series": series,
        "place": place,
        "first": value_text(first.value, first.unit),
        "last": value_text(last.value, last.unit),
        "from_period": first.time_period,
        "to_period": last.time_period,
    }
    return _("{place}: from {first} in {from_period} to {last} in {to_period}").format(**words)


def _sentence(figures: list[Figure]) -> str:
    return _("{source}: {values}.").format(
        source=short_title(figures[0].source_title),
        values=", ".join(f"{f.time_period} {shown(f)}" for f in figures),
    )


def _years(first: int, last: int) -> tuple[Tick, ...]:
    span = last - first
    step = next(s for s in (1, 2, 5, 10, 20, 50) if span / s <= 6)
    years = [first] if span == 0 else [y for y in range(first, last + 1) if y % step == 0] or [first, last]
    return tuple(Tick(year, str(year)) for year in years)
