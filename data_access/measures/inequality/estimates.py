"""What a measure of inequality comes out as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data_access.measures.intervals import normal_quantile

Mode = Literal["corrected", "heat"]
Variance = Literal["groups", "who"]
"""Where the interval of a measure comes from that has two of them.

groups: what other surveys of the same subgroups would find, from the subgroups' own standard errors. who: the formula
of WHO's package, on the right scale. For SII and RII that is HC1, for the concentration indices the regression's own
error (both see only how the subgroups lie about the fitted line), for PAR and PAF a table of counts as if everyone had
been asked, for BGV, MLD and TI the interval about the value with all that noise adds to it.
"""
IntervalKind = Literal["closed_form", "simulated", "none"]
Defect = Literal[
    "standard_error_not_multiplied_by_1000",
    "standard_error_not_multiplied_by_100",
    "standard_errors_of_subgroups_ignored",
    "noise_left_in",
    "population_weight_used_twice",
    "scale_guessed_from_the_figures",
    "standard_error_on_the_unit_scale",
    "declared_reference_ignored",
    "several_answers_on_ties",
    "mean_not_simulated",
    "upper_limit_of_the_scale_ignored",
    "level_ignored",
]
Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class InequalityEstimate:
    """One measure of one set of subgroups.

    ``value`` in the unit the measure has; ``se``, ``lower``, ``upper`` None where the figures give none; ``level`` the
    level the bounds really have. ``equality``, for measures that have only one direction: what noise alone would make
    of the measure if all subgroups were equal, in the mean of the draws (for R the geometric mean). ``draws`` and
    ``seed`` reproduce what was simulated. ``variance`` says which of the two the interval is, where there are two.
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
    variance: Variance | None = None
    defects: tuple[Defect, ...] = ()


def normal_bounds(value: float, se: float | None, level: float) -> Bounds | None:
    """value ± z·se; None where the standard error is unknown (None or NaN)."""
    if se is None or np.isnan(se):
        return None
    half = normal_quantile(level) * se
    return value - half, value + half
