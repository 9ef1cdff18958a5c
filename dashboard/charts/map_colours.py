"""Which colour every area of a map layer has, in the order of the layer's own features."""

from __future__ import annotations

from dashboard.charts.definitions import MapArea, MapChart
from dashboard.theme import Palette, class_colours
from data_access import boundaries
from data_access.boundaries import Layer, Shape


def layer_of(chart: MapChart) -> Layer:
    """The geometry a chart is drawn on."""
    return boundaries.layers()[chart.layer]


def areas_in_layer_order(chart: MapChart) -> list[tuple[Shape, MapArea | None]]:
    """Every shape of the layer with the chart's area of the same code, None where the chart has none."""
    areas = {area.code: area for area in chart.areas}
    return [(shape, areas.get(shape.code)) for shape in boundaries.shapes(layer_of(chart))]


def fills(chart: MapChart, palette: Palette) -> tuple[str, ...]:
    """The colour of each class, lowest first, and after them the one of areas without a class."""
    colours = class_colours(palette, chart.scale, [(c.lower, c.upper) for c in chart.classes])
    return (*colours, palette.missing)


def fill_index(area: MapArea | None, classes: int) -> int:
    """Position in ``fills`` of an area's colour."""
    return classes if area is None or area.index is None else area.index
