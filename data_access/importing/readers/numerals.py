"""Which texts of a CSV file are numbers: decided by file (decimal mark) and column (codes), never by cell alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from data_access.importing.workbook import Cell

Mark = Literal[".", ",", ""]
COMMA: Mark = ","

WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})")
DECIMAL = re.compile(r"-?(0|[1-9]\d{0,14})([.,])(\d{1,17})")
SCIENTIFIC = re.compile(r"-?\d(?:\.\d{1,17})?[eE][+-]\d{1,2}")
CODE = re.compile(r"0\d+|\+\d+|\d{16,}")
"""Looks like a number but counts nothing: a code with leading zeros, a telephone number, an identity number."""


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """The decimal ``mark`` of a file, empty when it cannot be told, and a ``remark`` (empty when there is none)."""

    mark: Mark
    remark: str


def decimal_mark(texts: Iterable[str], separator: str) -> DecimalMark:
    """The mark that the file's own cells prove.

    "15,5" proves a comma and "15.5" a point; "1,234" proves neither, as it may be grouped by thousands, but
    "0,234" does. Where commas separate the cells, a point proves more than a comma: "39,40" may be a list.
    """
    seen: dict[str, str] = {}
    doubtful = ""
    for text in texts:
        found = DECIMAL.fullmatch(_plain(text))
        if not found:
            continue
        if len(found[3]) == 3 and found[1] != "0" and len(found[1]) <= 3:
            doubtful = text
        else:
            seen.setdefault(found[2], text)
    if len(seen) == 2 and separator == ",":
        return DecimalMark(".", f"Decimal mark: point, as in {seen['.']}; cells such as {seen[',']} stay text.")
    if len(seen) == 2:
        return DecimalMark(
            "", f"Decimal mark: both point ({seen['.']}) and comma ({seen[',']}) occur; such numbers stay text."
        )
    if "," in seen:
        return DecimalMark(",", f"Decimal mark: comma, as in {seen[',']}.")
    if "." in seen:
        return DecimalMark(".", f"Decimal mark: point, as in {seen['.']}.")
    if doubtful:
        return DecimalMark("", f"Decimal mark: cannot be told; numbers such as {doubtful} stay text.")
    return DecimalMark("", "")


def cells_of_column(texts: Iterable[str], mark: Mark) -> dict[str, Cell]:
    """What each distinct text of one column stands for: None when empty, a number where none can doubt it, else itself.

    A column stays text as a whole when any cell of it is a code (leading zeros, a plus sign, sixteen digits or more),
    or when it counts 1.9, 1.10 as chapters do, which as numbers would be 1.9, 1.1. "..", "-", "n/a" stay text.
    """
    distinct = set(texts)
    plain = {text: _plain(text) for text in distinct}
    if any(CODE.fullmatch(text) for text in plain.values()) or _numbered_like_chapters(plain.values()):
        return {text: text or None for text in distinct}
    return {text: _number(plain[text], mark, text) for text in distinct}


def _number(plain: str, mark: Mark, text: str) -> Cell:
    if not text:
        return None
    if WHOLE.fullmatch(plain):
        return int(plain)
    found = DECIMAL.fullmatch(plain)
    if found and mark and found[2] == mark:
        return float(plain.replace(",", "."))
    if SCIENTIFIC.fullmatch(plain) and mark != ",":
        return float(plain)
    return text


def _numbered_like_chapters(plain: Iterable[str]) -> bool:
    decimals = [found[3] for found in map(DECIMAL.fullmatch, plain) if found]
    return len({len(digits) for digits in decimals}) > 1 and any(
        len(digits) > 1 and digits.endswith("0") for digits in decimals
    )


def _plain(text: str) -> str:
    """Without blanks around it, and with the typographic minus as a hyphen."""
    return text.strip().replace("\u2212", "-")
