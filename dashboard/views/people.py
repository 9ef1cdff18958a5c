"""Who is behind: the groups a source tells apart, each dimension a row, the widest gap first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

from dashboard import store
from dashboard.charts.definitions import Emphasis, GapChart, Mark, Reference, Row
from dashboard.selection import Selection
from dashboard.text import _, language
from dashboard.text.absence import absence_words, why_missing
from dashboard.text.formats import points_text, short_title, unit_text, value_text
from dashboard.text.groups import category_name, dimension_name, group_name
from dashboard.text.sentences import behind_sentence, headline
from dashboard.views import frame
from dashboard.views.watched import WATCHED
from data_access.figures import Figure
from data_access.models.groups import members
from data_access.queries.absence import Reasoned, why_absent
from data_access.queries.catalogue import Catalogue, SeriesFacts

MOST_MARKS = 9
"""A dimension with more categories than this gets rows of its own, one a category."""


@dataclass(frozen=True)
class Spread:
    """The figures of one source along one dimension, furthest behind first."""

    dimension: str
    figures: tuple[Figure, ...]

    @property
    def behind(self) -> Figure:
        return self.figures[0]

    @property
    def ahead(self) -> Figure:
        return self.figures[-1]

    @property
    def points(self) -> float:
        assert self.behind.value is not None and self.ahead.value is not None
        return abs(self.ahead.value - self.behind.value)


def spreads(known: Catalogue, selection: Selection, universe: str) -> list[Spread]:
    """Every dimension a source tells apart nationally in the chosen period, the widest gap first.

    Real sources come before invented ones whatever their gap.
    """
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in store.figures(selection.country, selection.series, kinds=("country",), time_period=selection.period):
        apart = known.told_apart(figure.group, universe)
        if len(apart) == 1 and figure.value is not None:
            found[apart[0].dimension, figure.source].append(figure)
    better = known.series[selection.series].favourable is not False
    rows = [
        Spread(dimension, tuple(sorted(figures, key=lambda f: (f.value or 0.0, f.group), reverse=not better)))
        for (dimension, _source), figures in found.items()
        if len(figures) > 1
    ]
    return sorted(rows, key=lambda s: (s.behind.illustrative, -s.points, s.dimension))


@store.remembered(256)
def who_is_behind(selection: Selection) -> GapChart | None:
    """The chart of all dimensions, or None when no source tells groups apart nationally in this period."""
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    found = spreads(known, selection, universe)
    if not found:
        return None
    rows = [row for spread in found for row in _rows(known, series, spread, selection.group, universe)]
    shown = [mark.figure for row in rows for mark in row.marks]
    rows += _not_told_apart(known, selection, found)
    everyone = [
        f
        for f in store.figures(
            selection.country, selection.series, groups=(universe,), kinds=("country",), time_period=selection.period
        )
        if f.value is not None and f.source == found[0].behind.source
    ]
    domain, ticks = frame.axis([*shown, *everyone], series)
    widest = found[0]
    return GapChart(
        id=f"groups-{selection.country}-{selection.series}-{selection.period}".lower(),
        title=headline(known, series, widest.behind, widest.ahead, universe),
        subtitle=frame.subtitle(
            known, series, universe, _(known.countries[selection.country].name), selection.period, unit_text(series)
        ),
        alt=" ".join(behind_sentence(known, series, s.behind, s.ahead, universe) for s in found[:8]),
        source_line=frame.source_line(shown),
        notes=frame.notes(shown),
        illustrative=frame.illustrative_line(shown),
        view=frame.view_of("gaps", selection),
        language=language(),
        rows=tuple(rows),
        axis_title=unit_text(series),
        domain=domain,
        ticks=ticks,
        reference=_average(everyone, series),
        origins=frame.origin_keys(shown),
        absences=frame.absence_keys(mark.figure.absence for row in rows for mark in row.marks),
    )


def _not_told_apart(known: Catalogue, selection: Selection, found: list[Spread]) -> list[Row]:
    """A row for each watched dimension that no source tells apart nationally in this period, with the reason."""
    like = next((s.behind for s in found if s.behind.origin == "official"), found[0].behind)
    rows = []
    for dimension, reasoned in not_told_apart(selection, frozenset(spread.dimension for spread in found)).items():
        name = dimension_name(known, dimension)
        missing = frame.absent(like, like.area, like.area_name, reasoned.absence, group=f"{dimension}=*")
        missing = replace(missing, group_name=name, note=why_missing(known, reasoned))
        rows.append(Row(name, (replace(frame.mark(missing), text=absence_words(reasoned)),)))
    return rows


def not_told_apart(selection: Selection, told: frozenset[str] = frozenset()) -> dict[str, Reasoned]:
    """Each watched dimension that is not among those ``told`` apart, with the reason why there is no figure."""
    known = store.catalogue()
    universe = store.availability(selection.country, selection.series).universe
    country, series = selection.country, selection.series
    return {
        dimension: why_absent(known, country=country, series=series, group=f"{dimension}=*", kind="country")
        for dimension in WATCHED
        if dimension not in told | members(universe).keys()
    }


def _rows(known: Catalogue, series: SeriesFacts, spread: Spread, chosen: str, universe: str) -> list[Row]:
    name = dimension_name(known, spread.dimension)
    if spread.behind.origin == "community" or spread.behind.illustrative:
        name = f"{name} ({short_title(spread.behind.source_title)})"
    if len(spread.figures) > MOST_MARKS:
        return [
            Row(group_name(known, f.group, universe), (frame.mark(f, (f.group == chosen and _("chosen")) or ""),))
            for f in spread.figures
        ]
    order = sorted(spread.figures, key=lambda f: known.told_apart(f.group, universe)[0].rank)
    marks = tuple(_mark(known, f, spread, chosen, universe) for f in order)
    return [Row(name, marks, note=points_text(spread.points, series.unit))]


def _mark(known: Catalogue, figure: Figure, spread: Spread, chosen: str, universe: str) -> Mark:
    ends = figure is spread.behind or figure is spread.ahead or figure.group == chosen
    emphasis: Emphasis = "strong" if figure is spread.behind or figure.group == chosen else "normal" if ends else "soft"
    label = category_name(known.told_apart(figure.group, universe)[0]) if ends else ""
    return frame.mark(figure, label, emphasis)


def _average(everyone: list[Figure], series: SeriesFacts) -> Reference | None:
    if not everyone or everyone[0].value is None:
        return None
    return Reference(everyone[0].value, _("everyone {value}").format(value=value_text(everyone[0].value, series.unit)))
