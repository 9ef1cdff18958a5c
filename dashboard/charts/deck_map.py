"""The large map: a deck.gl choropleth whose geometry the browser fetches and keeps, so a rerun sends values only.

Colours travel as a list of area codes and one of colours, which deck.gl's own ``colorCategories`` puts together with
the geometry in the browser; the words of the tooltip travel once, and a style rule shows those of the area under
the pointer. ``docs/decisions/map-geometry.md`` says what was measured and why.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Sequence
from typing import Any

import pydeck

from dashboard.charts.definitions import MapChart
from dashboard.charts.map_marks import (
    LABEL_SIZE,
    area_colours,
    frame_of,
    labels_that_fit,
    layers_of,
    small_areas,
)
from dashboard.charts.map_tooltip import tooltip
from dashboard.theme import ABSENCE_STYLES, FONTS, ORIGIN_GLYPHS, Palette, PatternKind, ink_on, rgb
from data_access.boundaries import Bounds, Layer

WIDTH, HEIGHT = 640, 520
NARROW_WIDTH, NARROW_HEIGHT = 320, 420

PATTERNS: dict[PatternKind, dict[str, Any]] = {
    "hatch": {"type": "hatch", "strokeWidth": 1.5, "gap": 5, "angle": 45},
    "cross-hatch": {"type": "cross-hatch", "strokeWidth": 1, "gap": 5},
    "dots": {"type": "dots", "radius": 1.4, "gap": 4},
    "bars": {"type": "hatch", "strokeWidth": 1.5, "gap": 5, "angle": 90},
    "level": {"type": "hatch", "strokeWidth": 1.5, "gap": 5, "angle": 0},
}

TOUCH_STYLE = "<style>.deck-events-root{touch-action:pan-y !important}</style>"
"""For ``st.html`` beside the map: deck.gl takes every touch, this leaves scrolling up and down to the page."""

LayerSpec = dict[str, Any]


class MapDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck with its JSON at hand, written compactly: pydeck's own is indented, four to six times the bytes.

    pydeck's constructor is left out on purpose: it looks for the Jupyter extension five times (4 ms) and for keys
    of map providers in the environment; Streamlit asks only for what is set here.
    """

    def __init__(self, spec: dict[str, Any], tooltip: dict[str, Any]) -> None:
        self.spec = spec
        self.layers = None
        self.mapbox_key = None
        self._tooltip = tooltip

    def to_json(self) -> str:
        return json.dumps(self.spec, ensure_ascii=False, separators=(",", ":"))


def deck(chart: MapChart, palette: Palette, boundaries_url: str, narrow: bool = False) -> pydeck.Deck:
    """``chart`` for ``st.pydeck_chart``; ``narrow`` fits it into a phone's width.

    ``boundaries_url`` is where the application serves the files of ``sample_data/boundaries``. A click selects in
    layer "areas" the feature of the area clicked (``properties.code``), in layer "points" ``{"code": "point-0"}``.

    Raises:
        UnknownLayer: when there are no boundaries named ``chart.layer``.
    """
    areas, context, disputed = layers_of(chart)
    width, height = (NARROW_WIDTH, NARROW_HEIGHT) if narrow else (WIDTH, HEIGHT)
    west, south, east, north = frame = frame_of(areas, context)
    zoom = _zoom(frame, width, height)
    drawn = [
        _context(context, palette, boundaries_url) if context else None,
        _areas(chart, areas, palette, boundaries_url),
        _disputed(disputed, palette, boundaries_url) if disputed else None,
        _selected(chart, areas, palette, boundaries_url) if chart.selected else None,
        _small_areas(chart, areas, palette),
        *_values(chart, areas, palette, zoom),
        *_points(chart, palette),
    ]
    spec = {
        "initialViewState": {
            "longitude": round((west + east) / 2, 3),
            "latitude": round(_middle(south, north), 3),
            "zoom": round(zoom, 2),
            "minZoom": round(zoom - 1, 2),
            "maxZoom": round(zoom + 5, 2),
        },
        "mapStyle": "__MAP_STYLE__",
        "views": [
            {
                "@@type": "MapView",
                "repeat": False,
                "controller": {"scrollZoom": False, "dragRotate": False, "touchRotate": False, "keyboard": True},
            }
        ],
        "layers": [layer for layer in drawn if layer and layer["data"]],
    }
    return MapDeck(spec, tooltip(chart, palette))


