"""What the cells of a column look like: numbers, marked numbers, intervals, signs for a missing value."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from data_access.importing.mapping.cells import text_of
from data_access.importing.workbook import Cell

Look = Literal["number", "doubtful", "marked", "bracketed", "interval", "counted", "bounded", "missing", "text"]
"""``doubtful``: 1,234, grouped or not; ``marked``: 12.3*; ``bracketed``: (12.3); ``interval``: 12.3 (10.1-14.5);
``counted``: 12.3 (n=120); ``bounded``: <5."""

BLANKS = "\u00a0\u202f\u2009\u2007"
_NUMBER = r"[-+\u2212]?\d+(?:[.,'\u2019 " + BLANKS + r"]\d+)*"
_WHOLE = re.compile(_NUMBER)
_DOUBTFUL = re.compile(r"[-+\u2212]?(?![0\u0966\u09e6])\d{1,3}([.,])\d{3}")
_LAKHS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
"""Thousands, lakhs and crores: 12,34,567."""
_COMMA = re.compile(r"[-+\u2212]?(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:\.\d{3})+,\d+)")
_POINT = re.compile(r"[-+\u2212]?(?:\d+\.(?:\d{1,2}|\d{4,})|0\.\d+|\d{1,3}(?:,\d{3})+\.\d+)")
_GROUPED = {",": re.compile(r"[-+]?\d{1,3}(?:,\d{3}){2,}"), ".": re.compile(r"[-+]?\d{1,3}(?:\.\d{3}){2,}")}
_MARKED = re.compile(rf"({_NUMBER})\s*([%*\u2020\u2021\u00a7^\u00b9\u00b2\u00b3]+|\(?[a-hp]\)?)")
_BRACKETED = re.compile(rf"[(\[]\s*({_NUMBER})\s*[)\]]")
_BOUNDED = re.compile(rf"[<>\u2264\u2265]\s*{_NUMBER}\s*%?")
INTERVAL = re.compile(
    rf"({_NUMBER})\s*%?\s*[(\[]\s*({_NUMBER})\s*(?:-|\u2013|\u2014|to|;|,\s|\u2012|à)\s*({_NUMBER})\s*[)\]]"
)
COUNTED = re.compile(rf"({_NUMBER})\s*%?\s*[(\[]\s*[nN]\s*[=:]?\s*({_NUMBER})\s*[)\]]")
MISSING = frozenset(
    {
        ".", "..", "...", "\u2026", ":", "-", "--", "\u2013", "\u2014", "*", "**", "(*)", "x", "n/a", "na", "n.a.",
        "n.a", "nan", "#n/a", "nd", "n.d.", "null", "none", "nil", "suppressed", "missing", "not available", "/",
        "-*", "\u2026.", "kxđ", "ns", "s",
    }
)  # fmt: skip
WITHHELD = frozenset({"*", "**", "(*)", "-*", "suppressed", "s"})
"""Signs by which survey tables commonly withhold what too few people said."""


@dataclass
class Looks:
    """How many of a column's filled cells look how; ``said`` one example of each look, with ``signs`` and ``codes``."""

    filled: int = 0
    count: Counter[Look] = field(default_factory=Counter)
    said: dict[Look, str] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    decimals: dict[str, str] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    least: float = float("inf")
    most: float = float("-inf")
    fractions: bool = False
    lakhs: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the column seems to hold figures."""
        figures = self.filled - self.count["text"] - self.count["missing"]
        return figures > 0 and (figures + self.count["missing"] >= 0.8 * self.filled or figures >= 0.5 * self.filled)

    @property
    def shares(self) -> bool:
        """Whether all its numbers lie between 0 and 1 and some are broken: proportions, or very small percentages."""
        return self.fractions and self.least >= 0 and self.most <= 1


def look_at(text: str) -> Look:
    """What a filled cell looks like."""
    if text.casefold() in MISSING:
        return "missing"
    if _DOUBTFUL.fullmatch(text):
        return "doubtful"
    if _WHOLE.fullmatch(text):
        return "number"
    if _MARKED.fullmatch(text):
        return "marked"
    if _BRACKETED.fullmatch(text):
        return "bracketed"
    if _BOUNDED.fullmatch(text):
        return "bounded"
    if INTERVAL.fullmatch(text):
        return "interval"
    if COUNTED.fullmatch(text):
        return "counted"
    return "text"


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number in any of its disguises; a year alone is none."""
    text = text_of(cell)
    if not text or re.fullmatch(r"(?:19|20)\d{2}", text):
        return False
    return look_at(text) not in ("text", "missing")


def looks_of(cells: Iterable[Cell]) -> Looks:
    """What a column's filled cells look like."""
    found = Looks()
    for cell in cells:
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if cell != cell:
                continue
            found.filled += 1
            found.count["number"] += 1
            found.least, found.most = min(found.least, cell), max(found.most, cell)
            found.fractions |= not float(cell).is_integer()
            continue
        text = text_of(cell)
        if text:
            found.filled += 1
            _add(found, text)
    return found


def _add(found: Looks, text: str) -> None:
    look = look_at(text)
    found.count[look] += 1
    found.said.setdefault(look, text)
    if look in ("missing", "bounded") and text not in found.codes:
        found.codes.append(text)
    if look == "marked" and (match := _MARKED.fullmatch(text)) and match[2] not in found.signs:
        found.signs.append(match[2])
    for number in re.findall(_NUMBER, text) if look not in ("text", "missing") else ():
        if _LAKHS.fullmatch(number):
            found.lakhs = found.lakhs or number
            found.decimals.setdefault(".", number)
        elif doubtful := _DOUBTFUL.fullmatch(number):
            found.doubts.setdefault(doubtful[1], number)
        elif _COMMA.fullmatch(number) or _GROUPED["."].fullmatch(number):
            found.decimals.setdefault(",", number)
        elif _POINT.fullmatch(number) or _GROUPED[","].fullmatch(number):
            found.decimals.setdefault(".", number)


def decimal_of(columns: Sequence[Looks]) -> tuple[str, str]:
    """The decimal mark the texts of these columns prove, and an example; empty where nothing does.

    ``"?"`` where cells such as 1,234 or 1.234 may be read both ways and nothing in the table tells, or where both marks
    are proved. Cells that are numbers already need none.
    """
    proved: dict[str, str] = {}
    doubts: dict[str, str] = {}
    for looks in columns:
        for mark, text in looks.decimals.items():
            proved.setdefault(mark, text)
        for mark, text in looks.doubts.items():
            doubts.setdefault(mark, text)
    if len(proved) == 2:
        return "?", f"{proved[',']} and {proved['.']}"
    if proved:
        ((mark, text),) = proved.items()
        return mark, text
    if len(doubts) == 2:
        return "?", f"{doubts[',']} and {doubts['.']}"
    return ("?", next(iter(doubts.values()))) if doubts else ("", "")
