"""Periods as files write them, brought to the product's way: 2019, 2019-21."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from data_access.periods import UnknownPeriod, years

_SPAN = re.compile(r"(\d{4})\s*[-/\u2013\u2014]\s*(\d{2}|\d{4})")
LAST_YEAR = 2040
"""From here on a year of observations is of another calendar: Bikram Sambat counts 57 years more than the common."""
FIRST_YEAR = 1800
"""Before it, too: the Bangla calendar counts 593 or 594 years less (1426 began in April 2019)."""
_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}(?:T.*)?")


def period_of(text: str, codes: Mapping[str, str] | None = None) -> str | None:
    """``2019``, ``2019-2021`` → ``2019-21``, ``2020/21`` → ``2020-21``, a date → its year; None for anything else.

    Digits may be of any script (``२०१९``). ``codes`` say outright what a text of the file means; a year of another
    calendar (``2076/77``, ``১৪২৬``) is None unless they do.
    """
    if codes and text in codes:
        return codes[text]
    text = with_plain_digits(text)
    if date := _DATE.fullmatch(text):
        return date[1]
    if span := _SPAN.fullmatch(text):
        end = span[2][-2:] if len(span[2]) == 2 or span[2][:2] == span[1][:2] else span[2]
        text = span[1] if span[2] == span[1] else f"{span[1]}-{end}"
    try:
        first, last = years(text)
    except UnknownPeriod:
        return None
    return text if first >= FIRST_YEAR and last < LAST_YEAR else None


def with_plain_digits(text: str) -> str:
    """A text with the digits of every script as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
