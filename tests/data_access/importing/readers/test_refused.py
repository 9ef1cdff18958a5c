"""What no reader should open, or could not survive: each a named sentence, and the process that asked lives on."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data_access.importing.problems import FileProblem
from data_access.importing.readers import Limits, UnreadableFile, read, read_in_child
from data_access.importing.readers.problems import (
    CellFarAway,
    DamagedFile,
    EntitiesDeclared,
    FileNotThere,
    FileTooLarge,
    MacroFile,
    NotASpreadsheet,
    PasswordProtected,
    ReaderCrashed,
    ReaderTimedOut,
    TooManyCells,
    ZipBomb,
)
from data_access.importing.workbook import Workbook
from tests.data_access.importing.readers import made

Reading = Callable[..., Workbook]
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
PLAIN = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def small(book: Any) -> None:
    book.add_worksheet().write(0, 0, "x")


def encrypted_zip() -> bytes:
    content = bytearray(made.xlsx(PLAIN))
    position = 0
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = content.index(mark)
        content[position + flags] |= 1
    return bytes(content)


def lying_about_size() -> bytes:
    """A part that declares a hundred bytes and inflates to millions."""
    content = bytearray(made.zipped({**made.xlsx_parts(PLAIN), "xl/styles.xml": b" " * 5_000_000}))
    position = content.rindex(b"PK\x01\x02")
    content[position + 24 : position + 28] = (100).to_bytes(4, "little")
    return bytes(content)


REFUSED = {
    "far corner": (made.xlsx(f"<sheetData>{FAR}</sheetData>"), CellFarAway),
    "far corner, other prefix": (
        made.zipped(
            {
                **made.xlsx_parts(""),
                "xl/worksheets/sheet1.xml": f'<x:worksheet xmlns:x="{made.MAIN}"><x:sheetData>'
                + FAR.replace("<", "<x:").replace("<x:/", "</x:")
                + "</x:sheetData></x:worksheet>",
            }
        ),
        CellFarAway,
    ),
    "far corner, open document": (
        made.ods(
            f"<table:table-row>{made.ods_text('a')}</table:table-row>"
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row>'
            f'<table:table-row><table:table-cell table:number-columns-repeated="16000"/>{made.ods_text("b")}'
            "</table:table-row>"
        ),
        CellFarAway,
    ),
    "repeated for ever": (
        made.ods(
            '<table:table-row table:number-rows-repeated="1048576">'
            + made.ods_text("a", 'table:number-columns-repeated="16384"')
            + "</table:table-row>"
        ),
        TooManyCells,
    ),
    "far corner, old binary": (made.xls({(0, 0): 1, (65_535, 255): 1}), TooManyCells),
    "beyond the grid": (
        made.xlsx(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="ZZZZZZZ99999999999"><v>1</v></c></row></sheetData>'
        ),
        ReaderCrashed,
    ),
    "bomb": (made.zipped({**made.xlsx_parts(PLAIN), "xl/sharedStrings.xml": b" " * 30_000_000}), ZipBomb),
    "many parts": (made.zipped({**made.xlsx_parts(PLAIN), **{f"p{n}": b"" for n in range(5_001)}}), ZipBomb),
    "lying about size": (lying_about_size(), DamagedFile),
    "macro": (made.zipped({**made.xlsx_parts(PLAIN), "xl/vbaProject.bin": b"\x00"}), MacroFile),
    "macro by type": (
        made.zipped(
            {
                **made.xlsx_parts(PLAIN),
                "[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled'
                '.main+xml"/></Types>',
            }
        ),
        MacroFile,
    ),
    "macro, open document": (made.zipped({**made.ods_parts(""), "Basic/script-lc.xml": "<a/>"}), MacroFile),
    "macro, old binary": (made.compound({"Workbook": b"", "_VBA_PROJECT_CUR": b""}), MacroFile),
    "password": (made.compound({"EncryptionInfo": b"", "EncryptedPackage": b"x" * 9_000}), PasswordProtected),
    "password, open document": (
        made.zipped({**made.ods_parts(""), "META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        PasswordProtected,
    ),
    "encrypted parts": (encrypted_zip(), PasswordProtected),
    "old document": (made.compound({"WordDocument": b""}), NotASpreadsheet),
    "cut off": (made.workbook(small)[:3_000], DamagedFile),
    "cut off, old binary": (made.xls({(0, 0): 1})[:-512], ReaderCrashed),
    "another zip": (made.zipped({"word/document.xml": "<a/>"}), NotASpreadsheet),
    "empty zip": (made.zipped({}), DamagedFile),
    "binary workbook": (made.zipped({"xl/workbook.bin": b"", "[Content_Types].xml": "<Types/>"}), NotASpreadsheet),
    "broken sheet": (made.xlsx("<sheetData><row"), DamagedFile),
    "no workbook part": (made.zipped({"[Content_Types].xml": "<Types/>", "xl/a.xml": "<a/>"}), DamagedFile),
    "pdf": (b"%PDF-1.7\n", NotASpreadsheet),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00", NotASpreadsheet),
    "web page": (b"\r\n<HTML><body><table><tr><td>1</td></tr></table>", NotASpreadsheet),
    "json": (b'{"type": "FeatureCollection"}', NotASpreadsheet),
    "spreadsheet of 2003": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
        NotASpreadsheet,
    ),
    "other xml": (b"<?xml version='1.0'?><kml/>", NotASpreadsheet),
    "broken xml": (b"<?xml version='1.0'?><<", DamagedFile),
    "entities": (
        made.sdmx("GenericData", "", before='<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>').encode(),
        EntitiesDeclared,
    ),
    "structure": (made.sdmx("Structure", "").encode(), NotASpreadsheet),
}


@pytest.mark.parametrize(("content", "error"), REFUSED.values(), ids=REFUSED)
def test_refused_by_name(reading: Reading, content: bytes, error: type[UnreadableFile]) -> None:
    with pytest.raises(UnreadableFile) as refused:
        reading(content, name="table.xlsx")
    assert type(refused.value) is error
    assert isinstance(refused.value, FileProblem)
    assert refused.value.file == "table.xlsx"
    assert refused.value.what.endswith(".")
    assert refused.value.mend.endswith((".", ">)."))


def test_the_sentence_of_a_far_cell(reading: Reading) -> None:
    with pytest.raises(CellFarAway) as refused:
        reading(made.xlsx(f"<sheetData>{FAR}</sheetData>"), name="far.xlsx")
    assert str(refused.value) == (
        "far.xlsx: sheet 'S' reaches over 1,048,576 rows and 16,384 columns (to XFD1048576), but has only 2 filled"
        " cells: some of them stand far from the rest. Press Ctrl+End in the sheet, delete the rows and columns beyond"
        " the table, and save the file again."
    )


def test_a_full_sheet_is_too_large_not_far(reading: Reading) -> None:
    def write(book: Any) -> None:
        sheet = book.add_worksheet("Full")
        for row in range(30):
            sheet.write_row(row, 0, range(10))

    with pytest.raises(TooManyCells) as refused:
        reading(made.workbook(write), limits=Limits(spreadsheet_cells=299))
    assert type(refused.value) is TooManyCells
    assert len(reading(made.workbook(write), limits=Limits(spreadsheet_cells=300)).sheets[0].rows) == 30


def test_all_sheets_together_count(reading: Reading) -> None:
    def write(book: Any) -> None:
        for _ in range(3):
            book.add_worksheet().write_row(0, 0, range(10))

    with pytest.raises(TooManyCells):
        reading(made.workbook(write), limits=Limits(spreadsheet_cells=29))
    with pytest.raises(TooManyCells):
        reading(made.workbook(write), limits=Limits(sheets=2))


def test_unpacked_size(reading: Reading) -> None:
    content = made.workbook(small)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        total = sum(part.file_size for part in archive.infolist())
    assert reading(content, limits=Limits(inflated_bytes=total)).sheets[0].rows == (("x",),)
    with pytest.raises(FileTooLarge):
        reading(content, limits=Limits(inflated_bytes=total - 1))


def test_file_size_and_absence(tmp_path: Path, reading: Reading) -> None:
    with pytest.raises(FileTooLarge):
        reading("a,b\n", limits=Limits(file_bytes=3))
    with pytest.raises(FileNotThere):
        read(tmp_path / "nowhere.csv")
    with pytest.raises(FileNotThere):
        read(tmp_path)


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "slow.xlsx"
    file.write_bytes(made.workbook(small))
    with pytest.raises(ReaderTimedOut) as refused:
        read_in_child(file, seconds=0.001)
    assert refused.value.what == "reading it took longer than 0.001 seconds and was stopped."


def test_a_reader_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    file.write_text("a,b\n" + "".join(f"word {row},{row}\n" for row in range(400_000)))
    with pytest.raises(ReaderCrashed):
        read_in_child(file, megabytes=60)


def test_no_password_of_the_server_reaches_the_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from data_access.importing.readers import apart

    assert "DATABASE_URL" not in apart.PASSED_ON
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:secret@host/base")
    file = tmp_path / "a.csv"
    file.write_text("a,b\n1,2\n")
    assert read_in_child(file) == read(file)


def test_an_error_survives_being_sent_between_processes() -> None:
    import pickle

    sent = CellFarAway("a.xlsx", "What.", row=3, column="B", value="x")
    received = pickle.loads(pickle.dumps(sent))
    assert (type(received), str(received)) == (CellFarAway, str(sent))
