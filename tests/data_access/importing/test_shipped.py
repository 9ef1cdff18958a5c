"""Reading a figures file and its sidecar: every cell as its owner wrote it, or a problem that says where and how."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from data_access.importing.problems import FileProblem
from data_access.importing.shipped import (
    COLUMNS,
    SAMPLE_DATA,
    ShippedRow,
    ShippedSource,
    Sidecar,
    catalogue_rows,
    shipped_sources,
)

HEADER = ",".join(COLUMNS)
SOUND = 'KEN,FACILITY_BIRTH,AGE=Y15T49|SEX=F,2019-21,60.5,1.2,58.0,63.0,1200,"5000",U,"told, ""roughly"""'


@pytest.fixture
def model() -> Sidecar:
    return shipped_sources(illustrative=False)[0].sidecar


def source(folder: Path, model: Sidecar, *lines: str, header: str = HEADER) -> ShippedSource:
    """A source whose sidecar agrees with its file."""
    file = folder / "figures" / "A.csv"
    file.parent.mkdir()
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return ShippedSource(replace(model, rows=len(lines), sha256=digest), file)


def test_a_row_is_read_cell_by_cell(tmp_path: Path, model: Sidecar) -> None:
    found = source(tmp_path, model, SOUND, "KEN,FACILITY_BIRTH,,2019,,,,,,,M,")
    assert found.name == "figures/A.csv"
    assert list(found.rows()) == [
        ShippedRow(
            row=2,
            area="KEN",
            series="FACILITY_BIRTH",
            group="AGE=Y15T49|SEX=F",
            time_period="2019-21",
            year=2021,
            value=60.5,
            se=1.2,
            lower=58.0,
            upper=63.0,
            n=1200,
            population=5000,
            status="U",
            note='told, "roughly"',
        ),
        ShippedRow(3, "KEN", "FACILITY_BIRTH", "", "2019", 2019, None, None, None, None, None, None, "M", ""),
    ]


@pytest.mark.parametrize("break_", ["\u2028", "\u0085", "\x0b", "\x1c"])
def test_only_a_line_end_ends_a_line(tmp_path: Path, model: Sidecar, break_: str) -> None:
    (row,) = source(tmp_path, model, f'KEN,FACILITY_BIRTH,,2019,1,,,,,,A,"one{break_}two"').rows()
    assert row.note == f"one{break_}two"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("KEN,S,,2019,many,,,,,,A,", "A.csv, row 2, column OBS_VALUE, value 'many': is not a number. "),
        ("KEN,S,,2019,nan,,,,,,A,", "A.csv, row 2, column OBS_VALUE, value 'nan': is not a number. "),
        ("KEN,S,,2019,1,,-inf,inf,,,A,", "A.csv, row 2, column LOWER_BOUND, value '-inf': is not a number. "),
        ("KEN,S,,2019,1,,,,1e999,,A,", "A.csv, row 2, column SAMPLE_SIZE, value '1e999': is not a number. "),
        ("KEN,S,,2019,1,,,,,,A", "A.csv, row 2: the row does not have 12 cells. "),
        ("KEN,S,,2019,1,,,,,,A,,", "A.csv, row 2: the row does not have 12 cells. "),
        ("KEN,S,,Q1 2019,1,,,,,,A,", "A.csv, row 2: 'Q1 2019' is no time period; write 2019 or 2019-21 "),
        ("KEN,S,,2019-18,1,,,,,,A,", "A.csv, row 2: '2019-18' runs backwards; write the earlier year first "),
        ("KEN,S,SEX=F|AGE=Y0,2019,1,,,,,,A,", "A.csv, row 2: group key 'SEX=F|AGE=Y0' is not canonical; "),
        ("KEN,S,SEX,2019,1,,,,,,A,", "A.csv, row 2: group key 'SEX' is not canonical; "),
    ],
)
def test_what_cannot_be_read_says_where(tmp_path: Path, model: Sidecar, line: str, says: str) -> None:
    with pytest.raises(FileProblem) as problem:
        list(source(tmp_path, model, line).rows())
    assert str(problem.value).startswith(says)


