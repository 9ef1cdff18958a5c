"""What is kept by column says what rows say; and what is only counted in a list stands in full in the CSV."""

from __future__ import annotations

import csv
from array import array
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.importing.checks.figures import check_figures
from data_access.importing.checks.identifiers import check_workbook
from data_access.importing.checks.table import frame_of
from data_access.importing.findings import Batch, Finding, as_csv
from data_access.importing.mapping.apply import harmonise
from data_access.importing.mapping.reading import load_mapping
from data_access.importing.readers import LIMITS
from data_access.importing.readers.parse import parse
from data_access.importing.tidy import TidyRow, TidyRows, joined
from data_access.importing.workbook import Grid, GridColumn, Sheet, Workbook
from data_access.queries.catalogue import Catalogue
from tests.data_access.importing.mapping.parts import SOURCE_YAML, Known

CELLS = st.none() | st.sampled_from(["a", "b", "Hà Nội", "=1+1"]) | st.integers(-3, 3) | st.floats(0, 1)
TABLES = st.integers(1, 4).flatmap(lambda width: st.lists(st.tuples(*[CELLS] * width), max_size=30))
NUMBER = st.none() | st.floats(allow_nan=False)
COUNT = st.none() | st.integers(-5, 10**12)
WORD = st.sampled_from(["", "KEN", "SEX=F", "2019", "x"])
ROWS = st.lists(
    st.builds(
        TidyRow, WORD, WORD, WORD, WORD, NUMBER, NUMBER, NUMBER, NUMBER, COUNT, COUNT, COUNT,
        WORD, WORD, WORD, st.integers(0, 9), WORD,
    ),
    max_size=20,
).map(tuple)  # fmt: skip
TABLE_YAML = (
    SOURCE_YAML
    + """tables:
  - columns:
      - {header: area, means: area}
      - {header: year, means: period}
    values:
      - {header: value, series: FACILITY_BIRTH}
"""
)


def grid(rows: list[tuple[object, ...]]) -> Grid:
    columns = []
    for cells in zip(*rows, strict=True):
        distinct = list(dict.fromkeys((type(cell), cell) for cell in cells))
        codes = array("i", [distinct.index((type(cell), cell)) for cell in cells])
        columns.append(GridColumn(codes, [cell for _, cell in distinct]))  # type: ignore[misc]
    return Grid(columns)


@settings(max_examples=100, deadline=None)
@given(TABLES, st.integers(-40, 40), st.integers(-40, 40))
def test_a_grid_is_its_rows(rows: list[tuple[object, ...]], start: int, stop: int) -> None:
    made = grid(rows)
    assert (len(made), tuple(made), made) == (len(rows), tuple(rows), tuple(rows))
    assert [made[i] for i in range(-len(rows), len(rows))] == [rows[i] for i in range(-len(rows), len(rows))]
    assert tuple(made[start:stop]) == tuple(rows[start:stop])
    assert tuple(made[start:stop][1:]) == tuple(rows[start:stop][1:])
    assert tuple(made[::2]) == tuple(rows[::2])
    with pytest.raises(IndexError):
        made[len(rows)]


def test_short_and_late_wide_rows_of_a_csv_are_filled_up() -> None:
    late = 25_000
    text = "\n".join(["a,b", *("1" for _ in range(late)), "1,2,3", "", ""])
    (sheet,) = parse("a.csv", text.encode(), LIMITS).sheets
    assert len(sheet.rows) == late + 2
    assert [sheet.rows[i] for i in (0, 1, late, -1)] == [
        ("a", "b", None), (1, None, None), (1, None, None), (1, 2, 3)
    ]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(ROWS, ROWS)
def test_rows_by_column_are_the_rows(first: tuple[TidyRow, ...], second: tuple[TidyRow, ...]) -> None:
    one, two = TidyRows.of(first), TidyRows.of(second)
    assert tuple(one) == first
    assert (one == first, len(one), [one[i] for i in range(-len(first), len(first))]) == (
        True, len(first), [*first, *first],
    )  # fmt: skip
    assert tuple(one[1:]) == first[1:]
    assert tuple(joined([one, two])) == (*first, *second)
    assert tuple(joined([])) == ()
    assert {row.area for row in first} == set(one.texts["area"].used())


def test_a_number_that_is_none_is_not_taken_for_nothing() -> None:
    assert TidyRows.of([TidyRow("KEN", "S", "", "2019", float("nan"))])[0].value == float("inf")


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_the_checks_find_the_same_in_columns_and_in_rows(known: Catalogue, rows: tuple[TidyRow, ...]) -> None:
    by_row, by_column = (
        check_figures(frame_of(some), known, file="a.csv").findings() for some in (rows, TidyRows.of(rows))
    )
    assert by_column == by_row


@pytest.fixture(scope="module")
def known(filled_file: Path) -> Catalogue:
    from sqlmodel import Session

    from data_access.database import engine_for
    from data_access.queries.catalogue import read_catalogue

    with Session(engine_for(f"sqlite:///{filled_file}")) as session:
        return read_catalogue(session)


def lines(found: object) -> list[dict[str, str]]:
    return list(csv.DictReader(as_csv(found).splitlines()))  # type: ignore[arg-type]


def test_what_is_counted_in_the_list_stands_in_full_in_the_csv() -> None:
    text = "area,year,value\n" + "".join(f"Nowhere {i},2019,about {i}\n" for i in range(1500))
    made = harmonise(parse("a.csv", text.encode(), LIMITS), load_mapping(TABLE_YAML), Known())
    assert len(made.rows) == 0
    shown = [f for f in made.findings if f.kind != "remark"]
    assert len(shown) == 2 * (1000 + 1)
    assert {f.what for f in shown if f.row is None} == {
        "A cell that should hold a figure does not. So it is in 500 further cells.",
        "500 further texts are no area that is known.",
    }
    told = [(line["rule"], line["row"], line["value"]) for line in lines(made.batches()) if line["kind"] != "remark"]
    assert sorted(told) == sorted(
        [("not a number", str(i + 2), f"about {i}") for i in range(1500)]
        + [("unknown area", str(i + 2), f"Nowhere {i}") for i in range(1500)]
    )


def test_a_batch_says_in_csv_what_its_findings_say_and_runs_nothing() -> None:
    batch = Batch("refused", "=r", "a.csv", ["+w", "w"], "@m", "s", [2, 0], ["c", "-c"], ["=1+1", "\tx"])
    assert as_csv([batch]) == as_csv(list(batch))
    assert [line["value"] for line in lines([batch])] == ["'=1+1", "'\tx"]
    assert [(one.row, one.what) for one in batch] == [(2, "+w"), (None, "w")]
    assert isinstance(next(iter(batch)), Finding)


@pytest.mark.parametrize(
    ("above", "what"),
    [
        ("Contact: someone@example.org", "e-mail addresses"),
        ("Tel. +254 712 345 678", "phone numbers"),
        ("Survey of 2019, districts", ""),
    ],
)
def test_identifiers_above_the_header_are_found_and_not_repeated(above: str, what: str) -> None:
    rows = ((None, None), (above, None), ("area", "value"), ("Kisumu", 4.5), ("Nairobi", 5.5))
    found = check_workbook(Workbook("a.xlsx", "xlsx", "", (Sheet("s", rows, first_row=3),)))
    assert [(f.rule, f.row, f.what) for f in found] == (
        [("personal_identifier", 4, f"The row, in or above the header, holds {what} in 1 of its cells.")]
        if what
        else []
    )
    assert above not in as_csv(found)
