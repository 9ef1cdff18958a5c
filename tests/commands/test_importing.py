"""The desk's commands: handed over whole, and what they say of a partner's file."""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

import pytest

import manage
from commands import importing
from data_access.importing.desk import job
from data_access.importing.desk.job import Parts, Understood
from data_access.importing.findings import Finding
from data_access.importing.tidy import TidyRow
from data_access.importing.workbook import Workbook
from data_access.releases import command
from tests.data_access.releases.partner import PUBLIC, SOURCE, row, rows


def handed_over(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> tuple[list[str], list[str]]:
    """The words of the command that is started, and what was done before."""
    before: list[str] = []
    calls: list[list[str]] = []
    monkeypatch.setattr(importing, "prepare_environment", lambda _lock: Path("python"))
    monkeypatch.setattr(importing, "prepare_database", lambda *_given: before.append("prepared"))
    monkeypatch.setattr(importing, "call", lambda words, **_settings: calls.append(words) or 0)
    assert manage.main(arguments) == 0
    assert calls[0][:3] == ["python", "-m", "data_access.releases.command"]
    return calls[0][3:], before


def test_a_file_is_named_whole_as_the_product_starts_in_its_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    given = handed_over(monkeypatch, "import", "a file.csv", "--mapping", "M.yaml", "--dry-run")
    words = ["import", f"{tmp_path}/a file.csv", f"--mapping={tmp_path}/M.yaml", "--dry-run"]
    assert given == (words, ["prepared"])


def test_words_that_look_like_options_stay_what_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    given = handed_over(monkeypatch, "withdraw", "KEN_X-1", "--why=--sharing public")
    assert given == (["withdraw", "KEN_X-1", "--why=--sharing public"], [])


@pytest.mark.parametrize("name", [name for name, one in manage.COMMANDS.items() if one.carry_out is importing.desk])
def test_the_product_knows_every_option_that_is_handed_over(name: str) -> None:
    def options(parser: argparse.ArgumentParser) -> set[str]:
        (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
        return {word for one in commands.choices[name]._actions for word in one.option_strings or [one.dest]}

    assert options(manage.command_line()) <= options(command._parser())


@pytest.fixture
def desk(own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file and its mapping, before a database of one's own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    monkeypatch.delenv("VOICES_COUNT_SELF_PUBLISH", raising=False)
    (tmp_path / "M.yaml").write_text("version: 1", encoding="utf-8")
    (tmp_path / "survey.csv").write_text("figures", encoding="utf-8")
    understood_as(monkeypatch, rows(50.0, 40.0))
    return tmp_path


def understood_as(monkeypatch: pytest.MonkeyPatch, some: tuple[TidyRow, ...], *found: Finding) -> None:
    def read(path: Path) -> Workbook:
        return Workbook(path.name, "csv", hashlib.sha256(path.read_bytes()).hexdigest(), ())

    parts = Parts(read, lambda *_given: Understood(SOURCE, PUBLIC, some, found))
    monkeypatch.setattr(job, "wired", lambda: parts)


def test_from_a_file_to_a_tombstone(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(desk / "survey.csv"), "--mapping", str(desk / "M.yaml")]

    def said(*arguments: str, code: int = 0) -> str:
        assert command.main(arguments) == code
        out, err = capsys.readouterr()
        return err if code else out

    would_be = "Would be: 2 added, 0 changed, 0 same, 0 gone; 0 withheld, 0 left out by consent.\n"
    assert said("check-file", *given) == would_be
    assert said("import", *given, "--dry-run") == would_be
    assert said("import", *given) == "KEN_PARTNER-1 is a draft: 2 figures, 0 withheld.\n"
    assert said("import", *given) == "Nothing changed: this file stands already as KEN_PARTNER-1 (draft).\n"
    assert "so somebody else must publish it" in said("publish", "KEN_PARTNER-1", code=1)
    monkeypatch.setenv("VOICES_COUNT_SELF_PUBLISH", "on")
    assert said("publish", "KEN_PARTNER-1") == (
        "KEN_PARTNER-1 is published: 2 new, 0 revised, 0 same, 0 gone.\nIt is recorded as unreviewed.\n"
    )
    (desk / "survey.csv").write_text("next round", encoding="utf-8")
    understood_as(monkeypatch, rows(51.0, 40.0))
    assert said("check-file", *given).splitlines()[1] == "changed: KEN FACILITY_BIRTH 2025: 50.0 → 51.0 (row 2)"
    said("import", *given)
    assert said("discard", "KEN_PARTNER-2") == "KEN_PARTNER-2 is discarded, with its 2 figures.\n"
    assert said("export", "KEN_PARTNER").count("\n") == 3
    assert said("export", "KEN_PARTNER", "--out", str(desk / "out.csv")) == f"{desk / 'out.csv'}: 2 rows.\n"
    assert (desk / "out.csv").read_text(encoding="utf-8") == said("export", "KEN_PARTNER")
    assert said("withdraw", "KEN_PARTNER", "--why", "consent revoked") == "KEN_PARTNER is withdrawn: 2 rows are gone.\n"
    assert said("export", "KEN_PARTNER", code=1).startswith("KEN_PARTNER is no release and no source")
    lines = said("history", "KEN_PARTNER").splitlines()
    assert re.fullmatch(r"[\d-]+  KEN_PARTNER-1  withdrawn  2 rows  survey\.csv  unreviewed  consent revoked", lines[0])
    assert [line.split("  ")[2] for line in lines[2:]] == ["import", "publish", "import", "discard", "withdraw"]
    assert sorted(path.name for path in desk.iterdir() if path.name.startswith(".")) == []


def test_everything_found_is_said_and_written_and_nothing_kept(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Finding("question", "area", "survey.csv", "which place is this?", "Answer.", row=4, value="Kisumo")
    understood_as(monkeypatch, (row(101.0),), asked)
    given = [str(desk / "survey.csv"), "--mapping", str(desk / "M.yaml"), "--findings", str(desk / "found.csv")]
    assert command.main(["import", *given]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "question: survey.csv, row 4, 'Kisumo': which place is this? Answer.",
        "refused: survey.csv, row 2: a percentage lies outside 0 to 100. Check the value and the unit of the series.",
        "Nothing was kept.",
    ]
    assert len((desk / "found.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_a_missing_file_is_a_sentence(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["import", str(desk / "none.csv"), "--mapping", str(desk / "M.yaml")]) == 1
    assert capsys.readouterr().err.endswith(
        "none.csv: the file cannot be read (No such file or directory). Check its name and place.\n"
    )
