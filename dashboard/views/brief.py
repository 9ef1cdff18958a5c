"""The evidence brief of a selection: findings first, then the map, the gaps, the figures, the method, the sources."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypeVar

from dashboard import store
from dashboard.briefs.definition import Brief, BriefLabels, BriefTable, Headline, SourceLine
from dashboard.charts.definitions import Chart, GapChart, MapChart, Row
from dashboard.selection import Selection
from dashboard.text import _, language
from dashboard.text.comparability import grade_text, statement_text
from dashboard.text.formats import absence_text, bounds_text, licence_text, number, origin_text, shown, unit_text
from dashboard.text.groups import group_name, series_name, universe_text
from dashboard.text.recognition import recognition_of
from dashboard.text.sentences import behind_sentence, headline
from dashboard.text.strength import graded, grades_explained
from dashboard.views import frame
from dashboard.views.map import levels_held, map_chart
from dashboard.views.pairs import official_and_community, pair_name, pairs_of
from dashboard.views.people import spreads, who_is_behind
from dashboard.views.places import where_behind
from dashboard.views.strength import strength_of_gap, strength_of_pair
from data_access.figures import Absence, Figure
from data_access.queries.catalogue import Catalogue, SeriesFacts
from data_access.queries.pairs import Pair

MOST_ROWS = 12
"""Rows of a chart of areas in print: the ends of the list, which is what a reader looks for."""
MOST_PAIRS = 4
MOST_SPREADS = 3


@store.remembered(64)
def brief_of(selection: Selection) -> Brief | None:
    """The brief, or None when the selection has no figure to write about."""
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    groups, areas = who_is_behind(selection), _areas(selection)
    comparison = official_and_community(selection)
    gap = groups or areas or comparison
    if gap is None:
        return None
    if comparison is gap:
        comparison = None
    the_map = _map(selection)
    charts: list[Chart] = [c for c in (the_map, gap, comparison) if c is not None]
    figures = _figures(known, selection, universe, areas, comparison or gap)
    country = _(known.countries[selection.country].name)
    illustrative = frame.illustrative_line(figures + [f for c in charts for f in _drawn(c)])
    releases = {f.release for c in charts for f in _drawn(c)}
    loaded = max(r.loaded_at for r in known.releases.values() if r.code in releases)
    address = store.settings().public_url
    return Brief(
        title=_("{country}: {series}").format(country=country, series=series_name(series)),
        subtitle=_subtitle(known, series, universe, selection),
        language=language(),
        place=country,
        release=", ".join(sorted(releases)),
        release_date=date.fromisoformat(loaded),
        release_date_text=loaded,
        headlines=_headlines(known, series, universe, selection, areas),
        gap=_within_brief(_shortened(_told_apart(gap), MOST_ROWS)),
        table=_table(known, figures, universe),
        method=(*_method(series, figures), *_not_told_apart(gap)),
        sources=tuple(_sources(known, charts, figures)),
        labels=BriefLabels(
            kind=_("Evidence brief"),
            findings=_("What the figures say"),
            ask=_("What is asked"),
            method=_("How to read this"),
            sources=_("Sources and licences"),
            release=_("Data release"),
            view=_("View"),
            permalink=_("See these figures online"),
            permalink_alt=_("QR code of the address of this view"),
        ),
        view_code=frame.view_of("gaps", selection),
        permalink=frame.view_of("gaps", selection) if address else "",
        map=_within_brief(the_map) if the_map else None,
        comparison=_within_brief(_shortened(comparison, MOST_PAIRS)) if comparison else None,
        trend=None,
        illustrative=illustrative,
    )


def _areas(selection: Selection) -> GapChart | None:
    for kind in levels_held(selection, "official") or levels_held(selection, "community"):
        chart = where_behind(selection, kind)
        if chart is not None:
            return _shortened(chart, MOST_ROWS)
    return None


def _map(selection: Selection) -> MapChart | None:
    for show in ("official", "community"):
        for kind in levels_held(selection, show):
            chart = map_chart(selection, "official" if show == "official" else "community", kind, "quantile")
            if chart is not None:
                return chart
    return None


def _shortened(chart: GapChart, most: int) -> GapChart:
    """The chart with the first and last rows only, and a note that says how many are left out.

    Of pairs only the first are kept: they come widest comparable gap first, and the last ones say least.
    """
    if len(chart.rows) <= most:
        return chart
    first = most if chart.links else most * 2 // 3
    rows: tuple[Row, ...] = (*chart.rows[:first], *chart.rows[len(chart.rows) - (most - first) :])
    if chart.links:
        words = _("{count} further rows are left out here; all of them are online and in the data.")
    else:
        words = _("{count} rows between these are left out here; all of them are online and in the data.")
    return replace(chart, rows=rows, subtitle=f"{chart.subtitle} · {words.format(count=len(chart.rows) - most)}")


def _told_apart(chart: GapChart) -> GapChart:
    """The chart without the rows in which every figure is missing; the brief says those in words."""
    rows = tuple(row for row in chart.rows if any(mark.figure.value is not None for mark in row.marks))
    occurring = {mark.figure.absence for row in rows for mark in row.marks}
    return replace(chart, rows=rows, absences=tuple(key for key in chart.absences if key.absence in occurring))


def _not_told_apart(chart: GapChart) -> tuple[str, ...]:
    """What the rows say in which every figure is missing: one sentence a kind of absence."""
    missing: dict[Absence, list[str]] = {}
    for row in chart.rows:
        if not chart.links and all(mark.figure.value is None for mark in row.marks):
            for mark in row.marks:
                missing.setdefault(mark.figure.absence or "not_held", []).append(row.label)
    return tuple(
        _("{reason}: {breakdowns}.").format(reason=absence_text(absence), breakdowns=", ".join(labels))
        for absence, labels in missing.items()
    )


C = TypeVar("C", GapChart, MapChart)


def _within_brief(chart: C) -> C:
    """The chart without what the brief says once for all of them: sources, notes and the address."""
    return replace(chart, source_line="", notes=(), view="")


def _drawn(chart: Chart) -> list[Figure]:
    if isinstance(chart, GapChart):
        return [mark.figure for row in chart.rows for mark in row.marks]
    if isinstance(chart, MapChart):
        return [f for area in chart.areas for f in area.figures] + [f for p in chart.points for f in p.figures]
    return []


def _figures(
    known: Catalogue, selection: Selection, universe: str, areas: GapChart | None, pairs: GapChart
) -> list[Figure]:
    """The figures the brief's findings rest on: both ends of every gap, and the pairs that are drawn."""
    found = [f for s in spreads(known, selection, universe)[:MOST_SPREADS] for f in (s.behind, s.ahead)]
    if areas is not None:
        valued = [f for f in _drawn(areas) if f.value is not None]
        found += [valued[0], valued[-1]]
    if pairs.links:
        found += _drawn(_shortened(pairs, MOST_PAIRS))
    return list(dict.fromkeys(found)) or _drawn(_shortened(pairs, MOST_PAIRS))


