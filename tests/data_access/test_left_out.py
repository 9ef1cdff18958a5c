"""Leaving out what is invented, or a source by name: as if it had never come, and back again when wanted."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.database import change_count, engine_for, reading
from data_access.importing.shipped import shipped_sources
from data_access.prepare import prepare
from data_access.queries.availability import read_availability
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.settings import SettingProblem
from tests.conftest import count, settings_for

INVENTED = sorted(s.sidecar.code for s in shipped_sources(illustrative=True) if s.sidecar.illustrative)
TABLES = (
    "area category coverage dimension group_member observation population_group release series source source_series"
)


def known(engine: Engine) -> Catalogue:
    with reading(engine) as session:
        return read_catalogue(session)


def told(catalogue: Catalogue) -> dict[str, Any]:
    """What a catalogue tells, without the numbers the database gives and the time of loading."""

    def plain(facts: Any) -> dict[str, Any]:
        return {name: value for name, value in asdict(facts).items() if name not in ("id", "loaded_at")}

    named = ("countries", "areas", "series", "sources", "measured", "dimensions", "categories")
    return {
        **{name: {key: plain(facts) for key, facts in getattr(catalogue, name).items()} for name in named},
        "groups": set(catalogue.groups),
        "releases": sorted(release.code for release in catalogue.releases.values()),
        "holdings": set(catalogue.holdings),
    }


@pytest.fixture(scope="module")
def never_on(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A database that never held anything invented."""
    settings = settings_for(
        f"sqlite:///{tmp_path_factory.mktemp('never') / 'never.db'}", VOICES_COUNT_ILLUSTRATIVE="off"
    )
    prepare(settings)
    return engine_for(settings.database_url)


def test_switched_off_it_is_as_if_nothing_invented_had_ever_come(own_url: str, never_on: Engine) -> None:
    settings = settings_for(own_url, VOICES_COUNT_ILLUSTRATIVE="off")
    done = prepare(settings)
    assert (done.migrated, done.loaded, done.sources, sorted(done.removed)) == (False, 0, 16, INVENTED)
    engine = engine_for(settings.database_url)
    assert told(known(engine)) == told(known(never_on))
    for table in TABLES.split():
        assert count(engine, table) == count(never_on, table), table
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM observation WHERE illustrative")) == 0


def test_switched_on_again_all_of_it_is_back(own_url: str, filled: Engine) -> None:
    off, on = settings_for(own_url, VOICES_COUNT_ILLUSTRATIVE="off"), settings_for(own_url)
    prepare(off)
    done = prepare(on)
    assert (done.loaded, done.sources, done.removed) == (1044, 31, [])
    engine = engine_for(on.database_url)
    assert told(known(engine)) == told(known(filled))
    assert prepare(on).loaded == 0


def test_no_query_shows_what_was_switched_off(own_file: Path) -> None:
    settings = settings_for(f"sqlite:///{own_file}", VOICES_COUNT_ILLUSTRATIVE="off")
    engine = engine_for(settings.database_url)
    with reading(engine) as session:
        before = change_count(session)
        stale = read_catalogue(session)
    prepare(settings)
    with reading(engine) as session:
        assert change_count(session) == before + 1
        for catalogue in (stale, read_catalogue(session)):  # a page may still hold the catalogue of a moment ago
            for series in ("FACILITY_BIRTH", "ILL_CARE_FORGONE_COST"):
                found = read_figures(session, catalogue, country="KEN", series=series)
                assert {figure.source for figure in found} <= {"KEN_KMDHS_2025_26"}
                available = read_availability(session, catalogue, country="KEN", series=series)
                assert {holding.source for holding in available.holdings} <= {"KEN_KMDHS_2025_26"}


def test_a_source_is_left_out_by_name_and_its_groups_stay_unknown(own_file: Path) -> None:
    url = f"sqlite:///{own_file}"
    done = prepare(settings_for(url, VOICES_COUNT_LEAVE_OUT="VNM_PAPI, IND_NFHS5"))
    assert sorted(done.removed) == ["IND_NFHS5", "VNM_PAPI"]
    assert count(engine_for(url), "observation") == 44890 - 10904 - 6916
    assert {"VNM_PAPI", "IND_NFHS5"}.isdisjoint(known(engine_for(url)).sources)
    assert prepare(settings_for(url)).loaded == 10904 + 6916


def test_a_name_that_is_no_source_is_refused_and_nothing_changed(own_file: Path) -> None:
    url = f"sqlite:///{own_file}"
    with pytest.raises(SettingProblem) as problem:
        prepare(settings_for(url, VOICES_COUNT_LEAVE_OUT="VNM_PAPI VNM_PAPPI"))
    assert str(problem.value) == (
        "VOICES_COUNT_LEAVE_OUT names what is no source: VNM_PAPPI; "
        "write the name of a figures file without its ending, such as VNM_PAPI"
    )
    assert count(engine_for(url), "observation") == 44890


def test_an_invented_source_may_be_named_where_nothing_invented_is_shown(own_file: Path) -> None:
    url = f"sqlite:///{own_file}"
    variables = {"VOICES_COUNT_ILLUSTRATIVE": "off", "VOICES_COUNT_LEAVE_OUT": "KEN_ILL_SURVEY"}
    assert sorted(prepare(settings_for(url, **variables)).removed) == INVENTED


def test_a_source_that_came_another_way_keeps_all_it_has(own_url: str) -> None:
    settings = settings_for(own_url, VOICES_COUNT_ILLUSTRATIVE="off", VOICES_COUNT_LEAVE_OUT="KEN_KMDHS_2025_26")
    engine = engine_for(settings.database_url)
    partner, also_partner = "BGD_ILL_SURVEY", "KEN_KMDHS_2025_26"
    with engine.begin() as connection:
        connection.execute(
            sa.text("UPDATE release SET mapping_version = 'partner-7' WHERE code IN (:one, :two)"),
            {"one": f"{partner}-1", "two": f"{also_partner}-1"},
        )
    before = known(engine)
    done = prepare(settings)
    assert sorted(done.removed) == [code for code in INVENTED if code != partner]
    after = known(engine)
    for code in (partner, also_partner):
        assert after.sources[code] == replace(before.sources[code], recognised=())  # what is invented of it goes
        assert [h for h in after.holdings if h.source == code] == [h for h in before.holdings if h.source == code]
        measured = {key: facts for key, facts in before.measured.items() if key[0] == code}
        assert {key: facts for key, facts in after.measured.items() if key[0] == code} == measured
    series = {h.series for h in before.holdings if h.source == partner}
    assert "ILL_CARE_FORGONE_COST" in series
    for code in series:
        with reading(engine) as session:
            held = read_figures(session, before, country="BGD", series=code, sources=[partner])
            old = tuple(replace(figure, recognised=()) for figure in held)
            assert read_figures(session, after, country="BGD", series=code, sources=[partner]) == old
            assert old
    assert ("MIGRATION", "migrant") in after.categories
    assert prepare(settings).loaded == 0
