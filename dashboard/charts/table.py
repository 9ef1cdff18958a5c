"""The figures behind a chart as a table: in words for reading beside the picture, in codes for taking away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.definitions import Chart, GapChart, Link, MapChart, Mark, TrendChart
from dashboard.text import _
from dashboard.text.formats import absence_text, licence_text, origin_text, short_title, shown
from dashboard.theme import ABSENCE_STYLES
from data_access.figures import Absence, Figure


@dataclass(frozen=True)
class Entry:
    """One figure of a chart: the row or line it is drawn in, its words, how it may be compared, what is said of it.

    ``link`` is None where nothing is compared. ``figure`` is None for an area of a map that has none at all; then
    ``absence`` says why.
    """

    row: str
    figure: Figure | None
    text: str
    link: Link | None = None
    note: str = ""
    absence: Absence | None = None


def entries(chart: Chart) -> Iterator[Entry]:
    """Every figure of ``chart`` in the order it is drawn; a map of differences gives both figures of an area.

    Raises:
        TypeError: for a kind of chart without figures of its own.
    """
    match chart:
        case GapChart():
            for row in chart.rows:
                compared = len({mark.figure.origin for mark in row.marks}) > 1
                for mark in row.marks:
                    yield _entry(row.label, mark, row.link if compared else None, row.note)
        case TrendChart():
            for line in chart.lines:
                for mark in line.marks:
                    yield _entry(line.label, mark)
        case MapChart():
            for area in chart.areas:
                if not area.figures:
                    yield Entry(area.name, None, area.text, absence=area.absence)
                alone = len(area.figures) == 1
                for figure in area.figures:
                    note = "" if alone else f"{chart.legend_title}: {area.text}"
                    text = area.text if alone else shown(figure)
                    yield Entry(area.name, figure, text, note=note, absence=figure.absence)
            for point in chart.points:
                for figure in point.figures:
                    yield Entry(point.name, figure, point.text, absence=figure.absence)
        case _:
            raise TypeError(f"{type(chart).__name__} {chart.id!r} has no figures to list")


def _entry(row: str, mark: Mark, link: Link | None = None, note: str = "") -> Entry:
    return Entry(row, mark.figure, mark.text, link, note, mark.figure.absence)


def table(chart: Chart) -> pd.DataFrame:
    """The chart's figures for reading: one row a figure, in words of the language in use; an area of a map without
    any figure stands there with the reason."""
    rows = [_cells(entry) for entry in entries(chart)]
    return pd.DataFrame(
        {
            name: pd.array([row[number] for row in rows], dtype=kind)
            for number, (name, kind) in enumerate(_columns().items())
        }
    )


def _columns() -> dict[str, str]:
    """Names of the columns for reading, in the language in use, with their types."""
    return {
        _("In the chart"): "str",
        _("Area"): "str",
        _("Group"): "str",
        _("Indicator"): "str",
        _("Value"): "str",
        _("Lower bound"): "Float64",
        _("Upper bound"): "Float64",
        _("n"): "Int64",
        _("Period"): "str",
        _("Origin"): "str",
        _("Illustrative"): "str",
        _("Source"): "str",
        _("Publisher"): "str",
        _("Comparability"): "str",
        _("Note"): "str",
        _("Why missing"): "str",
        _("Licence"): "str",
        _("Release"): "str",
        _("Row"): "Int64",
    }


def _cells(entry: Entry) -> tuple[str | float | int | None, ...]:
    missing = absence_text(entry.absence) if entry.absence else ""
    value = f"{ABSENCE_STYLES[entry.absence].glyph} {entry.text}" if entry.absence else entry.text
    figure = entry.figure
    if figure is None:
        empty = [None] * 3
        return (entry.row, entry.row, "", "", value, *empty, *[""] * 7, missing, "", "", None)
    return (
        entry.row,
        _(figure.area_name),
        _(figure.group_name) if figure.group_name else _("Everyone"),
        figure.series_name,
        value,
        figure.lower,
        figure.upper,
        figure.n,
        figure.time_period,
        origin_text(figure.origin),
        _("invented, not evidence") if figure.illustrative else "",
        short_title(figure.source_title),
        figure.publisher,
        link_text(entry.link),
        ". ".join(filter(None, (entry.note, figure.note))),
        missing,
        licence_text(figure),
        figure.release,
        figure.row,
    )


def records(chart: Chart) -> list[dict[str, str | int | float | None]]:
    """The chart's figures in codes, each figure once: one dictionary a figure, SDMX names where SDMX has one."""
    found: dict[tuple[Figure, Link | None], dict[str, str | int | float | None]] = {}
    for entry in entries(chart):
        if entry.figure is not None:
            found.setdefault((entry.figure, entry.link), _record(entry.figure, entry.link, chart))
    return list(found.values())


def _record(figure: Figure, link: Link | None, chart: Chart) -> dict[str, str | int | float | None]:
    return {
        "REF_AREA": figure.area,
        "AREA_NAME": figure.area_name,
        "SERIES": figure.series,
        "SERIES_NAME": figure.series_name,
        "GROUP": figure.group or "_T",
        "GROUP_NAME": figure.group_name,
        "TIME_PERIOD": figure.time_period,
        "OBS_VALUE": figure.value,
        "LOWER_BOUND": figure.lower,
        "UPPER_BOUND": figure.upper,
        "STD_ERR": figure.se,
        "SAMPLE_SIZE": figure.n,
        "POPULATION": figure.population,
        "UNIT_MEASURE": figure.unit,
        "OBS_STATUS": figure.status,
        "ABSENCE": figure.absence or "",
        "COMMENT_OBS": figure.note,
        "ORIGIN": figure.origin,
        "COMPARABILITY": {"solid": "comparable", "dashed": "indicative", "none": "not_comparable", None: ""}[link],
        "SOURCE": figure.source,
        "SOURCE_TITLE": figure.source_title,
        "PUBLISHER": figure.publisher,
        "LICENCE": figure.licence,
        "LICENCE_STATE": figure.licence_state,
        "CAVEATS": figure.caveats,
        "ILLUSTRATIVE": int(figure.illustrative),
        "WARNING": chart.illustrative if figure.illustrative else "",
        "RELEASE": figure.release,
        "ROW": figure.row,
        "VIEW": chart.view,
    }


def tidy(chart: Chart) -> pd.DataFrame:
    """``records`` as a table with typed columns: whole numbers stay whole, what is unknown is NA and never 0."""
    frame = pd.DataFrame(records(chart))
    whole = ("SAMPLE_SIZE", "POPULATION", "ILLUSTRATIVE", "ROW")
    real = ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND", "STD_ERR")
    return frame.astype({**dict.fromkeys(whole, "Int64"), **dict.fromkeys(real, "Float64")}) if len(frame) else frame


def link_text(link: Link | None) -> str:
    """How two figures may be compared, in the language in use; empty where nothing is compared."""
    names: dict[Link | None, str] = {
        None: "",
        "solid": _("directly comparable"),
        "dashed": _("indicative: compare with care"),
        "none": _("not comparable"),
    }
    return names[link]
