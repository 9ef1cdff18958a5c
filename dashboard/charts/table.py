"""The accessible twin of every chart: its figures as a table for people, and as tidy columns for machines."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.charts.definitions import Chart, GapChart, MapChart, TrendChart
from dashboard.text import _
from dashboard.text.formats import absence_text, licence_text, origin_text, short_title, shown
from data_access.figures import Figure


def drawn_figures(chart: Chart) -> Iterator[tuple[str, str, Figure]]:
    """Every figure behind a chart in drawing order, with the name of its row and what is said beside it."""
    if isinstance(chart, GapChart):
        for row in chart.rows:
            for mark in row.marks:
                yield row.label, row.note, mark.figure
    elif isinstance(chart, TrendChart):
        for line in chart.lines:
            for mark in line.marks:
                yield line.label, "", mark.figure
    elif isinstance(chart, MapChart):
        for area in chart.areas:
            for figure in area.figures:
                yield area.name, area.text if chart.scale == "difference" else "", figure
        for point in chart.points:
            for figure in point.figures:
                yield point.name, "", figure


def table(chart: Chart) -> pd.DataFrame:
    """The figures for a reader; areas of a map without a figure stand there with the reason."""
    rows = [
        {
            _("In the chart"): row,
            _("Area"): _(f.area_name),
            _("Group"): _(f.group_name) if f.group_name else _("Everyone"),
            _("Value"): shown(f),
            _("Lower"): f.lower,
            _("Upper"): f.upper,
            _("n"): f.n,
            _("Period"): f.time_period,
            _("Origin"): origin_text(f.origin) + (_(" (illustrative)") if f.illustrative else ""),
            _("Source"): short_title(f.source_title),
            _("Gap or comparability"): note,
            _("Licence"): licence_text(f),
            _("Note"): f.note,
            _("Release and row"): f"{f.release}, {f.row}",
        }
        for row, note, f in drawn_figures(chart)
    ]
    if isinstance(chart, MapChart):
        rows += [
            {_("In the chart"): area.name, _("Area"): area.name, _("Value"): absence_text(area.absence)}
            for area in chart.areas
            if not area.figures and area.absence is not None
        ]
    return pd.DataFrame(rows)


def tidy(chart: Chart) -> pd.DataFrame:
    """The figures for a machine: one row a figure, SDMX names, nothing translated or rounded."""
    return pd.DataFrame(
        [
            {
                "REF_AREA": f.area,
                "REF_AREA_NAME": f.area_name,
                "SERIES": f.series,
                "SERIES_NAME": f.series_name,
                "GROUP": f.group or "_T",
                "GROUP_NAME": f.group_name,
                "TIME_PERIOD": f.time_period,
                "OBS_VALUE": f.value,
                "LOWER_BOUND": f.lower,
                "UPPER_BOUND": f.upper,
                "STD_ERR": f.se,
                "SAMPLE_SIZE": f.n,
                "POPULATION": f.population,
                "UNIT_MEASURE": f.unit,
                "OBS_STATUS": f.status,
                "ABSENCE": f.absence,
                "ORIGIN": f.origin,
                "ILLUSTRATIVE": f.illustrative,
                "COMPARABILITY": note,
                "SOURCE": f.source,
                "SOURCE_TITLE": f.source_title,
                "PUBLISHER": f.publisher,
                "LICENCE": f.licence,
                "LICENCE_STATE": f.licence_state,
                "COMMENT_OBS": f.note,
                "RELEASE": f.release,
                "ROW": f.row,
            }
            for _row, note, f in drawn_figures(chart)
        ]
    )
