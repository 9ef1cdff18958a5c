"""Small maps as Plotly figures: the geometry comes by URL, only values are sent."""

from __future__ import annotations

from typing import Any

from dashboard.charts.definitions import MapChart
from dashboard.charts.map_colours import areas_in_layer_order, fill_index, fills, layer_of
from dashboard.charts.plotly_figure import FigureDict, hover, layout, warning, warning_height
from dashboard.theme import ABSENCE_STYLES, ORIGIN_GLYPHS, Palette, ink_on

HEIGHT = 420


def map_figure(chart: MapChart, palette: Palette, boundaries_url: str) -> FigureDict:
    """``chart`` as a Plotly choropleth without a base map; ``boundaries_url`` is where the layers are served."""
    colours = fills(chart, palette)
    steps = len(colours)
    placed = areas_in_layer_order(chart)
    layer = layer_of(chart)
    figure = layout(
        palette, chart.id, HEIGHT + warning_height(chart.illustrative), (0, 0, 0, warning_height(chart.illustrative))
    )
    west, south, east, north = layer.bbox
    figure["geo"] = {
        "visible": False,
        "bgcolor": "rgba(0,0,0,0)",
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [west, east]},
        "lataxis": {"range": [south, north]},
        "fitbounds": False,
    }
    figure["annotations"] = warning(palette, chart.illustrative)
    areas: FigureDict = {
        "type": "choropleth",
        "geojson": f"{boundaries_url}/{layer.path.name}",
        "featureidkey": "properties.code",
        "locations": [shape.code for shape, _area in placed],
        "z": [fill_index(area, steps - 1) for _shape, area in placed],
        "zmin": -0.5,
        "zmax": steps - 0.5,
        "colorscale": _steps(colours),
        "showscale": False,
        "marker": {"line": {"color": palette.outline, "width": 0.6}},
        "hovertext": [
            hover(f"{area.name}: {area.text}" + (f" · {area.detail}" if area.detail else "")) if area else ""
            for _shape, area in placed
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    return {"data": [areas, _marks(chart, palette), _points(chart, palette)], "layout": figure}


def _steps(colours: tuple[str, ...]) -> list[list[Any]]:
    """A colour scale that does not blend: each colour from its lower to its upper end."""
    steps = len(colours)
    return [[(i + end) / steps, colour] for i, colour in enumerate(colours) for end in (0, 1)]


def _marks(chart: MapChart, palette: Palette) -> FigureDict:
    """The characters of absences, so that a missing value is told without colour."""
    found = [
        (shape.label, ABSENCE_STYLES[area.absence].glyph)
        for shape, area in areas_in_layer_order(chart)
        if area is not None and area.absence is not None and shape.label is not None
    ]
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [point[0] for point, _glyph in found],
        "lat": [point[1] for point, _glyph in found],
        "text": [glyph for _point, glyph in found],
        "textfont": {"color": ink_on(palette, palette.missing), "size": 12},
        "hoverinfo": "skip",
    }


def _points(chart: MapChart, palette: Palette) -> FigureDict:
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [p.longitude for p in chart.points],
        "lat": [p.latitude for p in chart.points],
        "text": [f"{ORIGIN_GLYPHS[p.figures[0].origin]} {p.name}: {p.text}" for p in chart.points],
        "textfont": {"color": palette.text, "size": 13},
        "textposition": "bottom center",
        "hovertext": [hover(f"{p.name}: {p.text} · {p.detail}") for p in chart.points],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
