"""Gap charts as Plotly figures, and what holds for every kind: what is drawn, where it stands, what it costs."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from typing import Any

import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.definitions import GapChart, Reference, Row, TrendChart
from dashboard.charts.gap_rows import placed_rows
from dashboard.charts.plotly_charts import REFERENCE_BAND, gap_figure
from dashboard.charts.plotly_figure import config, drawn
from dashboard.charts.plotly_trend import trend_figure
from dashboard.charts.screen_text import NARROW, escaped, width, wrapped
from dashboard.theme import DARK, FONTS, LIGHT

Figure = dict[str, Any]
Box = tuple[float, float, float, float, str]


def texts(figure: Figure) -> list[str]:
    return [text for trace in figure["data"] if "text" in trace for text in trace["text"]]


def marks(figure: Figure, symbol: str) -> list[Figure]:
    return [trace for trace in figure["data"] if trace.get("marker", {}).get("symbol") == symbol]


def written_at(positions: str, colours: list[str], size: int) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "textposition": [positions],
        "textfont": {"family": FONTS, "size": size, "color": colours},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def test_a_row_is_drawn_whole(poverty_chart: GapChart) -> None:
    karnali, bagmati = poverty_chart.rows[0].marks[0], poverty_chart.rows[-1].marks[0]
    row = Row("Karnali & Bagmati", (replace(bagmati, emphasis="normal"), karnali), "dashed", "26.3 points")

    figure = gap_figure(replace(poverty_chart, rows=(row,)), LIGHT)

    assert figure["data"] == [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [7.7319, 34.0203, None],
            "y": [32, 32, None],
            "line": {"color": "#77746D", "width": 2, "dash": "3px,4px"},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": [7.7319, 34.0203],
            "y": [32, 32],
            "cliponaxis": False,
            "marker": {
                "symbol": "circle",
                "size": [12, 14],
                "color": "#FBFAF7",
                "opacity": 1,
                "line": {"color": "#3B5B7E", "width": 2.5},
            },
            "error_x": {
                "type": "data",
                "symmetric": False,
                "array": [2.9457, 6.0123],
                "arrayminus": [2.1836, 5.5381],
                "color": "#3B5B7E",
                "thickness": 3,
                "width": 5,
            },
            "hovertext": [
                "7.7 %, 2022, Global MPI 2024, table 5;<br>95 % interval 5.5 to 10.7; n = 3,877",
                "34.0 %, 2022, Global MPI 2024, table 5;<br>95 % interval 28.5 to 40.0; n = 3,640",
            ],
            "hovertemplate": "%{hovertext}<extra></extra>",
        },
        written_at("middle right", ["#1E1E1C"], 13)
        | {
            "x": [0],
            "y": [12.5],
            "xaxis": "x2",
            "text": ["Karnali &amp; Bagmati"],
            "marker": {"size": 0, "opacity": 0},
        },
        written_at("middle left", ["#5C5A55"], 13)
        | {"x": [1], "y": [12.5], "xaxis": "x2", "text": ["26.3 points"], "marker": {"size": 0, "opacity": 0}},
        written_at("middle left", ["#1E1E1C", "#1E1E1C"], 12)
        | {
            "x": [5.5483, 40.0326],
            "y": [32, 32],
            "text": ["7.7 %", "<b>34.0 %</b>"],
            "textposition": ["middle left", "middle right"],
            "marker": {"size": 18, "opacity": 0},
        },
    ]
    layout = figure["layout"]
    assert layout["height"] == 105
    assert layout["yaxis"] == {"range": [52, 0], "visible": False, "fixedrange": True}
    assert layout["margin"] == {"l": 20, "r": 38, "t": 45, "b": 8, "pad": 0}
    assert (layout["xaxis"]["range"], layout["xaxis"]["tickvals"]) == ([0, 45], [0, 10, 20, 30, 40])
    assert layout["xaxis"]["title"]["text"] == "People in multidimensional poverty (%)"
    assert (layout["uirevision"], layout["dragmode"], layout["shapes"], layout["annotations"]) == (
        "poverty",
        False,
        [],
        [],
    )


def test_official_is_a_hollow_circle_and_community_a_filled_diamond(pairs_chart: GapChart) -> None:
    figure = gap_figure(pairs_chart, LIGHT)

    (official,), (community,) = marks(figure, "circle"), marks(figure, "diamond")
    assert official["x"] == [34.0203, 34.1, 22.0, 3.0]
    assert (official["marker"]["color"], official["marker"]["line"]["color"]) == (LIGHT.background, LIGHT.official)
    assert community["x"] == [41.5, 37.0, 35.0, 44.0]
    assert community["marker"]["color"] == LIGHT.community


def test_the_link_is_solid_dashed_or_absent_as_the_pair_may_be_compared(pairs_chart: GapChart) -> None:
    lines = [trace for trace in gap_figure(pairs_chart, LIGHT)["data"] if trace["mode"] == "lines"]

    assert [(trace["x"], trace["line"].get("dash")) for trace in lines] == [
        ([34.0203, 41.5, None], None),
        ([34.1, 37.0, None], "3px,4px"),
    ]


def test_each_absence_stands_in_its_row_with_origin_glyph_and_words(pairs_chart: GapChart) -> None:
    figure = gap_figure(pairs_chart, LIGHT)

    absences = next(trace for trace in figure["data"] if "text" in trace and "hovertext" in trace)
    assert absences["text"] == [
        "○ … not broken down",
        "○ – not collected",
        "◆ × suppressed to protect people",
        "◆ / collected, not published",
    ]
    assert absences["hovertext"][0] == "Karnali, Muslim households: not broken<br>down"


def test_an_interval_is_drawn_only_where_it_was_published(pairs_chart: GapChart) -> None:
    (official,) = marks(gap_figure(pairs_chart, LIGHT), "circle")
    assert official["error_x"]["array"] == [6.0123, 5.9326, 0, 3.0]
    assert official["error_x"]["arrayminus"] == [5.5381, 5.6178, 0, 2.0]


def test_no_bars_at_all_where_no_source_published_intervals(wealth_chart: GapChart) -> None:
    assert not any("error_x" in trace for trace in gap_figure(wealth_chart, LIGHT)["data"])


def test_text_from_the_figures_is_never_markup(pairs_chart: GapChart) -> None:
    written = texts(gap_figure(pairs_chart, LIGHT))
    assert '&lt;b&gt;Tharu&lt;/b&gt; &amp; "others" &lt;img src=x' in written
    assert not any("<img" in text for text in written)


def test_hostile_details_are_escaped_in_tooltips(poverty_chart: GapChart) -> None:
    row = poverty_chart.rows[0]
    hostile = replace(row.marks[0], detail='<a href="javascript:alert(1)">%{y}</a>')
    figure = gap_figure(replace(poverty_chart, rows=(replace(row, marks=(hostile,)),)), LIGHT)
    assert marks(figure, "circle")[0]["hovertext"] == ['&lt;a href="javascript:alert(1)"&gt;%{y}&lt;/a&gt;']


def test_the_warning_of_invented_figures_is_inside_the_picture(pairs_chart: GapChart, trend_chart: TrendChart) -> None:
    for figure in (gap_figure(pairs_chart, LIGHT), trend_figure(trend_chart, LIGHT)):
        note = figure["layout"]["annotations"][-1]
        words = note["text"].replace("<br>", " ")
        assert words == "<b>Illustrative: the community figures are invented to show how the product works.</b>"
        assert figure["layout"]["margin"]["b"] >= 17 * (note["text"].count("<br>") + 1)


def test_the_reference_line_is_named_in_a_band_of_its_own(wealth_chart: GapChart) -> None:
    figure = gap_figure(wealth_chart, LIGHT)

    (line,) = figure["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["yref"], line["layer"]) == (91.1, 91.1, "paper", "below")
    name = figure["data"][-1]
    assert (name["text"], name["x"], name["textposition"]) == (["Kenya 91.1 %"], [91.1], ["middle left"])
    assert name["y"][0] < REFERENCE_BAND


def test_quiet_marks_are_smaller_unnamed_and_below_the_others(wealth_chart: GapChart) -> None:
    soft, strong = marks(gap_figure(wealth_chart, DARK), "circle")
    assert soft["x"] == [87.3, 96.6, 91.7, 96.3, 98.5]
    assert set(soft["marker"]["size"]) == {9}
    assert soft["marker"]["line"]["color"] == DARK.official_soft
    assert strong["x"] == [55.8, 99.7, 70.3, 99.9]
    written = texts(gap_figure(wealth_chart, DARK))
    assert {"<b>Poorest 70.3 %</b>", "<b>Richest 99.9 %</b>", "<b>None 55.8 %</b>", "<b>Higher 99.7 %</b>"} < set(
        written
    )
    assert not any("Middle" in text for text in written)


def test_names_stand_on_the_line_of_marks_where_all_of_them_fit(counties_chart: GapChart) -> None:
    rows, _overhang = placed_rows(counties_chart, 0)
    assert all(row.compact for row in rows)
    assert gap_figure(counties_chart, LIGHT)["layout"]["height"] < 47 * 29


def boxes(figure: Figure) -> list[Box]:
    """Every text and mark as left, right, top, bottom in pixels of the narrowest window."""
    overhang = figure["layout"]["margin"]["r"] - 20
    low, high = figure["layout"]["xaxis"]["range"]
    found = []
    for trace in figure["data"]:
        if trace["mode"] == "lines":
            continue
        for index, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            share = x if trace.get("xaxis") == "x2" else (x - low) / (high - low)
            at = share * (NARROW - overhang)
            if "text" not in trace:
                found.append((at - 5, at + 5, y - 4, y + 4, f"mark at {x}"))
                continue
            words = html.unescape(trace["text"][index].replace("<b>", "").replace("</b>", ""))
            room, clear = width(words, trace["textfont"]["size"]), trace["marker"]["size"] / 2
            side = trace["textposition"][index].split()[1]
            left = {"right": at + clear, "left": at - clear - room, "center": at - room / 2}[side]
            found.append((left, left + room, y - 6, y + 6, words))
    return found


@pytest.mark.parametrize("name", ["wealth_chart", "poverty_chart", "pairs_chart", "counties_chart"])
def test_nothing_overlaps_and_nothing_is_cut_off_at_360_pixels(name: str, request: pytest.FixtureRequest) -> None:
    placed = boxes(gap_figure(request.getfixturevalue(name), LIGHT))

    for one, other in combinations(placed, 2):
        if one[4].startswith("mark") and other[4].startswith("mark"):
            continue
        apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
        assert apart, (one, other)
    for left, right, _top, _bottom, words in placed:
        assert left >= -20, words
        assert right <= NARROW + 20, words


CHARTS: list[tuple[str, Callable[..., Figure]]] = [
    ("wealth_chart", gap_figure),
    ("poverty_chart", gap_figure),
    ("pairs_chart", gap_figure),
    ("counties_chart", gap_figure),
    ("trend_chart", trend_figure),
]


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("name", "renderer"), CHARTS, ids=[name for name, _ in CHARTS])
def test_plotly_accepts_every_figure(
    name: str, renderer: Callable[..., Figure], palette: Any, request: pytest.FixtureRequest
) -> None:
    figure = renderer(request.getfixturevalue(name), palette)
    go.Figure(figure)
    assert len(json.dumps(figure, separators=(",", ":"))) < 30_000


def test_a_chart_without_rows_still_draws_its_axis(wealth_chart: GapChart) -> None:
    figure = gap_figure(replace(wealth_chart, rows=(), reference=None), LIGHT)
    assert figure["data"] == []
    assert figure["layout"]["height"] > 45


def test_a_reference_in_the_middle_of_wide_words_is_centred(wealth_chart: GapChart) -> None:
    chart = replace(wealth_chart, reference=Reference(50, "All of Kenya, both sexes, all ages, 50 %"))
    assert gap_figure(chart, LIGHT)["data"][-1]["textposition"] == ["middle center"]


def test_drawing_47_rows_costs_little(counties_chart: GapChart) -> None:
    gap_figure(counties_chart, LIGHT)
    start = time.process_time()
    for _ in range(10):
        json.dumps(gap_figure(counties_chart, LIGHT))
    assert (time.process_time() - start) / 10 < 0.003


def test_streamlit_sends_a_drawn_figure_as_it_is() -> None:
    def page() -> None:
        import streamlit as st

        from dashboard.charts.plotly_figure import config, drawn

        figure = {"data": [{"type": "scatter", "x": [1], "y": [2]}], "layout": {"height": 120}}
        st.plotly_chart(drawn(figure), theme=None, config=config(), key="chart")

    element = AppTest.from_function(page).run().get("plotly_chart")[0]
    assert json.loads(element.proto.spec) == {
        "data": [{"type": "scatter", "x": [1], "y": [2]}],
        "layout": {"height": 120},
    }
    assert json.loads(element.proto.config)["topojsonURL"] == "/app/static/topology/"
    assert element.proto.theme == ""


def test_the_settings_show_no_logo_and_trap_no_scrolling() -> None:
    settings = config("/base/static")
    assert (settings["displaylogo"], settings["scrollZoom"], settings["editable"]) == (False, False, False)
    assert settings["topojsonURL"] == "/base/static/topology/"
    assert drawn({"data": [], "layout": {}}).to_dict() == {"data": [], "layout": {}}


def test_lines_break_between_words_and_keep_their_text() -> None:
    sentence = "Women who head their household alone"
    assert " ".join(wrapped(sentence, 100)) == sentence
    assert all(width(line) <= 100 for line in wrapped(sentence, 100))
    assert wrapped("Donaudampfschifffahrt", 20) == ("Donaudampfschifffahrt",)
    assert wrapped("two\nlines", 500) == ("two", "lines")


def test_combining_marks_take_no_room() -> None:
    assert width("ক") == width("কি"[:1])
    assert width("e\u0301") == width("e")


def test_escaping_leaves_quotation_marks_as_they_are() -> None:
    assert escaped('"<b>" & it\'s') == '"&lt;b&gt;" &amp; it\'s'
