"""One measure of inequality of one set of subgroups: value, interval, what noise alone would give, known defects.

Modes: ``corrected`` (what the product shows) and ``heat``, which gives the numbers WHO's HEAT and its package
healthequal 1.0.1 publish, each with the name of what is wrong with it, so that a published figure can be matched.
"""

from __future__ import annotations

from data_access.measures.errors import MeasureRefused, OrderMissing, TooFewSubgroups, UnknownMeasure
from data_access.measures.inequality import along_order, attributable, scattered, two_groups
from data_access.measures.inequality.estimates import InequalityEstimate, Mode, Variance
from data_access.measures.inequality.question import Question
from data_access.measures.inequality.simulation import DRAWS, SEED
from data_access.measures.inequality.subgroups import Subgroups

ORDERED_ONLY = along_order.CODES
CODES = (*two_groups.CODES, *scattered.CODES, *attributable.CODES, *ORDERED_ONLY)


def measure(
    code: str,
    subgroups: Subgroups,
    *,
    mode: Mode = "corrected",
    level: float = 0.95,
    variance: Variance = "groups",
    draws: int = DRAWS,
    seed: int = SEED,
) -> InequalityEstimate:
    """The measure ``code`` (one of CODES) of the subgroups, with its interval at ``level``.

    ``variance`` chooses between two intervals of the measures along an order and of BGV, MLD, TI, PAR and PAF (see
    ``Variance``); ``heat`` always has "who". ``draws`` and ``seed`` serve simulated intervals and the value under
    equality. Without standard errors the value comes without interval, unless the one asked for does not use them.

    Raises UnknownMeasure, TooFewSubgroups (three needed, for d and r two), PopulationMissing, OrderMissing,
    ReferenceMissing, MeasureUndefined, ValueOutOfRange (level, draws).
    """
    if code not in CODES:
        raise UnknownMeasure(code, CODES)
    return _answer(code, Question.of(subgroups, mode, level, variance, draws, seed))


def every_measure(
    subgroups: Subgroups,
    *,
    mode: Mode = "corrected",
    level: float = 0.95,
    variance: Variance = "groups",
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[str, InequalityEstimate | MeasureRefused]:
    """Every measure by its code, or the error that says why the figures do not support it.

    The estimates are those of ``measure``; all of them share the same draws.
    """
    asked = Question.of(subgroups, mode, level, variance, draws, seed)
    found: dict[str, InequalityEstimate | MeasureRefused] = {}
    for code in CODES:
        try:
            found[code] = _answer(code, asked)
        except MeasureRefused as refused:
            found[code] = refused
    return found


def _answer(code: str, asked: Question) -> InequalityEstimate:
    groups, needed = len(asked.subgroups.names), 2 if code in two_groups.CODES else 3
    if groups < needed:
        raise TooFewSubgroups(code, groups, needed)
    if code in ORDERED_ONLY and not asked.subgroups.ordered:
        raise OrderMissing(code)
    if code in two_groups.CODES:
        return two_groups.answer(code, asked)
    asked.subgroups.shares(code)
    if code in ORDERED_ONLY:
        return along_order.answer(code, asked)
    if code in attributable.CODES:
        return attributable.answer(code, asked)
    return scattered.answer(code, asked)
