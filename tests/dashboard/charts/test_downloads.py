"""Files to take away: complete, the same bytes each time, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv as csv_format
import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from dashboard.charts.definitions import GapChart, MapChart
from dashboard.charts.downloads import csv, file_name, xlsx
from dashboard.charts.table import records

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def with_note(chart: GapChart, note: str) -> GapChart:
    row = chart.rows[0]
    mark = replace(row.marks[0], figure=replace(row.marks[0].figure, note=note, value=-3.5))
    return replace(chart, rows=(replace(row, marks=(mark,)),))


def cells(workbook: bytes, sheet: str) -> list[list[str | float]]:
    """The cells of a sheet as a spreadsheet reads them, and no formula among them."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        strings = [
            "".join(part.text or "" for part in entry.iter(f"{SHEET}t"))
            for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{SHEET}si")
        ]
        names = [one.get("name") for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")]
        page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"))
    assert page.find(f".//{SHEET}f") is None
    rows = []
    for row in page.iter(f"{SHEET}row"):
        values: list[str | float] = []
        for cell in row.iter(f"{SHEET}c"):
            value = cell.findtext(f"{SHEET}v")
            if value is not None:
                values.append(strings[int(value)] if cell.get("t") == "s" else float(value))
        rows.append(values)
    return rows


def test_csv_has_a_header_and_a_line_for_each_figure(poverty_chart: GapChart) -> None:
    written = csv(poverty_chart)

    assert written.startswith("\ufeffREF_AREA,AREA_NAME,SERIES,".encode())
    assert written.count(b"\r\n") == 8
    lines = list(csv_format.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [(line["REF_AREA"], line["OBS_VALUE"], line["ROW"]) for line in lines][:2] == [
        ("NP-P6", "34.0203", "1506"),
        ("NP-P2", "32.3174", "1502"),
    ]
    assert list(lines[0]) == list(records(poverty_chart)[0])


def test_csv_warns_beside_each_invented_figure_and_only_there(pairs_chart: GapChart) -> None:
    lines = list(csv_format.DictReader(io.StringIO(csv(pairs_chart).decode("utf-8-sig"), newline="")))
    assert {(line["ORIGIN"], line["ILLUSTRATIVE"], bool(line["WARNING"])) for line in lines} == {
        ("official", "0", False),
        ("community", "1", True),
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_begins_like_a_formula_gets_an_apostrophe_in_csv(poverty_chart: GapChart, text: str) -> None:
    written = csv(with_note(poverty_chart, text)).decode("utf-8-sig")
    (line,) = csv_format.DictReader(io.StringIO(written, newline=""))
    assert line["COMMENT_OBS"] == f"'{text}"
    assert line["OBS_VALUE"] == "-3.5", "a number stays a number"


@pytest.mark.parametrize("text", HOSTILE[:4])
def test_text_that_begins_like_a_formula_stays_text_in_the_workbook(poverty_chart: GapChart, text: str) -> None:
    header, line = cells(xlsx(with_note(poverty_chart, text)), "Data")
    assert text in line
    assert -3.5 in line
    assert header[0] == "REF_AREA"


def test_the_workbook_explains_itself(pairs_chart: GapChart) -> None:
    book = xlsx(pairs_chart)

    about = dict(row[:2] for row in cells(book, "About") if len(row) > 1)
    assert about["Title"] == pairs_chart.title
    assert about["Sources"] == pairs_chart.source_line
    assert about["Language"] == "en"
    dictionary = {row[0] for row in cells(book, "Dictionary") if len(row) == 2}
    assert dictionary - {"Column"} == set(records(pairs_chart)[0]), "every column explained, none invented"
    sources = [row for row in cells(book, "Sources") if len(row) == 10]
    assert [(row[0], row[3], row[4], row[9]) for row in sources[1:]] == [
        ("OPHI_GMPI_2024", "Official", "not asked of official sources", 6.0),
        ("ILLUSTRATIVE_SCORECARD", "Community", "▫ no recognition recorded here", 6.0),
    ]


def test_the_warning_of_invented_figures_is_on_every_sheet(pairs_chart: GapChart, poverty_chart: GapChart) -> None:
    for sheet in ("About", "Data", "Dictionary", "Sources"):
        assert cells(xlsx(pairs_chart), sheet)[0] == [pairs_chart.illustrative]
    assert cells(xlsx(poverty_chart), "Data")[0][0] == "REF_AREA"


def test_the_same_chart_gives_the_same_bytes(births_by_county: MapChart) -> None:
    assert xlsx(births_by_county) == xlsx(births_by_county)
    assert csv(births_by_county) == csv(births_by_county)


@pytest.mark.parametrize(
    ("chart_id", "name"),
    [("gaps-KEN", "gaps-KEN.csv"), ("../etc/passwd", "etc-passwd.csv"), ("ঢাকা", "chart.csv"), ("a b|c", "a-b-c.csv")],
)
def test_file_names_are_safe(poverty_chart: GapChart, chart_id: str, name: str) -> None:
    assert file_name(replace(poverty_chart, id=chart_id), "csv") == name
