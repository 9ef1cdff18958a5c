"""A pair is graded from how it was measured; what is not stated never counts as equal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from data_access.measures.comparability import Comparability, MeasuredAs, Reason, compare, compare_pairs
from data_access.measures.errors import LengthsDiffer, PeriodReversed

OFFICIAL = MeasuredAs(
    unit="PT",
    scale_kind="percentage",
    series="FACILITY_BIRTH",
    concept="3.1.2",
    favourable=True,
    definition="Live births in the five years before the survey that took place in a health facility.",
    numerator="live births in a health facility",
    denominator="live births",
    age_range="15-49",
    group="DISABILITY_STATUS=PD|SEX=F",
    group_basis="self_identification",
    disability_method="washington_group_short_set",
    period_start=2019,
    period_end=2019,
    area="KE-07",
    area_vintage="2010",
    mode="face_to_face",
    sampling="probability",
    source="KEN_SURVEY",
)
COMMUNITY = replace(OFFICIAL, source="KEN_CITIZEN_SURVEY", period_start=2020, period_end=2021)


def against(comparability: Comparability) -> list[tuple[str, str]]:
    return [(reason.facet, reason.kind) for reason in comparability.against]


def test_everything_stated_and_equal_two_years_apart_is_direct() -> None:
    found = compare(OFFICIAL, COMMUNITY)
    assert found.grade == "direct"
    assert found.against == ()
    assert found.independent is True
    assert found.lag_years == 2
    assert found.interval_name == "confidence_interval"
    assert [reason.facet for reason in found.reasons] == [
        *("unit", "scale_kind", "concept", "group", "direction", "series", "definition", "numerator", "denominator"),
        *("age_range", "group_basis", "disability_method", "area", "area_vintage", "mode", "period", "sampling"),
    ]
    assert {reason.kind for reason in found.reasons} == {"equal"}


@pytest.mark.parametrize(
    ("facet", "change"),
    [
        ("unit", {"unit": "PER_1000"}),
        ("scale_kind", {"scale_kind": "score"}),
        ("concept", {"concept": "3.1.1"}),
        ("group", {"group": "SEX=F"}),
        ("direction", {"favourable": False}),
    ],
)
def test_a_hard_facet_that_differs_forbids_subtraction(facet: str, change: dict[str, Any]) -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, **change))
    assert found.grade == "not_comparable"
    assert not found.may_be_subtracted
    assert (facet, "differs") in against(found)


@pytest.mark.parametrize("facet", ["unit", "scale_kind", "concept", "group"])
def test_a_hard_facet_that_is_not_stated_forbids_subtraction(facet: str) -> None:
    for pair in ((OFFICIAL, replace(COMMUNITY, **{facet: None})), (replace(OFFICIAL, **{facet: None}), COMMUNITY)):
        found = compare(*pair)
        assert found.grade == "not_comparable"
        assert (facet, "not_stated") in against(found)


SOFT = [
    "series",
    "definition",
    "numerator",
    "denominator",
    "age_range",
    "group_basis",
    "disability_method",
    "area_vintage",
    "mode",
]


@pytest.mark.parametrize("facet", SOFT)
def test_one_soft_facet_that_differs_is_close(facet: str) -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, **{facet: "other"}))
    assert (found.grade, against(found)) == ("close", [(facet, "differs")])
    assert found.may_be_subtracted


@pytest.mark.parametrize("facet", SOFT)
@pytest.mark.parametrize("sides", ["official", "community", "both"])
def test_a_soft_facet_that_is_not_stated_counts_as_a_difference(facet: str, sides: str) -> None:
    unstated = {facet: None}
    official = OFFICIAL if sides == "community" else replace(OFFICIAL, **unstated)
    community = COMMUNITY if sides == "official" else replace(COMMUNITY, **unstated)
    found = compare(official, community)
    # A disability method left out by both is still asked for: the group is one by disability.
    assert (found.grade, against(found)) == ("close", [(facet, "not_stated")])


def test_an_empty_text_is_not_a_statement() -> None:
    found = compare(replace(OFFICIAL, definition=""), replace(COMMUNITY, definition=""))
    assert found.against == (Reason("definition", "not_stated", False, None, None),)


def test_two_soft_differences_are_indicative() -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, mode="phone", age_range="18-49"))
    assert found.grade == "indicative"
    assert found.against == (
        Reason("age_range", "differs", False, "15-49", "18-49"),
        Reason("mode", "differs", False, "face_to_face", "phone"),
    )


def test_case_spacing_and_a_closing_stop_are_not_a_difference() -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, denominator=" Live  births."))
    assert found.grade == "direct"


@pytest.mark.parametrize("sampling", ["purposive", "scorecard", "mapping", "administrative", None])
def test_a_community_sample_without_known_chances_is_at_best_indicative(sampling: Any) -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, sampling=sampling))
    assert (found.grade, found.interval_name) == ("indicative", "indicative_interval")
    assert [reason.facet for reason in found.against] == ["sampling"]


@pytest.mark.parametrize("sampling", ["census", "administrative"])
def test_an_official_count_of_everyone_stands_beside_a_probability_sample(sampling: Any) -> None:
    assert compare(replace(OFFICIAL, sampling=sampling), COMMUNITY).grade == "direct"


def test_another_area_is_at_best_indicative() -> None:
    assert compare(OFFICIAL, replace(COMMUNITY, area="KE-08")).grade == "indicative"
    assert compare(OFFICIAL, replace(COMMUNITY, area=None)).grade == "indicative"


@pytest.mark.parametrize(
    ("start", "end", "lag", "grade"),
    [
        (2021, 2021, 2, "direct"),
        (2017, 2017, 2, "direct"),
        (2021.5, 2021.5, 2.5, "close"),
        (2024, 2024, 5, "close"),
        (2025, 2025, 6, "indicative"),
        (2019, 2026, 7, "indicative"),
        (None, 2020, 1, "direct"),
        (None, None, None, "close"),
    ],
)
def test_the_lag_is_the_larger_distance_of_starts_and_ends(start: Any, end: Any, lag: Any, grade: str) -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, period_start=start, period_end=end))
    assert (found.lag_years, found.grade) == (lag, grade)


def test_the_same_long_period_is_no_lag() -> None:
    long = {"period_start": 2010, "period_end": 2017}
    assert compare(replace(OFFICIAL, **long), replace(COMMUNITY, **long)).lag_years == 0


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PeriodReversed, match="The community period runs from 2020 to 2018: exchange start and end"):
        compare(OFFICIAL, replace(COMMUNITY, period_start=2020, period_end=2018))


def test_facets_that_cannot_apply_to_a_national_number_for_everyone_are_left_out() -> None:
    official = MeasuredAs(
        unit="NUMBER", scale_kind="number", series="SCHOOLS", concept="SCHOOLS", definition="Primary schools", group="",
        period_start=2019, area="KEN", mode="registers", sampling="administrative", source="LIST",
    )  # fmt: skip
    found = compare(official, replace(official, sampling="census", source="COUNT", group="_T"))
    assert found.grade == "direct"
    assert [reason.facet for reason in found.reasons] == [
        *("unit", "scale_kind", "concept", "group", "series", "definition", "area", "mode", "period", "sampling")
    ]
    # Stated by one side, it applies after all.
    assert against(compare(replace(official, age_range="6-13"), official))[0] == ("age_range", "not_stated")


SCORE = replace(
    OFFICIAL, unit="SCORE", scale_kind="score", scale_min=1.0, scale_max=10.0, numerator=None, denominator=None,
    age_range=None, group="", group_basis=None, disability_method=None,
)  # fmt: skip


def test_scores_are_compared_with_scores_of_the_same_scale() -> None:
    assert compare(SCORE, replace(SCORE, source="OTHER")).grade == "direct"


def test_scores_of_another_or_an_unstated_scale_are_not_compared() -> None:
    other = compare(SCORE, replace(SCORE, scale_min=0.0, scale_max=60.0))
    assert (other.grade, other.against[0]) == (
        "not_comparable",
        Reason("scale_range", "differs", True, "1–10", "0–60"),
    )
    assert compare(SCORE, replace(SCORE, scale_max=None)).grade == "not_comparable"
    unstated = replace(SCORE, scale_min=None, scale_max=None)
    assert compare(unstated, unstated).grade == "not_comparable"


def test_a_score_is_never_compared_with_a_percentage() -> None:
    found = compare(replace(SCORE, scale_kind="percentage", unit="PT"), SCORE)
    assert found.grade == "not_comparable"
    assert [reason.facet for reason in found.against if reason.hard] == ["unit", "scale_kind"]


def test_two_figures_of_one_survey_are_not_independent() -> None:
    found = compare(OFFICIAL, replace(COMMUNITY, source="KEN_SURVEY"))
    assert found.independent is False
    assert found.against == (Reason("source", "overlaps", False, "KEN_SURVEY", "KEN_SURVEY"),)
    assert found.grade == "direct"


def test_a_group_inside_the_official_total_is_not_independent_and_not_subtracted() -> None:
    found = compare(replace(OFFICIAL, group=""), COMMUNITY)
    assert (found.grade, found.independent) == ("not_comparable", False)
    assert found.reasons[-1] == Reason("population", "overlaps", False, "_T", "DISABILITY_STATUS=PD|SEX=F")
    assert compare(replace(OFFICIAL, group="SEX=F"), COMMUNITY).independent is False
    assert compare(replace(OFFICIAL, group="SEX=M"), COMMUNITY).independent is True


def test_independence_is_unknown_when_a_source_is() -> None:
    assert compare(replace(OFFICIAL, source=None), COMMUNITY).independent is None


def test_kibera_pupils_of_the_same_schools_are_indicative() -> None:
    official = MeasuredAs(
        unit="NUMBER", scale_kind="number", series="KIBERA_PUPILS_MATCHED", concept="KIBERA_PUPILS_MATCHED",
        definition="Official enrolment, summed over the schools that are in both sources", group="",
        period_start=2007, period_end=2007, area="KE-30", mode="registers", sampling="administrative",
        source="KEN_OPENDATA_SCHOOLS_2007",
    )  # fmt: skip
    community = replace(
        official, definition="Pupils counted, summed over the schools that are in both sources", mode=None,
        period_start=2010, period_end=2017, sampling="mapping", source="KEN_MAPKIBERA_SCHOOLS",
    )  # fmt: skip
    found = compare(official, community)
    assert found.grade == "indicative"
    assert found.may_be_subtracted
    assert (found.lag_years, found.independent, found.interval_name) == (10, True, "indicative_interval")
    assert found.against == (
        Reason("definition", "differs", False, official.definition, community.definition),
        Reason("area_vintage", "not_stated", False, None, None),
        Reason("mode", "not_stated", False, "registers", None),
        Reason("period", "differs", False, "2007", "2010–2017"),
        Reason("sampling", "differs", False, "administrative", "mapping"),
    )


def test_lists_that_do_not_pair_up_are_refused() -> None:
    with pytest.raises(LengthsDiffer, match="community has 1 values where 2 are expected"):
        compare_pairs([OFFICIAL, OFFICIAL], [COMMUNITY])


def test_pairs_are_graded_alike_however_many() -> None:
    official = [replace(OFFICIAL, area=f"KE-{i % 47:02}", series=f"S{i % 180}", group=f"AGE=Y{i}") for i in range(5000)]
    community = [replace(one, source="KEN_CITIZEN_SURVEY", mode=None) for one in official]
    graded = compare_pairs(official, community)
    assert len(graded) == 5000
    assert {found.grade for found in graded} == {"close"}