def _subtitle(known: Catalogue, series: SeriesFacts, universe: str, selection: Selection) -> str:
    people = universe_text(known, universe)
    parts = [series.definition, people, selection.period, unit_text(series)]
    if series.sdg_indicator:
        parts.append(
            _("SDG indicator {code} ({relation})").format(code=series.sdg_indicator, relation=_relation(series))
        )
    return " · ".join(part for part in parts if part)


def _relation(series: SeriesFacts) -> str:
    return {"exact": _("the same"), "proxy": _("a proxy"), "related": _("related")}[series.sdg_relation]


def _warned(figure: Figure) -> str:
    """What stands before a finding from an invented figure: a finding is copied without its page."""
    return _("[Illustrative, invented figures] ") if figure.illustrative else ""


def _headlines(
    known: Catalogue, series: SeriesFacts, universe: str, selection: Selection, areas: GapChart | None
) -> tuple[Headline, ...]:
    found = [
        Headline(
            _warned(s.behind) + headline(known, series, s.behind, s.ahead, universe) + ".",
            graded(behind_sentence(known, series, s.behind, s.ahead, universe), strength_of_gap(s.behind, s.ahead)),
        )
        for s in spreads(known, selection, universe)[:MOST_SPREADS]
    ]
    if areas is not None:
        valued = [row.marks[0].figure for row in areas.rows if row.marks[0].figure.value is not None]
        found.append(
            Headline(
                _warned(valued[0]) + headline(known, series, valued[0], valued[-1], universe) + ".",
                graded(
                    behind_sentence(known, series, valued[0], valued[-1], universe),
                    strength_of_gap(valued[0], valued[-1]),
                ),
            )
        )
    for pair in _first_pairs(selection):
        grade = f"{grade_text(pair.comparability.grade)}. " if pair.comparability else ""
        found.append(
            Headline(
                f"{_warned(pair.community)}{pair_name(known, pair, universe, with_source=False)}.",
                graded(
                    _("Official {official}, community {community}. {grade}{statement}").format(
                        official=shown(pair.official) if pair.official else "–",
                        community=shown(pair.community),
                        grade=grade,
                        statement=statement_text(pair),
                    ),
                    strength_of_pair(pair),
                ),
            )
        )
    return tuple(found)


