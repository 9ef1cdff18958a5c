"""What an estimate from a survey comes out as, and how far it may be relied on."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Literal

from data_access.measures.survey.design import Assumption

Flag = Literal["withheld", "unreliable", "review"]
"""withheld: too few people, no value is given. unreliable: shown with the mark U. review: too few sampling units for
the interval to be trusted without a second look, or a group in which everyone is alike."""
IntervalKind = Literal["logit", "clopper_pearson", "wald", "log", "none"]
DesignEffectFrom = Literal["this_estimate", "stated", "whole_sample", "weights"]

WITHHELD_BELOW = 25
UNRELIABLE_BELOW = 50
REVIEW_BELOW_DF = 8


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """One estimate of one group; shares from 0 to 1, means and ratios in the unit of the answers.

    ``value``, ``se``, ``lower``, ``upper`` and ``deff`` are None where the value is withheld; ``se`` also where
    everyone answered alike (the sample cannot say), the bounds where no interval can be computed. ``n`` people
    who answered, unweighted; ``df`` degrees of freedom of t. ``deff`` is the design effect the figure has or, for a
    Clopper–Pearson interval, the one that was used, and ``deff_from`` where it comes from.
    """

    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    level: float
    interval: IntervalKind
    n: int
    df: int
    deff: float | None
    deff_from: DesignEffectFrom | None
    flags: tuple[Flag, ...]
    assumed: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class SurveyComparison:
    """Difference or ratio of two groups of one survey, from joint scores.

    ``value`` first minus, or over, second; ``se`` its standard error (of a ratio: of its logarithm). ``n`` people of
    the first and the second group; a group inside the other is counted in both. None as in ``SurveyEstimate``.
    """

    value: float | None
    se: float | None
    lower: float | None
    upper: float | None
    level: float
    interval: IntervalKind
    n: tuple[int, int]
    df: int
    flags: tuple[Flag, ...]
    assumed: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class NoEstimate:
    """A group nobody of whom answered: there is no estimate, which is not an estimate of 0."""

    group: Hashable


def flags(n: int, df: int, withheld_below: int, *, alike: bool = False) -> tuple[Flag, ...]:
    """Reliability of an estimate from ``n`` people and ``df`` degrees of freedom; ``alike``: all answered the same."""
    found: tuple[Flag, ...] = ()
    if n < withheld_below:
        found += ("withheld",)
    elif n < UNRELIABLE_BELOW:
        found += ("unreliable",)
    if df < REVIEW_BELOW_DF or alike:
        found += ("review",)
    return found
