"""The large map: what is sent, how areas get colour, pattern and words, and that nothing else is fetched."""

from __future__ import annotations

import json
import math
import time
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.deck_map import HEIGHT, WIDTH, MapDeck, deck
from dashboard.charts.definitions import MapArea, MapChart, MapClass
from dashboard.charts.map_marks import labels_that_fit, layers_of, small_areas
from dashboard.theme import DARK, LIGHT, class_colours, rgb
from data_access.boundaries import UnknownLayer, layers, shapes


def layer(chart: MapChart, name: str) -> dict[str, Any]:
    spec = json.loads(deck(chart, LIGHT, "/boundaries").to_json())
    return next(one for one in spec["layers"] if one["id"] == name)


def test_areas_come_by_url_and_only_their_colours_are_sent(births_by_county: MapChart) -> None:
    colours = class_colours(LIGHT, "official", [(one.lower, one.upper) for one in births_by_county.classes])

    areas = layer(births_by_county, "areas")

    assert areas["data"] == "/boundaries/KEN_1.geojson"
    fill = areas["_subLayerProps"]["polygons-fill"]["getFillColor"]
    assert (fill["@@function"], fill["attr"]) == ("colorCategories", "code")
    by_code = dict(zip(fill["domain"], map(tuple, fill["colors"]), strict=True))
    assert by_code["KE-07"] == rgb(colours[0])
    assert by_code["KE-30"] == rgb(colours[4])
    assert by_code["KE-11"] == rgb(LIGHT.outline)
    assert len(by_code) == 47
    assert tuple(fill["othersColor"]) == rgb(LIGHT.context)
    assert "getFillColor" not in areas, "Streamlit would fade it when an area is selected"


def test_each_absence_has_its_pattern(births_by_county: MapChart) -> None:
    areas = layer(births_by_county, "areas")
    pattern = areas["getFillPattern"]
    assert dict(zip(pattern["domain"], pattern["colors"], strict=True)) == {
        "KE-11": "cross-hatch",
        "KE-25": "hatch",
        "KE-46": "dots",
        "KE-23": "bars",
        "KE-24": "level",
    }
    assert set(pattern["colors"]) == set(areas["fillPatternMapping"])
    assert pattern["othersColor"] not in areas["fillPatternMapping"], "areas with a value are filled whole"
    assert areas["extensions"] == [{"@@type": "FillStyleExtension", "proceduralPattern": True}]


def test_a_change_of_values_tells_deck_gl_to_colour_again(births_by_county: MapChart) -> None:
    changed = replace(births_by_county, areas=births_by_county.areas[1:])
    before, after = layer(births_by_county, "areas"), layer(changed, "areas")
    assert before["updateTriggers"]["getFillColor"] != after["updateTriggers"]["getFillColor"]
    assert layer(births_by_county, "areas") == before


def test_neighbours_and_disputed_ground_take_the_depiction_of_the_areas(births_by_county: MapChart) -> None:
    names = [one["id"] for one in json.loads(deck(births_by_county, LIGHT, "/b").to_json())["layers"]]
    assert names == ["context", "areas", "disputed", "selected-KE-07", "values", "absences", "points", "point-names"]
    assert layer(births_by_county, "disputed")["data"] == "/boundaries/KEN_disputed.geojson"

    official = replace(births_by_county, layer="NPL_1_official", areas=(), points=(), selected="")
    areas, context, disputed = layers_of(official)
    assert (areas.id, context and context.id, disputed) == ("NPL_1_official", "NPL_context", None)


def test_labels_stand_only_where_there_is_room(births_by_county: MapChart) -> None:
    rows = layer(births_by_county, "values")["data"]
    assert {"p": [40.391, -0.417], "t": "47.1 %", "c": list(rgb(LIGHT.text))} in rows
    assert all(row["t"] != "100.0 %" for row in rows), "the small counties of the highlands have no room"
    assert [row["t"] for row in layer(births_by_county, "absences")["data"]] == ["×", "/", "?", "–", "…"]


def test_an_enlarged_map_has_room_for_more_labels(births_by_county: MapChart) -> None:
    areas = layers()["KEN_1"]
    few, many = (labels_that_fit(births_by_county, areas, degree) for degree in (20.0, 200.0))
    assert len(few) < len(many)
    assert {area.code for area, _, _ in few} <= {area.code for area, _, _ in many}
    for area, place, words in few:
        shape = next(one for one in shapes(areas) if one.code == area.code)
        assert place == shape.label
        assert words


def test_areas_too_small_to_see_get_a_mark() -> None:
    for name in ("IND_1", "KEN_1"):
        shown = layers()[name]
        areas = tuple(MapArea(one.code, one.name, 0, None, "1 %", "", ()) for one in shapes(shown))
        marked = small_areas(chart_of(name, areas), shown)
        assert [area.code for area, _ in marked] == [one.code for one in shapes(shown) if one.small]


def chart_of(name: str, areas: tuple[MapArea, ...], detail: str = "") -> MapChart:
    return MapChart(
        id="any",
        title="",
        subtitle="",
        alt="",
        source_line="",
        layer=name,
        areas=tuple(replace(area, detail=detail) for area in areas),
        classes=(MapClass(0, 50, "low"), MapClass(50, 100, "high")),
        scale="community",
        legend_title="",
        disclaimer="",
    )


