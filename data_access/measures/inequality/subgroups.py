"""The subgroups of one dimension of inequality, looked at before a measure is computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_access.measures.arrays import Floats, finite, require, stated
from data_access.measures.errors import (
    LengthsDiffer,
    MeasureRefused,
    PopulationMissing,
    SubgroupsMissing,
    ValueOutOfRange,
)
from data_access.measures.inequality.dispersion import Scatter

MISSING_ALLOWED = 0.15
"""Share of unordered subgroups that may lack an estimate; of ordered ones none may."""


class SubgroupTwice(MeasureRefused):
    """Two subgroups have one name."""

    def __init__(self, name: str, position: int) -> None:
        self.name, self.position = name, position
        super().__init__(f"names[{position}] is {name!r}, which an earlier subgroup has: give each a name of its own.")


class ReferenceUnknown(MeasureRefused):
    """The declared reference is none of the subgroups that have an estimate."""

    def __init__(self, reference: str, names: tuple[str, ...]) -> None:
        self.reference, self.names = reference, names
        super().__init__(
            f"The reference {reference!r} is not a subgroup with an estimate; these are: {', '.join(names)}. "
            "Declare one of them, or none."
        )


@dataclass(frozen=True, slots=True)
class Subgroups:
    """k subgroups of one source, area, period and dimension, all with an estimate; build them with ``of``.

    Arrays of shape (k,): ``estimate`` in the indicator's unit; ``se`` its standard error, NaN where not published;
    ``population`` people in the subgroup, NaN where unknown. Ordered dimensions come sorted, the most disadvantaged
    first. ``reference`` is the position of the declared reference subgroup. ``favourable``: more is better. ``scale``
    is the indicator's declared maximum: 1, 100, 1000, 100 000.
    """

    names: tuple[str, ...]
    estimate: Floats
    se: Floats
    population: Floats
    ordered: bool
    reference: int | None
    favourable: bool
    scale: float

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        estimate: Sequence[float | None],
        *,
        favourable: bool,
        scale: float,
        se: Sequence[float | None] | None = None,
        population: Sequence[float | None] | None = None,
        order: Sequence[int] | None = None,
        reference: str | None = None,
    ) -> Subgroups:
        """Subgroups from k values each; None means not published. ``order`` 1 is the most disadvantaged.

        Raises LengthsDiffer, ValueMissing (NaN), ValueOutOfRange (scale not above 0, estimate outside 0 to scale,
        negative standard error, population not above 0, order not 1 to k), SubgroupTwice, SubgroupsMissing (too many
        without an estimate), ReferenceUnknown.
        """
        require("scale", finite("scale", scale), "above 0", lambda x: x > 0)
        values, there = stated("estimate", estimate)
        errors, _ = stated("se", se)
        people, _ = stated("population", population)
        for argument, array in (("estimate", values), ("se", errors), ("population", people)):
            if array.size not in (len(names), 1 if argument != "estimate" else len(names)):
                raise LengthsDiffer(argument, array.size, len(names))
        require("estimate", np.where(there, values, 0.0), f"from 0 to {scale:g}", lambda x: (x >= 0) & (x <= scale))
        require("se", np.nan_to_num(errors), "0 or more", lambda x: x >= 0)
        require("population", np.nan_to_num(people, nan=1.0), "above 0", lambda x: x > 0)
        for position, name in enumerate(names):
            if name in names[:position]:
                raise SubgroupTwice(name, position)

        missing = tuple(name for name, has in zip(names, there, strict=True) if not has)
        allowed = 0.0 if order is not None else MISSING_ALLOWED
        if len(missing) > allowed * len(names):
            raise SubgroupsMissing(missing, len(names), allowed)
        kept = np.flatnonzero(there) if order is None else _sorted_by(order, len(names))
        labels = tuple(names[i] for i in kept.tolist())
        if reference is not None and reference not in labels:
            raise ReferenceUnknown(reference, labels)
        errors, people = (np.broadcast_to(array, values.shape) for array in (errors, people))
        return cls(
            labels,
            values[kept],
            errors[kept],
            people[kept],
            order is not None,
            None if reference is None else labels.index(reference),
            favourable,
            scale,
        )

    def shares(self, measure: str) -> Floats:
        """Population shares p, shape (k,). Raises PopulationMissing naming the subgroups without a population."""
        unknown = np.isnan(self.population)
        if unknown.any():
            raise PopulationMissing(measure, tuple(np.array(self.names)[unknown].tolist()))
        return np.asarray(self.population / self.population.sum())

    @property
    def has_errors(self) -> bool:
        """True when every subgroup has a standard error."""
        return not np.isnan(self.se).any()

    @property
    def has_population(self) -> bool:
        """True when every subgroup has a population."""
        return not np.isnan(self.population).any()

    def scatter(self, estimates: Floats) -> Scatter:
        """These or other estimates, shape (k,) or (k, draws), of the same subgroups."""
        p = self.population / self.population.sum()
        return Scatter(estimates, p, favourable=self.favourable, reference=self.reference)

    def best(self) -> int:
        """Position of the best estimate; of several equal ones the most populous, so that ties have one answer."""
        signed = self.estimate if self.favourable else -self.estimate
        return self._pick(signed == signed.max(), self.population)

    def extremes(self) -> tuple[int, int]:
        """Positions whose difference is D: from, and what is subtracted from it.

        Ordered: most advantaged and most disadvantaged, reversed for adverse indicators. With a reference: it and the
        worst of the others. Else largest and smallest. Of equal estimates the one with the largest standard error.
        """
        last = len(self.names) - 1
        if self.ordered:
            return (last, 0) if self.favourable else (0, last)
        others = np.ones(last + 1, dtype=np.bool_)
        if self.reference is not None:
            others[self.reference] = False
        low = self._pick(others & (self.estimate == self.estimate[others].min()), self.se)
        high = self._pick(others & (self.estimate == self.estimate[others].max()), self.se)
        if self.reference is not None:
            return (self.reference, low) if self.favourable else (high, self.reference)
        if low == high:
            pair = np.argsort(-np.nan_to_num(self.se, nan=np.inf), kind="stable")[:2]
            return int(pair[0]), int(pair[1])
        return high, low

    @staticmethod
    def _pick(among: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], by: Floats) -> int:
        places = np.flatnonzero(among)
        return int(places[np.argmax(np.nan_to_num(by[places], nan=-1.0))])


def _sorted_by(order: Sequence[int], groups: int) -> NDArray[np.intp]:
    """Positions of the subgroups, the most disadvantaged first."""
    if len(order) != groups:
        raise LengthsDiffer("order", len(order), groups)
    ranks = finite("order", order)
    seen: set[float] = set()
    for position, rank in enumerate(ranks.tolist()):
        if rank in seen or rank not in range(1, groups + 1):
            raise ValueOutOfRange("order", position, rank, f"one of the numbers 1 to {groups}, each once")
        seen.add(rank)
    return np.argsort(ranks)
