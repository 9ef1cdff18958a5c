"""When the virtual environment counts as ready, stale, broken or absent, and what is done about it."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

import pytest

from commands import environment
from commands.environment import (
    SetUpProblem,
    State,
    environment_python,
    environment_state,
    install,
    installation_problem,
    installed_record,
    lock_hash,
    make_environment,
    prepare_environment,
    unfinished_mark,
)

THIS_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    lock = tmp_path / "requirements.txt"
    lock.write_text("streamlit==1.67.0\n")
    return lock


@pytest.fixture
def ready(tmp_path: Path, lock: Path) -> Path:
    """An environment with a Python that starts, in which the lock is recorded as installed."""
    folder = tmp_path / "a folder with spaces" / ".venv"
    python = environment_python(folder)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    installed_record(folder).write_text(json.dumps({"python": THIS_VERSION, lock.name: lock_hash(lock)}))
    return folder


def test_where_the_python_is() -> None:
    folder = Path("project") / ".venv"
    assert environment_python(folder, windows=False) == folder / "bin" / "python"
    assert environment_python(folder, windows=True) == folder / "Scripts" / "python.exe"


def test_the_lock_hash_changes_with_a_pin_but_not_with_line_endings(tmp_path: Path, lock: Path) -> None:
    windows, other = tmp_path / "windows.txt", tmp_path / "other.txt"
    windows.write_bytes(b"streamlit==1.67.0\r\n")
    other.write_text("streamlit==1.67.1\n")
    assert lock_hash(lock) == "0041d04f821378f895d6f281c79c315a81bd619d318d38b1f94195c422681a3c"
    assert lock_hash(windows) == lock_hash(lock)
    assert lock_hash(other) != lock_hash(lock)


def test_no_folder_is_absent(tmp_path: Path, lock: Path) -> None:
    assert environment_state(tmp_path / ".venv", lock) is State.ABSENT


def test_an_environment_with_the_lock_recorded_is_ready(ready: Path, lock: Path) -> None:
    assert environment_state(ready, lock) is State.READY


def test_another_pin_makes_it_stale(ready: Path, lock: Path) -> None:
    lock.write_text("streamlit==1.67.1\n")
    assert environment_state(ready, lock) is State.STALE


def test_another_requirements_file_makes_it_stale(ready: Path, lock: Path) -> None:
    other = lock.with_name("requirements-dev.txt")
    other.write_text(lock.read_text())
    assert environment_state(ready, other) is State.STALE


@pytest.mark.parametrize("record", [None, "", "{cut sho"])
def test_an_environment_made_by_other_means_is_stale(ready: Path, lock: Path, record: str | None) -> None:
    installed_record(ready).unlink()
    if record is not None:
        installed_record(ready).write_text(record)
    assert environment_state(ready, lock) is State.STALE


def test_an_interrupted_installation_is_broken(ready: Path, lock: Path) -> None:
    unfinished_mark(ready).touch()
    assert environment_state(ready, lock) is State.BROKEN


def test_a_python_that_is_gone_is_broken(ready: Path, lock: Path) -> None:
    environment_python(ready).unlink()
    environment_python(ready).symlink_to(ready / "uninstalled")
    assert environment_state(ready, lock) is State.BROKEN


def test_a_python_of_another_version_than_was_installed_for_is_broken(ready: Path, lock: Path) -> None:
    installed_record(ready).write_text(json.dumps({"python": "3.0", lock.name: lock_hash(lock)}))
    assert environment_state(ready, lock) is State.BROKEN


def test_a_ready_environment_is_left_alone(ready: Path, lock: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "install", lambda *_given: pytest.fail("installed again"))
    assert prepare_environment(lock, ready) == environment_python(ready)


def test_a_stale_environment_is_completed_and_then_ready(
    ready: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock.write_text("streamlit==1.67.1\n")
    marked_meanwhile: list[bool] = []
    monkeypatch.setattr(
        environment, "install", lambda *_given: marked_meanwhile.append(unfinished_mark(ready).exists())
    )
    prepare_environment(lock, ready)
    assert marked_meanwhile == [True]
    assert environment_state(ready, lock) is State.READY


def test_a_failed_installation_is_begun_anew_the_next_time(
    ready: Path, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: object) -> None:
        raise SetUpProblem("no")

    lock.write_text("streamlit==1.67.1\n")
    monkeypatch.setattr(environment, "install", fail)
    with pytest.raises(SetUpProblem):
        prepare_environment(lock, ready)
    assert environment_state(ready, lock) is State.BROKEN


def test_an_environment_is_made_in_place_of_a_broken_one(tmp_path: Path, lock: Path) -> None:
    folder = tmp_path / "with space" / ".venv"
    folder.mkdir(parents=True)
    (folder / "half a package").touch()
    make_environment(folder, with_pip=False)
    assert not (folder / "half a package").exists()
    assert environment.python_version(environment_python(folder)) == THIS_VERSION
    assert environment_state(folder, lock) is State.BROKEN  # until something was installed


@pytest.mark.parametrize(("missing", "with_pip"), [("venv", False), ("ensurepip", True)])
def test_a_missing_venv_module_is_named_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str, with_pip: bool
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(SetUpProblem) as problem:
        make_environment(tmp_path / ".venv", with_pip=with_pip)
    assert str(problem.value) == (
        "This Python lacks its venv module: install it (on Debian and Ubuntu: sudo apt-get install python3-venv), "
        "then give the same command again."
    )
    assert not (tmp_path / ".venv").exists()


def test_an_environment_does_not_remake_itself(monkeypatch: pytest.MonkeyPatch, ready: Path) -> None:
    monkeypatch.setattr(sys, "prefix", str(ready))
    with pytest.raises(SetUpProblem, match="use the system's python3"):
        make_environment(ready, with_pip=False)
    assert environment_python(ready).exists()


@pytest.mark.parametrize(
    "report",
    [
        "WARNING: Retrying ... NewConnectionError('Failed to establish a new connection: [Errno 111]')",
        "  Caused by: error sending request for url\n  Caused by: dns error\n",
        "  Caused by: failed to lookup address information: Temporary failure in name resolution",
        "ProxyError('Cannot connect to proxy.')",
    ],
)
def test_no_network_is_said_in_a_sentence(report: str) -> None:
    assert installation_problem(report) == (
        "The packages could not be downloaded, because this computer does not reach the package index: connect it, "
        "or set HTTPS_PROXY, then give the same command again. Once installed, Voices Count needs no network."
    )


def test_another_failure_quotes_the_installers_last_lines() -> None:
    report = "\n".join([*(f"line {number}" for number in range(30)), "WARNING: an index is empty", ""])
    assert installation_problem(report).splitlines()[1:] == [f"line {number}" for number in range(18, 30)]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in installer is a shell script")
def test_a_failing_installer_is_a_problem_with_its_words(tmp_path: Path, lock: Path) -> None:
    uv = tmp_path / "uv"
    uv.write_text("#!/bin/sh\necho 'hash mismatch for streamlit' >&2\nexit 2\n")
    uv.chmod(0o755)
    with pytest.raises(SetUpProblem, match="hash mismatch for streamlit"):
        install(lock, Path(sys.executable), str(uv))
