"""Every figure that is held, cell by cell: it is the line of the shipped file that it names."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from data_access.importing.shipped import COLUMNS, SAMPLE_DATA
from data_access.settings import ROOT
from tests.conftest import ENGINES

NUMBERS = slice(4, 10)
HELD = sa.text(
    "SELECT r.file, o.row, a.code, s.code, g.key, o.time_period, o.value, o.se, o.lower, o.upper, o.n, o.population, "
    "o.status, o.note FROM observation o JOIN release r ON r.id = o.release_id JOIN area a ON a.id = o.area_id "
    "JOIN series s ON s.id = o.series_id JOIN population_group g ON g.id = o.group_id "
    "WHERE o.revision = 0 ORDER BY r.file, o.row"
)
DIGEST_OF_THE_REAL_FIGURES = "b345db67dd690386031d0b69bc804b0cca9a67d6cb6694a42e922d8fb48ce607"
TIDY = ROOT.parent / "shared" / "figures" / "figures.csv"
"""The tidy table the shipped files were made from, where it lies beside the repository."""


@pytest.fixture(params=ENGINES)
def held(request: pytest.FixtureRequest) -> list[tuple[Any, ...]]:
    engine: Engine = request.getfixturevalue("filled" if request.param == "sqlite" else "filled_postgres")
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(HELD)]


def lines_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))


def test_every_row_is_the_line_of_the_file_that_it_names(held: list[tuple[Any, ...]]) -> None:
    shipped: list[tuple[Any, ...]] = []
    for folder in ("figures", "illustrative", "odbl"):
        for sidecar in sorted((SAMPLE_DATA / folder).glob("*.toml")):
            file = sidecar.with_suffix(".csv")
            header, *lines = lines_of(file)
            assert tuple(header) == COLUMNS
            for row, cells in enumerate(lines, 2):
                numbers = [float(cell) if cell else None for cell in cells[NUMBERS]]
                shipped.append((f"{folder}/{file.name}", row, *cells[:4], *numbers, *cells[10:]))
    assert len(held) == 44890
    assert held == sorted(shipped)


def test_the_real_figures_are_those_that_were_compared_with_their_origin(held: list[tuple[Any, ...]]) -> None:
    """Fails for any change of any real figure, so that none is made without a word."""
    digest = hashlib.sha256()
    for row in held:
        if not row[0].startswith("illustrative/"):
            digest.update(repr(row).encode())
    assert digest.hexdigest() == DIGEST_OF_THE_REAL_FIGURES


if TIDY.exists():

    def test_every_figure_is_the_one_of_the_tidy_table(held: list[tuple[Any, ...]]) -> None:
        dimensions = sorted(column for column in lines_of(TIDY)[0][7:15])
        tidy: list[tuple[Any, ...]] = []
        with TIDY.open(encoding="utf-8", newline="") as opened:
            for r in csv.DictReader(opened):
                kibera = r["source_id"] in ("KEN_MAPKIBERA_SCHOOLS", "KEN_OPENDATA_SCHOOLS_2007")
                area = "KE-30-KIBERA" if kibera else r["area_code"]  # a place in the county, never the county itself
                key = "|".join(f"{name}={r[name]}" for name in dimensions if r[name] != "_T")
                numbers = [r[name] for name in ("value", "se", "lower", "upper", "n", "population")]
                figures = [float(cell) if cell else None for cell in numbers]
                what = (r["source_id"], area, r["series"], key, r["time_period"])
                tidy.append((*what, *figures, r["obs_status"], r["note"]))
        real = [(Path(row[0]).stem, *row[2:]) for row in held if not row[0].startswith("illustrative/")]
        assert len(tidy) == 43846
        found = {row[:5]: row[5:] for row in real}
        differing = {row[:5]: found[row[:5]] for row in tidy if found[row[:5]] != row[5:]}
        assert len(real) == len(found) == len(tidy)
        assert set(differing.values()) == {(*[None] * 6, "Q", "withheld here to protect people")}
        assert Counter(key[0] for key in differing) == {"KEN_CENSUS_2019": 24, "NPL_CENSUS_2011": 82}
