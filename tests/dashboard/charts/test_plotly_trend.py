"""Trend charts as Plotly figures: lines, values, what is missing, the goal and what it takes to reach it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dashboard.charts.definitions import GoalLine, NeededPath, TrendChart
from dashboard.charts.plotly_trend import trend_figure
from dashboard.charts.trend_labels import goal_place, label_rise, values
from dashboard.theme import LIGHT

Figure = dict[str, Any]
GOAL = GoalLine(18.8, 2030, "Goal by 2030: 18.8 % (SDG 1.2)", NeededPath(2019, 24.2062, "What it takes by 2030"))


def texts(figure: Figure) -> list[str]:
    return [text for trace in figure["data"] if "text" in trace for text in trace["text"]]


def with_goal(chart: TrendChart, goal: GoalLine = GOAL) -> TrendChart:
    return replace(chart, goal=goal, year_domain=(2014, 2030))


def test_a_trend_has_a_line_for_each_source_broken_where_a_value_is_missing(trend_chart: TrendChart) -> None:
    figure = trend_figure(trend_chart, LIGHT)

    courses = [trace for trace in figure["data"] if "connectgaps" in trace]
    assert [(t["x"], t["y"], t["connectgaps"], t["line"]) for t in courses] == [
        ([2014, 2019], [37.5621, 24.2062], False, {"color": LIGHT.official, "width": 3}),
        ([2017, 2019], [33.4, 24.64], False, {"color": LIGHT.official_soft, "width": 1.25}),
        ([2016, 2018, 2019], [41.0, None, 36.5], False, {"color": LIGHT.community, "width": 2}),
    ]
    soft, _strong = (trace for trace in figure["data"] if trace.get("marker", {}).get("symbol") == "circle")
    assert soft["error_y"]["array"] == [1.9, 1.26]


def test_lines_are_named_at_their_ends_without_overlap(trend_chart: TrendChart) -> None:
    figure = trend_figure(trend_chart, LIGHT)
    names = next(trace for trace in figure["data"] if trace.get("xaxis") == "x2")
    assert names["text"] == [
        "Char dwellers,<br>community count",
        "All people, as<br>first published",
        "<b>All people,<br>harmonised over<br>time</b>",
    ]
    pixels = [(50 - y) * 6 for y in names["y"]]
    heights = [15 * (text.count("<br>") + 1) for text in names["text"]]
    for above, below in ((0, 1), (1, 2)):
        assert pixels[below] - pixels[above] >= (heights[below] + heights[above]) / 2


def test_what_is_missing_in_a_trend_stands_at_its_year(trend_chart: TrendChart) -> None:
    missing = trend_figure(trend_chart, LIGHT)["data"][-1]
    assert (missing["x"], missing["text"]) == ([2018], ["× suppressed to<br>protect people"])


def test_values_crowd_out_only_the_points_between(trend_chart: TrendChart) -> None:
    line = trend_chart.lines[0]
    first, last = line.marks
    many = tuple(
        replace(first, figure=replace(first.figure, year=year, value=30.0), text="30.0 %") for year in range(2015, 2019)
    )
    crowded = replace(trend_chart, lines=(replace(line, marks=(first, *many, last)),), illustrative="")
    written = [text for text in texts(trend_figure(crowded, LIGHT)) if "%" in text]
    assert written[:2] == ["37.6 %", "24.2 %"]
    assert len(written) == 4


def test_the_goal_is_a_level_line_with_its_words_on_it(trend_chart: TrendChart) -> None:
    figure = trend_figure(with_goal(trend_chart), LIGHT)
    assert figure["layout"]["shapes"] == [
        {
            "type": "line",
            "layer": "below",
            "line": {"color": LIGHT.reference, "width": 1.5, "dash": "2px,3px"},
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": 18.8,
            "y1": 18.8,
        }
    ]
    assert "Goal by 2030: 18.8 %<br>(SDG 1.2)" in texts(figure)


def test_what_it_takes_is_dashed_from_the_latest_figure_to_the_goal_in_its_year(trend_chart: TrendChart) -> None:
    dashed = [
        t for t in trend_figure(with_goal(trend_chart), LIGHT)["data"] if t.get("line", {}).get("dash") == "3px,4px"
    ]
    assert [(t["x"], t["y"], t["line"]["color"]) for t in dashed] == [([2019, 2030], [24.2062, 18.8], LIGHT.link)]


def test_a_goal_that_is_met_has_no_path(trend_chart: TrendChart) -> None:
    figure = trend_figure(with_goal(trend_chart, replace(GOAL, path=None)), LIGHT)
    assert [t for t in figure["data"] if t.get("line", {}).get("dash") == "3px,4px"] == []


def test_without_a_goal_nothing_is_drawn_for_it(trend_chart: TrendChart) -> None:
    assert goal_place(trend_chart) == []
    assert trend_figure(trend_chart, LIGHT)["layout"]["shapes"] == []


@pytest.mark.parametrize(("value", "side"), [(50, "bottom"), (0, "top")])
def test_the_words_of_a_goal_at_the_edge_stay_inside_the_plot(trend_chart: TrendChart, value: float, side: str) -> None:
    ((_x, y, _words, position),) = goal_place(with_goal(trend_chart, GoalLine(value, 2030, "Goal")))
    assert (y, position.split()[0]) == (value, side)


def test_the_words_of_a_goal_avoid_the_figures(trend_chart: TrendChart) -> None:
    ((x, _y, _words, position),) = goal_place(with_goal(trend_chart, GoalLine(37, 2030, "Goal")))
    assert (x, position) == (2030.0, "top left")


def test_the_title_of_the_axis_makes_room_for_a_value_at_the_top(trend_chart: TrendChart) -> None:
    line = trend_chart.lines[0]
    high = replace(
        line, marks=(replace(line.marks[0], figure=replace(line.marks[0].figure, value=50.0)), line.marks[1])
    )
    chart = replace(trend_chart, lines=(high,))
    rise = label_rise(chart, values(chart))
    assert rise == 28.0
    assert label_rise(trend_chart, values(trend_chart)) == 0
    top = (
        trend_figure(chart, LIGHT)["layout"]["margin"]["t"] - trend_figure(trend_chart, LIGHT)["layout"]["margin"]["t"]
    )
    assert top == 28
