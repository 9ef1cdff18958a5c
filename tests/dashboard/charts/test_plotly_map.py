"""The small maps: colours by class, patterns of absence, and no outline of the world from elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
import shapely

from dashboard.charts.definitions import MapChart
from dashboard.charts.map_patterns import pattern_lines
from dashboard.charts.plotly_map import map_figure
from dashboard.theme import DARK, LIGHT, Palette, class_colours
from data_access.boundaries import layers, shapes

SQUARE = ((0.5, 0.5), (4.5, 0.5), (4.5, 4.5), (0.5, 4.5), (0.5, 0.5))
HOLE = ((1.5, 1.5), (1.5, 3.5), (3.5, 3.5), (3.5, 1.5), (1.5, 1.5))


def traces(chart: MapChart, kind: str, palette: Palette = LIGHT) -> list[dict[str, Any]]:
    return [trace for trace in map_figure(chart, palette, "/boundaries")["data"] if trace["type"] == kind]


def colour_of(trace: dict[str, Any], code: str) -> str:
    """The colour Plotly gives an area: the step of the scale its z falls on."""
    z = trace["z"][trace["locations"].index(code)]
    place = (z - trace["zmin"]) / (trace["zmax"] - trace["zmin"])
    return next(low[1] for low, high in pairwise(trace["colorscale"]) if low[0] <= place < high[0])


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_area_has_the_colour_of_its_class(births_by_county: MapChart, palette: Palette) -> None:
    colours = class_colours(palette, "official", [(one.lower, one.upper) for one in births_by_county.classes])
    _context, _disputed, areas, _selected = traces(births_by_county, "choropleth", palette)

    assert areas["geojson"] == "/boundaries/KEN_1.geojson"
    assert areas["featureidkey"] == "properties.code"
    for area in births_by_county.areas:
        assert colour_of(areas, area.code) == (palette.missing if area.index is None else colours[area.index])


def test_differences_are_coloured_by_their_side_of_zero(difference_by_province: MapChart) -> None:
    _context, _disputed, areas = traces(difference_by_province, "choropleth")
    assert colour_of(areas, "NP-P6") == LIGHT.difference_community[3]
    assert colour_of(areas, "NP-P1") == LIGHT.difference_official[3]


def test_the_selected_area_is_outlined(births_by_county: MapChart) -> None:
    outline = traces(births_by_county, "choropleth")[-1]
    assert (outline["locations"], outline["marker"]["line"]) == (["KE-07"], {"color": LIGHT.text, "width": 3})


def test_absences_are_patterned_and_named_in_the_tooltip(births_by_county: MapChart) -> None:
    lines, _dashed, dots = traces(births_by_county, "scattergeo")[:3]
    assert len(lines["lon"]) == len(lines["lat"])
    assert lines["lon"].count(None) > 20
    rings = next(one.rings for one in shapes(layers()["KEN_1"]) if one.code == "KE-46")
    wajir = shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])
    assert all(wajir.buffer(0.01).contains(shapely.Point(x, y)) for x, y in zip(dots["lon"], dots["lat"], strict=True))
    areas = traces(births_by_county, "choropleth")[2]
    words = areas["hovertext"][areas["locations"].index("KE-11")]
    assert words == "<b>Kakamega</b><br>× Suppressed to protect people<br>2025-26; Suppressed to protect people"


def test_a_community_place_is_a_named_diamond(births_by_county: MapChart) -> None:
    place = traces(births_by_county, "scattergeo")[-1]
    assert (place["text"], place["marker"]["symbol"], place["marker"]["color"]) == (
        ["Kibera"],
        ["diamond"],
        [LIGHT.community],
    )


def test_names_and_details_are_never_markup(births_by_county: MapChart) -> None:
    hostile = replace(births_by_county.areas[0], name="<img src=x>", detail="<script>")
    figure = map_figure(replace(births_by_county, areas=(hostile,), selected=""), LIGHT, "/b")
    assert "<img" not in json.dumps(figure)
    assert "<script" not in json.dumps(figure)


def test_the_warning_of_invented_figures_is_inside_the_picture(births_by_county: MapChart) -> None:
    (note,) = map_figure(births_by_county, LIGHT, "/b")["layout"]["annotations"]
    assert note["text"].startswith("<b>Illustrative: the community figures are")


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_plotly_accepts_the_figure_and_it_stays_small(births_by_county: MapChart, palette: Palette) -> None:
    figure = map_figure(births_by_county, palette, "/boundaries")
    go.Figure(figure)
    assert len(json.dumps(figure, separators=(",", ":"))) < 30_000


def test_the_outline_of_the_world_is_empty_and_our_own() -> None:
    file = Path(__file__).parents[3] / "dashboard" / "static" / "topology" / "world_110m.json"
    world = json.loads(file.read_text(encoding="utf-8"))
    assert world["arcs"] == []
    assert set(world["objects"]) == {"coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits"}
    assert all(one["geometries"] == [] for one in world["objects"].values())


def test_strokes_lie_inside_the_area_and_outside_its_holes() -> None:
    strokes, dots = pattern_lines((SQUARE, HOLE), "bars", 1.0)
    assert dots == ()
    assert sorted(tuple(sorted(stroke)) for stroke in strokes) == [
        ((1.0, 0.5), (1.0, 4.5)),
        ((2.0, 0.5), (2.0, 1.5)),
        ((2.0, 3.5), (2.0, 4.5)),
        ((3.0, 0.5), (3.0, 1.5)),
        ((3.0, 3.5), (3.0, 4.5)),
        ((4.0, 0.5), (4.0, 4.5)),
    ]


def test_cross_hatching_runs_both_ways_and_dots_lie_on_a_grid() -> None:
    strokes, _ = pattern_lines((SQUARE,), "cross-hatch", 1.0)
    slopes = {round((y1 - y0) / (x1 - x0)) for (x0, y0), (x1, y1) in strokes if x1 != x0}
    assert slopes == {1, -1}
    _, dots = pattern_lines((SQUARE,), "dots", 2.0)
    assert sorted(dots) == [(2.0, 2.0), (2.0, 4.0), (4.0, 2.0), (4.0, 4.0)]
