"""The group furthest behind with an honest interval: one half of the sample chooses it, the other half estimates it.

A leaf is chosen because its mean is low, and part of why it is low is chance. Estimated from the people who chose it,
it looks further behind than it is. People who had no say in the choice do not have that fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data_access.measures.categories import Labels
from data_access.measures.furthest_behind.dissimilarity import SEED
from data_access.measures.furthest_behind.errors import TooFewToSplit
from data_access.measures.furthest_behind.people import Condition, People
from data_access.measures.furthest_behind.tree import grow
from data_access.measures.survey.design import Design
from data_access.measures.survey.errors import NoOneAsked
from data_access.measures.survey.estimation import proportion
from data_access.measures.survey.results import WITHHELD_BELOW, NoEstimate, SurveyEstimate


@dataclass(frozen=True, slots=True)
class SplitSample:
    """``conditions`` of the leaf the first half chose; its ``mean_where_chosen`` there, which flatters the choice, from
    ``n_where_chosen`` people; its ``estimate`` in the second half, NoEstimate where nobody there belongs to it.

    ``smallest_leaf`` of the first half; ``halves`` people in each; ``seed`` reproduces the split.
    """

    conditions: tuple[Condition, ...]
    mean_where_chosen: float
    n_where_chosen: int
    estimate: SurveyEstimate | NoEstimate
    smallest_leaf: float
    halves: tuple[int, int]
    seed: int


def split_sample(
    people: People,
    *,
    stratum: Labels | None = None,
    psu: Labels | None = None,
    population_psus: ArrayLike | None = None,
    single_psu: Literal["refuse", "centre"] = "refuse",
    barrier: bool = False,
    fine_groups: bool = False,
    level: float = 0.95,
    seed: int = SEED,
    withheld_below: int = WITHHELD_BELOW,
) -> SplitSample:
    """Grow the tree on a random half of the sampling units and estimate its furthest leaf on the other half.

    Whole sampling units are dealt out, half of each stratum's (of an odd number the spare one at random), so that no
    unit is in both halves. ``stratum``, ``psu``, ``population_psus`` and ``single_psu`` (n,) as in ``Design.of``;
    ``barrier`` and ``fine_groups`` as in the tree. Strata that were drawn with two or three units have one in a half;
    they need ``single_psu`` "centre", and the estimate then says so. Where the tree does not divide at all, the leaf is
    everyone. Another seed may choose another leaf: that, too, is a finding.

    Raises TooFewToSplit, and what ``Design.of`` and ``proportion`` raise.
    """
    design = Design.of(people.weight, stratum=stratum, psu=psu, population_psus=population_psus, single_psu=single_psu)
    chooses = first_half(design, seed)[design.psu]
    first, second = np.flatnonzero(chooses), np.flatnonzero(~chooses)
    choosing, estimating = people.rows(first), people.rows(second)
    for half, rows in ((choosing, first), (estimating, second)):
        if np.unique(design.psu[rows]).size < 2 or half.n < 2:
            raise TooFewToSplit(people.n, design.stratum.size)
    tree = grow(choosing, fine_groups=fine_groups)
    leaf = tree.furthest_behind(barrier=barrier)
    of_stratum = np.array([str(label) for label in design.strata])[design.stratum[design.psu[second]]]
    half_design = Design.of(
        estimating.weight,
        stratum=None if stratum is None else of_stratum,
        psu=None if psu is None else design.psu[second],
        population_psus=None if population_psus is None else np.asarray(population_psus, dtype=np.float64)[second],
        single_psu=single_psu,
    )
    estimate: SurveyEstimate | NoEstimate
    try:
        estimate = proportion(
            half_design,
            estimating.outcome,
            estimating.meeting(leaf.conditions),
            level=level,
            withheld_below=withheld_below,
        )
    except NoOneAsked:
        estimate = NoEstimate(leaf.conditions)
    return SplitSample(
        leaf.conditions, leaf.mean, leaf.n, estimate, tree.smallest_leaf, (choosing.n, estimating.n), seed
    )


def first_half(design: Design, seed: int) -> NDArray[np.bool_]:
    """Sampling units (P,) of the half that chooses: half of those of each stratum, at random."""
    random = np.random.default_rng(seed)
    chosen = np.zeros(design.stratum.size, dtype=np.bool_)
    shuffled = random.permutation(design.stratum.size)
    spare = random.integers(0, 2, design.drawn.size)
    by_stratum = shuffled[np.argsort(design.stratum[shuffled], kind="stable")]
    start = 0
    for units, extra in zip(design.drawn.astype(np.intp).tolist(), spare.tolist(), strict=True):
        chosen[by_stratum[start : start + (units + extra * (units % 2)) // 2]] = True
        start += units
    return chosen
