"""Groups that are too small to become a leaf of the tree, whatever their outcome: they are named, not passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.measures.arrays import finite, require
from data_access.measures.furthest_behind.people import Condition, People, cells


@dataclass(frozen=True, slots=True)
class SmallGroup:
    """A group with fewer than the smallest leaf: ``n`` people, ``share`` of everyone's weight. No outcome is given."""

    conditions: tuple[Condition, ...]
    n: int
    share: float


def groups_below(
    people: People, smallest_leaf: float, circumstances: Sequence[str] | None = None
) -> tuple[SmallGroup, ...]:
    """Groups with fewer than ``smallest_leaf`` people, the smallest first.

    Without ``circumstances``: the categories of each circumstance alone. These can never stand in a leaf of their own.
    With them: the cells in which the named circumstances meet, where people live; these the tree must join to others.

    Raises UnknownCircumstance, NoCircumstances, ValueOutOfRange.
    """
    require("smallest_leaf", finite("smallest_leaf", smallest_leaf), "above 0", lambda x: x > 0)
    asked = [(name,) for name in people.circumstances] if circumstances is None else [tuple(circumstances)]
    found = [group for names in asked for group in _cells_below(people, names, smallest_leaf)]
    return tuple(sorted(found, key=lambda group: (group.n, [str(each) for each in group.conditions])))


def _cells_below(people: People, names: Sequence[str], smallest_leaf: float) -> list[SmallGroup]:
    at = people.positions(names)
    groups = cells(people, at)
    total = float(groups.weight.sum())
    return [
        SmallGroup(
            tuple(
                Condition(name, (people.labels[place][code],))
                for name, place, code in zip(names, at, groups.codes[:, cell].tolist(), strict=True)
            ),
            int(groups.n[cell]),
            float(groups.weight[cell]) / total,
        )
        for cell in np.flatnonzero(groups.n < smallest_leaf).tolist()
    ]
