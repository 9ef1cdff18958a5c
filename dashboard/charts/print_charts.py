"""Charts as pictures for documents and downloads: SVG and PNG, drawn by the typesetter that also sets the brief."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from dashboard.briefs.chart_content import chart_content
from dashboard.briefs.print_ink import print_ink, print_patterns
from dashboard.briefs.typesetting import Content, template
from dashboard.charts.definitions import Chart
from dashboard.text.cleaning import clean

PICTURE_MAP_WIDTH = 102.0
"""Printed width of the map in a picture of its own, in millimetres."""

_OPENING = re.compile(rb"<svg\b[^>]*>")


def svg(chart: Chart) -> bytes:
    """The chart as a self-contained SVG, 170 mm wide, with its title and text alternative for screen readers.

    Letters are outlines, so the picture looks the same everywhere. The same chart gives the same bytes.
    """
    drawn = template("picture").svg(_content(chart))
    opening = _OPENING.search(drawn)
    assert opening is not None, "the typesetter wrote no <svg> element"
    language = quoteattr(clean(chart.language))
    named = (
        f' role="img" aria-labelledby="title desc" lang={language} xml:lang={language}>'
        f'<title id="title">{escape(clean(chart.title))}</title><desc id="desc">{escape(clean(chart.alt))}</desc>'
    )
    return drawn[: opening.end() - 1] + named.encode() + drawn[opening.end() :]


def png(chart: Chart, ppi: float = 300) -> bytes:
    """The chart as a PNG, 170 mm wide at ``ppi`` pixels an inch (2008 pixels at 300)."""
    return template("picture").png(_content(chart), ppi=ppi)[0]


def _content(chart: Chart) -> Content:
    return {
        "ink": print_ink(),
        "patterns": print_patterns(),
        "language": chart.language,
        "chart": chart_content(chart, map_width=PICTURE_MAP_WIDTH),
    }
