"""Estimates from the answers of single people, computed by the engine that the deployment has chosen.

The answers stay in memory and in the engine; sums of groups come back, and become estimates here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import ibis
import numpy as np
import pyarrow as pa

from data_access.disclosure.cells import Cell, cell
from data_access.disclosure.shares import Asked
from data_access.importing.estimates import totals
from data_access.importing.estimates.answers import Answers, AnswersRefused
from data_access.importing.estimates.engine import EngineName, engine
from data_access.importing.estimates.final_step import GroupSums, Strata, mean, share
from data_access.importing.estimates.looking import undesigned, unread
from data_access.importing.estimates.wanted import Wanted
from data_access.measures.survey.errors import NoOneAsked
from data_access.measures.survey.results import SurveyEstimate

UNSTATED = "(not stated)"
"""The category, in cells, of people who are in no group of a dimension."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One group in one area; ``cell`` names both, everybody in the whole place being ``()``.

    ``figure`` in its own unit (shares from 0 to 1); ``yes`` unweighted people who said yes, None for a mean.
    """

    cell: Cell
    figure: SurveyEstimate
    yes: int | None


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


def estimate(answers: Answers, wanted: Sequence[Wanted], *, engine_name: EngineName | None = None) -> list[Estimates]:
    """Estimates of everything wanted, in the order asked for.

    A group in which nobody answered has no estimate and is left out, which is not an estimate of 0.

    Raises AnswersRefused with all that is wrong with the answers; NoOneAsked where nobody answered at all;
    SinglePsuStratum, StratumSizeDiffers, StratumTooSmall; SettingProblem for the engine.
    """
    with engine(engine_name) as connection:
        table = ibis.memtable(answers.table)
        wrong = dict.fromkeys(f for one in wanted for f in unread(connection, table, answers, one))
        if wrong:
            raise AnswersRefused(tuple(wrong))
        return [_estimates(connection, table, answers, one) for one in wanted]


def _estimates(connection: Any, table: Any, answers: Answers, wanted: Wanted) -> Estimates:
    people = totals.coded(table, wanted)
    connection.to_pyarrow(people.table.limit(0))  # makes the lists of codes known to engines that ask for it
    with people.table.cache() as kept:
        facts = connection.to_pyarrow(totals.design_facts(kept)).to_pylist()[0]
        if wrong := undesigned(facts, answers, wanted):
            raise AnswersRefused(wrong)
        if not facts["answered"]:
            raise NoOneAsked
        units = wanted.psu is not None
        strata = Strata.of(
            connection.to_pyarrow(totals.strata(kept, units=units)).to_pylist(),
            stratified=wanted.stratum is not None,
            units=units,
            single_psu=wanted.single_psu,
        )
        middle = 0.0 if wanted.is_share else facts["middle"]
        found: dict[Cell, GroupSums] = {}
        for dimensions in wanted.crossings:
            keys = [people.columns[name] for name in dimensions]
            sums = connection.to_pyarrow(totals.scores(kept, keys, units=units, middle=middle))
            found |= _groups(sums, dict(zip(dimensions, keys, strict=True)), strata)
        held = {one: _asked(sums.n, sums.yes, wanted) for one, sums in found.items()}
        for dimensions in _margins(wanted):
            keys = [people.columns[name] for name in dimensions]
            for row in connection.to_pyarrow(totals.counts(kept, keys)).to_pylist():
                named = {name: row[key] or UNSTATED for name, key in zip(dimensions, keys, strict=True)}
                held[cell(named)] = _asked(row["n"], row["yes"], wanted)
    everyone = found[()]
    estimates = []
    for one, sums in sorted(found.items(), key=lambda item: (len(item[0]), item[0])):
        if any(category == UNSTATED for _, category in one):
            continue
        figure = share(sums, everyone, strata, wanted.deff) if wanted.is_share else mean(sums, strata, middle)
        estimates.append(Estimate(one, figure, sums.yes if wanted.is_share else None))
    return Estimates(wanted, tuple(estimates), held)


def _groups(sums: pa.Table, keys: Mapping[str, str], strata: Strata) -> dict[Cell, GroupSums]:
    """The rows of each group together: one a stratum in, one object a group out."""
    columns = {name: sums[name].to_pylist() for name in sums.column_names}
    rows_of: dict[Cell, list[int]] = {}
    for i in range(sums.num_rows):
        named = {dimension: columns[key][i] or UNSTATED for dimension, key in keys.items()}
        rows_of.setdefault(cell(named), []).append(i)
    found = {}
    for one, unordered in rows_of.items():
        rows = sorted(unordered, key=lambda i: strata.place[columns["stratum"][i]])
        place = np.array([strata.place[columns["stratum"][i]] for i in rows], dtype=np.intp)
        touched, total, spread = (
            np.array([columns[name][i] for i in rows], dtype=np.float64) for name in ("touched", "total", "spread")
        )
        first = rows[0]
        found[one] = GroupSums(
            n=columns["n"][first],
            yes=columns["yes"][first],
            low=columns["low"][first],
            high=columns["high"][first],
            weight=columns["weight"][first],
            answers=columns["answers"][first],
            squares=columns["squares"][first],
            weights=columns["weights"][first],
            place=place,
            touched=touched,
            total=total,
            spread=spread,
        )
    return found


def _margins(wanted: Wanted) -> list[tuple[str, ...]]:
    """The sets of dimensions that wanted crossings contain and that are not wanted themselves."""
    below = {part for each in wanted.crossings for size in range(len(each)) for part in combinations(each, size)}
    return sorted(below - set(wanted.crossings))


def _asked(n: int, yes: int, wanted: Wanted) -> Asked:
    """Of a mean only the base can tell too much, which a share that everybody has says, too."""
    return Asked(n, yes if wanted.is_share else n)
