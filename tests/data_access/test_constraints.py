"""What the database itself refuses, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.database import engine_for
from data_access.migrating import migrate
from tests.conftest import settings_for

GOOD: dict[str, Any] = {
    "country_id": 1,
    "series_id": 1,
    "group_id": 1,
    "area_id": 1,
    "source_id": 1,
    "time_period": "2019",
    "revision": 0,
    "year": 2019,
    "value": 40.0,
    "se": None,
    "lower": 30.0,
    "upper": 50.0,
    "n": 100,
    "population": 1000,
    "status": "A",
    "note": "",
    "unit": "PT",
    "illustrative": False,
    "release_id": 1,
    "row": 2,
    "superseded_by": None,
}


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """Migrated tables with two countries, series, sources and releases, and no observation."""
    engine = engine_for(settings_for(empty_url).database_url)
    migrate(engine)
    source = {
        "organisation_id": 1,
        "title": "t",
        "origin": "official",
        "collection": "census",
        "sampling": "census",
        "mode": "",
        "fieldwork_start": "",
        "fieldwork_end": "",
        "sample_size": "",
        "licence": "CC0",
        "licence_state": "attribution",
        "citation": "c",
        "obtained_from": "",
        "caveats": "",
        "consent": "unknown",
        "recognition": "",
        "state": "published",
    }
    area = {"kind": "country", "name_local": "", "name_folded": "", "pcode": "", "vintage": ""}
    series = {
        "name_folded": "",
        "scale": 100,
        "sdg_target_code": "1.1",
        "sdg_relation": "related",
        "definition": "d",
        "numerator": "",
        "denominator": "",
        "age_range": "",
        "note": "",
        "illustrative": False,
    }
    release = {"file": "f", "mapping_version": "m", "loaded_at": sa.func.now(), "rows": 1}
    rows: list[tuple[str, dict[str, Any]]] = [
        ("country", {"id": 1, "iso3": "AAA", "name": "A", "name_local": "", "pilot": True}),
        ("country", {"id": 2, "iso3": "BBB", "name": "B", "name_local": "", "pilot": True}),
        ("area", {"id": 1, "country_id": 1, "code": "AAA", "name": "A", **area}),
        ("area", {"id": 2, "country_id": 2, "code": "BBB", "name": "B", **area}),
        ("sdg_target", {"code": "1.1", "goal": 1}),
        ("series", {"id": 1, "code": "S", "name": "s", "unit": "PT", "value_min": 0, "value_max": 100, **series}),
        ("series", {"id": 2, "code": "N", "name": "n", "unit": "NUMBER", **series}),
        ("population_group", {"id": 1, "key": "", "breakdown": "", "size": 0}),
        ("organisation", {"id": 1, "name": "o"}),
        ("source", {"id": 1, "code": "REAL", "illustrative": False, **source}),
        ("source", {"id": 2, "code": "INVENTED", "illustrative": True, **source}),
        ("release", {"id": 1, "source_id": 1, "code": "r1", "file_sha256": "a" * 64, **release}),
        ("release", {"id": 2, "source_id": 2, "code": "r2", "file_sha256": "b" * 64, **release}),
    ]
    tables = sa.MetaData()
    tables.reflect(engine)
    with engine.begin() as connection:
        for name, values in rows:
            connection.execute(tables.tables[name].insert().values(values))
    yield engine
    engine.dispose()


def put(engine: Engine, table: str = "observation", **changes: Any) -> None:
    tables = sa.MetaData()
    tables.reflect(engine)
    values = GOOD | changes if table == "observation" else changes
    with engine.begin() as connection:
        connection.execute(tables.tables[table].insert().values(values))


def test_a_sound_observation_is_taken(engine: Engine) -> None:
    put(engine)
    put(engine, time_period="2020", value=None, lower=None, upper=None, n=None, status="Q")
    put(engine, source_id=2, illustrative=True, release_id=2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"lower": 41.0},
        {"upper": 39.0},
        {"lower": None},
        {"upper": None},
        {"value": 100.1, "lower": None, "upper": None},
        {"value": -0.1, "lower": None, "upper": None},
        {"upper": 100.5},
        {"status": "X"},
        {"status": "M"},
        {"value": None, "lower": None, "upper": None},
        {"value": None, "lower": None, "upper": None, "status": "Q"},
        {"value": None, "lower": None, "upper": None, "status": "Q", "n": None, "se": 1.0},
        {"se": -1.0},
        {"n": -1},
        {"population": -1},
        {"revision": 1},
        {"superseded_by": 1},
        {"unit": "NUMBER"},
        {"series_id": 2},
        {"illustrative": True},
        {"source_id": 2},
        {"source_id": 2, "release_id": 2},
        {"release_id": 2},
        {"release_id": 99},
        {"area_id": 2},
        {"country_id": 2},
        {"group_id": 99},
    ],
    ids=str,
)
def test_a_wrong_observation_is_refused(engine: Engine, wrong: dict[str, Any]) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        put(engine, **wrong)


def test_one_current_value_holds_by_itself(engine: Engine) -> None:
    put(engine)
    with pytest.raises(sa.exc.IntegrityError):
        put(engine, value=41.0, row=3)
    put(engine, revision=1, superseded_by=1, row=4)  # a superseded value keeps its place behind it


@pytest.mark.parametrize(
    ("table", "wrong"),
    [
        ("population_group", {"id": 5, "key": "SEX=F", "breakdown": "SEX", "size": 0}),
        (
            "area",
            {
                "id": 5,
                "country_id": 1,
                "code": "P",
                "kind": "place",
                "parent_id": 1,
                "name": "p",
                "name_local": "",
                "name_folded": "",
                "pcode": "",
                "vintage": "",
            },
        ),
        ("change_counter", {"id": 2, "value": 0}),
    ],
)
def test_other_tables_refuse_what_cannot_be(engine: Engine, table: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(sa.exc.IntegrityError):
        put(engine, table, **wrong)


def test_a_source_needs_a_licence_and_a_consent_state(engine: Engine) -> None:
    for change in ("licence = ''", "licence = NULL", "consent = 'maybe'", "consent = NULL", "licence_state = 'free'"):
        with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
            connection.execute(sa.text(f"UPDATE source SET {change} WHERE id = 1"))
