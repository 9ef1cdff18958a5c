"""Lists become neutral rows: nothing is lost, what is doubtful is asked, what identifies people is refused."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data_access.importing import readers
from data_access.importing.mapping.cells import text_of
from data_access.importing.stock_take.entries import Account, Organisation, PeopleCount, PlaceText, StockTaken
from data_access.importing.stock_take.harmonising import harmonise_stock_take
from data_access.importing.stock_take.writing import as_csv, written
from data_access.importing.workbook import Workbook
from tests.data_access.importing.stock_take.lists import (
    AREAS,
    FOUR_W,
    FOUR_W_TABLE,
    NAMES,
    THREE_W_TABLES,
    Known,
    csv_file,
    mapping,
    three_w,
)


def lost(workbook: Workbook, taken: StockTaken) -> list[tuple[str, int, str]]:
    """Filled cells of the rows that were read whose text the neutral row does not hold as often as the file does."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    dropped = {(c.sheet, c.letter) for c in taken.columns if c.means == "dropped"}
    missing = []
    for row in taken.rows:
        sheet = sheets[row.sheet]
        has = written(row)
        for number in (row.latitude, row.longitude):
            has.update([] if number is None else [text_of(number)])
        columns = [c for c in taken.columns if c.sheet == row.sheet]
        cells = sheet.rows[row.row - sheet.first_row]
        theirs = Counter(
            text
            for column, cell in zip(columns, cells, strict=False)
            if (text := text_of(cell)) and (row.sheet, column.letter) not in dropped
        )
        missing += [(row.sheet, row.row, text) for text, n in theirs.items() if has[text] < n]
    return missing


def test_a_4w_list_is_read_whole(tmp_path: Path) -> None:
    workbook = csv_file(tmp_path)
    taken = harmonise_stock_take(workbook, mapping(FOUR_W_TABLE), Known())
    assert lost(workbook, taken) == []
    assert taken.account == Account(filled=70, above=15, kept=55)
    assert sum(sum(written(row).values()) for row in taken.rows) + 2 * 4 == 55
    first, _, third, _ = taken.rows
    assert (first.country, first.area, first.area_level) == ("ETH", "ET0101", "admin2")
    assert first.organisation == Organisation("Example Aid", "EX", "NGO", "example aid")
    assert first.donors == (Organisation("Example Fund", "", "", "example fund"),)
    assert (first.period_from, first.period_to, first.period_texts) == ("2025-07-01", "2025-07-31", ("July",))
    assert [row.status for row in taken.rows] == ["ongoing", "ongoing", "completed", "planned"]
    assert (first.latitude, first.longitude) == (9.12345, 38.54321)
    assert first.further == (("Site", "a"),)
    assert third.organisation == Organisation("", "EX", "NGO", "example aid")
    assert third.places[1:] == (PlaceText("admin2", "Norrth"), PlaceText("admin3", "Vale", "ET010102"))
    assert [(f.kind, f.rule, f.value, f.row) for f in taken.findings] == [("remark", "area name differs", "Norrth", 4)]
    assert taken.stands


