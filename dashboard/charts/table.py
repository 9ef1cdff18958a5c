"""The figures behind a chart as a table: in words for reading beside the picture, in codes for taking away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.definitions import Chart, GapChart, Link, MapChart, Mark, TrendChart
from dashboard.text import _
from dashboard.text.formats import absence_text, licence_text, origin_text, short_title, shown
from dashboard.text.recognition import recognition_codes, recognition_of
from dashboard.text.strength import held_down_text
from dashboard.theme import ABSENCE_STYLES
from data_access.figures import Absence, Figure
from data_access.measures.evidence_strength import Strength

Graded = Callable[[Figure], Strength | None]
"""How strong the evidence of a figure is, None where nothing can be graded."""


def ungraded(_figure: Figure) -> None:
    """For tables made apart from the product's own figures: no grade is known."""
    return


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
    area: str = ""
    """The code of an area that has no figure."""


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
                if not area.figures and area.absence is not None:
                    yield Entry(area.name, None, area.text, note=area.detail, absence=area.absence, area=area.code)
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


def table(chart: Chart, graded: Graded = ungraded) -> pd.DataFrame:
    """The chart's figures for reading: one row a figure, in words of the language in use; an area of a map without
    any figure stands there with the reason. ``graded`` gives the strength of evidence of each."""
    rows = [(*_cells(entry), *_strength_cells(entry, graded)) for entry in entries(chart)]
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
        _("Recognition"): "str",
        _("Illustrative"): "str",
        _("Source"): "str",
        _("Publisher"): "str",
        _("Comparability"): "str",
        _("Note"): "str",
        _("Why missing"): "str",
        _("Licence"): "str",
        _("Release"): "str",
        _("Row"): "Int64",
        _("Evidence"): "str",
        _("Held down by"): "str",
    }


def _strength_cells(entry: Entry, graded: Graded) -> tuple[str, str]:
    strength = graded(entry.figure) if entry.figure is not None else None
    return (strength.grade, held_down_text(strength)) if strength is not None else ("", "")


def _cells(entry: Entry) -> tuple[str | float | int | None, ...]:
    missing = absence_text(entry.absence) if entry.absence else ""
    value = f"{ABSENCE_STYLES[entry.absence].glyph} {entry.text}" if entry.absence else entry.text
    figure = entry.figure
    if figure is None:
        empty = [None] * 3
        return (entry.row, entry.row, "", "", value, *empty, *[""] * 7, entry.note, missing, "", "", None)
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
        recognition_of(figure),
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


def records(chart: Chart, graded: Graded = ungraded) -> list[dict[str, str | int | float | None]]:
    """The chart's figures in codes, each figure once: one dictionary a figure, SDMX names where SDMX has one.

    An area of a map without a figure is a record, too: what was looked for, no value, no source, and why it is absent.
    """
    found: dict[tuple[Figure, Link | None], dict[str, str | int | float | None]] = {}
    missing: list[Entry] = []
    for entry in entries(chart):
        if entry.figure is not None:
            found.setdefault((entry.figure, entry.link), _record(entry.figure, entry.link, chart, graded))
        else:
            missing.append(entry)
    rows = list(found.values())
    return rows + [_absent_record(entry, rows[0]) for entry in missing if rows]


_LOOKED_FOR = ("SERIES", "SERIES_NAME", "GROUP", "GROUP_NAME", "UNIT_MEASURE", "VIEW")
_MISSING_VALUE = "O"
"""SDMX OBS_STATUS: missing value."""


def _absent_record(entry: Entry, like: dict[str, str | int | float | None]) -> dict[str, str | int | float | None]:
    """The record of an area without a figure in a chart that has ``like`` for others."""
    numbers = ("OBS_VALUE", "LOWER_BOUND", "UPPER_BOUND", "STD_ERR", "SAMPLE_SIZE", "POPULATION", "ROW")
    return (
        {key: None if key in numbers else "" for key in like}
        | {key: like[key] for key in _LOOKED_FOR}
        | {
            "REF_AREA": entry.area,
            "AREA_NAME": entry.row,
            "OBS_STATUS": _MISSING_VALUE,
            "ABSENCE": entry.absence or "",
            "COMMENT_OBS": entry.note,
            "ILLUSTRATIVE": 0,
        }
    )


def _record(figure: Figure, link: Link | None, chart: Chart, graded: Graded) -> dict[str, str | int | float | None]:
    strength = graded(figure)
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
        "RECOGNITION": recognition_codes(figure),
        "COMPARABILITY": {"solid": "comparable", "dashed": "indicative", "none": "not_comparable", None: ""}[link],
        "EVIDENCE_STRENGTH": strength.grade if strength else "",
        "STRENGTH_HELD_DOWN_BY": "; ".join(c.name for c in strength.held_down_by) if strength else "",
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
