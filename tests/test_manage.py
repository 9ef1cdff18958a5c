"""The command line: help everywhere, clear words for a Python that is too old, problems without a traceback."""

from __future__ import annotations

import argparse
import subprocess
import sys

import pytest

import manage
from commands.environment import ROOT, SetUpProblem


def parsers() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (each for each in manage.command_line()._actions if isinstance(each, argparse._SubParsersAction))
    return dict(commands.choices)


def test_the_commands_are_these() -> None:
    desk = ["import", "check-file", "publish", "discard", "withdraw", "consent", "history", "export", "entries"]
    assert list(parsers()) == ["run", *desk, "country", "pull", "test", "check", "format", "lock"]


@pytest.mark.parametrize(("name", "parser"), parsers().items())
def test_every_command_and_every_option_has_help(name: str, parser: argparse.ArgumentParser) -> None:
    without_help = [action.option_strings for action in parser._actions if not action.help]
    assert parser.description, f"{name} has no help"
    assert without_help == []
    assert parser.description in " ".join(manage.command_line().format_help().split())


def test_the_app_is_served_to_this_computer_alone_unless_asked_otherwise() -> None:
    options = manage.command_line().parse_args(["run"])
    assert (options.host, options.port) == ("127.0.0.1", 8501)


def test_an_older_python_is_told_so_in_one_sentence() -> None:
    pretend = "import runpy, sys; sys.version_info = (3, 9, 18); runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr == "Voices Count needs Python 3.11 or newer, and this is Python 3.9.\n"


def test_a_problem_is_printed_as_its_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_options: argparse.Namespace) -> int:
        raise SetUpProblem("The cable is out: plug it in.")

    monkeypatch.setitem(manage.COMMANDS, "run", manage.Command("run", fail))
    assert manage.main(["run"]) == 1
    assert capsys.readouterr() == ("", "The cable is out: plug it in.\n")


@pytest.mark.parametrize(("command", "code"), [("run", 0), ("test", 130)])
def test_ctrl_c_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, code: int
) -> None:
    def interrupted(_options: argparse.Namespace) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(manage.COMMANDS, command, manage.Command("interrupted", interrupted))
    assert manage.main([command]) == code
    assert capsys.readouterr().out == "\nStopped.\n"


def test_arguments_of_test_go_to_pytest_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []

    def note(options: argparse.Namespace) -> int:
        given.append(options.rest)
        return 0

    monkeypatch.setitem(manage.COMMANDS, "test", manage.Command("note", note))
    assert manage.main(["test", "-k", "gap", "tests/test_manage.py", "-x"]) == 0
    assert given == [["-k", "gap", "tests/test_manage.py", "-x"]]


def test_other_commands_refuse_what_they_do_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        manage.main(["run", "--prot", "8502"])
    assert "unknown: --prot 8502" in capsys.readouterr().err
