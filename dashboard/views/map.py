"""On the map: official, community, or their difference where the two may be compared."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

from dashboard import store
from dashboard.charts.definitions import MapArea, MapChart, MapClass, MapPoint
from dashboard.selection import Selection
from dashboard.text import _, language, ngettext
from dashboard.text.absence import absence_words, why_missing
from dashboard.text.comparability import grade_text
from dashboard.text.formats import number, provenance, shown, unit_text, value_text
from dashboard.text.groups import group_name, series_name
from dashboard.views import frame
from dashboard.views.classes import Method, breaks, breaks_around_zero, class_of
from dashboard.views.pairs import pair_sentence, pairs_of
from data_access import boundaries
from data_access.figures import Absence, Figure, Origin
from data_access.queries.absence import Reasoned, why_absent
from data_access.queries.catalogue import AreaFacts, AreaKind, Catalogue, SeriesFacts

Show = Literal["official", "community", "difference"]
SHOWS: tuple[Show, ...] = ("official", "community", "difference")
LEVELS: tuple[AreaKind, ...] = ("admin1", "admin2", "survey_region")
_LAYER_LEVEL = {"admin1": "1", "admin2": "2", "survey_region": "R"}
_DECIMALS = {"PT": 1, "PER_1000": 1, "NUMBER": 0, "SCORE": 2, "INDEX": 3}


@dataclass(frozen=True)
class _Colour:
    """What an area is coloured by: a value and the figures behind it, or why there is none."""

    value: float | None
    text: str
    detail: str
    absence: Absence | None
    figures: tuple[Figure, ...]


@store.remembered(256)
def levels_held(selection: Selection, show: str) -> list[AreaKind]:
    """Kinds of area for which ``show`` has a figure of the chosen group in the chosen period."""
    known = store.catalogue()
    held = set()
    for holding in store.availability(selection.country, selection.series).holdings:
        origin = known.sources[holding.source].origin
        in_period = holding.time_period == selection.period or origin == "community"
        wanted = origin == "community" if show == "community" else origin == "official"
        if holding.group == selection.group and in_period and wanted and holding.n_with_value:
            held.add(holding.area_kind)
    found = [kind for kind in LEVELS if kind in held and _drawn(selection, kind)]
    places = "place" in held and _drawn(selection, "admin1")
    return found or (["admin1"] if places else [])  # a place is a point on the map of the areas around it


def _drawn(selection: Selection, kind: AreaKind) -> bool:
    """Whether there are boundaries to draw this kind of area of the country."""
    return boundaries.has_layer(selection.country, _LAYER_LEVEL[kind])


@store.remembered(128)
def map_chart(selection: Selection, show: Show, kind: AreaKind, method: Method, *, chosen: str = "") -> MapChart | None:
    """The map of one kind of area, or None when no area of that kind has anything to show."""
    known = store.catalogue()
    series = known.series[selection.series]
    universe = store.availability(selection.country, selection.series).universe
    colours = _differences(known, selection, series) if show == "difference" else _values(selection, series, show)
    areas = known.areas_of(selection.country, kind, [code for code in colours if known.areas[code].kind == kind])
    layer = boundaries.layer_of(
        selection.country, _LAYER_LEVEL[kind], {area.code for area in areas}, store.settings().depiction
    )
    values = [colours[a.code].value for a in areas if a.code in colours]
    numbers = [v for v in values if v is not None]
    points = _points(known, selection, colours)
    if not numbers and not points:
        return None
    bounds = _bounds(numbers, show, method, series) if numbers else ()
    drawn = tuple(_area(known, selection, show, area, colours.get(area.code), bounds) for area in areas)
    if not numbers:  # only places: the areas around them are a background and miss nothing
        drawn = tuple(MapArea(area.code, _(area.name), None, None, "", "", ()) for area in areas)
    figures = [figure for area in drawn for figure in area.figures] + [f for p in points for f in p.figures]
    group = group_name(known, selection.group, universe)
    return MapChart(
        id=f"map-{show}-{kind}-{selection.country}-{selection.series}-{selection.period}".lower(),
        title=_title(known, selection, series, drawn, show, group),
        subtitle=frame.subtitle(
            known, series, universe, group, _periods(figures) or selection.period, _shown_text(show), unit_text(series)
        ),
        alt=_alt(series, drawn, group, selection),
        source_line=frame.source_line(figures),
        notes=frame.notes(figures),
        illustrative=frame.illustrative_line(figures),
        view=frame.view_of("map", selection, show=show, level=kind, classes=method),
        language=language(),
        layer=layer.id,
        areas=drawn,
        classes=_classes(bounds, numbers, series, show),
        scale=show,
        legend_title=_("Difference, community minus official") if show == "difference" else unit_text(series),
        disclaimer=_(layer.disclaimer),
        points=points,
        origins=frame.origin_keys(figures),
        absences=frame.absence_keys(area.absence for area in drawn),
        selected=chosen,
    )


def _bounds(numbers: list[float], show: Show, method: Method, series: SeriesFacts) -> tuple[float, ...]:
    if show == "difference":
        return breaks_around_zero(numbers)
    return breaks(numbers, method, decimals=_DECIMALS[series.unit])


def _values(selection: Selection, series: SeriesFacts, show: Show) -> dict[str, _Colour]:
    found: dict[str, Figure] = {}
    for figure in store.figures(selection.country, selection.series, groups=(selection.group,)):
        if figure.origin != show or (show == "official" and figure.time_period != selection.period):
            continue
        standing = found.get(figure.area)
        if standing is None or _better(figure, standing, selection):
            found[figure.area] = figure
    return {
        area: _Colour(figure.value, shown(figure), provenance(figure), figure.absence, (figure,))
        for area, figure in found.items()
    }


def _better(figure: Figure, standing: Figure, selection: Selection) -> bool:
    """Real before invented, the chosen period before others, newer before older."""
    return (not figure.illustrative, figure.time_period == selection.period, figure.year) > (
        not standing.illustrative,
        standing.time_period == selection.period,
        standing.year,
    )


def _differences(known: Catalogue, selection: Selection, series: SeriesFacts) -> dict[str, _Colour]:
    universe = store.availability(selection.country, selection.series).universe
    found: dict[str, _Colour] = {}
    for pair in pairs_of(selection):
        if pair.community.group != selection.group or pair.official is None or pair.comparability is None:
            continue
        text = (
            f"{'+' if pair.gap > 0 else '−' if pair.gap < 0 else ''}{number(abs(pair.gap), _DECIMALS[series.unit])}"
            if pair.gap is not None
            else grade_text(pair.comparability.grade)
        )
        better = pair.community.area not in found or not pair.community.illustrative
        if better:
            found[pair.community.area] = _Colour(
                pair.gap, text, pair_sentence(known, pair, universe), None, (pair.official, pair.community)
            )
    return found


def _area(
    known: Catalogue,
    selection: Selection,
    show: Show,
    area: AreaFacts,
    colour: _Colour | None,
    bounds: tuple[float, ...],
) -> MapArea:
    if colour is None:
        reasoned = _why_absent(known, selection, show, area)
        text = absence_words(reasoned)
        return MapArea(area.code, _(area.name), None, reasoned.absence, text, why_missing(known, reasoned), ())
    if colour.value is None and colour.absence is None:  # a pair that may not be subtracted: both sides are known
        return MapArea(area.code, _(area.name), None, None, colour.text, colour.detail, colour.figures)
    index = class_of(colour.value, bounds) if colour.value is not None else None
    return MapArea(area.code, _(area.name), index, colour.absence, colour.text, colour.detail, colour.figures)


def _why_absent(known: Catalogue, selection: Selection, show: Show, area: AreaFacts) -> Reasoned:
    """Why an area has no row; for a difference, why the community, which holds fewer areas, has none."""
    origin: Origin = "official" if show == "official" else "community"
    return why_absent(
        known,
        country=selection.country,
        series=selection.series,
        group=selection.group,
        kind=area.kind,
        origin=origin,
    )


def _points(known: Catalogue, selection: Selection, colours: dict[str, _Colour]) -> tuple[MapPoint, ...]:
    found = []
    for code, colour in sorted(colours.items()):
        place = known.areas[code]
        if place.kind == "place" and place.longitude is not None and place.latitude is not None:
            found.append(
                MapPoint(place.longitude, place.latitude, _(place.name), colour.text, colour.detail, colour.figures)
            )
    return tuple(found)


def _classes(bounds: tuple[float, ...], numbers: list[float], series: SeriesFacts, show: Show) -> tuple[MapClass, ...]:
    decimals = _DECIMALS[series.unit]
    if len(bounds) < 2:
        return ()
    found = []
    for index, (lower, upper) in enumerate(itertools.pairwise(bounds)):
        count = sum(class_of(value, bounds) == index for value in numbers)
        words = ngettext("{lower} to {upper} ({count} area)", "{lower} to {upper} ({count} areas)", count).format(
            lower=_signed(lower, decimals) if show == "difference" else number(lower, decimals),
            upper=_signed(upper, decimals) if show == "difference" else number(upper, decimals),
            count=count,
        )
        found.append(MapClass(lower, upper, words))
    return tuple(found)


def _signed(value: float, decimals: int) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value), decimals)}"


def _title(
    known: Catalogue, selection: Selection, series: SeriesFacts, areas: tuple[MapArea, ...], show: Show, group: str
) -> str:
    valued = [(area.figures[0].value, area) for area in areas if area.index is not None and show != "difference"]
    pairs = [(value, area) for value, area in valued if value is not None]
    words = {"group": group, "series": series_name(series), "country": _(known.countries[selection.country].name)}
    if len(pairs) < 2:
        return _("{series} in {country}: {group}").format(**words)
    low, high = min(pairs, key=lambda p: p[0]), max(pairs, key=lambda p: p[0])
    return _("{group}: from {low} in {low_area} to {high} in {high_area}").format(
        group=group,
        low=value_text(low[0], series.unit),
        low_area=low[1].name,
        high=value_text(high[0], series.unit),
        high_area=high[1].name,
    )


def _shown_text(show: Show) -> str:
    return {
        "official": _("official figures"),
        "community": _("community figures"),
        "difference": _("community minus official, only where they may be compared"),
    }[show]


def _periods(figures: list[Figure]) -> str:
    return ", ".join(sorted({f.time_period for f in figures}))


def _alt(series: SeriesFacts, areas: tuple[MapArea, ...], group: str, selection: Selection) -> str:
    coloured = sum(area.index is not None for area in areas)
    return _(
        "Map of {series}, {group}, {period}: {coloured} of {all} areas have a figure; the table below lists them."
    ).format(series=series_name(series), group=group, period=selection.period, coloured=coloured, all=len(areas))


def show_text(show: str) -> str:
    """What a map can show, for its chooser."""
    return {
        "official": _("Official figures"),
        "community": _("Community figures"),
        "difference": _("Difference, where comparable"),
    }[show]


def method_text(method: str) -> str:
    """How a map's classes are cut, for its chooser."""
    return {
        "quantile": _("As many areas in each class"),
        "natural": _("Like with like (natural breaks)"),
        "equal": _("Equal steps"),
    }[method]


