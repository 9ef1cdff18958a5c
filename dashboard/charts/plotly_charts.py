"""Gap charts as Plotly figures: official a hollow circle, community a filled diamond, the gap between.

Figures are plain dictionaries of lists, numbers and strings; show them with ``plotly_figure.drawn`` and
``theme=None``. Everything a reader sees is in the definition; this module only draws what ``gap_rows`` has placed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.definitions import GapChart, Link
from dashboard.charts.gap_rows import PlacedRow, placed_rows
from dashboard.charts.plotly_figure import LINE, FigureDict, layout, warning, warning_height
from dashboard.charts.plotly_marks import LABEL_SIZE, absence_trace, axis, mark_traces, text_trace
from dashboard.charts.screen_text import NARROW, escaped, width, wrapped
from dashboard.theme import Palette

SIDE = 20
REFERENCE_BAND = 20


def gap_figure(chart: GapChart, palette: Palette) -> FigureDict:
    """``chart`` as a Plotly figure dictionary, readable from 360 px of window width.

    The y axis counts pixels from the top, so rows may differ in height and nothing moves with the window.
    """
    rows, overhang = placed_rows(chart, REFERENCE_BAND if chart.reference else 4)
    depth = rows[-1].bottom if rows else LINE
    titles = wrapped(chart.axis_title, NARROW, 12)
    top = 30 + 15 * len(titles)
    bottom = 8 + warning_height(chart.illustrative)
    figure = layout(palette, chart.id, depth + top + bottom, (SIDE, SIDE + overhang, top, bottom))
    figure |= {
        "xaxis": axis(chart.ticks, chart.domain, palette)
        | {
            "side": "top",
            "title": {
                "text": "<br>".join(escaped(line) for line in titles),
                "font": {"size": 12, "color": palette.muted},
                "standoff": 4,
            },
        },
        "xaxis2": {"overlaying": "x", "range": [0, 1], "visible": False, "fixedrange": True},
        "yaxis": {"range": [depth, 0], "visible": False, "fixedrange": True},
        "shapes": _reference_line(chart, palette),
        "annotations": warning(palette, chart.illustrative),
    }
    labels = [label for placed in rows for label in placed.labels]
    missing = [absence for placed in rows for absence in placed.absences]
    traces = [
        _guides(rows, palette),
        _links(rows, "solid", palette),
        _links(rows, "dashed", palette),
        *mark_traces([place for row in rows for place in row.marks], palette, across=True),
        _row_names(rows, palette),
        _row_notes(rows, palette),
        text_trace(
            [
                (
                    label.x,
                    label.y,
                    label.text,
                    label.position,
                    palette.muted if label.mark.emphasis == "soft" else palette.text,
                )
                for label in labels
            ],
            bold=[label.mark.emphasis == "strong" for label in labels],
            clear=9,
        ),
        absence_trace([(a.x, a.y, a.text, a.position, a.mark) for a in missing], palette) | {"xaxis": "x2"},
        _reference_name(chart, palette),
    ]
    return {"data": [trace for trace in traces if trace["x"]], "layout": figure}


def _reference_line(chart: GapChart, palette: Palette) -> list[FigureDict]:
    if chart.reference is None:
        return []
    place = {"x0": chart.reference.value, "x1": chart.reference.value, "y0": 0, "y1": 1, "yref": "paper"}
    return [
        {
            "type": "line",
            "layer": "below",
            "line": {"color": palette.reference, "width": 1.5, "dash": "2px,3px"},
            **place,
        }
    ]


def _reference_name(chart: GapChart, palette: Palette) -> FigureDict:
    """The words of the reference line, in the band kept free above the first row."""
    if chart.reference is None:
        return text_trace([])
    low, high = chart.domain
    at = (chart.reference.value - low) / (high - low) * NARROW
    room = width(chart.reference.label, LABEL_SIZE) + 6
    position = "middle right" if at + room <= NARROW else "middle left" if at >= room else "middle center"
    return text_trace([(chart.reference.value, REFERENCE_BAND / 2 - 1, chart.reference.label, position, palette.text)])


def _guides(rows: Sequence[PlacedRow], palette: Palette) -> FigureDict:
    """A hairline leads the eye from a row's name to its marks."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for placed in rows:
        if placed.guide:
            xs += [*placed.guide, None]
            ys += [placed.y, placed.y, None]
    line = {"color": palette.rule, "width": 1}
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip"}


def _links(rows: Sequence[PlacedRow], link: Link, palette: Palette) -> FigureDict:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for placed in rows:
        if placed.row.link == link and len(placed.marks) > 1:
            ends = sorted(placed.marks, key=lambda place: place[1])
            xs += [ends[0][1], ends[-1][1], None]
            ys += [ends[0][2], ends[-1][2], None]
    line: FigureDict = {"color": palette.link, "width": 2}
    if link == "dashed":
        line["dash"] = "3px,4px"
    return {"type": "scatter", "mode": "lines", "x": xs, "y": ys, "line": line, "hoverinfo": "skip"}


def _row_names(rows: Sequence[PlacedRow], palette: Palette) -> FigureDict:
    """Names at the left edge; those of rows with a strong mark in bold, unless every row has one."""
    lines = [
        (0.0, _text_top(placed) + LINE * (index + 0.5), line, "middle right", palette.text)
        for placed in rows
        for index, line in enumerate(placed.name_lines)
    ]
    strong = [any(mark.emphasis == "strong" for mark in placed.row.marks) for placed in rows]
    bold = [own and not all(strong) for own, placed in zip(strong, rows, strict=True) for _ in placed.name_lines]
    return text_trace(lines, size=13, bold=bold) | {"xaxis": "x2"}


def _row_notes(rows: Sequence[PlacedRow], palette: Palette) -> FigureDict:
    """Notes at the right edge beside the name or, for want of room, in lines of their own below it."""
    lines = []
    for placed in rows:
        beside = placed.note_beside or placed.compact
        x, position, above = (1.0, "middle left", 0) if beside else (0.0, "middle right", 1)
        top = _text_top(placed) + above * LINE * len(placed.name_lines)
        lines += [
            (x, top + LINE * (index + 0.5), line, position, palette.muted)
            for index, line in enumerate(placed.note_lines)
        ]
    return text_trace(lines, size=13) | {"xaxis": "x2"}


def _text_top(placed: PlacedRow) -> float:
    """Where a row's first line of text begins: above its marks, or on their line in a compact chart."""
    return placed.y - LINE / 2 if placed.compact else placed.top
