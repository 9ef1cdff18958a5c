"""Figures in the wrong unit: proportions among percentages, thousands among persons, nulls that became zeros."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_access.importing.checks.report import Hits
from data_access.importing.checks.table import Bools, Floats, Ints, Table, where

ZERO_SHARE = 0.6
FEWEST_FOR_ZEROS = 10
GAP = 5.0
"""How many times greater the least value above 1 is than the greatest up to 1 where two scales are mixed."""

JUMP = 50.0
"""Times a figure may grow or shrink between neighbouring periods unasked."""

LARGE_COUNT = 1_000.0


def proportions(table: Table) -> Iterator[Hits]:
    """Series in percent whose figures are all 0-1, or fall into two heaps, one of them up to 1."""
    value = table.number("value")
    counted = table.has_unit("PT") & np.isfinite(value)
    if not counted.any():
        return
    key = table.key("series", "sheet", "column")[counted]
    of_row = _numbered(key)
    figures = pd.DataFrame({"key": of_row, "value": value[counted]})
    figures["low"] = figures["value"].where((figures["value"] > 0) & (figures["value"] <= 1))
    figures["high"] = figures["value"].where(figures["value"] > 1)
    told = figures.groupby("key").agg(
        n=("value", "count"),
        most=("value", "max"),
        low=("low", "count"),
        high=("high", "count"),
        edge=("low", "max"),
        start=("high", "min"),
    )
    rows = where(counted)
    small = (told["most"] <= 1) & (told["low"] > told["n"] / 2)
    if small.any():
        yield Hits(
            "proportion_for_percent",
            "question",
            rows[small.to_numpy()[of_row]],
            "Every figure of this column is between 0 and 1, and the series is in percent.",
            "If they are proportions, write unit: proportion, to_unit: percent in the mapping; if not, confirm them.",
        )
    fewest = np.maximum(2, 0.05 * told["n"])
    mixed = (told["low"] >= fewest) & (told["high"] >= fewest) & (told["start"] >= GAP * told["edge"])
    if mixed.any():
        one = mixed.to_numpy()[of_row] & figures["low"].notna().to_numpy()
        yield Hits(
            "proportions_mixed_in",
            "question",
            rows[one],
            "This figure looks like a proportion among percentages: nothing lies between the two heaps.",
            "Multiply the proportions by 100, or say that they are percentages.",
        )


def zeros(table: Table) -> Iterator[Hits]:
    """Columns of which more than 60 % is exactly 0: cells that were empty once?"""
    value = table.number("value")
    counted = ~np.isnan(value)
    if not counted.any():
        return
    of_row = _numbered(table.key("series", "sheet", "column")[counted])
    is_zero = value[counted] == 0
    cells = np.bincount(of_row)
    share = np.bincount(of_row, is_zero) / cells
    asked = (share > ZERO_SHARE) & (cells >= FEWEST_FOR_ZEROS)
    if asked.any():
        yield Hits(
            "mostly_zero",
            "question",
            where(counted)[asked[of_row] & is_zero],
            "More than 60 % of this column is exactly 0.",
            "If empty cells became zeros, empty them again; if they are true zeros, say so in the mapping.",
        )


def jumps(table: Table) -> Iterator[Hits]:
    """Figures fifty times those of the period before, or a fiftieth of them, for the same area and group."""
    order, same, value = neighbours(table)
    if not same.any():
        return
    before, after = value[:-1][same], value[1:][same]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.maximum(before / after, after / before)
    least, most = np.minimum(before, after), np.maximum(before, after)
    rows = order[1:][same]
    counts = table.has_unit("NUMBER")[rows]
    far = (least > 0) & (ratio >= JUMP) & np.where(counts, most >= LARGE_COUNT, True)
    if far.any():
        yield Hits(
            "unit_jump",
            "question",
            rows[far],
            "At least 50 times more, or less, than in the period before.",
            "Check the unit of both periods (percent or proportion; persons or thousands), or confirm the change.",
        )


def neighbours(table: Table) -> tuple[Ints, Bools, Floats]:
    """Rows with a value by series, area, group and year; where the next is of the same three; the values so sorted."""
    value, year = table.number("value"), table.years[0]
    rows = where(np.isfinite(value) & ~np.isnan(year))
    key = table.key("series", "area", "group")[rows]
    order = rows[np.lexsort((year[rows], key))].astype(np.int64)
    sorted_key = table.key("series", "area", "group")[order]
    same = (sorted_key[1:] == sorted_key[:-1]) & (year[order][1:] > year[order][:-1])
    return order, same, value[order]


def _numbered(key: Ints) -> Ints:
    return np.asarray(pd.factorize(key)[0], np.int64)
