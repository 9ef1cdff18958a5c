"""Texts of a partner's file resolved to codes of areas, series and groups, each text once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sqlmodel import Session

from data_access.importing.resolution.areas import AreaNames
from data_access.importing.resolution.gazetteer import read_gazetteer
from data_access.importing.resolution.outcomes import AnswerProblem, Outcome, Resolved
from data_access.importing.resolution.terms import Terms, read_categories, read_series
from data_access.importing.shipped import SAMPLE_DATA

Answers = Mapping[str, Mapping[str, str]]
"""A steward's answers: ``"area"``, ``"series"`` or the code of a dimension → text as in the file → code."""


class Resolver:
    """Knows every recorded name of one country (or of all); remembers what became of each text.

    ``answered`` holds those of the steward's answers that a text of the file needed, for the record.
    """

    def __init__(
        self,
        areas: AreaNames,
        series: Terms,
        groups: Mapping[str, Terms],
        answers: Answers,
        at_vintage: Callable[[str], AreaNames],
    ) -> None:
        self._at_vintage, self._vintages = at_vintage, {"": areas}
        self._areas, self._series, self._groups = areas, series, groups
        self._answers = {what: {text.strip(): code for text, code in of.items()} for what, of in answers.items()}
        self._seen: dict[tuple[str, ...], Outcome] = {}
        self.answered: dict[str, dict[str, str]] = {}
        self._refuse_impossible_answers()

    @classmethod
    def of(
        cls,
        session: Session,
        *,
        country: str = "",
        vintage: str = "",
        answers: Answers | None = None,
        root: Path = SAMPLE_DATA,
    ) -> Resolver:
        """A resolver over what the database holds and what ``root`` records of further names.

        ``country`` ISO 3166-1 alpha-3, empty for all (a name that two countries have is then a question); ``vintage`` a
        recorded boundary vintage ("VNM-34"), empty for the areas as loaded. Raises UnknownVintage, AnswerProblem.
        """
        return cls(
            AreaNames(read_gazetteer(session, country, vintage, root)),
            read_series(session),
            read_categories(session, root),
            answers or {},
            lambda other: AreaNames(read_gazetteer(session, country, other, root)),
        )

    def area(self, text: str, kind: str | None = None, within: str = "", vintage: str = "") -> Outcome:
        """What area ``text`` names; ``kind`` (``"admin1"`` …) and ``within`` (code of an area around it) narrow it.

        ``vintage`` (code or name) is the one the text is of, where that is not the resolver's own; its names are read
        from the database once, when they are first asked for. Raises UnknownVintage.
        """
        key = ("area", text, kind or "", within, vintage)
        if (seen := self._seen.get(key)) is None:
            if vintage not in self._vintages:
                self._vintages[vintage] = self._at_vintage(vintage)
            names = self._vintages[vintage]
            seen = self._seen[key] = self._answer("area", text) or names.find(text, kind, within)
        return seen

    def series(self, text: str) -> Outcome:
        """What series ``text`` names: its code or its name; an SDG indicator's number is a question."""
        key = ("series", text)
        if (seen := self._seen.get(key)) is None:
            seen = self._seen[key] = self._answer("series", text) or self._series.find(text)
        return seen

    def group(self, dimension: str, text: str) -> Outcome:
        """What category of ``dimension`` (its code) ``text`` names; ``_T`` for the total. Raises KeyError."""
        key = ("group", dimension, text)
        if (seen := self._seen.get(key)) is None:
            terms = self._groups[dimension]
            seen = self._seen[key] = self._answer(dimension, text) or terms.find(text)
        return seen

    def areas(self, texts: Iterable[str], kind: str | None = None) -> dict[str, Outcome]:
        """Each different text and what area it names."""
        return {text: self.area(text, kind) for text in dict.fromkeys(texts)}

    def _answer(self, what: str, text: str) -> Resolved | None:
        code = self._answers.get(what, {}).get(text.strip())
        if code is None:
            return None
        self.answered.setdefault(what, {})[text.strip()] = code
        return Resolved(code, "mapping")

    def _refuse_impossible_answers(self) -> None:
        for what, of in self._answers.items():
            if what not in ("area", "series") and what not in self._groups:
                raise AnswerProblem(
                    f"Answers are given for {what!r}, which is no dimension; write area, series or its code."
                )
            known = (
                self._areas.codes
                if what == "area"
                else (self._series if what == "series" else self._groups[what]).codes
            )
            for text, code in of.items():
                if code not in known:
                    raise AnswerProblem(
                        f"The answer for {what} {text!r} is {code!r}, which is no code; write one that is."
                    )
