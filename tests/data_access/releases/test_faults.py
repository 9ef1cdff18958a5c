"""An import that is killed, locked out, doubled or out of room: nothing is lost, and nothing is half there."""

from __future__ import annotations

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from data_access import dialects
from data_access.database import reading, writing
from data_access.importing.desk.job import Parts, Understood, run_import
from data_access.importing.desk.starting import Job, start_job
from data_access.importing.problems import FileProblem
from data_access.importing.tidy import TidyRow
from data_access.importing.workbook import Workbook
from data_access.problems import DatabaseLocked
from data_access.queries.catalogue import read_catalogue
from data_access.releases.drafts import save_draft
from data_access.releases.problems import Stale
from data_access.releases.publication import publish
from data_access.settings import ROOT
from tests.conftest import count, imported_already, settings_for
from tests.data_access.releases.partner import (
    PUBLIC,
    REVIEWER,
    SOURCE,
    STEWARD,
    draft,
    engine_on,
    every_row,
    incoming,
    rows,
)

PERIODS = 2000
"""Enough rows that the import of 4,000 takes a while."""
JOB = """
import json, sys
from data_access.importing.desk.job import answer_request
from data_access.settings import read_settings
from tests.data_access.releases.test_faults import many
request = json.loads(sys.stdin.readline())
sys.exit(answer_request(request, read_settings(), lambda line: print(line, flush=True), many()))
"""


def parts(some: tuple[TidyRow, ...]) -> Parts:
    """Parts that understand any file as these rows."""

    def read(path: Path) -> Workbook:
        return Workbook(path.name, "csv", hashlib.sha256(path.read_bytes()).hexdigest(), ())

    return Parts(read, lambda _session, _workbook, _mapping, _answers: Understood(SOURCE, PUBLIC, some, ()))


def many() -> Parts:
    """Parts that understand any file as 4,000 figures."""
    return parts(
        tuple(
            TidyRow("KEN", series, "", str(year), 50.0, n=500, row=year)
            for series in ("FACILITY_BIRTH", "CAESAREAN")
            for year in range(1000, 1000 + PERIODS)
        )
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "M.yaml").write_text("version: 1")
    (tmp_path / "survey.csv").write_text("figures")
    return tmp_path / "survey.csv"


def environment(url: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "on", "PYTHONPATH": str(ROOT)}


def started(url: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    for name, value in environment(url).items():
        monkeypatch.setenv(name, value)
    return start_job(file, file.with_name("M.yaml"), STEWARD, program=(sys.executable, "-c", JOB))


def whole_drafts(engine: Engine) -> int:
    """How many drafts there are, each with all its figures, its step and its line in the record; fails for a part."""
    rows, steps, entries = (count(engine, table) for table in ("staged_observation", "release_step", "audit_entry"))
    assert (rows, entries) == (steps * 2 * PERIODS, steps)
    return steps


@pytest.mark.slow
def test_killed_at_twenty_random_moments(own_url: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_on(own_url)
    beginning = time.perf_counter()
    job = started(own_url, file, monkeypatch)
    keeping = 0.0
    for line in job.lines():
        keeping = keeping or (line.get("step") == "keeping" and time.perf_counter() - beginning) or 0.0
    whole = time.perf_counter() - beginning
    stood = whole_drafts(engine)
    assert stood == 1
    undone = 0
    for moment in range(20):
        share = random.Random(f"moment {moment}").uniform(keeping / whole * 0.8, 1.02)
        file.write_text(f"figures of moment {moment}")  # a file of its own, so that each would be a draft of its own
        before = every_row(engine)
        job = started(own_url, file, monkeypatch)
        time.sleep(whole * share)
        job.cancel()
        standing = whole_drafts(engine)
        assert standing in (stood, stood + 1)
        if standing == stood:
            undone += 1
            assert every_row(engine) == before
        stood = standing
    assert undone > 0
    again = run_import(file, file.with_name("M.yaml"), settings=settings_for(own_url), by=STEWARD, parts=many()).draft
    assert again is not None
    assert again.rows == 2 * PERIODS
    with writing(engine) as session:
        assert publish(session, again.release, REVIEWER).loaded.new == 2 * PERIODS


def test_two_imports_of_one_file_at_once_keep_it_once(own_url: str, file: Path) -> None:
    def take_in(_number: int) -> bool:
        done = run_import(file, file.with_name("M.yaml"), settings=settings_for(own_url), by=STEWARD, parts=many())
        assert done.draft is not None
        return done.draft.kept

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(take_in, range(4))) == [False, False, False, True]
    assert count(engine_on(own_url), "staged_observation") == 2 * PERIODS


def test_different_files_for_one_source_at_once_are_drafts_of_their_own_and_one_of_them_is_published(
    own_url: str, tmp_path: Path
) -> None:
    (tmp_path / "M.yaml").write_text("version: 1")
    files = [tmp_path / f"survey {number}.csv" for number in range(4)]
    for number, one in enumerate(files):
        one.write_text(f"figures of round {number}")

    def take_in(path: Path) -> str:
        given = {"settings": settings_for(own_url), "by": STEWARD, "parts": parts(rows(50.0, 40.0))}
        done = run_import(path, tmp_path / "M.yaml", **given).draft
        assert done is not None
        assert done.kept
        return done.release

    with ThreadPoolExecutor(4) as threads:
        codes = sorted(threads.map(take_in, files))
    assert codes == [f"KEN_PARTNER-{number}" for number in range(1, 5)]
    engine = engine_on(own_url)
    assert (count(engine, "staged_observation"), count(engine, "audit_entry")) == (8, 4)

    def let_be_seen(code: str) -> bool:
        try:
            with writing(engine) as session:
                publish(session, code, REVIEWER)
        except Stale:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(let_be_seen, codes)) == [False, False, False, True]


