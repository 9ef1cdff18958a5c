"""What a mapping makes of a partner's file: figures in the product's own terms, each with the cell it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One figure on its way in; codes are resolved. ``sheet``, ``row``, ``column`` say which cell of the file it is.

    ``n`` people asked and ``yes`` those of them who said yes (unweighted; None where the file does not say), so that
    disclosure control can count. ``status`` SDMX OBS_STATUS: A, U, P, E, M or Q.
    """

    area: str
    series: str
    group: str
    time_period: str
    value: float | None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    yes: int | None = None
    population: int | None = None
    status: str = "A"
    note: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""


TEXTS = ("area", "series", "group", "time_period", "status", "note", "sheet", "column")
NUMBERS = ("value", "se", "lower", "upper")
COUNTS = ("n", "yes", "population")
AT_ONCE = 10_000
"""Rows made at a time when somebody walks through all of them."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of texts: the different ones (``labels``), and for every row the place of its own among them."""

    codes: Codes
    labels: tuple[str, ...]

    def take(self, rows: Ints | Mask) -> Coded:
        """The same of some rows."""
        return Coded(self.codes[rows], self.labels)

    def holds(self, test: Callable[[str], bool]) -> Mask:
        """Which rows pass ``test``, asked once for each different text."""
        return np.array([*map(test, self.labels)], dtype=np.bool_)[self.codes]

    def used(self) -> list[str]:
        """The different texts that a row has."""
        return [self.labels[place] for place in np.unique(self.codes).tolist()]


class TidyRows(Sequence[TidyRow]):
    """Rows kept by column, for files of a million of them; a TidyRow is made when it is asked for.

    ``texts`` holds the columns of ``TEXTS``; ``numbers`` those of ``NUMBERS`` and ``COUNTS`` as float64, NaN where a
    row has None; ``row`` the row numbers.
    """

    __slots__ = ("numbers", "row", "texts")

    def __init__(self, texts: Mapping[str, Coded], numbers: Mapping[str, Floats], row: Ints) -> None:
        self.texts, self.numbers, self.row = dict(texts), dict(numbers), row

    @classmethod
    def of(cls, rows: Sequence[TidyRow]) -> TidyRows:
        """The same rows by column.

        A number that is NaN is kept as infinite, for NaN stands for None here: neither is a figure, and both are
        refused in the same words.
        """
        if isinstance(rows, TidyRows):
            return rows
        texts = {name: coded([getattr(row, name) for row in rows]) for name in TEXTS}
        numbers = {name: _floats([getattr(row, name) for row in rows]) for name in (*NUMBERS, *COUNTS)}
        return cls(texts, numbers, np.array([row.row for row in rows], dtype=np.int64))

    def take(self, rows: Ints | Mask) -> TidyRows:
        """Some of the rows, by their places or by a mark on each."""
        return TidyRows(
            {name: column.take(rows) for name, column in self.texts.items()},
            {name: column[rows] for name, column in self.numbers.items()},
            self.row[rows],
        )

    def __len__(self) -> int:
        return len(self.row)

    @overload
    def __getitem__(self, at: int) -> TidyRow: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[TidyRow]: ...

    def __getitem__(self, at: int | slice) -> TidyRow | Sequence[TidyRow]:
        if isinstance(at, slice):
            return self.take(np.arange(len(self))[at])
        place = at + len(self) if at < 0 else at
        if not 0 <= place < len(self):
            raise IndexError("there is no such row")
        return next(self._made(slice(place, place + 1)))

    def __iter__(self) -> Iterator[TidyRow]:
        for start in range(0, len(self), AT_ONCE):
            yield from self._made(slice(start, start + AT_ONCE))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (TidyRows, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def _made(self, part: slice) -> Iterator[TidyRow]:
        columns = {name: self.column(name, part) for name in FIELDS}
        return map(TidyRow, *(columns[name] for name in FIELDS))

    def column(self, name: str, part: slice = slice(None)) -> list[object]:
        """One field of the rows in ``part``, as TidyRow has it."""
        if name == "row":
            return list(self.row[part].tolist())
        if name in self.texts:
            coded = self.texts[name]
            return list(map(coded.labels.__getitem__, coded.codes[part].tolist()))
        values = self.numbers[name][part].tolist()
        if name in COUNTS:
            return [None if value != value else round(value) for value in values]
        return [None if value != value else value for value in values]


FIELDS = tuple(field.name for field in fields(TidyRow))


def coded(texts: Sequence[str]) -> Coded:
    """A column of texts, each different one kept once."""
    places: dict[str, int] = {}
    codes = [places.setdefault(text, len(places)) for text in texts]
    return Coded(np.array(codes, dtype=np.int32), tuple(places))


def _floats(numbers: Sequence[float | None]) -> Floats:
    return np.array(
        [np.nan if number is None else np.inf if number != number else number for number in numbers], dtype=np.float64
    )


def joined(parts: Sequence[TidyRows]) -> TidyRows:
    """All rows of several, one after the other."""
    if len(parts) == 1:
        return parts[0]
    texts = {}
    for name in TEXTS:
        labels: dict[str, int] = {}
        codes = [np.empty(0, dtype=np.int32)]
        for part in parts:
            own = [labels.setdefault(label, len(labels)) for label in part.texts[name].labels]
            codes.append(np.array(own, dtype=np.int32)[part.texts[name].codes])
        texts[name] = Coded(np.concatenate(codes), tuple(labels))
    numbers = {
        name: np.concatenate([np.empty(0), *(part.numbers[name] for part in parts)]) for name in (*NUMBERS, *COUNTS)
    }
    return TidyRows(texts, numbers, np.concatenate([np.empty(0, dtype=np.int64), *(part.row for part in parts)]))
