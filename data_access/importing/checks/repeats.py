"""The same figure twice."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_access.importing.checks.report import Hits
from data_access.importing.checks.table import Table, where


def repeats(table: Table) -> Iterator[Hits]:
    """Rows that say what an earlier one says of the same series, area, group and period, or contradict it."""
    if table.size == 0:
        return
    key = table.key("series", "area", "group", "time_period")
    again = pd.Series(key).duplicated().to_numpy()
    if not again.any():
        return
    codes, firsts = pd.factorize(key)
    first = np.full(len(firsts), table.size, np.int64)
    np.minimum.at(first, codes, np.arange(table.size))
    value = table.number("value")
    numbered = table.frame["row"].to_numpy()
    earlier = value[first[codes]]
    equal = (value == earlier) | (np.isnan(value) & np.isnan(earlier))

    def told(row: int) -> str:
        place = int(first[codes[row]])
        return f"Row {numbered[place]} speaks of the same series, area, group and period"

    if (rows := where(again & ~equal)).size:
        yield Hits(
            "contradicts",
            "refused",
            rows,
            lambda row: f"{told(row)} and has another value.",
            "Keep one of them, or tell them apart (a missing breakdown, another period).",
        )
    if (rows := where(again & equal)).size:
        yield Hits(
            "repeated",
            "question",
            rows,
            lambda row: f"{told(row)} and has the same value.",
            "Take one of them out, or tell them apart.",
        )
