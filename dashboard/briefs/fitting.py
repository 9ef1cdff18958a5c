"""A brief that runs over its two pages, shorter by what says least: it is all online and in the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dashboard.briefs.definition import Brief
from dashboard.text import _

PAGES = 2
FEWEST_HEADLINES, FEWEST_ROWS = 2, 6


def shorter_and_shorter(brief: Brief) -> Iterator[Brief]:
    """The brief itself, then without its last findings, one by one down to two, then with fewer figures and rows."""
    yield brief
    for count in range(len(brief.headlines) - 1, FEWEST_HEADLINES - 1, -1):
        yield replace(brief, headlines=brief.headlines[:count])
    fewest = replace(brief, headlines=brief.headlines[:FEWEST_HEADLINES])
    rows = brief.table.rows
    if len(rows) > FEWEST_ROWS:
        note = _("{count} further figures are online and in the data.").format(count=len(rows) - FEWEST_ROWS)
        table = replace(brief.table, rows=rows[:FEWEST_ROWS], note=" ".join(filter(None, (brief.table.note, note))))
        fewest = replace(fewest, table=table)
        yield fewest
    if brief.comparison is not None and len(brief.comparison.rows) > 2:
        fewest = replace(fewest, comparison=replace(brief.comparison, rows=brief.comparison.rows[:2]))
        yield fewest
    rows_of_gap = brief.gap.rows
    if len(rows_of_gap) > FEWEST_ROWS:
        ends = (*rows_of_gap[: FEWEST_ROWS - 2], *rows_of_gap[-2:])
        note = _("{count} rows between these are left out here.").format(count=len(rows_of_gap) - FEWEST_ROWS)
        yield replace(fewest, gap=replace(brief.gap, rows=ends, subtitle=f"{brief.gap.subtitle} · {note}"))
