"""Days, months, quarters, years and spans as who-does-what-where files write them, in English and in French."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from data_access.folding import fold

_MONTHS = (
    ("january", "janvier"), ("february", "fevrier"), ("march", "mars"), ("april", "avril"), ("may", "mai"),
    ("june", "juin"), ("july", "juillet"), ("august", "aout"), ("september", "septembre"), ("october", "octobre"),
    ("november", "novembre"), ("december", "decembre"),
)  # fmt: skip
_SHORT = {
    "jan": 1, "janv": 1, "feb": 2, "fev": 2, "fevr": 2, "mar": 3, "apr": 4, "avr": 4, "jun": 6, "jul": 7, "juil": 7,
    "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names} | _SHORT
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NUMERIC = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2})(?:[t ]\d{2}:\d{2}.*)?)?")
_YEAR_MONTH = re.compile(r"(\d{4})/(\d{1,2})(?:/(\d{1,2}))?")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.-](\d{4})")
_QUARTER = re.compile(r"(?:(?P<a>\d{4})[\s/-]*)?(?:q|t|quarter|trimestre)\s*(?P<q>[1-4])(?:[\s/-]*(?P<b>\d{4}))?")
_BETWEEN = re.compile(r"\s+(?:-|to|until|au|a|jusqu'?au)\s+|\s*[\u2013\u2014]\s*|\s+-|-\s+")
_BEFORE = re.compile(r"^(?:from|du|de|d'|since|depuis)\s+")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day meant."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why a text is no date that is understood, and what would make it one."""

    why: str
    mend: str


NO_DATE = Unclear("is no date that is understood", "Write it as 2025-07-31, July 2025, 2025-Q3 or 2025.")
NO_YEAR = Unclear("is a month without a year", "Say the year in the mapping: fixed, year; or map the year's column.")
NO_ORDER = Unclear(
    "may be day and month or month and day", "Say which in the mapping: day_first: true (or false), for 03/04/2025."
)


def days_come_first(texts: Iterable[str]) -> bool | None:
    """Whether dates like 13/04/2025 in a column begin with the day; None where it shows nowhere or both ways."""
    found = [match for text in texts if (match := _NUMERIC.fullmatch(text.strip()))]
    day = any(int(match[1]) > 12 for match in found)
    month = any(int(match[2]) > 12 for match in found)
    return day if day != month else None


def read_span(text: str, year: int | None = None, day_first: bool | None = None) -> Span | Unclear:
    """The days that ``text`` means. ``year`` goes with a month alone; ``day_first`` decides 03/04/2025."""
    plain = _BEFORE.sub("", fold(text).strip(" ."))
    whole = _one(plain, year, day_first)
    if isinstance(whole, Span):
        return whole
    parts = _BETWEEN.split(plain)
    if len(parts) != 2 and plain.count("-") == 1:
        parts = plain.split("-")
    if len(parts) != 2:
        return whole
    last = _one(parts[1], year, day_first)
    if isinstance(last, Unclear):
        return whole
    first = _one(parts[0], last.end.year, day_first)
    if isinstance(first, Unclear):
        return whole
    if first.start > last.end:
        return Unclear("ends before it begins", "Check the two ends.")
    return Span(first.start, last.end)


def _one(plain: str, year: int | None, day_first: bool | None) -> Span | Unclear:
    try:
        return _numeric(plain, day_first) or _worded(plain, year) or NO_DATE
    except (ValueError, OverflowError):
        return Unclear("is no day of the calendar", "Check day, month and year.")


def _numeric(plain: str, day_first: bool | None) -> Span | Unclear | None:
    if _YEAR.fullmatch(plain):
        return Span(date(int(plain), 1, 1), date(int(plain), 12, 31))
    if match := _ISO.fullmatch(plain) or _YEAR_MONTH.fullmatch(plain):
        return _days(int(match[1]), int(match[2]), int(match[3]) if match[3] else None)
    if match := _MONTH_YEAR.fullmatch(plain):
        return _days(int(match[2]), int(match[1]), None)
    if match := _NUMERIC.fullmatch(plain):
        first, second, year = (int(part) for part in match.groups())
        if first == second or first > 12 or second > 12:
            day, month = (first, second) if first > 12 or first == second else (second, first)
        elif day_first is None:
            return NO_ORDER
        else:
            day, month = (first, second) if day_first else (second, first)
        return _days(year, month, day)
    return None


def _worded(plain: str, year: int | None) -> Span | Unclear | None:
    if match := _QUARTER.fullmatch(plain):
        stated = match["a"] or match["b"]
        if not stated and year is None:
            return NO_YEAR
        last = 3 * int(match["q"])
        return Span(
            _days(int(stated or year or 0), last - 2, None).start, _days(int(stated or year or 0), last, None).end
        )
    words = [word.strip(".") for word in re.split(r"[\s,./-]+", plain) if word.strip(".")]
    months = [MONTHS[word] for word in words if word in MONTHS]
    rest = [word for word in words if word not in MONTHS]
    if len(months) != 1 or len(rest) > 2:
        return None
    years = [int(word) for word in rest if _YEAR.fullmatch(word)]
    days = [int(found[1]) for word in rest if (found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th|er)?", word))]
    if len(years) + len(days) != len(rest) or len(years) > 1 or len(days) > 1:
        return None
    if not years and days and len(words) == 2 and year is None:
        return Unclear("may be a day or a year", "Write the year with four digits.")
    if not years and year is None:
        return NO_YEAR
    return _days(years[0] if years else year or 0, months[0], days[0] if days else None)


def _days(year: int, month: int, day: int | None) -> Span:
    if day is not None:
        return Span(date(year, month, day), date(year, month, day))
    return Span(date(year, month, 1), date(year, month, 1) + timedelta(calendar.monthrange(year, month)[1] - 1))
