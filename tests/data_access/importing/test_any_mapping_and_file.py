"""Whatever mapping meets whatever file: figures and findings, or one of the named errors."""

from __future__ import annotations

import io
import json
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine

from data_access.database import engine_for, reading
from data_access.importing.desk import job
from data_access.importing.desk.job import PROBLEMS, understand
from data_access.importing.findings import write_csv
from data_access.importing.mapping.schema import MEANINGS
from data_access.importing.readers import LIMITS
from data_access.importing.readers.parse import parse
from data_access.importing.resolution.resolver import Resolver
from data_access.importing.workbook import Sheet, Workbook
from data_access.queries.catalogue import read_catalogue
from data_access.releases import weighing
from data_access.releases.incoming import Incoming
from data_access.releases.weighing import weigh
from tests.data_access.importing.mapping.parts import SOURCE_YAML

HEADERS = ("area", "year", "value", "who", "n", "status", "2019", "")
WORDS = (
    "Kenya",
    "KEN",
    "Nowhere",
    "FACILITY_BIRTH",
    "2019",
    "2019-21",
    "F",
    "SEX=F",
    "M",
    "..",
    "Total",
    "about 5",
    "",
)
CELL = (
    st.none()
    | st.sampled_from(WORDS)
    | st.integers(-5, 10**17)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.booleans()
    | st.text(max_size=6)
)
SELECTOR = st.sampled_from(HEADERS).map(lambda name: {"header": name}) | st.sampled_from("ABCZ").map(
    lambda name: {"letter": name}
)
COLUMN = st.tuples(SELECTOR, st.sampled_from(sorted(MEANINGS)), st.booleans()).map(
    lambda made: {
        **made[0],
        "means": made[1],
        **({"dimension": "SEX"} if made[1] == "group" else {}),
        **({"optional": True} if made[2] else {}),
    }
)
VALUES = st.tuples(
    SELECTOR | st.just({"pattern": r"(?P<period>\d{4})"}),
    st.fixed_dictionaries(
        {},
        optional={
            "series": st.sampled_from(["FACILITY_BIRTH", "POPULATION", "none"]),
            "period": st.sampled_from(["2019", "soon"]),
            "multiply": st.sampled_from([1, 100, 1e300]),
            "round": st.integers(0, 3),
            "lower": SELECTOR,
            "upper": SELECTOR,
            "n": SELECTOR,
            "unit": st.sampled_from(["percent", "proportion"]),
            "to_unit": st.sampled_from(["percent", "number"]),
        },
    ),
).map(lambda made: {**made[0], **made[1]})
TABLE = st.fixed_dictionaries(
    {"values": st.lists(VALUES, min_size=1, max_size=2)},
    optional={
        "columns": st.lists(COLUMN, max_size=6),
        "header_rows": st.lists(st.integers(1, 4), max_size=2, unique=True),
        "stop": st.sampled_from(["Total", "["]),
        "missing": st.just([{"code": ".."}, {"code": "M", "status": "M"}]),
        "fixed": st.sampled_from([{"area": "KEN"}, {"period": "2019", "series": "FACILITY_BIRTH"}, {"status": "E"}]),
        "decimal": st.sampled_from([".", ","]),
        "areas": st.sampled_from([{"country": "KEN"}, {"kind": "admin1"}, {"overrides": {"Nowhere": "KEN"}}]),
        "amendments": st.just([{"area": ["KEN"], "note": "as we know", "status": "E"}]),
    },
)
MAPPING = st.lists(TABLE, min_size=1, max_size=2).map(lambda tables: f"{SOURCE_YAML}tables: {json.dumps(tables)}\n")
TEXT = st.text(string.printable, max_size=80) | st.text(string.printable, max_size=80).map(
    lambda more: SOURCE_YAML + more
)
SHEET = st.integers(1, 7).flatmap(
    lambda width: st.tuples(
        st.permutations(HEADERS).map(lambda names: tuple(names[:width])),
        st.lists(st.tuples(*[CELL] * width), max_size=12),
    )
)


@pytest.fixture(scope="module")
def engine(filled_file: Path) -> Iterator[Engine]:
    """A database that is only read; what every file asks it anew is asked once, as half a second each adds up."""
    engine = engine_for(f"sqlite:///{filled_file}")
    with reading(engine) as session, pytest.MonkeyPatch.context() as patched:
        known, resolver = read_catalogue(session), Resolver.of(session, country="KEN")
        places = weighing._places(session)
        patched.setattr(job, "read_catalogue", lambda _session: known)
        patched.setattr(Resolver, "of", lambda *_given, **_more: resolver)
        patched.setattr(weighing, "_places", lambda _session: places)
        yield engine


def workbook(tables: list[Any]) -> Workbook:
    sheets = [
        Sheet(f"s{i}", tuple(tuple(cell if cell != "" else None for cell in row) for row in (head, *rows)))
        for i, (head, rows) in enumerate(tables)
    ]
    return Workbook("any.xlsx", "xlsx", "0" * 64, tuple(sheets))


def taken_in(engine: Engine, book: Workbook, mapping: str) -> None:
    """Read to the end, weigh, and tell everything; a named error is an answer too."""
    with reading(engine) as session:
        try:
            understood = understand(session, book, mapping, {})
            assert understood.batches is not None
            told = write_csv(io.StringIO(newline=""), understood.batches())
            assert (told > 0) >= any(True for _ in understood.findings)
            incoming = Incoming(
                understood.source, understood.rows, book.file, book.sha256, mapping, understood.findings
            )
            weighed = weigh(session, incoming)
        except PROBLEMS as problem:
            assert str(problem)
        else:
            assert weighed.left_out + len(weighed.rows) == len(understood.rows)
            assert all(finding.what and finding.file in (book.file, "mapping") for finding in weighed.findings)


FAST = settings(
    max_examples=250,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
DEEP = settings(FAST, max_examples=3000)


@FAST
@given(st.lists(SHEET, min_size=1, max_size=2), MAPPING)
def test_any_table_under_any_mapping(engine: Engine, tables: list[Any], mapping: str) -> None:
    taken_in(engine, workbook(tables), mapping)


@FAST
@given(st.lists(SHEET, min_size=1, max_size=1), TEXT)
def test_any_text_for_a_mapping(engine: Engine, tables: list[Any], mapping: str) -> None:
    taken_in(engine, workbook(tables), mapping)


@FAST
@given(st.lists(st.lists(st.sampled_from((*WORDS, '"', ";", "1,5", "\u00e9")), max_size=6), max_size=12), MAPPING)
def test_any_csv_under_any_mapping(engine: Engine, lines: list[list[str]], mapping: str) -> None:
    text = "\n".join([",".join(HEADERS), *(",".join(line) for line in lines)])
    try:
        book = parse("any.csv", text.encode(), LIMITS)
    except PROBLEMS as problem:
        assert str(problem)
    else:
        taken_in(engine, book, mapping)


@pytest.mark.long
@DEEP
@given(st.lists(SHEET, min_size=1, max_size=3), MAPPING | TEXT)
def test_any_table_under_any_mapping_for_long(engine: Engine, tables: list[Any], mapping: str) -> None:
    taken_in(engine, workbook(tables), mapping)