def test_a_list_of_two_sheets_with_tags_is_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(AREAS, "TD01", "admin1")
    monkeypatch.setitem(AREAS, "TD02", "admin1")
    monkeypatch.setitem(NAMES, "amont", "TD01")
    monkeypatch.setitem(NAMES, "aval", "TD02")
    workbook = readers.read(three_w(tmp_path / "3w.xlsx"))
    taken = harmonise_stock_take(workbook, mapping(THREE_W_TABLES), Known())
    assert lost(workbook, taken) == []
    assert taken.account == Account(filled=54, above=22, kept=31, not_read=1)
    assert [(row.sheet, row.row, row.area) for row in taken.rows] == [
        ("Opérationnelle", 3, "TD01"),
        ("Opérationnelle", 4, "TD02"),
        ("Opérationnelle", 5, "TD02"),
        ("Physique", 2, "TD01"),
        ("Physique", 3, "TD01"),
    ]
    first, second, third, *offices = taken.rows
    assert first.people == (
        PeopleCount("reached", 10, "10", "male"),
        PeopleCount("reached", 12, "12", "female"),
        PeopleCount("reached", 22, "22"),
    )
    assert [row.reached for row in taken.rows] == [22, 5, None, None, None]
    assert third.further == (("Total", "n.d."), ("Icone", "y.png"))
    assert [row.period_from for row in taken.rows[:3]] == ["2025-04-03", "2025-04-25", "2025-04-01"]
    assert [row.organisation.key for row in offices] == ["exemple dorganisation", "autre exemple"]
    assert second.organisation.key == third.organisation.key == "autre exemple"
    assert [(f.kind, f.rule) for f in taken.findings] == [("remark", "sheet not read")]


def test_a_place_is_asked_about_and_never_guessed(tmp_path: Path) -> None:
    text = FOUR_W.replace("ET010102", "").replace("ET020301", "ET990101").replace("Lower,South", "Lower,Nowhere")
    text = text.replace("Upper,North,Hill,ET010101,Health", "Lower,North,Hill,ET010101,Health")
    lines = [line for line in FOUR_W_TABLE.splitlines(keepends=True) if "itude" not in line]
    table = "".join(lines) + "    drop: [{header: Lat, because: not needed}, {header: Long, because: not needed}]\n"
    taken = harmonise_stock_take(csv_file(tmp_path, text), mapping(table), Known())
    assert [(row.area, row.area_level) for row in taken.rows] == [("ET0101", "admin2"), ("", ""), ("", ""), ("", "")]
    asked = [f for f in taken.findings if f.kind == "question"]
    assert [(f.rule, f.row, f.column, f.value, f.candidates) for f in asked] == [
        ("area contradicts", 3, "admin1", "Lower", ("ET01", "ET02")),
        ("unknown area", 4, "admin2", "Norrth", ("ET0101 North (spelt 91 % alike)",)),
        ("unknown area", 5, "admin2", "Nowhere", ()),
    ]
    assert not taken.stands
    answered = table + "    areas: {overrides: {Norrth: ET0101, Nowhere: ET0203, Lower: ET01}}\n"
    taken = harmonise_stock_take(csv_file(tmp_path, text), mapping(answered), Known())
    assert [row.area for row in taken.rows] == ["ET0101", "ET0101", "ET0101", "ET0203"]
    assert taken.stands


def test_a_country_that_is_not_there_is_one_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(AREAS, "ETH")
    taken = harmonise_stock_take(csv_file(tmp_path), mapping(FOUR_W_TABLE), Known())
    assert [(f.rule, f.value) for f in taken.findings] == [("unknown country", "ETH")]
    assert "country add ETH" in taken.findings[0].mend
    assert {row.area for row in taken.rows} == {""}


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = (
        "Who,Reached,When,Status,Sector\n"
        "Example,12.5,13/2025,half,WASH\n,-3,03/04/2025,ongoing,\nOther,1 200,May,done,x\n"
    )
    table = """tables:
  - columns:
      - {header: Who, means: organisation}
      - {header: Reached, means: people, stage: reached}
      - {header: When, means: period}
      - {header: Status, means: status}
      - {header: Sector, means: sector}
      - {header: Link, means: link}
"""
    taken = harmonise_stock_take(csv_file(tmp_path, text), mapping(table), Known())
    assert [(f.kind, f.rule, f.row, f.value) for f in taken.findings] == [
        ("refused", "column not found", None, ""),
        ("question", "period", 2, "13/2025"),
        ("question", "status", 2, "half"),
        ("refused", "people", 2, "12.5"),
        ("question", "period", 3, "03/04/2025"),
        ("question", "organisation", 3, ""),
        ("refused", "people", 3, "-3"),
        ("question", "period", 4, "May"),
    ]
    assert [row.reached for row in taken.rows] == [None, None, 1200]
    assert lost(csv_file(tmp_path, text), taken) == []


