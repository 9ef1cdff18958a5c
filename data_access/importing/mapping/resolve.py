"""What a mapping asks whoever knows the catalogues: which place, category or series a text means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Question:
    """A text is near to something known, or means several things: a person must say which."""

    what: str
    candidates: tuple[str, ...] = ()


Answer = str | Question | None
"""A code; a question; or None when nothing is known by that text."""


class Resolve(Protocol):
    """Finds codes by code, name and known former name, never by guess."""

    def area(self, text: str, country: str = "", kind: str = "", vintage: str = "") -> Answer:
        """The area's code. Empty hints leave it open; ``country`` is a code or name as the file writes it."""

    def category(self, dimension: str, text: str) -> Answer:
        """The category's code within a dimension."""

    def dimension(self, text: str) -> Answer:
        """The dimension's code."""

    def series(self, text: str) -> Answer:
        """The series' code."""
