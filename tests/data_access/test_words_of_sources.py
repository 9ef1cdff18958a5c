"""Periods, group keys and names, as sources write them."""

from __future__ import annotations

import pytest

from data_access.folding import fold
from data_access.models.groups import TOTAL, breakdown, group_key, members
from data_access.periods import UnknownPeriod, years


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2019", (2019, 2019)),
        ("2019-21", (2019, 2021)),
        ("2010-17", (2010, 2017)),
        ("2019-2021", (2019, 2021)),
        ("2019-19", (2019, 2019)),
        ("1998-2002", (1998, 2002)),
    ],
)
def test_a_period_is_a_year_or_a_span(written: str, read: tuple[int, int]) -> None:
    assert years(written) == read


@pytest.mark.parametrize(
    "written",
    ["", "19", "2019-", "2019-2", "2019-213", "2019/20", " 2019", "2019\n", "Prel. 2016", "2021-19", "1998-02"],
)
def test_anything_else_is_refused_with_what_to_write(written: str) -> None:
    with pytest.raises(UnknownPeriod, match=r"write 2019 or 2019-21|write the earlier year first"):
        years(written)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Đắk Lắk", "dak lak"),
        ("TP. Hồ Chí Minh", "tp. ho chi minh"),
        ("  Murang'a   County ", "murang'a county"),
        ("कर्णाली", "कर्णाली"),
        ("ঢাকা", "ঢাকা"),
        ("Łódź Ærø Straße", "lodz æro strasse"),
        ("İstanbul", "istanbul"),
        ("", ""),
    ],
)
def test_a_folded_name_has_no_accents_and_no_case(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(folded) == folded


def test_a_group_key_is_the_same_in_whatever_order_its_members_come() -> None:
    assert group_key({"SEX": "F", "AGE": "Y0T4"}) == group_key({"AGE": "Y0T4", "SEX": "F"}) == "AGE=Y0T4|SEX=F"
    assert group_key({}) == TOTAL == ""
    assert members("AGE=Y0T4|SEX=F") == {"AGE": "Y0T4", "SEX": "F"}
    assert members(TOTAL) == {}
    assert breakdown({"SEX": "F", "AGE": "Y0T4"}) == "AGE|SEX"


@pytest.mark.parametrize("key", ["SEX=F|AGE=Y0T4", "SEX=F|SEX=M", "SEX", "SEX=F|", "|SEX=F", "SEX=F|SEX=F"])
def test_a_key_that_is_not_canonical_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="is not canonical; write it as"):
        members(key)
