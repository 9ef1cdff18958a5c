"""Estimates on their way out of the job: as rows to load, as questions for disclosure control, as a study."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np

from data_access.disclosure.cells import Cell, Hierarchy, cell
from data_access.disclosure.publication import Question
from data_access.disclosure.release import SUPPRESSED, Observed, Prepared
from data_access.importing.estimates.answers import Answers
from data_access.importing.estimates.coding import NOT_STATED, coded
from data_access.importing.estimates.estimate import Estimate, Estimates
from data_access.importing.estimates.wanted import AREAS, Wanted
from data_access.importing.intersections import Study, study, tells_too_much
from data_access.importing.tidy import TidyRow
from data_access.importing.truths import Truth
from data_access.measures.furthest_behind.people import People
from data_access.measures.survey.design import SIMPLE_RANDOM
from data_access.models.groups import group_key, members
from data_access.publishing.rows import Row
from data_access.publishing.storing import WITHHELD_NOTE

DIGITS = 12
"""Significant digits of a stored number: an engine that adds up in another order differs in the sixteenth only."""


def rows_of(
    found: Iterable[Estimates], protected: Mapping[str, Prepared] | None = None, *, sheet: str = ""
) -> list[TidyRow]:
    """One row an estimate, in the series' scale; with what ``protect`` prepared, hidden ones are emptied.

    A value withheld because too few answered has status Q like one that is hidden; it has no value, and its counts only
    until disclosure control has seen them. U marks an estimate from 25 to 49 people.
    """
    rows = []
    for each in found:
        public = protected[key_of(each)].public if protected is not None else None
        for one in each.estimates:
            row = replace(_row(each.wanted, one), sheet=sheet)
            shown = public is None or (one.cell in public and public[one.cell].status != SUPPRESSED)
            rows.append(row if shown else _emptied(row))
    return rows


def truths_of(found: Iterable[Estimates], protected: Mapping[str, Prepared]) -> list[Truth]:
    """The estimates that ``rows_of`` empties, as they are."""
    truths = []
    for each in found:
        kept = {one.cell: one for one in protected[key_of(each)].protected}
        truths += [
            Truth(_row(each.wanted, one), kept[one.cell].kind, kept[one.cell].reasons)
            for one in each.estimates
            if one.cell in kept
        ]
    return truths


def key_of(found: Estimates) -> str:
    """The name of a question: its series and period."""
    return f"{found.wanted.series} {found.wanted.period}"


def questions_of(
    found: Iterable[Estimates], shown_before: Mapping[str, Collection[Cell]] | None = None
) -> dict[str, Question]:
    """What ``data_access.disclosure.publication.protect`` takes, by ``key_of``: exact unweighted counts of all cells.

    Figures withheld for their reliability are not published, and count among the cells that are held besides.
    ``shown_before`` by ``key_of`` the cells that earlier releases showed.
    """
    return {
        key_of(each): Question(
            asked=each.counts,
            observed={one.cell: _observed(each.wanted, one) for one in each.estimates if one.figure.value is not None},
            sensitive_attribute=each.wanted.sensitive,
            shown_before=(shown_before or {}).get(key_of(each), ()),
            dominated=[one.cell for one in each.estimates if one.dominated],
        )
        for each in found
    }


def hierarchies_of(found: Iterable[Estimates]) -> list[Hierarchy]:
    """For each dimension its categories and the people in none of them, who together are everybody."""
    codes: dict[str, dict[str, None]] = {}
    for each in found:
        for dimension, category in chain(*each.counts):
            codes.setdefault(dimension, {})[category] = None
    return [Hierarchy.flat(dimension, sorted(named)) for dimension, named in sorted(codes.items())]


def shown_cells(found: Estimates, earlier: Iterable[Row]) -> set[Cell]:
    """The cells of ``found`` whose figure one of the ``earlier`` rows of the same source showed."""
    wanted, shown = found.wanted, set()
    for row in earlier:
        if (row.series, row.time_period) != (wanted.series, wanted.period):
            continue
        categories = {d: c for d, c in members(row.group).items() if d not in wanted.group}
        one = cell(categories | ({} if row.area == wanted.area else {AREAS: row.area}))
        if one in found.counts:
            shown.add(one)
    return shown


@dataclass(frozen=True, slots=True)
class StudyOf:
    """A study with the circumstances it could be made of; ``left_out`` those of which 1 to a few people say nothing, so
    that leaving them out would tell of them; ``silent`` people left out for saying nothing of another."""

    study: Study
    left_out: tuple[str, ...]
    silent: int


def study_of(
    answers: Answers,
    wanted: Wanted,
    circumstances: Sequence[str] | None = None,
    *,
    barrier: bool = False,
    hidden: Collection[Cell] = (),
    **settings: int,
) -> StudyOf | None:
    """Who is furthest behind, by ``circumstances`` (None: all of ``wanted.domains``); areas are none of them.

    People without an answer, a weight or one of the circumstances are left out. ``hidden`` cells of the estimates stay
    hidden here. None where no two circumstances are left. ``settings``: ``draws`` and ``seed``. Raises what
    ``data_access.importing.intersections.study`` raises.
    """
    people = coded(answers, wanted)
    asked = people.asked
    names = [one.dimension for one in wanted.breakdowns if one.dimension != AREAS]
    names = [name for name in names if circumstances is None or name in circumstances]
    y = people.y[asked]
    stated = {name: people.ways[name][asked] != NOT_STATED for name in names}
    kept, left_out = list(names), []
    while True:
        keep = np.logical_and.reduce([np.ones(y.size, np.bool_), *(stated[name] for name in kept)])
        if keep.all() or not tells_too_much(People.of(y, np.ones(y.size), {"EVERYBODY": ["all"] * y.size}), ~keep):
            break
        worst = max(kept, key=lambda name: int((~stated[name]).sum()))
        kept.remove(worst)
        left_out.append(worst)
    if len(kept) < 2:
        return None

    chosen = np.flatnonzero(asked)[keep]
    microdata: dict[str, Sequence[Any]] = {"OUTCOME": people.y[chosen].tolist(), "WEIGHT": people.w[chosen].tolist()}
    microdata["STRATUM"] = people.stratum.codes[chosen].tolist()
    microdata["PSU"] = [] if people.psu is None else people.psu.codes[chosen].tolist()
    for name in kept:
        labels = ("", *people.categories[name])
        microdata[name] = [labels[code] for code in people.ways[name][chosen].tolist()]
    found = study(
        microdata,
        outcome="OUTCOME",
        circumstances=kept,
        weight="WEIGHT",
        stratum="STRATUM" if wanted.stratum else None,
        psu="PSU" if wanted.psu else None,
        barrier=barrier,
        single_psu=wanted.single_psu,
        hidden=hidden,
        **settings,
    )
    return StudyOf(found, tuple(left_out), int((~keep).sum()))


def _row(wanted: Wanted, one: Estimate) -> TidyRow:
    categories = dict(one.cell)
    seen = _observed(wanted, one)
    return TidyRow(
        area=categories.pop(AREAS, wanted.area),
        series=wanted.series,
        group=group_key({**wanted.group, **categories}),
        time_period=wanted.period,
        value=seen.value,
        se=seen.se,
        lower=seen.lower,
        upper=seen.upper,
        n=seen.n,
        yes=one.yes,
        status=seen.status,
        note=seen.note,
        column=wanted.shown_as,
    )


def _emptied(row: TidyRow) -> TidyRow:
    empty = TidyRow(row.area, row.series, row.group, row.time_period, value=None, status=SUPPRESSED)
    return replace(empty, note=WITHHELD_NOTE, sheet=row.sheet, column=row.column)


def _observed(wanted: Wanted, one: Estimate) -> Observed:
    figure = one.figure
    status = SUPPRESSED if figure.value is None else "U" if "unreliable" in figure.flags else "A"
    return Observed(
        value=_scaled(figure.value, wanted),
        lower=_scaled(figure.lower, wanted),
        upper=_scaled(figure.upper, wanted),
        se=_scaled(figure.se, wanted),
        n=figure.n,
        status=status,
        note=_note(one) if figure.value is not None else "",
    )


def _scaled(number: float | None, wanted: Wanted) -> float | None:
    return None if number is None else float(f"{number * wanted.scale:.{DIGITS}g}")


def _note(one: Estimate) -> str:
    """What the estimate had to suppose, and whether somebody should look at it again."""
    figure, said = one.figure, []
    if set(SIMPLE_RANDOM) <= set(figure.assumed):
        said.append("Computed as a simple random sample: strata and sampling units are not stated.")
    if "single_psu_centred" in figure.assumed:
        said.append("Strata with one sampling unit are set against the whole sample.")
    if "review" in figure.flags:
        said.append("The interval rests on few sampling units, or everyone in the group answered alike.")
    return " ".join(said)
