"""Out and in again loses nothing: HEAT Plus, Open SDG CSV, SDMX-CSV and the product's own CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from data_access.importing.mapping.apply import harmonise
from data_access.importing.mapping.presets import HEAT_COLUMNS, Preset, preset_mapping, recognise
from data_access.importing.mapping.writing import Described, Words, heat_plus, open_sdg, sdmx_csv
from data_access.importing.shipped import SAMPLE_DATA, shipped_sources
from data_access.importing.tidy import TidyRow
from tests.data_access.importing.mapping.parts import SOURCE, Known, from_csv

ROWS = (
    TidyRow("KEN", "MPI_H", "", "2019", 12.5, se=0.1, lower=12.25, upper=12.75, n=1200, population=51_000_000),
    TidyRow("KE-06", "MPI_H", "SEX=F", "2019-21", 1 / 3, n=30, yes=10, status="U", note='n=30; small, "quoted"'),
    TidyRow("KE-06", "MPI_H", "DISABILITY_STATUS=PD|SEX=F", "2019", None, status="Q", note="withheld"),
    TidyRow("KE-06", "MPI_H", "ETHNICITY=dalit|SEX=M", "2019", 0.0, status="P"),
    TidyRow("KE-01", "MPI_A", "DISABILITY_TYPE=seeing", "2019", None, status="M"),
    TidyRow("KE-01", "MPI_A", "AGE=Y0T4", "2020", 1e-7, status="E", note="SAMPLE_SIZE is not known"),
)
WORDS = Words("TEST", {"KEN": "KEN", "KE-06": "KEN"}, {"MPI_H": Described("Headcount", False, 100, "percent")})
FORMATS: list[tuple[Preset, Callable[..., str]]] = [
    ("heat_plus", heat_plus),
    ("open_sdg", open_sdg),
    ("sdmx", sdmx_csv),
]


def again(text: str, preset: Preset) -> list[TidyRow]:
    made = from_csv(text)
    assert recognise(made) == preset
    mapping = preset_mapping(made, SOURCE)
    assert mapping is not None
    found = harmonise(made, mapping, Known())
    assert [f for f in found.findings if f.kind != "remark"] == []
    return [replace(row, sheet="", row=0, column="") for row in found.rows]


@pytest.mark.parametrize(("preset", "write"), FORMATS)
@pytest.mark.parametrize("words", [None, WORDS])
def test_out_and_in_again(preset: Preset, write: Callable[..., str], words: Words | None) -> None:
    assert again(write(ROWS, words), preset) == list(ROWS)


@pytest.mark.parametrize(("preset", "write"), FORMATS)
@pytest.mark.parametrize("source", shipped_sources(illustrative=False), ids=lambda source: source.sidecar.code)
def test_every_shipped_figure_out_and_in_again(preset: Preset, write: Callable[..., str], source: object) -> None:
    rows = [
        TidyRow(
            r.area, r.series, r.group, r.time_period, r.value, r.se, r.lower, r.upper, r.n, None, r.population,
            r.status, r.note,
        )
        for r in source.rows()  # type: ignore[attr-defined]
    ][:400]  # fmt: skip
    assert again(write(rows), preset) == rows


def test_the_products_own_csv_is_read_as_it_stands() -> None:
    text = (SAMPLE_DATA / "figures" / "OPHI_GMPI_2024.csv").read_text(encoding="utf-8")
    rows = again(text, "tidy")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [(r.area, r.series, r.time_period, r.status, r.note) for r in rows] == [
        (x["REF_AREA"], x["SERIES"], x["TIME_PERIOD"], x["OBS_STATUS"], x["COMMENT_OBS"]) for x in lines
    ]


def test_heat_plus_has_its_twenty_columns_and_both_spellings_are_read() -> None:
    text = heat_plus(ROWS, WORDS)
    assert text.splitlines()[0] == ",".join(HEAT_COLUMNS)
    assert len(HEAT_COLUMNS) == 20
    old = text.replace(",date,", ",year,", 1).replace(",flag,", ",note,", 1).replace("setting,", "Setting,", 1)
    assert again(old, "heat_plus") == list(ROWS)


def test_blank_is_the_total_in_open_sdg_and_the_known_names_of_columns_are_dimensions() -> None:
    made = from_csv(
        "Year,Units,Series,Sex,GeoCode,Value\n2019,percent,MPI_H,,KE-06,5\n2019,percent,MPI_H,Female,KE-06,6\n"
    )
    mapping = preset_mapping(made, SOURCE)
    assert mapping is not None
    assert [(r.group, r.value) for r in harmonise(made, mapping, Known()).rows] == [("", 5.0), ("SEX=F", 6.0)]


def test_an_unknown_layout_is_no_preset() -> None:
    assert recognise(from_csv("County,2019\nEmbu,1\n")) is None
