"""What a release withholds: small figures, what would give them away, and everything that rests on the same people."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data_access.disclosure.problems import CannotBeProtected
from data_access.publishing import Geography, Row, Scope, decide
from data_access.publishing.rows import Derived

PLACES = Geography(
    kinds={"KEN": "country", "A": "admin1", "B": "admin1", "C": "admin1"},
    parents={"KEN": "", "A": "KEN", "B": "KEN", "C": "KEN"},
    regions={},
)
COMMUNITY = Scope("community", PLACES, {"SEX": ("F", "M"), "DISABILITY_STATUS": ("PD", "PWD")})
OFFICIAL = replace(COMMUNITY, origin="official")


def share(area: str, group: str, n: int, yes: int, *, series: str = "CARE") -> Row:
    return Row("KEN", area, series, "PT", group, "2025", round(100 * yes / n, 1), n)


def count(area: str, group: str, people: float, *, series: str = "ALBINISM_NUMBER") -> Row:
    return Row("KEN", area, series, "NUMBER", group, "2019", people)


def withheld(rows: list[Row], scope: Scope, **more: object) -> dict[tuple[str, str], str]:
    decision = decide(rows, scope, **more)  # type: ignore[arg-type]
    return {(rows[i].area, rows[i].group): w.kind for i, w in decision.withheld.items()}


SURVEY = [
    share("KEN", "", 300, 150),
    share("A", "", 100, 40),
    share("B", "", 100, 50),
    share("C", "", 100, 60),
    share("A", "SEX=F", 93, 36),
    share("A", "SEX=M", 7, 4),
    share("B", "SEX=F", 50, 25),
    share("B", "SEX=M", 50, 25),
]


def test_nothing_small_nothing_withheld() -> None:
    assert withheld(SURVEY[:4], COMMUNITY) == {}


def test_a_small_base_takes_the_one_along_that_would_give_it_away() -> None:
    assert withheld(SURVEY, COMMUNITY) == {("A", "SEX=M"): "primary", ("A", "SEX=F"): "complementary"}
    assert decide(SURVEY, COMMUNITY).withheld[5].reasons == ("small_base",)


def test_an_official_source_is_not_held_to_it_unless_it_is_sensitive() -> None:
    assert withheld(SURVEY, OFFICIAL) == {}
    assert set(withheld(SURVEY, replace(OFFICIAL, sensitive=True))) == {("A", "SEX=M"), ("A", "SEX=F")}


def test_a_group_without_its_counterpart_is_a_counterpart_by_subtraction() -> None:
    alone = [share("KEN", "", 300, 150), share("KEN", "DISABILITY_STATUS=PWD", 296, 148)]
    (kind,) = withheld(alone, COMMUNITY).values()
    assert kind == "complementary"


@pytest.mark.parametrize(
    ("yes", "reason"), [(1, "few_with"), (2, "few_with"), (48, "few_without"), (49, "few_without")]
)
def test_one_or_two_on_either_side_is_too_few(yes: int, reason: str) -> None:
    (found,) = decide([share("A", "", 50, yes)], COMMUNITY).withheld.values()
    assert (found.kind, found.reasons) == ("primary", (reason,))


def test_nobody_and_everybody_are_withheld_only_of_what_would_harm() -> None:
    rows = [share("A", "", 50, 0), share("B", "", 50, 50)]
    assert withheld(rows, COMMUNITY) == {}
    harmful = replace(COMMUNITY, sensitive_attributes=frozenset({"CARE"}))
    assert withheld(rows, harmful) == {("A", ""): "primary", ("B", ""): "primary"}


def test_a_weighted_share_tells_no_count() -> None:
    weighted = Row("KEN", "A", "CARE", "PT", "", "2025", 96.3, 38)
    assert weighted.yes is None
    assert withheld([weighted], COMMUNITY) == {}
    assert replace(weighted, value=97.4).yes == 37


COUNTS = [
    count("KEN", "", 60),
    count("KEN", "SEX=F", 28),
    count("KEN", "SEX=M", 32),
    *(count(area, "", 20) for area in "ABC"),
    count("A", "SEX=F", 8),
    count("A", "SEX=M", 12),
    *(count(area, f"SEX={sex}", 10) for area in "BC" for sex in "FM"),
]


def test_a_small_count_of_a_small_group_is_withheld_from_official_sources_and_cannot_be_subtracted() -> None:
    found = withheld(COUNTS, OFFICIAL)
    assert found[("A", "SEX=F")] == "primary"
    assert len(found) == 4
    assert sum(kind == "complementary" for kind in found.values()) == 3
    assert withheld([replace(row, series="SCHOOLS") for row in COUNTS], OFFICIAL) == {}


def test_what_an_earlier_release_showed_protects_nobody() -> None:
    def others(found: dict[tuple[str, str], str]) -> set[tuple[str, str]]:
        return {one for one, kind in found.items() if kind == "complementary"}

    first = others(withheld(COUNTS, OFFICIAL))
    shown = [row for row in COUNTS if (row.area, row.group) in first and row.area != "A"]
    second = others(withheld(COUNTS, OFFICIAL, shown_before=shown))
    assert second
    assert not second & {(row.area, row.group) for row in shown}
    everything = [row for row in COUNTS if row.people is not None and row.people >= 10]
    with pytest.raises(CannotBeProtected, match="AREA A, SEX F"):
        decide(COUNTS, OFFICIAL, shown_before=everything)


def test_a_share_of_a_published_number_goes_with_the_count_behind_it() -> None:
    rows = [
        Row("KEN", "A", "DIS_NUMBER", "NUMBER", "DISABILITY_STATUS=PD|DISABILITY_TYPE=seeing", "2011", 4, None, 2000),
        Row("KEN", "A", "DIS_SHARE", "PT", "DISABILITY_TYPE=seeing", "2011", 0.2, None, 2000),
    ]
    linked = replace(OFFICIAL, derived={"DIS_SHARE": Derived("DIS_NUMBER", {"DISABILITY_STATUS": "PD"})})
    assert set(decide(rows, linked).withheld) == {0, 1}
    assert set(decide(rows[1:], linked).withheld) == {0}


def test_sums_that_do_not_hold_are_named_and_not_looked_at() -> None:
    rows = [share("KEN", "", 50, 25), share("KEN", "SEX=F", 60, 30), share("KEN", "SEX=M", 7, 4)]
    decision = decide(rows, COMMUNITY)
    assert {i: w.kind for i, w in decision.withheld.items()} == {2: "primary"}
    assert decision.unlinked == ("KEN CARE 2025 asked: SEX",)


def test_things_are_not_people() -> None:
    schools = [count("A", "", 3, series="SCHOOLS")]
    assert set(decide(schools, COMMUNITY).withheld) == {0}
    assert decide(schools, replace(COMMUNITY, counts_people=False)).withheld == {}


def by_series(rows: list[Row], scope: Scope = COMMUNITY) -> set[tuple[str, str, str]]:
    return {(rows[i].series, rows[i].area, rows[i].group) for i in decide(rows, scope).withheld}


def test_one_question_does_not_show_the_base_that_another_hides() -> None:
    care = [share("KEN", "", 300, 150), *(share(area, "", n, n // 2) for area, n in (("A", 7), ("B", 93), ("C", 200)))]
    water = [replace(row, series="WATER") for row in care if row.area != "C"]
    assert by_series(water) == {("WATER", "A", "")}  # alone, nobody could tell: C is not published
    assert by_series(care) == {("CARE", "A", ""), ("CARE", "B", "")}
    assert by_series([*care, *water]) == {(series, area, "") for series in ("CARE", "WATER") for area in "AB"}


def test_few_answers_to_one_question_hide_nothing_of_another() -> None:
    areas = (("A", 100), ("B", 90), ("C", 110))
    care = [share("KEN", "", 300, 150), *(share(area, "", n, n // 2) for area, n in areas)]
    rare = [share("KEN", "", 300, 61, series="RARE")]
    rare += [share(area, "", n, yes, series="RARE") for (area, n), yes in zip(areas, (1, 30, 30), strict=True)]
    found = by_series([*care, *rare])
    assert ("RARE", "A", "") in found
    assert len(found) == 2
    assert {series for series, _, _ in found} == {"RARE"}


def test_questions_to_different_people_are_decided_apart() -> None:
    mothers = [share("KEN", "", 80, 40), share("A", "", 7, 3), share("B", "", 73, 37)]
    people = {"KEN": 180, "A": 57, "B": 123}
    children = [replace(row, series="CHILDREN", n=people[row.area]) for row in mothers]
    assert by_series([*mothers, *children]) == {("CARE", "A", ""), ("CARE", "B", "")}