def test_the_tooltip_shows_the_words_of_the_area_under_the_pointer(births_by_county: MapChart) -> None:
    tooltip = deck(births_by_county, LIGHT, "/boundaries")._tooltip
    assert '.map-words>div[data-of="{code}"]{display:block}' in tooltip["html"]
    assert (
        '<div data-of="KE-07"><b>Garissa</b><br>47.1 %<br><small>2025-26, Kenya Mini Demographic and Health Survey '
        "2025-26; uncertainty unknown; n = 46</small></div>"
    ) in tooltip["html"]
    assert '<div data-of="KE-25"><b>Marsabit</b><br>– Not collected<br>' in tooltip["html"]
    assert '<div data-of="point-0"><b>Kibera</b><br>◆ 71.0 %<br>' in tooltip["html"]


def test_words_from_the_figures_are_no_markup_and_no_placeholder(births_by_county: MapChart) -> None:
    hostile = replace(births_by_county.areas[0], name='<img src=x onerror="alert(1)">{name}')
    words = deck(replace(births_by_county, areas=(hostile,)), LIGHT, "/b")._tooltip["html"]
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&#123;name&#125;" in words
    assert "<img" not in words


def test_a_community_place_is_a_diamond_and_never_an_area(births_by_county: MapChart) -> None:
    (mark,) = layer(births_by_county, "points")["data"]
    assert mark == {"p": [36.78, -1.31], "t": "◆", "c": list(rgb(LIGHT.community)), "code": "point-0"}
    (name,) = layer(births_by_county, "point-names")["data"]
    assert name["t"] == "Kibera 71.0 %"


def test_the_selected_area_is_outlined_by_a_layer_of_its_own(births_by_county: MapChart) -> None:
    line = layer(births_by_county, "selected-KE-07")
    assert line["getLineColor"]["domain"] == ["KE-07"]
    assert line["getLineColor"]["othersColor"] == [0, 0, 0, 0]
    assert line["pickable"] is False


def test_the_country_fills_the_picture(births_by_county: MapChart) -> None:
    spec = json.loads(deck(births_by_county, LIGHT, "/boundaries").to_json())
    view, (_west, south, _east, north) = spec["initialViewState"], layers()["KEN_context"].bbox
    scale = 512 * 2 ** view["zoom"] / (2 * math.pi)
    mercator = [math.log(math.tan(math.pi / 4 + math.radians(y) / 2)) for y in (south, north)]
    assert scale * (mercator[1] - mercator[0]) == pytest.approx(HEIGHT, rel=0.01)
    narrow = json.loads(deck(births_by_county, LIGHT, "/b", narrow=True).to_json())["initialViewState"]
    assert narrow["zoom"] < view["zoom"]
    assert WIDTH > HEIGHT


def test_no_map_tiles_and_no_scroll_trap(births_by_county: MapChart) -> None:
    spec = json.loads(deck(births_by_county, LIGHT, "/boundaries").to_json())
    assert spec["mapStyle"] == "__MAP_STYLE__", "Streamlit's word for: no base map"
    assert "mapProvider" not in spec
    assert spec["views"][0]["controller"]["scrollZoom"] is False
    assert "http" not in json.dumps(spec)


@pytest.mark.parametrize("name", [one.id for one in layers().values() if one.role == "areas"])
def test_every_layer_stays_within_thirty_kilobytes(name: str) -> None:
    shown = shapes(layers()[name])
    detail = "2025-26 · Kenya Mini Demographic and Health Survey · uncertainty unknown · n = 1,234 · low reliability"
    areas = tuple(MapArea(one.code, one.name, one.index % 2, None, "47.1 %", "", ()) for one in shown)
    drawn = deck(chart_of(name, areas, detail), DARK, "/boundaries")
    assert len(drawn.to_json().encode()) + len(json.dumps(drawn._tooltip).encode()) < 30_000


def test_an_unknown_layer_names_those_there_are(births_by_county: MapChart) -> None:
    with pytest.raises(UnknownLayer, match=r"no boundaries named 'KEN_9'; there are: .*KEN_1"):
        deck(replace(births_by_county, layer="KEN_9"), LIGHT, "/boundaries")


def test_a_map_costs_little(births_by_county: MapChart) -> None:
    deck(births_by_county, LIGHT, "/boundaries")
    start = time.process_time()
    for _ in range(20):
        deck(births_by_county, LIGHT, "/boundaries").to_json()
    assert (time.process_time() - start) / 20 < 0.003


def test_streamlit_sends_the_compact_json() -> None:
    def page() -> None:
        import streamlit as st

        from dashboard.charts.deck_map import MapDeck

        st.pydeck_chart(MapDeck({"layers": [], "views": []}, {"html": "<b>{code}</b>"}), key="map", on_select="rerun")

    app = AppTest.from_function(page).run()
    assert not app.exception
    element = app.get("deck_gl_json_chart")[0]
    assert element.proto.json == '{"layers":[],"views":[]}'
    assert json.loads(element.proto.tooltip) == {"html": "<b>{code}</b>"}
    assert MapDeck({}, {}).mapbox_key is None
