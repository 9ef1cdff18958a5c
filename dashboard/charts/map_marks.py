"""What both maps on screen share: which layers they lie on, each area's colour, and its few words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from dashboard.charts.definitions import MapArea, MapChart
from dashboard.charts.screen_text import width
from dashboard.theme import ABSENCE_STYLES, Palette, class_colours
from data_access.boundaries import (
    Bounds,
    Depiction,
    Layer,
    Point,
    Ring,
    Shape,
    UnknownLayer,
    context_for,
    disputed_for,
    layers,
    shapes,
)

LABEL_SIZE = 13


def layers_of(chart: MapChart) -> tuple[Layer, Layer | None, Layer | None]:
    """The areas of ``chart``, what surrounds them and the disputed ground, all of one depiction.

    Raises:
        UnknownLayer: when there are no boundaries named ``chart.layer``; the message lists those there are.
    """
    known = layers()
    if chart.layer not in known:
        raise UnknownLayer(f"there are no boundaries named {chart.layer!r}; there are: {', '.join(known)}")
    areas = known[chart.layer]
    depiction: Depiction = "official" if areas.depiction == "official" else "neutral"
    return areas, context_for(areas.country, depiction), disputed_for(areas.country, depiction)


def frame_of(areas: Layer, context: Layer | None) -> Bounds:
    """The part of the world to show: a country in its surroundings; the overview shows its areas only."""
    return context.bbox if context and areas.level != "0" else areas.bbox


def area_colours(chart: MapChart, palette: Palette) -> dict[str, str]:
    """Colour by area code: the class colour, the ink of the pattern where a value is missing, or the ground's where
    none is looked for: behind places, and where two figures may not be subtracted."""
    colours = class_colours(palette, chart.scale, [(one.lower, one.upper) for one in chart.classes])

    def colour(area: MapArea) -> str:
        if area.index is not None:
            return colours[area.index]
        return palette.context if area.absence is None else palette.outline

    return {area.code: colour(area) for area in chart.areas}


def labels_that_fit(chart: MapChart, layer: Layer, degree: float) -> list[tuple[MapArea, Point, str]]:
    """The areas with room for a few words, their label points and the words: the value, or the glyph of an absence.

    ``degree`` is the width of one degree of longitude in pixels; latitudes are stretched as Mercator's.
    """
    room = _room(layer, degree)
    return [
        (area, place, words)
        for area in chart.areas
        if (words := _words(area))
        and (found := room.get(area.code))
        and width(words, LABEL_SIZE) <= found[1]
        and (place := found[0])
    ]


def small_areas(chart: MapChart, layer: Layer) -> list[tuple[MapArea, Point]]:
    """Areas that cannot be seen as a surface on a map of the whole layer, with the point to mark."""
    small = {shape.code: shape.label for shape in shapes(layer) if shape.small and shape.label}
    return [(area, small[area.code]) for area in chart.areas if area.code in small]


def _words(area: MapArea) -> str:
    return area.text if area.absence is None else ABSENCE_STYLES[area.absence].glyph


@lru_cache(maxsize=64)
def _room(layer: Layer, degree: float) -> Mapping[str, tuple[Point, float]]:
    """Label point and pixels of clear width around it, by area code."""
    return {
        shape.code: (shape.label, _clear_width(shape, shape.label, degree))
        for shape in shapes(layer)
        if shape.label and not shape.small
    }


def _clear_width(shape: Shape, label: Point, degree: float) -> float:
    """Twice the distance in pixels from the label point to the area's nearest edge at the height of a text line."""
    x, y = label
    half = LABEL_SIZE / 2 / degree * math.cos(math.radians(y))
    clear = [_nearest_edge(shape.rings, x, at) for at in (y - half, y, y + half)]
    return 2 * min(clear) * degree


def _nearest_edge(rings: tuple[Ring, ...], x: float, y: float) -> float:
    """Distance in degrees from (x, y) to the nearest edge due west or east; 0 where there is none on a side."""
    crossings = [
        x0 + (y - y0) * (x1 - x0) / (y1 - y0)
        for ring in rings
        for (x0, y0), (x1, y1) in pairwise(ring)
        if (y0 <= y) != (y1 <= y)
    ]
    west = [x - at for at in crossings if at <= x]
    east = [at - x for at in crossings if at > x]
    return min(*west, *east) if len(west) % 2 and east else 0.0
