"""What a file leaves open, as questions a person can answer by choosing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.importing.desk.confirmed import doubt
from data_access.importing.findings import Finding
from data_access.queries.catalogue import Catalogue


@dataclass(frozen=True)
class Question:
    """One text of the file and what it may mean.

    ``about`` area, series or the code of a dimension, as answers have it; empty where no choice can answer it.
    ``likely`` codes with why they are offered, likeliest first.
    """

    finding: Finding
    about: str
    likely: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The file's text."""
        return self.finding.value


def asked(findings: Iterable[Finding]) -> list[Question]:
    """Each question once, in the order of the file; doubts about figures are not among them."""
    found: dict[tuple[str, str, str], Question] = {}
    for one in findings:
        if one.kind != "question" or not one.rule.startswith("unknown "):
            continue
        question = Question(one, _about(one), tuple(_candidate(text) for text in one.candidates))
        found.setdefault((one.rule, one.value, "" if question.about else one.column), question)
    return list(found.values())


def doubts(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Doubts about figures that are understood, by rule, sheet and column: to be mended, or confirmed."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        if key := doubt(one):
            found.setdefault(key, []).append(one)
    return found


def others(known: Catalogue, about: str, countries: Iterable[str]) -> dict[str, str]:
    """Every further code that could answer a question, with its name: what a person may look for beyond candidates."""
    if about == "area":
        covered = set(countries)
        return {a.code: a.name for a in known.areas.values() if a.country in covered}
    if about == "series":
        return {s.code: s.name for s in known.series.values()}
    return {c.code: c.name for c in known.categories.values() if c.dimension == about}


def _about(finding: Finding) -> str:
    what = finding.rule.removeprefix("unknown ")
    if what in ("area", "series"):
        return what
    return what.removeprefix("category of ") if what.startswith("category of ") else ""


def _candidate(text: str) -> tuple[str, str]:
    code, _, why = text.partition(" ")
    return code, why
