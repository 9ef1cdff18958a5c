"""Answers as they lie in a file: columns of text, one line a person, fetched only when they are asked for."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_access.importing.estimates.answers import Codes
from data_access.importing.estimates.xlsform import text
from data_access.importing.problems import FileProblem
from data_access.importing.readers.apart import contents
from data_access.importing.readers.encodings import decide
from data_access.importing.readers.limits import LIMITS
from data_access.importing.workbook import Sheet

HEAD_ROWS, EVERY = 2_000, 100
"""Lines of a long file that are looked through for identifiers: the first ones, and each hundredth after them."""
SEPARATORS, SAMPLE_ROWS = "\t;|,", 300
LINE = re.compile(r"CSV Error on Line: (\d+)")
LARGEST_CSV = 4_000_000_000
CHUNK = 1 << 20


@dataclass(frozen=True)
class Texts:
    """A column: ``codes`` of shape (n,) point into ``labels``, the different texts; -1 is an empty cell."""

    codes: Codes
    labels: tuple[str, ...]

    def first(self, label: int) -> int:
        """The line, from 0, in which a label stands first."""
        return int(np.argmax(self.codes == label))

    def counts(self) -> NDArray[np.int64]:
        """How many lines have each label."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.labels)).astype(np.int64)


@dataclass
class Grid:
    """One sheet of answers of ``size`` lines; ``first_row`` is the row of the first as a spreadsheet counts.

    ``read`` gives the texts of columns by position. ``looked_at`` has the header and the lines (of a CSV, some of them)
    that are searched for identifiers.
    """

    file: str
    sheet: str
    headers: tuple[str, ...]
    first_row: int
    size: int
    read: Callable[[Sequence[int]], list[Texts]]
    looked_at: Sheet
    held: dict[int, Texts] = field(default_factory=dict)

    def fetch(self, positions: Iterable[int]) -> None:
        """Read these columns together, which is one pass over a file."""
        wanted = [at for at in dict.fromkeys(positions) if at not in self.held]
        if wanted:
            self.held |= dict(zip(wanted, self.read(wanted), strict=True))

    def column(self, position: int) -> Texts:
        """The texts of one column."""
        self.fetch([position])
        return self.held[position]


def grid_of_sheet(file: str, sheet: Sheet, header_row: int, first_row: int | None = None) -> Grid:
    """A sheet of a workbook that was read already; empty lines at its end are none."""
    at = header_row - sheet.first_row
    headers = tuple(text(cell) for cell in sheet.rows[at]) if 0 <= at < len(sheet.rows) else ()
    start = max((first_row or header_row + 1) - sheet.first_row, 0)
    lines = list(sheet.rows[start:])
    while lines and not any(text(cell) for cell in lines[-1]):
        lines.pop()

    def read(positions: Sequence[int]) -> list[Texts]:
        return [_numbered(text(row[position]) for row in lines) for position in positions]

    return Grid(file, sheet.name, headers, start + sheet.first_row, len(lines), read, sheet)


def grid_of_csv(
    path: Path, connection: duckdb.DuckDBPyConnection, folder: Path, header_row: int, first_row: int | None = None
) -> Grid:
    """A CSV that DuckDB reads where it lies; one in another encoding than UTF-8 from a copy in the private ``folder``.

    Of its lines only the columns that are fetched ever come into memory. Raises FileProblem.
    """
    plain = _as_utf8(path, folder)
    start = first_row or header_row + 1
    with plain.open(encoding="utf-8-sig", newline="") as lines:
        separator = _separator(list(islice(lines, SAMPLE_ROWS)))
        lines.seek(0)
        header, kept, skipped = _beginning(path, lines, separator, header_row, start)
    width = len(header)

    def asked(query: str) -> duckdb.DuckDBPyConnection:
        names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width))
        rows = (
            f"read_csv(?, header=false, auto_detect=false, columns={{{names}}}, skip={skipped}, delim=?, quote='\"', "
            "escape='\"', null_padding=true, parallel=false)"
        )
        try:
            return connection.execute(query.format(rows=rows), [str(plain), separator])
        except duckdb.Error as error:
            raise _not_alike(path, plain, error, width) from None

    def read(positions: Sequence[int]) -> list[Texts]:
        found: pa.Table = asked(f"SELECT {', '.join(f'c{i}' for i in positions)} FROM {{rows}}").to_arrow_table()
        return [_of_arrow(found.column(i)) for i in range(found.num_columns)]

    size = 0
    if width:
        later = f"list([{', '.join(f'c{i}' for i in range(width))}]) FILTER (line > {HEAD_ROWS} AND line % {EVERY} = 0)"
        numbered = "SELECT *, row_number() OVER () AS line FROM {rows}"
        size, some = asked(f"SELECT count(*), {later} FROM ({numbered})").fetchone() or (0, None)
        kept += [tuple(cell or "" for cell in row) for row in some or ()]
    return Grid(path.name, path.stem, header, start, size, read, Sheet(path.stem, tuple(kept)))


