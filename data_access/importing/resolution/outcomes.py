"""What became of a text: a code, a question for somebody who knows, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal["code", "p-code", "current name", "local name", "former name", "further name", "age range", "mapping"]
"""By what a text was recognised. A ``further name`` is a spelling some source uses; ``mapping`` a steward's answer."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """``code`` is what the text means."""

    code: str
    how: How


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code that a text may mean, its name, and why it is offered."""

    code: str
    name: str
    why: str

    def __str__(self) -> str:
        return f"{self.code} {self.name} ({self.why})"


@dataclass(frozen=True, slots=True)
class Question:
    """The text may mean any of ``candidates`` (likeliest first), or none; ``why`` it was not taken."""

    why: str
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """The text means nothing that is recorded."""

    why: str


Outcome = Resolved | Question | Unknown


class AnswerProblem(ValueError):
    """A steward's answer names a code that does not exist; the message says which and how to mend it."""
