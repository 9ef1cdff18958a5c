"""Whether a row can be an observation at all: the rules of the table, asked before it would refuse the whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from data_access.importing.tidy import Coded, Ints, Mask, TidyRows
from data_access.models.groups import members
from data_access.models.observations import STATUSES
from data_access.periods import UnknownPeriod, years

LONGEST_PERIOD = 10
ABSENT = ("M", "Q")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that rows break: ``rows`` marks them, ``what`` says it of all or of the rows at some places."""

    rule: str
    rows: Mask
    what: str | Callable[[Ints], list[str]]
    mend: str
    shows: str = ""
    """The column whose text a finding repeats as its value; empty for none."""


def faults(rows: TidyRows, percentages: Mask) -> Iterator[Fault]:
    """Every rule that some of the rows break; ``percentages`` marks those whose series is in percent."""
    for field, rule, words, mend in (
        ("time_period", "period", _wrong_period, "Write a year, or a span of years."),
        ("group", "group", _wrong_group, "Write the group's members in the order of their dimensions."),
    ):
        told = {text: wrong for text in rows.texts[field].used() if (wrong := words(text))}
        if told:
            column = rows.texts[field]
            yield Fault(rule, column.holds(told.__contains__), partial(_of_text, column, told), mend)
    yield from (one for one in _of_numbers(rows, percentages) if one.rows.any())


def _of_numbers(rows: TidyRows, percentages: Mask) -> Iterator[Fault]:
    value, se, lower, upper = (rows.numbers[name] for name in ("value", "se", "lower", "upper"))
    status = rows.texts["status"]
    infinite = np.isinf(value) | np.isinf(se) | np.isinf(lower) | np.isinf(upper)
    fine, empty = ~infinite, np.isnan(value)
    known = status.holds(lambda text: text in STATUSES)
    absent = status.holds(lambda text: text in ABSENT)
    withheld = status.holds(lambda text: text == "Q")
    one_end, two_ends = np.isnan(lower) != np.isnan(upper), ~np.isnan(lower) & ~np.isnan(upper)
    tells = ~(np.isnan(rows.numbers["n"]) & np.isnan(se) & np.isnan(lower))
    outside = two_ends & ~empty & ~((lower <= value) & (value <= upper))
    beyond = (value < 0) | (value > 100) | (lower < 0) | (lower > 100) | (upper < 0) | (upper > 100)
    yield Fault("finite", infinite, "a number is infinite or not a number.", "Write digits, or leave the cell empty.")
    unknown = {text: f"the status {text!r} is not known." for text in status.used() if text not in STATUSES}
    yield Fault("status", fine & ~known, partial(_of_text, status, unknown), f"Use one of {', '.join(STATUSES)}.")
    yield Fault(
        "status",
        fine & known & (empty != absent),
        "a value and its status contradict each other.",
        "Give M or Q where, and only where, it is empty.",
    )
    told = "a suppressed figure still tells its base or interval."
    yield Fault("suppressed", fine & withheld & tells, told, "Empty those cells, too.")
    yield Fault("interval", fine & one_end, "an interval has one end only.", "Give both, or none.")
    alone = "an interval stands without its value."
    yield Fault("interval", fine & two_ends & empty, alone, "Give the value, or empty the interval.")
    yield Fault("interval", fine & outside, "the value lies outside its interval.", "Check which column is which.")
    told = "a percentage lies outside 0 to 100."
    yield Fault("percentage", fine & percentages & beyond, told, "Check the value and the unit of the series.")
    for name in ("se", "n", "population"):
        negative = fine & (rows.numbers[name] < 0)
        yield Fault(name, negative, f"{name} is negative.", "Give 0 or more, or leave it empty.")


def _of_text(column: Coded, told: Mapping[str, str], places: Ints) -> list[str]:
    return [told[column.labels[code]] for code in column.codes[places].tolist()]


def _wrong_period(text: str) -> str:
    try:
        years(text)
        if len(text) > LONGEST_PERIOD:
            raise UnknownPeriod(f"{text!r} is too long")
    except UnknownPeriod as problem:
        return f"{problem}."
    return ""


def _wrong_group(text: str) -> str:
    try:
        members(text)
    except ValueError as problem:
        return f"{problem}."
    return ""
