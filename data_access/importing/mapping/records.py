"""Records of single schools, water points or people, counted and summed up: only the figures go on, never a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from data_access.importing.mapping import who
from data_access.importing.mapping.cells import (
    Floats,
    Ints,
    Mask,
    Objects,
    coded,
    letter,
    nothing,
    objects,
    text_of,
    texts,
)
from data_access.importing.mapping.fields import Selector
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.record_rules import Condition, RecordColumn, RecordFigure, Records
from data_access.importing.mapping.resolve import Resolve
from data_access.importing.mapping.rows import Rows, Said
from data_access.importing.mapping.schema import Column, Missing, Table, Values
from data_access.importing.mapping.sheets import Body, body, find, select_rows
from data_access.importing.tidy import COUNTS, NUMBERS, TEXTS, TidyRow, TidyRows
from data_access.importing.workbook import Sheet
from data_access.models.groups import group_key, members

UNRELIABLE = "U"


def figures_of_records(sheet: Sheet, rules: Records, resolve: Resolve, ledger: Ledger) -> TidyRows:
    """The figures that the records of one sheet make, in the order of the mapping.

    ``row`` of each is the row of the first record behind it, ``n`` how many records a share, sum, mean or ratio rests
    on, ``yes`` how many of them fulfil a share's condition. A record whose place, time or category is not understood is
    asked about and counts nowhere. How many records each figure counts goes to the ledger as a remark.
    """
    layout = _layout(rules)
    made = select_rows(body(sheet, layout, ledger), layout, ledger)
    found = _Records(made, rules, layout, resolve, ledger, sheet.name)
    found.refuse_repeated_keys()
    made_of = [figure for rule in rules.figures for figure in found.figures(rule)]
    found.remark_unread()
    return _by_column(made_of)


def _layout(rules: Records) -> Table:
    """The records' sheet as a table is described, so that it is read as a table is."""
    return Table(
        sheets=rules.sheets,
        header_rows=rules.header_rows,
        hxl_row=rules.hxl_row,
        first_row=rules.first_row,
        last_row=rules.last_row,
        stop=rules.stop,
        values=(Values(letter="A"),),
        keep_rows=rules.keep_rows,
        drop_rows=rules.drop_rows,
        missing=tuple(Missing(code=code) for code in rules.missing),
        strip=rules.strip,
        decimal=rules.decimal,
        areas=rules.areas,
    )


