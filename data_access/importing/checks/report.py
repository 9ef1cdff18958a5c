"""Everything the checks found, kept by column so that a million findings cost little, told one by one when asked."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_access.importing.checks.shield import shown
from data_access.importing.findings import Batch, Finding, Kind

Rows = npt.NDArray[np.intp]
MOST_SHOWN = 100
"""Findings of one rule in one column that are told one by one before the rest are counted."""


AT_ONCE = 50_000
LARGE = 1e9
"""Numbers from here on may be telephone or identity numbers."""


@dataclass(frozen=True, slots=True)
class Hits:
    """One rule's findings: ``rows`` are places in the table. ``what`` says what is wrong, of all or of one row's place.

    ``field`` names the table's column whose value is shown.
    """

    rule: str
    kind: Kind
    rows: Rows
    what: str | Callable[[int], str]
    mend: str
    field: str = "value"


@dataclass(frozen=True, slots=True)
class Count:
    """How often a rule was broken in one column of a sheet."""

    rule: str
    kind: Kind
    sheet: str
    column: str
    cells: int


@dataclass
class Report:
    """What was found in one file. ``frame`` the table that was checked; ``about_columns`` findings that have no row."""

    file: str
    frame: pd.DataFrame
    hits: list[Hits] = field(default_factory=list)
    about_columns: list[Finding] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """Whether anything must be mended before the file may be loaded."""
        return any(one.kind == "refused" and len(one.rows) for one in self.hits) or any(
            finding.kind == "refused" for finding in self.about_columns
        )

    def counts(self) -> list[Count]:
        """How often each rule was broken, by sheet and column, in the order the rules ran."""
        told = [Count(f.rule, f.kind, f.sheet, f.column, 1) for f in self.about_columns]
        for one in self.hits:
            names = ("sheet", "column")
            places = pd.DataFrame({name: self._texts(name, one.rows).to_numpy(dtype=object) for name in names})
            told += [
                Count(one.rule, one.kind, str(sheet), str(column), int(cells))
                for (sheet, column), cells in places.groupby(["sheet", "column"], sort=False).size().items()
            ]
        return told

    def findings(self, most: int = MOST_SHOWN) -> list[Finding]:
        """What was found, refused first: of each rule and column the first ``most``, then how many more there are."""
        told = list(self.about_columns)
        for one in self.hits:
            if not len(one.rows):
                continue
            sheets = self._texts("sheet", one.rows).astype(object)
            places = sheets + "\0" + self._texts("column", one.rows).astype(object)
            codes, labels = pd.factorize(np.asarray(places, dtype=object))
            nth = pd.Series(codes).groupby(codes).cumcount().to_numpy()
            told += self._batch(one, one.rows[nth < most])
            for code, cells in enumerate(np.bincount(codes)):
                if cells > most:
                    sheet, _, column = str(labels[code]).partition("\0")
                    told.append(self._rest(one, sheet, column, int(cells), most))
        order = {"refused": 0, "question": 1, "remark": 2}
        return sorted(told, key=lambda finding: order[finding.kind])

    def every(self) -> Iterator[Finding]:
        """All findings, none left out."""
        for one in self.batches():
            yield from (one,) if isinstance(one, Finding) else one

    def batches(self) -> Iterator[Finding | Batch]:
        """The same, those of one rule together; for findings.write_csv."""
        yield from self.about_columns
        for one in self.hits:
            for start in range(0, len(one.rows), AT_ONCE):
                yield self._batch(one, one.rows[start : start + AT_ONCE])

    def _texts(self, name: str, rows: Rows) -> pd.Series:
        return self.frame[name].take(rows)

    def _batch(self, one: Hits, rows: Rows) -> Batch:
        sheet, numbers, column, values = (self._texts(n, rows).tolist() for n in ("sheet", "row", "column", one.field))
        return Batch(
            kind=one.kind,
            rule=one.rule,
            file=self.file,
            what=one.what if isinstance(one.what, str) else [one.what(place) for place in rows.tolist()],
            mend=one.mend,
            sheet=[str(text) for text in sheet],
            rows=[int(number) for number in numbers],
            column=[str(text) for text in column],
            values=_all_shown(values),
        )

    def _rest(self, one: Hits, sheet: str, column: str, cells: int, shown_already: int) -> Finding:
        return Finding(
            kind=one.kind,
            rule=one.rule,
            file=self.file,
            what=f"{cells - shown_already:,} more cells like the {shown_already:,} before; {cells:,} in all.",
            mend=one.mend,
            sheet=sheet,
            column=column,
        )


def _all_shown(values: list[object]) -> list[str]:
    """The values as findings may repeat them; each different one is looked at once."""
    known: dict[object, str] = {}
    found = []
    for value in values:
        if (text := known.get(value)) is None:
            text = known[value] = _shown(value)
        found.append(text)
    return found


def _shown(value: object) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:.12g}" if abs(value) < LARGE else shown(f"{value:.0f}" if math.isfinite(value) else str(value))
    return shown(str(value))
