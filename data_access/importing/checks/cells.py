"""Rules a single row keeps or breaks: numbers that are numbers, codes that exist, values in their range."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from data_access.importing.checks.report import Hits
from data_access.importing.checks.table import NUMBERS, Floats, Table, where

MISSING = frozenset({"", "..", "...", "…", "-", "–", "—", "na", "n/a", "n.a.", "nan", "null", "none", ":", "*", "x"})
"""What tables write where there is no figure."""

STATUSES = frozenset("AUPEMQ")
ROUNDED = 1e-9
RANGE_BY_UNIT = {"PT": (0.0, 100.0), "PER_1000": (0.0, 1000.0), "NUMBER": (0.0, np.inf)}


def numbers(table: Table) -> Iterator[Hits]:
    """Text, or infinity, where a number belongs."""
    for name in NUMBERS:
        column = table.frame[name]
        found = table.number(name)
        bad = np.isinf(found)
        if column.dtype.kind not in "iuf":
            bad |= np.isnan(found) & column.notna().to_numpy()
        if bad.any():
            yield Hits(
                "not_a_number",
                "refused",
                where(bad),
                f"{name} is not a number.",
                "Write a number, or declare the text under missing codes in the mapping.",
                name,
            )
    if "raw" not in table.frame:
        return
    raw = table.text("raw")
    meant = raw.where([text.strip().casefold() not in MISSING for text in raw.labels])
    said_missing = table.text("status").where([s in ("M", "Q") for s in table.text("status").labels])
    lost = np.isnan(table.number("value")) & meant & table.frame["value"].isna().to_numpy() & ~said_missing
    if lost.any():
        yield Hits(
            "not_a_number",
            "refused",
            where(lost),
            "The cell holds text, not a number.",
            "Write a number, or declare the text under missing codes in the mapping.",
            "raw",
        )


def codes(table: Table) -> Iterator[Hits]:
    """Areas, series, groups, periods and statuses that do not exist."""
    catalogue = table.catalogue
    for name, known in (("area", catalogue.areas), ("series", catalogue.series)):
        text = table.text(name)
        bad = ~text.where([label in known for label in text.labels])
        if bad.any():
            yield Hits(
                f"unknown_{name}",
                "refused",
                where(bad),
                f"There is no {name} of this code.",
                f"Correct the code, or resolve the {name} in the mapping.",
                name,
            )
    group = table.text("group")
    fine = [
        parts is not None and all((dimension, code) in catalogue.categories for dimension, code in parts.items())
        for parts in table.groups
    ]
    bad = ~group.where(fine)
    if bad.any():
        yield Hits(
            "unknown_group",
            "refused",
            where(bad),
            "The group names a dimension or a category that does not exist.",
            "Write DIMENSION=CATEGORY pairs in alphabetical order joined by |, empty for everybody.",
            "group",
        )
    bad = np.isnan(table.years[0])
    if bad.any():
        yield Hits(
            "unreadable_period",
            "refused",
            where(bad),
            "The period is neither a year nor a span of years.",
            "Write 2019, or 2019-21 for a survey that ran over several years.",
            "time_period",
        )
    status = table.text("status")
    bad = ~status.where([label in STATUSES for label in status.labels])
    if bad.any():
        yield Hits(
            "unknown_status",
            "refused",
            where(bad),
            "The status is none of A, U, P, E, M and Q.",
            "Say in the mapping which status the file's mark stands for.",
            "status",
        )


def ranges(table: Table) -> Iterator[Hits]:
    """Values and bounds outside what the series' unit allows."""
    low, high = table.of_series("value_min"), table.of_series("value_max")
    for unit, (least, most) in RANGE_BY_UNIT.items():
        of_unit = table.has_unit(unit)
        low = np.where(of_unit & np.isnan(low), least, low)
        high = np.where(of_unit & np.isnan(high), most, high)
    for name in ("value", "lower", "upper"):
        value = table.number(name)
        bad = (value < low - ROUNDED) | (value > high + ROUNDED)
        if bad.any():
            yield Hits(
                "out_of_range",
                "refused",
                where(bad),
                partial(_outside, table, name, low, high),
                "Correct the figure, or the unit in the mapping.",
                name,
            )


def bounds(table: Table) -> Iterator[Hits]:
    """Intervals that do not hold their value; counts of people that cannot be."""
    value, lower, upper = (table.number(name) for name in ("value", "lower", "upper"))
    n, yes, population, se = (table.number(name) for name in ("n", "yes", "population", "se"))
    rules = (
        (
            "bounds_crossed",
            lower > upper,
            "The lower bound is above the upper.",
            "Exchange or correct the bounds.",
            "lower",
        ),
        (
            "value_below_bounds",
            lower > value,
            "The value is below its lower bound.",
            "Correct value or bounds.",
            "lower",
        ),
        (
            "value_above_bounds",
            value > upper,
            "The value is above its upper bound.",
            "Correct value or bounds.",
            "upper",
        ),
        ("negative_error", se < 0, "The standard error is negative.", "Correct it, or leave it empty.", "se"),
        ("negative_count", n < 0, "Fewer than no people asked.", "Correct n, or leave it empty.", "n"),
        ("negative_count", yes < 0, "Fewer than no people said yes.", "Correct it, or leave it empty.", "yes"),
        ("negative_count", population < 0, "Fewer than no people.", "Correct it, or leave it empty.", "population"),
        (
            "part_exceeds_whole",
            yes > n,
            "More people said yes than were asked.",
            "Exchange or correct the columns.",
            "yes",
        ),
    )
    for rule, bad, what, mend, name in rules:
        if bad.any():
            yield Hits(rule, "refused", where(bad), what, mend, name)
    broken = (n != np.floor(n)) & np.isfinite(n)
    if broken.any():
        yield Hits(
            "not_whole",
            "question",
            where(broken),
            "People asked are not a whole number.",
            "Give the unweighted number of people asked, not a weighted one.",
            "n",
        )
    bad = (n > population) & (population > 0)
    if bad.any():
        yield Hits(
            "part_exceeds_whole",
            "question",
            where(bad),
            "More people were asked than there are.",
            "Check whether sample and population are exchanged or in thousands.",
            "n",
        )


def statuses(table: Table) -> Iterator[Hits]:
    """Missing figures that do not say so, and figures that say they are missing."""
    none = np.isnan(table.number("value"))
    status = table.text("status")
    missing = status.where([label in ("M", "Q") for label in status.labels])
    if (bad := missing & ~none).any():
        yield Hits(
            "value_said_missing",
            "refused",
            where(bad),
            "The status says there is no figure; there is one.",
            "Take the figure out, or correct the status.",
        )
    if (bad := none & ~missing & table.frame["value"].isna().to_numpy()).any():
        yield Hits(
            "no_value",
            "question",
            where(bad),
            "There is no figure, and the status does not say why.",
            "Give status M (missing in the source) or Q (withheld), or leave the row out.",
            "status",
        )


def _span(low: float, high: float) -> str:
    return (
        f"{low:g} or more"
        if not np.isfinite(high)
        else f"{low:g} to {high:g}"
        if np.isfinite(low)
        else f"{high:g} or less"
    )


def _outside(table: Table, name: str, low: Floats, high: Floats, row: int) -> str:
    span = _span(float(low[row]), float(high[row]))
    return f"{name} is outside {span}, the range of {table.text('series').at(row)}."
