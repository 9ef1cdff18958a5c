"""Linked tables as an attacker sees them: cells, and which add up to which."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from math import isclose

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.cells import Cell, Hierarchy, category, check_known, name_of, with_category
from data_access.disclosure.primary import Rule
from data_access.disclosure.problems import CellMissing, CountBelowZero, NotAdditive

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]

TOLERANCE = 1e-6
"""How far, relative to a total, its parts may miss it before they are refused as not adding up."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A total and the parts that add up to it, as positions in the table's cells."""

    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """Positions of the total and its parts."""
        return (self.total, *self.parts)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Everything published from one source, now and before, in one system of m cells; arrays of shape (m,).

    ``values`` true counts. ``published``: shown now unless hidden. ``shown_before``: shown by an earlier release, so
    that hiding it again hides nothing. ``primary``: tells too much by itself. An attacker must be unable to exclude
    ``values + above`` and ``values − below`` of a primary cell. ``figure`` numbers the figures: cells of one figure are
    hidden together. ``never_hidden``: may not be hidden for another's sake.
    """

    cells: tuple[Cell, ...]
    values: Floats
    relations: tuple[Relation, ...]
    published: Flags
    shown_before: Flags
    primary: Flags
    above: Floats
    below: Floats
    figure: Indices
    never_hidden: Flags

    def __len__(self) -> int:
        """Number of cells."""
        return len(self.cells)

    @property
    def must_hide(self) -> Flags:
        """Cells that are hidden whatever is chosen: primary ones with their figures, and those not published."""
        figures = np.unique(self.figure[self.primary])
        return (np.isin(self.figure, figures) | ~self.published) & ~self.shown_before

    @property
    def may_hide(self) -> Flags:
        """Cells that can be hidden for another's sake, where they need not be hidden anyway."""
        barred = np.unique(self.figure[self.never_hidden])
        return self.published & ~self.shown_before & ~np.isin(self.figure, barred) & ~self.must_hide

    @property
    def needs(self) -> Flags:
        """Cells that an attacker must not find: primary, and not shown before."""
        return self.primary & ~self.shown_before

    def position(self, one: Cell) -> int:
        """Where a cell stands; CellMissing when the table has no such cell."""
        try:
            return self.cells.index(one)
        except ValueError:
            raise CellMissing(name_of(one), "the table") from None


def build(
    values: Mapping[Cell, float],
    hierarchies: Iterable[Hierarchy],
    *,
    primary: Collection[Cell] | Callable[[Cell, float], bool] | None = None,
    rule: Rule | None = None,
    published: Collection[Cell] | None = None,
    shown_before: Collection[Cell] = (),
    together: Iterable[Collection[Cell]] = (),
) -> Table:
    """The system of all relations that hold between these cells.

    ``values`` true counts of every cell published from the source: now, in an earlier release, or never but known to
    exist. ``published`` those of this release (None: all). ``shown_before`` those whose value an earlier release
    showed; a value since revised counts as known all the same, which gives the attacker more than they have. ``primary``
    cells that tell too much by themselves, or a function that says so (None: counts that ``rule`` finds small).
    ``together``: cells of one figure, such as numerator, complement and base of a percentage.

    Where only some parts of a total are given, the rest becomes a cell that is not published: who reads the total and
    the parts knows it by subtraction, so a small rest is protected like any other cell.

    Raises UnknownCategory, CountBelowZero, NotAdditive or CellMissing, naming the cell.
    """
    rule = rule or Rule()
    dimensions = tuple(hierarchies)
    by_name = {hierarchy.dimension: hierarchy for hierarchy in dimensions}
    for one, value in values.items():
        check_known(one, value, by_name)
    given = dict(values)
    complete = with_rests(given, dimensions)
    cells = tuple(complete)
    at = {one: position for position, one in enumerate(cells)}
    for where, named in (("published", published or ()), ("shown_before", shown_before)):
        _require(named, at, where)
    found = np.array([complete[one] for one in cells], dtype=np.float64)
    is_primary = _says(primary, rule)
    rest_is_small = _says(None, rule)
    hidden = np.array([(is_primary if c in given else rest_is_small)(c, complete[c]) for c in cells], dtype=np.bool_)
    shown = given if published is None else set(published)
    return Table(
        cells=cells,
        values=found,
        relations=_relations(complete, at, dimensions),
        published=np.array([one in shown for one in cells], dtype=np.bool_),
        shown_before=np.array([one in set(shown_before) for one in cells], dtype=np.bool_),
        primary=hidden,
        above=np.where(hidden, rule.above, 0.0),
        below=np.where(hidden, np.minimum(rule.below, found), 0.0),
        figure=_figures(cells, at, together),
        never_hidden=(found == 0) & rule.zeros_open & ~hidden,
    )


def _says(primary: Collection[Cell] | Callable[[Cell, float], bool] | None, rule: Rule) -> Callable[[Cell, float], bool]:
    if primary is None:
        return lambda _, value: rule.small(value)
    if callable(primary):
        return primary
    named = frozenset(primary)
    return lambda one, _: one in named
