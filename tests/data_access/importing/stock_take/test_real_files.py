"""Partners' own who-does-what-where files, where they lie beside the repository: read whole, every cell counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.countries.place_codes import from_stock_take
from data_access.importing import readers
from data_access.importing.resolution.outcomes import Outcome, Resolved, Unknown
from data_access.importing.shipped import SAMPLE_DATA
from data_access.importing.stock_take.entries import Account
from data_access.importing.stock_take.harmonising import harmonise_stock_take
from data_access.importing.stock_take.proposing import propose_stock_take
from data_access.importing.stock_take.reading import load_stock_take_mapping, read_stock_take_mapping
from data_access.settings import ROOT
from tests.data_access.importing.stock_take.test_harmonising import lost

INPUTS = ROOT.parent / "shared" / "inputs"
ETHIOPIA = INPUTS / "4w_ethiopia_may_jul_2025_sample400.csv"
CHAD = INPUTS / "3w_chad_apr2025_hxl_two_sheets.xlsx"
PRESENT = pytest.mark.skipif(not ETHIOPIA.exists(), reason="the files do not lie beside the repository")


class Listed:
    """The areas that the file's own p-codes tell."""

    def __init__(self, path: Path, country: str, by: str) -> None:
        mapping = read_stock_take_mapping(SAMPLE_DATA / "mappings" / by)
        areas = from_stock_take(readers.read(path), country, mapping).areas
        self.kinds = {country: "country"} | {area.code: f"admin{area.level}" for area in areas}
        self.names = {(f"admin{area.level}", area.name): area.code for area in areas}

    def area(self, text: str, kind: str | None = None, within: str = "") -> Outcome:
        if self.kinds.get(text) == kind:
            return Resolved(text, "code")
        code = self.names.get((kind or "", text))
        return Resolved(code, "current name") if code else Unknown("no recorded name")


@PRESENT
def test_every_cell_of_the_ethiopian_list_is_kept() -> None:
    workbook = readers.read(ETHIOPIA)
    mapping = read_stock_take_mapping(SAMPLE_DATA / "mappings" / "ethiopia_4w.yaml")
    taken = harmonise_stock_take(workbook, mapping, Listed(ETHIOPIA, "ETH", "ethiopia_4w.yaml"))
    assert lost(workbook, taken) == []
    assert taken.account == Account(filled=6570, above=17, kept=6553)
    assert len(taken.rows) == 400
    assert {row.area_level for row in taken.rows} == {"admin2"}
    assert {row.further for row in taken.rows} == {()}
    assert {(row.period_from, row.period_to) for row in taken.rows} == {
        ("2025-05-01", "2025-05-31"),
        ("2025-06-01", "2025-06-30"),
        ("2025-07-01", "2025-07-31"),
    }
    assert taken.stands


@PRESENT
def test_every_cell_of_the_chadian_list_is_kept_and_four_rows_contradict_themselves() -> None:
    workbook = readers.read(CHAD)
    mapping = read_stock_take_mapping(SAMPLE_DATA / "mappings" / "chad_3w.yaml")
    taken = harmonise_stock_take(workbook, mapping, Listed(CHAD, "TCD", "chad_3w.yaml"))
    assert lost(workbook, taken) == []
    assert taken.account == Account(filled=22442, above=23, kept=22419)
    assert [sum(row.sheet == sheet.name for row in taken.rows) for sheet in workbook.sheets] == [1556, 760]
    assert [(f.rule, f.row) for f in taken.findings if f.kind == "question"] == [
        ("area contradicts", 463),
        ("area contradicts", 576),
        ("area contradicts", 755),
    ]
    assert sum(not row.area for row in taken.rows) == 4


@PRESENT
@pytest.mark.parametrize("path", [ETHIOPIA, CHAD])
def test_the_first_draft_keeps_every_cell_too(path: Path) -> None:
    workbook = readers.read(path)
    text = propose_stock_take(workbook).replace("countries: [XXX]", "countries: [ETH]")
    taken = harmonise_stock_take(workbook, load_stock_take_mapping(text), Listed(ETHIOPIA, "ETH", "ethiopia_4w.yaml"))
    assert lost(workbook, taken) == []
    assert taken.account.kept == {ETHIOPIA: 6553, CHAD: 22419}[path]
