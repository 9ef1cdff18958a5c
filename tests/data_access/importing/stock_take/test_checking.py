"""check-file recognises a stock-take, says what it understood and what importing it would do; it keeps nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data_access.releases import command
from tests.data_access.importing.stock_take.lists import FOUR_W, FOUR_W_TABLE, SOURCE

ASKED = (
    "question: 4w.csv, 'ETH': The country is not among those of this deployment, so that no place can be looked up. "
    "Add it: python3 manage.py country add ETH (see docs/new-country.md)."
)
PRIVATE = (
    "question: 4w.csv: The mapping says that the list is private, and the stock-take is shown to every reader. "
    "Ask its owner; then write sharing: public into the mapping, or keep the list out."
)


def test_check_file_says_what_it_understood(
    own_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    file, by, table, found = (tmp_path / name for name in ("4w.csv", "M.yaml", "rows.csv", "found.csv"))
    file.write_text(FOUR_W, encoding="utf-8")
    by.write_text(SOURCE + FOUR_W_TABLE, encoding="utf-8")
    before = own_file.read_bytes()
    given = ["check-file", str(file), "--mapping", str(by), "--csv", str(table), "--findings", str(found)]
    assert command.main(given) == 1
    assert capsys.readouterr().out.splitlines() == [
        "4 rows of 2 organisations in 0 areas (0 rows placed; 4 without an area).",
        "Filled cells: 70 = 55 kept + 15 in headers + 0 dropped + 0 not read + 0 refused.",
        "Periods from 2025-05-01 to 2025-07-31; 0 rows without one.",
        "Kept without a meaning: Site.",
        ASKED,
        PRIVATE,
        "0 refused, 2 questions, 0 remarks.",
        f"{table}: 4 rows.",
        "Would be: 0 entries added, 0 changed, 0 same.",
        "Nothing was kept.",
    ]
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    first = [rows[0][name] for name in ("organisation", "sector", "further")]
    assert first == ["Example Aid", "WASH", '[["Site", "a"]]']
    assert len(found.read_text(encoding="utf-8").splitlines()) == 3
    assert own_file.read_bytes() == before
    by.write_text("version: 1\nkind: stock_take\n", encoding="utf-8")
    assert command.main(given) == 1
    assert "M.yaml, line 1, source: is missing." in capsys.readouterr().err
