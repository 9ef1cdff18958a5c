"""Entries as files to take away: CSV for machines, a workbook for people, through the writers of the charts."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from dashboard.charts.downloads import CREATED, FORMULA_STARTS, Cell, Sheets
from dashboard.text import _

Line = Mapping[str, Cell]
"""A row of a table by column; every line of one table has the same columns."""

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def warning(lines: Sequence[Line]) -> str:
    """What stands at the head of a file in which a line is invented; empty otherwise."""
    if any(line.get("ILLUSTRATIVE") for line in lines):
        return _("ILLUSTRATIVE: contains invented entries that show how this product works. Not evidence.")
    return ""


def lines_csv(lines: Sequence[Line]) -> bytes:
    """The lines as CSV: UTF-8 with a byte order mark, RFC 4180 line ends, no cell that a spreadsheet would run."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(list(lines[0]) if lines else [])
    writer.writerows([_harmless(cell) for cell in line.values()] for line in lines)
    return text.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def lines_xlsx(title: str, lines: Sequence[Line], about: Sequence[str] = ()) -> bytes:
    """The lines as a workbook with the sheets About and Data; the warning of invented entries on both."""
    import xlsxwriter

    book_bytes = io.BytesIO()
    book = xlsxwriter.Workbook(
        book_bytes,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": CREATED})
    sheets = Sheets(book, warning(lines))
    sheets.add("About", None, [[_("Title"), title], *([_("Note"), note] for note in about)], (22, 110))
    header = list(lines[0]) if lines else []
    sheets.add("Data", header, [list(line.values()) for line in lines], [max(12, len(name) + 3) for name in header])
    book.close()
    return book_bytes.getvalue()
