"""What a mapping makes of the layouts partners send, cell by cell."""

from __future__ import annotations

from datetime import date

from data_access.importing.mapping.apply import Harmonised, harmonise
from data_access.importing.mapping.reading import load_mapping
from data_access.importing.tidy import TidyRow
from data_access.importing.workbook import Workbook
from tests.data_access.importing.mapping.parts import SOURCE_YAML, Known, from_csv, sheet, workbook


def apply(made: Workbook, tables: str) -> Harmonised:
    return harmonise(made, load_mapping(SOURCE_YAML + tables), Known())


def kinds(found: Harmonised) -> list[tuple[str, str, int | None, str, str]]:
    return [(f.kind, f.rule, f.row, f.column, f.value) for f in found.findings]


def test_wide_by_year_with_a_preliminary_year_a_region_and_missing_values() -> None:
    made = workbook(
        sheet(
            ["A title"],
            [None],
            ["County", "2018", "Prel. 2019"],
            ["Baringo", 10.5, ".."],
            ["  Embu ", 1, 2.25],
            ["Whole  country", "3", "4,5"],
            ["Source: the tests"],
        )
    )
    found = apply(
        made,
        """tables:
  - header_rows: [3]
    stop: "^Source"
    decimal: ","
    columns:
      - {header: County, means: area}
    values:
      - {pattern: "(?P<period>\\\\d{4})", series: MPI_H}
      - {pattern: "Prel. (?P<period>\\\\d{4})", series: MPI_H, status: P, note: preliminary}
    missing: [{code: ".."}]
    areas: {country: KEN, overrides: {Whole country: KEN}}
""",
    )
    place = {"sheet": "Sheet1"}
    assert found.rows == (
        TidyRow("KE-01", "MPI_H", "", "2018", 10.5, row=4, column="B", **place),
        TidyRow("KE-06", "MPI_H", "", "2018", 1.0, row=5, column="B", **place),
        TidyRow("KE-06", "MPI_H", "", "2019", 2.25, status="P", note="preliminary", row=5, column="C", **place),
        TidyRow("KEN", "MPI_H", "", "2018", 3.0, row=6, column="B", **place),
        TidyRow("KEN", "MPI_H", "", "2019", 4.5, status="P", note="preliminary", row=6, column="C", **place),
    )
    assert [f.what for f in found.findings] == [
        "1 rows below the end of the table were not read.",
        "1 value cells hold '..': no figure, as the mapping says.",
    ]


def test_merged_headers_groups_in_headers_measures_and_units() -> None:
    made = workbook(
        sheet(
            ["Area", "Women", None, "Men", None],
            [None, "Rate", "SE", "Rate", "SE"],
            ["Embu", 0.25, 0.01, 0.5, 0.02],
            merged=((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)),
        )
    )
    found = apply(
        made,
        """tables:
  - header_rows: [1, 2]
    columns:
      - {header: Area, means: area}
    values:
      - pattern: "(?P<SEX>Women) / Rate"
        codes: {SEX: {Women: Female}}
        se: {letter: C}
        unit: proportion
        to_unit: percent
      - header: Men / Rate
        group: {SEX: M}
        se: {header: Men / SE}
        multiply: 100
    fixed: {series: MPI_H, period: 2020}
""",
    )
    assert [(r.area, r.group, r.time_period, r.value, r.se, r.column) for r in found.rows] == [
        ("KE-06", "SEX=F", "2020", 25.0, 1.0, "B"),
        ("KE-06", "SEX=M", "2020", 50.0, 2.0, "D"),
    ]
    assert found.findings == ()


