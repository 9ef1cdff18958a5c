"""A table of figures on their way in, its texts numbered once so that every rule is a few array operations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_access.importing.tidy import TidyRow, TidyRows
from data_access.models.groups import members
from data_access.periods import UnknownPeriod, years
from data_access.queries.facts import Catalogue

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NUMBERS = ("value", "se", "lower", "upper", "n", "yes", "population")
TEXTS = ("area", "series", "group", "time_period", "status", "sheet", "column")
COLUMNS = tuple(field.name for field in fields(TidyRow))
RAW = ("raw", "area_text", "group_text")
"""What the cells said, where the table still knows: the value's cell, the area's and the group's."""


def frame_of(rows: Iterable[TidyRow], raw: Sequence[str] | None = None) -> pd.DataFrame:
    """Tidy rows as a table the checks take; ``raw`` the text of each value's cell, in the same order."""
    if isinstance(rows, TidyRows):
        texts = {name: pd.Categorical.from_codes(c.codes, list(c.labels)) for name, c in rows.texts.items()}
        columns: dict[str, Any] = {**texts, **rows.numbers, "row": rows.row}
        frame = pd.DataFrame({name: columns[name] for name in COLUMNS}, copy=False)
    else:
        listed = list(rows)
        frame = pd.DataFrame({name: [getattr(row, name) for row in listed] for name in COLUMNS})
    return frame if raw is None else frame.assign(raw=list(raw))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A column of texts as ``labels`` and the place of each row's text in them (-1 for none)."""

    codes: Ints
    labels: list[str]

    def of_labels(self, told: Mapping[str, float] | Sequence[float], otherwise: float = np.nan) -> Floats:
        """A number that every label has, spread over the rows."""
        by_label = [told.get(x, otherwise) for x in self.labels] if isinstance(told, Mapping) else list(told)
        return np.array([*by_label, otherwise], dtype=np.float64)[self.codes]

    def at(self, row: int) -> str:
        """The text of one row."""
        return str(self.labels[int(self.codes[row])])

    def where(self, labels: Sequence[bool]) -> Bools:
        """The rows whose label is marked."""
        return np.array([*labels, False], dtype=np.bool_)[self.codes]


class Table:
    """``frame`` with the columns of TidyRow (and any of RAW), beside what the catalogue knows of its codes."""

    def __init__(self, frame: pd.DataFrame, catalogue: Catalogue) -> None:
        if missing := [name for name in COLUMNS if name not in frame]:
            raise KeyError(f"the table has no column {', '.join(missing)}; it needs those of TidyRow")
        self.frame = frame.reset_index(drop=True)
        self.catalogue = catalogue
        self.size = len(frame)
        self._numbers: dict[str, Floats] = {}
        self._texts: dict[str, Numbered] = {}

    def number(self, name: str) -> Floats:
        """A column as numbers, NaN where it holds none."""
        if name not in self._numbers:
            self._numbers[name] = pd.to_numeric(self.frame[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)
        return self._numbers[name]

    def text(self, name: str) -> Numbered:
        """A column as numbered texts."""
        if name not in self._texts:
            codes, labels = pd.factorize(self.frame[name])
            self._texts[name] = Numbered(codes.astype(np.int64), [str(label) for label in labels])
        return self._texts[name]

    def key(self, *names: str) -> Ints:
        """One number a row for the combination of several texts: equal numbers, equal texts."""
        found = np.zeros(self.size, np.int64)
        width = 1
        for name in names:
            text = self.text(name)
            if width * (len(text.labels) + 1) >= 2**62:
                found, width = _renumbered(found)
            found = found * (len(text.labels) + 1) + text.codes + 1
            width *= len(text.labels) + 1
        return found

    def of_series(self, fact: str) -> Floats:
        """A number the catalogue tells of each row's series (``value_min`` …), NaN where it tells none."""
        facts = self.catalogue.series
        told = {code: float(v) for code, s in facts.items() if (v := getattr(s, fact)) is not None}
        return self.text("series").of_labels(told)

    def has_unit(self, *units: str) -> Bools:
        """The rows whose series is in one of ``units``."""
        facts = self.catalogue.series
        labels = self.text("series").labels
        return self.text("series").where([code in facts and facts[code].unit in units for code in labels])

    def has_kind(self, kind: str) -> Bools:
        """The rows whose area is of a kind."""
        facts = self.catalogue.areas
        return self.text("area").where([c in facts and facts[c].kind == kind for c in self.text("area").labels])

    @cached_property
    def years(self) -> tuple[Floats, Floats]:
        """First and last year of each row's period, NaN where it is none."""
        period = self.text("time_period")
        spans = [_years(label) for label in period.labels]
        return period.of_labels([s[0] for s in spans]), period.of_labels([s[1] for s in spans])

    @cached_property
    def groups(self) -> list[dict[str, str] | None]:
        """Of each group label its categories by dimension; None where the key is not canonical."""
        return [_members(label) for label in self.text("group").labels]


def _years(label: str) -> tuple[float, float]:
    try:
        first, last = years(label)
    except UnknownPeriod:
        return np.nan, np.nan
    return float(first), float(last)


def _members(label: str) -> dict[str, str] | None:
    try:
        return members(label)
    except ValueError:
        return None


def _renumbered(key: Ints) -> tuple[Ints, int]:
    codes, labels = pd.factorize(key)
    return codes.astype(np.int64), len(labels) + 1


def where(rows: Bools) -> npt.NDArray[np.intp]:
    """The places that are marked."""
    return np.flatnonzero(rows)
