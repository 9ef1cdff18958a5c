"""How a Plotly figure reaches the screen: the layout and settings every chart shares, and the cheapest way in."""

from __future__ import annotations

from typing import Any, cast

from plotly.basedatatypes import BaseFigure

from dashboard.charts.screen_text import NARROW, broken, escaped, wrapped
from dashboard.theme import FONTS, Palette

FigureDict = dict[str, Any]
"""A Plotly figure as plain lists, numbers and strings: ``{"data": [...], "layout": {...}}``."""

HOVER = "%{hovertext}<extra></extra>"
HOVER_WIDTH = 260
LINE = 17
"""Pixels of one line of 13 px text."""


class _Drawn(BaseFigure):  # type: ignore[misc]
    """A figure that is already what Plotly would make of it, so nothing is checked or copied on the way."""

    def __init__(self, figure: FigureDict) -> None:
        self.__dict__["_figure"] = figure

    def to_dict(self) -> FigureDict:
        return cast(FigureDict, self.__dict__["_figure"])


def drawn(figure: FigureDict) -> BaseFigure:
    """``figure`` for ``st.plotly_chart(..., theme=None)``.

    Streamlit validates plain dictionaries on every rerun and adds its template; a finished figure object passes
    as it is (47 rows: 0.1 instead of 3.6 ms). The tests validate the same figures instead.
    """
    return _Drawn(figure)


def config(static_url: str = "/app/static") -> dict[str, Any]:
    """Plotly's settings: no logo, no zoom that traps the page's scrolling, an empty world outline from our server."""
    return {
        "displaylogo": False,
        "scrollZoom": False,
        "doubleClick": False,
        "editable": False,
        "showTips": False,
        "modeBarButtonsToRemove": [
            "toImage",
            "zoom2d",
            "pan2d",
            "zoomIn2d",
            "zoomOut2d",
            "autoScale2d",
            "resetScale2d",
            "resetGeo",
            "zoomInGeo",
            "zoomOutGeo",
        ],
        "topojsonURL": f"{static_url}/topology/",
    }


def layout(palette: Palette, chart_id: str, height: float, margin: tuple[float, float, float, float]) -> FigureDict:
    """The layout shared by all charts; ``margin`` is left, right, top, bottom in pixels."""
    left, right, top, bottom = margin
    return {
        "height": round(height),
        "margin": {"l": round(left), "r": round(right), "t": round(top), "b": round(bottom), "pad": 0},
        "autosize": True,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONTS, "size": 13, "color": palette.text},
        "hoverlabel": {
            "align": "left",
            "bgcolor": palette.background,
            "bordercolor": palette.link,
            "font": {"family": FONTS, "size": 13, "color": palette.text},
        },
        "hovermode": "closest",
        "hoverdistance": 24,
        "dragmode": False,
        "showlegend": False,
        "uirevision": chart_id,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": palette.muted, "activecolor": palette.text},
    }


def hover(detail: str) -> str:
    """The words of a tooltip, harmless and narrow enough for a phone."""
    return broken(detail, HOVER_WIDTH)


def warning_height(illustrative: str) -> int:
    """Pixels to keep free under the plot for the line that says figures are invented; 0 without one."""
    return 18 + LINE * len(_warning_lines(illustrative)) if illustrative else 0


def warning(palette: Palette, illustrative: str, offset: float = 0) -> list[FigureDict]:
    """The line inside the picture that says figures are invented, ``offset`` pixels under the plot."""
    if not illustrative:
        return []
    lines = "<br>".join(escaped(line) for line in _warning_lines(illustrative))
    return [
        {
            "text": f"<b>{lines}</b>",
            "align": "left",
            "showarrow": False,
            "xref": "paper",
            "yref": "paper",
            "x": 0,
            "y": 0,
            "xanchor": "left",
            "yanchor": "top",
            "yshift": -8 - offset,
            "borderpad": 4,
            "borderwidth": 1,
            "bordercolor": palette.warning,
            "font": {"color": palette.warning, "size": 13},
        }
    ]


def _warning_lines(illustrative: str) -> tuple[str, ...]:
    return wrapped(illustrative, NARROW - 24, size=14)
