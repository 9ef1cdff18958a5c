"""Knowledge gaps: what is known of which group, by indicator, for a country or for each of its areas.

Groups are named without the people a series speaks of anyway (``DISABILITY_STATUS=PD`` for women of 15–49, too);
``SEX=*`` asks whether a series is told apart by sex at all. Where the coverage summary says that there is nothing,
no observation is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session

from data_access.disclosure import SMALLEST_CELL
from data_access.importing.catalogue import table_of
from data_access.measures.coverage_matrix import Years
from data_access.models import Observation
from data_access.models.groups import group_key, members
from data_access.queries.absence import NOT_HELD, OTHER_AREAS, Reasoned, why_absent
from data_access.queries.facts import AreaKind, Catalogue, Holding
from data_access.queries.knowledge_gaps_expected import Expected, dimensions_of

SORTS_OF_FIGURES = ("official", "community", "illustrative", "withheld")
ANY = "*"
Cell = tuple[int, int]
"""Row and column of the matrix."""

_observed = table_of(Observation).c


@dataclass(frozen=True, eq=False)
class Evidence:
    """The newest years with a figure, one row a series, one column a group (or an area), 0 where there is none.

    ``official`` and ``community`` are real figures; ``illustrative`` invented ones, which cover nothing; ``withheld``
    real ones that exist and are not shown, to protect people. ``below`` tells where there are figures for parts of
    the country only; ``possible`` whether the series can be broken down so at all.
    """

    series: tuple[str, ...]
    columns: tuple[str, ...]
    official: Years
    community: Years
    illustrative: Years
    withheld: Years
    below: NDArray[np.bool_]
    possible: NDArray[np.bool_]


def read_evidence(
    session: Session,
    known: Catalogue,
    expected: Expected,
    *,
    country: str,
    series: Sequence[str],
    groups: Sequence[str],
) -> Evidence:
    """What is known of ``groups`` in ``country``, in whatever area, by each of ``series``."""
    asked = _Asked(known, expected, country, series, groups)
    years = {sort: np.zeros((len(series), len(groups)), dtype=np.int16) for sort in SORTS_OF_FIGURES}
    national = [area.id for area in known.areas_of(country, "country")]
    _take(years, asked.newest(session, asked.held_nationally(), _observed.area_id.in_(national)))
    before = (years["official"] > 0) | (years["community"] > 0)
    _take(years, asked.newest(session, asked.newer_below(years), _observed.area_id.not_in(national)))
    below = ((years["official"] > 0) | (years["community"] > 0)) & ~before
    asked.told_apart_at_all(years, below)
    return Evidence(tuple(series), tuple(groups), **years, below=below, possible=asked.possible)


def read_area_evidence(
    session: Session,
    known: Catalogue,
    expected: Expected,
    *,
    country: str,
    series: Sequence[str],
    groups: Sequence[str],
    areas: Sequence[str],
) -> Evidence:
    """What is known in each of ``areas``: of one group by several series, or of several groups by one series.

    One row a series (or a group), one column an area. ValueError when both are several.
    """
    if min(len(series), len(groups)) > 1:
        raise ValueError("an area matrix has one group or one series")
    asked = _Asked(known, expected, country, series, groups)
    shape = (max(len(series), len(groups)), len(areas))
    years = {sort: np.zeros(shape, dtype=np.int16) for sort in SORTS_OF_FIGURES}
    column = {known.areas[code].id: number for number, code in enumerate(areas)}
    cells = {row: frozenset(range(len(groups))) for row in range(len(series))}
    for row, group, area, found in asked.newest_by_area(session, cells, _observed.area_id.in_(list(column))):
        _take(years, [((max(row, group), column[area]), found)])
    possible = np.repeat(asked.possible.reshape(-1, 1), len(areas), axis=1)
    nowhere = np.zeros(shape, dtype=np.bool_)
    names = tuple(series) if len(groups) == 1 else tuple(groups)
    return Evidence(names, tuple(areas), **years, below=nowhere, possible=possible)


def _take(years: Mapping[str, Years], found: Iterable[tuple[Cell, Sequence[int | None]]]) -> None:
    """Let each year that is newer than what stands in its cell stand there."""
    rows, columns, numbers = [], [], []
    for (row, column), newest in found:
        rows.append(row)
        columns.append(column)
        numbers.append([year or 0 for year in newest])
    if rows:
        block = np.array(numbers, dtype=np.int16)
        for number, sort in enumerate(SORTS_OF_FIGURES):
            np.maximum.at(years[sort], (rows, columns), block[:, number])


class _Asked:
    """The cells that are asked for, and which observed groups stand for which column of which row."""

    def __init__(
        self, known: Catalogue, expected: Expected, country: str, series: Sequence[str], groups: Sequence[str]
    ) -> None:
        self.known, self.country, self.series, self.groups = known, country, series, groups
        self.row = {code: number for number, code in enumerate(series)}
        self.holdings = [h for code in series for h in known.holdings_of.get((country, code), ())]
        self.possible = np.ones((len(series), len(groups)), dtype=np.bool_)
        self.stands_for: list[Mapping[int, Collection[int]]] = []
        self.of_dimensions: list[Mapping[frozenset[str], Collection[int]]] = []
        alike: dict[tuple[frozenset[str], str], _Standing] = {}
        for row, code in enumerate(series):
            universes = spoken_of(known, country, code)
            whole = expected.whole(known.series[code])
            key = (universes, group_key(whole))
            if key not in alike:
                alike[key] = _observed_groups(known.groups, universes, whole, groups)
            self.stands_for.append(alike[key].columns)
            self.of_dimensions.append(alike[key].of_dimensions)
            self.possible[row, alike[key].impossible] = False
            if expected.limits(known.series[code]):
                self.possible[row, [bool(expected.cannot(known.series[code], group)) for group in groups]] = False

    def held_nationally(self) -> dict[int, AbstractSet[int]]:
        """Rows that the coverage summary has national figures of, with every column."""
        rows = {self.row[h.series] for h in self.holdings if h.area_kind == "country"}
        every = frozenset(range(len(self.groups)))
        return dict.fromkeys(sorted(rows), every)

    def newer_below(self, years: Mapping[str, Years]) -> dict[int, AbstractSet[int]]:
        """Cells that may have newer figures for parts of the country than nationally, or their only ones."""
        newest: dict[tuple[int, str, frozenset[str]], int] = defaultdict(int)
        apart_of: dict[tuple[str, str], frozenset[str]] = {}
        for holding in self.holdings:
            if holding.area_kind != "country":
                named = (holding.breakdown, holding.universe)
                if named not in apart_of:
                    apart_of[named] = frozenset({*holding.breakdown.split("|"), *members(holding.universe)} - {""})
                key = (self.row[holding.series], self.sort_of(holding), apart_of[named])
                newest[key] = max(newest[key], holding.year)
        cells: dict[int, set[int]] = defaultdict(set)
        for (row, sort, apart), year in newest.items():
            columns = list(self.of_dimensions[row].get(apart, ()))
            older = years[sort][row, columns] < year
            if older.any():
                cells[row].update(np.array(columns)[older].tolist())
        return dict(cells)

    def sort_of(self, holding: Holding) -> str:
        """In which array a holding counts."""
        source = self.known.sources[holding.source]
        return "illustrative" if source.illustrative else source.origin

    def newest(
        self, session: Session, cells: Mapping[int, AbstractSet[int]], where: ColumnElement[bool]
    ) -> Iterable[tuple[Cell, Sequence[int | None]]]:
        """The newest years of the cells, by the sorts of figures."""
        for series, group, *years in self._ask(session, cells, where, ()):
            row = self._row_of(series)
            for column in self.stands_for[row].get(group, ()):
                if column in cells[row]:
                    yield (row, column), years

    def newest_by_area(
        self, session: Session, cells: Mapping[int, AbstractSet[int]], where: ColumnElement[bool]
    ) -> Iterable[tuple[int, int, int, Sequence[int | None]]]:
        """Row, column, area and newest years."""
        for series, group, area, *years in self._ask(session, cells, where, (_observed.area_id,)):
            row = self._row_of(series)
            for column in self.stands_for[row].get(group, ()):
                yield row, column, area, years

    def _row_of(self, series_id: int) -> int:
        return self._rows_by_id[series_id]

    def _ask(
        self,
        session: Session,
        cells: Mapping[int, AbstractSet[int]],
        where: ColumnElement[bool],
        by: Sequence[ColumnElement[int]],
    ) -> Sequence[Any]:
        self._rows_by_id = {self.known.series[self.series[row]].id: row for row in cells}
        groups: set[int] = set()
        for row, columns in cells.items():
            whole = len(columns) == len(self.groups)
            groups.update(g for g, its in self.stands_for[row].items() if whole or not columns.isdisjoint(its))
        if not groups:
            return ()
        official = [s.id for s in self.known.sources.values() if s.origin == "official"]
        shown = _observed.value.is_not(None) & or_(
            _observed.source_id.in_(official), _observed.n.is_(None), _observed.n >= SMALLEST_CELL
        )
        real = ~_observed.illustrative
        hidden = or_(_observed.status == "Q", _observed.value.is_not(None) & ~shown)
        keys = (_observed.series_id, _observed.group_id, *by)
        asked = (
            select(
                *keys,
                func.max(case((shown & real & _observed.source_id.in_(official), _observed.year))),
                func.max(case((shown & real & _observed.source_id.not_in(official), _observed.year))),
                func.max(case((shown & _observed.illustrative, _observed.year))),
                func.max(case((hidden & real, _observed.year))),
            )
            .where(
                _observed.country_id == self.known.countries[self.country].id,
                _observed.series_id.in_(sorted(self._rows_by_id)),
                _observed.group_id.in_(sorted(groups)),
                where,
                _observed.revision == 0,
                # Looked at in each row, not sought by: seeking every source in every cell takes six times as long.
                (_observed.source_id + 0).in_(list(self.known.source_by_id)),
            )
            .group_by(*keys)
        )
        return session.execute(asked).all()

    def told_apart_at_all(self, years: Mapping[str, Years], below: NDArray[np.bool_]) -> None:
        """Fill the columns that ask whether a series is told apart by a dimension at all, from the summary alone."""
        wild = {dimensions_of(group)[0]: c for c, group in enumerate(self.groups) if group.endswith(f"={ANY}")}
        if not wild:
            return
        national: set[Cell] = set()
        for holding in self.holdings:
            for dimension in holding.breakdown.split("|"):
                if dimension in wild and holding.n_with_value:
                    sort, cell = self.sort_of(holding), (self.row[holding.series], wild[dimension])
                    years[sort][cell] = max(int(years[sort][cell]), holding.year)
                    if holding.area_kind == "country" and sort != "illustrative":
                        national.add(cell)
        for row in range(len(self.series)):
            for column in wild.values():
                held = years["official"][row, column] or years["community"][row, column]
                below[row, column] = bool(held) and (row, column) not in national


@dataclass(frozen=True)
class _Standing:
    """Ids of groups as they are observed → the columns they stand for; the same by the dimensions of their keys; and
    the columns that nobody could belong to."""

    columns: Mapping[int, Collection[int]]
    of_dimensions: Mapping[frozenset[str], Collection[int]]
    impossible: list[int]


def _observed_groups(
    ids: Mapping[str, int], universes: Collection[str], whole: Mapping[str, str], groups: Sequence[str]
) -> _Standing:
    found: dict[int, set[int]] = defaultdict(set)
    of_dimensions: dict[frozenset[str], set[int]] = defaultdict(set)
    impossible = []
    for column, group in enumerate(groups):
        if group.endswith(f"={ANY}"):
            continue
        wanted = members(group)
        fitting = [u for u in universes if _fits(wanted, {**members(u), **whole})]
        if not fitting:
            impossible.append(column)
        for universe in fitting:
            shared = members(universe)
            for key in (group_key({**shared, **wanted}), group_key(shared | _without(wanted, whole))):
                if key in ids:
                    found[ids[key]].add(column)
                    of_dimensions[frozenset(members(key))].add(column)
    return _Standing(found, of_dimensions, impossible)


def spoken_of(known: Catalogue, country: str, series: str) -> frozenset[str]:
    """Whom each source of a series speaks of by its definition, as group keys.

    The age range of a source is part of its definition; a sex only where every source of the series, in every
    country, has it. A survey that reached people with disabilities alone says nothing of everyone.
    """
    universes = {h.universe for code in known.countries for h in known.holdings_of.get((code, series), ())}
    sexes = {members(universe).get("SEX") for universe in universes}
    kept = ("AGE", "SEX") if len(sexes) == 1 else ("AGE",)
    here = known.holdings_of.get((country, series), ())
    return frozenset(
        group_key({d: c for d, c in members(universe).items() if d in kept}) for universe in {h.universe for h in here}
    ) or frozenset({""})


def _fits(wanted: Mapping[str, str], shared: Mapping[str, str]) -> bool:
    return all(shared.get(dimension, category) == category for dimension, category in wanted.items())


def _without(wanted: Mapping[str, str], whole: Mapping[str, str]) -> dict[str, str]:
    return {dimension: code for dimension, code in wanted.items() if whole.get(dimension) != code}


def same_group(known: Catalogue, country: str, series: str, one: str, other: str) -> bool:
    """Whether two group keys name the same people among those the series speaks of."""
    universes = spoken_of(known, country, series)
    return any(
        {**members(universe), **members(one)} == {**members(universe), **members(other)}
        for universe in universes
        if ANY not in (one + other)
    )


def only_real(known: Catalogue, *, of_areas: bool = False) -> Catalogue:
    """The catalogue without what is held of invented sources: for asking why. Facts about places beyond those held
    are left out as well unless ``of_areas``: of a whole country they say nothing."""
    holdings = tuple(h for h in known.holdings if not known.sources[h.source].illustrative)
    facts = {key: fact for key, fact in known.breakdown_facts.items() if of_areas or fact.aspect != OTHER_AREAS}
    return replace(known, holdings=holdings, breakdown_facts=MappingProxyType(facts))


def why_unknown(real: Catalogue, *, country: str, series: str, group: str, kind: AreaKind = "country") -> Reasoned:
    """Why no source of ``real`` (see ``only_real``) has a figure of the group, as recorded."""
    if not real.holdings_of.get((country, series)):
        return NOT_HELD
    return why_absent(real, country=country, series=series, group=group, kind=kind)