CONTACTS = "Organisation,Sector,Focal point,Phone,E-mail,Observations\n" + "".join(
    f"Example {n},WASH,A. Person{n},+251 91 000 00{n}0,a{n}@example.org,seen\n" for n in range(1, 7)
)
CONTACT_TABLE = """tables:
  - columns:
      - {header: Organisation, means: organisation}
      - {header: Sector, means: sector}
"""


def test_contacts_are_refused_and_none_of_the_rows_is_kept(tmp_path: Path) -> None:
    taken = harmonise_stock_take(csv_file(tmp_path, CONTACTS), mapping(CONTACT_TABLE), Known())
    assert taken.rows == ()
    assert {(f.kind, f.rule, f.column) for f in taken.findings} == {
        ("refused", "personal_identifier", column) for column in ("Focal point", "Phone", "E-mail")
    }
    assert not any("example.org" in f.what + f.value or "251" in f.what + f.value for f in taken.findings)
    assert (taken.account.kept, taken.account.refused) == (0, 36)


def test_contacts_that_the_mapping_leaves_out_are_told_and_counted(tmp_path: Path) -> None:
    drop = "    drop:\n" + "".join(
        f"      - {{header: {name}, because: names or reaches people}}\n" for name in ("Focal point", "Phone", "E-mail")
    )
    taken = harmonise_stock_take(csv_file(tmp_path, CONTACTS), mapping(CONTACT_TABLE + drop), Known())
    assert taken.account == Account(filled=42, above=6, kept=18, dropped=18)
    assert [(f.rule, f.column, f.what) for f in taken.findings if f.rule == "column dropped"] == [
        ("column dropped", name, "6 filled cells were left out: names or reaches people")
        for name in ("Focal point", "Phone", "E-mail")
    ]
    assert "example.org" not in as_csv(taken.rows)
    assert taken.rows[0].further == (("Observations", "seen"),)


def test_coordinates_finer_than_the_places_are_refused(tmp_path: Path) -> None:
    finer = FOUR_W.replace("Clinic,9.12345", "Clinic,9.12399")
    taken = harmonise_stock_take(csv_file(tmp_path, finer), mapping(FOUR_W_TABLE), Known())
    assert taken.rows == ()
    assert [(f.rule, f.column) for f in taken.findings] == [("personal_identifier", "Lat, Long")]
    alone = "".join(FOUR_W.splitlines(keepends=True)[:2])
    assert harmonise_stock_take(csv_file(tmp_path, alone), mapping(FOUR_W_TABLE), Known()).rows == ()


def test_lists_in_one_cell_are_parted_and_kept_whole(tmp_path: Path) -> None:
    table = """tables:
  - columns:
      - {header: Who, means: organisation}
      - {header: Donors, means: donor, parted_by: ";"}
      - {header: For, means: population_group, parted_by: "/"}
"""
    workbook = csv_file(tmp_path, "Who,Donors,For\nExample,A Fund; B Fund,refugees / hosts\n")
    taken = harmonise_stock_take(workbook, mapping(table), Known())
    (row,) = taken.rows
    assert [donor.name for donor in row.donors] == ["A Fund", "B Fund"]
    assert row.population_groups == ("refugees", "hosts")
    assert row.further == (("Donors", "A Fund; B Fund"), ("For", "refugees / hosts"))


def test_the_table_as_csv_harms_no_spreadsheet(tmp_path: Path) -> None:
    table = "tables:\n  - columns:\n      - {header: Who, means: organisation}\n      - {header: Do, means: activity}\n"
    taken = harmonise_stock_take(csv_file(tmp_path, "Who,Do\nExample,=1+1\n"), mapping(table), Known())
    assert "'=1+1" in as_csv(taken.rows)