def _first_pairs(selection: Selection) -> list[Pair]:
    """The pair to write about: real before invented, the widest comparable gap first."""
    pairs = [p for p in pairs_of(selection) if p.gap is not None]
    return sorted(pairs, key=lambda p: (p.community.illustrative, -abs(p.gap or 0.0)))[:1]


def _table(known: Catalogue, figures: list[Figure], universe: str) -> BriefTable:
    return BriefTable(
        title=_("The figures"),
        header=(_("Area"), _("Group"), _("Value"), _("95 % interval"), _("Sample"), _("Period"), _("Origin")),
        rows=tuple(
            (
                _(f.area_name),
                group_name(known, f.group, universe),
                shown(f) if f.value is not None else _("withheld") if f.absence == "suppressed" else _("missing"),
                bounds_text(f) if f.value is not None else "",
                _("unknown") if f.n is None else number(f.n, 0),
                f.time_period,
                _origin(f),
            )
            for f in figures
        ),
        numeric=(2, 4),
    )


def _origin(figure: Figure) -> str:
    """Whose figure it is: "Community, illustrative; ■ accepted for a purpose"."""
    origin = origin_text(figure.origin)
    if figure.illustrative:
        origin = _("{origin}, illustrative").format(origin=origin)
    return "; ".join(filter(None, (origin, recognition_of(figure))))


def _method(series: SeriesFacts, figures: list[Figure]) -> tuple[str, ...]:
    lines = [
        _(
            "A gap is the distance between the group that is furthest behind and the one that is furthest ahead, "
            "within one source and period. Figures are shown as their sources publish them; nothing is estimated."
        )
    ]
    origins = {f.origin for f in figures}
    if len(origins) > 1:
        lines.append(
            _(
                "An official and a community figure are joined by a solid line where they may be compared, by a dashed "
                "line where the comparison is only indicative, and by no line where they may not be compared."
            )
        )
    lines.extend(frame.notes(figures))
    lines.append(grades_explained())
    if series.note:
        lines.append(series.note)
    return tuple(lines)


def _sources(known: Catalogue, charts: list[Chart], figures: list[Figure]) -> list[SourceLine]:
    every = {f.source: f for chart in charts for f in _drawn(chart)} | {f.source: f for f in figures}
    return [
        SourceLine(
            _("{title}. {publisher}. {citation}. Licence: {licence}. Caveats: {caveats}").format(
                title=known.sources[code].title,
                publisher=figure.publisher,
                citation=known.sources[code].citation,
                licence=licence_text(figure),
                caveats=_caveats(known, code),
            )
        )
        for code, figure in sorted(every.items())
    ]


def _caveats(known: Catalogue, source: str) -> str:
    """The caveats of a source; of an invented one only the first, which says that it is invented."""
    caveats = known.sources[source].caveats
    return caveats.split(". ")[0] + "." if known.sources[source].illustrative else caveats


def file_name(selection: Selection) -> str:
    """The name a downloaded brief has."""
    return f"brief-{selection.country}-{selection.series}-{selection.period}.pdf".lower()
