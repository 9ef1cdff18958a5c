"""`manage.py pull`: handed over whole, on the database that `run` shows, which only a pull of figures needs."""

from __future__ import annotations

from pathlib import Path

import pytest

import manage
from commands import pulling
from commands.environment import SetUpProblem


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was done, in its order: "prepared", then the command's words and two of its settings."""
    done: list[object] = []
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(pulling, "prepare_environment", lambda _lock: Path("python"))
    monkeypatch.setattr(pulling, "prepare_database", lambda *_given: done.append("prepared"))

    def call(words: list[str], **settings: str) -> int:
        done.append((words, settings["VOICES_COUNT_ILLUSTRATIVE"], settings["PYTHONUTF8"]))
        return 7

    monkeypatch.setattr(pulling, "call", call)
    return done


def test_figures_are_pulled_into_a_database_that_is_ready(started: list[object]) -> None:
    assert manage.main(["pull", "world_bank", "KEN", "U5MR", "NMR", "--since", "2010", "--dry-run"]) == 7
    words = [
        "python",
        "-m",
        "data_access.connectors",
        "world_bank",
        "KEN",
        "U5MR",
        "NMR",
        "--since",
        "2010",
        "--dry-run",
    ]
    assert started == ["prepared", (words, "on", "1")]


@pytest.mark.parametrize("words", [["--check"], ["--list"], ["world_bank", "KEN", "--list"], []])
def test_what_fetches_no_figure_needs_no_database(started: list[object], words: list[str]) -> None:
    assert manage.main(["pull", *words]) == 7
    assert started == [(["python", "-m", "data_access.connectors", *words], "on", "1")]


def test_a_database_of_ones_own_gets_no_invented_rows(started: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://figures.example/voices")
    manage.main(["pull", "--check"])
    assert [one[1] for one in started if isinstance(one, tuple)] == ["off"]


def test_a_database_that_cannot_be_prepared_stops_the_pull(
    started: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_given: object) -> None:
        raise SetUpProblem("The database could not be prepared. It is newer than this version.")

    monkeypatch.setattr(pulling, "prepare_database", refuse)
    assert manage.main(["pull", "dhs", "KEN"]) == 1
    assert capsys.readouterr().err == "The database could not be prepared. It is newer than this version.\n"
    assert started == []