def take_in_apart(url: str, file: str) -> bool:
    done = run_import(
        Path(file), Path(file).with_name("M.yaml"), settings=settings_for(url), by=STEWARD, parts=many()
    ).draft
    assert done is not None
    return done.kept


def test_two_processes_importing_one_file_at_once_keep_it_once(own_url: str, file: Path) -> None:
    with ProcessPoolExecutor(2, mp_context=imported_already()) as processes:
        assert sorted(processes.map(take_in_apart, [own_url] * 2, [str(file)] * 2)) == [False, True]


def test_a_database_that_another_program_holds_says_so_and_is_left(
    own_file: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialects, "LOCK_WAIT_SECONDS", 0.2)
    settings = settings_for(f"sqlite:///{own_file}")
    other = sqlite3.connect(own_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    before = every_row(engine_on(settings.database_url))
    try:
        with pytest.raises(DatabaseLocked):
            run_import(file, file.with_name("M.yaml"), settings=settings, by=STEWARD, parts=many())
        dry = run_import(file, file.with_name("M.yaml"), settings=settings, by=STEWARD, parts=many(), dry=True).dry
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert dry is not None
    assert len(dry.added) == 2 * PERIODS
    assert every_row(engine_on(settings.database_url)) == before


LITTLE_ROOM = """
import resource, sys
from pathlib import Path
from data_access.problems import DatabaseProblem
from data_access.importing.desk.job import run_import
from data_access.settings import read_settings
from tests.data_access.releases.partner import STEWARD
from tests.data_access.releases.test_faults import many
file = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    run_import(file, file.with_name("M.yaml"), settings=read_settings(), by=STEWARD, parts=many())
except DatabaseProblem as problem:
    print(problem)
    sys.exit(3)
"""


@pytest.mark.parametrize("room", [4096, 100_000])
def test_out_of_room_nothing_is_kept_and_with_room_again_everything(own_file: Path, file: Path, room: int) -> None:
    """On SQLite alone: a server's disk is another process's, which a test cannot fill without a volume of its own."""
    url = f"sqlite:///{own_file}"
    before = every_row(engine_on(url))
    done = subprocess.run(
        [sys.executable, "-c", LITTLE_ROOM, str(file), str(room)],
        cwd=ROOT,
        env=environment(url),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 3, done.stderr
    assert done.stdout.startswith(("There is no room left on the disk", "The database cannot be used."))
    assert every_row(engine_on(url)) == before
    assert take_in_apart(url, str(file))


@pytest.mark.parametrize("act", ["keeping", "publishing"])
def test_a_commit_that_fails_undoes_everything(own_url: str, act: str) -> None:
    engine = engine_on(own_url)
    if act == "publishing":
        draft(engine, incoming(rows(50.0)))
    before = every_row(engine)
    with pytest.raises(OSError), writing(engine) as session:
        if act == "publishing":
            publish(session, "KEN_PARTNER-1", REVIEWER)
        else:
            save_draft(session, incoming(rows(50.0)), STEWARD)
        raise OSError("no space left on device")
    assert every_row(engine) == before


def test_a_file_that_changes_while_it_is_read_is_refused(own_file: Path, file: Path) -> None:
    honest = parts(rows(50.0))

    def read(path: Path) -> Workbook:
        found = honest.read(path)
        path.write_text("other figures")
        return found

    settings = settings_for(f"sqlite:///{own_file}")
    with pytest.raises(FileProblem, match="changed while it was read"):
        run_import(file, file.with_name("M.yaml"), settings=settings, by=STEWARD, parts=Parts(read, honest.understand))


def test_a_job_says_its_steps_and_what_came_of_it(own_file: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{own_file}"
    lines = list(started(url, file, monkeypatch).lines())
    assert [line.get("step") for line in lines] == ["reading", "understanding", "keeping", None]
    assert lines[-1]["outcome"]["draft"]["release"] == "KEN_PARTNER-1"
    file.unlink()
    (problem,) = [line["problem"] for line in started(url, file, monkeypatch).lines() if "problem" in line]
    assert problem.startswith("survey.csv: the file cannot be read")
    with reading(engine_on(url)) as session:
        assert "KEN_PARTNER" not in read_catalogue(session).sources
