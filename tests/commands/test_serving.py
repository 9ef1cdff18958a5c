"""Starting the app: ports, addresses, settings, and what is said when the database cannot be prepared."""

from __future__ import annotations

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands import serving
from commands.environment import SetUpProblem
from commands.serving import app_settings, own_names, port_problem, prepare_database, web_address, without_traceback


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_free_port_is_no_problem(taken: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        free = other.getsockname()[1]
    assert port_problem("127.0.0.1", free) == ""


def test_a_port_in_use_is_said_with_the_way_out(taken: int) -> None:
    assert port_problem("127.0.0.1", taken) == (
        f"Port {taken} is in use by another program: stop that one, "
        f"or choose another port: python3 manage.py run --port {taken + 1}"
    )


@pytest.mark.parametrize("port", [-1, 0, 65536])
def test_what_is_no_port_is_said(port: int) -> None:
    assert port_problem("127.0.0.1", port).startswith(f"{port} is not a port: choose a number from 1 to 65535")


def test_an_address_of_another_computer_is_said() -> None:
    problem = port_problem("192.0.2.1", 8501)  # set aside for documentation: no computer has it
    assert problem.startswith("Voices Count cannot listen at 192.0.2.1, port 8501: ")


def test_nothing_is_installed_for_a_port_in_use(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "prepare_environment", lambda _lock: pytest.fail("installed first"))
    with pytest.raises(SetUpProblem, match=f"Port {taken} is in use"):
        serving.run(argparse.Namespace(host="127.0.0.1", port=taken, steward=False))


def test_the_names_under_which_the_app_answers() -> None:
    assert own_names("127.0.0.1") == ["localhost", "127.0.0.1"]
    assert own_names("10.1.2.3") == ["localhost", "127.0.0.1", "10.1.2.3"]
    assert own_names("0.0.0.0")[:3] == ["localhost", "127.0.0.1", socket.gethostname()]


def test_the_address_to_open() -> None:
    assert web_address("127.0.0.1", 8501) == "http://127.0.0.1:8501"
    assert web_address("0.0.0.0", 8502) == "http://127.0.0.1:8502"
    assert web_address("::", 8501) == "http://[::1]:8501"


def test_what_the_user_has_set_stays() -> None:
    assert app_settings("127.0.0.1", {})["VOICES_COUNT_ILLUSTRATIVE"] == "on"
    assert app_settings("127.0.0.1", {"VOICES_COUNT_ILLUSTRATIVE": "off"})["VOICES_COUNT_ILLUSTRATIVE"] == "off"
    domain = {"STREAMLIT_SERVER_ALLOWED_HOSTS": "figures.example.org"}
    assert app_settings("0.0.0.0", domain)["STREAMLIT_SERVER_ALLOWED_HOSTS"] == "figures.example.org"


def test_invented_rows_stay_out_of_a_database_of_ones_own() -> None:
    own = {"DATABASE_URL": "postgresql://localhost/voices"}
    assert app_settings("127.0.0.1", own)["VOICES_COUNT_ILLUSTRATIVE"] == "off"


def test_an_error_is_told_without_where_in_the_code_it_arose() -> None:
    code = "print('reading', flush=True)\nraise ValueError('DATABASE_URL names no host:\\n\\tadd one')"
    report = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stderr
    assert without_traceback(report) == "ValueError: DATABASE_URL names no host:\n\tadd one"
    assert without_traceback("The disk is full.\n") == "The disk is full."


def stand_in_for_prepare(folder: Path, code: str) -> None:
    (folder / "data_access").mkdir()
    (folder / "data_access" / "__init__.py").touch()
    (folder / "data_access" / "prepare.py").write_text(code)


def test_a_database_that_cannot_be_prepared_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in_for_prepare(tmp_path, "raise SystemExit('figures.db is open elsewhere: close the other program.')")
    monkeypatch.setattr(serving, "ROOT", tmp_path)
    with pytest.raises(SetUpProblem) as problem:
        prepare_database(Path(sys.executable), dict(os.environ))
    assert str(problem.value) == (
        "The database could not be prepared. figures.db is open elsewhere: close the other program."
    )


def test_what_the_preparation_says_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    stand_in_for_prepare(tmp_path, "import sys; print('12 rows added'); print('1 row set aside', file=sys.stderr)")
    monkeypatch.setattr(serving, "ROOT", tmp_path)
    prepare_database(Path(sys.executable), dict(os.environ))
    assert capfd.readouterr() == ("12 rows added\n", "1 row set aside\n")
