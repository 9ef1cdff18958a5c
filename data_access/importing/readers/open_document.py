"""Before an ODS is parsed: unpacked within limits, every cell's place, repetition and span looked at."""

from __future__ import annotations

from xml.parsers.expat import ExpatError

from data_access.importing.readers.archive import check_sizes, open_archive
from data_access.importing.readers.elements import walk
from data_access.importing.readers.extent import Extent, place
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.problems import DamagedFile, UnreadableFile

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
VALUE_TYPE_SHOWN = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def examine(file: str, content: bytes, limits: Limits) -> dict[str, Extent]:
    """The extent of each sheet, by name, with merged cells and cells in error.

    Raises ZipBomb, FileTooLarge, CellFarAway, TooManyCells, EntitiesDeclared or DamagedFile.
    """
    with open_archive(file, content) as archive:
        check_sizes(file, archive, limits)
        sheets = _Sheets()
        try:
            with archive.open("content.xml") as stream:
                walk(file, stream, sheets.start, sheets.end, sheets.text)
        except UnreadableFile:
            raise
        except ExpatError as error:
            raise DamagedFile(file, f"content.xml in it is not well formed ({error}).") from None
        except Exception:  # zipfile, zlib and struct raise many kinds of error at a broken part
            raise DamagedFile(file, "a part of the file cannot be unpacked: it is cut off or broken.") from None
    for extent in sheets.found:
        extent.check(file, limits)
    return {extent.sheet: extent for extent in sheets.found}


class _Sheets:
    """Follows the elements of content.xml and keeps the extents found."""

    def __init__(self) -> None:
        self.found: list[Extent] = []
        self.sheet = Extent("")
        self.row = self.down = self.column = self.across = 0
        self.cell: dict[str, str] = {}
        self.depth = 0
        """How deep inside a cell: a cell may hold drawings, and those tables of their own."""
        self.words: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth:
            self.depth += 1
        elif name == f"{TABLE}table":
            self.sheet = Extent(attributes.get(f"{TABLE}name", ""))
            self.found.append(self.sheet)
            self.row, self.down = 1, 0
        elif name == f"{TABLE}table-row":
            self.row += self.down
            self.down = _times(attributes, "number-rows-repeated")
            self.column, self.across = 1, 0
        elif name in CELLS:
            self.column += self.across
            self.across = _times(attributes, "number-columns-repeated")
            self.cell, self.words, self.depth = attributes, [], 1

    def end(self, name: str) -> None:
        if not self.depth:
            return
        self.depth -= 1
        if self.depth or name not in CELLS:
            return
        words = "".join(self.words)
        if f"{OFFICE}value-type" in self.cell or words:
            right = self.column + self.across - 1
            self.sheet.add_area(self.row, self.row + self.down - 1, right, filled=self.down * self.across)
        elif f"{TABLE}formula" in self.cell:
            self.sheet.uncomputed.append(place(self.row, self.column))
        if self.cell.get(VALUE_TYPE_SHOWN) == "error" and words and self.down == self.across == 1:
            self.sheet.errors[self.row, self.column] = words
        wide, high = _times(self.cell, "number-columns-spanned"), _times(self.cell, "number-rows-spanned")
        if wide > 1 or high > 1:
            self.sheet.merged.append((self.row, self.column, self.row + high - 1, self.column + wide - 1))

    def text(self, text: str) -> None:
        if self.depth:
            self.words.append(text.strip())


def _times(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(TABLE + name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 12 else 1
