"""CSV in whatever shape: one sheet of cells, with what had to be decided."""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterable

from data_access.importing.readers.edges import grid_without_empty_edges
from data_access.importing.readers.encodings import Encoding, decide
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.numerals import cells_of_column, decimal_mark
from data_access.importing.readers.problems import CellTooLong, EmptyFile, QuoteNotClosed, TooManyCells
from data_access.importing.workbook import Grid, GridColumn, Sheet

SEPARATORS = {"\t": "tab", ";": "semicolon", "|": "bar", ",": "comma"}
"""Where two fit equally well the first is taken: a comma stands in texts and numbers too, a tab hardly."""
SAMPLE_ROWS = 300
ROWS_AT_ONCE = 10_000
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
        columns = _columns(file, lines, separator or ",", encoding, limits)
    if encoding.composed:
        remarks.append("Accents that stand apart in this encoding were put together with their letters.")
    cells, remark = _cells(columns, separator)
    if not len(cells):
        raise EmptyFile(file, "the file has no row with anything in it.")
    remarks += [remark] if remark else []
    return Sheet(file.rpartition(".")[0] or file, cells), tuple(remarks)


class _Column(dict[str, int]):
    """The distinct texts of a column, numbered in the order they came, and of every row the number of its own."""

    def __init__(self, blank: int) -> None:
        super().__init__()
        self.codes = array("i", [self[""]] * blank if blank else [])

    def __missing__(self, text: str) -> int:
        self[text] = number = len(self)
        return number


def _columns(
    file: str, lines: Iterable[str], separator: str, encoding: Encoding, limits: Limits
) -> list[tuple[list[str], array[int]]]:
    """For each column its distinct texts, and for every row which of them it has; short rows filled up with blanks."""
    columns: list[_Column] = []
    waiting: list[list[str]] = []
    count, width, closed = 0, 0, False
    reader = csv.reader(itertools.chain(lines, [END]), delimiter=separator)
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise CellTooLong(file, f"a cell has more than {LONGEST_CELL:,} characters.", row=count + 1) from None
        if row is None:
            break
        if row and row[-1].endswith(END):
            closed = row == [END]
            break
        if encoding.composed:
            row = [unicodedata.normalize("NFC", text) for text in row]
        width = max(width, len(row))
        count += 1
        waiting.append(row)
        if count > limits.rows or width > limits.columns or count * width > limits.cells:
            raise TooManyCells(
                file,
                f"the file has at least {count:,} rows and {width:,} columns; at most {limits.rows:,} rows,"
                f" {limits.columns:,} columns and {limits.cells:,} cells are read.",
            )
        if len(waiting) == ROWS_AT_ONCE:
            _add(columns, waiting, width, count - len(waiting))
            waiting = []
    if not closed:
        raise QuoteNotClosed(file, "a quotation mark is opened in this row and never closed.", row=count + 1)
    _add(columns, waiting, width, count - len(waiting))
    return [(list(column), column.codes) for column in columns]


def _add(columns: list[_Column], rows: list[list[str]], width: int, before: int) -> None:
    """Add ``rows`` to the columns, of which there shall be ``width``; ``before`` rows are in them already."""
    columns += [_Column(before) for _ in range(width - len(columns))]
    filled = itertools.chain(
        itertools.zip_longest(*rows, fillvalue=""), itertools.repeat(itertools.repeat("", len(rows)))
    )
    for column, texts in zip(columns, filled, strict=False):
        column.codes.extend(map(column.__getitem__, texts))


def _cells(columns: list[tuple[list[str], array[int]]], separator: str) -> tuple[Grid, str]:
    """The rows with numbers as numbers, and what was decided about the decimal mark."""
    decided = decimal_mark(itertools.chain.from_iterable(texts for texts, _ in columns), separator)
    made: list[GridColumn] = []
    for number, (texts, codes) in enumerate(columns):
        meanings = cells_of_column(texts, decided.mark)
        made.append(GridColumn(codes, [meanings[text] for text in texts]))
        columns[number] = ([], codes)  # so that its texts need not wait for the other columns
    return grid_without_empty_edges(made), decided.remark


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
