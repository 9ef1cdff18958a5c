"""From a mapping's microdata to columns an engine can add up, and to the estimates that are wanted of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data_access.importing.estimates.answers import Answered, Answers
from data_access.importing.estimates.people import Numbers, People
from data_access.importing.estimates.wanted import AREAS, Breakdown, Wanted
from data_access.importing.estimates.wanted import Outcome as Counted
from data_access.importing.estimates.washington import INCOMPLETE, difficulty_codes, status
from data_access.importing.mapping.design import DISABILITY, Among, Circumstance, Microdata, Outcome
from data_access.importing.mapping.resolve import Answer, Question, Resolve

YES, NO = "yes", "no"
STRATUM, PSU, WEIGHT, FPC = "STRATUM", "PSU", "WEIGHT", "FPC"


@dataclass(frozen=True)
class Asking:
    """The people's answers in the product's terms, and the estimates wanted; ``studies`` (series, circumstances)."""

    answers: Answers
    wanted: tuple[Wanted, ...]
    studies: tuple[tuple[Wanted, tuple[str, ...]], ...]


def asking(people: People, said: Microdata, resolve: Resolve, file: str, sheet: str) -> Asking:
    """Read every column the mapping names and decode it; whatever is wrong goes to the people's ledger.

    A table without a column for each part is made all the same: with refusals in the ledger it is not to be used.
    """
    return _Asking(people, said, resolve).made(file, sheet)


class _Asking:
    def __init__(self, people: People, said: Microdata, resolve: Resolve) -> None:
        self.people, self.said, self.resolve, self.ledger = people, said, resolve, people.ledger
        self.columns: dict[str, pa.Array] = {}

    def made(self, file: str, sheet: str) -> Asking:
        said = self.said
        self.people.prepare(_named(said))
        place = self._place()
        ways = {one.dimension: self._circumstance(one) for one in said.circumstances}
        if said.disability is not None:
            ways[DISABILITY] = self._disability()
        areas = self._areas(place) if said.area is not None else None
        design = self._design()
        wanted = tuple(self._wanted(i, one, place, ways, areas, design) for i, one in enumerate(said.outcomes))
        by_series = {outcome.series: made for outcome, made in zip(said.outcomes, wanted, strict=True)}
        studies = tuple((by_series[one.series], one.circumstances) for one in said.furthest_behind)
        return Asking(Answers(pa.table(self.columns), file, sheet), wanted, studies)

    def _place(self) -> str:
        country = self._resolved("area", self.said.country, self.resolve.area(self.said.country, kind="country"), "")
        if self.said.place is None:
            return country
        return self._resolved("area", self.said.place, self.resolve.area(self.said.place, country), "")

    def _areas(self, place: str) -> Breakdown:
        column = self.said.area or ""
        codes, given = self._explained(column, self.said.area_codes, ())

        def area(text: str) -> Answer:
            return self.resolve.area(text, self.said.country, self.said.area_kind or "")

        into: dict[int, str] = {}
        for i, code in enumerate(codes.labels):
            text = given.get(code, self.people.label(column, code))
            answer = area(text)
            if not isinstance(answer, str) and code not in given:
                answer = area(code) if isinstance(area(code), str) else answer
            into[i] = self._resolved("area", text, answer, column)
        return self._breakdown(AREAS, codes.mapped({i: c for i, c in into.items() if c and c != place}))

    def _circumstance(self, one: Circumstance) -> Breakdown:
        known = self.resolve.dimension(one.dimension)
        if not isinstance(known, str):
            self.ledger.add(
                "refused", "unknown dimension", "is no dimension that is known.", "Write its code.", value=one.dimension
            )
            return self._breakdown(one.dimension, Answered(np.full(self.people.size, -1, np.int64), ()))
        if one.bands:
            return self._banded(one)
        codes, given = self._explained(one.column, one.codes, one.missing)
        into: dict[int, str] = {}
        for i, code in enumerate(codes.labels):
            if one.codes and code not in given:
                self._unexplained(one.column, codes, i, f"a category of {one.dimension}", tuple(one.codes))
                continue
            text = given.get(code, self.people.label(one.column, code))
            answer = self.resolve.category(one.dimension, text)
            if not isinstance(answer, str) and code not in given:
                by_code = self.resolve.category(one.dimension, code)
                answer = by_code if isinstance(by_code, str) else answer
            into[i] = self._resolved(one.dimension, text, answer, one.column)
        self._silent(one.column, codes, f"in no group of {one.dimension}")
        return self._breakdown(one.dimension, codes.mapped({i: category for i, category in into.items() if category}))

    def _banded(self, one: Circumstance) -> Breakdown:
        numbers = self.people.numbers(one.column, one.missing)
        codes = np.full(self.people.size, -1, np.int64)
        names = []
        for i, (category, band) in enumerate(one.bands.items()):
            names.append(
                self._resolved(one.dimension, category, self.resolve.category(one.dimension, category), one.column)
            )
            codes[_within(numbers, band.least, band.most)] = i
        outside = int((~np.isnan(numbers) & (codes < 0)).sum())
        if outside:
            self.ledger.add(
                "remark", "outside all bands",
                f"{outside:,} people lie in no band of {one.dimension}: in the total alone.", column=one.column,
            )  # fmt: skip
        return self._breakdown(one.dimension, Answered(codes, tuple(names)))

    def _disability(self) -> Breakdown:
        asked = self.said.disability
        assert asked is not None
        worth = []
        for column in asked.columns:
            codes = self.people.coded(column, self._silent_codes(asked.missing, asked.answers))
            meant = {self.people.canonical(column, each): each in asked.difficulty for each in asked.answers}
            levels = []
            for i, code in enumerate(codes.labels):
                level = meant.get(code)
                if level is None:
                    level = difficulty_codes(self.people.label(column, code), usual=asked.answers)
                if level is None:
                    self._unexplained(column, codes, i, "an answer of the short set", asked.answers)
                levels.append(-1 if level is None else int(level))
            worth.append(np.array([*levels, -1], np.int64)[codes.codes])
        found = status(np.array(worth), incomplete=asked.incomplete)
        unknown = int((found == INCOMPLETE).sum())
        if unknown:
            self.ledger.add(
                "remark", "disability not known",
                f"{unknown:,} people did not answer all six questions and named no difficulty: in no group.",
            )  # fmt: skip
        return self._breakdown(DISABILITY, Answered(found, ("PD", "PWD")))

    def _design(self) -> dict[str, str | None]:
        said = self.said
        design: dict[str, str | None] = {"weight": None, "stratum": None, "psu": None, "fpc": None}
        for key, name, column in (("weight", WEIGHT, said.weight), ("fpc", FPC, said.fpc)):
            if column is not None:
                self.columns[name] = _floats(self.people.numbers(column))
                design[key] = name
        if said.strata:
            self.columns[STRATUM] = _joined([self.people.coded(column) for column in said.strata])
            design["stratum"] = STRATUM
        if said.psu is not None:
            self.columns[PSU] = self.people.coded(said.psu).arrow()
            design["psu"] = PSU
        return design

    def _wanted(
        self,
        number: int,
        one: Outcome,
        place: str,
        ways: Mapping[str, Breakdown],
        areas: Breakdown | None,
        design: Mapping[str, str | None],
    ) -> Wanted:
        name = f"OUTCOME_{number}"
        asked = np.ones(self.people.size, np.bool_)
        for among in one.only:
            asked &= self._among(among)
        if one.estimate == "mean":
            self.columns[name] = _floats(np.where(asked, self.people.numbers(one.column, one.missing), np.nan))
            counted = Counted(name)
        else:
            answers = self._share(one)
            self.columns[name] = Answered(np.where(asked, answers.codes, -1), answers.labels).arrow()
            counted = Counted(name, yes=(YES,), no=(NO,))
        series = self._resolved("series", one.series, self.resolve.series(one.series), self.people.header(one.column))
        group = {}
        for dimension, text in one.group.items():
            group[dimension] = self._resolved(dimension, text, self.resolve.category(dimension, text), "")
        domains = tuple(tuple(ways[dimension] for dimension in domain) for domain in self.said.domains if domain)
        return Wanted(
            series=series or one.series,
            period=self.said.period,
            area=place or self.said.country,
            outcome=counted,
            domains=domains,
            areas=areas,
            crossed_with_areas=self.said.crossed_with_areas,
            weight=design["weight"],
            stratum=design["stratum"],
            psu=design["psu"],
            fpc=design["fpc"],
            single_psu=self.said.single_psu,
            deff=self.said.deff,
            scale=one.multiplied_by,
            sensitive=one.sensitive,
            group={dimension: category for dimension, category in group.items() if category},
            shown_as=self.people.header(one.column),
        )

    def _share(self, one: Outcome) -> Answered:
        explicit = (*one.yes, *one.no)
        silent = self._silent_codes(one.missing, explicit)
        several = self.people.chosen(one.column, one.yes, silent)
        if several is not None:
            return several.mapped({0: NO, 1: YES})
        codes = self.people.coded(one.column, silent)
        yes = {self.people.canonical(one.column, each) for each in one.yes}
        no = {self.people.canonical(one.column, each) for each in one.no}
        into: dict[int, str] = {}
        for i, code in enumerate(codes.labels):
            if code in yes:
                into[i] = YES
            elif not no or code in no:
                into[i] = NO
            else:
                self._unexplained(one.column, codes, i, "a yes, a no or no answer", explicit)
        if yes.isdisjoint(codes.labels) and codes.labels:
            self.ledger.add(
                "question", "nobody said yes", "no answer is one of those that count as yes; is that so?",
                "Correct 'yes' in the mapping, or list the other answers under 'no' if it is so.",
                column=self.people.header(one.column), value=", ".join(one.yes), candidates=codes.labels[:20],
            )  # fmt: skip
        self._silent(one.column, codes, "without an answer")
        return codes.mapped(into)

    def _among(self, among: Among) -> NDArray[np.bool_]:
        if among.values:
            codes = self.people.coded(among.column, self._silent_codes((), among.values))
            wanted = {self.people.canonical(among.column, each) for each in among.values}
            return np.array([*(label in wanted for label in codes.labels), False])[codes.codes]
        return _within(self.people.numbers(among.column), among.least, among.most)

    def _explained(
        self, column: str, codes: Mapping[str, str], missing: Sequence[str]
    ) -> tuple[Answered, dict[str, str]]:
        """A column's answers, and what the mapping says of them, by the form's own codes."""
        answered = self.people.coded(column, self._silent_codes(missing, codes))
        return answered, {self.people.canonical(column, text): code for text, code in codes.items()}

    def _silent_codes(self, missing: Iterable[str], explained: Iterable[str]) -> tuple[str, ...]:
        """Codes that are no answer, unless the mapping says what they mean here."""
        known = set(explained)
        return tuple(code for code in (*self.said.missing, *missing) if code not in known)

    def _silent(self, column: str, codes: Answered, what: str) -> None:
        count = int((codes.codes < 0).sum())
        if count:
            header = self.people.header(column)
            self.ledger.add(
                "remark", "no answer", f"{count:,} of {codes.codes.size:,} people are {what}.", column=header
            )

    def _unexplained(self, column: str, codes: Answered, i: int, what: str, known: tuple[str, ...]) -> None:
        count = int((codes.codes == i).sum())
        self.ledger.add(
            "refused", "unknown_code", f"{count:,} people have an answer that the mapping does not explain.",
            f"Say in the mapping that it is {what}, or that it is missing.",
            column=self.people.header(column), value=codes.labels[i][:200], candidates=known,
        )  # fmt: skip

    def _resolved(self, what: str, text: str, answer: Answer, column: str) -> str:
        """The code, or nothing and a question."""
        if isinstance(answer, str):
            return answer
        header = self.people.header(column) if column else ""
        said = answer.what if isinstance(answer, Question) else f"is no {what} that is known."
        candidates = answer.candidates if isinstance(answer, Question) else ()
        self.ledger.add(
            "question", f"unknown {what}", said, "Answer it, or write its code in the mapping.",
            column=header, value=text[:200], candidates=candidates,
        )  # fmt: skip
        return ""

    def _breakdown(self, dimension: str, answered: Answered) -> Breakdown:
        name = f"BY_{dimension}"
        self.columns[name] = answered.arrow()
        return Breakdown(dimension, name, {each: each for each in dict.fromkeys(answered.labels)})


def _named(said: Microdata) -> list[str]:
    """Every column the mapping names, so that they are read together."""
    names = [said.weight, said.psu, said.fpc, said.area, *said.strata, *(one.column for one in said.circumstances)]
    names += said.disability.columns if said.disability else ()
    for one in said.outcomes:
        names += [one.column, *(among.column for among in one.only)]
    return [name for name in names if name is not None]


def _within(numbers: Numbers, least: float | None, most: float | None) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = ~np.isnan(numbers)
    if least is not None:
        inside &= numbers >= least
    if most is not None:
        inside &= numbers <= most
    return inside


def _floats(numbers: Numbers) -> pa.Array:
    return pa.array(numbers, pa.float64(), mask=np.isnan(numbers))


def _joined(parts: Sequence[Answered]) -> pa.Array:
    """Several columns as one: people alike in all of them are alike; who lacks one lacks all."""
    codes = parts[0].codes
    labels: tuple[str, ...] = parts[0].labels
    for part in parts[1:]:
        pairs = np.where((codes < 0) | (part.codes < 0), -1, codes * max(len(part.labels), 1) + part.codes)
        found, codes = np.unique(pairs, return_inverse=True)
        width = max(len(part.labels), 1)
        labels = tuple("" if k < 0 else f"{labels[k // width]} | {part.labels[k % width]}" for k in found.tolist())
        codes = np.where(pairs < 0, -1, codes)
    return Answered(codes, labels).arrow()
