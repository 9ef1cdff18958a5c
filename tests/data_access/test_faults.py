"""Databases that cannot be used: one clear sentence and a way out, and the file stays as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from data_access import dialects
from data_access.database import engine_for
from data_access.prepare import prepare
from data_access.problems import DatabaseDamaged, DatabaseLocked, DatabaseNewer, DatabaseUnreachable
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


def test_a_half_written_file_is_left_as_it_is(own_file: Path) -> None:
    half = own_file.read_bytes()[: own_file.stat().st_size // 2]
    own_file.write_bytes(half)
    with pytest.raises(DatabaseDamaged):
        prepare(settings_for(f"sqlite:///{own_file}", VOICES_COUNT_ILLUSTRATIVE="off"))
    assert own_file.read_bytes()[:4096] == half[:4096]
    assert own_file.stat().st_size == len(half)


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


def test_a_locked_database_that_needs_nothing_can_be_read(own_file: Path) -> None:
    other = sqlite3.connect(own_file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert prepare(settings_for(f"sqlite:///{own_file}")).loaded == 0
    finally:
        other.close()


def test_a_database_of_a_newer_version_is_left_as_it_is(own_file: Path) -> None:
    with sqlite3.connect(own_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(DatabaseNewer, match=r"newer version.* Install the newer version.*\(it is at revision 9999\)"):
        prepare(settings_for(f"sqlite:///{own_file}"))
    with sqlite3.connect(own_file) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


READ_ONLY = """
import os, sys
from data_access.prepare import main, prepare
from data_access.settings import read_settings
prepare(read_settings({"DATABASE_URL": "sqlite:///" + sys.argv[1]}))  # imports all that a nobody may not read
if os.getuid() == 0:
    os.setgid(65534); os.setuid(65534)
sys.exit(main())
"""


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_database_that_cannot_be_written_says_so(own_file: Path, tmp_path: Path, what: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "read_only.db")
        if what == "file":
            shutil.copy(own_file, file)
            file.chmod(0o444)
        Path(folder).chmod(0o555)
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "VOICES_COUNT_ILLUSTRATIVE": "off"}
        command = [sys.executable, "-c", READ_ONLY, str(tmp_path / "other.db")]
        process = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        Path(folder).chmod(0o755)
        assert process.returncode == 1, process.stdout
        assert "Traceback" not in process.stderr
        assert "cannot be written to. Give this user permission to write there" in process.stderr


def test_a_server_that_cannot_be_reached_says_so() -> None:
    with pytest.raises(DatabaseUnreachable, match=r"cannot be reached.* Check DATABASE_URL"):
        prepare(settings_for("postgresql://nobody@127.0.0.1:1/none"))
