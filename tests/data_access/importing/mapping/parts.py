"""Small workbooks, sources and a resolver for the tests of mappings."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from data_access.folding import fold
from data_access.importing.mapping.resolve import Answer, Question
from data_access.importing.mapping.schema import Source
from data_access.importing.shipped import catalogue_rows
from data_access.importing.workbook import Cell, Sheet, Workbook

SOURCE_YAML = """version: 1
source:
  code: TEST_SOURCE
  title: A source of the tests
  publisher: The tests
  origin: community
  countries: [KEN]
  collection: community_survey
  sampling: purposive
  licence: CC BY 4.0
  licence_state: attribution
  citation: The tests
"""
SOURCE = Source(
    code="TEST_SOURCE",
    title="A source of the tests",
    publisher="The tests",
    origin="community",
    countries=("KEN",),
    collection="community_survey",
    sampling="purposive",
    licence="CC BY 4.0",
    licence_state="attribution",
    citation="The tests",
)


class Known:
    """Answers from the shipped catalogues by code and by name as it stands, country by country."""

    def __init__(self) -> None:
        areas = catalogue_rows("areas", illustrative=False)
        self.country = {area["code"]: area["country"] for area in areas}
        self.kind = {area["code"]: area["kind"] for area in areas}
        self.named: dict[str, set[str]] = {}
        for area in areas:
            for name in (area["name"], area["name_local"], area["pcode"]):
                self.named.setdefault(fold(name), set()).add(area["code"])
        for further in catalogue_rows("area_names", illustrative=False):
            self.named.setdefault(fold(further["name"]), set()).add(further["area"])
        merged = catalogue_rows("boundary_vintage_areas", illustrative=False)
        self.later = {row["area"] for row in merged if row["area"] not in row["made_of"].split("|")}
        self.known_series = {row["series"] for row in catalogue_rows("series", illustrative=False)}
        self.categories = {
            (row["dimension"], fold(row[name])): row["code"]
            for row in catalogue_rows("categories", illustrative=False)
            for name in ("code", "name", "published_name")
        }

    def area(self, text: str, country: str = "", kind: str = "", vintage: str = "") -> Answer:
        if text in self.country:
            return text
        found = {code for code in self.named.get(fold(text), ()) if country in ("", self.country[code])}
        found = {code for code in found if not kind or self.kind[code] == kind}
        found = {code for code in found if code not in self.later} if vintage.startswith("63 provinces") else found
        found = {code for code in found if self.kind[code] != "admin2"} or found
        if len(found) > 1:
            return Question("names several places.", tuple(sorted(found)))
        return next(iter(found), None)

    def category(self, dimension: str, text: str) -> Answer:
        return self.categories.get((dimension, fold(text)))

    def dimension(self, text: str) -> Answer:
        return text if any(text == dimension for dimension, _ in self.categories) else None

    def series(self, text: str) -> Answer:
        return text if text in self.known_series else None


def sheet(*rows: Sequence[Cell], name: str = "Sheet1", **more: object) -> Sheet:
    width = max(map(len, rows))
    return Sheet(name, tuple((*row, *(None,) * (width - len(row))) for row in rows), **more)  # type: ignore[arg-type]


def workbook(*sheets: Sheet, file: str = "partner.xlsx") -> Workbook:
    return Workbook(file, "xlsx", "0" * 64, sheets)


def from_csv(text: str, file: str = "partner.csv") -> Workbook:
    rows = [[cell or None for cell in row] for row in csv.reader(io.StringIO(text, newline=""))]
    return Workbook(file, "csv", "0" * 64, (sheet(*rows, name="partner"),))
