"""The matrix on paper: one picture (SVG, PNG) or pages to print (PDF), set by the typesetter of the briefs."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Literal

from dashboard.briefs.print_ink import print_ink, print_patterns
from dashboard.briefs.typesetting import Content, Template
from dashboard.charts.matrix import MatrixChart


@cache
def _template() -> Template:
    return Template("matrix")


def svg(chart: MatrixChart) -> bytes:
    """All rows in one picture as wide as its columns need; the same matrix gives the same bytes."""
    return _template().svg(_content(chart, "picture"))


def png(chart: MatrixChart, ppi: float = 200) -> bytes:
    """The same picture as PNG."""
    return _template().png(_content(chart, "picture"), ppi=ppi)[0]


def pdf(chart: MatrixChart) -> bytes:
    """Pages of A4 across, the headings repeated on each; tagged (PDF/UA-1), dated as the data are."""
    day = datetime.fromisoformat(chart.day or "2000-01-01").replace(tzinfo=UTC)
    return _template().pdf(_content(chart, "pages"), published=int(day.timestamp()))


def _content(chart: MatrixChart, paper: Literal["picture", "pages"]) -> Content:
    return {
        "ink": print_ink(),
        "patterns": print_patterns(),
        "language": chart.language,
        "paper": paper,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "source_line": chart.source_line,
        "notes": list(chart.notes),
        "illustrative": chart.illustrative,
        "view": chart.view,
        "corner": chart.corner,
        "columns": list(chart.columns),
        "keys": [{"shown": key.shown, "label": key.label} for key in chart.keys],
        "invented": chart.invented,
        "rows": [
            {
                "label": row.label,
                "note": row.note,
                "cells": [
                    {"shown": cell.shown, "word": cell.word, "gap": cell.gap, "invented": cell.illustrative}
                    for cell in row.cells
                ],
            }
            for row in chart.rows
        ],
    }
