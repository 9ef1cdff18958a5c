"""The small maps of the overview and country pages: a Plotly choropleth whose geometry the browser fetches by URL.

Nothing comes from elsewhere: with geometry of one's own Plotly still asks for a world outline, so the settings in
``plotly_figure`` point it to the empty one in ``dashboard/static/topology``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.charts.definitions import MapArea, MapChart
from dashboard.charts.map_marks import area_colours, frame_of, labels_that_fit, layers_of, small_areas
from dashboard.charts.map_patterns import pattern_lines
from dashboard.charts.plotly_figure import HOVER, FigureDict, hover, layout, warning, warning_height
from dashboard.charts.plotly_marks import LABEL_SIZE, SYMBOLS
from dashboard.charts.screen_text import NARROW, escaped
from dashboard.theme import ABSENCE_STYLES, FONTS, Palette, ink_on
from data_access.boundaries import Bounds, Layer, Point, shapes

LOWEST, HIGHEST = 220, 420


def map_figure(chart: MapChart, palette: Palette, boundaries_url: str) -> FigureDict:
    """``chart`` as a Plotly figure dictionary; ``boundaries_url`` serves the files of ``sample_data/boundaries``.

    Plotly has no patterns for areas: the pattern of an absence is drawn as lines and dots over the page's colour.

    Raises:
        UnknownLayer: when there are no boundaries named ``chart.layer``.
    """
    areas, context, disputed = layers_of(chart)
    frame = frame_of(areas, context)
    height = _height(frame)
    degree = _degree(frame, height)
    bottom = warning_height(chart.illustrative)
    figure = layout(palette, chart.id, height + bottom, (0, 0, 0, bottom))
    figure["geo"] = _geo(frame)
    figure["annotations"] = warning(palette, chart.illustrative)
    traces = [
        _ground(context, palette.context, palette.rule, palette, boundaries_url) if context else None,
        _ground(disputed, palette.missing, palette.outline, palette, boundaries_url) if disputed else None,
        _coloured(chart, areas, palette, boundaries_url),
        *_patterns(chart, areas, disputed, palette, degree),
        _outline(chart, areas, palette, boundaries_url) if chart.selected else None,
        _small(chart, areas, palette),
        _labels(chart, areas, palette, degree),
        _points(chart, palette),
    ]
    return {"data": [trace for trace in traces if trace], "layout": figure}


def _degree(frame: Bounds, height: float) -> float:
    """Pixels per degree of longitude in the narrowest window."""
    west, south, east, north = frame
    down = (_mercator(north) - _mercator(south)) * 180 / math.pi
    return min(NARROW / (east - west), height / down)


def _height(frame: Bounds) -> float:
    west, south, east, north = frame
    shape = (_mercator(north) - _mercator(south)) / math.radians(east - west)
    return max(LOWEST, min(HIGHEST, NARROW * shape))


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _geo(frame: Bounds) -> FigureDict:
    west, south, east, north = frame
    return {
        "visible": False,
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
        "bgcolor": "rgba(0,0,0,0)",
        "showframe": False,
    }


def _choropleth(layer: Layer, boundaries_url: str, codes: Sequence[str], z: Sequence[float]) -> FigureDict:
    return {
        "type": "choropleth",
        "geojson": f"{boundaries_url}/{layer.id}.geojson",
        "featureidkey": "properties.code",
        "locations": list(codes),
        "z": list(z),
        "showscale": False,
    }


def _flat(colour: str) -> FigureDict:
    return {"colorscale": [[0, colour], [1, colour]], "zmin": 0, "zmax": 1}


def _ground(layer: Layer, fill: str, line: str, palette: Palette, boundaries_url: str) -> FigureDict:
    """Neighbours, or disputed ground; water keeps the colour of the page."""
    kinds = {shape.code: shape.kind for shape in shapes(layer) if shape.kind != "line"}
    trace = _choropleth(
        layer, boundaries_url, list(kinds), [1.0 if kind == "water" else 0.0 for kind in kinds.values()]
    )
    return trace | {
        "colorscale": [[0, fill], [1, palette.background]],
        "zmin": 0,
        "zmax": 1,
        "marker": {"line": {"color": line, "width": 0.6}},
        "hoverinfo": "skip",
    }


def _coloured(chart: MapChart, layer: Layer, palette: Palette, boundaries_url: str) -> FigureDict:
    """Every area in its class colour: z is the place of the colour in a scale of steps."""
    colours = area_colours(chart, palette)
    fills = [palette.missing if area.absence is not None else colours[area.code] for area in chart.areas]
    steps = sorted(set(fills))
    count = len(steps)
    trace = _choropleth(
        layer, boundaries_url, [area.code for area in chart.areas], [float(steps.index(fill)) for fill in fills]
    )
    scale = [[edge / count, step] for number, step in enumerate(steps) for edge in (number, number + 1)]
    return trace | {
        "colorscale": scale,
        "zmin": -0.5,
        "zmax": count - 0.5,
        "marker": {"line": {"color": palette.outline, "width": 0.7}},
        "hovertext": [_words(area) for area in chart.areas],
        "hovertemplate": HOVER,
    }


def _patterns(
    chart: MapChart, layer: Layer, disputed: Layer | None, palette: Palette, degree: float
) -> list[FigureDict]:
    """The patterns of the absences and of disputed ground as one trace of lines and one of dots; dashed lines."""
    absent = {area.code: ABSENCE_STYLES[area.absence].pattern for area in chart.areas if area.absence is not None}
    filled = [
        pattern_lines(shape.rings, absent[shape.code], 6 / degree) for shape in shapes(layer) if shape.code in absent
    ]
    ground = shapes(disputed) if disputed else ()
    filled += [pattern_lines(shape.rings, "hatch", 3.5 / degree) for shape in ground if shape.kind == "disputed"]
    dashed = [path for shape in ground if shape.kind == "line" for path in shape.rings]
    return [
        *_paths([stroke for strokes, _ in filled for stroke in strokes], {"color": palette.outline, "width": 1}),
        *_paths(dashed, {"color": palette.outline, "width": 1.5, "dash": "4px,3px"}),
        *_dots([dot for _, dots in filled for dot in dots], palette),
    ]


def _paths(paths: Sequence[Sequence[Point]], line: FigureDict) -> list[FigureDict]:
    if not paths:
        return []
    places = [place for path in paths for place in (*path, (None, None))]
    lons, lats = [place[0] for place in places], [place[1] for place in places]
    return [{"type": "scattergeo", "mode": "lines", "lon": lons, "lat": lats, "line": line, "hoverinfo": "skip"}]


def _dots(spots: Sequence[Point], palette: Palette) -> list[FigureDict]:
    marker = {"size": 2.5, "color": palette.outline}
    return [_at(spots) | {"mode": "markers", "marker": marker, "hoverinfo": "skip"}] if spots else []


def _words(area: MapArea) -> str:
    glyph = f"{ABSENCE_STYLES[area.absence].glyph} " if area.absence else ""
    return f"<b>{escaped(area.name)}</b><br>{glyph}{hover(area.text)}<br>{hover(area.detail)}"


def _outline(chart: MapChart, layer: Layer, palette: Palette, boundaries_url: str) -> FigureDict:
    trace = _choropleth(layer, boundaries_url, [chart.selected], [0])
    line = {"color": palette.text, "width": 3}
    return trace | _flat("rgba(0,0,0,0)") | {"marker": {"line": line}, "hoverinfo": "skip"}


def _small(chart: MapChart, layer: Layer, palette: Palette) -> FigureDict | None:
    """A square in the class colour where an area is too small to be seen."""
    colours = area_colours(chart, palette)
    marks = [(area, place) for area, place in small_areas(chart, layer) if area.absence is None]
    if not marks:
        return None
    marker = {
        "symbol": "square",
        "size": 9,
        "color": [colours[area.code] for area, _ in marks],
        "line": {"color": palette.text, "width": 1},
    }
    return _at([place for _, place in marks]) | {
        "mode": "markers",
        "marker": marker,
        "hovertext": [_words(area) for area, _ in marks],
        "hovertemplate": HOVER,
    }


def _labels(chart: MapChart, layer: Layer, palette: Palette, degree: float) -> FigureDict | None:
    colours = area_colours(chart, palette)
    labels = labels_that_fit(chart, layer, degree)
    if not labels:
        return None
    inks = [palette.text if area.absence is not None else ink_on(palette, colours[area.code]) for area, _, _ in labels]
    return _at([place for _, place, _ in labels]) | {
        "mode": "text",
        "text": [escaped(words) for _, _, words in labels],
        "textfont": {"family": FONTS, "size": LABEL_SIZE, "color": inks},
        "hoverinfo": "skip",
    }


def _points(chart: MapChart, palette: Palette) -> FigureDict | None:
    """Places that are no area of the map: the mark of their origin, their name and value beside it."""
    if not chart.points:
        return None
    origins = [point.figures[0].origin for point in chart.points]
    hollow = [origin == "official" for origin in origins]
    colours = [palette.origin(origin) for origin in origins]
    marker = {
        "symbol": [SYMBOLS[origin] for origin in origins],
        "size": 12,
        "color": [palette.background if open_ else own for own, open_ in zip(colours, hollow, strict=True)],
        "line": {
            "color": [own if open_ else palette.background for own, open_ in zip(colours, hollow, strict=True)],
            "width": 2,
        },
    }
    return _at([(point.longitude, point.latitude) for point in chart.points]) | {
        "mode": "markers+text",
        "marker": marker,
        "text": [escaped(point.name) for point in chart.points],
        "textposition": "middle right",
        "textfont": {"family": FONTS, "size": LABEL_SIZE, "color": palette.text, "shadow": _halo(palette)},
        "hovertext": [
            f"<b>{escaped(point.name)}</b><br>{hover(point.text)}<br>{hover(point.detail)}" for point in chart.points
        ],
        "hovertemplate": HOVER,
    }


def _halo(palette: Palette) -> str:
    return ", ".join([f"0 0 {blur}px {palette.background}" for blur in (1, 2, 3, 4)])


def _at(places: Sequence[Point]) -> FigureDict:
    return {"type": "scattergeo", "lon": [x for x, _ in places], "lat": [y for _, y in places]}
