"""All checks of a table of figures, in one pass."""

from __future__ import annotations

from datetime import date

import pandas as pd

from data_access.importing.checks import cells, future, groups, repeats, scale, totals
from data_access.importing.checks.report import Report
from data_access.importing.checks.table import Table
from data_access.queries.facts import Catalogue

RULES = (
    cells.numbers,
    cells.codes,
    cells.ranges,
    cells.bounds,
    cells.statuses,
    scale.proportions,
    scale.zeros,
    scale.jumps,
    repeats.repeats,
    totals.named_totals,
    totals.sums_among_parts,
    totals.parts_exceed_whole,
    groups.impossible,
)
DATED_RULES = (future.years_to_come, future.straight_lines)


def check_figures(frame: pd.DataFrame, catalogue: Catalogue, *, file: str, today: date | None = None) -> Report:
    """Everything wrong or strange with ``frame``: one figure a row, the columns of TidyRow, codes resolved.

    Columns ``raw`` (the text of the value's cell), ``area_text`` and ``group_text`` are used where they are. Values are
    in the series' own unit (percent 0-100). ``today`` decides what is the future. Raises KeyError for a missing column.
    """
    table = Table(frame, catalogue)
    report = Report(file, table.frame)
    day = today or date.today()
    if table.size:
        for rule in RULES:
            report.hits.extend(rule(table))
        for dated in DATED_RULES:
            report.hits.extend(dated(table, day))
    return report
