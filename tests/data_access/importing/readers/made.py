"""Small files made by code, each with one trait of the files partners bring."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
SDMX = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"


def workbook(write: Callable[[Any], None]) -> bytes:
    """An XLSX as xlsxwriter writes it; ``write`` fills it."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        write(book)
    return out.getvalue()


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def xlsx_parts(sheet: str) -> dict[str, str | bytes]:
    """The parts of an XLSX with one sheet, "S", whose XML inside ``worksheet`` is given."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }


def xlsx(sheet: str) -> bytes:
    return zipped(xlsx_parts(sheet))


def ods_parts(table: str) -> dict[str, str | bytes]:
    """The parts of an ODS with one sheet, "T", whose rows are given."""
    return {
        "mimetype": ODS_TYPE,
        "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{ODF}:manifest:1.0"/>',
        "content.xml": f'<office:document-content xmlns:office="{ODF}:office:1.0" xmlns:table="{ODF}:table:1.0" '
        f'xmlns:text="{ODF}:text:1.0" '
        'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="T">{table}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>",
    }


def ods(table: str) -> bytes:
    return zipped(ods_parts(table))


def ods_text(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container with these streams, each padded to whole sectors so that none is a small one."""
    sectors: list[bytes] = []
    chains: list[tuple[int, int]] = []
    for stream in streams.values():
        padded = stream.ljust(4096, b"\x00")
        padded += bytes(-len(padded) % 512)
        chains.append((len(sectors), len(padded)))
        sectors += [padded[start : start + 512] for start in range(0, len(padded), 512)]
    entries = [_entry("Root Entry", 5, child=1 if streams else -1, start=-2, size=0)]
    for number, (name, (start, size)) in enumerate(zip(streams, chains, strict=True), 1):
        after = number + 1 if number < len(streams) else -1
        entries.append(_entry(name, 2, child=-1, start=start, size=size, after=after))
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * 512, b"\x00")
    first_of_directory = len(sectors)
    sectors += [directory[start : start + 512] for start in range(0, len(directory), 512)]
    table = [number + 1 for number in range(len(sectors))]
    for start, size in [*chains, (first_of_directory, len(directory))]:
        table[start + size // 512 - 1] = -2
    table = [*table, -3] + [-1] * (127 - len(table))
    header = struct.pack(
        "<8s16x5H6x9i", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, first_of_directory, 0, 4096, -2, 0, -2, 0,
    ) + struct.pack("<109i", len(sectors), *[-1] * 108)  # fmt: skip
    return header + b"".join(sectors) + struct.pack("<128i", *table)


def _entry(name: str, kind: int, *, child: int, start: int, size: int, after: int = -1) -> bytes:
    encoded = name.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<64sHBBiii36xiQ", encoded, len(encoded), kind, 1, -1, after, child, start, size)


def xls(cells: Mapping[tuple[int, int], float | str]) -> bytes:
    """A workbook of the old binary form (BIFF8) with one sheet, "Old"; places count from 0."""
    begin = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0, 0, 0, 0)
    end = struct.pack("<HH", 0x000A, 0)
    name = b"Old"
    position = len(begin) + 4 + 8 + len(name) + len(end)
    bound = struct.pack("<HHIBBBB", 0x0085, 8 + len(name), position, 0, 0, len(name), 0) + name
    sheet = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0010, 0, 0, 0, 0)
    for (row, column), value in cells.items():
        if isinstance(value, str):
            sheet += struct.pack("<HHHHHHB", 0x0204, 9 + len(value), row, column, 0, len(value), 0) + value.encode(
                "latin-1"
            )
        else:
            sheet += struct.pack("<HHHHHd", 0x0203, 14, row, column, 0, value)
    return compound({"Workbook": begin + bound + end + sheet + end})


def sdmx(kind: str, content: str, *, before: str = "", at_observation: str = "TIME_PERIOD") -> str:
    """An SDMX-ML 2.1 message of this ``kind`` around its data sets."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<message:{kind} xmlns:message="{SDMX}/message" '
        f'xmlns:common="{SDMX}/common" xmlns:ss="{SDMX}/data/structurespecific" xmlns:generic="{SDMX}/data/generic" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns1="urn:example"><message:Header>'
        "<message:ID>M1</message:ID><message:Test>false</message:Test><message:Prepared>2024-01-01T00:00:00Z"
        '</message:Prepared><message:Sender id="X"/><message:Structure structureID="S" namespace="urn:example" '
        f'dimensionAtObservation="{at_observation}"><common:Structure><Ref agencyID="X" id="D" version="1.0"/>'
        f"</common:Structure></message:Structure></message:Header>{content}</message:{kind}>"
    )
