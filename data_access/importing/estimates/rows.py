"""Estimates on their way out of the job: as rows to load, as questions for disclosure control, as a study."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import ibis

from data_access.disclosure.cells import Hierarchy
from data_access.disclosure.publication import Question
from data_access.disclosure.release import SUPPRESSED, Observed, Prepared
from data_access.importing.estimates import totals
from data_access.importing.estimates.answers import Answers
from data_access.importing.estimates.engine import EngineName, engine
from data_access.importing.estimates.estimate import UNSTATED, Estimate, Estimates
from data_access.importing.estimates.wanted import AREAS, Wanted
from data_access.importing.intersections import Study, study
from data_access.importing.tidy import TidyRow
from data_access.measures.survey.design import SIMPLE_RANDOM
from data_access.models.groups import group_key

DIGITS = 12
"""Significant digits of a stored number: an engine that adds up in another order differs in the sixteenth only."""


def rows_of(found: Iterable[Estimates], protected: Mapping[str, Prepared] | None = None) -> list[TidyRow]:
    """One row an estimate, in the series' scale; with what ``protect`` prepared, hidden ones are emptied.

    A value withheld because too few answered has status Q like one that is hidden; it has no value, and its counts only
    until disclosure control has seen them. U marks an estimate from 25 to 49 people.
    """
    rows = []
    for each in found:
        public = protected[key_of(each)].public if protected is not None else None
        for one in each.estimates:
            row = _row(each.wanted, one)
            shown = public is None or (one.cell in public and public[one.cell].status != SUPPRESSED)
            rows.append(row if shown else _emptied(row))
    return rows


def key_of(found: Estimates) -> str:
    """The name of a question: its series and period."""
    return f"{found.wanted.series} {found.wanted.period}"


def questions_of(found: Iterable[Estimates]) -> dict[str, Question]:
    """What ``data_access.disclosure.publication.protect`` takes, by ``key_of``: exact unweighted counts of all cells.

    Figures withheld for their reliability are not published, and count among the cells that are held besides.
    """
    return {
        key_of(each): Question(
            asked=each.counts,
            observed={one.cell: _observed(each.wanted, one) for one in each.estimates if one.figure.value is not None},
            sensitive_attribute=each.wanted.sensitive,
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


def study_of(
    answers: Answers, wanted: Wanted, *, barrier: bool = False, engine_name: EngineName | None = None, **settings: int
) -> Study:
    """Who is furthest behind, by the circumstances of ``wanted.domains``; areas are none of them.

    People without an answer or a weight are left out; a circumstance that is not stated is a category of its own.
    ``settings``: ``draws`` and ``seed``. Raises what ``data_access.importing.intersections.study`` raises.
    """
    with engine(engine_name) as connection:
        people = totals.coded(ibis.memtable(answers.table), wanted)
        asked = people.table.filter(people.table.y.notnull() & (people.table.w > 0))
        columns = connection.to_pyarrow(asked).to_pydict()
    circumstances = [one.dimension for one in wanted.breakdowns if one.dimension != AREAS]
    microdata: dict[str, Sequence[Any]] = {
        "OUTCOME": columns["y"], "WEIGHT": columns["w"], "STRATUM": columns["stratum"], "PSU": columns["psu"],
    }  # fmt: skip
    for name in circumstances:
        microdata[name] = [category or UNSTATED for category in columns[people.columns[name]]]
    return study(
        microdata,
        outcome="OUTCOME",
        circumstances=circumstances,
        weight="WEIGHT",
        stratum="STRATUM" if wanted.stratum else None,
        psu="PSU" if wanted.psu else None,
        barrier=barrier,
        single_psu=wanted.single_psu,
        **settings,
    )


def _row(wanted: Wanted, one: Estimate) -> TidyRow:
    categories = dict(one.cell)
    seen = _observed(wanted, one)
    return TidyRow(
        area=categories.pop(AREAS, wanted.area),
        series=wanted.series,
        group=group_key(categories),
        time_period=wanted.period,
        value=seen.value,
        se=seen.se,
        lower=seen.lower,
        upper=seen.upper,
        n=seen.n,
        yes=one.yes,
        status=seen.status,
        note=seen.note,
    )


def _emptied(row: TidyRow) -> TidyRow:
    return TidyRow(row.area, row.series, row.group, row.time_period, value=None, status=SUPPRESSED)


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
