"""A tree of groups as a Plotly figure: the rows of a gap chart, and in its left margin the lines that join them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.charts.definitions import Row
from dashboard.charts.gap_rows import PlacedRow, placed_rows
from dashboard.charts.plotly_charts import REFERENCE_BAND, gap_figure
from dashboard.charts.plotly_figure import LINE, FigureDict
from dashboard.charts.screen_text import NARROW, wrapped
from dashboard.charts.tree_chart import TreeChart
from dashboard.theme import Palette

STEP = 13
"""Pixels by which a division moves its parts to the right."""
CLEAR = 3
"""Pixels kept free between a line and the words it leads to."""


def tree_figure(chart: TreeChart, palette: Palette) -> FigureDict:
    """``chart`` as a Plotly figure dictionary, readable from 360 px of window width.

    The lines stand in pixels left of the plot, so that they keep their shape in every window.
    """
    depths = chart.depths
    indent = STEP * max(depths, default=0)
    narrow = replace(chart, rows=tuple(_fitting(row, NARROW - indent) for row in chart.rows))
    figure = gap_figure(narrow, palette)
    rows, _overhang = placed_rows(narrow, REFERENCE_BAND if chart.reference else 4)
    layout = figure["layout"]
    layout["margin"] = {**layout["margin"], "l": layout["margin"]["l"] + indent}
    layout["shapes"] = [*layout["shapes"], *_lines(chart, rows, depths, indent, palette)]
    return figure


def _fitting(row: Row, pixels: float) -> Row:
    return replace(row, label="\n".join(wrapped(row.label, pixels)), note="\n".join(wrapped(row.note, pixels)))


def _lines(
    chart: TreeChart, rows: Sequence[PlacedRow], depths: Sequence[int], indent: float, palette: Palette
) -> list[FigureDict]:
    """From each group down to its last part, and from there across to the words of every part."""
    lines = []
    heights = [_words(placed) for placed in rows]
    for position, parent in enumerate(chart.parents):
        parts = [part for part, of in enumerate(chart.parents) if of == position]
        left = STEP * depths[position] - indent
        if parts:
            lines.append(_line(left, heights[position] + LINE / 2, left, heights[parts[-1]], palette))
        if parent is not None:
            lines.append(_line(left - STEP, heights[position], -CLEAR, heights[position], palette))
        elif parts and indent:
            lines.append(_line(left, heights[position], -CLEAR, heights[position], palette))
            lines.append(_line(left, heights[position], left, heights[position] + LINE / 2, palette))
    return lines


def _words(placed: PlacedRow) -> float:
    """The middle of the first line of a row's name, in pixels from the top."""
    return placed.y if placed.compact else placed.top + LINE / 2


def _line(x0: float, y0: float, x1: float, y1: float, palette: Palette) -> FigureDict:
    return {
        "type": "line",
        "layer": "below",
        "xref": "paper",
        "xsizemode": "pixel",
        "xanchor": 0,
        "yref": "y",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": palette.link, "width": 1.5},
    }
