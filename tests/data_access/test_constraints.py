"""What the database itself refuses, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import SQLModel

from data_access.database import engine_for
from data_access.migrating import migrate
from tests.conftest import ENGINES, settings_for

Refusal = Callable[..., str]

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


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Migrated tables with two countries, series, sources and releases, and no observation."""
    with contextlib.ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('constraints') / 'empty.db'}"
        else:
            url = stack.enter_context(request.getfixturevalue("new_postgres_database")())
        engine = engine_for(settings_for(url).database_url)
        migrate(engine)
        _fill(engine)
        yield engine
        engine.dispose()


def _fill(engine: Engine) -> None:
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
    with engine.begin() as connection:
        for name, values in rows:
            connection.execute(sa.insert(SQLModel.metadata.tables[name]).values(values))


@pytest.fixture
def refusal(engine: Engine) -> Iterator[Refusal]:
    """Try a statement or a row and name the constraint that refuses it ("" when none does); nothing stays.

    SQLite does not say which foreign key failed, so there all of them are called "fk"; of a unique key it names the
    table alone.
    """
    with engine.connect() as connection, connection.begin() as transaction:

        def attempt(statement: str | None = None, table: str = "observation", **values: Any) -> str:
            columns = SQLModel.metadata.tables[table].columns
            row = GOOD | values if table == "observation" else ({"id": 77} if "id" in columns else {}) | values
            try:
                with connection.begin_nested():
                    if statement is None:
                        connection.execute(sa.insert(SQLModel.metadata.tables[table]).values(row))
                    else:
                        connection.execute(sa.text(statement))
            except sa.exc.IntegrityError as error:
                return _constraint(error)
            return ""

        yield attempt
        transaction.rollback()


def _constraint(error: sa.exc.IntegrityError) -> str:
    if isinstance(error.orig, psycopg.Error):
        diagnosis = error.orig.diag
        return diagnosis.constraint_name or f"not null {diagnosis.table_name}.{diagnosis.column_name}"
    kind, _, name = str(error.orig).partition(" constraint failed: ")
    if kind.startswith("FOREIGN KEY"):
        return "fk"
    return {"CHECK": name, "UNIQUE": f"unique {name.split('.')[0]}", "NOT NULL": f"not null {name}"}[kind]


def assert_refused(refusal: Refusal, by: str, engine: Engine, *statement: str, **values: Any) -> None:
    """The one constraint named ``by`` refuses; on SQLite as far as SQLite says so."""
    found = refusal(*statement, **values)
    if engine.dialect.name == "sqlite":
        if by.startswith("fk_"):
            by = "fk"
        elif by.startswith(("pk_", "uq_")):
            assert found.startswith("unique ") and by[3:].startswith(found.removeprefix("unique ")), found
            return
    assert found == by


def test_a_sound_observation_is_taken(refusal: Refusal) -> None:
    assert refusal() == ""
    assert refusal(time_period="2020", value=None, lower=None, upper=None, n=None, status="Q") == ""
    assert refusal(time_period="2021", value=None, lower=None, upper=None, status="M") == ""
    assert refusal(source_id=2, illustrative=True, release_id=2) == ""
    assert refusal(series_id=2, unit="NUMBER", value=1e6, lower=None, upper=None) == ""
    assert refusal(time_period="2022", lower=40.0, upper=40.0) == ""
    assert refusal(time_period="2023", value=100.0, lower=0.0, upper=100.0) == ""


