"""What identifies a person is refused at the door, by column and number of cells, and never repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.checks.identifiers import check_sheet
from data_access.importing.checks.shield import is_aadhaar, shown, verhoeff
from data_access.importing.findings import Finding, as_csv
from data_access.importing.workbook import Cell, Sheet


def found(header: str, cells: list[Cell], **more: tuple[str, ...]) -> list[Finding]:
    rows = ((header, "Province"), *((cell, "Ha Noi") for cell in cells))
    return check_sheet(Sheet("one", rows), "a.xlsx", 1, **more)


AADHAAR = [text for text in (f"23412341234{check}" for check in range(10)) if verhoeff(text)]


@pytest.mark.parametrize(
    ("header", "cells", "what"),
    [
        ("x", ["a@b.org", "", None], "e-mail addresses in 1 of 1 cells"),
        ("x", ["call +254 712 345 678"], "phone numbers in 1 of 1 cells"),
        ("Mobile", [9812345678.0, 9812345679.0], "phone numbers in 2 of 2 cells"),
        ("x", ["01712345678"] * 3, "phone numbers in 3 of 3 cells"),
        ("x", [*AADHAAR], "national identity numbers in 1 of 1 cells"),
        ("x", ["27-01-70-12345"], "national identity numbers in 1 of 1 cells"),
        ("x", ["001099012345"], "national identity numbers in 1 of 1 cells"),
        ("NID", [1234567890.0], "national identity numbers in 1 of 1 cells"),
        ("ID number", ["12345678"], "national identity numbers in 1 of 1 cells"),
        ("Latitude", [27.71723, 27.71731], "places by coordinates in 2 of 2 cells"),
        ("x", ["27.71723, 85.32401"], "places by coordinates in 1 of 1 cells"),
        ("_geopoint", ["27.71723 85.32401 1300 5"], "places by coordinates in 1 of 1 cells"),
        ("Respondent name", ["Aa Bb", "Cc Dd"], "names of persons in 2 of 2 cells"),
        ("Họ và tên", ["Aa Bb"], "names of persons in 1 of 1 cells"),
        ("x", [f"{letter}a Kumari" for letter in "ABCDEF"], "names of persons in 6 of 6 cells"),
        (
            "Why",
            [f"{number} they told us that nobody had come to the village since" for number in "abcdef"],
            "free text in 6 of 6 cells",
        ),
    ],
)
def test_it_is_refused(header: str, cells: list[Cell], what: str) -> None:
    (finding,) = found(header, cells)
    assert (finding.kind, finding.rule, finding.column, finding.value) == (
        "refused",
        "personal_identifier",
        header,
        "",
    )
    assert finding.what == f"The column holds {what}."
    assert not any(str(cell) in as_csv([finding]) for cell in cells if cell and len(str(cell)) > 4)


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("District name", ["Kaski", "Dang"]),
        ("Donor Name", ["A Fund", "B Fund"]),
        ("value", [12.3456, 45.6789]),
        ("Population", [104099452.0, 9812345678.0]),
        ("Indicator definition", [f"{x} share of people who live below the line of poverty" for x in "abcdef"]),
        ("Year", ["2010", "2011-12"]),
        ("Code", ["NP0101", "VN-HN"]),
        ("Latitude", [27.7, 27.8]),
    ],
)
def test_it_is_let_through(header: str, cells: list[Cell]) -> None:
    assert found(header, cells) == []


def test_somebody_may_answer_for_a_column_but_not_for_phone_numbers() -> None:
    assert len(found("Name", ["Aa School"])) == 1
    assert found("Name", ["Aa School"], harmless=("Name",)) == []
    assert found("Name", ["Aa School"], harmless=("A",)) == []
    assert len(found("Name", ["+254 712 345 678"], harmless=("Name",))) == 1


@given(st.from_regex(r"[2-9]\d{10}", fullmatch=True))
def test_one_check_digit_in_ten_makes_an_aadhaar_number(digits: str) -> None:
    assert sum(is_aadhaar(f"{digits}{check}") for check in range(10)) == 1


@given(st.text(max_size=300))
def test_what_is_shown_is_short(text: str) -> None:
    assert len(shown(text)) <= 80
