"""A first draft loads as it stands, says what to confirm, and already reads a simple file."""

from __future__ import annotations

import pytest

from data_access.importing.mapping.apply import harmonise
from data_access.importing.mapping.propose import propose
from data_access.importing.mapping.reading import load_mapping
from data_access.importing.workbook import Workbook
from tests.data_access.importing.mapping.parts import Known, from_csv, sheet, workbook

TIDY = from_csv(
    "County,Sex,Year,Indicator,Percent,SE,n\nEmbu,Female,2019,MPI_H,12.5,0.5,300\nBaringo,Male,2019,MPI_H,..,,\n"
)
BY_YEAR = from_csv("MPI_H\n\nProvince,2018,Prel. 2019\nEmbu,1,2\nBaringo,3,4\nSource: the tests\n")
BY_SERIES = workbook(sheet(["Place", "MPI_H", "MPI_A"], ["Embu", 1.5, 40], ["Baringo", 2.5, 41], name="2019"))
HXL = from_csv("Lieu,Annee,Valeur\n#adm1+name,#date+year,#indicator+value+num\nEmbu,2019,3\n", "MPI_H.csv")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (TIDY, [("KE-06", "MPI_H", "SEX=F", "2019", 12.5, 0.5, 300)]),
        (
            BY_YEAR,
            [
                ("KE-06", "MPI_H", "", "2018", 1.0, None, None),
                ("KE-06", "MPI_H", "", "2019", 2.0, None, None),
                ("KE-01", "MPI_H", "", "2018", 3.0, None, None),
                ("KE-01", "MPI_H", "", "2019", 4.0, None, None),
            ],
        ),
        (
            BY_SERIES,
            [
                ("KE-06", "MPI_H", "", "2019", 1.5, None, None),
                ("KE-06", "MPI_A", "", "2019", 40.0, None, None),
                ("KE-01", "MPI_H", "", "2019", 2.5, None, None),
                ("KE-01", "MPI_A", "", "2019", 41.0, None, None),
            ],
        ),
        (HXL, [("KE-06", "MPI_H", "", "2019", 3.0, None, None)]),
    ],
    ids=["tidy", "by year", "by series", "hxl"],
)
def test_a_simple_file_is_read_by_its_draft(made: Workbook, expected: list[tuple[object, ...]]) -> None:
    draft = propose(made)
    assert "please confirm" in draft
    found = harmonise(made, load_mapping(draft), Known())
    assert [(r.area, r.series, r.group, r.time_period, r.value, r.se, r.n) for r in found.rows] == expected


@pytest.mark.parametrize(
    "made",
    [
        workbook(sheet([None])),
        workbook(sheet(["only text", "and more"], name='a "quoted": name\t#')),
        workbook(sheet(["\x07bell", "\u2028", "\ud83d", "2019"], ["a", "b", "c", 1], name="*&!")),
        workbook(sheet(*[[1, 2, 3]] * 3)),
        from_csv("REF_AREA,SERIES,GROUP,TIME_PERIOD,OBS_VALUE\nKEN,MPI_H,,2019,1\n"),
        from_csv("Year,Value\n2019,1\n"),
    ],
)
def test_every_draft_loads(made: Workbook) -> None:
    load_mapping(propose(made))