ABSENT = {"value": None, "lower": None, "upper": None}
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("ck_observation_lower_below_value", {"lower": 40.1}),
    ("ck_observation_upper_above_value", {"upper": 39.9}),
    ("ck_observation_interval_has_two_ends", {"lower": None}),
    ("ck_observation_interval_has_two_ends", {"upper": None}),
    ("ck_observation_percentage", {"value": 100.1, "lower": None, "upper": None}),
    ("ck_observation_percentage", {"value": -0.1, "lower": None, "upper": None}),
    ("ck_observation_percentage_interval", {"upper": 100.5}),
    ("ck_observation_percentage_interval", {"lower": -0.5}),
    ("ck_observation_status_known", {"status": "X"}),
    ("ck_observation_absence_has_status", {"status": "M"}),
    ("ck_observation_absence_has_status", {"status": "Q", "lower": None, "upper": None, "n": None}),
    ("ck_observation_absence_has_status", ABSENT),
    ("ck_observation_suppressed_tells_nothing", {**ABSENT, "status": "Q"}),
    ("ck_observation_suppressed_tells_nothing", {**ABSENT, "status": "Q", "n": None, "se": 1.0}),
    ("ck_observation_se_not_negative", {"se": -1.0}),
    ("ck_observation_n_not_negative", {"n": -1}),
    ("ck_observation_population_not_negative", {"population": -1}),
    ("ck_observation_revision_counts", {"revision": -1, "superseded_by": 1}),
    ("ck_observation_one_current_value", {"revision": 1}),
    ("ck_observation_one_current_value", {"superseded_by": 1}),
    ("fk_observation_series_id_unit", {"unit": "NUMBER"}),
    ("fk_observation_series_id_unit", {"series_id": 2}),
    ("fk_observation_source_id_illustrative", {"illustrative": True}),
    ("fk_observation_source_id_illustrative", {"source_id": 2, "release_id": 2}),
    ("fk_observation_release_id_source_id", {"release_id": 2}),
    ("fk_observation_release_id_source_id", {"release_id": 99}),
    ("fk_observation_country_id_area_id", {"area_id": 2}),
    ("fk_observation_country_id_area_id", {"country_id": 2}),
    ("fk_observation_group_id", {"group_id": 99}),
    ("fk_observation_superseded_by", {"revision": 1, "superseded_by": 99}),
    ("not null observation.status", {"status": None}),
    ("not null observation.release_id", {"release_id": None}),
    ("not null observation.row", {"row": None}),
]


@pytest.mark.parametrize(("by", "wrong"), WRONG, ids=str)
def test_a_wrong_observation_is_refused(refusal: Refusal, engine: Engine, by: str, wrong: dict[str, Any]) -> None:
    assert_refused(refusal, by, engine, **wrong)


def test_every_constraint_of_an_observation_is_tried() -> None:
    table = SQLModel.metadata.tables["observation"]
    rules = {c.name for c in table.constraints if isinstance(c, sa.CheckConstraint | sa.ForeignKeyConstraint)}
    implied = {"fk_observation_country_id"}  # by the area's own country
    assert {by for by, _wrong in WRONG if not by.startswith("not null")} == rules - implied


def test_one_current_value_holds_by_itself(refusal: Refusal, engine: Engine) -> None:
    assert refusal() == ""
    assert_refused(refusal, "pk_observation", engine, value=41.0, row=3)
    assert refusal(revision=1, superseded_by=1, row=4) == ""  # a superseded value keeps its place behind it
    assert_refused(refusal, "pk_observation", engine, revision=1, superseded_by=1, row=5)


PLACE = {"name": "p", "name_local": "", "name_folded": "", "pcode": "", "vintage": ""}
COVERED = {"breakdown": "", "area_kind": "country", "time_period": "2019", "year": 2019, "universe": ""}
RELEASE = {"id": 9, "source_id": 1, "code": "r9", "file": "f", "mapping_version": "m", "rows": 1}
OTHERS: list[tuple[str, str, dict[str, Any]]] = [
    ("ck_population_group_total_has_no_members", "population_group", {"key": "SEX=F", "breakdown": "SEX", "size": 0}),
    ("uq_population_group_key", "population_group", {"key": "", "breakdown": "", "size": 0}),
    ("ck_area_kind_known", "area", {**PLACE, "country_id": 1, "code": "P", "kind": "village", "parent_id": 1}),
    ("ck_area_place_has_point", "area", {**PLACE, "country_id": 1, "code": "P", "kind": "place", "parent_id": 1}),
    (
        "ck_area_place_has_point",
        "area",
        {**PLACE, "country_id": 1, "code": "P", "kind": "admin1", "parent_id": 1, "longitude": 1.0, "latitude": 1.0},
    ),
    ("ck_area_country_is_root", "area", {**PLACE, "country_id": 1, "code": "P", "kind": "admin1"}),
    ("ck_area_country_is_root", "area", {**PLACE, "country_id": 1, "code": "P", "kind": "country", "parent_id": 1}),
    ("fk_area_parent_id", "area", {**PLACE, "country_id": 1, "code": "P", "kind": "admin1", "parent_id": 99}),
    ("uq_area_code", "area", {**PLACE, "country_id": 1, "code": "AAA", "kind": "country"}),
    ("fk_area_region_country_id_area_id", "area_region", {"country_id": 1, "area_id": 2, "region_id": 1}),
    ("fk_area_region_country_id_region_id", "area_region", {"country_id": 1, "area_id": 1, "region_id": 2}),
    ("uq_country_iso3", "country", {"iso3": "AAA", "name": "A", "name_local": "", "pilot": True}),
    ("ck_coverage_counts_something", "coverage", {**COVERED, "country_id": 1, "series_id": 1, "source_id": 1, "n": 0}),
    ("ck_change_counter_one_row", "change_counter", {"id": 2, "value": 0}),
    ("ck_shipped_state_one_row", "shipped_state", {"id": 2, "fingerprint": "f"}),
    ("ck_release_hash_is_sha256", "release", {**RELEASE, "file_sha256": "abc"}),
    ("fk_release_source_id", "release", {**RELEASE, "source_id": 99, "file_sha256": "c" * 64}),
    ("uq_release_code", "release", {**RELEASE, "code": "r1", "file_sha256": "c" * 64}),
]