def _beginning(
    path: Path, lines: Iterable[str], separator: str, header_row: int, start: int
) -> tuple[tuple[str, ...], list[tuple[Any, ...]], int]:
    """The header, the first rows (padded to one width), and how many lines of text come before the answers."""
    reader = csv.reader(lines, delimiter=separator)
    header: tuple[str, ...] = ()
    kept: list[tuple[Any, ...]] = []
    number, skipped = 0, 0
    try:
        for number, row in enumerate(islice(reader, max(HEAD_ROWS, start) + 1), 1):
            if number == header_row:
                header = tuple(cell.strip() for cell in row)
            if number == start - 1:
                skipped = reader.line_num
            kept.append(tuple(row))
    except csv.Error as error:
        raise FileProblem(path, f"the row cannot be read ({error}).", "Export it again.", row=number + 1) from None
    width = max(map(len, kept), default=0)
    return header, [(*row, *("",) * (width - len(row))) for row in kept], skipped


def _not_alike(path: Path, plain: Path, error: duckdb.Error, width: int) -> FileProblem:
    """What DuckDB says of a row that does not fit, with its row where it names it."""
    said = str(error)
    line = LINE.search(said)
    what = f"the rows are not all alike ({said.splitlines()[0].replace(str(plain), path.name)})."
    if "Expected Number of Columns" in said:
        what = f"the row has more cells than the header, which has {width}."
    return FileProblem(path, what, "Export it again.", row=int(line[1]) if line else None)


def _as_utf8(path: Path, folder: Path) -> Path:
    """The file itself where it is UTF-8, or else a copy that is."""
    if path.stat().st_size > LARGEST_CSV:
        raise FileProblem(path, f"the file has more than {LARGEST_CSV:,} bytes.", "Take out columns that are not used.")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                decoder.decode(chunk)
                if b"\x00" in chunk:
                    break
            else:
                return path
    except UnicodeDecodeError:
        pass
    content = contents(path, LIMITS)
    copy = folder / "answers.csv"
    copy.write_text(content.decode(decide(path.name, content).codec), encoding="utf-8", newline="")
    return copy


def _separator(sample: Sequence[str]) -> str:
    """The separator under which most lines have the same number of cells; a comma where there is one column."""
    best, agreeing = ",", 0
    for separator in SEPARATORS:
        widths = Counter(len(row) for row in csv.reader(sample, delimiter=separator))
        agree = max((count for width, count in widths.items() if width > 1), default=0)
        if agree > agreeing:
            best, agreeing = separator, agree
    return best


def _numbered(cells: Iterable[str]) -> Texts:
    known: dict[str, int] = {}
    codes = [known.setdefault(cell, len(known)) if cell else -1 for cell in cells]
    return Texts(np.array(codes, dtype=np.int64), tuple(known))


def _of_arrow(column: pa.ChunkedArray) -> Texts:
    encoded = column.combine_chunks().dictionary_encode()
    trimmed = pc.utf8_trim_whitespace(encoded.dictionary)
    labels: list[str] = trimmed.to_pylist()
    codes = encoded.indices.fill_null(len(labels)).to_numpy(zero_copy_only=False)
    if trimmed.equals(encoded.dictionary) and "" not in labels:
        return Texts(np.where(codes == len(labels), -1, codes).astype(np.int64), tuple(labels))
    places = {label: i for i, label in enumerate(dict.fromkeys(label for label in labels if label))}
    into = [places[label] if label else -1 for label in labels]
    return Texts(np.array([*into, -1], dtype=np.int64)[codes], tuple(places))
