"""A release goes into the tables with its small figures emptied and their truth apart, where no reader gets."""

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
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import COLUMNS, ShippedSource, shipped_sources
from data_access.prepare import prepare
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from tests.conftest import settings_for

CODE = "ASKED_HERE"
ROWS = (
    "KEN,FACILITY_BIRTH,,2025,61.3,2.8,55.6,66.7,300,4100,A,",
    "KE-07,FACILITY_BIRTH,,2025,52,5,42.3,61.5,100,1500,A,",
    "KE-09,FACILITY_BIRTH,,2025,66,,,,200,2600,A,",
    "KE-07,FACILITY_BIRTH,URBANISATION=R,2025,51.6,5.2,41.5,61.6,93,1400,A,as told",
    "KE-07,FACILITY_BIRTH,URBANISATION=U,2025,57.1,18.7,25,84.2,7,100,A,seven answers",
)
KEPT = (51.6, 5.2, 41.5, 61.6, 93, 1400, "as told")
SMALL = (57.1, 18.7, 25.0, 84.2, 7, 100, "seven answers")
Load = Callable[..., Loaded]


@pytest.fixture
def engine(own_url: str) -> Engine:
    return engine_for(settings_for(own_url).database_url)


@pytest.fixture
def load(engine: Engine, tmp_path: Path) -> Load:
    """Load these rows as a community source that did not ship before."""
    model = next(s.sidecar for s in shipped_sources(illustrative=False) if s.sidecar.code == "VNM_PAPI")

    def load_rows(*rows: str) -> Loaded:
        file = tmp_path / "figures" / f"{CODE}.csv"
        file.parent.mkdir(exist_ok=True)
        file.write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        sidecar = replace(model, code=CODE, countries=["KEN"], rows=len(rows), sha256=digest)
        with writing(engine) as session:
            return load_source(session, ShippedSource(sidecar, file))

    return load_rows


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query), {"code": CODE})]


OBSERVED = (
    "SELECT a.code, g.key, o.value, o.se, o.lower, o.upper, o.n, o.population, o.status, o.note FROM observation o "
    "JOIN area a ON a.id = o.area_id JOIN population_group g ON g.id = o.group_id JOIN source s ON s.id = o.source_id "
    "WHERE s.code = :code AND o.status = 'Q' AND o.revision = 0 ORDER BY g.key"
)
PROTECTED = (
    "SELECT r.code, a.code, g.key, p.kind, p.reasons, p.value, p.se, p.lower, p.upper, p.n, p.population, p.note "
    "FROM protected_value p JOIN release r ON r.id = p.release_id JOIN area a ON a.id = p.area_id "
    "JOIN population_group g ON g.id = p.group_id ORDER BY r.code, g.key"
)
NOTHING = (*[None] * 6, "Q", "withheld here to protect people")


def test_both_halves_are_emptied_alike_and_their_truth_is_kept_apart(engine: Engine, load: Load) -> None:
    load(*ROWS)
    assert rows(engine, OBSERVED) == [
        ("KE-07", "URBANISATION=R", *NOTHING),
        ("KE-07", "URBANISATION=U", *NOTHING),
    ]
    assert rows(engine, PROTECTED) == [
        (f"{CODE}-1", "KE-07", "URBANISATION=R", "complementary", "", *KEPT),
        (f"{CODE}-1", "KE-07", "URBANISATION=U", "primary", "small_base", *SMALL),
    ]


def test_a_reader_gets_two_withheld_figures_that_cannot_be_told_apart(engine: Engine, load: Load) -> None:
    load(*ROWS)
    with reading(engine) as session:
        figures = read_figures(
            session,
            read_catalogue(session),
            country="KEN",
            series="FACILITY_BIRTH",
            areas=["KE-07"],
            time_period="2025",
        )
    ours = [f for f in figures if f.source == CODE]
    assert [(f.group, f.value, f.absence) for f in ours] == [
        ("", 52.0, None),
        ("URBANISATION=R", None, "suppressed"),
        ("URBANISATION=U", None, "suppressed"),
    ]
    one, other = (replace(f, group="", group_name="", row=0) for f in ours[1:])
    assert one == other
    assert (one.lower, one.upper, one.se, one.n, one.population, one.status) == (None,) * 5 + ("Q",)


def test_what_was_shown_once_cannot_be_used_to_hide_behind(engine: Engine, load: Load) -> None:
    load(*ROWS[:4])  # the rest in KE-07, seven people, is withheld by withholding the figure of the 93
    assert [row[1] for row in rows(engine, OBSERVED)] == ["URBANISATION=R"]
    load(*ROWS)
    assert [row[1] for row in rows(engine, OBSERVED)] == ["URBANISATION=R", "URBANISATION=U"]
    assert [row[0] for row in rows(engine, PROTECTED)] == [f"{CODE}-1", f"{CODE}-2", f"{CODE}-2"]


def test_a_release_that_cannot_be_made_safe_is_refused_whole_and_names_the_cell(engine: Engine, load: Load) -> None:
    load(ROWS[0], ROWS[1].replace(",100,1500,", ",105,1500,"), ROWS[2], ROWS[3])  # twelve others: enough
    before = rows(engine, OBSERVED), rows(engine, PROTECTED)
    with pytest.raises(FileProblem, match=r"cannot be published safely.*AREA KE-07, URBANISATION U") as refused:
        load(*ROWS)
    assert str(refused.value).startswith(f"{CODE}.csv: ")
    assert (rows(engine, OBSERVED), rows(engine, PROTECTED)) == before


def test_leaving_a_source_out_takes_its_protected_values_along(engine: Engine, load: Load, own_url: str) -> None:
    load(*ROWS)
    done = prepare(settings_for(own_url, VOICES_COUNT_LEAVE_OUT="VNM_PAPI"))
    assert CODE in done.removed
    assert rows(engine, PROTECTED) == []
