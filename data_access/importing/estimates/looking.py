"""What is looked at in answers before anything is estimated: every column there, every code known, a whole design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from data_access.importing.estimates import totals
from data_access.importing.estimates.answers import Answers
from data_access.importing.estimates.wanted import Wanted
from data_access.importing.findings import Finding

CODES_NAMED = 20
"""Unknown codes that are named; a column that has more is probably not one of codes."""


def unread(connection: Any, table: Any, answers: Answers, wanted: Wanted) -> list[Finding]:
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
        found += _unknown(connection, table, answers, one.column, known, f"a category of {one.dimension}")
    if outcome.no:
        known = [*outcome.yes, *outcome.no, *outcome.missing]
        found += _unknown(connection, table, answers, outcome.column, known, "a yes, a no or no answer")
    return found


def undesigned(facts: Mapping[str, Any], answers: Answers, wanted: Wanted) -> tuple[Finding, ...]:
    """Rows without what the design says every row has, from ``totals.design_facts``."""
    rules = (
        ("weight_missing", wanted.weight, "have no weight.", "Give each a weight, 0 for nobody interviewed."),
        ("weight_wrong", wanted.weight, "have a weight that is negative or infinite.", "Correct the weights."),
        ("stratum_missing", wanted.stratum, "have no stratum.", "Give each the stratum it was drawn in."),
        ("psu_missing", wanted.psu, "have no sampling unit.", "Give each the unit it was drawn in."),
        ("fpc_missing", wanted.fpc, "do not say how many units their stratum has.", "Give all of them, or none."),
    )
    return tuple(
        _finding(answers, rule, column, f"{facts[rule]} of {facts['rows']} rows {what}", mend)
        for rule, column, what, mend in rules
        if column and facts[rule]
    )


def _unknown(
    connection: Any, table: Any, answers: Answers, column: str, known: Sequence[str], what: str
) -> list[Finding]:
    strange = connection.to_pyarrow(totals.unknown_codes(table, column, known).limit(CODES_NAMED)).to_pylist()
    return [
        _finding(
            answers,
            "unknown_code",
            column,
            f"{row['rows']} rows have a code that the mapping does not explain.",
            f"Say in the mapping that it is {what}, or that it is missing.",
            value=row["code"],
            candidates=tuple(known),
        )
        for row in strange
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
