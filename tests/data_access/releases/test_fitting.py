"""The rules of the table, asked of columns: each marks its rows and no others; too many are counted, and told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data_access.database import reading
from data_access.importing.tidy import TidyRow, TidyRows
from data_access.releases.fitting import faults
from data_access.releases.weighing import SHOWN, weigh
from tests.data_access.releases.partner import engine_on, incoming, row

FINE = TidyRow("KEN", "FACILITY_BIRTH", "SEX=F", "2019-21", 50.0, 1.0, 45.0, 55.0, 200)


@pytest.mark.parametrize(
    ("wrong", "rules"),
    [
        (FINE, []),
        (replace(FINE, value=None, lower=None, upper=None, se=None, n=None, status="Q"), []),
        (replace(FINE, value=None, lower=None, upper=None, status="M"), []),
        (replace(FINE, time_period="21-2019"), ["period"]),
        (replace(FINE, time_period="2019-20"), []),
        (replace(FINE, group="SEX=F|AGE=Y0T4"), ["group"]),
        (replace(FINE, value=float("inf"), n=-1), ["finite"]),
        (replace(FINE, se=float("nan")), ["finite"]),
        (replace(FINE, status="X"), ["status"]),
        (replace(FINE, status="M"), ["status"]),
        (replace(FINE, value=None, lower=None, upper=None), ["status"]),
        (replace(FINE, value=None, lower=None, upper=None, se=None, status="Q"), ["suppressed"]),
        (replace(FINE, lower=None), ["interval"]),
        (replace(FINE, value=None, status="M"), ["interval"]),
        (replace(FINE, value=60.0), ["interval"]),
        (replace(FINE, value=101.0, upper=102.0), ["percentage"]),
        (replace(FINE, lower=-1.0), ["percentage"]),
        (replace(FINE, se=-1.0, n=-1, population=-1), ["se", "n", "population"]),
    ],
)
def test_a_row_breaks_just_these_rules(wrong: TidyRow, rules: list[str]) -> None:
    rows = TidyRows.of([FINE, wrong, FINE])
    found = list(faults(rows, np.ones(3, dtype=np.bool_)))
    assert [one.rule for one in found] == rules
    assert all(one.rows.tolist() == [False, True, False] for one in found)
    assert all(one.what if isinstance(one.what, str) else one.what(np.array([1])) for one in found)


def test_what_is_no_percentage_may_be_any_number() -> None:
    rows = TidyRows.of([replace(FINE, value=500.0, lower=400.0, upper=600.0)])
    assert list(faults(rows, np.zeros(1, dtype=np.bool_))) == []


def test_too_many_faults_are_counted_and_told_in_full(own_url: str) -> None:
    many = SHOWN + 500
    bad = incoming(tuple(replace(row(101.0, row=i + 2), time_period=str(1000 + i)) for i in range(many)))
    with reading(engine_on(own_url)) as session:
        weighed = weigh(session, bad)
    listed = [one for one in weighed.findings if one.rule == "percentage"]
    assert [one.row for one in listed] == [*range(2, SHOWN + 2), None]
    assert listed[-1].what == f"500 further rows have the same fault; {many:,} in all."
    assert [one.row for batch in weighed.further for one in batch] == [*range(SHOWN + 2, many + 2)]
