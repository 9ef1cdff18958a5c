"""Words of inequality measures: every measure has a name, a formula and a unit; numbers are signed and counted."""

from __future__ import annotations

from typing import get_args

import pytest

from dashboard.text.inequality import (
    Refusal,
    Why,
    defect_text,
    defects_in_words,
    in_words,
    interval_in_words,
    interval_source,
    refusal_text,
    uncertainty_in_words,
)
from dashboard.text.measure_names import FORMULAS, UNITS, measure_name, short_name
from data_access.measures.inequality.estimates import Defect, InequalityEstimate
from data_access.measures.inequality.measure import CODES


def estimate(code: str = "d", value: float = -3.24, **more: object) -> InequalityEstimate:
    facts: dict[str, object] = {
        "code": code,
        "value": value,
        "se": 1.0,
        "lower": -5.2,
        "upper": -1.28,
        "level": 0.95,
        "mode": "corrected",
        "interval": "closed_form",
    }
    return InequalityEstimate(**(facts | more))  # type: ignore[arg-type]


def test_every_measure_has_its_words() -> None:
    assert set(CODES) == set(UNITS) == set(FORMULAS)
    assert len({measure_name(code) for code in CODES}) == len(CODES)
    assert short_name("bgsd") == "BGSD"


@pytest.mark.parametrize("why", get_args(Why))
def test_every_reason_is_a_sentence(why: Why) -> None:
    text = refusal_text(Refusal(why, ("sii", "rii"), ("Dhaka", "Sylhet"), 2))
    assert text.endswith(".")
    assert "{" not in text


def test_a_reason_names_the_groups_it_is_about() -> None:
    text = refusal_text(Refusal("population", ("par",), ("Dhaka",), 8))
    assert text == "Not computed: PAR. They weigh by population, and none is recorded for Dhaka."
    many = refusal_text(Refusal("population", ("par",), tuple("abcdefgh"), 9))
    assert "a, b, c, d, e and 3 more" in many


@pytest.mark.parametrize("defect", get_args(Defect))
def test_every_known_defect_has_words(defect: str) -> None:
    assert "_" not in defect_text(defect)


@pytest.mark.parametrize(
    ("code", "value", "unit", "words"),
    [
        ("d", -3.24, "PT", "−3.2 points"),
        ("d", 0.05, "SCORE", "0.05 points of the scale"),
        ("r", 1.4211, "PT", "1.42"),
        ("cov", 46.04, "PT", "46.0\u00a0%"),
        ("rci", -0.1234, "PT", "−0.123"),
        ("bgv", 0.00012, "INDEX", "0.00012"),
        ("bgsd", 12.04, "PER_1000", "12.0 per 1,000"),
    ],
)
def test_a_value_says_what_it_is_counted_in(code: str, value: float, unit: str, words: str) -> None:
    assert in_words(code, value, unit) == words


def test_an_interval_turns_with_its_difference() -> None:
    assert interval_in_words(estimate(), "PT") == "95 % interval −5.2 to −1.3"
    assert interval_in_words(estimate(), "PT", turned=True) == "95 % interval 1.3 to 5.2"
    assert interval_in_words(estimate(lower=None, upper=None), "PT") == "uncertainty unknown"
    noisy = estimate("bgsd", 2.0, lower=1.0, upper=3.0, equality=1.64)
    assert uncertainty_in_words(noisy, "PT") == "95 % interval 1.0 to 3.0; noise alone would give about 1.6 points"


def test_an_interval_says_where_it_comes_from() -> None:
    assert interval_source(estimate()) == "the published standard errors"
    assert interval_source(estimate(interval="simulated", draws=10_000, seed=7)) == "10,000 simulated samples (seed 7)"
    assert interval_source(estimate("sii", variance="who")) == "how far the groups lie from the fitted line"
    assert interval_source(estimate("par", variance="who")) == "counts, as if everyone had been asked"


def test_a_defect_of_an_interval_is_named_only_beside_an_interval() -> None:
    both = ("standard_error_not_multiplied_by_1000", "scale_guessed_from_the_figures")
    narrow, guessed = "interval a thousand times too narrow", "scale guessed from the largest figure"
    assert defects_in_words(estimate("ti", mode="heat", defects=both)) == f"{narrow}; {guessed}"
    assert defects_in_words(estimate("ti", mode="heat", defects=both, lower=None, upper=None)) == guessed
