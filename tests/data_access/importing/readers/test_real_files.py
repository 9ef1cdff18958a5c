"""Files that partners and offices really published, where they lie beside the repository: their shape."""

from __future__ import annotations

from collections import Counter

import pytest

from data_access.importing.readers import read
from data_access.settings import ROOT

INPUTS = ROOT.parent / "shared" / "inputs"
SHAPES = {
    "3w_chad_apr2025_hxl_two_sheets.xlsx": [("3W Opérationnelle", 1558, 13), ("3W Physique", 775, 7)],
    "4w_ethiopia_may_jul_2025_sample400.csv": [("4w_ethiopia_may_jul_2025_sample400", 401, 17)],
    "gso_poverty_rate_by_province.csv": [("gso_poverty_rate_by_province", 74, 9)],
    "mapkibera_schools_150_no_contacts.csv": [("mapkibera_schools_150_no_contacts", 151, 164)],
    "npl_cbs_sdmx.xml": [("npl_cbs_sdmx", 887, 23)],
    "ophi_subnational_mpi_2024.xlsx": [
        ("5.1 MPI Region", 1373, 21),
        ("5.2 Censored Headcounts Region", 1373, 27),
        ("5.3 Contribution Region", 1373, 30),
        ("5.4 SEs & CIs Region", 1372, 24),
        ("5.5 Uncensored H Region", 1372, 26),
        ("5.6 Sample Sizes Region", 1372, 10),
    ],
    "papi_vietnam_2011-2016.xlsx": [(f"{year}_PAPI", 66, 32) for year in range(2011, 2017)],
}
pytestmark = pytest.mark.skipif(not INPUTS.exists(), reason="the files are other people's and stay with them")


@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name: str) -> None:
    sheets = read(INPUTS / name).sheets
    assert [(sheet.name, len(sheet.rows), len(sheet.rows[0])) for sheet in sheets] == SHAPES[name]
    assert {(sheet.first_row, sheet.hidden) for sheet in sheets} == {(1, False)}
    assert {len(row) for sheet in sheets for row in sheet.rows} == {columns for _, _, columns in SHAPES[name]}


def test_the_statistics_office() -> None:
    read_file = read(INPUTS / "gso_poverty_rate_by_province.csv")
    rows = read_file.sheets[0].rows
    assert read_file.remarks[:2] == ("Encoding: UTF-8, by its byte order mark.", "Separator: semicolon.")
    assert rows[2][1:] == (2006, 2008, 2010, 2012, 2013, 2014, 2015, "Pre. 2016")
    assert rows[6] == ("Ha Tay", 12.4, "..", "..", "..", "..", "..", "..", "..")


def test_the_national_sdmx_message() -> None:
    header, *rows = read(INPUTS / "npl_cbs_sdmx.xml").sheets[0].rows
    values = [row[header.index("OBS_VALUE")] for row in rows]
    assert Counter(type(value).__name__ for value in values).keys() <= {"int", "float"}
    assert values[:3] == [66, 49.9, 15]
    assert {row[header.index("UNIT_MULT")] for row in rows} == {"0"}


def test_the_multidimensional_poverty_tables() -> None:
    sheets = read(INPUTS / "ophi_subnational_mpi_2024.xlsx").sheets
    assert [len(sheet.merged) for sheet in sheets] == [26, 25, 26, 30, 24, 12]
