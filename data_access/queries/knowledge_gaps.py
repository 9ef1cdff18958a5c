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
from itertools import chain
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session

from data_access.disclosure import SMALLEST_CELL
from data_access.importing.catalogue import table_of
from data_access.measures.coverage_matrix import Years
from data_access.models import NewestFigure, Observation
from data_access.models.groups import group_key, members
from data_access.queries.absence import NOT_HELD, OTHER_AREAS, Reasoned, why_absent
from data_access.queries.facts import AreaKind, Catalogue, Holding, SourceFacts
from data_access.queries.knowledge_gaps_expected import Expected, dimensions_of

SORTS_OF_FIGURES = ("official", "community", "illustrative", "withheld")
ANY = "*"
Cell = tuple[int, int]
"""Row and column of the matrix."""

_observed = table_of(Observation).c
_newest = table_of(NewestFigure).c


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
    asked.newest(session, years, below=False)
    before = (years["official"] > 0) | (years["community"] > 0)
    asked.newest(session, years, below=True)
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
        cell = np.array([max(row, group)]), np.array([column[area]])
        _take(years, *cell, np.array([[year or 0 for year in found]], dtype=np.int16))
    possible = np.repeat(asked.possible.reshape(-1, 1), len(areas), axis=1)
    nowhere = np.zeros(shape, dtype=np.bool_)
    names = tuple(series) if len(groups) == 1 else tuple(groups)
    return Evidence(names, tuple(areas), **years, below=nowhere, possible=possible)


def _take(
    years: Mapping[str, Years],
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    found: NDArray[np.int16],
    *,
    newer: bool = False,
) -> None:
    """Let each year of ``found``, one column a sort, stand in its cell where it is newer than what stands there.

    With ``newer`` cells whose figures are no newer in any sort stay as they are.
    """
    if newer:
        held = np.stack([years[sort][rows, columns] for sort in SORTS_OF_FIGURES[:3]], axis=1)
        shown = (found[:, :3] > held).any(axis=1)
        hidden = found[:, 3] > held[:, :2].max(axis=1)
        rows, columns, found = (part[shown | hidden] for part in (rows, columns, found))
    for number, sort in enumerate(SORTS_OF_FIGURES):
        np.maximum.at(years[sort], (rows, columns), found[:, number])


def _columns_of(at: NDArray[np.int64]) -> Iterable[NDArray[np.int64]]:
    """Pairs of group and column, parted so that no group stands twice in one part; most stand for one column."""
    left = at
    while len(left):
        _groups, first = np.unique(left[:, 0], return_index=True)
        yield left[first]
        left = np.delete(left, first, axis=0)


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
        cannot: dict[frozenset[str], list[bool]] = {}
        for row, code in enumerate(series):
            universes = spoken_of(known, country, code)
            whole = expected.whole(known.series[code])
            key = (universes, group_key(whole))
            if key not in alike:
                alike[key] = _observed_groups(known.groups, universes, whole, groups)
            self.stands_for.append(alike[key].columns)
            self.of_dimensions.append(alike[key].of_dimensions)
            self.possible[row, alike[key].impossible] = False
            if limits := expected.limits(known.series[code]):
                if limits not in cannot:
                    cannot[limits] = [bool(expected.cannot(known.series[code], group)) for group in groups]
                self.possible[row, cannot[limits]] = False

    def sort_of(self, holding: Holding) -> str:
        """In which array a holding counts."""
        return _sort(self.known.sources[holding.source])

    def newest(self, session: Session, years: Mapping[str, Years], *, below: bool) -> None:
        """Let the newest national years stand in ``years``; with ``below``, newer ones for parts of the country."""
        of_sort = (func.max(case((_newest.sort == sort, _newest.shown))) for sort in SORTS_OF_FIGURES[:3])
        asked = (
            select(
                _newest.series_id,
                _newest.group_id,
                *(func.coalesce(year, 0) for year in of_sort),
                func.coalesce(func.max(case((_newest.sort != "illustrative", _newest.hidden))), 0),
            )
            .where(
                _newest.country_id == self.known.countries[self.country].id,
                _newest.below == below,
                _newest.source_id.in_(list(self.known.source_by_id)),
            )
            .group_by(_newest.series_id, _newest.group_id)
        )
        found = session.execute(asked).all()
        if not found:
            return
        table = np.fromiter(chain.from_iterable(found), np.int64).reshape(-1, len(SORTS_OF_FIGURES) + 2)
        for rows, stands_for in self.rows_alike():
            at = np.array([(group, column) for group, its in stands_for.items() for column in its], dtype=np.int64)
            if not len(at):
                continue
            of_series = np.full(table[:, 0].max() + 1, -1)
            for series_id, row in rows.items():
                if series_id < len(of_series):
                    of_series[series_id] = row
            mine = table[of_series[table[:, 0]] >= 0]
            for level in _columns_of(at):
                column_of = np.full(max(table[:, 1].max(), level[:, 0].max()) + 1, -1)
                column_of[level[:, 0]] = level[:, 1]
                own = mine[column_of[mine[:, 1]] >= 0]
                _take(years, of_series[own[:, 0]], column_of[own[:, 1]], own[:, 2:].astype(np.int16), newer=below)

    def rows_alike(self) -> Iterable[tuple[dict[int, int], Mapping[int, Collection[int]]]]:
        """Series ids → rows, for those in which the same groups stand for the same columns."""
        found: dict[int, dict[int, int]] = {}
        for row, stands_for in enumerate(self.stands_for):
            found.setdefault(id(stands_for), {})[self.known.series[self.series[row]].id] = row
        for rows in found.values():
            yield rows, self.stands_for[next(iter(rows.values()))]

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


def _sort(source: SourceFacts) -> str:
    return "illustrative" if source.illustrative else source.origin


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
