"""The partners' own files, where they lie beside the repository, give the shipped figures, cell by cell."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading
from data_access.importing import readers
from data_access.importing.desk.job import understand
from data_access.importing.mapping.apply import Harmonised, harmonise
from data_access.importing.mapping.reading import read_mapping
from data_access.importing.shipped import SAMPLE_DATA
from data_access.settings import ROOT
from tests.data_access.importing.mapping.parts import Known

INPUTS = ROOT.parent / "shared" / "inputs"
MAPPINGS = [
    path
    for path in sorted((SAMPLE_DATA / "mappings").glob("*.yaml"))
    if "kind: stock_take" not in path.read_text(encoding="utf-8")
]
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


def shipped(code: str, folder: str = "figures") -> dict[Key, tuple[object, ...]]:
    path: Path = SAMPLE_DATA / folder / f"{code}.csv"
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


def test_nepals_sdmx_file_gives_every_shipped_figure() -> None:
    """442 of its 886 observations: 185 stand twice, 244 are of other series, 15 are left out with a reason each."""
    read_whole = read("npl_cbs_sdmx.xml", "nepal_cbs_sdg.yaml")
    assert made(read_whole) == shipped("NPL_CBS_SDG")
    said = [f.what for f in read_whole.findings]
    assert [what.split(": ")[0] for what in said] == [
        "244 rows left out",
        "2 figures left out",
        "8 figures left out",
        "3 figures left out",
        "2 figures left out",
        "185 figures stand twice, the same in everything",
    ]
    assert len(read_whole.rows) == 886 - 244 - 2 - 8 - 3 - 2 - 185


@pytest.mark.parametrize(
    ("mapping", "code", "figures"),
    [
        ("map_kibera_schools.yaml", "KEN_MAPKIBERA_SCHOOLS", 19),
        ("map_kibera_official_list.yaml", "KEN_OPENDATA_SCHOOLS_2007", 7),
    ],
)
def test_the_schools_of_kibera_give_every_shipped_figure(mapping: str, code: str, figures: int) -> None:
    found = made(read("mapkibera_schools_150_no_contacts.csv", mapping))
    assert found == shipped(code, "odbl")
    assert len(found) == figures


@pytest.mark.parametrize(
    ("file", "mapping"),
    [
        ("papi_vietnam_2011-2016.xlsx", "papi_vietnam.yaml"),
        ("gso_poverty_rate_by_province.csv", "gso_poverty_rate.yaml"),
        ("ophi_subnational_mpi_2024.xlsx", "ophi_subnational_mpi.yaml"),
        ("npl_cbs_sdmx.xml", "nepal_cbs_sdg.yaml"),
        ("mapkibera_schools_150_no_contacts.csv", "map_kibera_schools.yaml"),
        ("mapkibera_schools_150_no_contacts.csv", "map_kibera_official_list.yaml"),
    ],
)
def test_by_the_products_own_resolver_and_checks_too(filled: Engine, file: str, mapping: str) -> None:
    """Names are resolved by the catalogues, every check runs, and nothing is refused or asked."""
    path = INPUTS / file
    if not path.exists():
        pytest.skip(f"{file} does not lie beside the repository")
    text = (SAMPLE_DATA / "mappings" / mapping).read_text(encoding="utf-8")
    with reading(filled) as session:
        understood = understand(session, readers.read(path), text, {})
    assert [f for f in understood.findings if f.kind != "remark"] == []
    assert set(understood.rows) == set(read(file, mapping).rows)
