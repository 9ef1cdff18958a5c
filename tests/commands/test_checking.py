"""Tests and checks: all are run, and a failure of any is a failure of the whole."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pytest

from commands import checking
from commands.checking import check, lock


class Calls(list[list[str]]):
    """Notes the commands that would be run; those with `failing` among their words fail."""

    failing = "nothing"

    def __call__(self, command: Sequence[str], **_settings: str) -> int:
        self.append(list(command))
        return int(self.failing in command)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    calls = Calls()
    monkeypatch.setattr(checking, "call", calls)
    monkeypatch.setattr(checking, "prepare_environment", lambda _lock: Path("python"))
    monkeypatch.setattr(checking, "find_browser", lambda: "chromium")
    return calls


WITHOUT_BROWSER = ["python", "-m", "pytest", "-m", "not browser and not long"]
WITH_BROWSER = ["python", "-m", "pytest", "-m", "browser"]


def test_the_browser_tests_come_last(calls: Calls) -> None:
    assert checking.test(argparse.Namespace(rest=[])) == 0
    assert calls == [WITHOUT_BROWSER, WITH_BROWSER]


@pytest.mark.parametrize("failing", ["not browser and not long", "browser"])
def test_either_run_of_the_tests_can_fail_the_whole(calls: Calls, failing: str) -> None:
    calls.failing = failing
    assert checking.test(argparse.Namespace(rest=[])) == 1
    assert calls == [WITHOUT_BROWSER, WITH_BROWSER]


def test_arguments_make_it_one_run(calls: Calls) -> None:
    assert checking.test(argparse.Namespace(rest=["-k", "gap"])) == 0
    assert calls == [["python", "-m", "pytest", "-k", "gap"]]


@pytest.mark.parametrize(("ci", "code"), [(None, 0), ("true", 1)])
def test_without_a_browser_its_tests_are_left_out_but_not_in_ci(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str | None, code: int
) -> None:
    monkeypatch.delenv("CI", raising=False)
    if ci:
        monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(checking, "find_browser", lambda: None)
    assert checking.test(argparse.Namespace(rest=[])) == code
    assert calls == [WITHOUT_BROWSER]
    assert capsys.readouterr().out == (
        "The browser tests were left out: there is no Chromium or Chrome on this computer.\n"
    )


def test_every_check_is_run_even_when_one_fails(calls: Calls, capsys: pytest.CaptureFixture[str]) -> None:
    calls.failing = "mypy"
    assert check(argparse.Namespace(without_tests=False)) == 1
    assert [command[2] for command in calls] == [
        "ruff",
        "ruff",
        "mypy",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "pytest",
        "pytest",
    ]
    assert "Failed: types." in capsys.readouterr().out


def test_checks_without_the_tests(calls: Calls) -> None:
    assert check(argparse.Namespace(without_tests=True)) == 0
    assert [command[2] for command in calls][-1] != "pytest"


def test_pinning_covers_every_system_and_keeps_the_two_files_in_agreement(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "working_uv", lambda: "uv")
    assert lock(argparse.Namespace(upgrade=True)) == 0
    options = "--quiet --universal --python-version 3.11 --generate-hashes --upgrade"
    pin = ["uv", "pip", "compile", *options.split()]
    assert calls == [
        [*pin, "requirements.in", "--output-file", "requirements.txt"],
        [*pin, "--constraint", "requirements.txt", "requirements-dev.in", "--output-file", "requirements-dev.txt"],
    ]
