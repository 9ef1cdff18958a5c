"""By what each SDG indicator is expected to be broken down, as read in the documents that say so."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, cast, get_args

from data_access.importing.problems import FileProblem
from data_access.importing.shipped import SAMPLE_DATA
from data_access.models.groups import members
from data_access.queries.facts import SeriesFacts

FILE = SAMPLE_DATA / "catalogue" / "expected_disaggregations.csv"
EVERY = "*"

Basis = Literal["named in indicator", "framework principle", "out of scope", "whole indicator"]
BASES: tuple[Basis, ...] = get_args(Basis)


@dataclass(frozen=True, slots=True)
class Expectation:
    """One row of the file.

    ``of`` is an SDG indicator, a series or ``*``; ``what`` a dimension, a group key or ``*``; ``words`` those of the
    document that name it, or why it cannot be. *whole indicator*: all that is counted belongs to the group ``what``.
    """

    of: str
    what: str
    basis: Basis
    stated_in: str
    words: str


@dataclass(frozen=True)
class Expected:
    """All rows, by what they speak of."""

    rows_of: Mapping[str, tuple[Expectation, ...]]

    def expectation(self, series: SeriesFacts, group: str) -> Expectation | None:
        """Why ``group`` is expected of ``series``, None when it is not.

        A series that stands for no SDG indicator is not expected to be broken down by anybody. A group that crosses
        dimensions is expected when each of them is; the weakest reason is given.
        """
        if not series.sdg_indicator or series.illustrative:
            return None
        found = []
        for dimension in dimensions_of(group):
            reasons = [
                row
                for of in (series.sdg_indicator, EVERY)
                for row in self.rows_of.get(of, ())
                if row.what == dimension and row.basis in ("named in indicator", "framework principle")
            ]
            if not reasons:
                return None
            found.append(reasons[0])
        return max(found, key=lambda row: BASES.index(row.basis), default=None)

    def limits(self, series: SeriesFacts) -> frozenset[str]:
        """The groups and dimensions that ``series`` cannot be broken down to."""
        return frozenset(row.what for row in self._own(series) if row.basis == "out of scope")

    def cannot(self, series: SeriesFacts, group: str) -> Expectation | None:
        """Why ``series`` cannot be broken down to ``group``, None where nothing says so."""
        limits = [row for row in self._own(series) if row.basis == "out of scope"]
        if not limits:
            return None
        parts = {*group.split("|"), *dimensions_of(group), EVERY}
        return next((row for row in limits if row.what in parts), None)

    def whole(self, series: SeriesFacts) -> dict[str, str]:
        """The categories, by dimension, that everybody counted by ``series`` has."""
        found: dict[str, str] = {}
        for row in self._own(series):
            if row.basis == "whole indicator":
                found |= members(row.what)
        return found

    def _own(self, series: SeriesFacts) -> tuple[Expectation, ...]:
        return (*self.rows_of.get(series.code, ()), *self.rows_of.get(series.sdg_indicator, ()))


def dimensions_of(group: str) -> tuple[str, ...]:
    """The dimensions of a group key; ``"SEX=*"`` (told apart by sex at all) has one, the total none."""
    return tuple(part.partition("=")[0] for part in group.split("|")) if group else ()


@lru_cache(maxsize=4)
def read_expected(file: Path = FILE) -> Expected:
    """The rows of ``file``. Raises FileProblem for a row without a document or with a basis nobody knows."""
    rows: dict[str, list[Expectation]] = {}
    with file.open(encoding="utf-8", newline="") as opened:
        for number, row in enumerate(csv.DictReader(opened), start=2):
            if row["basis"] not in BASES:
                mend = f"Write one of {', '.join(BASES)}."
                raise FileProblem(file, "is no basis.", mend, row=number, column="basis", value=row["basis"])
            if not row["stated_in"]:
                raise FileProblem(file, "names no document.", "Say where it is stated.", row=number, column="stated_in")
            basis = cast(Basis, row["basis"])
            one = Expectation(row["indicator"], row["dimension"], basis, row["stated_in"], row["words"])
            rows.setdefault(one.of, []).append(one)
    return Expected({of: tuple(found) for of, found in rows.items()})
