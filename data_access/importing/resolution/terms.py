"""Names of series and of the categories of a dimension, found by text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.resolution.ages import age_code
from data_access.importing.resolution.areas import LONGEST, NEAR_SEARCHES
from data_access.importing.resolution.names import code_key, comparable
from data_access.importing.resolution.near import first_of_each, nearest
from data_access.importing.resolution.outcomes import Candidate, How, Outcome, Question, Resolved, Unknown
from data_access.importing.shipped import SAMPLE_DATA, catalogue_rows
from data_access.models import Category, Dimension, Series

TOTAL_CODE = "_T"
EVERY_DIMENSION = "*"


@dataclass
class Terms:
    """Codes with their names; a text that is the code of one and a name of another is a question."""

    titles: dict[str, str] = field(default_factory=dict)
    found_by: dict[str, dict[str, How]] = field(default_factory=dict)
    hints: dict[str, list[Candidate]] = field(default_factory=dict)
    by_age: bool = False
    longest: int = LONGEST
    _spelt: list[str] = field(default_factory=list)
    _searches: int = 0

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self.titles)

    def add(self, code: str, title: str, names: Iterable[tuple[str, How]]) -> None:
        """Record a code, its title, and what it is found by."""
        self.titles.setdefault(code, title)
        for text, how in (*names, (code, "code")):
            key = code_key(text) if how == "code" else comparable(text)
            if key:
                self.found_by.setdefault(key, {}).setdefault(code, how)

    def find(self, text: str) -> Outcome:
        """What ``text`` names; see Resolver.series and Resolver.group."""
        if not text.strip():
            return Unknown("the cell is empty")
        if len(text) > self.longest:
            return Unknown("too long for a name")
        key = comparable(text)
        found = self.found_by.get(code_key(text), {}) | self.found_by.get(key, {})
        if len(found) == 1:
            ((code, how),) = found.items()
            return Resolved(code, how)
        if found:
            return Question(
                f"it may mean {len(found)} things",
                tuple(Candidate(code, self.titles[code], found[code]) for code in sorted(found)),
            )
        if self.by_age and (aged := age_code(text)):
            return (
                Resolved(aged, "age range") if aged in self.titles else Unknown(f"no age group {aged} in the catalogue")
            )
        if hinted := self.hints.get(text.strip()):
            return Question("the number of an SDG indicator, which several series may measure", tuple(hinted))
        return self._near(key)

    def _near(self, key: str) -> Outcome:
        self._searches += 1
        if self._searches > NEAR_SEARCHES:
            return Unknown(f"no recorded name; near names were looked for in the first {NEAR_SEARCHES} such texts only")
        if len(self._spelt) != len(self.found_by):
            self._spelt = list(self.found_by)
        scored = (
            (code, score) for place, score in nearest(key, self._spelt) for code in self.found_by[self._spelt[place]]
        )
        candidates = tuple(
            Candidate(code, self.titles[code], f"spelt {score:.0f} % alike") for code, score in first_of_each(scored)
        )
        return Question("no recorded name; some are near", candidates) if candidates else Unknown("no recorded name")


def read_series(session: Session) -> Terms:
    """Every series by code and name, and which series measure which SDG indicator."""
    terms = Terms(longest=400)
    for series in session.scalars(select(Series)):
        terms.add(series.code, series.name, [(series.name, "current name")])
        if series.sdg_indicator_code:
            terms.hints.setdefault(series.sdg_indicator_code, []).append(
                Candidate(series.code, series.name, f"{series.sdg_relation} to it")
            )
    order = {"exact": 0, "proxy": 1, "related": 2}
    for candidates in terms.hints.values():
        candidates.sort(key=lambda c: (order.get(c.why.split()[0], 3), c.code))
    return terms


def read_categories(session: Session, root: Path = SAMPLE_DATA) -> dict[str, Terms]:
    """Every category by dimension; each dimension also knows the total, ``_T``."""
    dimensions = {d.id: d.code for d in session.scalars(select(Dimension))}
    found = {code: Terms(by_age=code == "AGE") for code in dimensions.values()}
    for category in session.scalars(select(Category)):
        found[dimensions[category.dimension_id]].add(
            category.code,
            category.name,
            [
                (category.name, "current name"),
                (category.published_name, "further name"),
                (category.name_local, "local name"),
            ],
        )
    for row in catalogue_rows("category_names", root, illustrative=False):
        for dimension, terms in found.items():
            if row["dimension"] in (dimension, EVERY_DIMENSION):
                title = "Total" if row["code"] == TOTAL_CODE else terms.titles.get(row["code"], row["name"])
                terms.add(row["code"], title, [(row["name"], "further name")])
    return found
