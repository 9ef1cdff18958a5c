"""The Map page's picture: pydeck without a base map. Geometry comes by URL; a selection sends only class numbers."""

from __future__ import annotations

import json
import math
from typing import Any

import pydeck

from dashboard.charts.definitions import MapChart
from dashboard.charts.map_colours import areas_in_layer_order, fill_index, fills, layer_of
from dashboard.theme import ABSENCE_STYLES, ORIGIN_GLYPHS, Palette, ink_on, rgb
from data_access import boundaries

HEIGHT = 560
WIDTH_DESKTOP, WIDTH_PHONE = 620, 320
MOST_LABELS = 80
"""With more areas than this only what is missing is written on the map."""

_GLYPHS = "".join(style.glyph for style in ABSENCE_STYLES.values()) + "".join(ORIGIN_GLYPHS.values())


class _CompactDeck(pydeck.Deck):  # type: ignore[misc]
    """A deck that writes its JSON without the spaces and line breaks that make it several times as long."""

    def to_json(self) -> str:
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"), ensure_ascii=False)


def deck(chart: MapChart, palette: Palette, boundaries_url: str, *, phone: bool = False) -> pydeck.Deck:
    """``chart`` as a deck; ``boundaries_url`` is where the layers are served, ``phone`` fits it to a narrow window."""
    layer = layer_of(chart)
    known = boundaries.layers()
    layers = []
    depiction: boundaries.Depiction = "official" if layer.depiction == "official" else "neutral"
    around = boundaries.context_for(layer.country, depiction)
    disputed = boundaries.disputed_for(layer.country, depiction)
    if around is not None and around.id in known:
        layers.append(_surface("context", f"{boundaries_url}/{around.path.name}", palette.context, palette.rule))
    layers.append(_areas(chart, palette, f"{boundaries_url}/{layer.path.name}"))
    if disputed is not None:
        layers.append(_disputed(f"{boundaries_url}/{disputed.path.name}", palette))
    if chart.selected:
        layers.append(_outline(chart, palette, f"{boundaries_url}/{layer.path.name}"))
    layers += [_labels(chart, palette), _points(chart, palette)]
    return _CompactDeck(
        layers=layers,
        initial_view_state=_view(layer.bbox, WIDTH_PHONE if phone else WIDTH_DESKTOP, HEIGHT),
        map_provider=None,
        map_style=None,
        views=[
            pydeck.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False})
        ],
        tooltip={"html": "<b>{name}</b><br>{text}<br>{detail}", "style": {"maxWidth": "260px", "whiteSpace": "normal"}},
    )


def _areas(chart: MapChart, palette: Palette, url: str) -> pydeck.Layer:
    colours = [list(rgb(colour)) for colour in fills(chart, palette)]
    classes = [fill_index(area, len(colours) - 1) for _shape, area in areas_in_layer_order(chart)]
    return pydeck.Layer(
        "GeoJsonLayer",
        id="areas",
        data=url,
        pickable=True,
        auto_highlight=True,
        highlight_color=[*rgb(palette.text), 60],
        get_fill_color=f"{json.dumps(colours)}[{json.dumps(classes)}[properties.i]]",
        get_line_color=list(rgb(palette.outline)),
        line_width_units=pydeck.types.String("pixels"),
        get_line_width=0.8,
    )


def _surface(name: str, url: str, fill: str, line: str) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id=name,
        data=url,
        pickable=False,
        get_fill_color=list(rgb(fill)),
        get_line_color=list(rgb(line)),
        line_width_units=pydeck.types.String("pixels"),
        get_line_width=0.5,
    )


def _disputed(url: str, palette: Palette) -> pydeck.Layer:
    return pydeck.Layer(
        "GeoJsonLayer",
        id="disputed",
        data=url,
        pickable=False,
        get_fill_color=[*rgb(palette.context), 160],
        get_line_color=list(rgb(palette.text)),
        line_width_units=pydeck.types.String("pixels"),
        get_line_width=1.2,
        get_dash_array=[4, 3],
        extensions=[{"@@type": "PathStyleExtension", "dash": True}],
    )