def _zoom(frame: Bounds, width: float, height: float) -> float:
    """The Web Mercator zoom at which ``frame`` fills a box of pixels (a world of 512 px at zoom 0)."""
    west, south, east, north = frame
    across = (east - west) / 360 * 512
    down = (_mercator(north) - _mercator(south)) / (2 * math.pi) * 512
    return min(math.log2(width / across), math.log2(height / down))


def _mercator(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


def _middle(south: float, north: float) -> float:
    """The latitude drawn halfway between two others."""
    return math.degrees(math.atan(math.sinh((_mercator(south) + _mercator(north)) / 2)))


def _geometry(name: str, layer: Layer, boundaries_url: str, fill: object, line: str) -> LayerSpec:
    """A layer of areas.

    The fill is set on the sub-layer because Streamlit repaints fills set on the layer itself when an area is
    selected, and the colours would no longer be those of the legend.
    """
    return {
        "@@type": "GeoJsonLayer",
        "id": name,
        "data": f"{boundaries_url}/{layer.id}.geojson",
        "pickable": False,
        "stroked": True,
        "filled": True,
        "getLineColor": list(rgb(line)),
        "lineWidthUnits": "pixels",
        "getLineWidth": 0.7,
        "updateTriggers": {"getFillColor": [_token(fill)]},
        "_subLayerProps": {"polygons-fill": {"getFillColor": fill}},
    }


def _context(layer: Layer, palette: Palette, boundaries_url: str) -> LayerSpec:
    land, water = list(rgb(palette.context)), list(rgb(palette.background))
    fill = f"@@=properties.kind == 'water' ? {water} : {land}"
    return _geometry("context", layer, boundaries_url, fill, palette.rule)


def _areas(chart: MapChart, layer: Layer, palette: Palette, boundaries_url: str) -> LayerSpec:
    colours = area_colours(chart, palette)
    fill = _by_code(list(colours), [list(rgb(colour)) for colour in colours.values()], list(rgb(palette.context)))
    absent = [area for area in chart.areas if area.absence is not None]
    pattern = _by_code(
        [area.code for area in absent],
        [ABSENCE_STYLES[area.absence].pattern for area in absent if area.absence is not None],
        "solid",
    )
    return _geometry("areas", layer, boundaries_url, fill, palette.outline) | {
        "pickable": True,
        **_patterned(palette, pattern),
    }


def _patterned(palette: Palette, pattern: object) -> LayerSpec:
    return {
        "extensions": [{"@@type": "FillStyleExtension", "proceduralPattern": True}],
        "fillPatternSizeUnits": "pixels",
        "fillPatternMapping": PATTERNS,
        "getFillPattern": pattern,
        "getFillPatternBackgroundColor": [*rgb(palette.missing), 255],
    }


def _disputed(layer: Layer, palette: Palette, boundaries_url: str) -> LayerSpec:
    """Ground that holds no figures, finely hatched, and lines that are not agreed, dashed."""
    spec = _geometry("disputed", layer, boundaries_url, list(rgb(palette.outline)), palette.outline)
    spec |= _patterned(palette, "@@='disputed'")
    spec["fillPatternMapping"] = {"disputed": {"type": "hatch", "strokeWidth": 1, "gap": 3, "angle": 135}}
    spec["extensions"] = [*spec["extensions"], {"@@type": "PathStyleExtension", "dash": True}]
    return spec | {"getDashArray": [4, 3], "getLineWidth": 1.2}


def _selected(chart: MapChart, layer: Layer, palette: Palette, boundaries_url: str) -> LayerSpec:
    """The outline of the selected area above all others; every other outline is drawn without colour.

    A layer of its own for each selection: Streamlit drops the triggers that would make deck.gl recolour this one.
    """
    return {
        "@@type": "GeoJsonLayer",
        "id": f"selected-{chart.selected}",
        "data": f"{boundaries_url}/{layer.id}.geojson",
        "pickable": False,
        "stroked": True,
        "filled": False,
        "lineWidthUnits": "pixels",
        "getLineWidth": 3,
        "getLineColor": _by_code([chart.selected], [[*rgb(palette.text), 255]], [0, 0, 0, 0]),
    }


def _by_code(codes: Sequence[str], values: Sequence[object], otherwise: object) -> dict[str, Any]:
    """A deck.gl function from an area's code to a value."""
    return {
        "@@function": "colorCategories",
        "attr": "code",
        "domain": list(codes),
        "colors": list(values),
        "othersColor": otherwise,
        "nullColor": otherwise,
    }


def _token(value: object) -> int:
    """Changes when ``value`` does: deck.gl recomputes colours only when told to."""
    return zlib.crc32(json.dumps(value, sort_keys=True).encode())


def _text(name: str, rows: Sequence[dict[str, Any]], size: int, **settings: Any) -> LayerSpec:
    """Texts at places: rows of p (longitude, latitude), t (text), c (colour)."""
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": rows,
        "pickable": False,
        "characterSet": "auto",
        "fontFamily": FONTS,
        "getPosition": "@@=p",
        "getText": "@@=t",
        "getSize": size,
        "updateTriggers": {"getPosition": [_token(rows)], "getText": [_token(rows)]},
        "_subLayerProps": {"characters": {"getColor": "@@=c", "updateTriggers": {"getColor": [_token(rows)]}}},
        **settings,
    }


