"""The grade of evidence: whole results for the worked examples, and nothing worse ever graded better."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_access.measures.errors import ValueOutOfRange
from data_access.measures.evidence_strength import (
    CORE_CRITERIA,
    GRADES,
    Component,
    DifferenceStrength,
    Inputs,
    Profile,
    Strength,
    strength,
    strength_of_difference,
)
from data_access.models.quality import CRITERIA, GATEWAY

YES: Any = tuple((question, "yes") for question in GATEWAY)
GOOD = Profile(YES, tuple((criterion, 3) for criterion in CRITERIA))

KARNALI = Inputs(
    value=34.0203,
    lower=28.4822,
    upper=40.0326,
    scale_kind="percentage",
    scale_min=0.0,
    scale_max=100.0,
    n=3640,
    low_reliability=False,
    period_end=2022,
    reference=date(2026, 11, 23),
    sampling="probability",
    modelled=False,
    community=False,
    assessments=(),
)
BEST = replace(KARNALI, lower=32.0, upper=36.0, period_end=2025)
SCALE = {"scale_kind": "score", "scale_min": 1, "scale_max": 5}
SURVEY = replace(BEST, community=True, assessments=(GOOD,))


def scored(**scores: int | None) -> Profile:
    return Profile(YES, tuple((criterion, scores.get(criterion, 3)) for criterion in CRITERIA))


def answered(**answers: Any) -> Profile:
    return Profile(tuple((question, answers.get(question, "yes")) for question in GATEWAY), GOOD.scores)


def test_karnali_is_b_because_of_its_width_and_age() -> None:
    width = Component("interval", "moderate", "B", pytest.approx(11.5504))  # type: ignore[arg-type]
    age = Component("recency", "fairly_recent", "B", 4)
    assert strength(KARNALI) == Strength(
        grade="B",
        components=(
            width,
            Component("sample_size", "large", "A", 3640),
            age,
            Component("sampling", "probability", "A"),
            Component("quality_assessment", "does_not_apply", "A"),
        ),
        held_down_by=(width, age),
        adds_up=False,
    )


def test_kibera_is_d_because_weaknesses_add_up() -> None:
    kibera = replace(
        KARNALI,
        value=20519,
        lower=None,
        upper=None,
        scale_kind="number",
        scale_max=None,
        n=38,
        period_end=2017,
        sampling="mapping",
        community=True,
        assessments=(answered(consent_and_privacy="not_known"),),
    )
    components = (
        Component("interval", "unknown", "C"),
        Component("sample_size", "small", "C", 38),
        Component("recency", "ageing", "C", 9),
        Component("sampling", "mapping", "C"),
        Component("quality_assessment", "gateway_open", "C", named=("consent_and_privacy",)),
    )
    assert strength(kibera) == Strength("D", components, components, adds_up=True)


def test_an_a_has_nothing_that_holds_it_down() -> None:
    for inputs in (BEST, SURVEY, replace(BEST, sampling="census", n=None)):
        found = strength(inputs)
        assert (found.grade, found.held_down_by, found.adds_up) == ("A", (), False)


@pytest.mark.parametrize(
    ("change", "name", "code", "grade"),
    [
        ({"upper": 42.0}, "interval", "narrow", "A"),
        ({"upper": 42.1}, "interval", "moderate", "B"),
        ({"upper": 52.0}, "interval", "moderate", "B"),
        ({"upper": 52.1}, "interval", "wide", "C"),
        ({"upper": None}, "interval", "unknown", "C"),
        ({"lower": None}, "interval", "unknown", "C"),
        (SCALE | {"lower": 2.0, "upper": 2.4}, "interval", "narrow", "A"),
        (SCALE | {"lower": 2.0, "upper": 2.5}, "interval", "moderate", "B"),
        ({"scale_kind": "rate", "value": 20.0, "lower": 18.0, "upper": 22.0}, "interval", "narrow", "A"),
        ({"scale_kind": "rate", "value": 20.0, "lower": 16.0, "upper": 24.0}, "interval", "moderate", "B"),
        ({"scale_kind": "index", "value": 0.1, "lower": 0.05, "upper": 0.2}, "interval", "wide", "C"),
        ({"scale_kind": "number", "value": 0.0, "lower": 0.0, "upper": 3.0}, "interval", "wide", "C"),
        ({"scale_kind": "number", "value": 0.0, "lower": 0.0, "upper": 0.0}, "interval", "narrow", "A"),
        ({"n": 400}, "sample_size", "large", "A"),
        ({"n": 399}, "sample_size", "medium", "B"),
        ({"n": 99}, "sample_size", "small", "C"),
        ({"n": None}, "sample_size", "unknown", "C"),
        ({"n": 30, "low_reliability": True}, "sample_size", "flagged", "D"),
        ({"sampling": "census", "low_reliability": True}, "sample_size", "flagged", "D"),
        ({"period_end": 2023}, "recency", "recent", "A"),
        ({"period_end": 2021}, "recency", "fairly_recent", "B"),
        ({"period_end": 2016}, "recency", "ageing", "C"),
        ({"period_end": 2015}, "recency", "old", "D"),
        ({"period_end": 2027}, "recency", "recent", "A"),
        ({"sampling": "administrative"}, "sampling", "administrative", "B"),
        ({"modelled": True}, "sampling", "modelled", "B"),
        ({"sampling": "purposive"}, "sampling", "purposive", "C"),
        ({"sampling": "scorecard"}, "sampling", "scorecard", "C"),
        ({"sampling": "mapping"}, "sampling", "mapping", "C"),
        ({"sampling": None}, "sampling", "unknown", "C"),
    ],
)  # fmt: skip
def test_each_threshold(change: dict[str, Any], name: Any, code: str, grade: str) -> None:
    found = strength(replace(BEST, **change))
    assert (found.component(name).code, found.component(name).allows, found.grade) == (code, grade, grade)


@pytest.mark.parametrize(
    ("assessments", "code", "grade", "named"),
    [
        ((GOOD,), "strong", "A", ()),
        ((scored(sustainability=1),), "sound", "B", ("sustainability",)),
        ((scored(timeliness=None, coherence=None, sustainability=None),), "sound", "B",
         ("timeliness", "coherence", "sustainability")),
        ((scored(relevance=None, timeliness=None, coherence=None, sustainability=None),), "weak", "C",
         ("relevance", "timeliness", "coherence", "sustainability")),
        ((scored(accuracy=1),), "weak", "C", ("accuracy",)),
        ((scored(accuracy=None),), "weak", "C", ("accuracy",)),
        ((scored(sustainability=0),), "weak", "C", ("sustainability",)),
        ((scored(accuracy=0),), "unsound", "D", ("accuracy",)),
        ((answered(need="not_known"),), "gateway_open", "C", ("need",)),
        ((answered(consent_and_privacy="no"),), "gateway_failed", "D", ("consent_and_privacy",)),
        ((Profile((), GOOD.scores),), "gateway_open", "C", ()),
        ((Profile((("lawful", "yes"),), (("accuracy", 3), ("comparability", 3))),), "strong", "A", ()),
        ((Profile((("lawful", "yes"),), (("comparability", 3),)),), "weak", "C", CORE_CRITERIA),
        ((GOOD, scored(accuracy=1)), "weak", "C", ("accuracy",)),
        ((), "not_assessed", "C", ()),
    ],
)  # fmt: skip
def test_each_outcome_of_an_assessment(
    assessments: tuple[Profile, ...], code: Any, grade: Any, named: tuple[str, ...]
) -> None:
    found = strength(replace(SURVEY, assessments=assessments))
    assert found.component("quality_assessment") == Component("quality_assessment", code, grade, named=named)
    assert found.grade == grade


def test_a_communitys_own_register_is_not_an_offices() -> None:
    assert strength(replace(SURVEY, sampling="administrative")).component("sampling") == Component(
        "sampling", "register", "C"
    )


def test_interval_and_sample_size_are_one_kind_of_weakness() -> None:
    imprecise = replace(SURVEY, lower=None, upper=None, n=None, period_end=2018)
    assert (strength(imprecise).grade, strength(imprecise).adds_up) == ("C", False)
    assert (strength(replace(imprecise, sampling="purposive")).grade) == "D"


@pytest.mark.parametrize("community", [False, True])
def test_without_a_known_interval_nothing_is_better_than_c(community: bool) -> None:
    for n, end, sampling in itertools.product((None, 50, 10**6), (2010, 2024), ("census", "probability", "mapping")):
        inputs = replace(SURVEY, lower=None, upper=None, n=n, period_end=end, sampling=sampling, community=community)  # type: ignore[arg-type]
        assert strength(inputs).grade in ("C", "D")


def test_impossible_inputs_are_refused() -> None:
    with pytest.raises(ValueOutOfRange, match=r"n\[0\] = -1: it must be at least 0"):
        strength(replace(BEST, n=-1))
    with pytest.raises(ValueOutOfRange, match=r"upper\[0\] = 10: it must be at least lower"):
        strength(replace(BEST, upper=10.0))


A, B, C, D = (
    strength(replace(BEST, **change))  # type: ignore[arg-type]
    for change in ({}, {"n": 200}, {"lower": None}, {"period_end": 2001})
)


@pytest.mark.parametrize(
    ("first", "second", "class_", "independent", "grade", "held"),
    [
        (A, A, None, None, "A", []),
        (A, B, None, None, "B", ["sample_size"]),
        (C, B, None, None, "C", ["interval"]),
        (A, A, "direct", True, "A", []),
        (A, A, "close", True, "B", ["comparability"]),
        (B, A, "close", True, "B", ["sample_size", "comparability"]),
        (A, A, "indicative", True, "C", ["comparability"]),
        (D, A, "indicative", True, "D", ["recency"]),
        (A, A, "direct", False, "C", ["comparability"]),
        (A, A, "direct", None, "C", ["comparability"]),
        (A, A, "not_comparable", True, None, ["comparability"]),
    ],
)
def test_a_difference_takes_the_weaker_figure_and_the_class(
    first: Strength, second: Strength, class_: Any, independent: bool | None, grade: Any, held: list[str]
) -> None:
    found = strength_of_difference(first, second, class_, independent=independent)
    assert (found.grade, [c.name for c in found.held_down_by]) == (grade, held)
    assert found.figures == (first, second)


def test_the_weaker_figure_decides_and_the_first_of_two_alike() -> None:
    assert strength_of_difference(A, D).deciding == 1
    assert strength_of_difference(D, A).deciding == 0
    assert strength_of_difference(C, C).deciding == 0
    assert strength_of_difference(A, B) == DifferenceStrength("B", (A, B), None, B.held_down_by)


# From best to worst: a later value of one input, the others unchanged, must never be graded better.
ORDERS: dict[str, list[Any]] = {
    "bounds": [(33.9, 34.1), (30.0, 40.0), (25.0, 43.0), (10.0, 60.0), (0.0, 100.0), (None, None)],
    "n": [10**6, 400, 250, 100, 40, 1, 0, None],
    "low_reliability": [False, True],
    "period_end": [2026, 2024, 2022, 2019, 2016, 2012, 1990],
    "sampling": ["census", "probability", "administrative", "purposive", None],
    "modelled": [False, True],
    "consent": ["yes", "not_known", "no"],
    "core": [3, 2, 1, None, 0],
    "other": [3, 2, 1, None, 0],
    "second": [3, 2, 1, None, 0],
}


def built(chosen: dict[str, Any], *, community: bool) -> Inputs:
    profile = Profile(
        (("consent_and_privacy", chosen["consent"]), ("transparency", "yes"), ("need", "yes")),
        scored(accuracy=chosen["core"], coherence=chosen["other"], timeliness=chosen["second"]).scores,
    )
    lower, upper = chosen["bounds"]
    plain = {key: chosen[key] for key in ("n", "low_reliability", "period_end", "sampling", "modelled")}
    return replace(BEST, lower=lower, upper=upper, community=community, assessments=(profile,), **plain)


@pytest.mark.parametrize("community", [False, True])
def test_making_any_input_worse_never_improves_the_grade(community: bool) -> None:
    random_ = random.Random(20300308)
    seen = set()
    for _ in range(1500):
        chosen = {key: random_.choice(order[: random_.randint(1, len(order))]) for key, order in ORDERS.items()}
        before = GRADES.index(strength(built(chosen, community=community)).grade)
        seen.add(before)
        for key, order in ORDERS.items():
            for worse in order[order.index(chosen[key]) + 1 :]:
                after = GRADES.index(strength(built({**chosen, key: worse}, community=community)).grade)
                assert after >= before, (chosen, key, worse)
    assert seen == {0, 1, 2, 3}


def test_making_a_figure_or_the_class_worse_never_improves_a_difference() -> None:
    by_grade = [A, B, C, D]
    classes: list[Any] = ["direct", "close", "indicative", "not_comparable"]
    ranks: dict[Any, int] = {grade: rank for rank, grade in enumerate((*GRADES, None))}

    def rank(i: int, j: int, k: int, independent: bool | None = True) -> int:
        return ranks[strength_of_difference(by_grade[i], by_grade[j], classes[k], independent=independent).grade]

    for i, j, k in itertools.product(range(4), repeat=3):
        for one, other, class_ in itertools.product(range(i, 4), range(j, 4), range(k, 4)):
            assert rank(one, other, class_) >= rank(i, j, k)
        assert rank(i, j, k, None) >= rank(i, j, k)
        assert rank(i, j, k, False) >= rank(i, j, k)


def test_nothing_depends_on_the_day_it_is_run() -> None:
    assert strength(KARNALI) == strength(KARNALI)
    assert strength(replace(KARNALI, reference=date(2040, 1, 1))).grade == "D"
