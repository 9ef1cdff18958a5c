"""The figures of a chart as files: CSV for machines, a workbook for people. Same chart, same bytes.

Text from the figures can never become a formula: in the workbook it is written as text, in CSV a text that begins
like a formula gets a leading apostrophe. Numbers stay numbers.
"""

from __future__ import annotations

import csv as csv_format
import io
import re
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

from dashboard.charts.definitions import Chart
from dashboard.charts.table import Graded, entries, link_text, records, ungraded
from dashboard.text import _
from dashboard.text.formats import absence_text, origin_text
from dashboard.text.recognition import EVENT_MARKS, NONE_RECORDED, recognition_badge, recognition_of, recognition_word
from data_access.figures import ABSENCES, Figure

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
CREATED = datetime(2000, 1, 1)
"""Written into every workbook instead of the time of day, so that the same figures give the same bytes."""

Cell = str | int | float | None


def file_name(chart: Chart, extension: str) -> str:
    """A file name from the chart's id, safe on every system: ``gaps-KEN-facility-birth.csv``."""
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", chart.id).strip("-") or "chart"
    return f"{stem}.{extension}"


def csv(chart: Chart, graded: Graded = ungraded) -> bytes:
    """The figures with codes, licence, warning and file row in columns: a header and one line a figure.

    UTF-8 with a byte order mark, without which spreadsheets garble every script but Latin; lines end as RFC 4180
    has it. A text that begins like a formula has a leading apostrophe.
    """
    lines = records(chart, graded)
    text = io.StringIO(newline="")
    writer = csv_format.writer(text, lineterminator="\r\n")
    writer.writerow(list(lines[0]) if lines else [])
    writer.writerows([_harmless(cell) for cell in line.values()] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def xlsx(chart: Chart, graded: Graded = ungraded) -> bytes:
    """A workbook with the sheets About, Data, Dictionary and Sources; the warning of invented figures on each."""
    lines = records(chart, graded)
    book_bytes = io.BytesIO()
    book = xlsxwriter.Workbook(
        book_bytes,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": chart.title, "subject": chart.subtitle, "created": CREATED})
    sheets = Sheets(book, chart.illustrative)
    sheets.add("About", None, _about(chart), (22, 110))
    header = list(lines[0]) if lines else []
    sheets.add("Data", header, [list(line.values()) for line in lines], tuple(_widths(header)))
    sheets.add("Dictionary", [_("Column"), _("Meaning")], _dictionary(), (20, 110))
    sheets.add("Sources", _source_header(), _sources(chart), (26, 50, 40, 14, 34, 50, 20, 36, 14))
    book.close()
    return book_bytes.getvalue()


class Sheets:
    """The sheets of one workbook, laid out alike: warning, header, rows."""

    def __init__(self, book: xlsxwriter.Workbook, warning: str) -> None:
        self._book = book
        self._warning = warning
        self._bold = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._alarm = book.add_format({"bold": True, "font_color": "#8A3A00"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def add(
        self, name: str, header: Sequence[str] | None, rows: Sequence[Sequence[Cell]], widths: Sequence[int]
    ) -> None:
        """A sheet; its name is not translated, so that a script finds it in every language."""
        sheet = self._book.add_worksheet(name)
        for column, wide in enumerate(widths):
            sheet.set_column(column, column, wide, self._wrapped)
        top = 0
        if self._warning:
            sheet.write_string(0, 0, self._warning, self._alarm)
            top = 2
        if header:
            for column, title in enumerate(header):
                sheet.write_string(top, column, title, self._bold)
            sheet.freeze_panes(top + 1, 0)
            if rows:
                sheet.autofilter(top, 0, top + len(rows), len(header) - 1)
            top += 1
        for number, row in enumerate(rows, start=top):
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                elif cell is not None:
                    sheet.write_number(number, column, cell)


def _widths(header: Sequence[str]) -> list[int]:
    wide = {"AREA_NAME": 22, "SERIES_NAME": 34, "GROUP_NAME": 24, "COMMENT_OBS": 40, "SOURCE_TITLE": 40}
    return [wide.get(column, max(12, len(column) + 3)) for column in header]


def _about(chart: Chart) -> list[list[Cell]]:
    said = [
        (_("Title"), chart.title),
        (_("Definition"), chart.subtitle),
        (_("In words"), chart.alt),
        (_("Sources"), chart.source_line),
        *[(_("Note"), note) for note in chart.notes],
        (_("View"), chart.view),
        (_("Language"), chart.language),
    ]
    return [[name, words] for name, words in said if words]


def _dictionary() -> list[list[Cell]]:
    absences = "; ".join(f"{absence} = {absence_text(absence)}" for absence in ABSENCES)
    comparable = "; ".join(
        (
            f"direct = {link_text('solid')}",
            f"indicative = {link_text('dashed')}",
            f"not_comparable = {link_text('none')}",
        )
    )
    states = "; ".join(f"{event} = {recognition_word(event)}" for event in EVENT_MARKS)
    recognitions = f"{states}; {NONE_RECORDED} = {recognition_badge(())}"
    return [
        ["REF_AREA", _("Code of the area: ISO 3166-2 at level 1, OCHA p-code at level 2")],
        ["AREA_NAME", _("Name of the area")],
        ["SERIES", _("Code of the indicator")],
        ["SERIES_NAME", _("Name of the indicator")],
        ["GROUP", _("Code of the group of people, DIMENSION=CATEGORY joined by |; _T means everyone")],
        ["GROUP_NAME", _("Name of the group of people")],
        ["TIME_PERIOD", _("Year or years the figure is about, as the source writes it")],
        ["OBS_VALUE", _("The figure; empty when it is missing, see ABSENCE")],
        ["LOWER_BOUND", _("Lower end of the 95 % interval the source published; empty means unknown")],
        ["UPPER_BOUND", _("Upper end of the 95 % interval the source published; empty means unknown")],
        ["STD_ERR", _("Standard error the source published; empty means unknown")],
        ["SAMPLE_SIZE", _("People or households asked (n); empty means unknown, never zero")],
        ["POPULATION", _("People the figure stands for; empty means unknown, never zero")],
        ["UNIT_MEASURE", _("Unit of the figure; PT is percent")],
        ["OBS_STATUS", _("Status as in SDMX: A normal, U low reliability, and others")],
        ["ABSENCE", _("Why the figure is missing: {reasons}").format(reasons=absences)],
        ["COMMENT_OBS", _("Remark on the figure, as recorded with its source")],
        [
            "ORIGIN",
            _("Who counted: official = {official}; community = {community}").format(
                official=origin_text("official"), community=origin_text("community")
            ),
        ],
        ["RECOGNITION", _("What each official body last did with the source: {states}").format(states=recognitions)],
        ["COMPARABILITY", _("Whether official and community may be compared: {grades}").format(grades=comparable)],
        ["EVIDENCE_STRENGTH", _("Computed strength of the evidence of this figure, A (strong) to D (weak)")],
        ["STRENGTH_HELD_DOWN_BY", _("What kept the strength from being better; empty for A")],
        ["SOURCE", _("Code of the source")],
        ["SOURCE_TITLE", _("Title of the source")],
        ["PUBLISHER", _("Who published the source")],
        ["LICENCE", _("Terms under which the figure may be used")],
        ["LICENCE_STATE", _("Whether these terms are verified")],
        ["CAVEATS", _("What the source says one must be careful about")],
        ["ILLUSTRATIVE", _("1: invented to show how the product works, not evidence; 0: real")],
        ["WARNING", _("The words to repeat wherever an invented figure is shown")],
        ["RELEASE", _("The file the figure was read from")],
        ["ROW", _("Line of that file; its header is line 1")],
        ["VIEW", _("Link or code that brings back the same view")],
    ]


def _source_header() -> list[str]:
    return [
        _("Source"),
        _("Title"),
        _("Publisher"),
        _("Origin"),
        _("Recognition"),
        _("Licence"),
        _("State of the licence"),
        _("Caveats"),
        _("Release"),
        _("Figures used"),
    ]


def _sources(chart: Chart) -> list[list[Cell]]:
    used: dict[tuple[str, str], list[Figure]] = {}
    for entry in entries(chart):
        if entry.figure is not None:
            used.setdefault((entry.figure.source, entry.figure.release), []).append(entry.figure)
    return [
        [
            source,
            figures[0].source_title,
            figures[0].publisher,
            origin_text(figures[0].origin),
            recognition_of(figures[0]) or _("not asked of official sources"),
            figures[0].licence,
            figures[0].licence_state,
            figures[0].caveats,
            release,
            len(set(figures)),
        ]
        for (source, release), figures in used.items()
    ]
