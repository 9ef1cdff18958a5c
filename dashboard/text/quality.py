"""Quality assessments in words: questions, criteria, scores and outcomes."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.text import _
from data_access.measures.evidence_strength import Answer
from data_access.queries.quality import Outcome

HIGHEST = 3
_FILLED, _EMPTY = "●", "○"

_QUESTIONS: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "consent_and_privacy": (
        lambda: _("Consent and privacy"),
        lambda: _("Did people agree, and are they protected?"),
    ),
    "transparency": (lambda: _("Transparency"), lambda: _("Is it public who asked, how, and for whom?")),
    "need": (lambda: _("Need"), lambda: _("Does it tell what no other source tells?")),
}

_CRITERIA: dict[str, Callable[[], str]] = {
    "relevance": lambda: _("Relevance"),
    "credibility": lambda: _("Credibility"),
    "sampling_and_coverage": lambda: _("Sampling and coverage"),
    "accuracy": lambda: _("Accuracy"),
    "timeliness": lambda: _("Timeliness"),
    "coherence": lambda: _("Coherence"),
    "documentation": lambda: _("Documentation"),
    "accessibility": lambda: _("Accessibility"),
    "self_identification_and_participation": lambda: _("Self-identification and participation"),
    "sustainability": lambda: _("Sustainability"),
}


def question_name(question: str) -> str:
    """A question of the gateway; one of another framework by its own code, read as words."""
    return _QUESTIONS[question][0]() if question in _QUESTIONS else _as_words(question)


def question_text(question: str) -> str:
    """The question in full; empty for one of another framework."""
    return _QUESTIONS[question][1]() if question in _QUESTIONS else ""


def criterion_name(criterion: str) -> str:
    """A criterion; one of another framework by its own code, read as words."""
    return _CRITERIA[criterion]() if criterion in _CRITERIA else _as_words(criterion)


def _as_words(code: str) -> str:
    words = code.replace("_", " ")
    return words[:1].upper() + words[1:]


def answer_text(answer: Answer) -> str:
    return {"yes": _("yes"), "no": _("no"), "not_known": _("not known")}[answer]


def outcome_text(outcome: Outcome) -> str:
    """What the first stage came to."""
    return {
        "passed": _("Passed: every question is answered with yes."),
        "failed": _("Failed: a no ends the assessment, and every figure of this source is graded D."),
        "open": _("Open: not every question could be answered, so no figure of this source is graded better than C."),
    }[outcome]


def score_text(score: int | None) -> str:
    """A score as marks, number and word: "●●○ 2 of 3, sound"; no marks where nothing is known."""
    if score is None:
        return _("no score: not known")
    word = {0: _("absent"), 1: _("weak"), 2: _("sound"), 3: _("strong")}[score]
    return _("{marks} {score} of {highest}, {word}").format(
        marks=_FILLED * score + _EMPTY * (HIGHEST - score), score=score, highest=HIGHEST, word=word
    )
