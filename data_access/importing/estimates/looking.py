"""What is looked at in answers before anything is estimated: every column there, every code known, a whole design."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data_access.importing.estimates.answers import Answered, Answers
from data_access.importing.estimates.coding import Coded
from data_access.importing.estimates.wanted import Wanted
from data_access.importing.findings import Finding

CODES_NAMED = 20
"""Unknown codes that are named; a column that has more is probably not one of codes."""


def unread(answers: Answers, wanted: Wanted) -> list[Finding]:
    """Columns that are missing or hold text where numbers are needed, and codes that nobody explained."""
    outcome = wanted.outcome
    design = (wanted.weight, wanted.stratum, wanted.psu, wanted.fpc)
    asked = [outcome.column, *(one.column for one in wanted.breakdowns), *(name for name in design if name)]
    there = answers.table.schema
    missing = [name for name in dict.fromkeys(asked) if name not in there.names]
    if missing:
        return [
            _finding(answers, "column_missing", name, "the column is not there.", "Name it as the file does.")
            for name in missing
        ]
    numbers = [name for name in (wanted.weight, wanted.fpc, "" if wanted.is_share else outcome.column) if name]
    found = [
        _finding(answers, "not_numbers", name, "the column holds text, not numbers.", "Correct the cells with words.")
        for name in numbers
        if not (pa.types.is_floating(there.field(name).type) or pa.types.is_integer(there.field(name).type))
    ]
    for one in wanted.breakdowns:
        known = [*one.codes, *one.missing]
        found += _unknown(answers, one.column, known, f"a category of {one.dimension}")
    if outcome.no:
        known = [*outcome.yes, *outcome.no, *outcome.missing]
        found += _unknown(answers, outcome.column, known, "a yes, a no or no answer")
    return found


def undesigned(people: Coded, answers: Answers, wanted: Wanted) -> tuple[Finding, ...]:
    """Rows without what the design says every row has."""
    w = people.w
    lacking: tuple[tuple[str, str | None, NDArray[np.bool_] | None, str, str], ...] = (
        ("weight_missing", wanted.weight, np.isnan(w), "have no weight.", "Give each a weight, 0 for nobody asked."),
        ("weight_wrong", wanted.weight, (w < 0) | np.isinf(w), "have a weight that is negative or infinite.",
         "Correct the weights."),
        ("stratum_missing", wanted.stratum, people.stratum.codes < 0, "have no stratum.",
         "Give each the stratum it was drawn in."),
        ("psu_missing", wanted.psu, people.psu.codes < 0 if people.psu else None, "have no sampling unit.",
         "Give each the unit it was drawn in."),
        ("fpc_missing", wanted.fpc, np.isnan(people.fpc) if people.fpc is not None else None,
         "do not say how many units their stratum has.", "Give all of them, or none."),
    )  # fmt: skip
    return tuple(
        _finding(answers, rule, column, f"{rows.sum()} of {w.size} rows {what}", mend)
        for rule, column, rows, what, mend in lacking
        if column and rows is not None and rows.any()
    )


def _unknown(answers: Answers, column: str, known: Sequence[str], what: str) -> list[Finding]:
    given = Answered.of(answers.table[column])
    explained, counts = set(known), given.counts().tolist()
    strange = sorted((code, count) for code, count in zip(given.labels, counts, strict=True) if count)
    return [
        _finding(
            answers,
            "unknown_code",
            column,
            f"{count} rows have a code that the mapping does not explain.",
            f"Say in the mapping that it is {what}, or that it is missing.",
            value=code,
            candidates=tuple(known),
        )
        for code, count in [each for each in strange if each[0] not in explained][:CODES_NAMED]
    ]


def _finding(
    answers: Answers,
    rule: str,
    column: str,
    what: str,
    mend: str,
    *,
    value: str = "",
    candidates: tuple[str, ...] = (),
) -> Finding:
    return Finding(
        "refused", rule, answers.file, what, mend, answers.sheet, column=column, value=value, candidates=candidates
    )
