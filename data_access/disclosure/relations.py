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
    size = 0
    while size < len(complete):  # a rest is itself a part of other totals, whose own rests are then smaller
        size = len(complete)
        for one in list(complete):
            for hierarchy in hierarchies:
                for parts in _partitions(one, hierarchy):
                    given = [part for part in parts if part in complete]
                    if given and len(given) < len(parts):
                        rest = _rest(one, hierarchy, given)
                        if rest not in complete:
                            complete[rest] = _left(one, complete, given)
    return complete


def relations_between(values: Mapping[Cell, float], hierarchies: Sequence[Hierarchy]) -> tuple[Relation, ...]:
    """Every relation between the cells (their rests included), each once, as positions in the order of ``values``.

    Raises NotAdditive for the first total that its parts miss.
    """
    at = {one: position for position, one in enumerate(values)}
    found: dict[Relation, None] = {}
    for one in values:
        for hierarchy in hierarchies:
            for parts in _partitions(one, hierarchy):
                given = [part for part in parts if part in at]
                if not given:
                    continue
                if len(given) < len(parts):
                    given.append(_rest(one, hierarchy, given))
                _check_sum(one, given, values)
                found[Relation(at[one], tuple(at[part] for part in given))] = None
    return tuple(found)


def _partitions(one: Cell, hierarchy: Hierarchy) -> list[list[Cell]]:
    code = category(one, hierarchy.dimension)
    return [
        [with_category(one, hierarchy.dimension, part) for part in parts]
        for parent, parts in hierarchy.partitions
        if parent == code
    ]


def _rest(one: Cell, hierarchy: Hierarchy, given: Sequence[Cell]) -> Cell:
    named = " and ".join(sorted(category(part, hierarchy.dimension) for part in given))
    whole = category(one, hierarchy.dimension) or "all"
    return with_category(one, hierarchy.dimension, f"({whole} without {named})")


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