def _small_areas(chart: MapChart, layer: Layer, palette: Palette) -> LayerSpec:
    """A square in the class colour for areas too small to be seen as a surface."""
    colours = area_colours(chart, palette)
    rows = [
        {"p": place, "t": "■", "c": rgb(colours[area.code]), "code": area.code}
        for area, place in small_areas(chart, layer)
        if area.absence is None
    ]
    return _text("small", rows, 18, pickable=True, **_edge(palette.text))


def _values(chart: MapChart, layer: Layer, palette: Palette, zoom: float) -> tuple[LayerSpec, ...]:
    """Values, and the glyphs of what is missing, on the areas with room for them at the first zoom."""
    colours = area_colours(chart, palette)
    rows = []
    plates = []
    for area, place, words in labels_that_fit(chart, layer, 512 * 2**zoom / 360):
        if area.absence is None:
            rows.append({"p": place, "t": words, "c": rgb(ink_on(palette, colours[area.code]))})
        else:
            plates.append({"p": place, "t": words, "c": rgb(palette.text)})
    return _text("values", rows, LABEL_SIZE), _text("absences", plates, 15, **_plate(palette))


def _points(chart: MapChart, palette: Palette) -> tuple[LayerSpec, ...]:
    """Places that are no area of the map: the glyph of their origin and their name and value beside it."""
    marks, names = [], []
    for number, point in enumerate(chart.points):
        origin = point.figures[0].origin
        place = (point.longitude, point.latitude)
        colour = rgb(palette.origin(origin))
        marks.append({"p": place, "t": ORIGIN_GLYPHS[origin], "c": colour, "code": f"point-{number}"})
        names.append({"p": place, "t": f"{point.name} {point.text}", "c": rgb(palette.text)})
    beside = {"getTextAnchor": "start", "getPixelOffset": [14, 0]}
    return (
        _text("points", marks, 24, pickable=True, **_edge(palette.background)),
        _text("point-names", names, LABEL_SIZE, **_plate(palette), **beside),
    )


def _edge(colour: str) -> LayerSpec:
    """A line around each glyph, so that it stands out from any fill."""
    return {"fontSettings": {"sdf": True}, "outlineWidth": 4, "outlineColor": rgb(colour)}


def _plate(palette: Palette) -> LayerSpec:
    """A plate behind a text, so that it can be read on any fill."""
    return {
        "background": True,
        "getBackgroundColor": [*rgb(palette.background), 235],
        "backgroundPadding": [4, 1],
    }
