"""What a further file of a source changes, and what it leaves readable behind it, on SQLite and on PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.database import engine_for, reading, writing
from data_access.importing.load import Loaded, load_source
from data_access.importing.shipped import COLUMNS, ShippedSource, shipped_sources
from data_access.queries.availability import read_availability
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from tests.conftest import settings_for

CODE = "COUNTED_HERE"
Load = Callable[..., Loaded]
FIRST = ("KEN,FACILITY_BIRTH,,2019,60.0", "KEN,FACILITY_BIRTH,SEX=F,2019,61.0", "KE-07,FACILITY_BIRTH,,2019,40.0")
SECOND = ("KEN,FACILITY_BIRTH,,2019,60.5", "KEN,FACILITY_BIRTH,SEX=F,2019,61.0", "KE-08,FACILITY_BIRTH,,2019,41.0")


@pytest.fixture
def engine(own_url: str) -> Engine:
    return engine_for(settings_for(own_url).database_url)


@pytest.fixture
def load(engine: Engine, tmp_path: Path) -> Load:
    """Load a file of these rows as a source that did not ship before."""
    model = next(s.sidecar for s in shipped_sources(illustrative=False) if s.sidecar.code == "KEN_KMDHS_2025_26")

    def load_rows(*rows: str) -> Loaded:
        file = tmp_path / "figures" / f"{CODE}.csv"
        file.parent.mkdir(exist_ok=True)
        lines = [",".join(COLUMNS), *(f"{row},,,,,,A," for row in rows)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        source = ShippedSource(replace(model, code=CODE, rows=len(rows), sha256=digest), file)
        with writing(engine) as session:
            return load_source(session, source)

    return load_rows


def held(engine: Engine) -> list[tuple[Any, ...]]:
    """Area, group, value, revision, row, its release and the one that superseded it, of everything the source said."""
    query = (
        "SELECT a.code, g.key, o.value, o.revision, o.row, r.code, s.code FROM observation o "
        "JOIN release r ON r.id = o.release_id LEFT JOIN release s ON s.id = o.superseded_by "
        "JOIN area a ON a.id = o.area_id JOIN population_group g ON g.id = o.group_id "
        "JOIN source x ON x.id = o.source_id WHERE x.code = :code ORDER BY a.code, g.key, o.revision"
    )
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query), {"code": CODE})]


def shown(engine: Engine) -> dict[tuple[str, str], float | None]:
    """What a reader gets of the source."""
    with reading(engine) as session:
        known = read_catalogue(session)
        found = read_figures(session, known, country="KEN", series="FACILITY_BIRTH", sources=[CODE])
        return {(figure.area, figure.group): figure.value for figure in found}


def covered(engine: Engine) -> dict[tuple[str, str], int]:
    with reading(engine) as session:
        return {(h.breakdown, h.area_kind): h.n for h in read_catalogue(session).holdings if h.source == CODE}


def test_a_first_file_is_all_new(engine: Engine, load: Load) -> None:
    assert load(*FIRST) == Loaded(new=3, revised=0, same=0, gone=0)
    assert held(engine) == [
        ("KE-07", "", 40.0, 0, 4, f"{CODE}-1", None),
        ("KEN", "", 60.0, 0, 2, f"{CODE}-1", None),
        ("KEN", "SEX=F", 61.0, 0, 3, f"{CODE}-1", None),
    ]
    assert covered(engine) == {("", "admin1"): 1, ("", "country"): 1, ("SEX", "country"): 1}


def test_a_second_file_is_told_apart_into_new_revised_same_and_gone(engine: Engine, load: Load) -> None:
    load(*FIRST)
    assert load(*SECOND) == Loaded(new=1, revised=1, same=1, gone=1)
    assert held(engine) == [
        ("KE-07", "", 40.0, 1, 4, f"{CODE}-1", f"{CODE}-2"),
        ("KE-08", "", 41.0, 0, 4, f"{CODE}-2", None),
        ("KEN", "", 60.5, 0, 2, f"{CODE}-2", None),
        ("KEN", "", 60.0, 1, 2, f"{CODE}-1", f"{CODE}-2"),
        ("KEN", "SEX=F", 61.0, 0, 3, f"{CODE}-1", None),
    ]
    assert shown(engine) == {("KE-08", ""): 41.0, ("KEN", ""): 60.5, ("KEN", "SEX=F"): 61.0}


def test_the_same_file_again_changes_nothing(engine: Engine, load: Load) -> None:
    load(*FIRST)
    before = held(engine)
    assert load(*FIRST) == Loaded(new=0, revised=0, same=3, gone=0)
    assert held(engine) == before


def test_the_same_figures_in_other_bytes_make_a_release_and_change_no_figure(engine: Engine, load: Load) -> None:
    load(*FIRST)
    before = held(engine)
    assert load(*(row + "0" for row in FIRST)) == Loaded(new=0, revised=0, same=3, gone=0)
    assert held(engine) == before


def test_an_earlier_file_may_come_back(engine: Engine, load: Load) -> None:
    for rows in (FIRST, SECOND):
        load(*rows)
    assert load(*FIRST) == Loaded(new=1, revised=1, same=1, gone=1)
    assert shown(engine) == {("KE-07", ""): 40.0, ("KEN", ""): 60.0, ("KEN", "SEX=F"): 61.0}
    assert load(*FIRST) == Loaded(new=0, revised=0, same=3, gone=0)
    assert [row for row in held(engine) if row[:2] == ("KEN", "")] == [
        ("KEN", "", 60.0, 0, 2, f"{CODE}-3", None),
        ("KEN", "", 60.0, 1, 2, f"{CODE}-1", f"{CODE}-2"),
        ("KEN", "", 60.5, 2, 2, f"{CODE}-2", f"{CODE}-3"),
    ]


def test_a_figure_that_was_gone_and_returns_keeps_its_past(engine: Engine, load: Load) -> None:
    for rows in (FIRST, FIRST[:2], (*FIRST[:2], "KE-07,FACILITY_BIRTH,,2019,42.0"), FIRST):
        load(*rows)
    assert [row for row in held(engine) if row[0] == "KE-07"] == [
        ("KE-07", "", 40.0, 0, 4, f"{CODE}-4", None),
        ("KE-07", "", 40.0, 1, 4, f"{CODE}-1", f"{CODE}-2"),
        ("KE-07", "", 42.0, 2, 4, f"{CODE}-3", f"{CODE}-4"),
    ]


def test_the_summary_and_the_chooser_follow_the_figures(engine: Engine, load: Load) -> None:
    load(*FIRST)
    load(FIRST[1])
    assert covered(engine) == {("", "country"): 1}  # one group is told apart from nothing
    with reading(engine) as session:
        known = read_catalogue(session)
        available = read_availability(session, known, country="KEN", series="FACILITY_BIRTH")
        assert [(h.group, h.area_kind, h.n) for h in available.holdings if h.source == CODE] == [
            ("SEX=F", "country", 1)
        ]
    load()
    assert covered(engine) == {}
    assert shown(engine) == {}


def test_other_sources_are_not_touched(engine: Engine, load: Load) -> None:
    query = sa.text("SELECT count(*), sum(row), sum(value) FROM observation WHERE revision = 0")
    with engine.connect() as connection:
        before = connection.execute(query).one()
    load(*FIRST)
    load()
    with engine.connect() as connection:
        assert connection.execute(query).one() == before
