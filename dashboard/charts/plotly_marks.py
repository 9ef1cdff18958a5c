"""The pieces every Plotly chart is made of: axes, the signature marks with their intervals, and texts at places."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.definitions import Emphasis, Mark, Tick
from dashboard.charts.plotly_figure import HOVER, FigureDict, hover
from dashboard.charts.screen_text import escaped
from dashboard.theme import FONTS, Palette
from data_access.figures import Origin

SIZES: dict[Emphasis, int] = {"strong": 14, "normal": 12, "soft": 9}
SYMBOLS: dict[Origin, str] = {"official": "circle", "community": "diamond"}
LABEL_SIZE = 12

Place = tuple[Mark, float, float]
"""A mark with its x and y."""


def axis(ticks: Sequence[Tick], domain: tuple[float, float], palette: Palette) -> FigureDict:
    """An axis with its own ticks over a fixed domain, without lines but those of the ticks."""
    return {
        "range": list(domain),
        "ticklabeloverflow": "allow",
        "tickmode": "array",
        "tickvals": [tick.value for tick in ticks],
        "ticktext": [escaped(tick.text) for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": LABEL_SIZE, "color": palette.muted},
        "tickcolor": palette.link,
        "gridcolor": palette.rule,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
    }


def written(mark: Mark) -> str:
    """What is written at a mark: its label and value; nothing at the quieter marks in between."""
    return "" if mark.emphasis == "soft" else f"{mark.label} {mark.text}".strip()


def mark_traces(places: Sequence[Place], palette: Palette, across: bool) -> list[FigureDict]:
    """The marks as one trace per origin and strength, soft ones first so that strong ones lie on top.

    Intervals are drawn along x when ``across``, else along y.
    """
    origins: tuple[Origin, ...] = ("official", "community")
    return [
        _mark_trace(chosen, palette, origin, soft, across)
        for soft in (True, False)
        for origin in origins
        if (
            chosen := [
                place for place in places if place[0].figure.origin == origin and (place[0].emphasis == "soft") is soft
            ]
        )
    ]


def _mark_trace(places: Sequence[Place], palette: Palette, origin: Origin, soft: bool, across: bool) -> FigureDict:
    colour = palette.origin(origin, soft)
    hollow = origin == "official"
    trace: FigureDict = {
        "type": "scatter",
        "mode": "markers",
        "x": [x for _, x, _ in places],
        "y": [y for _, _, y in places],
        "cliponaxis": False,
        "marker": {
            "symbol": SYMBOLS[origin],
            "size": [SIZES[mark.emphasis] for mark, _, _ in places],
            "color": palette.background if hollow else colour,
            "opacity": 1,
            "line": {"color": colour if hollow else palette.background, "width": 2.5 if hollow else 1},
        },
        "hovertext": [hover(mark.detail) for mark, _, _ in places],
        "hovertemplate": HOVER,
    }
    if any(mark.figure.has_interval for mark, _, _ in places):
        trace["error_x" if across else "error_y"] = _intervals([mark for mark, _, _ in places], colour)
    return trace


def _intervals(marks: Sequence[Mark], colour: str) -> FigureDict:
    """The published bounds; a mark without bounds has a bar of no length, which is not drawn."""
    above: list[float] = []
    below: list[float] = []
    for mark in marks:
        value, lower, upper = mark.figure.value, mark.figure.lower, mark.figure.upper
        known = value is not None and lower is not None and upper is not None
        above.append(round(upper - value, 6) if known else 0)  # type: ignore[operator]
        below.append(round(value - lower, 6) if known else 0)  # type: ignore[operator]
    return {
        "type": "data",
        "symmetric": False,
        "array": above,
        "arrayminus": below,
        "color": colour,
        "thickness": 3,
        "width": 5,
    }


def text_trace(
    places: Sequence[tuple[float, float, str, str, str]],
    size: int = LABEL_SIZE,
    bold: Sequence[bool] = (),
    clear: float = 0,
) -> FigureDict:
    """Texts as x, y, text, Plotly text position, colour; ``bold`` says which are set in bold.

    ``clear`` keeps texts that many pixels away from their place, by an unseen mark that Plotly keeps clear of.
    """
    heavy = bold or [False] * len(places)
    return {
        "type": "scatter",
        "mode": "markers+text",
        "marker": {"size": 2 * clear, "opacity": 0},
        "x": [place[0] for place in places],
        "y": [place[1] for place in places],
        "text": [
            f"<b>{escaped(place[2])}</b>" if strong else escaped(place[2])
            for place, strong in zip(places, heavy, strict=True)
        ],
        "textposition": [place[3] for place in places],
        "textfont": {"family": FONTS, "size": size, "color": [place[4] for place in places]},
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def absence_trace(places: Sequence[tuple[float, float, str, str, Mark]], palette: Palette) -> FigureDict:
    """What is missing, in words, where its mark would be: x, y, words, text position, mark."""
    texts = text_trace([(x, y, words, position, palette.muted) for x, y, words, position, _ in places])
    del texts["hoverinfo"]
    return texts | {
        "hovertext": [hover(place[4].detail) for place in places],
        "hovertemplate": HOVER,
    }
