"""From the sums that an engine gives of crossed groups to every group: margins are added up here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data_access.disclosure.cells import Cell, cell
from data_access.importing.estimates.final_step import GroupSums

UNSTATED = "(not stated)"
"""The category, in cells, of people who are in no group of a dimension."""
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Crossed:
    """Rows of an engine's table: ``codes`` by dimension (n,), 0 for not stated, the names of the others in
    ``categories``; ``sums`` by name (n,)."""

    codes: Mapping[str, Places]
    categories: Mapping[str, tuple[str, ...]]
    sums: Mapping[str, Floats]

    def groups(self, dimensions: Collection[str]) -> tuple[list[Cell], Places]:
        """The groups by some of the dimensions, and of each row (n,) its place among them."""
        named, n = sorted(dimensions), next(iter(self.sums.values())).size
        together = np.zeros(n, np.int64)
        for dimension in named:
            together = together * (len(self.categories[dimension]) + 1) + self.codes[dimension]
        found, first, into = np.unique(together, return_index=True, return_inverse=True)
        names = {dimension: (UNSTATED, *self.categories[dimension]) for dimension in named}
        codes = {dimension: self.codes[dimension][first].tolist() for dimension in named}
        return [cell({d: names[d][codes[d][i]] for d in named}) for i in range(found.size)], into


@dataclass(frozen=True)
class Pieces(Crossed):
    """What ``totals.pieces`` gives of one crossing; ``stratum`` and ``unit`` (n,) codes, ``unit`` None where each
    person is one."""

    stratum: Places
    unit: Places | None

    @classmethod
    def of(
        cls, found: pa.Table, columns: Mapping[str, str], categories: Mapping[str, tuple[str, ...]], *, units: bool
    ) -> Pieces:
        """From the engine's table; ``columns`` leads from dimension to its column."""
        keys = {*columns.values(), "stratum", "psu"}
        return cls(
            {dimension: _whole(found, name) for dimension, name in columns.items()},
            categories,
            {name: _floats(found, name) for name in found.column_names if name not in keys},
            _whole(found, "stratum"),
            _whole(found, "psu") if units else None,
        )

    def counts(self, dimensions: Collection[str]) -> dict[Cell, tuple[int, int]]:
        """Of each group, unweighted: who answered, and who said yes."""
        cells, into = self.groups(dimensions)
        n, yes = (_summed(into, self.sums[name]) for name in ("n", "yes"))
        return {one: (round(n[i]), round(yes[i])) for i, one in enumerate(cells)}

    def added(self, dimensions: Collection[str], places: NDArray[np.intp]) -> dict[Cell, GroupSums]:
        """Everything that the estimate and the variance of each group need; ``places`` by stratum of ``Strata``."""
        cells, group = self.groups(dimensions)
        whole = {name: _summed(group, self.sums[name], len(cells)) for name in ("n", "yes", "a", "b", "ww")}
        whole |= self._extremes(group, whole)
        ahead = whole["a"] / whole["b"]  # of each group its value, counted from the middle
        width = int(self.stratum.max()) + 1
        part, scores, m, inner = self._scored(group, ahead, whole["b"], width)
        lives_in, into = np.unique(part, return_inverse=True)
        touched, total = _summed(into, m), _summed(into, scores)
        away = scores / m - (total / touched)[into]
        spread = _summed(into, inner + m * away**2)
        place = places[lives_in % width]
        ends = np.searchsorted(lives_in // width, np.arange(len(cells) + 1))
        return {
            one: GroupSums(
                n=round(whole["n"][i]),
                yes=round(whole["yes"][i]),
                low=float(whole["low"][i]),
                high=float(whole["high"][i]),
                weight=float(whole["b"][i]),
                answers=float(whole["a"][i]),
                squares=float(whole["q"][i]),
                weights=float(whole["ww"][i]),
                place=place[ends[i] : ends[i + 1]],
                touched=touched[ends[i] : ends[i + 1]],
                total=total[ends[i] : ends[i + 1]],
                spread=spread[ends[i] : ends[i + 1]],
            )
            for i, one in enumerate(cells)
        }

    def _extremes(self, group: Places, whole: Mapping[str, Floats]) -> dict[str, Floats]:
        """``q``, ``low`` and ``high`` of each group; of answers that are 0 and 1 they follow from the rest."""
        if "q" not in self.sums:
            some = (whole["yes"] > 0).astype(np.float64)
            return {"q": whole["a"], "low": (whole["yes"] == whole["n"]).astype(np.float64), "high": some}
        low, high = np.full(whole["n"].size, np.inf), np.full(whole["n"].size, -np.inf)
        np.minimum.at(low, group, self.sums["low"])
        np.maximum.at(high, group, self.sums["high"])
        return {"q": _summed(group, self.sums["q"]), "low": low, "high": high}

    def _scored(
        self, group: Places, ahead: Floats, weight: Floats, width: int
    ) -> tuple[Places, Floats, Floats, Floats]:
        """Sampling units, or people together: group and stratum as one number, the total of their scores
        t = Σw(y − p)/Σ_d w, how many they are, and the sum of squares of their scores about their own mean."""
        a, b, part = self.sums["a"], self.sums["b"], group * width + self.stratum
        if self.unit is not None:
            units = int(self.unit.max()) + 1
            found, into = np.unique(part * units + self.unit, return_inverse=True)
            a, b, part = _summed(into, a), _summed(into, b), found // units
            of = part // width
            return part, (a - ahead[of] * b) / weight[of], np.ones(a.size), np.zeros(a.size)
        p, w, n = ahead[group], weight[group], self.sums["n"]
        squares = self.sums["aa"] - 2 * p * self.sums["ab"] + p**2 * self.sums["bb"]
        return part, (a - p * b) / w, n, np.maximum(n * squares, 0.0) / w**2


@dataclass(frozen=True)
class Sizes(Crossed):
    """What ``totals.largest`` gives of one crossing."""

    @classmethod
    def of_table(cls, found: pa.Table, columns: Mapping[str, str], categories: Mapping[str, tuple[str, ...]]) -> Sizes:
        """From the engine's table; ``columns`` leads from dimension to its column."""
        codes = {dimension: _whole(found, name) for dimension, name in columns.items()}
        return cls(codes, categories, {name: _floats(found, name) for name in ("total", "first", "second")})

    def of(self, dimensions: Collection[str]) -> Iterator[tuple[Cell, float, float, float]]:
        """Each group with its total, the largest and the second largest size."""
        cells, into = self.groups(dimensions)
        every = {name: numbers.tolist() for name, numbers in self.sums.items()}
        ranked: list[tuple[float, float, float]] = [(0.0, 0.0, 0.0)] * len(cells)
        for at, total, first, second in zip(
            into.tolist(), every["total"], every["first"], every["second"], strict=True
        ):
            so_far, *two = ranked[at]
            largest, next_one, *_ = sorted((*two, first, second), reverse=True)
            ranked[at] = (so_far + total, largest, next_one)
        return ((one, *parts) for one, parts in zip(cells, ranked, strict=True))


def _summed(into: Places, numbers: Floats, size: int = 0) -> Floats:
    """The numbers (n,) added up where ``into`` (n,) says."""
    return np.bincount(into, numbers, size).astype(np.float64, copy=False)


def _whole(found: pa.Table, name: str) -> Places:
    return np.asarray(found[name].to_numpy(), dtype=np.int64)


def _floats(found: pa.Table, name: str) -> Floats:
    """Sums as numbers; the second largest of one is missing, and 0."""
    return np.nan_to_num(np.asarray(found[name].to_numpy(), dtype=np.float64))
