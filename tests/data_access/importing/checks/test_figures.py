"""Each rule finds what it is for, leaves the rest alone, and all are told at once."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.importing.checks.figures import check_figures
from data_access.importing.checks.report import Report
from data_access.importing.checks.table import frame_of
from data_access.importing.findings import as_csv
from data_access.importing.shipped import SAMPLE_DATA
from data_access.importing.tidy import TidyRow
from data_access.queries.catalogue import Catalogue, read_catalogue

TODAY = date(2026, 11, 23)
ROW = TidyRow("VN-HN", "POV_NATIONAL_LINE", "", "2016", 5.8, row=7, sheet="t", column="2016")
COUNT = replace(ROW, series="POPULATION", value=100.0)
PROVINCES = ("VN-01", "VN-02", "VN-03", "VN-04", "VN-05", "VN-06")
Check = Callable[..., Report]


@pytest.fixture(scope="module")
def catalogue(filled_file: Path) -> Catalogue:
    from data_access.database import engine_for

    engine: Engine = engine_for(f"sqlite:///{filled_file}")
    with Session(engine) as session:
        return read_catalogue(session)


@pytest.fixture(scope="module")
def check(catalogue: Catalogue) -> Check:
    def checked(*rows: TidyRow, raw: list[str] | None = None, **texts: list[str]) -> Report:
        numbered = [replace(row, row=place) for place, row in enumerate(rows, 2)]
        return check_figures(frame_of(numbered, raw).assign(**texts), catalogue, file="a.csv", today=TODAY)

    return checked


def told(report: Report) -> list[tuple[str, str, int | None]]:
    return [(f.rule, f.kind, f.row) for f in report.findings()]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        (ROW, []),
        (replace(ROW, value=100.1), ["out_of_range"]),
        (replace(ROW, value=-0.1), ["out_of_range"]),
        (replace(ROW, value=float("inf")), ["not_a_number", "out_of_range"]),
        (replace(ROW, lower=6.0), ["value_below_bounds"]),
        (replace(ROW, upper=5.0), ["value_above_bounds"]),
        (replace(ROW, lower=7.0, upper=5.0), ["bounds_crossed", "value_above_bounds", "value_below_bounds"]),
        (replace(ROW, n=10, yes=11), ["part_exceeds_whole"]),
        (replace(ROW, n=-1), ["negative_count"]),
        (replace(ROW, se=-1.0), ["negative_error"]),
        (replace(ROW, value=None), ["no_value"]),
        (replace(ROW, value=None, status="M"), []),
        (replace(ROW, status="M"), ["value_said_missing"]),
        (replace(ROW, status="Z"), ["unknown_status"]),
        (replace(ROW, area="XX"), ["unknown_area"]),
        (replace(ROW, series="XX"), ["unknown_series"]),
        (replace(ROW, group="SEX=X"), ["unknown_group"]),
        (replace(ROW, group="SEX=F|AGE=Y0T4"), ["unknown_group"]),
        (replace(ROW, time_period="16"), ["unreadable_period"]),
        (replace(ROW, time_period="2030"), ["future_period"]),
        (replace(ROW, time_period="2025-26"), []),
        (replace(ROW, series="WOMEN_BANK_ACCOUNT", group="SEX=M"), ["impossible_sex"]),
        (replace(ROW, series="WOMEN_BANK_ACCOUNT", group="SEX=F"), []),
        (replace(ROW, series="LITERATE_15_49", group="SEX=M"), []),
        (replace(ROW, series="STUNTING_U5", group="AGE=Y15T19"), ["impossible_age"]),
        (replace(ROW, series="STUNTING_U5", group="AGE=M6T59"), []),
        (replace(ROW, series="LITERATE_15_49", group="AGE=YGE15"), ["age_partly_outside"]),
    ],
)
def test_a_row_breaks_just_these_rules(check: Check, row: TidyRow, rules: list[str]) -> None:
    assert sorted(f.rule for f in check(row).findings()) == rules


def test_a_finding_says_where_and_how_to_mend(check: Check) -> None:
    (found,) = check(ROW, replace(ROW, area="VN-01", value=580.0)).findings()
    assert (found.file, found.sheet, found.row, found.column, found.value) == ("a.csv", "t", 3, "2016", "580")
    assert found.what == "value is outside 0 to 100, the range of POV_NATIONAL_LINE."
    assert found.mend == "Correct the figure, or the unit in the mapping."


def test_text_for_a_number_is_refused_and_an_identifier_in_it_not_repeated(check: Check) -> None:
    rows = [replace(ROW, area=a, value=None, status="A") for a in PROVINCES[:3]]
    found = check(*rows, raw=["abc", "..", "+84 912 345 678"]).findings()
    assert [(f.row, f.value) for f in found if f.rule == "not_a_number"] == [
        (2, "abc"),
        (4, "(not repeated: may identify a person)"),
    ]


def test_proportions_in_a_percentage_series_are_asked(check: Check) -> None:
    low = [replace(ROW, area=a, value=v) for a, v in zip(PROVINCES, (0.1, 0.2, 0.3, 0.55, 0.9, 0.7), strict=True)]
    assert told(check(*low)) == [("proportion_for_percent", "question", row) for row in range(2, 8)]
    assert told(check(*low[:1])) == [("proportion_for_percent", "question", 2)]
    assert told(check(*low[:2])) == [("proportion_for_percent", "question", row) for row in (2, 3)]
    assert told(check(replace(ROW, value=0.0))) == told(check(low[0], replace(low[1], value=1.5))) == []
    mixed = [replace(row, value=v) for row, v in zip(low, (0.1, 0.2, 0.3, 55.0, 90.0, 70.0), strict=True)]
    assert told(check(*mixed)) == [("proportions_mixed_in", "question", row) for row in (2, 3, 4)]
    small = [replace(row, value=v) for row, v in zip(low, (0.4, 0.8, 0.9, 1.3, 2.0, 4.0), strict=True)]
    assert told(check(*small)) == []


def test_a_column_that_is_mostly_zero_is_asked(check: Check) -> None:
    def column(zeros: int) -> list[TidyRow]:
        return [replace(ROW, time_period=str(2000 + i), value=0.0 if i < zeros else 3.0 + i**2) for i in range(10)]

    assert told(check(*column(6))) == []
    assert told(check(*column(7))) == [("mostly_zero", "question", row) for row in range(2, 9)]


def test_twice_the_same_and_twice_otherwise(check: Check) -> None:
    report = check(ROW, ROW, replace(ROW, value=6.0))
    assert told(report) == [("contradicts", "refused", 4), ("repeated", "question", 3)]
    assert report.findings()[0].what == "Row 2 speaks of the same series, area, group and period and has another value."


def test_totals_among_parts_by_name_and_by_sum(check: Check) -> None:
    assert told(check(ROW, area_text=["  TOTAL"])) == [("total_among_parts", "refused", 2)]
    assert told(check(replace(ROW, area="VNM"), area_text=["Total"])) == []
    parts = [replace(COUNT, area=a, value=v) for a, v in zip(PROVINCES, (11.0, 24, 37, 5, 9, 86), strict=True)]
    assert told(check(*parts)) == [("total_among_parts", "question", 7)]


def test_parts_that_exceed_their_total(check: Check) -> None:
    whole = replace(COUNT, area="VNM", value=100.0)
    areas = [replace(COUNT, area=a, value=60.0) for a in PROVINCES[:2]]
    assert told(check(whole, *areas)) == [("parts_exceed_whole", "refused", 2)]
    assert told(check(replace(whole, value=119.5), *areas)) == []
    sexes = [replace(whole, group=f"SEX={sex}", value=51.0) for sex in "FM"]
    assert told(check(whole, *sexes)) == [("parts_exceed_whole", "refused", 2)]


def test_targets_and_filled_in_years(check: Check) -> None:
    def line(first: int) -> list[TidyRow]:
        return [replace(ROW, time_period=str(first + i), value=20.0 - 2.5 * i) for i in range(5)]

    assert told(check(*line(2010))) == [("straight_line", "question", row) for row in range(2, 7)]
    ahead = Counter(rule for rule, _, _ in told(check(*line(2024))))
    assert ahead == {"straight_line_ahead": 5, "future_period": 2}


def test_a_jump_of_unit(check: Check) -> None:
    rows = [replace(ROW, time_period=p, value=v) for p, v in (("2010", 0.2), ("2012", 21.0), ("2014", 19.0))]
    assert told(check(*rows)) == [("unit_jump", "question", 3)]


def test_many_findings_are_counted_and_all_to_be_had(check: Check) -> None:
    rows = [replace(ROW, time_period=str(1800 + i), value=200.0 + i * i) for i in range(150)]
    report = check(*rows)
    shown = report.findings(most=10)
    assert len(shown) == 11
    assert shown[-1].what == "140 more cells like the 10 before; 150 in all."
    assert [(c.rule, c.sheet, c.column, c.cells) for c in report.counts()] == [("out_of_range", "t", "2016", 150)]
    assert len(list(csv.reader(as_csv(report.every()).splitlines()))) == 151
    assert report.refused


@pytest.mark.parametrize("file", sorted((SAMPLE_DATA / "figures").glob("*.csv")), ids=lambda file: file.stem)
def test_nothing_that_ships_is_refused(check: Check, file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as opened:
        rows = [
            TidyRow(
                r["REF_AREA"],
                r["SERIES"],
                r["GROUP"],
                r["TIME_PERIOD"],
                float(r["OBS_VALUE"]) if r["OBS_VALUE"] else None,
                lower=float(r["LOWER_BOUND"]) if r["LOWER_BOUND"] else None,
                upper=float(r["UPPER_BOUND"]) if r["UPPER_BOUND"] else None,
                status=r["OBS_STATUS"],
                column=r["SERIES"],
            )
            for r in csv.DictReader(opened)
        ]
    assert not check(*rows).refused


figure = st.builds(
    TidyRow,
    area=st.sampled_from(["VN-HN", "VN-01", "VNM", "nowhere", ""]),
    series=st.sampled_from(["POV_NATIONAL_LINE", "POPULATION", "STUNTING_U5", "none"]),
    group=st.sampled_from(["", "SEX=F", "SEX=M", "AGE=Y0T4", "|", "SEX"]),
    time_period=st.sampled_from(["2010", "2011", "2012-13", "2040", "", "x"]),
    value=st.none() | st.floats(),
    se=st.none() | st.floats(),
    lower=st.none() | st.floats(),
    upper=st.none() | st.floats(),
    n=st.none() | st.integers(-5, 10**12),
    yes=st.none() | st.integers(-5, 10**12),
    status=st.sampled_from(["A", "M", "?", ""]),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(figure, max_size=12))
def test_any_table_is_checked_and_told(check: Check, rows: list[TidyRow]) -> None:
    with np.errstate(all="ignore"):
        report = check(*rows)
    told = report.findings()
    assert len(list(report.every())) == sum(count.cells for count in report.counts())
    assert report.refused == any(finding.kind == "refused" for finding in told)
    low_high = [(r.row, r) for r in rows if r.lower is not None and r.upper is not None and r.lower > r.upper]
    assert sum(f.rule == "bounds_crossed" for f in told) == len(low_high)
