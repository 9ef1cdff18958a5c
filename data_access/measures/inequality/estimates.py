"""What a measure of inequality comes out as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["corrected", "heat"]
IntervalKind = Literal["closed_form", "simulated", "none"]
Defect = Literal[
    "standard_error_not_multiplied_by_1000",
    "standard_error_not_multiplied_by_100",
    "population_weight_used_twice",
    "scale_guessed_from_the_figures",
    "standard_error_on_the_unit_scale",
    "declared_reference_ignored",
    "several_answers_on_ties",
    "mean_not_simulated",
    "upper_limit_of_the_scale_ignored",
    "level_ignored",
]


@dataclass(frozen=True, slots=True)
class InequalityEstimate:
    """One measure of one set of subgroups.

    ``value`` in the unit the measure has; ``se``, ``lower``, ``upper`` None where the figures give none; ``level`` the
    level the bounds really have. ``equality``, for measures that cannot be negative: what noise alone would make of the
    measure if all subgroups were equal, in the mean of the draws. ``draws`` and ``seed`` reproduce what was simulated.
    ``defects`` names what is known to be wrong with the number in ``heat`` mode.
    """

    code: str
    value: float
    se: float | None
    lower: float | None
    upper: float | None
    level: float
    mode: Mode
    interval: IntervalKind
    equality: float | None = None
    draws: int | None = None
    seed: int | None = None
    defects: tuple[Defect, ...] = ()
