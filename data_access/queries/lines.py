"""Lines over time: the figures of one source, group and area as points, and the people a figure was counted among."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from data_access.figures import Figure
from data_access.measures.people_behind import Population
from data_access.measures.trend_line import Point
from data_access.periods import years
from data_access.queries.catalogue import Catalogue
from data_access.queries.pairs import measured_as

Counted = Literal["people", "births", "households"]
Line = tuple[str, str, str]
"""Source, group and area: figures that agree in these are one line."""

_SURVEY = re.compile(r"([A-Z][A-Za-z]+) (\d{4}(?:,\s?\d{2,4})*)")
_SURVEYS = re.compile(rf"{_SURVEY.pattern}(?:/{_SURVEY.pattern})*")
_POPULATION = re.compile(r"population = ([^;]*)")
_COUNTED: Mapping[str, Counted] = {"births": "births", "conventional households": "households"}


@dataclass(frozen=True, slots=True)
class Denominator:
    """The people (or births, or households) a figure is a share of, and whose number that is, as its row says it."""

    population: Population
    counted: Counted
    as_stated: str


def lines_of(figures: Iterable[Figure]) -> dict[Line, tuple[Figure, ...]]:
    """The figures by source, group and area, each line in time order; figures without a value stay in their place."""
    found: dict[Line, list[Figure]] = {}
    for figure in figures:
        found.setdefault((figure.source, figure.group, figure.area), []).append(figure)
    return {line: tuple(sorted(own, key=lambda f: years(f.time_period))) for line, own in found.items()}


def point_of(known: Catalogue, figure: Figure) -> Point | None:
    """The figure as a point of its line, None where it has no value.

    Its source is the survey that the row's note names, where it names one: a compilation of several surveys is then
    as many sources, and their figures are not joined.
    """
    if figure.value is None:
        return None
    measured = measured_as(known, figure)
    survey = survey_of(figure.note, figure.time_period)
    known_interval = figure.has_interval
    return Point(
        figure.value,
        replace(measured, source=survey) if survey else measured,
        figure.lower if known_interval else None,
        figure.upper if known_interval else None,
    )


def survey_of(note: str, time_period: str) -> str:
    """The survey of ``time_period`` among those a note lists with their years, empty where it lists none.

    "NDHS 2006,11/NMICS 2014,19" names NDHS for 2011. Where the only survey named has another year (fieldwork of 2017,
    named "NLFS 2018") it is still the one; of several, the one whose year is nearest.
    """
    listed = note.split(";")[0].strip()
    if not _SURVEYS.fullmatch(listed):
        return ""
    named: list[tuple[str, str]] = _SURVEY.findall(listed)
    middle = sum(years(time_period)) / 2
    return min(named, key=lambda each: min(abs(year - middle) for year in _listed(each[1])))[0]


def _listed(text: str) -> list[int]:
    """ "2006,11" is 2006 and 2011."""
    first, *others = (part.strip() for part in text.split(","))
    return [int(first), *(int(first[: 4 - len(each)] + each) for each in others)]


def denominator_of(known: Catalogue, figure: Figure) -> Denominator | None:
    """What the figure is a share of, from its own row; None where the row has no number or it is not a denominator.

    The column of a count holds the total of its table, not the group's own people, so only shares have one. Its year
    is the figure's, unless the note says otherwise ("population = 2022 (WPP 2024)").
    """
    series = known.series[figure.series]
    if figure.population is None or series.unit not in ("PT", "PER_1000"):
        return None
    said = _POPULATION.search(figure.note)
    words = said[1].strip() if said else ""
    stated_year = re.match(r"\d{4}\b", words)
    first, last = years(figure.time_period)
    point = point_of(known, figure)
    source = point.measured.source if point else None
    return Denominator(
        Population(
            float(figure.population),
            source or figure.source,
            float(stated_year[0]) if stated_year else (first + last) / 2,
            figure.area,
            figure.group,
        ),
        _COUNTED.get(words, "people"),
        words,
    )
