"""A chart definition as plain JSON for the Typst templates: texts, numbers and outlines, no markup."""

from __future__ import annotations

from dashboard.briefs.map_outlines import drawn_map
from dashboard.briefs.typesetting import Content, Leaf
from dashboard.charts.definitions import (
    AbsenceKey,
    Chart,
    GapChart,
    LinkKey,
    MapChart,
    Mark,
    OriginKey,
    Reference,
    Tick,
    TrendChart,
)
from dashboard.charts.tree_chart import TreeChart


class UnknownChart(TypeError):
    """A chart kind that print has no drawing for."""


def chart_content(chart: Chart, *, map_width: float) -> Content:
    """The chart as the templates read it; ``map_width`` is the printed width of a map in millimetres.

    Raises:
        UnknownChart: when the chart is neither a gap, a trend nor a map.
    """
    if isinstance(chart, TreeChart):
        return _frame(chart, "tree") | _gap(chart) | {"parents": list(chart.parents), "depths": list(chart.depths)}
    if isinstance(chart, GapChart):
        return _frame(chart, "gap") | _gap(chart)
    if isinstance(chart, TrendChart):
        return _frame(chart, "trend") | _trend(chart)
    if isinstance(chart, MapChart):
        return _frame(chart, "map") | _map(chart, map_width)
    raise UnknownChart(f"{type(chart).__name__} {chart.id!r} cannot be printed: give a gap, a trend or a map")


def _frame(chart: Chart, kind: str) -> Content:
    return {
        "kind": kind,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "source_line": chart.source_line,
        "notes": list(chart.notes),
        "illustrative": chart.illustrative,
        "view": chart.view,
        "language": chart.language,
        "disclaimer": "",
        "origins": [],
        "links": [],
        "paths": [],
        "absences": [],
    }


def _gap(chart: GapChart) -> Content:
    return {
        "axis_title": chart.axis_title,
        "domain": list(chart.domain),
        "ticks": _ticks(chart.ticks),
        "reference": _reference(chart.reference),
        "origins": _origins(chart.origins),
        "links": [_link(key) for key in chart.links],
        "absences": _absences(chart.absences),
        "rows": [
            {"label": row.label, "note": row.note, "link": row.link, "marks": [_mark(mark) for mark in row.marks]}
            for row in chart.rows
        ],
    }


def _trend(chart: TrendChart) -> Content:
    return {
        "axis_title": chart.axis_title,
        "domain": list(chart.domain),
        "ticks": _ticks(chart.ticks),
        "year_domain": list(chart.year_domain),
        "year_ticks": _ticks(chart.year_ticks),
        "origins": _origins(chart.origins),
        "paths": [chart.goal.path.label] if chart.goal and chart.goal.path else [],
        "absences": _absences(chart.absences),
        "goal": _goal(chart),
        "lines": [
            {
                "label": line.label,
                "origin": line.origin,
                "emphasis": line.emphasis,
                "marks": [_mark(mark) for mark in line.marks],
            }
            for line in chart.lines
        ],
    }


def _goal(chart: TrendChart) -> Leaf:
    if chart.goal is None:
        return None
    path = chart.goal.path
    return {
        "value": chart.goal.value,
        "year": chart.goal.year,
        "label": chart.goal.label,
        "path": None if path is None else {"year": path.year, "value": path.value},
    }


def _map(chart: MapChart, width: float) -> Content:
    return {
        "disclaimer": chart.disclaimer,
        "legend_title": chart.legend_title,
        "origins": _origins(chart.origins),
        "absences": _absences(chart.absences),
        **drawn_map(chart, width),
    }


def _mark(mark: Mark) -> Leaf:
    figure = mark.figure
    return {
        "origin": figure.origin,
        "year": figure.year,
        "value": figure.value,
        "lower": figure.lower,
        "upper": figure.upper,
        "absence": figure.absence,
        "text": mark.text,
        "label": mark.label,
        "emphasis": mark.emphasis,
    }


def _ticks(ticks: tuple[Tick, ...]) -> Leaf:
    return [{"value": tick.value, "text": tick.text} for tick in ticks]


def _reference(reference: Reference | None) -> Leaf:
    return None if reference is None else {"value": reference.value, "label": reference.label}


def _origins(keys: tuple[OriginKey, ...]) -> Leaf:
    return [{"origin": key.origin, "label": key.label} for key in keys]


def _link(key: LinkKey) -> Leaf:
    return {"link": key.link, "label": key.label}


def _absences(keys: tuple[AbsenceKey, ...]) -> Leaf:
    return [{"absence": key.absence, "label": key.label} for key in keys]
