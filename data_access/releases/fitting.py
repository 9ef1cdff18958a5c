"""Whether a row can be an observation at all: the rules of the table, asked before it would refuse the whole file."""

from __future__ import annotations

import math
from collections.abc import Iterator

from data_access.importing.tidy import TidyRow
from data_access.models.groups import members
from data_access.models.observations import STATUSES
from data_access.periods import UnknownPeriod, years

LONGEST_PERIOD = 10
Fault = tuple[str, str, str]
"""The rule broken, what is wrong, and how to mend it."""


def faults(row: TidyRow, unit: str) -> Iterator[Fault]:
    """Every rule that the row breaks; ``unit`` is that of its series."""
    yield from _of_its_key(row)
    numbers = (row.value, row.se, row.lower, row.upper)
    if any(number is not None and not math.isfinite(number) for number in numbers):
        yield "finite", "a number is infinite or not a number.", "Write digits, or leave the cell empty."
        return
    if row.status not in STATUSES:
        yield "status", f"the status {row.status!r} is not known.", f"Use one of {', '.join(STATUSES)}."
    elif (row.value is None) != (row.status in ("M", "Q")):
        yield (
            "status",
            "a value and its status contradict each other.",
            "Give M or Q where, and only where, it is empty.",
        )
    if row.status == "Q" and any(number is not None for number in (row.n, row.se, row.lower)):
        yield "suppressed", "a suppressed figure still tells its base or interval.", "Empty those cells, too."
    if (row.lower is None) != (row.upper is None):
        yield "interval", "an interval has one end only.", "Give both, or none."
    elif row.lower is not None and row.upper is not None:
        if row.value is None:
            yield "interval", "an interval stands without its value.", "Give the value, or empty the interval."
        elif not row.lower <= row.value <= row.upper:
            yield "interval", "the value lies outside its interval.", "Check which column is which."
    if unit == "PT" and any(n is not None and not 0 <= n <= 100 for n in (row.value, row.lower, row.upper)):
        yield "percentage", "a percentage lies outside 0 to 100.", "Check the value and the unit of the series."
    for name, number in (("se", row.se), ("n", row.n), ("population", row.population)):
        if number is not None and number < 0:
            yield name, f"{name} is negative.", "Give 0 or more, or leave it empty."


def _of_its_key(row: TidyRow) -> Iterator[Fault]:
    try:
        years(row.time_period)
        if len(row.time_period) > LONGEST_PERIOD:
            raise UnknownPeriod(f"{row.time_period!r} is too long")
    except UnknownPeriod as problem:
        yield "period", f"{problem}.", "Write a year, or a span of years."
    try:
        members(row.group)
    except ValueError as problem:
        yield "group", f"{problem}.", "Write the group's members in the order of their dimensions."
