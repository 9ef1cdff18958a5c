"""Cells as texts and numbers, a whole column at a time: each distinct cell is looked at once."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_access.importing.tidy import Coded
from data_access.importing.workbook import Cell

Objects = npt.NDArray[np.object_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:[,\u2019' ]\d{3})+(?:\.\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:[.\u2019' ]\d{3})+(?:,\d+)?"),
}
_PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SIMPLE = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,17})?")


def text_of(cell: Cell) -> str:
    """A cell as a reader sees it: blanks at the ends and doubled within taken away, ``2011.0`` as ``2011``."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if math.isnan(cell):
            return ""
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def objects(values: Iterable[Any], size: int) -> Objects:
    """An array of Python objects (numpy would otherwise look for numbers in it)."""
    made = np.empty(size, dtype=object)
    made[:] = list(values)
    return made


def nothing(values: Objects) -> Mask:
    """Which of the objects are None."""
    return holds(values, lambda value: value is None)


def distinct(cells: Sequence[Any] | Objects) -> tuple[Ints, list[Any]]:
    """For each cell the position of its value among the distinct ones (-1: an empty cell), and those."""
    codes, values = pd.factorize(cells if isinstance(cells, np.ndarray) else objects(cells, len(cells)))
    return np.asarray(codes, dtype=np.int64), list(values)


def each(cells: Sequence[Any] | Objects, meaning: Callable[[Any], Any]) -> Objects:
    """``meaning`` of every cell, asked once for each distinct one; an empty cell is None."""
    codes, values = distinct(cells)
    known = [meaning(value) for value in values]
    if (codes < 0).any():
        known.append(meaning(None))
    made: Objects = objects(known, len(known))[codes]
    return made


def holds(cells: Sequence[Any] | Objects, test: Callable[[Any], bool]) -> Mask:
    """Which cells pass ``test``, asked once for each distinct one."""
    codes, values = distinct(cells)
    passed = [test(value) for value in values]
    if (codes < 0).any():
        passed.append(test(None))
    found: Mask = np.array(passed, dtype=np.bool_)[codes]
    return found


def is_text(value: object) -> bool:
    """Whether an answer is a code, and neither a question nor nothing."""
    return isinstance(value, str)


def each_of(columns: Sequence[Objects], meaning: Callable[..., Any]) -> Objects:
    """``meaning`` of what stands beside one another in several columns of texts, asked once for each combination."""
    at, values = distinct(columns[0])
    places: list[tuple[Any, ...]] = [(value,) for value in values]
    for column in columns[1:]:
        codes, values = distinct(column)
        pairs, at = np.unique(at * max(len(values), 1) + codes, return_inverse=True)
        places = [(*places[pair // len(values)], values[pair % len(values)]) for pair in pairs.tolist()]
    made: Objects = objects([meaning(*place) for place in places], len(places))[at]
    return made


def coded(cells: Objects) -> Coded:
    """A column of texts, each different one kept once."""
    codes, labels = distinct(cells)
    return Coded(codes.astype(np.int32), tuple(labels))


def texts(cells: Sequence[Cell] | Objects) -> Objects:
    """Every cell as text."""
    return each(cells, text_of)


def number_of(text: str, decimal: str, strip: Sequence[str] = ()) -> float | None:
    """The number a text writes, None when it writes none. Thousands may be parted by comma, blank or apostrophe."""
    for mark in strip:
        text = text.replace(mark, "")
    text = text.replace("\u2212", "-").replace("\u00a0", " ").replace("\u202f", " ").strip()
    if _GROUPED[decimal].fullmatch(text):
        text = re.sub(r"[\u2019' ]" + ("|," if decimal == "." else r"|\."), "", text)
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def numbers(cells: Sequence[Cell] | Objects, decimal: str, strip: Sequence[str] = ()) -> tuple[Floats, Mask]:
    """Every cell as a number (NaN where there is none), and which cells hold something that is no number.

    A cell that is a number already is taken as it is; a text is read with the table's decimal mark.
    """

    simple = decimal == "."

    def meaning(cell: Any) -> float | None:
        if isinstance(cell, str) and simple and _SIMPLE.fullmatch(cell):
            return float(cell)
        if cell is None:
            return math.nan
        if isinstance(cell, bool):
            return None
        if isinstance(cell, int | float):
            return float(cell) if math.isfinite(cell) else math.nan if math.isnan(cell) else None
        text = text_of(cell)
        return number_of(text, decimal, strip) if text else math.nan

    codes, values = distinct(cells)
    read = [*(meaning(value) for value in values), math.nan]
    known = np.array([math.nan if number is None else number for number in read], dtype=np.float64)
    wrong = np.array([number is None for number in read], dtype=np.bool_)
    return known[codes], wrong[codes]


def rounded(values: Floats, places: int | None) -> Floats:
    """Numbers rounded as Python rounds them (half to even on the decimal expansion); None leaves them."""
    if places is None:
        return values
    return np.array([round(value, places) if value == value else value for value in values.tolist()], dtype=np.float64)


def letter(position: int) -> str:
    """The column's letter: 0 → A, 26 → AA."""
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(65 + rest) + name
    return name


def position(name: str) -> int:
    """The column's position: A → 0, AA → 26."""
    found = 0
    for sign in name:
        found = found * 26 + ord(sign) - 64
    return found - 1
