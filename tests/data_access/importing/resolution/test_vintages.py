"""Figures go from 63 provinces to 34 where whole provinces merge, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importing.resolution.vintages import Transfer, UnknownPart, UnknownVintage, vintages
from data_access.importing.shipped import catalogue_rows

FORWARD = Transfer.between("VNM-63", "VNM-34")
OLD = sorted(FORWARD.known)


def test_the_34_are_made_of_each_of_the_63_once() -> None:
    provinces = sorted(
        row["code"]
        for row in catalogue_rows("areas", illustrative=False)
        if (row["country"], row["kind"], row["vintage"]) == ("VNM", "admin1", "63 provinces before July 2025")
    )
    areas = vintages("VNM").get("VNM-34").areas
    assert sorted(part for area in areas for part in area.made_of) == provinces
    assert (len(areas), sum(area.unchanged for area in areas)) == (34, 11)


@given(st.lists(st.integers(0, 10**9), min_size=63, max_size=63))
def test_counts_keep_their_sum(counts: list[int]) -> None:
    moved = FORWARD.counts(dict(zip(OLD, counts, strict=True)))
    assert moved.refused == {}
    assert sum(moved.values.values()) == sum(counts)


@given(st.lists(st.floats(0, 100), min_size=63, max_size=63), st.lists(st.integers(1, 10**7), min_size=63, max_size=63))
def test_a_percentage_lies_between_those_it_is_made_of(values: list[float], people: list[int]) -> None:
    by_old = dict(zip(OLD, values, strict=True))
    moved = FORWARD.percentages(by_old, dict(zip(OLD, people, strict=True)))
    assert len(moved.values) == 34
    for area, value in moved.values.items():
        parts = [by_old[part] for part in FORWARD.parts[area]]
        assert min(parts) - 1e-9 <= value <= max(parts) + 1e-9


def test_percentages_without_populations_merge_nowhere() -> None:
    moved = FORWARD.percentages(dict.fromkeys(OLD, 10.0))
    assert len(moved.values) == 11
    assert moved.refused["VN25-44"] == (
        "percentages merge only with the population of each part: none for VN-44, VN-47"
    )
    weighted = FORWARD.percentages({"VN-44": 10.0, "VN-47": 20.0}, {"VN-44": 3, "VN-47": 1})
    assert weighted.values == {"VN25-44": 12.5}


def test_a_missing_part_refuses_the_whole() -> None:
    moved = FORWARD.counts({"VN-44": 5, "VN-04": 7})
    assert moved.values == {"VN-04": 7.0}
    assert moved.refused["VN25-44"] == "no figure for VN-47"
    with pytest.raises(UnknownPart, match="KE-01"):
        FORWARD.counts({"KE-01": 1})


def test_back_to_the_63_only_what_did_not_change() -> None:
    back = Transfer.between("VNM-34", "VNM-63").counts({"VN-04": 7, "VN25-44": 9})
    assert back.values == {"VN-04": 7.0}
    assert back.refused["VN-47"] == "An Giang (VN25-44) cannot be divided into the 2 it is made of"
    with pytest.raises(UnknownVintage):
        Transfer.between("VNM-34", "VNM-34")