def test_another_header_is_refused(tmp_path: Path, model: Sidecar) -> None:
    with pytest.raises(
        FileProblem, match=r"^A\.csv, row 1: the header is not the expected one\. Write REF_AREA,SERIES,"
    ):
        list(source(tmp_path, model, SOUND, header=HEADER.replace("STD_ERR", "SE")).rows())


def test_another_number_of_rows_than_the_sidecar_says_is_refused(tmp_path: Path, model: Sidecar) -> None:
    found = source(tmp_path, model, SOUND)
    with pytest.raises(FileProblem, match=r"^A\.csv: 1 rows instead of 2\. Restore the shipped file\.$"):
        list(replace(found, sidecar=replace(found.sidecar, rows=2)).rows())


def test_a_missing_file_is_named(tmp_path: Path, model: Sidecar) -> None:
    found = source(tmp_path, model, SOUND)
    found.file.unlink()
    with pytest.raises(FileProblem, match=r"^A\.csv: the file cannot be read\. Restore the shipped file\.$"):
        list(found.rows())


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("code = ", "A.toml: the sidecar cannot be read: "),
        ('code = "A"', "A.toml: the sidecar lacks title, publisher, origin, "),
    ],
)
def test_a_sidecar_that_cannot_be_read_is_named(tmp_path: Path, content: str, says: str) -> None:
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "A.toml").write_text(content, encoding="utf-8")
    with pytest.raises(FileProblem) as problem:
        shipped_sources(tmp_path, illustrative=False)
    assert str(problem.value).startswith(says)


def test_the_invented_come_only_when_asked_for() -> None:
    real, everything = shipped_sources(illustrative=False), shipped_sources(illustrative=True)
    assert (len(real), len(everything)) == (16, 31)
    assert not any(s.sidecar.illustrative for s in real)
    assert all(s.sidecar.illustrative == (s.file.parent.name == "illustrative") for s in everything)
    assert [len(catalogue_rows("series", illustrative=asked)) for asked in (False, True)] == [188, 199]


def test_every_sidecar_says_who_when_under_which_licence_and_where_from() -> None:
    for shipped in shipped_sources(illustrative=True):
        facts = shipped.sidecar
        assert facts.code == shipped.file.stem
        unknown = {field.name for field in fields(Sidecar) if getattr(facts, field.name) in ("", [])}
        may_be_unknown = {"mode", "sample_size", "recognition", "caveats", "fieldwork_start", "fieldwork_end"}
        assert unknown <= may_be_unknown, facts.code


def test_consent_is_claimed_for_nobody() -> None:
    """Of the two real sources that communities or citizens made, nothing public says how consent was asked."""
    sidecars = [shipped.sidecar for shipped in shipped_sources(illustrative=True)]
    assert {s.code for s in sidecars if s.consent != "not_applicable"} == {"KEN_MAPKIBERA_SCHOOLS", "VNM_PAPI"}
    assert {s.consent for s in sidecars} == {"not_applicable", "unknown"}


def test_open_database_data_lie_apart_with_their_notice() -> None:
    files = sorted(path.name for path in (SAMPLE_DATA / "odbl").iterdir())
    assert files == [
        "KEN_MAPKIBERA_SCHOOLS.csv",
        "KEN_MAPKIBERA_SCHOOLS.toml",
        "KEN_OPENDATA_SCHOOLS_2007.csv",
        "KEN_OPENDATA_SCHOOLS_2007.toml",
        "NOTICE.md",
    ]
    with (SAMPLE_DATA / "odbl" / "KEN_MAPKIBERA_SCHOOLS.csv").open(encoding="utf-8", newline="") as file:
        assert {row["REF_AREA"] for row in csv.DictReader(file)} == {"KE-30-KIBERA"}
