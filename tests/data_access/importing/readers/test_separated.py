"""CSV as partners write it: every encoding, separator and decimal mark, and the shapes that trip readers."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable

import pytest

from data_access.importing.readers import Limits
from data_access.importing.readers.problems import (
    CellTooLong,
    EmptyFile,
    NotASpreadsheet,
    NulBytes,
    QuoteNotClosed,
    TooManyCells,
    UnknownEncoding,
)
from data_access.importing.workbook import Workbook

Reading = Callable[..., Workbook]
VIETNAMESE = "Tỉnh;Tỷ lệ nghèo\nHà Nội;3,5\nĐà Nẵng;1,2\nThừa Thiên Huế;7,9\n"


def windows_1258(text: str) -> bytes:
    """Vietnamese as Windows-1258 holds it: the tone after its letter."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tones = "".join(part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323")
            plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
            out += (plain + tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (VIETNAMESE.encode(), "Encoding: UTF-8, as the whole file is valid."),
        (VIETNAMESE.encode("utf-8-sig"), "Encoding: UTF-8, by its byte order mark."),
        (VIETNAMESE.encode("utf-16"), "Encoding: UTF-16, by its byte order mark."),
        (b"\xfe\xff" + VIETNAMESE.encode("utf-16-be"), "Encoding: UTF-16, by its byte order mark."),
        (
            VIETNAMESE.encode("utf-16-le"),
            "Encoding: UTF-16 without a byte order mark, by the zero in every other byte.",
        ),
        (windows_1258(VIETNAMESE), "Encoding: Windows-1258 (Vietnamese), the likeliest by its letters."),
    ],
)
def test_the_same_table_comes_out_of_every_encoding(reading: Reading, content: bytes, remark: str) -> None:
    read = reading(content, name="ngheo.csv")
    together = ("Accents that stand apart in this encoding were put together with their letters.",)
    composed = together if "1258" in remark else ()
    assert read.remarks == (remark, "Separator: semicolon.", *composed, "Decimal mark: comma, as in 3,5.")
    assert read.kind == "csv"
    assert read.sha256 == hashlib.sha256(content).hexdigest()
    assert [sheet.name for sheet in read.sheets] == ["ngheo"]
    assert read.sheets[0].rows == (
        ("Tỉnh", "Tỷ lệ nghèo"),
        ("Hà Nội", 3.5),
        ("Đà Nẵng", 1.2),
        ("Thừa Thiên Huế", 7.9),
    )


def test_western_european(reading: Reading) -> None:
    read = reading("Région,Part\nGuéra,12.5\nN’Djaména,3\n".encode("cp1252"))
    assert read.sheets[0].rows == (("Région", "Part"), ("Guéra", 12.5), ("N’Djaména", 3))
    assert read.remarks[0] == "Encoding: Windows-1252 (Western European), the likeliest by its letters."


def test_letters_that_cannot_be_told_are_refused(reading: Reading) -> None:
    with pytest.raises(UnknownEncoding) as refused:
        reading("地域;率\n東京;3\n大阪;4\n".encode("shift_jis"))
    assert refused.value.mend == "Save it as 'CSV UTF-8' from a spreadsheet program."


