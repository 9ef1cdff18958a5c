"""Whatever bytes come: a workbook of one shape, or a named error."""

from __future__ import annotations

import csv
import io
import string
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.importing.readers import LIMITS, UnreadableFile
from data_access.importing.readers.apart import in_child
from data_access.importing.readers.parse import parse
from data_access.importing.workbook import Workbook
from tests.data_access.importing.readers import made

FAST = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
EACH_A_PROCESS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
BEGINNINGS = (b"", b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1"), b"<?xml version='1.0'?>", b"\xff\xfe", b"sep=;\n")


def fill(book: Any) -> None:
    sheet = book.add_worksheet("Rates")
    sheet.merge_range(0, 0, 0, 2, "Title")
    for row in range(1, 30):
        sheet.write_row(row, 0, ["area", row, row / 7])


VALID = (
    made.workbook(fill),
    made.ods(f"<table:table-row>{made.ods_text('a')}{made.ods_text('b')}</table:table-row>"),
    made.xls({(0, 0): "Area", (1, 1): 3.5}),
    made.sdmx(
        "StructureSpecificData",
        '<message:DataSet ss:structureRef="S"><Obs A="1" OBS_VALUE="2"/></message:DataSet>',
        at_observation="AllDimensions",
    ).encode(),
    'Tỉnh;Giá trị\n"Hà\nNội";3,5\n'.encode(),
)


def check(workbook: Workbook) -> None:
    for sheet in workbook.sheets:
        assert len({len(row) for row in sheet.rows}) <= 1
        assert all(cell is None or isinstance(cell, str | int | float | date) for row in sheet.rows for cell in row)
        assert not any(cell == "" for row in sheet.rows for cell in row)


@FAST
@given(st.sampled_from((b"", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=;\n")), st.binary(max_size=400))
def test_random_bytes_as_text(beginning: bytes, more: bytes) -> None:
    try:
        check(parse("a.bin", beginning + more, LIMITS))
    except UnreadableFile as problem:
        assert problem.what
        assert problem.mend


@EACH_A_PROCESS
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=2_000))
def test_random_bytes_behind_a_known_beginning(beginning: bytes, more: bytes) -> None:
    try:
        check(in_child("a.bin", beginning + more, LIMITS, seconds=60, megabytes=2_048))
    except UnreadableFile as problem:
        assert problem.what


@EACH_A_PROCESS
@given(
    st.sampled_from(VALID), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), max_size=4)
)
def test_a_valid_file_with_wounds(content: bytes, wounds: list[tuple[float, bytes]]) -> None:
    for where, instead in wounds:
        position = int(where * len(content))
        content = content[:position] + instead + content[position + len(instead) :]
    try:
        check(in_child("a.bin", content, LIMITS, seconds=60, megabytes=2_048))
    except UnreadableFile as problem:
        assert problem.what


WORDS = st.text(string.ascii_letters + "àéộđ ,;|\t\n\"'#.-", max_size=12).filter(
    lambda word: word.strip(' ,;|\t\n"') == word
)


@FAST
@given(
    st.integers(2, 5).flatmap(lambda width: st.lists(st.lists(WORDS, min_size=width, max_size=width), min_size=3)),
    st.sampled_from(",;|\t"),
)
def test_a_written_table_comes_back(table: list[list[str]], separator: str) -> None:
    out = io.StringIO()
    out.write(f"sep={separator}\n")
    csv.writer(out, delimiter=separator).writerows([["head"] * len(table[0]), *table, ["end"] * len(table[0])])
    rows = parse("a.csv", out.getvalue().encode(), LIMITS).sheets[0].rows
    assert [[cell or "" for cell in row] for row in rows[1:-1]] == table
