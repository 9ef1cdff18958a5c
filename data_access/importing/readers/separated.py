"""CSV in whatever shape: one sheet of cells, with what had to be decided."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from data_access.importing.readers.edges import without_empty_edges
from data_access.importing.readers.encodings import Encoding, decide
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.numerals import cells_of_column, decimal_mark
from data_access.importing.readers.problems import CellTooLong, EmptyFile, QuoteNotClosed, TooManyCells
from data_access.importing.workbook import Cell, Sheet

SEPARATORS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
"""Where two fit equally well the first is taken: a comma stands in texts and numbers too, a tab hardly."""
SAMPLE_ROWS = 300
LONGEST_CELL = 1_000_000
"""Characters; a coastline as text has a few hundred thousand."""
END = "\x00end"
"""Put after the last line: unless it comes out as a row of its own, a quotation mark was left open. No text has it."""
HINT = re.compile(r'"?sep=([\t;|,])"?[\r\n]*', re.I)
"""What some programs put into the first line for Excel, which does not show it."""

csv.field_size_limit(LONGEST_CELL)


def read_separated(file: str, content: bytes, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    """The one sheet, named as the file without its ending, and remarks (encoding, separator, decimal mark).

    Rows count as a spreadsheet shows them: a line break inside quotation marks begins no row, an empty line is one,
    and lines above the header are rows like others. Texts are kept to the letter.

    Raises NulBytes, UnknownEncoding, NotASpreadsheet, EmptyFile, QuoteNotClosed, CellTooLong or TooManyCells.
    """
    encoding = decide(file, content)
    remarks = [encoding.remark]
    with io.TextIOWrapper(io.BytesIO(content), encoding.codec, newline="") as lines:
        hint = HINT.fullmatch(lines.readline(80))
        if hint:
            separator = hint[1]
            remarks.append(f"Separator: {SEPARATORS[separator]}, as the first line says; that line is no row.")
        else:
            lines.seek(0)
            separator = _separator(lines)
            remarks.append(f"Separator: {SEPARATORS[separator]}." if separator else "Separator: none, a single column.")
            lines.seek(0)
        rows = _rows(file, lines, separator or ",", encoding, limits)
    if encoding.composed:
        remarks.append("Accents that stand apart in this encoding were put together with their letters.")
    cells, remark = _cells(rows, separator)
    if not cells:
        raise EmptyFile(file, "the file has no row with anything in it.")
    remarks += [remark] if remark else []
    return Sheet(file.rpartition(".")[0] or file, cells), tuple(remarks)


def _rows(file: str, lines: Iterable[str], separator: str, encoding: Encoding, limits: Limits) -> list[list[str]]:
    rows: list[list[str]] = []
    known: dict[str, str] = {}
    width, closed = 0, False
    reader = csv.reader(itertools.chain(lines, [END]), delimiter=separator)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise CellTooLong(file, f"a cell has more than {LONGEST_CELL:,} characters.", row=len(rows) + 1) from None
        if row is None:
            break
        if row and row[-1].endswith(END):
            closed = row == [END]
            break
        if encoding.composed:
            row = [unicodedata.normalize("NFC", text) for text in row]
        width = max(width, len(row))
        rows.append([known.setdefault(text, text) for text in row])
        if len(rows) > limits.rows or width > limits.columns or len(rows) * width > limits.cells:
            raise TooManyCells(
                file,
                f"the file has at least {len(rows):,} rows and {width:,} columns; at most {limits.rows:,} rows,"
                f" {limits.columns:,} columns and {limits.cells:,} cells are read.",
            )
    if not closed:
        raise QuoteNotClosed(file, "a quotation mark is opened in this row and never closed.", row=len(rows) + 1)
    for row in rows:
        row += [""] * (width - len(row))
    return rows


def _cells(rows: list[list[str]], separator: str) -> tuple[tuple[tuple[Cell, ...], ...], str]:
    """The rows with numbers as numbers, and what was decided about the decimal mark."""
    columns = [dict.fromkeys(column) for column in _columns(rows)]
    decided = decimal_mark(itertools.chain.from_iterable(columns), separator)
    meanings = [cells_of_column(column, decided.mark) for column in columns]
    cells: list[tuple[Cell, ...]] = [
        tuple([meaning[text] for meaning, text in zip(meanings, row, strict=True)]) for row in rows
    ]
    return without_empty_edges(cells), decided.remark


def _columns(rows: list[list[str]]) -> Iterator[Iterable[str]]:
    for number in range(len(rows[0]) if rows else 0):
        yield (row[number] for row in rows)


def _separator(lines: Iterable[str]) -> str:
    """The separator under which most of the first rows have the same number of cells, empty when none separates."""
    sample = list(itertools.islice(lines, SAMPLE_ROWS))
    best, agreeing = "", 0
    for separator in SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
        except csv.Error:
            continue
        agree = max((count for width, count in widths.items() if width > 1), default=0)
        if agree > agreeing:
            best, agreeing = separator, agree
    return best
