"""What is said of the strength of evidence: the grade, what was found, and the rule with its own thresholds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.text.strength import component_line, component_text, graded, held_down_text, rule_rows, rule_text
from data_access.measures import evidence_strength
from data_access.measures.evidence_strength import Component, Strength, strength_of_difference
from tests.dashboard.charts.conftest import POVERTY

UNKNOWN = Component("interval", "unknown", "C")
OLD = Component("recency", "old", "D", 15)
FIRST = Strength("C", (UNKNOWN,), (UNKNOWN,), adds_up=False)
SECOND = Strength("A", (), (), adds_up=False)


@pytest.mark.parametrize(
    ("component", "words"),
    [
        (Component("interval", "narrow", "A", 8.24), "interval known and narrow (8.2 points)"),
        (Component("interval", "wide", "C", 42.0), "interval known, but wide (42.0 points)"),
        (UNKNOWN, "no known interval"),
        (Component("sample_size", "large", "A", 2143), "n 2,143"),
        (Component("sample_size", "small", "C", 38), "n 38, which is small"),
        (Component("sample_size", "flagged", "D", 30), "few cases, flagged by the source"),
        (Component("sample_size", "unknown", "C"), "sample size unknown"),
        (Component("sample_size", "does_not_apply", "A"), "everyone was to be counted"),
        (Component("recency", "recent", "A", 0), "from 2022"),
        (OLD, "from 2022, 15 years ago"),
        (Component("recency", "fairly_recent", "B", 1), "from 2022, 1 year ago"),
        (Component("sampling", "probability", "A"), "probability sample"),
        (Component("sampling", "register", "C"), "a register of its own members or clients"),
        (Component("sampling", "unknown", "C"), "how people were chosen is not known"),
        (Component("quality_assessment", "not_assessed", "C"), "quality not assessed yet"),
        (
            Component("quality_assessment", "gateway_failed", "D", named=("consent_and_privacy",)),
            "failed the gateway of its quality assessment (consent and privacy)",
        ),
        (
            Component("quality_assessment", "weak", "C", named=("accuracy", "documentation")),
            "quality assessed, with weaknesses at the core (accuracy, documentation)",
        ),
        (Component("comparability", "indicative", "C"), "comparison only indicative"),
        (Component("comparability", "not_independent", "C"), "both figures rest on the same people"),
    ],
)
def test_what_was_found_in_words(component: Component, words: str) -> None:
    assert component_text(component, POVERTY) == words


def test_a_component_says_what_it_allows() -> None:
    assert component_line(UNKNOWN) == "Uncertainty: no known interval → at best C"
    assert (
        component_line(Component("comparability", "not_comparable", None)) == "Comparability: not comparable → no grade"
    )
    assert component_line(Component("quality_assessment", "does_not_apply", "A")) == (
        "Quality assessment: the checklist is for community data → not asked of this figure"
    )


def test_a_sentence_of_a_document_carries_its_grade() -> None:
    assert graded("So it is.", strength_of_difference(FIRST, SECOND)) == "So it is. Evidence C."
    assert graded("So it is.", strength_of_difference(SECOND, SECOND, "not_comparable")) == (
        "So it is. Evidence: no grade."
    )
    assert graded("So it is.", None) == "So it is."


def test_what_held_a_grade_down_is_said_once_and_in_few_words() -> None:
    few = [Component("sample_size", "small", "C", n) for n in (42, 46)]
    held = (UNKNOWN, UNKNOWN, *few, OLD, Component("quality_assessment", "weak", "C", named=("accuracy",)))
    assert held_down_text(replace(FIRST, held_down_by=held)) == (
        "no known interval, small sample, over 10 years old, weak quality assessment"
    )
    assert held_down_text(SECOND) == ""


def test_the_rule_on_screen_is_the_rule_that_is_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row[0] for row in rule_rows()] == [
        "Uncertainty",
        "Sample size",
        "Recency",
        "Sampling",
        "Quality assessment",
        "Comparability",
    ]
    assert rule_rows()[0][1] == "known; at most 10 points wide (20 % of other values)"
    assert rule_rows()[1][1:3] == ("400 or more, or a census", "100 or more")
    assert rule_rows()[2][1:] == ("up to 3 years old", "up to 5 years", "up to 10 years", "older")
    assert all(len(row) == 5 for row in rule_rows())
    assert rule_text(date(2026, 11, 23)).startswith("The grade is the lowest that any component allows. 3 kinds of")
    assert rule_text(date(2026, 11, 23)).endswith("here as of 2026-11-23.")
    assert evidence_strength.ADD_UP == 3
