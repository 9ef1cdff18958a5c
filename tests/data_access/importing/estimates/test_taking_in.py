"""A messy export, its form and a mapping become figures that may be published; what identifies people stays out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest
from ruamel.yaml import YAML

from data_access.importing.estimates.grids import grid_of_csv
from data_access.importing.estimates.proposing import propose_microdata
from data_access.importing.estimates.taking_in import Estimated, Microfile, take_in
from data_access.importing.mapping.design import Microdata
from data_access.importing.mapping.resolve import Answer
from data_access.importing.problems import FileProblem
from data_access.importing.workbook import Cell, Workbook


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


kobo = _beside("kobo")


class Known:
    """Knows the codes of this test, and no names but two."""

    def area(self, text: str, country: str = "", kind: str = "", vintage: str = "") -> Answer:
        return {"NPL": "NPL", "Koshi": "NP-P1", "Madhesh": "NP-P2"}.get(text)

    def category(self, dimension: str, text: str) -> Answer:
        return text if text in ("F", "M", "PD", "PWD", "Y5T17", "Y18T90") else None

    def dimension(self, text: str) -> Answer:
        return text

    def series(self, text: str) -> Answer:
        return text if text in ("SCHOOL", "WATER") else None


MAPPING: dict[str, Any] = {
    "sheet": {"name": "person"},
    "drop": ["start"],
    "weight": "hh_weight",
    "strata": ["province"],
    "psu": "village",
    "country": "NPL",
    "period": "2026",
    "circumstances": [{"dimension": "SEX", "column": "sex", "codes": {"Woman": "F", "2": "M"}}],
    "outcomes": [{"series": "SCHOOL", "column": "enrolled", "yes": ["1"], "no": ["0"]}],
    "domains": [["SEX"]],
}


def taken(export: Workbook, *, form: Workbook | None = None, path: Path | None = None, **changed: Any) -> Estimated:
    said = Microdata.model_validate(MAPPING | changed)
    return take_in(Microfile(export, path, form or kobo.form()), said, Known())


def cells(export: Workbook, change: Callable[[str, list[str], list[list[Cell]]], None]) -> Workbook:
    sheets = {}
    for sheet in export.sheets:
        header, *lines = [list(row) for row in sheet.rows]
        change(sheet.name, header, lines)
        sheets[sheet.name] = [header, *lines]
    return kobo.workbook(sheets, export.file)


def by_hand(export: Workbook, code: int | None) -> tuple[float, int, int]:
    """Weighted share in per cent, people asked and people who said yes, added up line by line."""
    households, person = export.sheets
    weight = {row[-1]: row[list(households.rows[0]).index("hh_weight")] for row in households.rows[1:]}
    header = list(person.rows[0])
    sex, enrolled = header.index("about/sex" if "about/sex" in header else "sex"), header.index("enrolled")
    asked = [row for row in person.rows[1:] if row[enrolled] != 88 and code in (None, row[sex])]
    total = sum(weight[row[-2]] for row in asked)
    yes = [row for row in asked if row[enrolled] == 1]
    return 100 * sum(weight[row[-2]] for row in yes) / total, len(asked), len(yes)


@pytest.mark.parametrize("exploded", [True, False])
@pytest.mark.parametrize("groups", [True, False])
def test_linked_sheets_weights_and_missing_codes(exploded: bool, groups: bool) -> None:
    export = kobo.export(exploded=exploded, groups=groups)
    found = taken(export)
    rows = {row.group: row for row in found.rows}
    assert set(rows) == {"", "SEX=F", "SEX=M"}
    for group, code in (("", None), ("SEX=F", 1), ("SEX=M", 2)):
        row, (value, n, yes) = rows[group], by_hand(export, code)
        assert row.value == pytest.approx(value, rel=1e-11)
        assert (row.area, row.series, row.time_period, row.n, row.yes) == ("NPL", "SCHOOL", "2026", n, yes)
        assert row.lower is not None and row.upper is not None and row.lower < value < row.upper
        assert (row.status, row.sheet, row.column) == ("A", "person", "enrolled")


def test_labels_in_place_of_codes_say_the_same() -> None:
    labels = {"sex": {1.0: "Woman", 2.0: "Man"}}

    def change(sheet: str, header: list[str], lines: list[list[Cell]]) -> None:
        for i, name in enumerate(header):
            said = labels.get(name.rpartition("/")[2])
            if said:
                header[i] = "Sex"
                for line in lines:
                    line[i] = said[line[i]]  # type: ignore[index]
            if name == "enrolled":
                header[i] = "Goes to school?"

    codes, words = taken(kobo.export()).rows, taken(cells(kobo.export(), change)).rows
    assert [(row.group, row.value, row.n, row.lower) for row in codes] == [
        (row.group, row.value, row.n, row.lower) for row in words
    ]


@pytest.mark.parametrize("exploded", [True, False])
def test_a_choice_among_several(exploded: bool) -> None:
    outcome = [{"series": "WATER", "column": "water/tap", "yes": ["1"]}]
    export = kobo.export(exploded=exploded)
    answered = [i for i in range(1, kobo.HOUSEHOLDS + 1) if i % 2 or i % 3 == 0]
    for said in (outcome, [{"series": "WATER", "column": "water", "yes": ["tap"]}]):
        (row,) = taken(export, outcomes=said, domains=[[]]).rows
        assert (row.n, row.yes) == (len(answered) * kobo.PEOPLE, sum(i % 2 for i in answered) * kobo.PEOPLE)


def test_odk_central_joins_group_and_question_by_a_hyphen() -> None:
    def change(sheet: str, header: list[str], lines: list[list[Cell]]) -> None:
        odk = {"_index": "KEY", "_parent_index": "PARENT_KEY"}
        header[:] = [odk.get(name, name if name.startswith("_") else name.replace("/", "-")) for name in header]

    hyphens = cells(kobo.export(exploded=False), change)
    assert [row.value for row in taken(hyphens).rows] == [row.value for row in taken(kobo.export()).rows]


def test_who_answered_stays_at_the_door() -> None:
    def change(sheet: str, header: list[str], lines: list[list[Cell]]) -> None:
        if sheet == "households":
            for name, value in (("_uuid", "0c1"), ("deviceid", "d:1"), ("_gps_latitude", 27.5)):
                header.append(name)
                for line in lines:
                    line.append(value)

    export = cells(kobo.export(), change)
    found = taken(export, drop=[])
    assert found.rows == ()
    assert {(one.kind, one.rule, one.sheet, one.column, one.value) for one in found.findings} == {
        ("refused", "personal_identifier", "households", column, "")
        for column in ("start", "_uuid", "deviceid", "_gps_latitude")
    }
    assert taken(export, drop=["start", "_uuid", "device*", "*latitude"]).rows == taken(kobo.export()).rows


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "rule"),
    [
        ("person", 5, "about/sex", 7, "unknown_code"),
        ("person", 7, "_parent_index", 99, "parent_missing"),
        ("households", 3, "_index", 1, "key_twice"),
        ("households", 3, "hh_weight", "heavy", "not_a_number"),
    ],
)
def test_what_does_not_fit_is_named_with_its_cell(sheet: str, row: int, column: str, value: Any, rule: str) -> None:
    def change(name: str, header: list[str], lines: list[list[Cell]]) -> None:
        if name == sheet:
            lines[row - 2][header.index(column)] = value

    found = taken(cells(kobo.export(), change))
    assert found.rows == ()
    at = [(one.rule, one.sheet, one.column, one.value) for one in found.findings if one.kind == "refused"]
    assert (rule, sheet, column, str(value)) in at


def test_a_csv_is_read_where_it_lies(tmp_path: Path) -> None:
    export = kobo.export(exploded=False)
    households, person = export.sheets
    weights = {row[-1]: row for row in households.rows[1:]}
    header = list(households.rows[0])
    lines = ["SEX;enrolled;hh_weight;province;village"]
    for row in person.rows[1:]:
        home = weights[row[-2]]
        weight = str(home[header.index("hh_weight")]).replace(".", ",")
        province, village = home[header.index("place/province")], home[header.index("village")]
        lines.append(f"{row[0]:.0f};{row[list(person.rows[0]).index('enrolled')]};{weight};{province};{village}")
    for encoding in ("utf-8-sig", "utf-16"):
        file = tmp_path / f"{encoding}.csv"
        file.write_text("\n".join(lines), encoding=encoding)
        sexes = [{"dimension": "SEX", "column": "SEX", "codes": {"1": "F", "2": "M"}}]
        said = Microdata.model_validate(MAPPING | {"sheet": {"position": 1}, "drop": [], "circumstances": sexes})
        found = take_in(Microfile(Workbook(file.name, "csv", "0" * 64, ()), file), said, Known())
        assert [(row.value, row.n, row.se) for row in found.rows] == [
            (row.value, row.n, row.se) for row in taken(export).rows
        ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a,b\n1,2\n\n3,4\n\n", [("1", "3"), ("2", "4")]),
        ("a,b\r\n1,2\r\n3\r\n", [("1", "3"), ("2",)]),
        ('a;b\n"x\ny";2\n 3 ;"4;5"\n', [("x\ny", "3"), ("2", "4;5")]),
    ],
)
def test_blank_lines_short_rows_and_quoted_cells(tmp_path: Path, text: str, codes: list[tuple[str, ...]]) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes(text.encode())
    grid = grid_of_csv(file, duckdb.connect(), tmp_path, 1)
    assert (grid.size, grid.headers) == (2, ("a", "b"))
    assert [grid.column(at).labels for at in (0, 1)] == codes
    assert all(len(grid.column(at).codes) == grid.size for at in (0, 1))


def test_a_row_with_too_many_cells_is_named(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("a,b\n1,2\n1,2,3\n")
    with pytest.raises(FileProblem, match=r"people.csv, row 3: the row has more cells than the header, which has 2"):
        grid_of_csv(file, duckdb.connect(), tmp_path, 1)


def test_a_draft_is_offered_that_the_schema_reads() -> None:
    draft = YAML(typ="safe").load(propose_microdata(kobo.export(), kobo.form()))["microdata"]
    said = Microdata.model_validate(draft | {"country": "NPL"})
    assert (said.weight, said.area, said.drop) == ("hh_weight", "place/province", ("start",))
    assert said.disability is not None and said.disability.columns == kobo.SIX
    assert (said.sheet.name, said.circumstances[0].dimension, said.form) == ("person", "SEX", "form.xlsx")
