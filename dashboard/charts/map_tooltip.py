"""The words a map shows under the pointer, sent once for all areas of a map.

Streamlit fills ``{code}`` in with the code of the feature under the pointer; a style rule then shows the words that
carry this code and hides the others. So the words need not be part of the geometry the browser keeps.
"""

from __future__ import annotations

import html
from typing import Any

from dashboard.charts.definitions import MapArea, MapChart
from dashboard.theme import ABSENCE_STYLES, FONTS, ORIGIN_GLYPHS, Palette

DETAILED_TOOLTIPS = 150
"""Areas up to which each tooltip carries its detail; with more, the detail is left to the click."""


def tooltip(chart: MapChart, palette: Palette) -> dict[str, Any]:
    """The tooltip of a deck: name, value and detail of every area and, as "point-0" and so on, of every point."""
    detailed = len(chart.areas) <= DETAILED_TOOLTIPS
    entries = [
        (area.code, area.name, f"{_glyph(area)}{area.text}", area.detail if detailed else "") for area in chart.areas
    ]
    entries += [
        (f"point-{number}", point.name, f"{ORIGIN_GLYPHS[point.figures[0].origin]} {point.text}", point.detail)
        for number, point in enumerate(chart.points)
    ]
    words = "".join(
        f'<div data-of="{_safe(code)}"><b>{_safe(name)}</b><br>{_safe(text)}'
        + (f"<br><small>{_safe(detail)}</small>" if detail else "")
        + "</div>"
        for code, name, text, detail in entries
    )
    rule = '<style>.map-words>div{display:none}.map-words>div[data-of="{code}"]{display:block}</style>'
    return {
        "html": f'{rule}<div class="map-words">{words}</div>',
        "style": {
            "backgroundColor": palette.background,
            "color": palette.text,
            "border": f"1px solid {palette.link}",
            "fontFamily": FONTS,
            "fontSize": "13px",
            "maxWidth": "260px",
            "padding": "6px 8px",
        },
    }


def _glyph(area: MapArea) -> str:
    return f"{ABSENCE_STYLES[area.absence].glyph} " if area.absence else ""


def _safe(text: str) -> str:
    """Text for the tooltip: no markup, and no braces, which Streamlit would fill in."""
    return html.escape(text).replace("{", "&#123;").replace("}", "&#125;").replace("\n", "<br>")
