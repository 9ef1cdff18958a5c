"""Disability as the Washington Group short set on functioning tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

DOMAINS = 6
DIFFICULT = ("3", "4")
"""A lot of difficulty; cannot do at all."""
ANSWERS = ("1", "2", *DIFFICULT)
WITH, WITHOUT = "PD", "PWD"
"""SDMX CL_DISABILITY: persons with disabilities, persons without disabilities (easily misread)."""


@dataclass(frozen=True, slots=True)
class WashingtonGroup:
    """The six questions (seeing, hearing, walking, remembering, self-care, communicating), with answers 1 to 4.

    A person has a disability who has a lot of difficulty, or cannot do it at all, in at least one domain. Who has none
    in those answered but left some out is not known, or, with ``incomplete`` "without", is counted without. ``into``
    names the new column.

    Raises ValueError unless there are six different columns. Source: Washington Group on Disability Statistics,
    recommended cut-off for the short set.
    """

    columns: tuple[str, ...]
    incomplete: Literal["unknown", "without"] = "unknown"
    into: str = "DISABILITY_STATUS"

    def __post_init__(self) -> None:
        if len(set(self.columns)) != DOMAINS or len(self.columns) != DOMAINS:
            raise ValueError(f"The short set has {DOMAINS} different questions; {len(self.columns)} are named.")

    def statuses(self, answers: Mapping[str, Sequence[str | float | None]]) -> list[str | None]:
        """PD, PWD or None for each person; any answer but 1 to 4 (refused, does not know) is no answer."""
        return [self._status(person) for person in zip(*(answers[name] for name in self.columns), strict=True)]

    def _status(self, answers: Sequence[str | float | None]) -> str | None:
        said = [code for each in answers if (code := _code(each)) in ANSWERS]
        if any(code in DIFFICULT for code in said):
            return WITH
        enough = len(said) == DOMAINS or (bool(said) and self.incomplete == "without")
        return WITHOUT if enough else None


def _code(answer: str | float | None) -> str:
    if isinstance(answer, float) and answer.is_integer():
        return str(int(answer))
    return "" if answer is None else str(answer)