def _outline(chart: MapChart, palette: Palette, url: str) -> pydeck.Layer:
    widths = [4 if shape.code == chart.selected else 0 for shape, _area in areas_in_layer_order(chart)]
    return pydeck.Layer(
        "GeoJsonLayer",
        id="selected",
        data=url,
        pickable=False,
        filled=False,
        get_line_color=list(rgb(palette.text)),
        line_width_units=pydeck.types.String("pixels"),
        get_line_width=f"{json.dumps(widths)}[properties.i]",
    )


def _labels(chart: MapChart, palette: Palette) -> pydeck.Layer:
    """Values written on their areas, and the character of its absence where there is none."""
    colours = fills(chart, palette)
    placed = areas_in_layer_order(chart)
    rows: list[dict[str, Any]] = []
    for shape, area in placed:
        if area is None or shape.label is None:
            continue
        if area.index is None:
            glyph = ABSENCE_STYLES[area.absence].glyph if area.absence else ""
            text, ink = glyph, ink_on(palette, palette.missing)
        elif len(placed) <= MOST_LABELS:
            text, ink = area.text.replace("\u00a0%", "").replace("score ", ""), ink_on(palette, colours[area.index])
        else:
            continue
        rows.append(
            {
                "at": [round(c, 3) for c in shape.label],
                "label": text,
                "ink": list(rgb(ink)),
                "name": area.name,
                "text": area.text,
                "detail": area.detail,
                "code": area.code,
            }
        )
    return pydeck.Layer(
        "TextLayer",
        id="labels",
        data=rows,
        pickable=True,
        get_position="at",
        get_text="label",
        get_color="ink",
        get_size=11,
        size_units=pydeck.types.String("pixels"),
        font_family=pydeck.types.String("Source Sans, Noto Sans, sans-serif"),
        character_set=list("0123456789.,+−-% " + _GLYPHS),
        extensions=[{"@@type": "CollisionFilterExtension"}],
        collision_test_props={"sizeScale": 1.2},
    )


def _points(chart: MapChart, palette: Palette) -> pydeck.Layer:
    """Places that are no area of the map: the signature mark with name and value, never a coloured surface."""
    rows = [
        {
            "at": [point.longitude, point.latitude],
            "label": f"{ORIGIN_GLYPHS[point.figures[0].origin]} {point.name}: {point.text}",
            "ink": list(rgb(palette.text)),
            "name": point.name,
            "text": point.text,
            "detail": point.detail,
            "code": point.figures[0].area,
        }
        for point in chart.points
    ]
    return pydeck.Layer(
        "TextLayer",
        id="points",
        data=rows,
        pickable=True,
        get_position="at",
        get_text="label",
        get_color="ink",
        get_size=15,
        size_units=pydeck.types.String("pixels"),
        background=True,
        get_background_color=[*rgb(palette.background), 215],
        background_padding=[4, 2],
        character_set=pydeck.types.String("auto"),
    )


def _view(bbox: boundaries.Bounds, width: int, height: int) -> pydeck.ViewState:
    """The view that shows ``bbox`` whole in a window of that size (Web Mercator, 512-pixel tiles)."""
    west, south, east, north = bbox

    def mercator(latitude: float) -> float:
        return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2)) / (2 * math.pi)

    across = (east - west) / 360
    up = mercator(north) - mercator(south)
    zoom = math.log2(min(width / across, height / up) / 512) - 0.05
    middle = (mercator(north) + mercator(south)) / 2
    latitude = math.degrees(2 * math.atan(math.exp(middle * 2 * math.pi)) - math.pi / 2)
    return pydeck.ViewState(longitude=(west + east) / 2, latitude=latitude, zoom=zoom, min_zoom=zoom - 1.5)
