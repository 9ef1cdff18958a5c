"""Estimates by an engine are those of ``data_access.measures.survey``, which R's survey package agrees with."""

from __future__ import annotations

import csv
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import pytest

from data_access.importing.estimates.answers import Answers
from data_access.importing.estimates.coding import coded
from data_access.importing.estimates.engine import PEOPLE as HELD_PEOPLE
from data_access.importing.estimates.engine import Chosen, chosen_engine, engine
from data_access.importing.estimates.estimate import estimate
from data_access.importing.estimates.wanted import Breakdown, Outcome, Wanted
from data_access.measures.survey.design import Design
from data_access.measures.survey.estimation import mean, proportion
from data_access.measures.survey.results import SurveyEstimate
from data_access.settings import SettingProblem

GOLDEN = Path(__file__).parents[3] / "golden" / "survey"
ENGINES = [
    "duckdb",
    pytest.param("pyspark", marks=pytest.mark.long),
    pytest.param("postgresql", marks=pytest.mark.postgres),
]


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


PEOPLE = rows("input_synth.csv")
GROUPS = Breakdown("GROUP", "group", {name: name for name in "ABCDE"})
NUMBERS = ("weight", "score")


def answers() -> Answers:
    table = {
        name: [(float(row[name]) if name in NUMBERS else row[name]) if row[name] not in ("", "NA") else None
               for row in PEOPLE]
        for name in PEOPLE[0]
    }  # fmt: skip
    return Answers(pa.table(table), "golden.csv")


def wanted(column: str, **changes: Any) -> Wanted:
    outcome = Outcome(column) if column == "score" else Outcome(column, yes=("1",), no=("0",))
    settings: dict[str, Any] = {"weight": "weight", "stratum": "stratum", "psu": "psu"} | changes
    return Wanted(column, "2024", "XXX", outcome, domains=((GROUPS,),), **settings)


def same(found: SurveyEstimate, expected: SurveyEstimate) -> None:
    """Numbers to 1e-12 relative, everything else exactly."""
    for name, value in asdict(expected).items():
        if isinstance(value, float):
            assert getattr(found, name) == pytest.approx(value, rel=1e-12), name
        else:
            assert getattr(found, name) == value, name


def survey(column: str, group: str | None, **design: Any) -> SurveyEstimate:
    settings = {name: [row[name] for row in PEOPLE] for name in ("stratum", "psu")} | design
    y = [float(row[column]) if row[column] not in ("", "NA") else None for row in PEOPLE]
    domain = None if group is None else np.array([row["group"] == group for row in PEOPLE])
    estimator = mean if column == "score" else proportion
    return estimator(Design.of([float(row["weight"]) for row in PEOPLE], **settings), y, domain)


@pytest.fixture(params=ENGINES)
def chosen(request: pytest.FixtureRequest) -> Chosen:
    """Each engine in turn: Spark where it is installed, PostgreSQL on the server of the tests."""
    if request.param == "pyspark":
        pytest.importorskip("pyspark")
    address = request.getfixturevalue("postgres_url") if request.param == "postgresql" else request.param
    return chosen_engine({"VOICES_COUNT_ENGINE": address})


def test_every_golden_domain_on_every_engine(chosen: Chosen) -> None:
    columns = ["y", "score", "all_yes", "y_e"]
    for design in ({}, {"psu": None}, {"psu": None, "stratum": None}):
        found = estimate(answers(), [wanted(c, **design) for c in columns], engine_chosen=chosen)
        known = {"stratum": None} if "stratum" in design else {}
        known |= {"psu": None} if "psu" in design else {}
        for column, one in zip(columns, found, strict=True):
            assert [each.cell for each in one.estimates] == [(), *(((("GROUP", g)),) for g in "ABCDE")]
            same(one.of(), survey(column, None, **known))
            for group in "ABCDE":
                same(one.of(GROUP=group), survey(column, group, **known))


@pytest.mark.postgres
def test_a_server_keeps_nothing_of_the_people(postgres_url: str) -> None:
    everything = "SELECT nspname, relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 1, 2"
    with psycopg.connect(postgres_url, autocommit=True) as watching:
        before = watching.execute(everything).fetchall()
        with (
            engine(Chosen("postgresql", postgres_url)) as opened,
            opened.holding(coded(answers(), wanted("y")).table()),
        ):
            held = {name for _, name in watching.execute(everything).fetchall()} - {name for _, name in before}
            assert held == {HELD_PEOPLE}, "a temporary table of that session"
            with pytest.raises(psycopg.errors.UndefinedTable):
                watching.execute(f"SELECT * FROM {HELD_PEOPLE}")
        assert watching.execute(everything).fetchall() == before
    with pytest.raises(SettingProblem, match="VOICES_COUNT_ENGINE: the server does not answer") as problem:
        estimate(answers(), [wanted("y")], engine_chosen=Chosen("postgresql", "postgresql://me:secret@127.0.0.1:1/no"))
    assert "secret" not in str(problem.value)


def test_the_golden_numbers_themselves() -> None:
    looked_at = 0
    for column in ("y", "score"):
        found = estimate(answers(), [wanted(column)])[0]
        for row in rows("synth_results.csv"):
            method = "xlogit" if column == "y" else "wald_t"
            if row["variable"] != column or row["method"] != method or row["domain"] == "E":
                continue
            figure = found.of() if row["domain"] == "all" else found.of(GROUP=row["domain"])
            expected = [float(row[name]) for name in ("estimate", "se", "lci", "uci")]
            assert [figure.value, figure.se, figure.lower, figure.upper] == pytest.approx(expected, rel=1e-10)
            assert (figure.n, figure.df) == (int(row["n"]), int(row["df"]))
            looked_at += 1
    assert looked_at == 9
