"""What keeps a country from being added, said so that it can be mended; nothing has then been written."""

from __future__ import annotations

from collections.abc import Iterable


class CountryProblem(ValueError):
    """A country cannot be added; ``problems`` are all reasons found, each a sentence."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
