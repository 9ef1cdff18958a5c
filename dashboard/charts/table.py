"""The figures behind a chart as a table: in words for reading beside the picture, in codes for taking away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.charts.definitions import Chart, GapChart, Link, MapChart, Mark, TrendChart
from dashboard.text import _
from dashboard.theme import ABSENCE_STYLES
from data_access.figures import Absence, Figure, Origin


@dataclass(frozen=True)
class Entry:
    """One figure of a chart with the words it is shown in; ``link`` is empty where nothing is compared."""

    figure: Figure
    text: str
    link: Link | None = None
    note: str = ""


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
                    yield _entry(mark, row.link if compared else None, row.note)
        case TrendChart():
            for line in chart.lines:
                for mark in line.marks:
                    yield _entry(mark)
        case MapChart():
            for area in chart.areas:
                alone = len(area.figures) == 1
                for figure in area.figures:
                    shown = area.text if alone else _number(figure)
                    yield Entry(figure, shown, note="" if alone else f"{chart.legend_title}: {area.text}")
            for point in chart.points:
                for figure in point.figures:
                    yield Entry(figure, point.text)
        case _:
            raise TypeError(f"{type(chart).__name__} {chart.id!r} has no figures to list")


def _entry(mark: Mark, link: Link | None = None, note: str = "") -> Entry:
    return Entry(mark.figure, mark.text, link, note)


def _number(figure: Figure) -> str:
    return absence_name(figure.absence) if figure.value is None else f"{figure.value:g}"


def table(chart: Chart) -> pd.DataFrame:
    """The chart's figures for reading: one row a figure, columns named in the language in use."""
    listed = list(entries(chart))
    figures = [entry.figure for entry in listed]
    columns: dict[str, Any] = {
        _("Area"): [figure.area_name for figure in figures],
        _("Group"): [figure.group_name for figure in figures],
        _("Indicator"): [figure.series_name for figure in figures],
        _("Value"): [_value(entry) for entry in listed],
        _("Lower bound"): pd.array([figure.lower for figure in figures], dtype="Float64"),
        _("Upper bound"): pd.array([figure.upper for figure in figures], dtype="Float64"),
        _("Sample size (n)"): pd.array([figure.n for figure in figures], dtype="Int64"),
        _("Period"): [figure.time_period for figure in figures],
        _("Origin"): [origin_name(figure.origin) for figure in figures],
        _("Source"): [figure.source_title for figure in figures],
        _("Publisher"): [figure.publisher for figure in figures],
        _("Comparability"): [link_name(entry.link) for entry in listed],
        _("Note"): [". ".join(filter(None, (entry.note, entry.figure.note))) for entry in listed],
        _("Licence"): [figure.licence for figure in figures],
        _("Why missing"): [absence_name(figure.absence) for figure in figures],
        _("Illustrative"): [_("invented, not evidence") if figure.illustrative else "" for figure in figures],
        _("Release"): [figure.release for figure in figures],
        _("Row"): pd.array([figure.row for figure in figures], dtype="Int64"),
    }
    return pd.DataFrame(columns)


def _value(entry: Entry) -> str:
    absence = entry.figure.absence
    return entry.text if absence is None else f"{ABSENCE_STYLES[absence].glyph} {entry.text}"


def records(chart: Chart) -> list[dict[str, str | int | float | None]]:
    """The chart's figures in codes, each figure once: one dictionary a figure, SDMX names where SDMX has one."""
    found: dict[tuple[object, ...], dict[str, str | int | float | None]] = {}
    for entry in entries(chart):
        figure = entry.figure
        key = (figure.release, figure.row, figure.area, figure.series, figure.group, figure.time_period, figure.origin)
        found.setdefault(key, _record(entry, chart))
    return list(found.values())


def _record(entry: Entry, chart: Chart) -> dict[str, str | int | float | None]:
    figure = entry.figure
    return {
        "REF_AREA": figure.area,
        "AREA_NAME": figure.area_name,
        "SERIES": figure.series,
        "SERIES_NAME": figure.series_name,
        "GROUP": figure.group,
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
        "COMPARABILITY": {"solid": "direct", "dashed": "indicative", "none": "not_comparable", None: ""}[entry.link],
        "SOURCE": figure.source,
        "SOURCE_TITLE": figure.source_title,
        "PUBLISHER": figure.publisher,
        "LICENCE": figure.licence,
        "LICENCE_STATE": figure.licence_state,
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


def origin_name(origin: Origin) -> str:
    """The origin in the language in use."""
    return _("official") if origin == "official" else _("community")


def absence_name(absence: Absence | None) -> str:
    """Why a figure is missing, in the language in use; empty for a figure that is there."""
    names: dict[Absence | None, str] = {
        None: "",
        "suppressed": _("suppressed to protect people"),
        "not_collected": _("not collected"),
        "not_disaggregated": _("not broken down for this group"),
        "not_published": _("collected but not published"),
    }
    return names[absence]


def link_name(link: Link | None) -> str:
    """How two figures may be compared, in the language in use; empty where nothing is compared."""
    names: dict[Link | None, str] = {
        None: "",
        "solid": _("directly comparable"),
        "dashed": _("indicative: compare with care"),
        "none": _("not comparable"),
    }
    return names[link]
