"""Scores are marks, number and word together; codes of other frameworks read as words."""

from __future__ import annotations

import pytest

from dashboard.text.quality import criterion_name, question_name, question_text, score_text
from data_access.models.quality import CRITERIA, GATEWAY


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (0, "○○○ 0 of 3, absent"),
        (1, "●○○ 1 of 3, weak"),
        (2, "●●○ 2 of 3, sound"),
        (3, "●●● 3 of 3, strong"),
        (None, "no score: not known"),
    ],
)
def test_a_score_is_never_told_by_marks_alone(score: int | None, words: str) -> None:
    assert score_text(score) == words


def test_every_question_and_criterion_of_ours_has_a_name() -> None:
    assert [question_name(q) for q in GATEWAY] == ["Consent and privacy", "Transparency", "Need"]
    assert all(question_text(q).endswith("?") for q in GATEWAY)
    assert len({criterion_name(c) for c in CRITERIA}) == 10
    assert criterion_name("self_identification_and_participation") == "Self-identification and participation"


def test_another_frameworks_codes_read_as_words() -> None:
    assert (criterion_name("legal_basis"), question_name("lawful"), question_text("lawful")) == (
        "Legal basis",
        "Lawful",
        "",
    )
