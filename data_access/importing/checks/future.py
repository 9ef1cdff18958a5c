"""Targets dressed as observations: figures of years to come, and lines too straight to have been observed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from data_access.importing.checks.report import Hits
from data_access.importing.checks.scale import neighbours
from data_access.importing.checks.table import Bools, Table, where
from data_access.importing.findings import Kind

FEWEST_POINTS = 4
EXACT = 1e-7
"""By what part of the line's rise a point may lie off it."""


def years_to_come(table: Table, today: date) -> Iterator[Hits]:
    """Figures of a period that ends after this year."""
    bad = table.years[1] > today.year
    if bad.any():
        yield Hits(
            "future_period",
            "refused",
            where(bad),
            f"The period ends after {today.year}: nothing can have been observed.",
            "Record it as a goal, or correct the period.",
            "time_period",
        )


def straight_lines(table: Table, today: date) -> Iterator[Hits]:
    """Four or more points of one area and group on one sloping straight line: a path to a target, or filled in.

    A line into the future is refused; one that ends before is a question.
    """
    order, same, value = neighbours(table)
    if not same.any():
        return
    year, ends = table.years[0][order], table.years[1][order]
    run = np.concatenate(([0], np.cumsum(~same)))
    cells = np.bincount(run)
    starts = np.concatenate(([0], np.cumsum(cells)[:-1]))
    lasts = starts + cells - 1
    span = np.maximum(year[lasts] - year[starts], 1)
    slope = (value[lasts] - value[starts]) / span
    off = np.abs(value - (value[starts][run] + slope[run] * (year - year[starts][run])))
    rise = np.abs(value[lasts] - value[starts])
    straight = (np.maximum.reduceat(off, starts) <= EXACT * rise) & (rise > 0) & (cells >= FEWEST_POINTS)
    if not straight.any():
        return
    ahead = np.maximum.reduceat(ends, starts) > today.year
    told: tuple[tuple[Bools, Kind, str, str], ...] = (
        (straight & ahead, "refused", "straight_line_ahead", "These figures lie on one straight line into the future."),
        (straight & ~ahead, "question", "straight_line", "At least four figures lie on one straight line."),
    )
    for marks, kind, rule, what in told:
        if marks.any():
            rows = np.sort(order[marks[run]])
            yield Hits(
                rule,
                kind,
                rows,
                what,
                "Record targets as goals; leave out figures that were filled in between observed ones.",
            )
