"""The matrix as files: one line a cell, in codes for machines and in a workbook for people. Same matrix, same bytes."""

from __future__ import annotations

import csv as csv_format
import io

import pandas as pd
import xlsxwriter

from dashboard.charts import downloads
from dashboard.charts.downloads import Cell
from dashboard.charts.matrix import MatrixChart
from dashboard.text import _


def records(chart: MatrixChart) -> list[dict[str, Cell]]:
    """One dictionary a cell, row by row."""
    return [
        {
            "SERIES": cell.series,
            "GROUP": cell.group or "_T",
            "REF_AREA": cell.area,
            "ROW_NAME": row.label,
            "COLUMN_NAME": column,
            "STATE": cell.shown,
            "GAP": int(cell.gap),
            "NEWEST_OFFICIAL": cell.years[0] or None,
            "NEWEST_COMMUNITY": cell.years[1] or None,
            "PARTS_OF_COUNTRY_ONLY": int(cell.below),
            "REASON": cell.reason,
            "REASON_IN_WORDS": cell.reason_words,
            "EXPECTED": cell.expected,
            "ONLY_ILLUSTRATIVE_FIGURES": int(cell.illustrative),
            "VIEW": chart.view,
        }
        for row in chart.rows
        for column, cell in zip(chart.columns, row.cells, strict=True)
    ]


def csv(chart: MatrixChart) -> bytes:
    """UTF-8 with a byte order mark; no text that a spreadsheet takes for a formula."""
    lines = records(chart)
    text = io.StringIO(newline="")
    writer = csv_format.writer(text, lineterminator="\r\n")
    writer.writerow(list(lines[0]) if lines else [])
    for line in lines:
        writer.writerow(
            f"'{cell}" if isinstance(cell, str) and cell.startswith(downloads.FORMULA_STARTS) else cell
            for cell in line.values()
        )
    return text.getvalue().encode("utf-8-sig")


def xlsx(chart: MatrixChart) -> bytes:
    """A workbook: About, Matrix (as on screen, in words), Cells (one line each) and what the columns mean."""
    lines = records(chart)
    book_bytes = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(book_bytes, options) as book:
        book.set_properties({"title": chart.title, "subject": chart.subtitle, "created": downloads.CREATED})
        sheets = downloads.Sheets(book, chart.illustrative)
        about: list[list[Cell]] = [
            [_("Title"), chart.title],
            [_("Definition"), chart.subtitle],
            [_("In words"), chart.alt],
            [_("Sources"), chart.source_line],
        ]
        about += [[_("Note"), note] for note in chart.notes]
        about.append([_("View"), chart.view])
        sheets.add("About", None, about, (22, 110))
        grid: list[list[Cell]] = [[row.label, *(cell.word for cell in row.cells)] for row in chart.rows]
        sheets.add("Matrix", [chart.corner, *chart.columns], grid, (50, *[16] * len(chart.columns)))
        header = list(lines[0]) if lines else []
        sheets.add("Cells", header, [list(line.values()) for line in lines], [max(12, len(h) + 3) for h in header])
        sheets.add("Dictionary", [_("Column"), _("Meaning")], _dictionary(), (28, 110))
    return book_bytes.getvalue()


def table(chart: MatrixChart) -> pd.DataFrame:
    """The matrix in words, for reading: one row an indicator, one column a group."""
    return pd.DataFrame(
        {
            chart.corner: [row.label for row in chart.rows],
            **{column: [row.cells[number].word for row in chart.rows] for number, column in enumerate(chart.columns)},
        }
    )


def _dictionary() -> list[list[Cell]]:
    return [
        ["STATE", _("both, official, community: who has a current figure; outdated: only older ones; neither: nobody")],
        ["GAP", _("1: a breakdown that the SDG framework asks for, and nobody has a current figure")],
        ["NEWEST_OFFICIAL", _("Year of the newest official figure; empty means none is held")],
        ["NEWEST_COMMUNITY", _("Year of the newest real community figure; empty means none is held")],
        ["PARTS_OF_COUNTRY_ONLY", _("1: there are figures for parts of the country, none for all of it")],
        ["REASON", _("Why there is no current figure, as far as it is recorded")],
        ["EXPECTED", _("Why the breakdown is expected: named in the indicator, or the principle of the framework")],
        ["ONLY_ILLUSTRATIVE_FIGURES", _("1: invented sample figures exist, which cover nothing")],
    ]
