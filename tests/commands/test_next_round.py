"""Next year's round from a shell: what was answered once is in the mapping, and is not asked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.importing.mapping.reading import load_mapping
from data_access.releases import command
from tests.pages.test_desk import FILE, MAPPING

ANSWERS = "area: {Tana Rivr: KE-40, Homabay Twn: KE-08}\nURBANISATION:\n  Urbann: U\n  Rurall: R\n"


@pytest.fixture
def folder(own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    (tmp_path / "2025.csv").write_text(FILE, encoding="utf-8")
    (tmp_path / "M.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "A.yaml").write_text(ANSWERS, encoding="utf-8")
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], *arguments: object, code: int = 0) -> str:
    assert command.main([str(one) for one in arguments]) == code
    return capsys.readouterr().out


def test_year_one_asks_and_year_two_does_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = (folder / "2025.csv", "--mapping", folder / "M.yaml")
    asked = said(capsys, "import", *given, code=1)
    assert asked.count("question: 2025.csv") == 4
    answered = folder / "answered.yaml"
    first = said(capsys, "import", *given, "--answers", folder / "A.yaml", "--answers-into", answered)
    assert first.splitlines()[-1] == "PARTNER_LIGHT-1 is a draft: 5 figures, 0 withheld."
    assert load_mapping(answered.read_text(encoding="utf-8")).answers == {
        "area": {"Tana Rivr": "KE-40", "Homabay Twn": "KE-08"}, "URBANISATION": {"Urbann": "U", "Rurall": "R"},
    }  # fmt: skip
    same = said(capsys, "import", folder / "2025.csv", "--mapping", answered)
    assert same.splitlines()[-1] == "Nothing changed: this file stands already as PARTNER_LIGHT-1 (draft)."
    (folder / "2026.csv").write_text(FILE.replace("2025", "2026"), encoding="utf-8")
    answered.write_text(answered.read_text(encoding="utf-8").replace('"2025"', '"2026"'), encoding="utf-8")
    second = said(capsys, "import", folder / "2026.csv", "--mapping", answered)
    assert "question" not in second
    assert second.splitlines()[-1] == "PARTNER_LIGHT-2 is a draft: 5 figures, 0 withheld."


@pytest.mark.parametrize(
    ("text", "words"), [("area: [", "cannot be read"), ("- area", "holds no answers"), ("area: KE-40", "holds no")]
)
def test_answers_that_are_none_are_named(
    folder: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (folder / "A.yaml").write_text(text, encoding="utf-8")
    given = ("import", folder / "2025.csv", "--mapping", folder / "M.yaml", "--answers", folder / "A.yaml")
    assert command.main([str(one) for one in given]) == 1
    assert words in capsys.readouterr().err
