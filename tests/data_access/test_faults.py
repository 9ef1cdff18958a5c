"""Databases that cannot be used: one clear sentence and a way out, and the file stays as it was."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from data_access import dialects
from data_access.database import engine_for, reading, writing
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import SAMPLE_DATA
from data_access.prepare import named_problems, prepare
from data_access.problems import (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseProblem,
    DatabaseReadOnly,
    DatabaseUnreachable,
)
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from data_access.settings import ROOT
from tests.conftest import count, settings_for


def test_a_missing_file_is_made_and_filled(tmp_path: Path) -> None:
    file = tmp_path / "not" / "yet" / "there.db"
    assert prepare(settings_for(f"sqlite:///{file}")).loaded == 44890


@pytest.mark.parametrize("content", [b"no database" * 500, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "garbage.db"
    file.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match=r"left as it is\. Move the file away") as problem:
        prepare(settings_for(f"sqlite:///{file}"))
    assert str(file) in str(problem.value)
    assert file.read_bytes() == content


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_half_written_file_is_left_as_it_is(own_file: Path, share: float) -> None:
    half = own_file.read_bytes()[: int(own_file.stat().st_size * share)]
    own_file.write_bytes(half)
    for switch in ("on", "off"):  # with nothing to do, and with something
        with pytest.raises(DatabaseDamaged):
            prepare(settings_for(f"sqlite:///{own_file}", VOICES_COUNT_ILLUSTRATIVE=switch))
    assert own_file.read_bytes() == half


def test_pages_lost_inside_a_file_are_damage_not_figures(own_file: Path) -> None:
    content = own_file.read_bytes()
    middle = len(content) // 2 // 4096 * 4096
    holed = content[:middle] + bytes(len(content) - middle)
    own_file.write_bytes(holed)
    settings = settings_for(f"sqlite:///{own_file}")
    with (
        pytest.raises(DatabaseDamaged),
        named_problems(settings),
        reading(engine_for(settings.database_url)) as session,
    ):
        known = read_catalogue(session)
        for country in known.countries:
            for series in known.series:
                read_figures(session, known, country=country, series=series)
    assert own_file.read_bytes() == holed


def test_an_empty_file_is_filled(tmp_path: Path) -> None:
    file = tmp_path / "empty.db"
    file.touch()
    assert prepare(settings_for(f"sqlite:///{file}")).loaded == 44890


def test_a_locked_database_says_who_must_let_go(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "LOCK_WAIT_SECONDS", 0.2)
    other = sqlite3.connect(own_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(DatabaseLocked, match=r"in use by another program.* Close the other program"):
            prepare(settings_for(f"sqlite:///{own_file}", VOICES_COUNT_ILLUSTRATIVE="off"))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert count(engine_for(f"sqlite:///{own_file}"), "observation") == 44890


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
for statement in ("PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"):
    connection.execute(statement)
print("held", flush=True)
sys.stdin.read()
"""


def test_a_database_another_program_keeps_to_itself_says_so(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "LOCK_WAIT_SECONDS", 0.2)
    before = own_file.read_bytes()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(own_file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DatabaseLocked, match=r"in use by another program.* Close the other program"):
            prepare(settings_for(f"sqlite:///{own_file}"))
    finally:
        other.communicate("")
    assert own_file.read_bytes() == before


