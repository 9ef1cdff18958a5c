"""Groups a series cannot speak of: men in a series of women, an age outside the series' ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from data_access.importing.checks.report import Hits
from data_access.importing.checks.table import Table, where
from data_access.importing.resolution.ages import OLDEST, months
from data_access.queries.facts import SeriesFacts

_WOMEN = re.compile(r"\b(?:women|mothers?|girls|female population)\b")
_MEN = re.compile(r"\b(?:men|fathers?|boys|male population)\b")
_LEADING = re.compile(
    r"^(?:(?:young|ever-married|currently married|married|pregnant|adolescent)\s+)*(women|mothers|girls|men|boys)\b"
)
_PER = re.compile(r"per [\d,]+ (women|men)\b")
_SPAN = re.compile(
    r"\bage[ds]?\s+(\d{1,2})\s*[-–]\s*(\d{1,2})(?:\s+(months?))?|\b(?:children|aged?|ages)\s+(\d{1,2})[-–](\d{1,2})\s+(years|months)"
)
_FROM = re.compile(r"\bage[ds]?\s+(\d{1,2})\s*(?:\+|(?:years )?and (?:over|above))")
_UNDER = re.compile(r"\bchildren under (?:age )?(\d{1,2})\b")
_OF_BIRTHS = ("birth", "mother")


@dataclass(frozen=True, slots=True)
class Universe:
    """Who a series is about: SEX code (empty for both) and ages in months (None where its name does not say)."""

    sex: str
    ages: tuple[int, int] | None


def universe(series: SeriesFacts) -> Universe:
    """Who ``series`` is about, as its name and its recorded age range say; nothing is assumed where they do not."""
    name = series.name.casefold()
    sex = ""
    subject = _LEADING.match(name) or _PER.search(name)
    if subject and not (_WOMEN.search(name) and _MEN.search(name)):
        sex = "F" if subject[1] in ("women", "mothers", "girls") else "M"
    return Universe(sex, _ages(series.age_range.casefold()) or _ages(name))


def _ages(text: str) -> tuple[int, int] | None:
    if found := _SPAN.search(text):
        first, last, unit = (found[1], found[2], found[3]) if found[1] else (found[4], found[5], found[6])
        each = 1 if (unit or "").startswith("month") else 12
        return int(first) * each, (int(last) + 1) * each - 1
    if found := _FROM.search(text):
        return int(found[1]) * 12, OLDEST * 12 - 1
    if found := _UNDER.search(text):
        return 0, int(found[1]) * 12 - 1
    return None


def impossible(table: Table) -> Iterator[Hits]:
    """Rows whose group the series, as it is named, cannot hold."""
    catalogue = table.catalogue
    series, group = table.text("series"), table.text("group")
    about = [
        universe(catalogue.series[code]) if code in catalogue.series else Universe("", None) for code in series.labels
    ]
    of_births = [
        any(word in catalogue.series[c].name.casefold() for word in _OF_BIRTHS) if c in catalogue.series else True
        for c in series.labels
    ]
    apart, strange, part = (np.zeros((len(about) + 1, len(group.labels) + 1), np.bool_) for _ in range(3))
    for g, parts in enumerate(table.groups):
        age = months((parts or {}).get("AGE", ""))
        sex = (parts or {}).get("SEX", "")
        for s, who in enumerate(about):
            apart[s, g] = bool(sex and who.sex and sex != who.sex)
            if age and who.ages and not of_births[s]:
                strange[s, g] = age[1] < who.ages[0] or age[0] > who.ages[1]
                part[s, g] = not strange[s, g] and not (who.ages[0] <= age[0] and age[1] <= who.ages[1])
    for marks, rule, what in (
        (apart, "impossible_sex", "The series is about the other sex."),
        (strange, "impossible_age", "None of these ages are among those the series is about."),
    ):
        if (bad := marks[series.codes, group.codes]).any():
            yield Hits(rule, "refused", where(bad), what, "Correct the group or the series in the mapping.", "group")
    if (bad := part[series.codes, group.codes]).any():
        yield Hits(
            "age_partly_outside",
            "question",
            where(bad),
            "Some of these ages are outside those the series is about.",
            "Check the age group, or record the ages this source asks.",
            "group",
        )
