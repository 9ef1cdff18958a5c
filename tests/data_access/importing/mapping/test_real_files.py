"""The partners' own files, where they lie beside the repository, give the shipped figures, cell by cell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from data_access.importing import readers
from data_access.importing.mapping.apply import Harmonised, harmonise
from data_access.importing.mapping.reading import read_mapping
from data_access.importing.shipped import SAMPLE_DATA
from data_access.settings import ROOT
from tests.data_access.importing.mapping.parts import Known

INPUTS = ROOT.parent / "shared" / "inputs"
MAPPINGS = sorted((SAMPLE_DATA / "mappings").glob("*.yaml"))
Key = tuple[str, str, str, str]


def read(file: str, mapping: str) -> Harmonised:
    path = INPUTS / file
    if not path.exists():
        pytest.skip(f"{file} does not lie beside the repository")
    return harmonise(readers.read(path), read_mapping(SAMPLE_DATA / "mappings" / mapping), Known())


def made(found: Harmonised) -> dict[Key, tuple[object, ...]]:
    assert [f for f in found.findings if f.kind != "remark"] == []
    figures = {
        (r.area, r.series, r.group, r.time_period): (
            r.value, r.se, r.lower, r.upper, r.n, r.population, r.status, r.note,
        )
        for r in found.rows
    }  # fmt: skip
    assert len(figures) == len(found.rows)
    return figures


def shipped(code: str) -> dict[Key, tuple[object, ...]]:
    path: Path = SAMPLE_DATA / "figures" / f"{code}.csv"
    numbers = ("OBS_VALUE", "STD_ERR", "LOWER_BOUND", "UPPER_BOUND", "SAMPLE_SIZE", "POPULATION")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (r["REF_AREA"], r["SERIES"], r["GROUP"], r["TIME_PERIOD"]): (
                *(float(r[name]) if r[name] else None for name in numbers), r["OBS_STATUS"], r["COMMENT_OBS"],
            )
            for r in csv.DictReader(file)
        }  # fmt: skip


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda path: path.stem)
def test_every_shipped_mapping_loads(path: Path) -> None:
    read_mapping(path)


def test_papi_gives_every_shipped_score() -> None:
    assert made(read("papi_vietnam_2011-2016.xlsx", "papi_vietnam.yaml")) == shipped("VNM_PAPI")


def test_gso_gives_every_shipped_poverty_rate_of_its_table() -> None:
    """The other 52 poverty rates come from GSO's tables by region and by residence: years before 2006, 2011, groups."""
    found = made(read("gso_poverty_rate_by_province.csv", "gso_poverty_rate.yaml"))
    held = shipped("VNM_GSO_2018")
    assert len(found) == 559
    assert {key: held.get(key) for key in found} == found
    rest = {key for key in held if key[1] == "POV_NATIONAL_LINE"} - set(found)
    assert len(rest) == 52
    assert all(group or period in ("1998", "2002", "2004", "2011") for _, _, group, period in rest)


def test_ophi_gives_every_shipped_figure_of_a_region() -> None:
    """The 75 national figures (5 countries, 15 series) stand in OPHI's other workbook."""
    found = made(read("ophi_subnational_mpi_2024.xlsx", "ophi_subnational_mpi.yaml"))
    held = shipped("OPHI_GMPI_2024")
    rest = {key: held.pop(key) for key in set(held) - set(found)}
    assert found == held
    assert len(found) == 1560
    assert {area for area, *_ in rest} == {"BGD", "IND", "KEN", "NPL", "VNM"}
    assert len(rest) == 75
