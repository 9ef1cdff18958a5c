"""The invented answers of single people: reproducible, marked, and nobody's."""

from __future__ import annotations

import csv
import hashlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "sample_data" / "illustrative" / "microdata"
SCRIPT = ROOT / "sample_data" / "scripts" / "make_illustrative_microdata.py"
FILES = {
    "BGD_ILL_SURVEY.ILL_CARE_FORGONE_COST": (2040, 6, 136, 29.3),
    "KEN_ILL_SURVEY.FACILITY_BIRTH": (2016, 7, 126, 83.9),
    "NPL_ILL_SURVEY.SKILLED_BIRTH": (1984, 5, 124, 75.4),
}


def test_the_files_are_made_again_byte_by_byte(tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(SCRIPT), "--into", str(tmp_path)], check=True, capture_output=True)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert sorted(made) == sorted(f"{stem}.{ending}" for stem in FILES for ending in ("csv", "toml"))


@pytest.mark.parametrize("stem", FILES)
def test_a_file_is_what_its_sidecar_and_its_page_say(stem: str) -> None:
    said = tomllib.loads((FOLDER / f"{stem}.toml").read_text(encoding="utf-8"))
    content = (FOLDER / f"{stem}.csv").read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
    weight = [float(row["WEIGHT"]) for row in rows]
    mean = 100 * sum(w * int(row["OUTCOME"]) for w, row in zip(weight, rows, strict=True)) / sum(weight)
    people, strata, units, published = FILES[stem]
    assert (len(rows), len({r["STRATUM"] for r in rows}), len({r["PSU"] for r in rows})) == (people, strata, units)
    assert (said["rows"], said["sha256"]) == (people, hashlib.sha256(content).hexdigest())
    assert (said["illustrative"], said["title"].startswith(f"Illustrative answers of {people} invented")) == (
        True,
        True,
    )
    assert list(rows[0]) == ["STRATUM", "PSU", "WEIGHT", "OUTCOME", *said["circumstances"]]
    assert round(mean, 1) == published
    assert f"{published}" in (ROOT / "docs" / "illustrative.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("stem", FILES)
def test_strata_weigh_as_many_people_as_were_asked(stem: str) -> None:
    with (FOLDER / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
        weights = [float(row["WEIGHT"]) for row in csv.DictReader(file)]
    assert sum(weights) / len(weights) == pytest.approx(1, abs=0.03)
