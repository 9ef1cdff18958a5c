"""Which figures tell too much by themselves: each rule at its edge, for each kind of source."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from data_access.disclosure.primary import (
    SMALL_AREA_KINDS,
    SMALL_GROUP_DIMENSIONS,
    SMALL_GROUP_SERIES,
    Counted,
    Reason,
    Rule,
    people_behind,
    reasons,
)
from data_access.figures import Origin
from data_access.models.places import AREA_KINDS

CATALOGUE = Path(__file__).parents[3] / "sample_data" / "catalogue"
CASTE_OR_PEOPLE = re.compile(r"caste|dalit|ethnic|indigen|minorit|people\b|religio|musalman|sikh|trib", re.IGNORECASE)
KIND_OF_DISABILITY = re.compile(r"kind of difficulty|deaf|difficulty seeing|psychosocial", re.IGNORECASE)
SMALL_GROUPS_NAMED = re.compile(r"albinism|street|homeless|outdoor sleep", re.IGNORECASE)


def asked(n: int, yes: int | None = None, *, origin: Origin = "community", **more: bool) -> Counted:
    return Counted(origin, "WATER_BASIC", "admin2", ("SEX",), n=n, numerator=yes, **more)


@pytest.mark.parametrize(
    ("n", "yes", "expected"),
    [
        (9, 4, ("small_base",)),
        (10, 4, ()),
        (10, None, ()),
        (9, None, ("small_base",)),
        (40, 1, ("few_with",)),
        (40, 2, ("few_with",)),
        (40, 3, ()),
        (40, 37, ()),
        (40, 38, ("few_without",)),
        (40, 39, ("few_without",)),
        (40, 40, ()),
        (40, 0, ()),
        (3, 1, ("small_base", "few_with", "few_without")),
        (0, 0, ()),
    ],
)
def test_share_of_community_microdata(n: int, yes: int | None, expected: tuple[Reason, ...]) -> None:
    assert reasons(asked(n, yes)) == expected
    assert reasons(asked(n, yes, origin="official", sensitive_source=True)) == expected
    assert reasons(asked(n, yes, origin="official")) == ()


@pytest.mark.parametrize(("yes", "expected"), [(0, ("nobody",)), (40, ("everybody",)), (20, ())])
def test_nobody_and_everybody_are_hidden_of_sensitive_attributes_only(yes: int, expected: tuple[Reason, ...]) -> None:
    assert reasons(asked(40, yes, sensitive_attribute=True)) == expected
    assert reasons(asked(40, yes)) == ()
    assert reasons(asked(40, yes, origin="official", sensitive_attribute=True)) == ()
    official = asked(40, yes, origin="official", sensitive_attribute=True, sensitive_source=True)
    assert reasons(official) == expected


@pytest.mark.parametrize("smallest", [5, 10, 25])
def test_the_smallest_base_can_be_set(smallest: int) -> None:
    rule = Rule(smallest_cell=smallest)
    assert reasons(asked(smallest - 1), rule) == ("small_base",)
    assert reasons(asked(smallest), rule) == ()


def official_count(
    count: float, *, series: str = "POPULATION", area: str = "admin2", dimension: str = "SEX"
) -> Counted:
    return Counted("official", series, area, (dimension, "URBANISATION"), count=count)


@pytest.mark.parametrize("dimension", sorted(SMALL_GROUP_DIMENSIONS))
@pytest.mark.parametrize("area", sorted(SMALL_AREA_KINDS))
def test_small_official_counts_of_small_groups_are_hidden_below_the_country(dimension: str, area: str) -> None:
    assert reasons(official_count(9, dimension=dimension, area=area)) == ("small_count",)
    assert reasons(official_count(1, dimension=dimension, area=area)) == ("small_count",)
    assert reasons(official_count(10, dimension=dimension, area=area)) == ()
    assert reasons(official_count(0, dimension=dimension, area=area)) == ()
    assert reasons(official_count(9, dimension=dimension, area="country")) == ()


@pytest.mark.parametrize("series", sorted(SMALL_GROUP_SERIES))
def test_small_official_counts_of_series_about_a_small_group(series: str) -> None:
    for area in SMALL_AREA_KINDS:
        assert reasons(official_count(9, series=series, area=area)) == ("small_count",)
        assert reasons(official_count(10, series=series, area=area)) == ()
    assert reasons(official_count(9, series=series, area="country")) == ()


@pytest.mark.parametrize("dimension", ["SEX", "AGE", "URBANISATION", "DISABILITY_STATUS", "EDUCATION_LEV"])
def test_other_small_official_counts_are_shown_and_those_of_communities_are_not(dimension: str) -> None:
    assert reasons(official_count(9, dimension=dimension)) == ()
    assert reasons(Counted("community", "POPULATION", "country", (dimension,), count=9)) == ("small_count",)


def test_every_kind_of_area_but_the_country_is_small() -> None:
    assert set(AREA_KINDS) - {"country"} == SMALL_AREA_KINDS


def rows(file: str) -> list[dict[str, str]]:
    with (CATALOGUE / file).open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_no_dimension_of_the_catalogue_that_names_small_groups_is_forgotten() -> None:
    described = {row["code"]: row["name"] for row in rows("dimensions.csv")}
    for row in rows("categories.csv"):
        described[row["dimension"]] += f" · {row['name']}"
    named = {
        code for code, words in described.items() if CASTE_OR_PEOPLE.search(words) or KIND_OF_DISABILITY.search(words)
    }
    assert named == {"DISABILITY_TYPE", "ETHNICITY"}
    assert named <= SMALL_GROUP_DIMENSIONS
    assert not SMALL_GROUP_DIMENSIONS & (set(described) - named)


def test_no_count_of_the_catalogue_about_a_small_group_is_forgotten() -> None:
    counts = [row for row in rows("series.csv") if row["unit"] == "NUMBER"]
    assert {row["series"] for row in counts if SMALL_GROUPS_NAMED.search(row["name"])} == SMALL_GROUP_SERIES


@pytest.mark.parametrize(
    ("share", "denominator", "whole", "people"),
    [
        (0.032, 21635, 100.0, 7),
        (0.017, 5827, 100.0, 1),
        (50.0, 11, 100.0, 6),
        (2.0, 4000, 1000.0, 8),
        (0.0, 9, 100.0, 0),
    ],
)
def test_a_share_with_its_denominator_is_a_count(share: float, denominator: float, whole: float, people: int) -> None:
    assert people_behind(share, denominator, whole=whole) == people
    counted = official_count(people_behind(share, denominator, whole=whole), dimension="DISABILITY_TYPE")
    assert reasons(counted) == (("small_count",) if people else ())
