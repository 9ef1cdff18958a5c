"""Trend charts as Plotly figures: a line a source, the goal as a level line, dashed what it takes to reach it.

Figures are plain dictionaries of lists, numbers and strings, like those of ``plotly_charts``; this module only draws
what ``trend_labels`` has placed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.definitions import Line, TrendChart
from dashboard.charts.plotly_figure import FigureDict, layout, warning, warning_height
from dashboard.charts.plotly_marks import LABEL_SIZE, absence_trace, axis, mark_traces, text_trace
from dashboard.charts.screen_text import NARROW, escaped, width, wrapped
from dashboard.charts.trend_labels import (
    PLOT_HEIGHT,
    absences,
    goal_place,
    label_rise,
    line_names,
    names_margin,
    values,
)
from dashboard.theme import Palette

WIDTHS = {"strong": 3, "normal": 2, "soft": 1.25}


def trend_figure(chart: TrendChart, palette: Palette) -> FigureDict:
    """``chart`` as a Plotly figure dictionary: one line per series and source, named at its right end."""
    right = names_margin(chart)
    left = 12 + max((width(tick.text, LABEL_SIZE) for tick in chart.ticks), default=0)
    titles = wrapped(chart.axis_title, NARROW, 12)
    written = values(chart)
    above = label_rise(chart, written)
    top = 14 + above + 15 * len(titles)
    bottom = 26 + warning_height(chart.illustrative)
    figure = layout(palette, chart.id, PLOT_HEIGHT + top + bottom, (left, right, top, bottom))
    first, last = chart.year_domain
    pad = max((last - first) * 0.04, 0.3)
    figure |= {
        "xaxis": axis(chart.year_ticks, (first - pad, last + pad), palette) | {"showgrid": False, "ticks": "outside"},
        "xaxis2": {"overlaying": "x", "range": [0, 1], "visible": False, "fixedrange": True},
        "yaxis": axis(chart.ticks, chart.domain, palette),
        "shapes": _goal_line(chart, palette),
        "annotations": [_upright_title(titles, palette, above), *warning(palette, chart.illustrative, offset=20)],
    }
    names, leaders = line_names(chart)
    traces = [
        _path(chart, palette),
        *(_course(line, palette) for line in chart.lines),
        *mark_traces(
            [
                (mark, mark.figure.year, mark.figure.value)
                for line in chart.lines
                for mark in line.marks
                if mark.figure.value is not None
            ],
            palette,
            across=False,
        ),
        _leaders(leaders, palette),
        text_trace(
            [(x, y, text, position, palette.text) for x, y, text, position, _ in written],
            bold=[strong for *_, strong in written],
            clear=7,
        ),
        text_trace([(*place, palette.text) for place in goal_place(chart)], clear=3),
        _names(names, palette),
        absence_trace(absences(chart), palette),
    ]
    return {"data": [trace for trace in traces if trace["x"]], "layout": figure}


def _goal_line(chart: TrendChart, palette: Palette) -> list[FigureDict]:
    """The goal, level through the plot, drawn like the reference line of a gap chart."""
    if chart.goal is None:
        return []
    return [
        {
            "type": "line",
            "layer": "below",
            "line": {"color": palette.reference, "width": 1.5, "dash": "2px,3px"},
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": chart.goal.value,
            "y1": chart.goal.value,
        }
    ]


def _path(chart: TrendChart, palette: Palette) -> FigureDict:
    """Dashed, from the latest figure of a line to the goal in its year; without points where there is no path."""
    goal = chart.goal
    path = goal.path if goal else None
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [path.year, goal.year] if goal and path else [],
        "y": [path.value, goal.value] if goal and path else [],
        "line": {"color": palette.link, "width": 2, "dash": "3px,4px"},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _upright_title(titles: Sequence[str], palette: Palette, above: float) -> FigureDict:
    """The title of the value axis, read without turning one's head: over the axis, at the left edge, ``above`` what is
    written over the plot."""
    return {
        "text": "<br>".join(escaped(line) for line in titles),
        "align": "left",
        "showarrow": False,
        "xref": "paper",
        "yref": "paper",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "xshift": -6,
        "yshift": 6 + above,
        "font": {"size": LABEL_SIZE, "color": palette.muted},
    }


def _course(line: Line, palette: Palette) -> FigureDict:
    """A line through its values in time order, broken where a value is missing."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [mark.figure.year for mark in line.marks],
        "y": [mark.figure.value for mark in line.marks],
        "connectgaps": False,
        "line": {
            "color": palette.origin(line.origin, line.emphasis == "soft"),
            "width": WIDTHS[line.emphasis],
        },
        "hoverinfo": "skip",
    }


def _leaders(leaders: Sequence[tuple[float, float, float, float]], palette: Palette) -> FigureDict:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for x0, y0, x1, y1 in leaders:
        xs += [x0, x1, None]
        ys += [y0, y1, None]
    line = {"color": palette.link, "width": 1, "dash": "1px,2px"}
    return {
        "type": "scatter",
        "mode": "lines",
        "x": xs,
        "y": ys,
        "line": line,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _names(names: Sequence[tuple[float, Line, tuple[str, ...]]], palette: Palette) -> FigureDict:
    """The lines' names right of the plot; soft ones muted, as a soft colour would be too faint for text."""
    places = [
        (
            1.0,
            y,
            "\n".join(lines),
            "middle right",
            palette.muted if line.emphasis == "soft" else palette.origin(line.origin),
        )
        for y, line, lines in names
    ]
    bold = [line.emphasis == "strong" for _, line, _ in names]
    return text_trace(places, bold=bold) | {"xaxis": "x2"}
