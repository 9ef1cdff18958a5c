"""Estimates from the answers of single people, computed by the engine that the deployment has chosen.

The answers stay in memory and in the engine; sums of groups come back, and become estimates here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_access.disclosure.cells import Cell, cell
from data_access.disclosure.dominance import dominates
from data_access.disclosure.shares import Asked
from data_access.importing.estimates import totals
from data_access.importing.estimates.adding_up import UNSTATED, Pieces, Sizes
from data_access.importing.estimates.answers import Answers, AnswersRefused
from data_access.importing.estimates.coding import Coded, coded
from data_access.importing.estimates.engine import Chosen, Engine, engine
from data_access.importing.estimates.final_step import GroupSums, Strata, mean, share
from data_access.importing.estimates.looking import undesigned, unread
from data_access.importing.estimates.wanted import Wanted
from data_access.measures.survey.errors import NoOneAsked
from data_access.measures.survey.results import SurveyEstimate


@dataclass(frozen=True, slots=True)
class Estimate:
    """One group in one area; ``cell`` names both, everybody in the whole place being ``()``.

    ``figure`` in its own unit (shares from 0 to 1); ``yes`` unweighted people who said yes, None for a mean;
    ``dominated`` a mean that nearly tells what one person said.
    """

    cell: Cell
    figure: SurveyEstimate
    yes: int | None
    dominated: bool = False


@dataclass(frozen=True, slots=True)
class Estimates:
    """All estimates of one outcome, and what disclosure control must know besides.

    ``counts`` unweighted people by cell: every estimate's own, those of people in no group of a dimension
    (``UNSTATED``), and those of all margins of crossed groups, so that everything adds up.
    """

    wanted: Wanted
    estimates: tuple[Estimate, ...]
    counts: Mapping[Cell, Asked]

    def of(self, **categories: str) -> SurveyEstimate:
        """The figure of these categories, ``of(SEX="F")``; everybody without any. Raises KeyError."""
        return {one.cell: one.figure for one in self.estimates}[cell(categories)]


def estimate(answers: Answers, wanted: Sequence[Wanted], *, engine_chosen: Chosen | None = None) -> list[Estimates]:
    """Estimates of everything wanted, in the order asked for.

    A group in which nobody answered has no estimate and is left out, which is not an estimate of 0.

    Raises AnswersRefused with all that is wrong with the answers; NoOneAsked where nobody answered at all;
    SinglePsuStratum, StratumSizeDiffers, StratumTooSmall; SettingProblem for the engine.
    """
    wrong = dict.fromkeys(f for one in wanted for f in unread(answers, one))
    if wrong:
        raise AnswersRefused(tuple(wrong))
    with engine(engine_chosen) as opened:
        return [_estimates(opened, answers, one) for one in wanted]


def _estimates(opened: Engine, answers: Answers, wanted: Wanted) -> Estimates:
    people = coded(answers, wanted)
    if wrong := undesigned(people, answers, wanted):
        raise AnswersRefused(wrong)
    asked = people.asked
    if not asked.any():
        raise NoOneAsked
    middle = 0.0 if wanted.is_share else float(people.y[asked].mean())
    found: dict[Cell, GroupSums] = {}
    held: dict[Cell, Asked] = {}
    dominated: set[Cell] = set()
    with opened.holding(people.table()) as kept:
        strata, places = _strata(opened, kept, people, wanted)
        for crossing, contained in _sets(wanted).items():
            columns = {dimension: people.columns[dimension] for dimension in crossing}
            keys, units = list(columns.values()), wanted.psu is not None
            asked_for = totals.pieces(kept, keys, units=units, middle=middle, share=wanted.is_share)
            table = opened.sums(asked_for)
            pieces = Pieces.of(table, columns, people.categories, units=units)
            for dimensions in contained:
                if dimensions in wanted.crossings:
                    found |= pieces.added(dimensions, places)
                held |= {one: _asked(n, yes, wanted) for one, (n, yes) in pieces.counts(dimensions).items()}
            if not wanted.is_share:
                table = opened.sums(totals.largest(kept, keys))
                sizes = Sizes.of_table(table, columns, people.categories)
                dominated |= {one for each in contained for one, *parts in sizes.of(each) if dominates(*parts)}
    everyone = found[()]
    estimates = []
    for one, sums in sorted(found.items(), key=lambda item: (len(item[0]), item[0])):
        if any(category == UNSTATED for _, category in one):
            continue
        figure = share(sums, everyone, strata, wanted.deff) if wanted.is_share else mean(sums, strata, middle)
        estimates.append(Estimate(one, figure, sums.yes if wanted.is_share else None, one in dominated))
    return Estimates(wanted, tuple(estimates), held)


def _strata(opened: Engine, kept: Any, people: Coded, wanted: Wanted) -> tuple[Strata, NDArray[np.intp]]:
    """The strata, and the place of each stratum's code among them."""
    labels = people.stratum.labels
    rows = opened.sums(totals.strata(kept)).to_pylist()
    strata = Strata.of(
        [row | {"stratum": labels[row["stratum"]]} for row in rows],
        stratified=wanted.stratum is not None,
        units=wanted.psu is not None,
        single_psu=wanted.single_psu,
    )
    return strata, np.array([strata.place.get(label, -1) for label in labels], dtype=np.intp)


def _sets(wanted: Wanted) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The crossings that the engine is asked for, each with all sets of dimensions that are added up from it: what is
    wanted, and the margins of it, each once."""
    largest = [one for one in wanted.crossings if not any(set(one) < set(other) for other in wanted.crossings)]
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    once: set[tuple[str, ...]] = set()
    for crossing in largest:
        below = [part for size in range(len(crossing) + 1) for part in combinations(crossing, size)]
        found[crossing] = [part for part in below if part not in once]
        once.update(below)
    return found


def _asked(n: int, yes: int, wanted: Wanted) -> Asked:
    """Of a mean only the base can tell too much, which a share that everybody has says, too."""
    return Asked(n, yes if wanted.is_share else n)
