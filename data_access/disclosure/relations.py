"""Which cells add up to which, and the rests that nobody published but everybody can subtract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from data_access.disclosure.cells import Cell, Hierarchy, category, name_of, with_category
from data_access.disclosure.problems import NotAdditive

TOLERANCE = 1e-6
"""How far, relative to a total, its parts may miss it before they are refused as not adding up."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A total and the parts that add up to it, as positions in a table's cells."""

    total: int
    parts: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        """Positions of the total and its parts."""
        return (self.total, *self.parts)


def with_rests(values: Mapping[Cell, float], hierarchies: Sequence[Hierarchy]) -> dict[Cell, float]:
    """The cells, and for each total of which only some parts are given, what is left when they are subtracted.

    Raises NotAdditive where the parts exceed their total.
    """
    complete = dict(values)
    partitions = _Partitions(hierarchies)
    size = 0
    while size < len(complete):  # a rest is itself a part of other totals, whose own rests are then smaller
        size = len(complete)
        for one in list(complete):
            for dimension, parts in partitions.of(one):
                given = [part for part in parts if part in complete]
                if given and len(given) < len(parts):
                    rest = _rest(one, dimension, given)
                    if rest not in complete:
                        complete[rest] = _left(one, complete, given)
    return complete


def relations_between(values: Mapping[Cell, float], hierarchies: Sequence[Hierarchy]) -> tuple[Relation, ...]:
    """Every relation between the cells (their rests included), each once, as positions in the order of ``values``.

    Raises NotAdditive for the first total that its parts miss.
    """
    at = {one: position for position, one in enumerate(values)}
    found: dict[Relation, None] = {}
    partitions = _Partitions(hierarchies)
    for one in values:
        for dimension, parts in partitions.of(one):
            given = [part for part in parts if part in at]
            if not given:
                continue
            if len(given) < len(parts):
                given.append(_rest(one, dimension, given))
            _check_sum(one, given, values)
            found[Relation(at[one], tuple(at[part] for part in given))] = None
    return tuple(found)


class _Partitions:
    """The ways in which cells are parted, each cell looked at once."""

    def __init__(self, hierarchies: Sequence[Hierarchy]) -> None:
        self._below: list[tuple[str, dict[str, list[tuple[str, ...]]]]] = []
        self._known: dict[Cell, list[tuple[str, list[Cell]]]] = {}
        for hierarchy in hierarchies:
            below: dict[str, list[tuple[str, ...]]] = {}
            for parent, parts in hierarchy.partitions:
                below.setdefault(parent, []).append(parts)
            self._below.append((hierarchy.dimension, below))

    def of(self, one: Cell) -> list[tuple[str, list[Cell]]]:
        """Each dimension by which a cell is parted, with the parts; a dimension may part it in several ways."""
        known = self._known.get(one)
        if known is None:
            known = self._known[one] = [
                (dimension, [with_category(one, dimension, part) for part in parts])
                for dimension, below in self._below
                for parts in below.get(category(one, dimension), ())
            ]
        return known


def _rest(one: Cell, dimension: str, given: Sequence[Cell]) -> Cell:
    named = " and ".join(sorted(category(part, dimension) for part in given))
    whole = category(one, dimension) or "all"
    return with_category(one, dimension, f"({whole} without {named})")


def _left(one: Cell, values: Mapping[Cell, float], given: Sequence[Cell]) -> float:
    parts = sum(values[part] for part in given)
    left = values[one] - parts
    if left < 0 and not isclose(values[one], parts, rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        raise NotAdditive(name_of(one), values[one], parts)
    return max(left, 0.0)


def _check_sum(one: Cell, parts: Sequence[Cell], values: Mapping[Cell, float]) -> None:
    total = sum(values[part] for part in parts)
    if not isclose(total, values[one], rel_tol=TOLERANCE, abs_tol=TOLERANCE):
        raise NotAdditive(name_of(one), values[one], total)
