"""A chart's figures as files: CSV, and a workbook that explains itself."""

from __future__ import annotations

import csv as csv_files
import io
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter

from dashboard.charts.definitions import Chart
from dashboard.charts.table import drawn_figures, tidy
from dashboard.text import _

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_CREATED = datetime(2026, 1, 1)  # the same request gives the same bytes


def csv(chart: Chart) -> bytes:
    """The tidy figures as UTF-8 with a byte order mark (spreadsheets then read accents and scripts).

    A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers.
    """
    written = io.StringIO()
    writer = csv_files.writer(written, lineterminator="\r\n")
    frame = _with_context(chart)
    writer.writerow(frame.columns)
    for row in frame.itertuples(index=False):
        writer.writerow([_safe(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def xlsx(chart: Chart) -> bytes:
    """A workbook: About, Data, Dictionary, Sources. Texts are texts: no cell is a formula."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": chart.title, "subject": chart.subtitle, "created": _CREATED})
        bold = book.add_format({"bold": True})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        warning = book.add_format({"bold": True, "font_color": "#8A3A00"})
        for name, rows in _sheets(chart):
            sheet = book.add_worksheet(name)
            top = 0
            if chart.illustrative:
                sheet.write_string(0, 0, chart.illustrative, warning)
                top = 2
            for column, heading in enumerate(rows[0]):
                sheet.write(top, column, heading, bold)
            for number, row in enumerate(rows[1:], top + 1):
                for column, cell in enumerate(row):
                    _write(sheet, number, column, cell, wrap if name != "Data" else None)
            sheet.freeze_panes(top + 1, 0)
            sheet.set_column(0, len(rows[0]) - 1, 18 if name == "Data" else 40)
    return written.getvalue()


def _sheets(chart: Chart) -> list[tuple[str, list[list[Any]]]]:
    frame = tidy(chart)
    about = [
        [_("Item"), _("Text")],
        [_("Title"), chart.title],
        [_("Definition"), chart.subtitle],
        [_("In words"), chart.alt],
        *[[_("Note"), note] for note in chart.notes],
        [_("Sources"), chart.source_line],
        [_("View"), chart.view],
        [_("Language"), chart.language],
    ]
    sources: dict[str, list[Any]] = {}
    for _row, _note, f in drawn_figures(chart):
        sources.setdefault(f.source, [f.source, f.source_title, f.publisher, f.origin, f.licence, f.licence_state])
    heading = [_("Code"), _("Title"), _("Publisher"), _("Origin"), _("Licence"), _("State of the licence")]
    return [
        ("About", about),
        ("Data", [list(frame.columns), *frame.itertuples(index=False)]),
        ("Dictionary", [[_("Column"), _("Meaning")], *_dictionary()]),
        ("Sources", [heading, *sources.values()]),
    ]


def _dictionary() -> list[list[str]]:
    return [
        ["REF_AREA", _("area: ISO 3166-2 at level 1, OCHA p-code at level 2")],
        ["SERIES", _("what is measured")],
        ["GROUP", _("population group as DIMENSION=CATEGORY joined by |; _T is everyone")],
        ["TIME_PERIOD", _("year, or years of the survey")],
        ["OBS_VALUE", _("value; empty where ABSENCE says why")],
        ["LOWER_BOUND, UPPER_BOUND", _("95 % interval as published; empty means the uncertainty is unknown")],
        ["STD_ERR", _("standard error as published")],
        ["SAMPLE_SIZE", _("sample size; empty means unknown")],
        ["POPULATION", _("denominator; empty means unknown")],
        ["UNIT_MEASURE", _("PT per cent, PER_1000 rate, NUMBER count, SCORE score, INDEX index")],
        ["OBS_STATUS", _("A normal, U low reliability, M missing in the source, Q withheld")],
        ["ABSENCE", _("suppressed, not_collected, not_disaggregated or not_published")],
        ["ORIGIN", _("official or community")],
        ["ILLUSTRATIVE", _("True: the figure is invented and is no evidence")],
        ["COMPARABILITY", _("what may be said of the official and the community figure")],
        ["RELEASE, ROW", _("the file this figure was loaded from and its row there")],
    ]


def _with_context(chart: Chart) -> pd.DataFrame:
    """The tidy figures with the view they come from; attribution is columns, never stray rows."""
    return tidy(chart).assign(VIEW=chart.view)


def _write(sheet: Any, row: int, column: int, cell: Any, style: Any) -> None:
    if cell is None or (isinstance(cell, float) and cell != cell):
        sheet.write_blank(row, column, None, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell, style)
    else:
        sheet.write_number(row, column, float(cell), style)


def _safe(cell: Any) -> Any:
    if cell is None or (isinstance(cell, float) and cell != cell):
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell
