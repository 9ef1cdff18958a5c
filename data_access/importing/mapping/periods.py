"""Periods as files write them, brought to the product's way: 2019, 2019-21."""

from __future__ import annotations

import re
from collections.abc import Mapping

from data_access.periods import UnknownPeriod, years

_SPAN = re.compile(r"(\d{4})\s*[-/\u2013\u2014]\s*(\d{2}|\d{4})")
_DATE = re.compile(r"(\d{4})-\d{2}-\d{2}(?:T.*)?")


def period_of(text: str, codes: Mapping[str, str] | None = None) -> str | None:
    """``2019``, ``2019-2021`` → ``2019-21``, ``2020/21`` → ``2020-21``, a date → its year; None for anything else.

    ``codes`` say outright what a text of the file means.
    """
    if codes and text in codes:
        return codes[text]
    if date := _DATE.fullmatch(text):
        return date[1]
    if span := _SPAN.fullmatch(text):
        end = span[2][-2:] if len(span[2]) == 2 or span[2][:2] == span[1][:2] else span[2]
        text = span[1] if span[2] == span[1] else f"{span[1]}-{end}"
    try:
        years(text)
    except UnknownPeriod:
        return None
    return text
