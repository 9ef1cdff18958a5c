"""XLSX, XLS and ODS as sheets of cells, after they were examined. Meant for a process of its own."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import date, time, timedelta
from typing import Literal
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from data_access.importing.readers import office_open_xml, open_document, shown
from data_access.importing.readers.archive import open_archive
from data_access.importing.readers.edges import without_empty_edges
from data_access.importing.readers.extent import Extent
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.problems import DamagedFile, MacroFile, PasswordProtected, TooManyCells
from data_access.importing.workbook import Cell, Sheet

LARGEST_WHOLE = 2**53
"""Up to here a spreadsheet's number is exact, and a whole one is an int."""
ERRORS_LOST = "XLS: cells in error (such as #REF! or #DIV/0!) are read as empty."

Raw = str | float | int | bool | date | time | timedelta


def read_spreadsheet(
    file: str, content: bytes, kind: Literal["xlsx", "xls", "ods"], limits: Limits
) -> tuple[tuple[Sheet, ...], tuple[str, ...]]:
    """The sheets, and remarks.

    Whole numbers are int, other numbers float, dates date or datetime; times of day and durations are text, and so
    are cells in error ("#REF!"). Charts are left out, with a remark.

    Raises the errors of ``examine``, PasswordProtected, MacroFile, TooManyCells or DamagedFile.
    """
    extents: Mapping[str, Extent] = {}
    remarks = [ERRORS_LOST] if kind == "xls" else []
    if kind == "xlsx":
        extents = office_open_xml.examine(file, content, limits)
        remarks += _shown(file, content)
    elif kind == "ods":
        extents = open_document.examine(file, content, limits)
    sheets: list[Sheet] = []
    cells = 0
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            if len(book.sheets_metadata) > limits.sheets:
                raise TooManyCells(
                    file, f"the workbook has {len(book.sheets_metadata):,} sheets; at most {limits.sheets} are read."
                )
            for index, about in enumerate(book.sheets_metadata):
                if about.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba):
                    raise MacroFile(file, f"sheet {about.name!r} holds macros (programs).")
                if about.typ != SheetTypeEnum.WorkSheet:
                    remarks.append(f"Sheet {about.name!r} is a chart and was left out.")
                    continue
                laid_out = book.get_sheet_by_index(index)
                width = laid_out.width + (laid_out.start or (0, 0))[1]
                cells += laid_out.height * width
                if cells > limits.spreadsheet_cells or width > limits.columns:
                    raise TooManyCells(
                        file,
                        f"with sheet {about.name!r} it has {cells:,} cells; {limits.spreadsheet_cells:,} are read.",
                    )
                hidden = about.visible != SheetVisibleEnum.Visible
                extent = extents.get(about.name) or Extent(about.name)
                remarks += extent.remarks()
                sheets.append(_sheet(laid_out, extent, hidden=hidden))
    except PasswordError:
        raise PasswordProtected(file, "the file is protected with a password.") from None
    except CalamineError as error:
        raise DamagedFile(file, f"the workbook cannot be read ({str(error)[:200]}).") from None
    return tuple(sheets), tuple(remarks)


def _shown(file: str, content: bytes) -> list[str]:
    """Remarks on what the workbook shows otherwise than it holds; none where its styles cannot be understood."""
    try:
        with open_archive(file, content) as archive:
            names = office_open_xml.sheet_names(file, archive)
        return list(shown.remarks_on(file, content, names))
    except (ExpatError, UnicodeDecodeError, BadZipFile):
        return []


def _sheet(laid_out: CalamineSheet, extent: Extent, *, hidden: bool) -> Sheet:
    top, left = laid_out.start or (0, 0)
    known: dict[str, str] = {}
    before: tuple[Cell, ...] = (None,) * left
    rows = [before + tuple([_cell(value, known) for value in raw]) for raw in laid_out.to_python()]
    for (row, column), error in extent.errors.items():
        if 0 <= row - 1 - top < len(rows) and column <= len(rows[row - 1 - top]):
            cells = list(rows[row - 1 - top])
            cells[column - 1] = error
            rows[row - 1 - top] = tuple(cells)
    merged = laid_out.merged_cell_ranges
    return Sheet(
        laid_out.name,
        without_empty_edges(rows),
        first_row=top + 1,
        merged=tuple((t + 1, l + 1, b + 1, r + 1) for (t, l), (b, r) in merged)  # noqa: E741
        if merged is not None
        else tuple(extent.merged),
        hidden=hidden,
    )


def _cell(value: Raw, known: dict[str, str]) -> Cell:
    if isinstance(value, str):
        return known.setdefault(value, value) if value else None
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) <= LARGEST_WHOLE else value
    if isinstance(value, (time, timedelta)):
        return str(value)
    return value