@dataclass
class _Records:
    """The records of one sheet: what they say of themselves, and figures made of them."""

    made: Body
    rules: Records
    layout: Table
    resolve: Resolve
    ledger: Ledger
    sheet: str

    def __post_init__(self) -> None:
        self._texts: dict[str, Objects] = {}
        self._numbers: dict[str, Floats] = {}
        self._at: dict[str, int | None] = {}

    @property
    def size(self) -> int:
        return len(self.made.rows)

    def refuse_repeated_keys(self) -> None:
        """A record that stands twice would count twice."""
        if self.rules.key is None or not (at := find(self.made, self.rules.key, self.ledger)):
            return
        cells = texts(self.made.columns[at[0]])
        repeated = pd.Series(cells).duplicated().to_numpy() & np.not_equal(cells, "").astype(np.bool_)
        self.ledger.each_cell(
            "record repeated",
            "The record stands twice, so it would count twice.",
            "Take one of them out, or name a column under 'key' that tells them apart.",
            self.made.columns[at[0]],
            repeated,
            self.made.rows,
            self.made.label(at[0]),
        )

    def remark_unread(self) -> None:
        """Columns that no figure is made of are counted, so that nothing goes without a word."""
        read = {at for at in self._at.values() if at is not None}
        selectors = [*self.rules.columns, *self.rules.keep_rows, *self.rules.drop_rows]
        selectors += [self.rules.key] if self.rules.key is not None else []
        read |= {at for selector in selectors for at in find(self.made, selector, Ledger(self.ledger.file))}
        left = [self.made.label(at) for at in range(len(self.made.headers)) if at not in read]
        if left:
            self.ledger.add(
                "remark", "columns not read", f"{len(left):,} columns are not read: {'; '.join(left)[:1000]}."
            )

    def figures(self, rule: RecordFigure) -> Iterator[TidyRow]:
        """One figure for every place, period and category that records of it have."""
        chosen = self.where(rule.where) & ~nothing(self.places) & ~nothing(self.periods)
        answer = self.resolve.series(rule.series)
        if not isinstance(answer, str):
            self.ledger.add(
                "question",
                "unknown series",
                "is no series that is known.",
                "Name a series of the catalogue in the mapping.",
                value=rule.series,
            )
            return
        for breakdown in rule.by:
            keys = self.groups(breakdown)
            counted = chosen & ~nothing(keys)
            made = list(self._of_breakdown(rule, answer, keys, counted))
            self._remark(rule, breakdown, made, chosen, counted)
            yield from (figure for figure, _ in made)

    def _of_breakdown(
        self, rule: RecordFigure, series: str, keys: Objects, counted: Mask
    ) -> Iterator[tuple[TidyRow, int]]:
        """Each figure of one breakdown, with how many records are behind it."""
        behind: dict[tuple[str, str, str], list[int]] = {}
        for at in np.flatnonzero(counted).tolist():
            behind.setdefault((self.places[at], keys[at], self.periods[at]), []).append(at)
        for (area, key, period), records in behind.items():
            measured = self._measured(rule, np.array(records, dtype=np.int64))
            if measured is None:
                continue
            value, resting_on, yes = measured
            few = rule.measure != "count" and len(resting_on) < (self.rules.unreliable_below or 0)
            notes = (rule.note.replace("{n}", str(len(resting_on))), self.rules.note)
            figure = TidyRow(
                area,
                series,
                group_key({**members(key), **rule.group}),
                period,
                value if rule.round is None else round(value, rule.round),
                n=None if rule.measure in ("count", "distinct") else len(resting_on),
                yes=yes,
                status=UNRELIABLE if few else "A",
                note="; ".join(note for note in notes if note),
                sheet=self.sheet,
                row=int(self.made.rows[resting_on[0]]),
                column=self._column_of(rule),
            )
            yield figure, len(resting_on)

    def _measured(self, rule: RecordFigure, records: Ints) -> tuple[float, Ints, int | None] | None:
        """The value, the records it rests on, and how many of them fulfil a share's condition; None without any."""
        if rule.measure == "count":
            return float(len(records)), records, None
        if rule.measure == "share":
            fulfil = int(self.where(rule.that)[records].sum())
            return 100 * fulfil / len(records), records, fulfil
        if rule.measure == "distinct":
            said = self.first_text(rule.of)[records]
            return float(len({text for text in said if text})), records, None
        numbers = self.first_number(rule.of)[records]
        whole = np.zeros(len(records))
        for header in rule.over:
            whole = whole + self.number(header)[records]
        answered = ~np.isnan(numbers) & ~np.isnan(whole)
        resting_on, total = records[answered], float(numbers[answered].sum())
        if not len(resting_on):
            return None
        if rule.measure == "sum":
            return total, resting_on, None
        if rule.measure == "mean":
            return total / len(resting_on), resting_on, None
        base = float(whole[answered].sum())
        return (100 * total / base, resting_on, None) if base else None

    def where(self, conditions: Sequence[Condition]) -> Mask:
        """The records for which every condition holds."""
        found: Mask = np.ones(self.size, dtype=np.bool_)
        for condition in conditions:
            fits = np.zeros(self.size, dtype=np.bool_)
            for header in condition.header:
                fits |= self._fits(condition, header)
            found &= fits
        return found

    def _fits(self, condition: Condition, header: str) -> Mask:
        if condition.above is not None:
            above: Mask = np.nan_to_num(self.number(header), nan=-np.inf) > condition.above
            return above
        said = self.text(header)
        if condition.answered:
            return np.array([bool(text) for text in said], dtype=np.bool_)
        if condition.values:
            wanted = {text_of(value) for value in condition.values}
            return np.array([text in wanted for text in said], dtype=np.bool_)
        unwanted = {"", *(text_of(value) for value in condition.other_than)}
        return np.array([text not in unwanted for text in said], dtype=np.bool_)

    def text(self, header: str) -> Objects:
        """A column as texts; what the mapping lists as missing is empty."""
        if header not in self._texts:
            at = self._position(header)
            missing = {text_of(code) for code in self.rules.missing}
            cells = objects([""] * self.size, self.size) if at is None else texts(self.made.columns[at])
            self._texts[header] = objects(("" if text in missing else text for text in cells), self.size)
        return self._texts[header]

    def number(self, header: str) -> Floats:
        """A column as numbers, NaN where there is none; what is neither is refused once."""
        if header not in self._numbers:
            at = self._position(header)
            reading = Rows(self.made, self.layout, self.resolve, self.ledger)
            self._numbers[header] = np.full(self.size, np.nan) if at is None else reading.numbers(at)
        return self._numbers[header]

    def first_text(self, headers: Sequence[str]) -> Objects:
        """The first of several columns that is answered, record by record."""
        found = self.text(headers[0])
        for header in headers[1:]:
            found = np.where(np.equal(found, ""), self.text(header), found)
        return found

    def first_number(self, headers: Sequence[str]) -> Floats:
        """The first of several columns that holds a number, record by record."""
        found = self.number(headers[0])
        for header in headers[1:]:
            found = np.where(np.isnan(found), self.number(header), found)
        return found

    def groups(self, breakdown: Sequence[str]) -> Objects:
        """Each record's group in a breakdown; None where it does not say a category, or says one not understood."""
        pieces = [self._pieces[dimension] for dimension in breakdown]
        keys = who.joined(pieces, self.size) if pieces else objects([""] * self.size, self.size)
        for piece in pieces:
            keys[np.equal(piece, "")] = None
        return keys

    @cached_property
    def places(self) -> Objects:
        """Each record's area; None where it is not understood."""
        if self.rules.area is None:
            return _understood(self._said(*self._of("area")).areas, self.size)
        hints = self.rules.areas
        answer = self.resolve.area(self.rules.area, hints.country or "", hints.kind or "", hints.vintage or "")
        if not isinstance(answer, str):
            self.ledger.add(
                "question",
                "unknown area",
                "is no area that is known.",
                "Write the code of an area under 'area' of these records in the mapping.",
                value=self.rules.area,
            )
            return objects([None] * self.size, self.size)
        return objects([answer] * self.size, self.size)

    @cached_property
    def periods(self) -> Objects:
        """Each record's period; None where it is not understood."""
        if self.rules.period is not None:
            return objects([self.rules.period] * self.size, self.size)
        return _understood(self._said(*self._of("period")).periods, self.size)

    @cached_property
    def _pieces(self) -> dict[str, Objects]:
        """By dimension each record's category as a group key, empty where it does not say one."""
        found: dict[str, Objects] = {}
        for column in self.rules.columns:
            if column.dimension is not None:
                said = self._said(column).groups
                found[column.dimension] = _understood(said[0] if said else None, self.size)
        return found

    def _said(self, *columns: RecordColumn) -> Said:
        """What columns say of the records, read as a table's are."""
        told = tuple(
            Column(
                header=column.header,
                letter=column.letter,
                pattern=column.pattern,
                optional=column.optional,
                means=column.means,
                dimension=column.dimension,
                codes=column.codes,
            )
            for column in columns
        )
        layout = self.layout.model_copy(update={"columns": told})
        return Rows(self.made, layout, self.resolve, self.ledger).said()

    def _of(self, means: str) -> list[RecordColumn]:
        return [column for column in self.rules.columns if column.means == means]

    def _position(self, header: str) -> int | None:
        """Where a column stands; one that is not there is refused once."""
        if header not in self._at:
            self._at[header] = next(iter(find(self.made, Selector(header=header), self.ledger)), None)
        return self._at[header]

    def _column_of(self, rule: RecordFigure) -> str:
        """The letter of the column that a figure is made of; empty for a plain count of records."""
        headers = [*rule.of, *(header for condition in rule.that for header in condition.header)]
        at = self._position(headers[0]) if headers else None
        return "" if at is None else letter(at)

    def _remark(
        self,
        rule: RecordFigure,
        breakdown: Sequence[str],
        made: Sequence[tuple[TidyRow, int]],
        chosen: Mask,
        counted: Mask,
    ) -> None:
        behind = sorted(resting_on for _, resting_on in made)
        by = f" by {' and '.join(breakdown)}" if breakdown else ""
        between = f"{behind[0]:,}" if behind and behind[0] == behind[-1] else ""
        between = between or (f"{behind[0]:,} to {behind[-1]:,}" if behind else "no")
        silent = int((chosen & ~counted).sum())
        left_out = f" {silent:,} records do not say their category and are left out." if silent else ""
        self.ledger.add(
            "remark",
            "records counted",
            f"{len(made):,} figures ({rule.measure}){by}, made of {between} records each; "
            f"{self.size:,} records were read.{left_out}",
            value=rule.series,
        )


def _understood(answers: Objects | None, size: int) -> Objects:
    """The codes among answers; None where a text was not understood, or nothing says it."""
    if answers is None:
        return objects([None] * size, size)
    return objects((answer if isinstance(answer, str) else None for answer in answers), size)


def _by_column(rows: Sequence[TidyRow]) -> TidyRows:
    """Figures kept by column, as a table's are."""
    size = len(rows)
    return TidyRows(
        {name: coded(objects((getattr(row, name) for row in rows), size)) for name in TEXTS},
        {name: np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in (*NUMBERS, *COUNTS)},
        np.array([row.row for row in rows], dtype=np.int64),
    )
