"""Answers of single people through the whole job: draft, publication, revision, withdrawal, and a kill."""

from __future__ import annotations

import csv
import importlib.util
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
import xlsxwriter
from ruamel.yaml import YAML
from sqlalchemy.engine import Engine

from data_access.database import reading, writing
from data_access.importing.desk.job import Outcome, run_import
from data_access.importing.workbook import Workbook
from data_access.people.current import CurrentUser, Held
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from data_access.releases.publication import publish
from data_access.releases.withdrawal import withdraw
from data_access.settings import ROOT
from tests.conftest import count, settings_for
from tests.data_access.releases.partner import engine_on, every_row

STEWARD = CurrentUser("Steward", (Held("steward", "KEN", "Partner"), Held("steward", "NPL", "Partner")))
REVIEWER = CurrentUser("Reviewer", (Held("reviewer", "KEN"), Held("reviewer", "NPL")))
SOURCE = {
    "code": "PEOPLE_ASKED", "title": "People asked", "publisher": "Partner", "origin": "community",
    "countries": ["KEN"], "collection": "community_survey", "sampling": "probability", "licence": "CC-BY-4.0",
    "licence_state": "attribution", "citation": "Partner 2026", "consent": "stated",
}  # fmt: skip
STATUS = {"y": "Persons with disabilities", "n": "Persons without disabilities"}
MICRODATA: dict[str, Any] = {
    "country": "KEN", "period": "2026", "weight": "weight", "strata": ["stratum"], "psu": "village",
    "circumstances": [
        {"dimension": "SEX", "column": "sex", "codes": {"1": "F", "2": "M"}},
        {"dimension": "URBANISATION", "column": "place", "codes": {"u": "U", "r": "R"}},
        {"dimension": "DISABILITY_STATUS", "column": "disabled", "codes": STATUS},
    ],
    "outcomes": [{"series": "FACILITY_BIRTH", "column": "clinic", "yes": ["1"], "no": ["0"]}],
    "domains": [["SEX"], ["URBANISATION"], ["DISABILITY_STATUS"]],
    "furthest_behind": [{"series": "FACILITY_BIRTH", "circumstances": ["SEX", "URBANISATION"]}],
}  # fmt: skip


def _beside(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


kobo = _beside("kobo")


def mapping(folder: Path, microdata: dict[str, Any], **changed: Any) -> Path:
    file = folder / "M.yaml"
    with file.open("w") as out:
        YAML().dump({"version": 1, "source": SOURCE, "microdata": microdata} | changed, out)
    return file


def survey(file: Path, people: int = 800, seed: int = 5) -> Path:
    """Invented people of Kenya; one in 25 has a disability, and of those one went to a clinic."""
    chance = random.Random(seed)
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["sex", "place", "disabled", "clinic", "weight", "village", "stratum"])
        for i in range(people):
            place = chance.choice("ur")
            clinic = int(chance.random() < (0.8 if place == "u" else 0.4))
            village = chance.randrange(20)
            disabled = "y" if i % 25 == 0 else "n"
            went = clinic if disabled == "n" else int(i == 0)
            writer.writerow([chance.choice((1, 2)), place, disabled, went, 1.5, f"v{village}", village % 2])
    return file


