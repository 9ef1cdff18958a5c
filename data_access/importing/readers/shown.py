"""What an XLSX shows otherwise than it holds: numbers shown as per cent, rows and columns hidden from sight."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from data_access.importing.readers.elements import walk
from data_access.importing.readers.extent import place

LARGEST_PART = 60_000_000
"""Bytes of a part; what a larger one shows is not looked at."""
PERCENT = "are shown as per cent"
_BUILT_IN_PERCENT = frozenset({9, 10})
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})\d+[\"']")
_STYLE = re.compile(rb"\bs\s*=\s*[\"'](\d{1,6})[\"']")
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^>]*\br\s*=\s*[\"'](\d{1,7})[\"']"
)
_HIDDEN_COLUMN = re.compile(
    rb"<(?:\w+:)?col\s(?=[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])(?=[^>]*\bmin\s*=\s*[\"'](\d{1,5})[\"'])[^>]*>"
)
_SAID = re.compile(r"Sheet (?P<sheet>'.*'|\".*\"): cells of columns? (?P<letters>[A-Z, ]+) " + PERCENT)
SHOWN = 20


def remarks_on(file: str, content: bytes, sheets: dict[str, str]) -> tuple[str, ...]:
    """Remarks on an XLSX that was examined already; ``sheets`` are the names by the part they lie in (lower case)."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename.lower(): part for part in archive.infolist()}
        styles = parts.get("xl/styles.xml")
        shown_as_percent = (
            _percent_styles(file, archive.read(styles)) if styles and styles.file_size < LARGEST_PART else set()
        )
        for name, sheet in sheets.items():
            if name in parts and parts[name].file_size < LARGEST_PART:
                found += _of_sheet(sheet, archive.read(parts[name]), shown_as_percent)
    return tuple(found)


def percent_columns(remarks: Iterable[str], sheet: str) -> set[int]:
    """The columns (A = 0) of a sheet of which a remark of this module says that they are shown as per cent."""
    for remark in remarks:
        said = _SAID.match(remark)
        if said and said["sheet"] == repr(sheet):
            return {_position(letters) for letters in said["letters"].split(", ")}
    return set()


def _of_sheet(sheet: str, text: bytes, percent: set[int]) -> list[str]:
    found: list[str] = []
    letters: set[str] = set()
    if percent:
        for attributes in _CELL.findall(text):
            style, at = _STYLE.search(attributes), _PLACE.search(attributes)
            if style and at and int(style[1]) in percent:
                letters.add(at[1].decode("ascii"))
    if letters:
        listed = ", ".join(sorted(letters, key=_position)[:SHOWN])
        column = "column" if len(letters) == 1 else "columns"
        found.append(f"Sheet {sheet!r}: cells of {column} {listed} {PERCENT}; they hold proportions, 0.423 for 42.3 %.")
    for what, numbers in (
        ("row", [number.decode("ascii") for number in _HIDDEN_ROW.findall(text)]),
        ("column", [place(1, int(number))[:-1] for number in _HIDDEN_COLUMN.findall(text)]),
    ):
        if numbers:
            listed = ", ".join(numbers[:SHOWN]) + (" …" if len(numbers) > SHOWN else "")
            found.append(f"Sheet {sheet!r}: hidden {what}s are read like the others: {listed}.")
    return found


def _percent_styles(file: str, text: bytes) -> set[int]:
    """Places in the list of cell styles of those that show a number as per cent."""
    formats: set[int] = set(_BUILT_IN_PERCENT)
    found: set[int] = set()
    inside: list[str] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        local = name.rpartition(" ")[2]
        inside.append(local)
        if local == "numFmt" and "%" in re.sub(r"\"[^\"]*\"|\\.", "", attributes.get("formatCode", "")):
            formats.add(_whole(attributes.get("numFmtId", "")))
        if local == "xf" and inside[-2:-1] == ["cellXfs"]:
            if _whole(attributes.get("numFmtId", "")) in formats:
                found.add(count)
            count += 1

    def end(_: str) -> None:
        inside.pop()

    walk(file, io.BytesIO(text), start, end, lambda _: None)
    return found


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else -1


def _position(letters: str) -> int:
    number = 0
    for sign in letters:
        number = number * 26 + ord(sign) - 64
    return number - 1