def test_a_long_table_with_codes_questions_and_refusals_loses_no_cell_without_a_word() -> None:
    made = workbook(
        sheet(
            ["County", "Sex", "Year", "Share", "People", "Phone"],
            ["Embu", "1", 2019.0, 12, 30, "x"],
            ["Embu", "2", date(2020, 3, 1), "n/a", 30, None],
            ["Embbu", "2", "2019-2020", 12, 30, None],
            ["Embu", "3", "2019", 12, 30, None],
            ["Embu", "2", "soon", 12, 30, None],
            ["Embu", "2", "2021", None, 30, None],
            ["Embu", "all", "2019-2020", 99, 30, None],
        )
    )
    found = apply(
        made,
        """tables:
  - columns:
      - {header: County, means: area}
      - {header: Sex, means: group, dimension: SEX, codes: {1: M, 2: F}, total: all}
      - {header: Year, means: period}
      - {header: People, means: n}
    values: [{header: Share, series: MPI_H}]
    missing: [{code: 99, status: M, note: not asked}]
""",
    )
    assert [(r.group, r.time_period, r.value, r.n, r.status, r.note, r.row) for r in found.rows] == [
        ("SEX=M", "2019", 12.0, 30, "A", "", 2),
        ("", "2019-20", None, 30, "M", "not asked", 8),
    ]
    assert kinds(found) == [
        ("remark", "rows without values", None, "", ""),
        ("question", "unknown area", 4, "County", "Embbu"),
        ("question", "unknown category of SEX", 5, "Sex", "3"),
        ("question", "unknown period", 6, "Year", "soon"),
        ("refused", "not a number", 3, "Share", "n/a"),
        ("remark", "figures waiting", None, "", ""),
        ("remark", "columns not read", None, "", ""),
    ]
    assert found.findings[5].what == "3 figures wait for what is asked or refused above."


def test_the_year_in_the_sheets_name_a_table_beside_and_rows_left_out_for_a_reason() -> None:
    data = [["id", "Area", "Score"], [1, "Embu", 5.55555], [999, "Highest", 9]]
    sizes = [["Area", "n"], ["Embu", 120]]
    made = workbook(sheet(*data, name="2019_Scores"), sheet(*sizes, name="Sizes"), sheet(["x", "y"], name="Other"))
    found = apply(
        made,
        """tables:
  - sheets: {pattern: "(?P<period>\\\\d{4})_Scores"}
    columns:
      - {header: Area, means: area}
      - {header: id, means: ignore}
    values:
      - {header: Score, series: MPI_H, round: 4, n: {beside: sizes, header: n}}
    beside:
      sizes: {sheet: {name: Sizes}, header_rows: [1], first_row: 2, on: [{header: Area}]}
    drop_rows: [{header: id, values: [999], because: the highest score is no place}]
    amendments: [{area: KE-06, period: 2019, note: first round}]
""",
    )
    assert found.rows == (
        TidyRow(
            "KE-06", "MPI_H", "", "2019", 5.5556, n=120, note="first round", sheet="2019_Scores", row=2, column="C"
        ),
    )
    assert [f.what for f in found.findings] == [
        "1 rows left out: the highest score is no place",
        "1 sheets are not read: Other.",
    ]


def test_a_sheet_and_a_column_that_are_not_there_are_refused_with_what_is_near() -> None:
    found = apply(
        from_csv("County,Shares\nEmbu,1\n"),
        "tables:\n  - values: [{header: Share, series: MPI_H}]\n  - sheets: {name: B}\n    values: [{letter: A}]\n",
    )
    assert found.rows == ()
    assert [(f.rule, f.column, f.value, f.candidates) for f in found.findings] == [
        ("column not found", "Share", "", ("Shares",)),
        ("sheet not found", "", "B", ()),
    ]


def test_a_million_bad_cells_are_counted_not_listed() -> None:
    text = "County,2019\n" + "Embu,bad\n" * 3000
    found = apply(
        from_csv(text),
        "tables:\n  - columns: [{header: County, means: area}]\n"
        "    values: [{header: 2019, period: 2019, series: MPI_H}]\n",
    )
    assert len(found.findings) == 1001
    assert found.findings[-1].what == "A cell that should hold a figure does not. So it is in 2,000 further cells."
