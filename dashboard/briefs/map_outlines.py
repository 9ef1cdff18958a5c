"""The outlines of a map in millimetres on paper, with the colour or the absence of every area."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.briefs.typesetting import Content, Leaf
from dashboard.charts.definitions import MapArea, MapChart
from dashboard.theme import LIGHT, class_colours, ink_on
from data_access import boundaries
from data_access.boundaries import Bounds, Depiction, Layer, Page, Shape, UnknownLayer

LABELLED_AREAS = 16
"""Up to this many areas carry their name and value on the map; more would not be read."""

_MARGIN = 0.03
"""How much of the neighbours is seen around a map, as a part of its larger side."""

_STEP = 0.1
"""Vertices are placed on a grid this fine (mm), so that neighbours keep one common border."""


class MapWithoutShapes(ValueError):
    """A map none of whose areas has an outline in the layer that it names."""


@dataclass(frozen=True)
class _Sheet:
    """Everything of a map that does not depend on its figures, in millimetres from the upper left corner."""

    frame: Bounds
    areas: Page
    land: tuple[Leaf, ...]
    water: tuple[Leaf, ...]
    claimed: tuple[Leaf, ...]
    lines: tuple[Leaf, ...]


def drawn_map(chart: MapChart, width: float) -> Content:
    """Sizes, outlines, colours and points of the map as the template reads them; ``width`` in millimetres.

    Raises:
        UnknownLayer: when the chart names a layer that is not there.
        MapWithoutShapes: when no area of the chart is in the layer.
    """
    sheet = _sheet(chart.layer, width)
    colours = class_colours(LIGHT, chart.scale, [(c.lower, c.upper) for c in chart.classes])
    named = {area.code: area for area in chart.areas}
    drawn = [(shape, named[shape.code]) for shape in sheet.areas.shapes if shape.code in named]
    if not drawn:
        raise MapWithoutShapes(f"map {chart.id!r}: none of its {len(named)} areas is in the layer {chart.layer!r}")
    labelled = len(drawn) <= LABELLED_AREAS
    return {
        "size": [sheet.areas.width, sheet.areas.height],
        "classes": [{"label": c.label, "colour": colour} for c, colour in zip(chart.classes, colours, strict=True)],
        "areas": [_area(shape, area, chart, colours, labelled) for shape, area in drawn],
        "context": [*sheet.land, *(_rings(shape) for shape in sheet.areas.shapes if shape.code not in named)],
        "water": list(sheet.water),
        "claimed": list(sheet.claimed),
        "lines": list(sheet.lines),
        "points": _points(chart, sheet),
    }


def _points(chart: MapChart, sheet: _Sheet) -> Leaf:
    west, south, east, north = sheet.frame
    across, down = sheet.areas.width / (east - west), sheet.areas.height / (north - south)
    return [
        {
            "x": (point.longitude - west) * across,
            "y": (north - point.latitude) * down,
            "name": point.name,
            "text": point.text,
            "origin": point.figures[0].origin if point.figures else "official",
        }
        for point in chart.points
    ]


def _area(shape: Shape, area: MapArea, chart: MapChart, colours: Sequence[str], labelled: bool) -> Leaf:
    colour = None if area.index is None else colours[area.index]
    x, y = shape.label or (0.0, 0.0)
    return {
        "rings": _rings(shape),
        "colour": colour,
        "absence": area.absence,
        "dark": colour is not None and ink_on(LIGHT, colour) == LIGHT.background,
        "selected": area.code == chart.selected,
        "labelled": labelled,
        "small": shape.small,
        "name": area.name,
        "text": area.text,
        "x": x,
        "y": y,
        "room": _room(shape.rings, x, y) if labelled else 0.0,
        "side": _side(area) if chart.scale == "difference" else "",
    }


def _side(area: MapArea) -> str:
    """On a map of differences: which of the two figures is higher, so that the map reads without colour."""
    if len(area.figures) != 2:
        return ""
    official, community = (figure.value for figure in area.figures)
    if official is None or community is None or official == community:
        return ""
    return "community" if community > official else "official"


@lru_cache(maxsize=64)
def _sheet(layer_id: str, width: float) -> _Sheet:
    """The areas, neighbours and disputed ground of a layer on one page; all of one depiction."""
    layer = boundaries.layers().get(layer_id)
    if layer is None:
        raise UnknownLayer(f"there is no layer {layer_id!r}; there are: {', '.join(boundaries.layers())}")
    depiction: Depiction = "official" if layer.depiction == "official" else "neutral"
    context = boundaries.context_for(layer.country, depiction)
    disputed = boundaries.disputed_for(layer.country, depiction)
    frame = _frame([layer] if disputed is None else [layer, disputed])
    areas = boundaries.projected(layer, width, frame)
    around = _seen(context, areas, frame)
    ground = _seen(disputed, areas, frame)
    return _Sheet(
        frame=frame,
        areas=areas,
        land=tuple(_rings(shape) for shape in around if shape.kind == "land"),
        water=tuple(_rings(shape) for shape in around if shape.kind == "water"),
        claimed=tuple(_rings(shape) for shape in ground if shape.kind == "disputed"),
        lines=tuple(path for shape in ground for path in _borders(shape)),
    )


def _frame(layers: Sequence[Layer]) -> Bounds:
    west, south = min(layer.bbox[0] for layer in layers), min(layer.bbox[1] for layer in layers)
    east, north = max(layer.bbox[2] for layer in layers), max(layer.bbox[3] for layer in layers)
    margin = _MARGIN * max(east - west, north - south)
    return west - margin, south - margin, east + margin, north + margin


def _seen(layer: Layer | None, page: Page, frame: Bounds) -> list[Shape]:
    """The shapes of a layer that reach into the page."""
    if layer is None:
        return []
    flat = boundaries.projected(layer, page.width, frame).shapes
    return [shape for shape in flat if any(_reaches(ring, page) for ring in shape.rings)]


def _reaches(ring: boundaries.Ring, page: Page) -> bool:
    across, down = [x for x, _ in ring], [y for _, y in ring]
    return min(across) < page.width and max(across) > 0 and min(down) < page.height and max(down) > 0


def _rings(shape: Shape) -> Leaf:
    return [path for path in (_on_grid(ring, closed=True) for ring in shape.rings) if len(path) >= 6]


def _borders(shape: Shape) -> list[Leaf]:
    """What is drawn dashed: the lines themselves and the edges of disputed ground."""
    return [list(_on_grid(ring, closed=False)) for ring in shape.rings]


def _on_grid(ring: boundaries.Ring, *, closed: bool) -> list[Leaf]:
    """A path as x, y, x, y … on the paper's grid, without repeated places; a closed one without its last point."""
    path: list[tuple[float, float]] = []
    for x, y in ring:
        spot = (round(round(x / _STEP) * _STEP, 1), round(round(y / _STEP) * _STEP, 1))
        if not path or path[-1] != spot:
            path.append(spot)
    if closed and len(path) > 1 and path[0] == path[-1]:
        path.pop()
    return [number for spot in path for number in spot]


def _room(rings: Iterable[boundaries.Ring], x: float, y: float) -> float:
    """The width of a text centred on (x, y) that stays inside the rings."""
    crossings = []
    for ring in rings:
        for (x0, y0), (x1, y1) in itertools.pairwise(ring):
            if (y0 <= y) != (y1 <= y):
                crossings.append(x0 + (y - y0) / (y1 - y0) * (x1 - x0))
    left = max((c for c in crossings if c <= x), default=x)
    right = min((c for c in crossings if c > x), default=x)
    return 2 * min(x - left, right - x)