def test_a_database_that_is_written_to_can_be_read_meanwhile(own_file: Path) -> None:
    other = sqlite3.connect(own_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert prepare(settings_for(f"sqlite:///{own_file}")).loaded == 0
    finally:
        other.close()


def test_a_database_of_a_newer_version_is_left_as_it_is(own_url: str) -> None:
    settings = settings_for(own_url, VOICES_COUNT_ILLUSTRATIVE="off")
    engine = engine_for(settings.database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    file = settings.sqlite_file
    before = file.read_bytes() if file else b""
    with pytest.raises(DatabaseNewer, match=r"newer version.* Install the newer version.*\(it is at revision 9999\)"):
        prepare(settings)
    engine.dispose()
    assert (file.read_bytes() if file else b"") == before
    assert count(engine, "observation") == 44890
    assert count(engine, "alembic_version") == 1


READ_ONLY = """
import os, sys
from data_access.database import engine_for
from data_access.migrating import migrate
from data_access.prepare import main
migrate(engine_for("sqlite:///" + sys.argv[1]))  # imports all that a nobody may not read
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
sys.exit(main())
"""


@pytest.mark.parametrize("closed", ["file", "folder of the file", "folder to be made"])
def test_a_database_that_cannot_be_written_says_so(
    own_file: Path, open_folder: Path, tmp_path: Path, closed: str
) -> None:
    file = Path(shutil.copy(own_file, open_folder / "closed.db"))
    before = file.read_bytes()
    if closed == "folder to be made":
        file = open_folder / "new" / "new.db"
    open_folder.chmod(0o777 if closed == "file" else 0o555)
    (open_folder / "closed.db").chmod(0o444 if closed == "file" else 0o666)
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "VOICES_COUNT_ILLUSTRATIVE": "off"}
    process = subprocess.run(
        [sys.executable, "-c", READ_ONLY, str(tmp_path / "first.db")],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (process.returncode, process.stdout) == (1, "")
    assert process.stderr.startswith(
        "The database, or the folder it lies in, cannot be written to. Give this user permission to write there, "
        "or set DATABASE_URL to a place that can be written. "
    )
    assert str(file) in process.stderr and process.stderr.count("\n") == 1
    assert (open_folder / "closed.db").read_bytes() == before


def test_a_folder_that_is_a_file_says_so(own_file: Path) -> None:
    with pytest.raises(DatabaseReadOnly, match=r"cannot be written to.* \(.*own\.db/new\.db: "):
        prepare(settings_for(f"sqlite:///{own_file}/new.db"))


def test_a_full_disk_says_so_and_leaves_nothing_half_done(own_file: Path) -> None:
    settings = settings_for(f"sqlite:///{own_file}")
    engine = engine_for(settings.database_url)

    def no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {own_file.stat().st_size // 4096}")

    prepare(settings_for(f"sqlite:///{own_file}", VOICES_COUNT_ILLUSTRATIVE="off", VOICES_COUNT_LEAVE_OUT="VNM_PAPI"))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE filler (content BLOB)")
        connection.exec_driver_sql(
            "INSERT INTO filler SELECT zeroblob(4000) FROM observation "
            "LIMIT (SELECT freelist_count FROM pragma_freelist_count)"
        )
    engine.dispose()
    event.listen(engine, "connect", no_room)
    try:
        with pytest.raises(DatabaseFull, match=r"^There is no room left on the disk.* Make room, or set DATABASE_URL"):
            prepare(settings)
    finally:
        event.remove(engine, "connect", no_room)
        engine.dispose()
    assert count(engine, "observation") == 43846 - 10904
    assert prepare(settings).loaded == 1044 + 10904


def test_a_shipped_file_that_is_missing_is_no_fault_of_the_database(own_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sample_data"
    for part in ("catalogue", "figures"):
        shutil.copytree(SAMPLE_DATA / part, folder / part)
    (folder / "figures" / "VNM_PAPI.csv").unlink()
    with pytest.raises(FileProblem, match=r"^VNM_PAPI\.csv: the file cannot be read\. Restore the shipped file\.$"):
        prepare(settings_for(f"sqlite:///{tmp_path / 'new.db'}", VOICES_COUNT_ILLUSTRATIVE="off"), folder)
    assert count(engine_for(f"sqlite:///{tmp_path / 'new.db'}"), "observation") == 0


PROBLEMS = (
    DatabaseDamaged,
    DatabaseFull,
    DatabaseLocked,
    DatabaseNewer,
    DatabaseReadOnly,
    DatabaseUnreachable,
)


def test_every_problem_is_a_sentence_and_a_way_out() -> None:
    assert set(PROBLEMS) == set(DatabaseProblem.__subclasses__())
    for problem in (DatabaseProblem, *PROBLEMS):
        said = problem("here")
        assert str(said) == f"{problem.sentence} {problem.way_out} (here)"
        for part in (problem.sentence, problem.way_out):
            assert part[0].isupper() and part.endswith(".") and "\n" not in part
    assert len({problem.sentence for problem in PROBLEMS}) == len(PROBLEMS)


@pytest.mark.postgres
def test_what_a_server_refuses_is_not_called_unreachable(own_postgres_url: str) -> None:
    settings = settings_for(own_postgres_url)
    with (
        pytest.raises(
            DatabaseProblem, match=r'\(duplicate key value violates unique constraint "uq_country_iso3"\)$'
        ) as found,
        named_problems(settings),
        writing(engine_for(settings.database_url)) as session,
    ):
        session.execute(sa.text("UPDATE country SET iso3 = 'KEN' WHERE iso3 = 'NPL'"))
    assert type(found.value) is DatabaseProblem


@pytest.mark.postgres
def test_a_database_that_does_not_exist_on_the_server_says_so(postgres_url: str) -> None:
    with pytest.raises(DatabaseUnreachable, match=r'database "test_nowhere" does not exist'):
        prepare(settings_for(re.sub(r"/test_\d+", "/test_nowhere", postgres_url)))


def test_a_server_that_cannot_be_reached_says_so() -> None:
    with pytest.raises(DatabaseUnreachable, match=r"cannot be reached.* Check DATABASE_URL"):
        prepare(settings_for("postgresql://nobody@127.0.0.1:1/none"))
