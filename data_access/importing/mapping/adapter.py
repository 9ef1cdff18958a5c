"""The catalogues' resolver as a mapping asks it."""

from __future__ import annotations

from data_access.importing.mapping.resolve import Answer, Question
from data_access.importing.resolution.outcomes import Outcome, Resolved
from data_access.importing.resolution.outcomes import Question as Asked
from data_access.importing.resolution.resolver import Resolver
from data_access.importing.resolution.vintages import UnknownVintage


class FromCatalogues:
    """Answers a mapping's questions from the catalogues; a country named by the file narrows its places."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def area(self, text: str, country: str = "", kind: str = "", vintage: str = "") -> Answer:
        """The area's code; ``vintage`` the division of the country that the mapping says the file is of."""
        within = ""
        if country:
            found = self._resolver.area(country, "country")
            within = found.code if isinstance(found, Resolved) else ""
            if within and kind in ("", "country") and text == country:
                return within
        try:
            return _answer(self._resolver.area(text, kind or None, within, vintage))
        except UnknownVintage as unknown:
            return Question(str(unknown))

    def category(self, dimension: str, text: str) -> Answer:
        """The category's code; the total is empty."""
        try:
            found = _answer(self._resolver.group(dimension, text))
        except KeyError:
            return Question(f"is said in dimension {dimension!r}, which is not known.")
        return "" if found == "_T" else found

    def dimension(self, text: str) -> Answer:
        """The dimension's code, when it is one."""
        for code in (text, text.upper()):
            try:
                self._resolver.group(code, "_T")
            except KeyError:
                continue
            return code
        return None

    def series(self, text: str) -> Answer:
        """The series' code."""
        return _answer(self._resolver.series(text))


def _answer(outcome: Outcome) -> Answer:
    if isinstance(outcome, Resolved):
        return outcome.code
    if isinstance(outcome, Asked):
        return Question(outcome.why, tuple(map(str, outcome.candidates)))
    return None
