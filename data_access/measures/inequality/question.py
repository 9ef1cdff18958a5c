"""What is asked of a set of subgroups, and the one way in which every measure is answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.measures.inequality.estimates import Bounds, Defect, InequalityEstimate, Mode, Variance, normal_bounds
from data_access.measures.inequality.simulation import Resamples
from data_access.measures.inequality.subgroups import Subgroups


@dataclass(frozen=True, slots=True)
class Question:
    """Subgroups with the mode and level of the answer; ``resamples`` are drawn when the first measure needs them."""

    subgroups: Subgroups
    mode: Mode
    level: float
    variance: Variance
    resamples: Resamples

    @classmethod
    def of(cls, subgroups: Subgroups, mode: Mode, level: float, variance: Variance, draws: int, seed: int) -> Question:
        """``heat`` knows one variance only, and no ceiling of a scale but that of percentages."""
        ceiling = subgroups.scale if mode == "corrected" or subgroups.scale == 100 else np.inf
        by = "who" if mode == "heat" else variance
        return cls(subgroups, mode, level, by, Resamples(subgroups, ceiling, draws, seed))

    @property
    def can_say_equality(self) -> bool:
        """Whether the value under equality belongs beside a measure that has only one direction."""
        return self.mode == "corrected" and self.subgroups.has_errors

    def closed_form(
        self,
        code: str,
        value: float,
        se: float | None,
        bounds: Bounds | None = None,
        *,
        equality: float | None = None,
        variance: Variance | None = None,
        defects: tuple[Defect, ...] = (),
    ) -> InequalityEstimate:
        """An answer with a formula for its error; ``bounds`` are value ± z·se unless given."""
        if se is None or np.isnan(se):
            se, bounds = None, None
        elif bounds is None:
            bounds = normal_bounds(value, se, self.level)
        return self._answer(
            code, value, se, bounds, self.level, equality, variance, defects, drawn=equality is not None
        )

    def simulated(
        self,
        code: str,
        value: float,
        bounds: Bounds | None,
        level: float,
        *,
        equality: float | None,
        defects: tuple[Defect, ...],
    ) -> InequalityEstimate:
        """An answer whose bounds are percentiles of the draws; without standard errors it has none."""
        return self._answer(code, value, None, bounds, level, equality, None, defects, drawn=bounds is not None)

    def _answer(
        self,
        code: str,
        value: float,
        se: float | None,
        bounds: Bounds | None,
        level: float,
        equality: float | None,
        variance: Variance | None,
        defects: tuple[Defect, ...],
        *,
        drawn: bool,
    ) -> InequalityEstimate:
        lower, upper = bounds or (None, None)
        return InequalityEstimate(
            code,
            float(value),
            se,
            None if lower is None else float(lower),
            None if upper is None else float(upper),
            level,
            self.mode,
            "none" if bounds is None else "closed_form" if se is not None else "simulated",
            equality,
            self.resamples.draws if drawn else None,
            self.resamples.seed if drawn else None,
            variance if bounds is not None else None,
            defects if self.mode == "heat" else (),
        )
