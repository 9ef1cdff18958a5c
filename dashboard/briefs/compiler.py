"""A brief as a tagged PDF and as page previews."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import segno

from dashboard.briefs.chart_content import chart_content
from dashboard.briefs.definition import Brief
from dashboard.briefs.fitting import PAGES, shorter_and_shorter
from dashboard.briefs.print_ink import print_ink, print_patterns
from dashboard.briefs.typesetting import Content, Leaf, template
from dashboard.charts.definitions import Chart
from dashboard.text.cleaning import safe_link

NARROW_MAP, WIDE_MAP = 64.0, 116.0
"""Printed width of the map, in millimetres, beside the gap chart and on its own."""

BESIDE = 12
"""Up to this many rows the gap chart stands beside the map."""

_PAGE = re.compile(rb"/Type\s*/Page\b")


def pdf(brief: Brief) -> bytes:
    """The brief as a PDF that meets PDF/UA-1 and PDF/A-2a; the same brief gives the same bytes.

    A brief that would run over two pages leaves out what says least (``fitting``).

    Raises:
        CannotBeTypeset: when the standards refuse it, for example for a chart without a text alternative.
    """
    document = b""
    for one in shorter_and_shorter(brief):
        document = template("brief").pdf(_content(one), published=_published(one))
        if len(_PAGE.findall(document)) <= PAGES:
            break
    return document


def pages(brief: Brief, ppi: float = 96) -> list[bytes]:
    """Every page of the brief as PNG, first page first; the same pages as the PDF's."""
    drawn: list[bytes] = []
    for one in shorter_and_shorter(brief):
        drawn = template("brief").png(_content(one), ppi=ppi)
        if len(drawn) <= PAGES:
            break
    return drawn


def _published(brief: Brief) -> int:
    day = brief.release_date
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def _content(brief: Brief) -> Content:
    permalink = safe_link(brief.permalink)
    beside = brief.map is not None and len(brief.gap.rows) <= BESIDE
    return {
        "ink": print_ink(),
        "patterns": print_patterns(),
        "language": brief.language,
        "brief": {
            "title": brief.title,
            "subtitle": brief.subtitle,
            "place": brief.place,
            "release": brief.release,
            "released": [brief.release_date.year, brief.release_date.month, brief.release_date.day],
            "release_date": brief.release_date_text,
            "headlines": [{"lead": h.lead, "text": h.text, "note": h.note} for h in brief.headlines],
            "beside": beside,
            "map": _chart(brief.map, NARROW_MAP if beside else WIDE_MAP),
            "gap": _chart(brief.gap),
            "comparison": _chart(brief.comparison),
            "trend": _chart(brief.trend),
            "table": {
                "title": brief.table.title,
                "header": list(brief.table.header),
                "rows": [list(row) for row in brief.table.rows],
                "numeric": list(brief.table.numeric),
                "note": brief.table.note,
            },
            "method": list(brief.method),
            "sources": [{"text": source.text, "url": safe_link(source.url)} for source in brief.sources],
            "ask": brief.ask,
            "illustrative": brief.illustrative,
            "view_code": brief.view_code,
            "permalink": permalink,
            "code": _code(permalink) if permalink else None,
            "labels": {
                "kind": brief.labels.kind,
                "findings": brief.labels.findings,
                "ask": brief.labels.ask,
                "method": brief.labels.method,
                "sources": brief.labels.sources,
                "release": brief.labels.release,
                "view": brief.labels.view,
                "permalink": brief.labels.permalink,
                "permalink_alt": brief.labels.permalink_alt,
            },
        },
    }


def _chart(chart: Chart | None, map_width: float = WIDE_MAP) -> Leaf:
    return None if chart is None else chart_content(chart, map_width=map_width)


def _code(link: str) -> Leaf:
    """The QR code of a link (ISO/IEC 18004, level M) as its dark runs: for each line, pairs of start and length."""
    lines: list[Leaf] = []
    for modules in segno.make_qr(link, error="m").matrix:
        runs: list[Leaf] = []
        start = 0
        while start < len(modules):
            length = 1
            while start + length < len(modules) and modules[start + length] == modules[start]:
                length += 1
            if modules[start]:
                runs.append([start, length])
            start += length
        lines.append(runs)
    return lines