def why_no_map(selection: Selection) -> str:
    """Why nothing can be drawn: no figures at all, no boundaries for those there are, or only national ones."""
    holdings = store.availability(selection.country, selection.series).holdings
    if not holdings:
        return _("No figures of this indicator are held here for {country}, so there is nothing to draw.").format(
            country=_(store.catalogue().countries[selection.country].name)
        )
    below = {
        h.area_kind for h in holdings if h.area_kind != "country" and h.n_with_value and h.group == selection.group
    }
    if below and not any(kind in LEVELS and _drawn(selection, kind) for kind in below):
        return _("There are figures below the national level, but no boundaries of these areas are held here.")
    return _("The sources held here have only national figures for this indicator, group and year.")


@store.remembered(256)
def nothing_to_show(selection: Selection, show: str) -> str:
    """Why ``show`` cannot be mapped for this selection; empty when it can."""
    known = store.catalogue()
    wanted = [h for h in store.availability(selection.country, selection.series).holdings if h.group == selection.group]
    origins = {known.sources[h.source].origin for h in wanted if h.area_kind != "country" and h.n_with_value}
    if show == "difference":
        if any(p.gap is not None and p.community.group == selection.group for p in pairs_of(selection)):
            return ""
        return _("no pair of figures that may be compared")
    if show not in origins:
        return _("no such figures below the national level")
    return "" if levels_held(selection, show) else _("no boundaries of these areas are held here")
