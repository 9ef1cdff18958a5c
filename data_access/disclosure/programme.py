"""Linear and integer programmes: a thin door to the HiGHS solver, opened only when a release is prepared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from highspy import Highs

Floats = NDArray[np.float64]
_NONE = np.array([], dtype=np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """``least`` ≤ Σ coefficient · column ≤ ``most``; both arrays of shape (entries,)."""

    columns: NDArray[np.int64]
    coefficients: Floats
    least: float
    most: float


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """What the solver found: columns and their reduced costs, shape (columns,), and the objective.

    ``proven`` is False when the time was up: ``columns`` is then the best point found; no point beats ``bound``.
    """

    columns: Floats
    reduced: Floats
    objective: float
    bound: float
    proven: bool


class SolverFailed(RuntimeError):
    """The solver gave neither an optimum nor a point."""

    def __init__(self, status: str) -> None:
        super().__init__(f"The solver stopped with «{status}»: protect the table in smaller parts.")


class Programme:
    """Minimise cost · x within rows and bounds, again and again: each solution starts from the last."""

    def __init__(self, lower: Floats, upper: Floats, rows: Sequence[Row], *, whole: bool = False) -> None:
        """Columns with their bounds, shape (columns,), and no cost yet; ``whole``: they take whole numbers only."""
        import highspy  # 12 MB that no page needs

        self._status = highspy.HighsModelStatus
        self._highs: Highs = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, setting in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-6)):
            self._highs.setOptionValue(option, setting)
        self._columns = np.arange(lower.size, dtype=np.int32)
        self._highs.addCols(
            lower.size, np.zeros(lower.size), lower, upper, 0, np.zeros(lower.size, np.int32), _NONE, np.array([])
        )
        if whole:
            kind = np.full(lower.size, highspy.HighsVarType.kInteger.value, dtype=np.uint8)
            self._highs.changeColsIntegrality(lower.size, self._columns, kind)
        self._whole = whole
        self.add(rows)

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows to those there are."""
        if not rows:
            return
        lengths = np.array([row.columns.size for row in rows])
        self._highs.addRows(
            len(rows),
            np.array([row.least for row in rows]),
            np.array([row.most for row in rows]),
            int(lengths.sum()),
            (np.cumsum(lengths) - lengths).astype(np.int32),
            np.concatenate([row.columns for row in rows]).astype(np.int32),
            np.concatenate([row.coefficients for row in rows]),
        )

    def bound(self, lower: Floats, upper: Floats) -> None:
        """Replace the bounds of all columns."""
        self._highs.changeColsBounds(lower.size, self._columns, lower, upper)

    def bound_one(self, column: int, lower: float, upper: float) -> None:
        """Replace the bounds of one column."""
        self._highs.changeColBounds(column, lower, upper)

    def charge(self, cost: Floats) -> None:
        """Replace the cost of all columns."""
        self._highs.changeColsCost(cost.size, self._columns, cost)

    def charge_one(self, column: int, cost: float) -> None:
        """Replace the cost of one column."""
        self._highs.changeColCost(column, cost)

    def least(self, *, seconds: float = np.inf) -> Optimum | None:
        """The cheapest point, or None when rows and bounds leave none.

        Raises SolverFailed when the time was up before any point was found, or the programme is unbounded.
        """
        if not self._columns.size:
            return Optimum(columns=np.zeros(0), reduced=np.zeros(0), objective=0.0, bound=0.0, proven=True)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + seconds)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._status.kInfeasible:
            return None
        solution, found = self._highs.getSolution(), self._highs.getInfo()
        if status not in (self._status.kOptimal, self._status.kTimeLimit) or not solution.value_valid:
            raise SolverFailed(self._highs.modelStatusToString(status))
        return Optimum(
            columns=np.array(solution.col_value),
            reduced=np.array(solution.col_dual) if solution.dual_valid else np.zeros(self._columns.size),
            objective=found.objective_function_value,
            bound=found.mip_dual_bound if self._whole else found.objective_function_value,
            proven=status == self._status.kOptimal,
        )
