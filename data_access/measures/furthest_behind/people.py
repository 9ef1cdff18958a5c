"""People with an outcome, a weight and their circumstances, and the cells in which the circumstances meet."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data_access.measures.arrays import Floats, finite, require
from data_access.measures.categories import Codes, Labels, categories
from data_access.measures.errors import LengthsDiffer, MeasureUndefined
from data_access.measures.furthest_behind.errors import NoCircumstances, UnknownCircumstance


@dataclass(frozen=True, slots=True)
class Condition:
    """What people of a group have in common in one circumstance: its category is one of these."""

    circumstance: str
    categories: tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class People:
    """n people: ``outcome`` (n,) 1 or 0; ``weight`` (n,); ``codes`` (k, n) the category of each person in each of the k
    ``circumstances``, a position in ``labels[k]``. Build them with ``of``."""

    outcome: Floats
    weight: Floats
    circumstances: tuple[str, ...]
    labels: tuple[tuple[Hashable, ...], ...]
    codes: NDArray[np.intp]

    @classmethod
    def of(cls, outcome: ArrayLike, weight: ArrayLike, circumstances: Mapping[str, Labels]) -> People:
        """People from one value each; ``circumstances`` by name, one label a person.

        The outcome is 1 for a person who has what the indicator counts (access, or a barrier). A weight of 0 is nobody.
        The categories of a circumstance have no order. A missing label must be a category of its own.

        Raises ValueMissing, ValueOutOfRange, LengthsDiffer, LabelMissing, NoCircumstances; MeasureUndefined where no
        weight is above 0.
        """
        y, w = finite("outcome", outcome), finite("weight", weight)
        require("outcome", y, "0 or 1", lambda x: (x == 0) | (x == 1))
        require("weight", w, "0 or more", lambda x: x >= 0)
        if w.size != y.size:
            raise LengthsDiffer("weight", w.size, y.size)
        if not circumstances:
            raise NoCircumstances
        if not w.any():
            raise MeasureUndefined("D", "no one has a weight above 0")
        sorted_into = [categories(name, values, y.size) for name, values in circumstances.items()]
        return cls(
            y,
            w,
            tuple(circumstances),
            tuple(each.labels for each in sorted_into),
            np.stack([each.codes for each in sorted_into]),
        )

    @property
    def n(self) -> int:
        """People with a weight above 0."""
        return int(np.count_nonzero(self.weight))

    def positions(self, names: Sequence[str] | None) -> tuple[int, ...]:
        """Where the named circumstances are, all of them for None. Raises UnknownCircumstance, NoCircumstances."""
        if names is None:
            return tuple(range(len(self.circumstances)))
        if not names:
            raise NoCircumstances
        for name in names:
            if name not in self.circumstances:
                raise UnknownCircumstance(name, self.circumstances)
        return tuple(self.circumstances.index(name) for name in names)

    def rows(self, chosen: Codes) -> People:
        """The people at these positions, with the same categories."""
        return People(self.outcome[chosen], self.weight[chosen], self.circumstances, self.labels, self.codes[:, chosen])

    def meeting(self, conditions: Sequence[Condition]) -> NDArray[np.bool_]:
        """Who (n,) meets every condition. Raises UnknownCircumstance."""
        inside = np.ones(self.outcome.size, dtype=np.bool_)
        for condition in conditions:
            (at,) = self.positions([condition.circumstance])
            allowed = np.array([label in condition.categories for label in self.labels[at]], dtype=np.bool_)
            inside &= allowed[self.codes[at]]
        return inside


@dataclass(frozen=True, slots=True)
class Cells:
    """c non-empty cells of k circumstances: ``codes`` (k, c) their categories, ``of_person`` (n,) the cell of each
    person (−1 for nobody), ``n`` people, ``weight`` their weights, ``mean`` their weighted outcome, each (c,)."""

    codes: NDArray[np.intp]
    of_person: Codes
    n: Floats
    weight: Floats
    mean: Floats


def cells(people: People, at: Sequence[int]) -> Cells:
    """Cells in which people live, by the circumstances at these positions."""
    counted = np.flatnonzero(people.weight > 0)
    number = np.zeros(counted.size, dtype=np.intp)
    for position in at:
        # Renumbered at each step, so that many circumstances cannot overflow a whole number.
        number = number * len(people.labels[position]) + people.codes[position, counted]
        number = np.unique(number, return_inverse=True)[1].astype(np.intp)
    size = int(number.max()) + 1
    first = np.full(size, -1, dtype=np.intp)
    first[number[::-1]] = counted[::-1]
    weight = np.asarray(np.bincount(number, people.weight[counted], minlength=size), dtype=np.float64)
    mean = np.bincount(number, (people.weight * people.outcome)[counted], minlength=size) / weight
    of_person = np.full(people.outcome.size, -1, dtype=np.intp)
    of_person[counted] = number
    codes = people.codes[np.asarray(at, dtype=np.intp)][:, first]
    return Cells(codes, of_person, np.bincount(number, minlength=size).astype(np.float64), weight, mean)