@pytest.mark.parametrize(("separator", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_separators(reading: Reading, separator: str, name: str) -> None:
    read = reading(f"Area{separator}Value\nA{separator}1\nB{separator}2\n")
    assert read.sheets[0].rows == (("Area", "Value"), ("A", 1), ("B", 2))
    assert f"Separator: {name}." in read.remarks


def test_commas_in_texts_do_not_separate(reading: Reading) -> None:
    read = reading("Areas, provinces;2006\nHa Noi, city;3\nHa Tay, former;12\n")
    assert read.sheets[0].rows == (("Areas, provinces", 2006), ("Ha Noi, city", 3), ("Ha Tay, former", 12))


def test_the_separator_named_in_the_first_line(reading: Reading) -> None:
    read = reading("sep=;\r\na,b;c\r\n1,5;2\r\n")
    assert read.sheets[0].rows == (("a,b", "c"), (1.5, 2))
    assert "Separator: semicolon, as the first line says; that line is no row." in read.remarks


def test_titles_empty_lines_and_hxl_tags_are_rows(reading: Reading) -> None:
    read = reading(
        '"Poverty, by province"\n\nProvince,Rate\n#adm1+name,#indicator+pct\n Whole country,15.5\nHa Tay,..\n'
    )
    assert read.sheets[0].rows == (
        ("Poverty, by province", None),
        (None, None),
        ("Province", "Rate"),
        ("#adm1+name", "#indicator+pct"),
        (" Whole country", 15.5),
        ("Ha Tay", ".."),
    )
    assert read.sheets[0].first_row == 1


def test_a_line_break_inside_quotes_begins_no_row(reading: Reading) -> None:
    read = reading('Name,Note\r\nA,"first\r\nsecond"\r\nB,"says ""no"""\r\n')
    assert read.sheets[0].rows == (("Name", "Note"), ("A", "first\r\nsecond"), ("B", 'says "no"'))


def test_old_macintosh_line_ends(reading: Reading) -> None:
    assert reading("a,b\r1,2\r").sheets[0].rows == (("a", "b"), (1, 2))


def test_what_counts_nothing_stays_text(reading: Reading) -> None:
    read = reading(
        "code,phone,identity,target,missing,share\n"
        "01,+254700,1234567890123456,1.9,..,0.5\n"
        "12,+254701,1234567890123457,1.10,-,−3\n"
        "63,5,7,1.1,n/a,1e-05\n"
    )
    assert read.sheets[0].rows[1:] == (
        ("01", "+254700", "1234567890123456", "1.9", "..", 0.5),
        ("12", "+254701", "1234567890123457", "1.10", "-", -3),
        ("63", "5", "7", "1.1", "n/a", 1e-05),
    )


@pytest.mark.parametrize(
    ("content", "cells", "remark"),
    [
        ("a;b\n15,5;1.234\n", (15.5, "1.234"), "Decimal mark: comma, as in 15,5."),
        ("a;b\n0,125;2\n", (0.125, 2), "Decimal mark: comma, as in 0,125."),
        ("a;b\n1,234;2\n", ("1,234", 2), "Decimal mark: cannot be told; numbers such as 1,234 stay text."),
        (
            "a;b\n15,5;15.5\n",
            ("15,5", "15.5"),
            "Decimal mark: both point (15.5) and comma (15,5) occur; such numbers stay text.",
        ),
        (
            'a,b\n15.5,"39,40"\n',
            (15.5, "39,40"),
            "Decimal mark: point, as in 15.5; cells such as 39,40 stay text.",
        ),
    ],
)
def test_the_decimal_mark_is_proved_or_left(
    reading: Reading, content: str, cells: tuple[object, ...], remark: str
) -> None:
    read = reading(content)
    assert read.sheets[0].rows[1] == cells
    assert read.remarks[-1] == remark


def test_ragged_rows_are_padded_and_empty_edges_left_out(reading: Reading) -> None:
    read = reading("a,b,c,,\n1\n,,,,\n2,3,,,\n,,,,\n")
    assert read.sheets[0].rows == (("a", "b", "c"), (1, None, None), (None, None, None), (2, 3, None))


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"\xef\xbb\xbf", EmptyFile),
        (b" \r\n\r\n", EmptyFile),
        (b",,\n,,\n", EmptyFile),
        (b"a,b\n1,\x00\n", NulBytes),
        (b'a,b\n1,"open\n2,3\n', QuoteNotClosed),
        (b'a,b\n1,"' + b"x" * 1_000_001 + b'"\n', CellTooLong),
        (bytes(range(1, 32)) * 5, NotASpreadsheet),
        (b"\xff\xfea,b\n1", UnknownEncoding),
    ],
)
def test_refused(reading: Reading, content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        reading(content)
    assert type(refused.value) is error


def test_the_row_of_an_open_quotation_mark_is_named(reading: Reading) -> None:
    with pytest.raises(QuoteNotClosed) as refused:
        reading('a,b\n1,"two\nlines"\n2,"open\n3,4\n', name="rates.csv")
    assert str(refused.value) == (
        "rates.csv, row 3: a quotation mark is opened in this row and never closed. "
        "Close the quotation mark, or write it twice where it belongs to the text."
    )


@pytest.mark.parametrize("limits", [Limits(rows=2), Limits(columns=1), Limits(cells=5)])
def test_more_than_is_read(reading: Reading, limits: Limits) -> None:
    with pytest.raises(TooManyCells):
        reading("a,b\n1,2\n3,4\n", limits=limits)
