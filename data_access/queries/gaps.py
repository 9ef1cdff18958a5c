"""The widest documented gaps of a country: what an overview says first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from sqlmodel import Session

from data_access.figures import Figure
from data_access.queries.catalogue import AreaKind, Catalogue, Holding, SeriesFacts
from data_access.queries.figures import read_figures

RECENT_YEARS = 12
"""A gap that is older than the newest real figure of its country by more than this is no headline."""


@dataclass(frozen=True, slots=True)
class WidestGap:
    """Two figures of one source, series and period: who is furthest behind and who is furthest ahead.

    ``between`` tells whether the two are groups of people (``dimension`` names how they are told apart) or areas.
    ``points`` is the size of the gap in the unit of the series, always positive.
    """

    series: str
    between: Literal["groups", "areas"]
    dimension: str
    behind: Figure
    ahead: Figure

    @property
    def points(self) -> float:
        assert self.behind.value is not None and self.ahead.value is not None
        return abs(self.ahead.value - self.behind.value)


def read_widest_gaps(session: Session, catalogue: Catalogue, *, country: str) -> tuple[WidestGap, ...]:
    """The widest gap of every percentage that has a better and a worse end, widest first.

    Only real official figures of the last ``RECENT_YEARS``; between groups at national level where the source has
    them, otherwise between areas of level 1 (or survey regions).
    """
    official = {s.code for s in catalogue.sources.values() if s.origin == "official" and not s.illustrative}
    years = [h.year for h in catalogue.holdings if h.country == country and h.source in official]
    if not years:
        return ()
    oldest = max(years) - RECENT_YEARS
    found = []
    for series in catalogue.series.values():
        if series.unit != "PT" or series.favourable is None:
            continue
        recent = [
            h
            for h in catalogue.holdings_of.get((country, series.code), ())
            if h.source in official and h.year >= oldest and h.n_with_value
        ]
        if recent:
            newest = max(recent, key=lambda h: (h.year, h.time_period))
            gap = _between_groups(session, catalogue, series, newest) or _between_areas(
                session, catalogue, series, newest
            )
            if gap is not None:
                found.append(gap)
    return tuple(sorted(found, key=lambda gap: (-gap.points, gap.series)))


def _between_groups(session: Session, catalogue: Catalogue, series: SeriesFacts, newest: Holding) -> WidestGap | None:
    by_dimension: dict[str, list[Figure]] = defaultdict(list)
    for figure in _figures(session, catalogue, newest, kinds=("country",)):
        apart = catalogue.told_apart(figure.group, newest.universe)
        if figure.value is not None and len(apart) == 1:
            by_dimension[apart[0].dimension].append(figure)
    gaps = [_gap(series, "groups", dimension, found) for dimension, found in by_dimension.items() if len(found) > 1]
    return max(gaps, key=lambda gap: gap.points, default=None)


def _between_areas(session: Session, catalogue: Catalogue, series: SeriesFacts, newest: Holding) -> WidestGap | None:
    kinds: tuple[AreaKind, ...] = ("admin1", "survey_region")
    figures = _figures(session, catalogue, newest, kinds=kinds, groups=(newest.universe,))
    for kind in kinds:
        found = [f for f in figures if f.value is not None and catalogue.areas[f.area].kind == kind]
        if len(found) > 1:
            return _gap(series, "areas", "", found)
    return None


def _figures(
    session: Session,
    catalogue: Catalogue,
    newest: Holding,
    *,
    kinds: tuple[AreaKind, ...],
    groups: tuple[str, ...] | None = None,
) -> tuple[Figure, ...]:
    return read_figures(
        session,
        catalogue,
        country=newest.country,
        series=newest.series,
        groups=groups,
        kinds=kinds,
        sources=(newest.source,),
        time_period=newest.time_period,
    )


def _gap(series: SeriesFacts, between: Literal["groups", "areas"], dimension: str, found: list[Figure]) -> WidestGap:
    ordered = sorted(found, key=lambda f: (f.value or 0.0, f.area, f.group), reverse=not series.favourable)
    return WidestGap(series.code, between, dimension, ordered[0], ordered[-1])
