"""What a file is, from its bytes alone."""

from __future__ import annotations

import re
from xml.parsers.expat import ExpatError

from data_access.importing.readers.archive import kind_of_archive
from data_access.importing.readers.compound import check_compound
from data_access.importing.readers.elements import root_of
from data_access.importing.readers.problems import DamagedFile, EmptyFile, NotASpreadsheet
from data_access.importing.workbook import FileKind

ZIP = b"PK"
COMPOUND = bytes.fromhex("D0CF11E0A1B11AE1")
OTHERS = {
    b"%PDF": "a PDF document",
    b"\x89PNG": "a picture (PNG)",
    b"\xff\xd8\xff": "a picture (JPEG)",
    b"GIF8": "a picture (GIF)",
    b"\x1f\x8b": "a packed file (gzip)",
    b"BZh": "a packed file (bzip2)",
    b"\xfd7zXZ": "a packed file (xz)",
    b"7z\xbc\xaf": "a packed file (7-Zip)",
    b"Rar!": "a packed file (RAR)",
    b"PAR1": "a Parquet file",
    b"SQLite format 3": "a database (SQLite)",
    b"$FL2": "an SPSS file",
    b"$FL3": "an SPSS file",
    b"<stata_dta>": "a Stata file",
    b"{\\rtf": "a text document (RTF)",
    b"\x09\x00\x04\x00": "a spreadsheet of before 1993",
    b"\x09\x02\x06\x00": "a spreadsheet of before 1993",
    b"\x09\x04\x06\x00": "a spreadsheet of before 1993",
}
WEB_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b", re.I | re.S)
JSON = re.compile(rb'\s*(?:\{\s*["}]|\[\s*[\[{])')
SDMX_ROOTS = (
    "GenericData",
    "GenericTimeSeriesData",
    "StructureSpecificData",
    "StructureSpecificTimeSeriesData",
)
SDMX_MESSAGE = re.compile(r"http://www\.sdmx\.org/resources/sdmxml/schemas/v2_1/message")
SDMX_OTHER = re.compile(
    r"(?i:http://www\.sdmx\.org/resources/sdmxml/schemas)/v(?:(3)|([12]))_((?<=3_)\d|(?!1/)(?<=2_)\d|(?<=1_)\d)/message"
)
"""Versions 1.0, 2.0 and 3.0 of the message, whose data another reader would be needed for."""
BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def may_be_text(content: bytes) -> bool:
    """Whether this can only be plain text: no spreadsheet and no XML, which are opened in a process of their own."""
    return not (content.startswith((ZIP, COMPOUND)) or _as_ascii(content[:4096]).lstrip().startswith(b"<"))


def recognise(file: str, content: bytes) -> FileKind:
    """The kind of file that ``content`` is; text that is nothing else counts as CSV.

    Raises EmptyFile, NotASpreadsheet, PasswordProtected, MacroFile, DamagedFile or EntitiesDeclared.
    """
    if not content.strip(b" \t\r\n\x00") or content in BYTE_ORDER_MARKS:
        raise EmptyFile(file, "the file is empty.")
    if content.startswith(ZIP) and content[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return kind_of_archive(file, content)
    if content.startswith(COMPOUND):
        check_compound(file, content)
        return "xls"
    for beginning, name in OTHERS.items():
        if content.startswith(beginning):
            raise NotASpreadsheet(file, f"the file is {name}, whatever its name says.")
    start = _as_ascii(content[:65_536])
    if WEB_PAGE.match(start):
        raise NotASpreadsheet(
            file,
            "the file is a web page, whatever its name says.",
            "Open it in a spreadsheet program and save it as XLSX.",
        )
    if JSON.match(start):
        raise NotASpreadsheet(file, "the file is JSON.")
    if start.lstrip().startswith((b"<?xml", b"<!--", b"<!DOCTYPE")) or re.match(rb"\s*<[A-Za-z_][\w.:-]*[\s>]", start):
        return _kind_of_xml(file, content)
    return "csv"


def _kind_of_xml(file: str, content: bytes) -> FileKind:
    try:
        namespace, name = root_of(file, content)
    except ExpatError as error:
        raise DamagedFile(file, f"the file begins as XML but is not well formed ({error}).") from None
    if other := SDMX_OTHER.fullmatch(namespace):
        raise NotASpreadsheet(
            file,
            f"the file is SDMX-ML {other[1] or other[2]}.{other[3]}, which is not read.",
            "Ask the service for SDMX-ML 2.1 (structure-specific or generic) or SDMX-CSV.",
        )
    if name in SDMX_ROOTS and SDMX_MESSAGE.fullmatch(namespace):
        return "sdmx-ml"
    if namespace == "urn:schemas-microsoft-com:office:spreadsheet":
        raise NotASpreadsheet(
            file,
            "the file is a spreadsheet in the XML form of 2003.",
            "Open it in a spreadsheet program, save as XLSX.",
        )
    if name == "Structure" and SDMX_MESSAGE.fullmatch(namespace):
        raise NotASpreadsheet(
            file, "the file is an SDMX structure definition: it holds no figures.", "Bring the data message beside it."
        )
    raise NotASpreadsheet(file, f"the file is XML with the root element {name[:80]}, not SDMX-ML data.")


def _as_ascii(start: bytes) -> bytes:
    """The beginning without byte order mark, and without the NULs that UTF-16 puts between plain letters."""
    for mark in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return start[len(mark) :].replace(b"\x00", b"")
    return start
