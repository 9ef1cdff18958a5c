"""Who-does-what-where lists of our own with the traits of real ones; organisations and places are invented."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import xlsxwriter

from data_access.importing import readers
from data_access.importing.resolution.outcomes import Candidate, Outcome, Question, Resolved, Unknown
from data_access.importing.stock_take.reading import load_stock_take_mapping
from data_access.importing.stock_take.schema import StockTakeMapping
from data_access.importing.workbook import Workbook

SOURCE = """version: 1
kind: stock_take
source:
  code: TEST_3W
  title: A list of the tests
  publisher: The tests
  countries: [ETH]
  licence: none
  licence_state: unverified
  citation: The tests
"""
FOUR_W = (
    "\ufeffMonth,Status,Donor,Partner Acronym,Partner Name,Type,"
    "Region,Zone,Woreda,Pcode,Cluster,Activity,Lat,Long,Site\n"
    "July,On-going,Example Fund,EX,Example Aid,NGO,Upper,North,Hill,ET010101,WASH,Wells,9.12345,38.54321,a\n"
    "July,On-going,,EX,Example Aid,NGO,Upper,North,Hill,ET010101,Health,Clinic,9.12345,38.54321,\n"
    "May,Completed,Example Fund,EX,,NGO,Upper,Norrth,Vale,ET010102,Health,Clinic,9.20001,38.60001,\n"
    "June,Planned,,OT,Other Body,Government,Lower,South,Dale,ET020301,WASH,Wells,7.11111,36.22222,b\n"
)
FOUR_W_TABLE = """tables:
  - columns:
      - {header: Month, means: period}
      - {header: Status, means: status}
      - {header: Donor, means: donor}
      - {header: Partner Acronym, means: organisation_acronym}
      - {header: Partner Name, means: organisation}
      - {header: Type, means: organisation_type}
      - {header: Region, means: area, level: admin1}
      - {header: Zone, means: area, level: admin2}
      - {header: Woreda, means: area, level: admin3}
      - {header: Pcode, means: area_code, level: admin3, lengths: {admin1: 4, admin2: 6}}
      - {header: Cluster, means: sector}
      - {header: Activity, means: activity}
      - {header: Lat, means: latitude}
      - {header: Long, means: longitude}
    fixed: {year: 2025}
"""
AREAS = {"ETH": "country", "ET01": "admin1", "ET02": "admin1", "ET0101": "admin2", "ET0203": "admin2"}
NAMES = {"upper": "ET01", "lower": "ET02", "north": "ET0101", "south": "ET0203"}


class Known:
    """A resolver of four areas, that finds Norrth to be near North."""

    def area(self, text: str, kind: str | None = None, within: str = "") -> Outcome:
        if text in AREAS and kind in (None, AREAS[text]):
            return Resolved(text, "code")
        code = NAMES.get(text.casefold(), "")
        if code and kind in (None, AREAS[code]):
            return Resolved(code, "current name")
        if text.startswith("Nor"):
            return Question("no recorded name; some are near", (Candidate("ET0101", "North", "spelt 91 % alike"),))
        return Unknown("no recorded name")


def mapping(tables: str) -> StockTakeMapping:
    return load_stock_take_mapping(SOURCE + tables, "M.yaml")


def csv_file(folder: Path, text: str = FOUR_W) -> Workbook:
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    return readers.read(path)


def three_w(path: Path) -> Path:
    """An XLSX of two sheets in French with a row of HXL tags, dates as dates, merged cells and people by sex."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"}) as book:
        work = book.add_worksheet("Opérationnelle")
        _fill(work, [
            ["Title", "Province", "Secteur", "Sigle", "Organisation", "Hommes", "Femmes", "Total", "Début", "Icone"],
            ["#adm1+code", "#adm1+name", "#sector", "#org+acronym", "#org", "#reached+m", "#reached+f", "#reached",
             "#date+start", ""],
            ["TD01", "Amont", "Santé", "EXO", "Exemple d'Organisation", 10, 12, 22, "03/04/2025", "x.png"],
            ["TD02", "Aval", "WASH", "AUT", "Autre Exemple", None, 5, 5, "25/04/2025", "y.png"],
            ["TD02", "Aval", "WASH", "AUT", None, None, None, "n.d.", "avril 2025", "y.png"],
        ])  # fmt: skip
        offices = book.add_worksheet("Physique")
        _fill(offices, [
            ["Provinces", "Localité", "Organisation"],
            ["Amont", "Village A", "EXO"],
            [None, "Village B", "AUT"],
        ])  # fmt: skip
        offices.merge_range(1, 0, 2, 0, "Amont")
        book.add_worksheet("Lisez-moi").write(0, 0, "Une phrase.")
    path.write_bytes(out.getvalue())
    return path


def _fill(sheet: Any, rows: list[list[Any]]) -> None:
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if cell is not None and cell != "":
                sheet.write(number, place, cell)


THREE_W_TABLES = """tables:
  - sheets: {name: Opérationnelle}
    hxl_row: 2
    missing: [n.d.]
    columns:
      - {tag: "#adm1+code", means: area_code, level: admin1}
      - {tag: "#adm1+name", means: area, level: admin1}
      - {tag: "#sector", means: sector}
      - {tag: "#org+acronym", means: organisation_acronym}
      - {tag: "#org", means: organisation}
      - {tag: "#reached+m", means: people, stage: reached, sex: male}
      - {tag: "#reached +f", means: people, stage: reached, sex: female}
      - {tag: "#reached", means: people, stage: reached}
      - {tag: "#date+start", means: period_from}
  - sheets: {name: Physique}
    columns:
      - {header: Provinces, means: area, level: admin1}
      - {header: Localité, means: area, level: place}
      - {header: Organisation, means: organisation_acronym}
leave:
  - sheet: {name: Lisez-moi}
    because: words only
"""
