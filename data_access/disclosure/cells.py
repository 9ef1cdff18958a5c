"""Cells, named by the categories they cross, and the hierarchies that add them up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import inf

from data_access.disclosure.problems import CategoryNotFinest, CircularHierarchy, CountBelowZero, UnknownCategory

Cell = tuple[tuple[str, str], ...]
"""Dimension and category, sorted by dimension; a dimension that is not named is not broken down. Tables that share a
margin share its cells, because both name them alike: ``(("group", "Dalit"),)`` is the same in every table."""

EVERYBODY = ""
"""The category of a dimension that is not broken down."""


def cell(categories: Mapping[str, str]) -> Cell:
    """The cell of these categories; ``EVERYBODY`` leaves a dimension out."""
    return tuple(sorted((dimension, code) for dimension, code in categories.items() if code != EVERYBODY))


def name_of(one: Cell) -> str:
    """The cell in words, for whoever publishes: ``group Dalit, region East``; ``everybody`` for the grand total."""
    return ", ".join(f"{dimension} {code}" for dimension, code in one) or "everybody"


def category(one: Cell, dimension: str) -> str:
    """The cell's category of a dimension, ``EVERYBODY`` where it is not broken down."""
    for name, code in one:
        if name == dimension:
            return code
    return EVERYBODY


def with_category(one: Cell, dimension: str, code: str) -> Cell:
    """The cell beside this one that has another category of a dimension."""
    pairs = [pair for pair in one if pair[0] != dimension]
    if code != EVERYBODY:
        pairs.append((dimension, code))
        pairs.sort()
    return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """How the categories of one dimension add up: pairs of a category and the parts that make it up.

    The first category is ``EVERYBODY``. A category may be parted in several ways (ages by school and by law, say): each
    way is a pair of its own, and an attacker knows them all.

    Raises CircularHierarchy.
    """

    dimension: str
    partitions: tuple[tuple[str, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        for code, _ in self.partitions:
            self._finest(code, ())

    @classmethod
    def of(cls, dimension: str, parts: Mapping[str, Iterable[str]]) -> Hierarchy:
        """From each category to its parts: ``{"": ("North", "South"), "North": ("N1", "N2")}``."""
        return cls(dimension, tuple((code, tuple(below)) for code, below in parts.items()))

    @classmethod
    def flat(cls, dimension: str, codes: Iterable[str]) -> Hierarchy:
        """A dimension whose categories have no further parts."""
        return cls.of(dimension, {EVERYBODY: codes})

    @property
    def codes(self) -> frozenset[str]:
        """Every category, with ``EVERYBODY``."""
        return frozenset(code for parent, parts in self.partitions for code in (parent, *parts)) | {EVERYBODY}

    @property
    def finest(self) -> tuple[str, ...]:
        """The categories without parts, in the order they are first named."""
        parents = {parent for parent, _ in self.partitions}
        return tuple(dict.fromkeys(code for _, parts in self.partitions for code in parts if code not in parents))

    def finest_of(self, code: str) -> frozenset[str]:
        """The categories without parts that a category is made of (itself, if it has none)."""
        return self._finest(code, ())

    def _finest(self, code: str, above: tuple[str, ...]) -> frozenset[str]:
        if code in above:
            raise CircularHierarchy(self.dimension, code)
        parts = next((parts for parent, parts in self.partitions if parent == code), None)
        if parts is None:
            return frozenset({code})
        return frozenset().union(*(self._finest(part, (*above, code)) for part in parts))


def margins(inner: Mapping[Cell, float], hierarchies: Iterable[Hierarchy]) -> dict[Cell, float]:
    """Every cell of the table and its margins, from the innermost counts; a combination not given counts 0.

    ``inner`` holds unweighted counts by cells that name the finest category of every dimension.
    Raises UnknownCategory, CategoryNotFinest or CountBelowZero, each naming the cell.
    """
    dimensions = tuple(hierarchies)
    codes = {hierarchy.dimension: hierarchy.codes for hierarchy in dimensions}
    for one, value in inner.items():
        check_known(one, value, codes)
        _check_innermost(one, dimensions)
    totals: dict[Cell, float] = {
        cell(dict(combination)): 0.0
        for combination in product(*([(h.dimension, code) for code in h.finest] for h in dimensions))
    }
    totals.update(inner)
    for hierarchy in dimensions:
        above = [(code, hierarchy.finest_of(code)) for code in dict.fromkeys(c for c, _ in hierarchy.partitions)]
        for one, value in list(totals.items()):
            own = category(one, hierarchy.dimension)
            for code, finest in above:
                if own in finest:
                    margin = with_category(one, hierarchy.dimension, code)
                    totals[margin] = totals.get(margin, 0.0) + value
    return totals


def check_known(one: Cell, value: float, codes: Mapping[str, Collection[str]]) -> None:
    """Raise UnknownCategory or CountBelowZero for a cell that no table with these ``codes`` by dimension can hold."""
    for dimension, code in one:
        if code not in codes.get(dimension, ()):
            raise UnknownCategory(name_of(one), dimension, code)
    if not 0 <= value < inf:
        raise CountBelowZero(name_of(one), value)


def _check_innermost(one: Cell, hierarchies: tuple[Hierarchy, ...]) -> None:
    for hierarchy in hierarchies:
        if category(one, hierarchy.dimension) not in hierarchy.finest:
            raise CategoryNotFinest(name_of(one), hierarchy.dimension)
