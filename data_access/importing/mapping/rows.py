"""What the rows of a table say about every figure in them: place, series, group, period, status, note, unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from data_access.importing.mapping import who
from data_access.importing.mapping.cells import (
    Floats,
    Objects,
    distinct,
    each,
    each_of,
    holds,
    numbers,
    objects,
    text_of,
    texts,
)
from data_access.importing.mapping.decimal_marks import DecimalMark, decimal_mark
from data_access.importing.mapping.fields import Measure
from data_access.importing.mapping.flags import read_flag
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.periods import period_of
from data_access.importing.mapping.resolve import Resolve
from data_access.importing.mapping.schema import Column, Meaning, SeriesCode, Table
from data_access.importing.mapping.sheets import Body, find
from data_access.importing.mapping.taking import taken
from data_access.importing.mapping.units import unit_of

STATUSES = {"": "A", "A": "A", "U": "U", "P": "P", "E": "E", "M": "M", "Q": "Q", "O": "M", "L": "M", "C": "Q"}
"""SDMX observation statuses and what becomes of them: missing (O, L) is M, confidential (C) is withheld (Q)."""

NOT_A_NUMBER = (
    "Correct the cell, or say in the mapping what it writes: under 'missing' or 'strip', with decimal: \",\" for 12,3, "
    "with 'take' for 12.3 (10.1-14.5)."
)


@dataclass(frozen=True, eq=False)
class SeriesRule:
    """What one text of a series column means; two are the same only when they came from the same text."""

    code: SeriesCode

    @property
    def changes_group(self) -> bool:
        """Whether members are added to, or taken from, the group the row says."""
        return bool(self.code.group or self.code.without)


@dataclass
class Said:
    """One array a kind of fact, each as long as the table has rows; an empty text where the rows do not say it.

    ``areas``, ``series``, ``groups`` and ``periods`` hold None or a question where the text is not understood.
    """

    areas: Objects | None = None
    series: Objects | None = None
    groups: list[Objects] = field(default_factory=list)
    periods: Objects | None = None
    status: Objects | None = None
    notes: list[Objects] = field(default_factory=list)
    units: Objects | None = None
    power: Floats | None = None
    measures: dict[Measure, Floats] = field(default_factory=dict)
    flags: Objects | None = None
    read: set[int] = field(default_factory=set)


@dataclass
class Rows:
    """Reads the columns of one table of one sheet."""

    made: Body
    table: Table
    resolve: Resolve
    ledger: Ledger
    mark: DecimalMark | None = None
    """How its numbers are read; None: as each column alone tells."""

    def said(self) -> Said:
        """Everything that the row columns say; what is not understood goes to the ledger."""
        said, at = Said(), self._found()
        said.read = {position for _, position in at}
        by_meaning: dict[Meaning, list[tuple[Column, int]]] = {}
        for column, position in at:
            by_meaning.setdefault(column.means, []).append((column, position))
        said.areas = self._areas(by_meaning)
        said.series = self._series(by_meaning)
        said.groups = self._groups(by_meaning)
        said.periods = self._periods(by_meaning)
        for column, position in by_meaning.get("status", ()):
            said.status = self._asked(column, position, "status", lambda t, c: c.codes.get(t) or STATUSES.get(t))
        for column, position in by_meaning.get("note", ()):
            said.notes.append(self._texts(column, position))
        for column, position in by_meaning.get("unit", ()):
            said.units = each(self._texts(column, position), partial(_unit, column))
        for _, position in by_meaning.get("multiplier", ()):
            said.power = np.power(10.0, np.nan_to_num(self.numbers(position)))
        for name in ("n", "yes", "population"):
            for column, position in by_meaning.get(name, ()):
                said.measures[name] = self.numbers(position) * column.multiply
        for column, position in by_meaning.get("flag", ()):
            said.flags = each(self._texts(column, position), read_flag)
        return said

    def numbers(self, position: int, *, missing: bool = True, take: str | None = None) -> Floats:
        """A column, or what ``take`` finds in its cells, as numbers; what is no number and not declared is refused."""
        return self.as_numbers(taken(self.made.columns[position], take, 1), position, missing=missing)

    def as_numbers(self, cells: Objects, position: int, *, missing: bool = True) -> Floats:
        """``cells`` of a column as numbers; what is no number and not declared is refused, what may be two asked."""
        if missing and self.table.missing:
            codes = {text_of(rule.code) for rule in self.table.missing}
            cells = each(cells, lambda cell: None if text_of(cell) in codes else cell)
        mark = self.mark or decimal_mark(self.table.decimal, "", (cells,))
        values, wrong = numbers(cells, mark.mark, self.table.strip)
        values[mark.unread(cells, self.table.strip, self.ledger, self.made.rows, self.made.label(position))] = np.nan
        if wrong.any():
            self.ledger.each_cell(
                "not a number",
                "A cell that should hold a number does not.",
                NOT_A_NUMBER,
                self.made.columns[position],
                wrong,
                self.made.rows,
                self.made.label(position),
            )
        return values

    def _found(self) -> list[tuple[Column, int]]:
        return [
            (column, position)
            for column in self.table.columns
            for position in find(self.made, column, self.ledger, several=column.means == "ignore")
        ]

    def _texts(self, column: Column, position: int) -> Objects:
        if column.take is None:
            return texts(self.made.columns[position])
        pattern = re.compile(column.take)

        def taken(cell: Any) -> str:
            match = pattern.search(text_of(cell))
            return (match.group(1) if pattern.groups else match.group(0)) or "" if match else ""

        return each(self.made.columns[position], taken)

    def _asked(
        self, column: Column, position: int, what: str, meaning: Callable[[str, Column], Any], mend: str = ""
    ) -> Objects:
        said = self._texts(column, position)
        answers = each(said, lambda text: meaning(text, column))
        mend = mend or f"Say under 'codes' of this column in the mapping what it means as a {what}."
        self.ledger.unknown(what, said, answers, self.made.rows, self.made.label(position), mend)
        return answers

    def _areas(self, at: dict[Meaning, list[tuple[Column, int]]]) -> Objects | None:
        if "area" not in at:
            return None
        column, position = at["area"][0]
        hints, size = self.table.areas, len(self.made.rows)
        said = self._texts(column, position)
        asked = [said]
        for name in ("country", "area_kind"):
            beside = (
                (self._texts(*at[name][0]) if name in at else objects([hints.country or ""] * size, size))
                if name == "country"
                else (
                    each(self._texts(*at[name][0]), partial(_coded, at[name][0][0]))
                    if name in at
                    else objects([hints.kind or ""] * size, size)
                )
            )
            asked.append(beside)
        overrides = {text_of(text): code for text, code in (*hints.overrides.items(), *column.codes.items())}

        def meaning(text: str, country: str, kind: str) -> Any:
            if text in overrides:
                return overrides[text]
            return self.resolve.area(text, country, kind, hints.vintage or "") if text else None

        answers = each_of(asked, meaning)
        if self.table.fixed.area is not None:
            answers = np.where(np.equal(said, ""), self.table.fixed.area, answers)
        self.ledger.unknown(
            "area",
            said,
            answers,
            self.made.rows,
            self.made.label(position),
            "Say its code under areas: overrides in the mapping, or leave the row out with drop_rows.",
        )
        return answers

    def _series(self, at: dict[Meaning, list[tuple[Column, int]]]) -> Objects | None:
        if "series" not in at:
            return None
        column, position = at["series"][0]
        said = self._texts(column, position)
        for further, place in at.get("series_part", ()):
            said = said + "|" + self._texts(further, place)
        listed = {text_of(text): code for text, code in column.series_codes.items()}
        if column.only_listed:
            known = holds(said, lambda text: text in listed or text in column.codes)
            self._left_out("rows left out: their series is not listed in the mapping.", ~known)

        def meaning(text: str) -> Any:
            if text in listed:
                return SeriesRule(listed[text])
            if text in column.codes:
                return SeriesRule(SeriesCode(series=column.codes[text]))
            if column.only_listed:
                return SeriesRule(SeriesCode(series=""))
            answer = self.resolve.series(text)
            return SeriesRule(SeriesCode(series=answer)) if isinstance(answer, str) else answer

        answers = each(said, meaning)
        codes = each(answers, lambda answer: answer.code.series if isinstance(answer, SeriesRule) else answer)
        self.ledger.unknown(
            "series",
            said,
            codes,
            self.made.rows,
            self.made.label(position),
            "Say its code under 'codes' of this column in the mapping, or add the series to the catalogue.",
        )
        return answers

    def _left_out(self, reason: str, mask: Any) -> None:
        self.ledger.counted("rows left out", [(reason, int(mask.sum()))])

    def _groups(self, at: dict[Meaning, list[tuple[Column, int]]]) -> list[Objects]:
        found: list[Objects] = []
        for column, position in at.get("group", ()):
            pieces = who.of_column(column, self._texts(column, position), self.resolve)
            self._ask_group(pieces, position, f"category of {column.dimension}")
            found.append(pieces)
        for column, position in (*at.get("group_key", ()), *at.get("group_label", ())):
            keys = self._asked(column, position, "group", lambda t, c: who.of_key(c.codes.get(t, t)))
            found.append(keys)
        pairs: Sequence[tuple[Column, int]] = at.get("group_category", ())
        for (category, at_category), (dimension, at_dimension) in zip(
            pairs, at.get("group_dimension", ()), strict=False
        ):
            both = (self._texts(dimension, at_dimension), self._texts(category, at_category))

            def meaning(said: str, of: str, names: Column = dimension, categories: Column = category) -> Any:
                return who.of_pair(names.codes.get(said, said), categories.codes.get(of, of), self.resolve)

            pieces = each_of(both, meaning)
            for about in dict.fromkeys(one.about for one in distinct(pieces)[1] if isinstance(one, who.Asked)):
                at_fault = at_dimension if about == "dimension" else at_category
                self._ask_pairs(pieces, about, at_fault)
            found.append(each(pieces, lambda one: one if isinstance(one, str) else None))
        return found

    def _ask_pairs(self, pieces: Objects, about: str, position: int) -> None:
        """Ask about each text of one dimension (or about dimensions) that is not understood."""
        asked = holds(pieces, lambda one: isinstance(one, who.Asked) and one.about == about)
        codes = "the dimension that it means" if about == "dimension" else "its code"
        self.ledger.unknown(
            about,
            each(pieces[asked], lambda one: one.text),
            each(pieces[asked], lambda one: one.answer),
            self.made.rows[asked],
            self.made.label(position),
            f"Say {codes} under 'codes' of this column in the mapping.",
        )

    def _ask_group(self, pieces: Objects, position: int, what: str) -> None:
        self.ledger.unknown(
            what,
            texts(self.made.columns[position]),
            pieces,
            self.made.rows,
            self.made.label(position),
            "Say its code under 'codes' of this column in the mapping.",
        )

    def _periods(self, at: dict[Meaning, list[tuple[Column, int]]]) -> Objects | None:
        found: Objects | None = None
        for column, position in at.get("period", ()):
            codes = {**self.table.periods, **column.codes}
            found = self._asked(
                column,
                position,
                "period",
                lambda t, c, codes=codes: period_of(t, codes),  # type: ignore[misc]
                "Say under 'periods' in the mapping which year or years of the common calendar it means.",
            )
        for column, position in at.get("period_detail", ()):
            spans = each(self._texts(column, position), lambda t: p if "-" in (p := period_of(t) or "") else "")
            found = spans if found is None else np.where(np.not_equal(spans, ""), spans, found)
        return found


def _unit(column: Column, text: str) -> str:
    return column.codes.get(text) or unit_of(text) or f"?{text}"


def _coded(column: Column, text: str) -> str:
    return column.codes.get(text, text)
