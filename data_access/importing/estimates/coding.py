"""Answers as the engine gets them: numbers alone. What the codes stand for stays here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_access.importing.estimates.answers import Answered, Answers
from data_access.importing.estimates.wanted import Breakdown, Wanted

NOT_STATED = 0
"""The code of people who are in no group of a dimension; its categories are counted from 1."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Coded:
    """Answers in the terms of the estimate, one row a person.

    ``y`` and ``w`` (n,), NaN where nothing was said; ``stratum`` and ``psu`` (n,) codes into their labels, -1 where not
    said; ``fpc`` (n,) or None; ``ways`` leads from dimension to codes, with ``categories`` their names from 1 on.
    """

    y: Floats
    w: Floats
    stratum: Answered
    psu: Answered | None
    fpc: Floats | None
    ways: dict[str, NDArray[np.int64]]
    categories: dict[str, tuple[str, ...]]

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Who counts: with an answer and a weight above 0; of shape (n,)."""
        return ~np.isnan(self.y) & (self.w > 0)

    @property
    def columns(self) -> dict[str, str]:
        """From dimension to column of ``table``."""
        return {dimension: f"by_{i}" for i, dimension in enumerate(self.ways)}

    def table(self) -> pa.Table:
        """``y``, ``w``, ``stratum``, ``psu``, ``fpc`` (null where there is none), and ``by_<i>`` for each dimension."""
        n = self.y.size
        columns = {
            "y": pa.array(self.y, from_pandas=True),
            "w": pa.array(self.w, from_pandas=True),
            "stratum": self.stratum.codes.astype(np.int32),
            "psu": pa.nulls(n, pa.int32()) if self.psu is None else self.psu.codes.astype(np.int32),
            "fpc": pa.nulls(n, pa.float64()) if self.fpc is None else pa.array(self.fpc, from_pandas=True),
        }
        return pa.table(columns | {name: self.ways[way].astype(np.int32) for way, name in self.columns.items()})


def coded(answers: Answers, wanted: Wanted) -> Coded:
    """``answers`` with codes read as ``wanted`` says."""
    table, n = answers.table, answers.table.num_rows
    everybody = Answered(np.zeros(n, np.int64), ("all",))
    categories = {one.dimension: tuple(dict.fromkeys(one.codes.values())) for one in wanted.breakdowns}
    return Coded(
        y=_outcome(table, wanted),
        w=_numbers(table, wanted.weight) if wanted.weight else np.ones(n),
        stratum=Answered.of(table[wanted.stratum]) if wanted.stratum else everybody,
        psu=Answered.of(table[wanted.psu]) if wanted.psu else None,
        fpc=_numbers(table, wanted.fpc) if wanted.fpc else None,
        ways={one.dimension: _category(table, one, categories[one.dimension]) for one in wanted.breakdowns},
        categories=categories,
    )


def _outcome(table: pa.Table, wanted: Wanted) -> Floats:
    said = wanted.outcome
    if not said.yes:
        numbers = _numbers(table, said.column)
        return np.where(np.isin(numbers, [float(code) for code in said.missing]), np.nan, numbers)
    given = Answered.of(table[said.column])
    worth = [np.nan if label in said.missing else float(label in said.yes) for label in given.labels]
    return np.array([*worth, np.nan])[given.codes]


def _category(table: pa.Table, one: Breakdown, categories: tuple[str, ...]) -> NDArray[np.int64]:
    given = Answered.of(table[one.column])
    places = [categories.index(one.codes[label]) + 1 if label in one.codes else NOT_STATED for label in given.labels]
    return np.array([*places, NOT_STATED], np.int64)[given.codes]


def _numbers(table: pa.Table, column: str) -> Floats:
    return np.asarray(pc.cast(table[column], pa.float64()).to_numpy(), dtype=np.float64)
