"""Linked tables as an attacker sees them: everything a source shows, in one system of sums."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.cells import Cell, Hierarchy, check_known, name_of
from data_access.disclosure.primary import Rule
from data_access.disclosure.problems import CellMissing, LengthsDiffer, NotFlags
from data_access.disclosure.relations import Relation, relations_between, with_rests

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]
TooTelling = Callable[[Cell, float], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Attacker:
    """What somebody knows besides what is shown, and what they must be unable to exclude; arrays of shape (m,).

    ``floor``: the least each hidden cell can be. They must be unable to exclude ``values + above`` and
    ``values − below``; both are 0 where there is nothing to protect.
    """

    floor: Floats
    above: Floats
    below: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Everything published from one source, now and before: m cells and their relations; arrays of shape (m,).

    ``values`` true counts. ``published``: shown now unless hidden. ``shown_before``: known to readers whatever is
    hidden now, from an earlier release for example. ``primary``: tells too much by itself. ``figure`` numbers the
    figures: cells of one figure are hidden together. ``open_zero``: a zero that is shown, unless another cell of its
    figure is hidden.
    """

    cells: tuple[Cell, ...]
    values: Floats
    relations: tuple[Relation, ...]
    published: Flags
    shown_before: Flags
    primary: Flags
    figure: Indices
    open_zero: Flags
    attackers: tuple[Attacker, ...]

    def __len__(self) -> int:
        """Number of cells."""
        return len(self.cells)

    @property
    def must_hide(self) -> Flags:
        """Cells hidden whatever is chosen: primary ones with their figures, and those not published."""
        return np.isin(self.figure, self.figure[self.primary]) | ~self.published

    @property
    def unknown_anyway(self) -> Flags:
        """Cells that no attacker is told whatever is chosen: those that must be hidden and were not shown before."""
        return self.must_hide & ~self.shown_before

    @property
    def may_hide(self) -> Flags:
        """Cells that need not be hidden, and can be for another's sake."""
        able = np.isin(self.figure, self.figure[~self.open_zero])
        return able & self.published & ~self.shown_before & ~self.must_hide

    @property
    def needy(self) -> Flags:
        """Cells that nobody must find: primary, and not shown before."""
        return self.primary & ~self.shown_before

    def names(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Cells in words, in the order given."""
        return tuple(name_of(self.cells[position]) for position in positions)


def build(
    values: Mapping[Cell, float],
    hierarchies: Iterable[Hierarchy],
    *,
    primary: Collection[Cell] | TooTelling | None = None,
    rule: Rule | None = None,
    published: Collection[Cell] | None = None,
    shown_before: Collection[Cell] = (),
    together: Iterable[Collection[Cell]] = (),
) -> Table:
    """The system of all sums that hold between these cells.

    ``values`` true counts of every cell that the source has published, publishes now, or holds without publishing.
    ``published`` those of this release (None: all). ``shown_before`` those whose value an earlier release showed; one
    revised since counts as known all the same, which gives the attacker more than they have. ``primary`` cells that
    tell too much by themselves, or a function that says so (None: counts that ``rule`` finds small). ``together`` cells
    of one figure, such as numerator, complement and base of a percentage, which are hidden together.

    Where only some parts of a total are given, the rest becomes a cell that is not published: who reads the total and
    the parts knows it by subtraction, so a small rest is protected like any other cell: one that ``rule`` finds small,
    or that the function ``primary`` names.

    Raises UnknownCategory, CountBelowZero, NotAdditive or CellMissing, naming the cell.
    """
    rule = rule or Rule()
    dimensions = tuple(hierarchies)
    codes = {hierarchy.dimension: hierarchy.codes for hierarchy in dimensions}
    for one, value in values.items():
        check_known(one, value, codes)
    bundles = [tuple(bundle) for bundle in together]
    _require(values, published or (), "published")
    _require(values, shown_before, "shown_before")
    _require(values, (one for bundle in bundles for one in bundle), "together")
    if primary is not None and not callable(primary):
        _require(values, primary, "primary")
    complete = with_rests(values, dimensions)
    cells = tuple(complete)
    counts = np.array(list(complete.values()), dtype=np.float64)
    telling = _telling(values, primary, rule)
    is_primary = np.array([telling(one, count) for one, count in complete.items()], dtype=np.bool_)
    table = Table(
        cells=cells,
        values=counts,
        relations=relations_between(complete, dimensions),
        published=_among(cells, values if published is None else published),
        shown_before=_among(cells, shown_before),
        primary=is_primary,
        figure=_figures(cells, bundles),
        open_zero=(counts == 0) & rule.zeros_open & ~is_primary,
        attackers=(),
    )
    return replace(table, attackers=_attackers(table, rule))


def _attackers(table: Table, rule: Rule) -> tuple[Attacker, ...]:
    """A reader who can add, and, where zeros are shown, one who also knows that hidden counts are therefore not 0."""
    counts, nothing = table.values, np.zeros(len(table))
    reader = Attacker(
        floor=nothing,
        above=np.where(table.needy, rule.above, 0.0),
        below=np.where(table.needy, np.minimum(rule.below, counts), 0.0),
    )
    people = bool((counts == np.round(counts)).all())
    zeros_told = rule.zeros_open and people and not (counts[table.primary] == 0).any()
    alone = np.bincount(table.figure)[table.figure] == 1
    floor = np.where(table.published & alone & (counts > 0) & zeros_told, 1.0, 0.0)
    informed = Attacker(floor=floor, above=np.where(table.needy, rule.above_informed, 0.0), below=nothing)
    return (reader, informed) if floor.any() else (reader,)


def check_flags(name: str, flags: Flags, cells: int) -> None:
    """Raise LengthsDiffer or NotFlags unless an array holds true or false for each cell."""
    if np.shape(flags) != (cells,):
        raise LengthsDiffer(name, np.shape(flags), cells)
    if flags.dtype != np.bool_:
        raise NotFlags(name, str(flags.dtype))


def _telling(values: Mapping[Cell, float], primary: Collection[Cell] | TooTelling | None, rule: Rule) -> TooTelling:
    if primary is None:
        return lambda _, count: rule.small(count)
    if callable(primary):
        return primary
    named = frozenset(primary)
    return lambda one, count: one in named if one in values else rule.small(count)


def _require(values: Mapping[Cell, float], named: Iterable[Cell], where: str) -> None:
    for one in named:
        if one not in values:
            raise CellMissing(name_of(one), where)


def _among(cells: Sequence[Cell], named: Iterable[Cell]) -> Flags:
    wanted = frozenset(named)
    return np.array([one in wanted for one in cells], dtype=np.bool_)


def _figures(cells: Sequence[Cell], bundles: Iterable[Sequence[Cell]]) -> Indices:
    at = {one: position for position, one in enumerate(cells)}
    figure = np.arange(len(cells), dtype=np.int64)
    for bundle in bundles:
        members = figure[[at[one] for one in bundle]]
        figure[np.isin(figure, members)] = members.min()
    return figure