@pytest.fixture
def url(own_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    monkeypatch.setenv("VOICES_COUNT_SCRATCH", str(tmp_path / "scratch"))
    return f"sqlite:///{own_file}"


def taken(url: str, file: Path, said: Path, **given: Any) -> Outcome:
    return run_import(file, said, settings=settings_for(url), by=STEWARD, **given)


def published(engine: Engine, done: Outcome) -> None:
    assert done.draft is not None, done.findings
    with writing(engine) as session:
        publish(session, done.draft.release, REVIEWER)


def held_back(engine: Engine) -> dict[str, tuple[float | None, int | None, str]]:
    asked = (
        "SELECT g.key, p.value, p.n, p.kind FROM protected_value p JOIN population_group g ON g.id = p.group_id "
        "JOIN source s ON s.id = p.source_id WHERE s.code = 'PEOPLE_ASKED'"
    )
    with engine.connect() as connection:
        return {key: (value, n, kind) for key, value, n, kind in connection.execute(sa.text(asked))}


def seen(engine: Engine, country: str = "KEN", series: str = "FACILITY_BIRTH") -> dict[str, Any]:
    with reading(engine) as session:
        known = read_catalogue(session)
        found = read_figures(session, known, country=country, series=series, sources=["PEOPLE_ASKED"])
    return {figure.group: figure for figure in found}


def test_from_draft_to_withdrawal(url: str, tmp_path: Path) -> None:
    engine, said = engine_on(url), mapping(tmp_path, MICRODATA)
    studies = count(engine, "intersection_study")
    done = taken(url, survey(tmp_path / "people.csv"), said)
    assert done.draft is not None and done.draft.kept, done.findings
    assert (done.draft.rows, done.draft.suppressed) == (7, 2)
    truths = held_back(engine)
    small, rest = truths["DISABILITY_STATUS=PD"], truths["DISABILITY_STATUS=PWD"]
    assert (small[1:], rest[1:], len(truths)) == ((32, "primary"), (768, "complementary"), 2)
    assert small[0] == pytest.approx(100 / 32) and rest[0] is not None and 50 < rest[0] < 70
    assert (seen(engine), count(engine, "intersection_study")) == ({}, studies), "a draft is seen by nobody"

    published(engine, done)
    first = seen(engine)
    sexes, places, statuses = ("SEX=F", "SEX=M"), ("URBANISATION=U", "URBANISATION=R"), tuple(truths)
    assert set(first) == {"", *sexes, *places, *statuses}
    for group, figure in first.items():
        hidden = group.startswith("DISABILITY")
        assert (figure.value is None, figure.n is None) == (hidden, hidden), group
    assert held_back(engine) == truths
    assert count(engine, "intersection_study") == studies + 1

    again = taken(url, tmp_path / "people.csv", said)
    assert again.draft is not None and not again.draft.kept, "the same file twice changes nothing"
    published(engine, taken(url, survey(tmp_path / "people.csv", seed=6), said))
    assert seen(engine)[""].value != first[""].value
    assert count(engine, "intersection_study") == studies + 1

    with writing(engine) as session:
        withdraw(session, "PEOPLE_ASKED", REVIEWER, why="consent revoked")
    assert (seen(engine), held_back(engine), count(engine, "intersection_study")) == ({}, {}, studies)
    with engine.connect() as connection:
        waiting = connection.execute(sa.text("SELECT count(*) FROM release_step WHERE answers LIKE '%groups%'"))
        assert waiting.scalar() == 0, "nor does a study wait anywhere"


@pytest.mark.slow
def test_killed_at_random_moments(url: str, tmp_path: Path) -> None:
    engine, said, file = engine_on(url), mapping(tmp_path, MICRODATA), tmp_path / "people.csv"
    survey(file, 60_000)
    scratch = tmp_path / "scratch"
    environ = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT), "VOICES_COUNT_ILLUSTRATIVE": "on"}
    roles = [{"role": "steward", "country": "KEN", "organisation": "Partner"}]
    request = {
        "file": str(file), "mapping": str(said), "dry": False, "answers": {},
        "user": {"name": "Steward", "roles": roles, "user_id": None},
    }  # fmt: skip

    def start() -> subprocess.Popen[str]:
        job = subprocess.Popen(
            [sys.executable, "-m", "data_access.importing.desk.job"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ,
        )  # fmt: skip
        assert job.stdin is not None
        job.stdin.write(json.dumps(request) + "\n")
        job.stdin.close()
        return job

    before, chance = every_row(engine), random.Random(3)
    for _ in range(6):
        job = start()
        assert job.stdout is not None
        for line in job.stdout:
            if json.loads(line).get("step") == "understanding":
                break
        time.sleep(chance.uniform(0.0, 1.5))
        job.kill()
        job.wait()
        job.stdout.close()
        after = every_row(engine)
        assert after == before or len(after["staged_observation"]) == len(before["staged_observation"]) + 7
        before = after
    done = taken(url, file, said)
    assert done.draft is not None
    assert list(scratch.glob("job-*")) == [], "whatever a killed job left is gone after the next"
    kept = [path for path in scratch.rglob("*") if path.is_file() and path.name != "lock"]
    assert kept == []
    assert len(every_row(engine)["staged_observation"]) == 7


def written(file: Path, book: Workbook) -> Path:
    with xlsxwriter.Workbook(str(file)) as out:
        for sheet in book.sheets:
            page = out.add_worksheet(sheet.name)
            for i, row in enumerate(sheet.rows):
                page.write_row(i, 0, ["" if cell is None else cell for cell in row])
    return file


BANDS = {"Y6T13": {"least": 6, "most": 13}, "Y15T64": {"least": 15, "most": 64}}
NEPAL: dict[str, Any] = {
    "sheet": {"name": "person"}, "drop": ["start"], "weight": "hh_weight", "strata": ["province"], "psu": "village",
    "country": "NPL", "period": "2026", "area": "province", "crossed_with_areas": False,
    "circumstances": [
        {"dimension": "SEX", "column": "sex", "codes": {"Woman": "F", "Man": "M"}},
        {"dimension": "AGE", "column": "age", "bands": BANDS},
    ],
    "disability": {"columns": list(kobo.SIX), "incomplete": "without"},
    "outcomes": [
        {"series": "IMPROVED_WATER_POP", "column": "enrolled", "yes": ["0"], "no": ["1"],
         "only": [{"column": "age", "least": 5, "most": 60}]},
    ],
    "domains": [["SEX"], ["AGE"], ["DISABILITY_STATUS"]],
}  # fmt: skip
WATER = {"series": "IMPROVED_WATER_POP", "column": "water", "yes": ["tap"]}


def brought(url: str, folder: Path, microdata: dict[str, Any], **shape: bool) -> Outcome:
    source = SOURCE | {"countries": ["NPL"]}
    export = written(folder / "export.xlsx", kobo.export(**shape))
    form = written(folder / "form.xlsx", kobo.form())
    return taken(url, export, mapping(folder, microdata, source=source), form=form)


def added_up(chosen: Any) -> tuple[float, int]:
    """Weighted share of those not at school in per cent, and how many were asked, line by line."""
    households, person = kobo.export().sheets
    weight = {row[-1]: row[list(households.rows[0]).index("hh_weight")] for row in households.rows[1:]}
    header = list(person.rows[0])
    lines = [dict(zip(header, row, strict=True)) for row in person.rows[1:]]
    asked = [line for line in lines if line["enrolled"] != 88 and 5 <= line["about/age"] <= 60 and chosen(line)]
    total = sum(weight[line["_parent_index"]] for line in asked)
    return 100 * sum(weight[line["_parent_index"]] for line in asked if line["enrolled"] == 0) / total, len(asked)


@pytest.mark.parametrize("exploded", [True, False])
def test_bands_people_asked_and_the_short_set(url: str, tmp_path: Path, exploded: bool) -> None:
    engine = engine_on(url)
    published(engine, brought(url, tmp_path, NEPAL, exploded=exploded))
    figures = seen(engine, "NPL", "IMPROVED_WATER_POP")
    ways: dict[str, Any] = {
        "": lambda line: True,
        "SEX=F": lambda line: line["about/sex"] == 1,
        "AGE=Y15T64": lambda line: 15 <= line["about/age"] <= 64,
        "AGE=Y6T13": lambda line: 6 <= line["about/age"] <= 13,
        "DISABILITY_STATUS=PWD": lambda line: all(line[name] in (1, 2) for name in kobo.SIX),
        "DISABILITY_STATUS=PD": lambda line: any(line[name] in (3, 4) for name in kobo.SIX),
    }
    assert ways.keys() <= figures.keys()
    shown = 0
    for group, chosen in ways.items():
        value, n = added_up(chosen)
        if figures[group].value is not None:
            assert (figures[group].value, figures[group].n) == (pytest.approx(value, rel=1e-10), n), group
            shown += 1
    assert shown >= 4


@pytest.mark.parametrize("exploded", [True, False])
def test_one_of_several_choices_counts_both_ways(url: str, tmp_path: Path, exploded: bool) -> None:
    engine = engine_on(url)
    both = [WATER, {**WATER, "series": "NEVER_SCHOOL_6_13", "column": "water/tap", "yes": ["1"]}]
    found = []
    published(engine, brought(url, tmp_path, NEPAL | {"outcomes": both, "domains": [[]]}, exploded=exploded))
    for series in ("IMPROVED_WATER_POP", "NEVER_SCHOOL_6_13"):
        figure = seen(engine, "NPL", series)[""]
        found.append((figure.value, figure.n))
    households = [i for i in range(1, kobo.HOUSEHOLDS + 1) if i % 2 or i % 3 == 0]
    weights = {i: 1.0 + i % 3 for i in households}
    share = 100 * sum(weights[i] for i in households if i % 2) / sum(weights.values())
    assert found == [(pytest.approx(share, rel=1e-10), len(households) * kobo.PEOPLE)] * 2


def test_a_joined_sheet_and_a_table_in_the_same_workbook(url: str, tmp_path: Path) -> None:
    """Villages stand on a sheet of their own, and the village council's figures on another."""
    chance = random.Random(2)
    people = [["sex", "place", "disabled", "clinic", "weight", "in"]]
    people += [[chance.choice((1, 2)), "ur"[i % 2], "ny"[i % 5 == 0], int(chance.random() < 0.6), 1.0, i % 20]
               for i in range(600)]  # fmt: skip
    villages = [["number", "village", "stratum"], *([i, f"v{i}", i % 2] for i in range(20))]
    council = [["Year", "Caesarean"], [2025, 12.5], [2026, 13.0]]
    book = kobo.workbook({"people": people, "villages": villages, "council": council}, "all.xlsx")
    joined = MICRODATA | {
        "sheet": {"name": "people"},
        "join": [{"sheet": {"name": "villages"}, "on": "in", "to": "number"}],
        "furthest_behind": [],
    }
    tables = [{
        "sheets": {"name": "council"}, "header_rows": [1],
        "columns": [{"header": "Year", "means": "period"}],
        "values": [{"header": "Caesarean", "series": "CAESAREAN"}], "fixed": {"area": "KEN"},
    }]  # fmt: skip
    done = taken(url, written(tmp_path / "all.xlsx", book), mapping(tmp_path, joined, tables=tables))
    engine = engine_on(url)
    published(engine, done)
    assert seen(engine, series="CAESAREAN")[""].value == 13.0
    figure = seen(engine)[""]
    yes = sum(int(row[3]) for row in people[1:])
    assert (figure.value, figure.n) == (pytest.approx(100 * yes / 600, rel=1e-10), 600)
    assert figure.lower is not None and figure.lower < figure.value < figure.upper
