"""The subgroups of one dimension of inequality, looked at before a measure is computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data_access.measures.arrays import Floats, require, same_length, stated
from data_access.measures.errors import LengthsDiffer, PopulationMissing, SubgroupsMissing, ValueOutOfRange

MISSING_ALLOWED = 0.15
"""Share of unordered subgroups that may lack an estimate; of ordered ones none may."""


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

        Raises LengthsDiffer, ValueMissing (NaN), ValueOutOfRange (estimate outside 0 to scale, negative standard
        error, population not above 0, order not 1 to k, unknown reference), SubgroupsMissing.
        """
        values, there = stated("estimate", estimate)
        errors, _ = stated("se", se)
        people, _ = stated("population", population)
        for argument, array in (("estimate", values), ("se", errors), ("population", people)):
            if array.size not in (len(names), 1 if argument != "estimate" else len(names)):
                raise LengthsDiffer(argument, array.size, len(names))
        same_length(estimate=values, se=errors, population=people)
        require("estimate", np.where(there, values, 0.0), f"from 0 to {scale:g}", lambda x: (x >= 0) & (x <= scale))
        require("se", np.nan_to_num(errors), "0 or more", lambda x: x >= 0)
        require("population", np.nan_to_num(people, nan=1.0), "above 0", lambda x: x > 0)
        if reference is not None and reference not in names:
            raise ValueOutOfRange("reference", 0, float("nan"), f"one of {', '.join(names)}, not {reference!r}")

        missing = tuple(name for name, has in zip(names, there, strict=True) if not has)
        allowed = 0.0 if order is not None else MISSING_ALLOWED
        if len(missing) > allowed * len(names):
            raise SubgroupsMissing(missing, len(names), allowed)
        kept = np.flatnonzero(there)
        if order is not None:
            if len(order) != len(names):
                raise LengthsDiffer("order", len(order), len(names))
            if sorted(order) != list(range(1, len(names) + 1)):
                raise ValueOutOfRange("order", 0, float(order[0]), f"the numbers 1 to {len(names)}, each once")
            kept = np.argsort(order)
        labels = tuple(names[i] for i in kept.tolist())
        errors, people = (np.broadcast_to(array, values.shape) for array in (errors, people))
        return cls(
            labels,
            values[kept],
            errors[kept],
            people[kept],
            order is not None,
            labels.index(reference) if reference in labels else None,
            favourable,
            scale,
        )

    def shares(self, measure: str) -> Floats:
        """Population shares p, shape (k,). Raises PopulationMissing naming the subgroups without a population."""
        unknown = np.isnan(self.population)
        if unknown.any():
            raise PopulationMissing(measure, tuple(np.array(self.names)[unknown].tolist()))
        return np.asarray(self.population / self.population.sum())

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
