"""Whatever stock-take mapping meets whatever list: rows and findings, each cell accounted for, or MappingRefused."""

from __future__ import annotations

import json
import typing
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data_access.importing.findings import as_csv
from data_access.importing.mapping.reading import MappingRefused
from data_access.importing.stock_take.checking import said
from data_access.importing.stock_take.harmonising import harmonise_stock_take
from data_access.importing.stock_take.proposing import propose_stock_take
from data_access.importing.stock_take.reading import load_stock_take_mapping
from data_access.importing.stock_take.schema import LEVELS, Meaning
from data_access.importing.stock_take.writing import as_csv as rows_as_csv
from data_access.importing.workbook import Sheet, Workbook
from tests.data_access.importing.stock_take.lists import SOURCE, Known

HEADERS = ("Who", "Where", "When", "What", "People", "Lat", "Long", "#org", "#adm1+name", "")
WORDS = (
    "Example Aid", "North", "Norrth", "ET0101", "July", "2025-07", "31/12/2025", "12/31/2025", "On-going", "1,234",
    "9.12345", "N/A", "women; men", "#sector", "a" * 300, "99999999999999999999",
)  # fmt: skip
CELL = (
    st.none() | st.sampled_from(WORDS) | st.integers(-5, 10**18) | st.floats() | st.dates() | st.booleans()
    | st.text(max_size=8)
)  # fmt: skip
WHERE = (
    st.sampled_from(HEADERS).map(lambda name: {"header": name})
    | st.sampled_from("ABCDZ").map(lambda name: {"letter": name})
    | st.sampled_from(["#org", "#adm1+name", "#sector", "no tag"]).map(lambda name: {"tag": name})
    | st.sampled_from([".*", "W.*", "(", "(?P<period>.*)"]).map(lambda name: {"pattern": name})
)
FURTHER = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from([*LEVELS, "moon"]),
        "stage": st.sampled_from(["reached", "targeted", "soon"]),
        "sex": st.sampled_from(["female", "male"]),
        "unit": st.just("households"),
        "codes": st.dictionaries(st.sampled_from(WORDS), st.sampled_from(["planned", "completed", "x"]), max_size=2),
        "parted_by": st.sampled_from([";", ",", "["]),
        "optional": st.booleans(),
    },
)
COLUMN = st.tuples(WHERE, st.sampled_from(typing.get_args(Meaning)), FURTHER).map(
    lambda made: {**made[2], **made[0], "means": made[1]}
)
TABLE = st.fixed_dictionaries(
    {"columns": st.lists(COLUMN, min_size=1, max_size=6)},
    optional={
        "sheets": st.sampled_from([{"position": 1}, {"name": "list"}, {"pattern": "l.*"}, {"position": 9}]),
        "header_rows": st.sampled_from([[1], [1, 2], [], [9]]),
        "hxl_row": st.integers(1, 4),
        "first_row": st.integers(1, 5),
        "missing": st.just(["N/A", ""]),
        "fixed": st.sampled_from([{"year": 2025}, {"organisation": "Example Aid"}, {"year": 3}, {"status": "planned"}]),
        "areas": st.just({"overrides": {"Norrth": "ET0101", "Nowhere": "XX"}}),
    },
)
ROWS = st.lists(st.lists(CELL, min_size=1, max_size=8), min_size=0, max_size=8)
NO_RUSH = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))


def book(rows: list[list[Any]]) -> Workbook:
    width = max(map(len, rows), default=1)
    cells = tuple(
        (*row, *(None,) * (width - len(row))) for row in [[*HEADERS[:width], *HEADERS[width:]][:width], *rows]
    )
    return Workbook("list.xlsx", "xlsx", "0" * 64, (Sheet("list", cells),))


@NO_RUSH
@given(ROWS, st.lists(TABLE, min_size=1, max_size=2))
def test_any_list_under_any_mapping(rows: list[list[Any]], tables: list[dict[str, Any]]) -> None:
    try:
        mapping = load_stock_take_mapping(SOURCE + f"tables: {json.dumps(tables)}\n", "M.yaml")
    except MappingRefused as refused:
        assert refused.findings
        return
    taken = harmonise_stock_take(book(rows), mapping, Known())
    one = taken.account
    assert one.filled == one.kept + one.above + one.dropped + one.not_read + one.refused
    assert said(taken)
    assert rows_as_csv(taken.rows)
    assert as_csv(taken.findings)


@NO_RUSH
@given(ROWS)
def test_any_list_has_a_draft_that_loads_or_asks(rows: list[list[Any]]) -> None:
    draft = propose_stock_take(book(rows))
    try:
        load_stock_take_mapping(draft, "M.yaml")
    except MappingRefused as refused:
        assert all(one.row for one in refused.findings)


@NO_RUSH
@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_refused(text: str) -> None:
    for tried in (text, SOURCE + text, SOURCE + "tables:\n  - columns:\n      - " + text):
        try:
            load_stock_take_mapping(tried, "M.yaml")
        except MappingRefused as refused:
            assert refused.findings
