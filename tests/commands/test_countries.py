"""`manage.py country`: handed over whole, from where the user stands."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

import manage
from commands import countries
from commands.environment import ROOT


def test_the_words_are_handed_over_where_the_user_stands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    calls: list[tuple[list[str], dict[str, Any]]] = []

    def run(command: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
        calls.append((command, more))
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(countries, "prepare_environment", lambda _lock: Path("python"))
    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.chdir(tmp_path)
    assert manage.main(["country", "add", "MWI", "--names", "a file.csv"]) == 1
    (command, more) = calls[0]
    assert command == ["python", "-m", "data_access.countries", "add", "MWI", "--names", "a file.csv"]
    assert sorted(more) == ["env"]
    assert more["env"] == {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def test_the_command_finds_the_product_and_the_users_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VOICES_COUNT_FOLDER", str(tmp_path / "own"))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'voices.db'}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "areas.csv").write_text("code,level,parent,name\nMW-X,1,,Example\n", encoding="utf-8")
    assert manage.main(["country", "add", "MWI", "--name", "Malawi", "--names", "areas.csv"]) == 0
    assert "MW-X" in (tmp_path / "own" / "catalogue" / "areas.csv").read_text(encoding="utf-8")
    assert manage.main(["country", "add", "MWI", "--name", "Malawi", "--names", "none.csv"]) == 1