@pytest.mark.parametrize(("by", "table", "wrong"), OTHERS, ids=str)
def test_other_tables_refuse_what_cannot_be(
    refusal: Refusal, engine: Engine, by: str, table: str, wrong: dict[str, Any]
) -> None:
    stamps = {"loaded_at": sa.func.now()} if table == "release" else {}
    covered = {"n_with_value": 0} if table == "coverage" else {}
    assert_refused(refusal, by, engine, table=table, **wrong, **stamps, **covered)


def test_the_same_file_is_not_loaded_twice_on_top_of_the_same_release(refusal: Refusal, engine: Engine) -> None:
    again = {**RELEASE, "file_sha256": "c" * 64, "supersedes_id": 1, "loaded_at": sa.func.now()}
    assert refusal(table="release", **again) == ""
    by = "uq_release_file_sha256_mapping_version_supersedes_id"
    assert_refused(refusal, by, engine, table="release", **{**again, "id": 10, "code": "r10"})
    assert refusal(table="release", **{**again, "id": 10, "code": "r10", "supersedes_id": 9}) == ""


@pytest.mark.parametrize(
    ("by", "change"),
    [
        ("ck_source_licence_stated", "licence = ''"),
        ("not null source.licence", "licence = NULL"),
        ("ck_source_licence_state_known", "licence_state = 'free'"),
        ("ck_source_consent_known", "consent = 'maybe'"),
        ("not null source.consent", "consent = NULL"),
        ("ck_source_origin_known", "origin = 'rumour'"),
        ("ck_source_sampling_known", "sampling = 'snowball'"),
        ("ck_source_collection_known", "collection = 'hearsay'"),
        ("ck_source_state_known", "state = 'draft'"),
        ("fk_source_organisation_id", "organisation_id = 99"),
        ("uq_source_code", "code = 'INVENTED'"),
    ],
)
def test_a_source_says_who_under_which_licence_and_consent(
    refusal: Refusal, engine: Engine, by: str, change: str
) -> None:
    assert_refused(refusal, by, engine, f"UPDATE source SET {change} WHERE id = 1")


@pytest.mark.parametrize(
    ("by", "change"),
    [
        ("ck_series_unit_known", "unit = 'DOZEN'"),
        ("ck_series_relation_known", "sdg_relation = 'cousin'"),
        ("ck_series_percentage_bounds", "value_max = 101"),
        ("ck_series_score_has_scale", "unit = 'SCORE', value_min = 5, value_max = 1"),
        ("fk_series_sdg_target_code", "sdg_target_code = '99.9'"),
        ("fk_series_sdg_indicator_code", "sdg_indicator_code = '99.9.9'"),
    ],
)
def test_a_series_has_a_unit_its_bounds_and_a_target(refusal: Refusal, engine: Engine, by: str, change: str) -> None:
    assert_refused(refusal, by, engine, f"UPDATE series SET {change} WHERE id = 1")


def test_what_observations_lean_on_cannot_be_taken_away_or_changed_under_them(refusal: Refusal, engine: Engine) -> None:
    assert refusal() == ""
    for by, statement in (
        ("fk_observation_release_id_source_id", "DELETE FROM release WHERE id = 1"),
        ("fk_observation_source_id_illustrative", "UPDATE source SET illustrative = NOT illustrative WHERE id = 1"),
        ("fk_observation_series_id_unit", "UPDATE series SET unit = 'INDEX' WHERE id = 1"),
        ("fk_observation_country_id_area_id", "DELETE FROM area WHERE id = 1"),
    ):
        assert_refused(refusal, by, engine, statement)
