"""Before an XLSX is parsed: every part unpacked within limits, every cell's place looked at."""

from __future__ import annotations

import html
import posixpath
import re
import zipfile
from collections import Counter
from operator import itemgetter
from xml.parsers.expat import ExpatError

from data_access.importing.readers.archive import check_sizes, open_archive
from data_access.importing.readers.elements import walk
from data_access.importing.readers.extent import Extent
from data_access.importing.readers.limits import Limits
from data_access.importing.readers.problems import DamagedFile, UnreadableFile

CHUNK = 1 << 20
LONGEST_CELL = 4 * CHUNK
WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet[\s>]")
CELL = re.compile(
    rb"<(?:\w+:)?(c|row)(?=[\s>])(?:[^>]*?\sr\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,9})[\"'])?[^>]*(?<!/)>(?!</)"
)
"""The start of a row or cell that is not empty, with its place where it says one."""
ERROR_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*\bt\s*=\s*[\"']e[\"'][^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.S)
WHOLE_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.S)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
RESULT = re.compile(rb"<(?:\w+:)?(?:v|is)[\s/>]")
REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,9})[\"']")
VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)<")
Found = tuple[bytes, bytes, bytes]
"""What ``CELL`` finds: "row" or "c", the column's letters, the row's digits."""
RELATIONSHIP_ID = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"


def examine(file: str, content: bytes, limits: Limits) -> dict[str, Extent]:
    """The extent of each worksheet, by sheet name.

    A sheet's own ``dimension`` is not believed: many programs write the whole grid there. Only cells count.
    Raises ZipBomb, FileTooLarge, CellFarAway, TooManyCells or DamagedFile.
    """
    with open_archive(file, content) as archive:
        check_sizes(file, archive, limits)
        try:
            names = sheet_names(file, archive)
            extents = [_scan(file, archive, part, names.get(part.filename.lower(), "")) for part in archive.infolist()]
        except UnreadableFile:
            raise
        except Exception:  # zipfile, zlib and struct raise many kinds of error at a broken part
            raise DamagedFile(file, "a part of the file cannot be unpacked: it is cut off or broken.") from None
    found = [extent for extent in extents if extent is not None]
    for extent in found:
        extent.check(file, limits)
    return {extent.sheet: extent for extent in found}


def _scan(file: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, sheet: str) -> Extent | None:
    """The extent of a worksheet; None for another part, which is unpacked all the same to see that it can be."""
    with archive.open(part) as stream:
        start = stream.read(CHUNK)
        if not WORKSHEET.search(start[:8192]):
            while stream.read(CHUNK):
                pass
            return None
        extent = Extent(sheet or part.filename)
        at = (0, 0)
        rest, chunk = b"", start
        while rest or chunk:
            text = rest + chunk
            chunk_after = stream.read(CHUNK)
            cut = len(text) if not chunk_after or len(text) > LONGEST_CELL else _last_cell(text)
            text, rest, chunk = text[:cut], text[cut:], chunk_after
            at = _add_cells(CELL.findall(text), extent, at)
            if b'"e"' in text or b"'e'" in text:
                _note_errors(text, extent)
            if FORMULA.search(text):
                _note_formulas(text, extent)
    return extent


def _add_cells(found: list[Found], extent: Extent, at: tuple[int, int]) -> tuple[int, int]:
    """Add the cells in ``found``, which follow the place ``at`` (row, column); the place of the last one.

    Where each cell says its place, as most programs write it, the distinct rows and columns are enough to look at.
    """
    kinds, letters = Counter(map(itemgetter(0), found)), Counter(map(itemgetter(1), found))
    if kinds[b"c"] and letters[b""] == kinds[b"row"] and found[-1][0] == b"c":
        rows = {int(digits) for kind, _, digits in found if kind == b"c"}
        columns = {_number(column) for column in letters if column}
        extent.add_area(min(rows), max(rows), max(columns), filled=kinds[b"c"])
        return int(found[-1][2]), _number(found[-1][1])
    row, column = at
    for kind, named, digits in found:
        if kind == b"row":
            row, column = int(digits) if digits else row + 1, 0
            continue
        row, column = (int(digits), _number(named)) if named else (row, column + 1)
        extent.add_area(max(row, 1), max(row, 1), column)
    return row, column


def _last_cell(text: bytes) -> int:
    """Where the last cell begins, so that none is cut in two."""
    cut = max(text.rfind(b"<c "), text.rfind(b":c "))
    if cut > 0 and text[cut : cut + 1] == b":":
        cut = text.rfind(b"<", 0, cut)
    return max(cut, 0)


def _note_errors(text: bytes, extent: Extent) -> None:
    for attributes, inside in ERROR_CELL.findall(text):
        reference, value = REFERENCE.search(attributes), VALUE.search(inside)
        if reference and value:
            place = (int(reference[2]), _number(reference[1]))
            extent.errors[place] = html.unescape(value[1].decode("utf-8", "replace"))


def _note_formulas(text: bytes, extent: Extent) -> None:
    """Cells whose formula no program has computed: there is nothing to read in them."""
    for attributes, inside in WHOLE_CELL.findall(text):
        reference = REFERENCE.search(attributes)
        if reference and FORMULA.search(inside) and not RESULT.search(inside):
            extent.uncomputed.append(f"{reference[1].decode().upper()}{int(reference[2])}")


def _number(letters: bytes) -> int:
    """A column's letters as its number from 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def sheet_names(file: str, archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet names by the part they lie in (lower case), as the workbook lists them."""
    parts = {name.lower(): name for name in archive.namelist()}
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relationship(name: str, attributes: dict[str, str]) -> None:
        if name.endswith("Relationship"):
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/").lower()

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.endswith(" sheet"):
            sheets[targets.get(attributes.get(RELATIONSHIP_ID, ""), "")] = attributes.get("name", "")

    for part, start in (("xl/_rels/workbook.xml.rels", relationship), ("xl/workbook.xml", sheet)):
        if part not in parts:
            raise DamagedFile(file, f"{part} is missing in it.")
        try:
            with archive.open(parts[part]) as stream:
                walk(file, stream, start, lambda _: None, lambda _: None)
        except ExpatError:
            raise DamagedFile(file, f"{part} in it is not well formed.") from None
    return sheets
