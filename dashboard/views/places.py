"""Where people are behind: one row an area, furthest behind first, against the country as a whole."""

from __future__ import annotations

from collections import defaultdict

from dashboard import store
from dashboard.charts.definitions import Emphasis, GapChart, Mark, Reference, Row
from dashboard.selection import Selection
from dashboard.text import _, language
from dashboard.text.formats import points_text, unit_text, value_text
from dashboard.text.groups import category_name, group_in_sentence, group_name
from dashboard.text.sentences import behind_sentence, headline
from dashboard.views import frame
from data_access.figures import Figure
from data_access.queries.catalogue import AreaKind, Catalogue, SeriesFacts


@store.remembered(256)
def where_behind(selection: Selection, kind: AreaKind, split_by: str = "") -> GapChart | None:
    """The chart of areas of one ``kind`` for the chosen group and period; None when no source has two of them.

    ``split_by`` names a dimension: each area then shows its categories side by side instead of one mark.
    """
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    figures = store.figures(selection.country, selection.series, kinds=(kind, "country"), time_period=selection.period)
    wanted = [f for f in figures if _belongs(known, f, selection.group, universe, split_by)]
    source = _widest_source(known, wanted, kind)
    wanted = [f for f in wanted if f.source == source]
    areas = defaultdict(list)
    for figure in wanted:
        if known.areas[figure.area].kind == kind:
            areas[figure.area].append(figure)
    if len(areas) < 2:
        return None
    nation = next((f for f in wanted if known.areas[f.area].kind == "country" and f.value is not None), None)
    ordered = sorted(areas.values(), key=lambda found: _worth(found, series))
    rows = tuple(_row(known, series, found, universe, split_by, position) for position, found in enumerate(ordered))
    shown = [mark.figure for row in rows for mark in row.marks]
    with_value = [found[0] for found in ordered if found[0].value is not None]
    if not with_value:
        return None
    domain, ticks = frame.axis([*shown, *([nation] if nation else [])], series)
    group = group_name(known, selection.group, universe)
    behind, ahead = with_value[0], with_value[-1]
    return GapChart(
        id=f"{kind}-{selection.country}-{selection.series}-{selection.period}".lower(),
        title=headline(known, series, behind, ahead, universe),
        subtitle=frame.subtitle(known, series, universe, group, selection.period, unit_text(series)),
        alt=_alt(known, series, behind, ahead, universe, len(areas)),
        source_line=frame.source_line(shown),
        notes=frame.notes(shown),
        illustrative=frame.illustrative_line(shown),
        view=frame.view_of("gaps", selection, by=split_by, level=kind),
        language=language(),
        rows=rows,
        axis_title=unit_text(series),
        domain=domain,
        ticks=ticks,
        reference=_nation_line(known, nation, selection, series, universe) if not split_by else None,
        origins=frame.origin_keys(shown),
        absences=frame.absence_keys(f.absence for f in shown),
    )


@store.remembered(256)
def dimensions_by_area(selection: Selection, kind: AreaKind) -> tuple[str, ...]:
    """Dimensions along which some source tells groups apart for areas of ``kind`` in the chosen period."""
    known = store.catalogue()
    available = store.availability(selection.country, selection.series)
    found = set()
    for holding in available.holdings:
        apart = known.told_apart(holding.group, available.universe)
        if holding.area_kind == kind and holding.time_period == selection.period and len(apart) == 1:
            found.add(apart[0].dimension)
    return tuple(sorted(found))


def _belongs(known: Catalogue, figure: Figure, group: str, universe: str, split_by: str) -> bool:
    if not split_by:
        return figure.group == group
    apart = known.told_apart(figure.group, universe)
    return len(apart) == 1 and apart[0].dimension == split_by


def _widest_source(known: Catalogue, figures: list[Figure], kind: AreaKind) -> str:
    """The source with most areas: official and real before any other."""
    counts: dict[tuple[bool, bool, str], int] = defaultdict(int)
    for figure in figures:
        if known.areas[figure.area].kind == kind:
            counts[figure.illustrative, figure.origin != "official", figure.source] += 1
    best = min(counts, key=lambda key: (key[0], key[1], -counts[key], key[2]), default=(False, False, ""))
    return best[2]


def _worth(figures: list[Figure], series: SeriesFacts) -> tuple[bool, float, str]:
    """Sort key: furthest behind first, areas without a value last."""
    values = [f.value for f in figures if f.value is not None]
    if not values:
        return True, 0.0, figures[0].area_name
    better = series.favourable is not False
    return False, min(values) if better else -max(values), figures[0].area_name


def _row(
    known: Catalogue, series: SeriesFacts, figures: list[Figure], universe: str, split_by: str, position: int
) -> Row:
    name = _(figures[0].area_name)
    if not split_by:
        emphasis: Emphasis = "strong" if position == 0 else "normal"
        return Row(name, (frame.mark(figures[0], "", emphasis),))
    order = sorted(figures, key=lambda f: known.told_apart(f.group, universe)[0].rank)
    values = [f.value for f in order if f.value is not None]
    note = points_text(max(values) - min(values), series.unit) if len(values) > 1 else ""
    return Row(name, tuple(_split_mark(known, f, universe, first=position == 0) for f in order), note=note)


def _split_mark(known: Catalogue, figure: Figure, universe: str, *, first: bool) -> Mark:
    category = known.told_apart(figure.group, universe)[0]
    emphasis: Emphasis = "strong" if category.marginalised else "normal"
    return frame.mark(figure, category_name(category) if first else "", emphasis)


def _alt(known: Catalogue, series: SeriesFacts, behind: Figure, ahead: Figure, universe: str, areas: int) -> str:
    return _("{count} areas, furthest behind first. {sentence}").format(
        count=areas, sentence=behind_sentence(known, series, behind, ahead, universe)
    )


def _nation_line(
    known: Catalogue, nation: Figure | None, selection: Selection, series: SeriesFacts, universe: str
) -> Reference | None:
    if nation is None or nation.value is None:
        return None
    label = _("{country}, {group}: {value}").format(
        country=_(known.countries[selection.country].name),
        group=group_in_sentence(known, selection.group, universe),
        value=value_text(nation.value, series.unit),
    )
    return Reference(nation.value, label)
