"""The value columns of a table: every cell a figure, a missing value, or a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np

from data_access.importing.mapping import who
from data_access.importing.mapping.beside import Beside
from data_access.importing.mapping.cells import (
    Floats,
    Mask,
    Objects,
    distinct,
    each,
    each_of,
    holds,
    is_text,
    letter,
    nothing,
    numbers,
    objects,
    rounded,
    text_of,
    texts,
)
from data_access.importing.mapping.decimal_marks import DecimalMark, decimal_mark, mark_of
from data_access.importing.mapping.fields import MEASURES, Measure
from data_access.importing.mapping.flags import Flag
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.periods import period_of
from data_access.importing.mapping.resolve import Answer, Question, Resolve
from data_access.importing.mapping.rows import NOT_A_NUMBER, STATUSES, Rows, SeriesRule
from data_access.importing.mapping.schema import MeasureColumn, SeriesCode, Table, Values
from data_access.importing.mapping.sheets import Body, find
from data_access.importing.mapping.taking import beside_value, taken
from data_access.importing.mapping.units import factor, unit_of
from data_access.importing.workbook import Workbook
from data_access.models.groups import group_key, members

ABSENT = ("M", "Q")
"""Statuses of a figure that is not there."""
Columns = dict[str, np.ndarray[Any, Any]]
"""One array a field of the figures, all of one length."""
FIELDS = (
    "area", "series", "group", "time_period", "value", *MEASURES, "status", "note", "row", "column", "at"
)  # fmt: skip


def figures(
    workbook: Workbook, table: Table, made: Body, parts: Mapping[str, str], resolve: Resolve, ledger: Ledger
) -> list[Columns]:
    """The figures of one sheet, one entry a value column; ``parts`` is what the sheet's name says."""
    return _Reader(workbook, table, made, parts, resolve, ledger).read()


class _Reader:
    def __init__(
        self,
        workbook: Workbook,
        table: Table,
        made: Body,
        parts: Mapping[str, str],
        resolve: Resolve,
        ledger: Ledger,
    ) -> None:
        self.workbook, self.table, self.parts = workbook, table, parts
        self.resolve, self.ledger = resolve, ledger
        self.made = made
        self.missing = {text_of(rule.code): rule for rule in table.missing}

    def read(self) -> list[Columns]:
        at = [(v, c) for v in self.table.values for c in find(self.made, v, self.ledger, several=v.pattern is not None)]
        if not at:
            return []
        self._only_rows_with_something([column for _, column in at])
        rows = Rows(self.made, self.table, self.resolve, self.ledger, self._mark(at))
        said = rows.said()
        self.rows, self.said, self.read_columns = rows, said, said.read | {column for _, column in at}
        self.besides = {
            name: Beside(self.workbook, self.table, self.made, name, self.resolve, self.ledger)
            for name in self.table.beside
        }
        self.empty = self.skipped = 0
        self.by_missing: dict[str, int] = {}
        found = [self._column(values, column) for values, column in at]
        self.ledger.counted("empty cells", [("value cells are empty.", self.empty)])
        self.ledger.counted(
            "missing values",
            [(f"value cells hold {code!r}: no figure, as the mapping says.", n) for code, n in self.by_missing.items()],
        )
        self.ledger.counted("figures waiting", [("figures wait for what is asked or refused above.", self.skipped)])
        self._unread()
        return found

    def _mark(self, at: list[tuple[Values, int]]) -> DecimalMark:
        """How the numbers of the table are read, by all columns that hold numbers."""
        if self.table.decimal is not None:
            return DecimalMark(self.table.decimal)
        columns = {column: taken(self.made.columns[column], values.take, "value") for values, column in at}
        for values, _ in at:
            for measure in values.measures().values():
                for column in find(self.made, measure, Ledger("")) if measure.beside is None else ():
                    columns.setdefault(column, taken(self.made.columns[column], measure.take, 1))
        return decimal_mark(None, mark_of(self.workbook), columns.values())

    def _only_rows_with_something(self, columns: list[int]) -> None:
        """Rows without any value say nothing that could be asked about; they are counted."""
        if "" in self.missing or any(column.means in ("status", "flag") for column in self.table.columns):
            return
        some = np.zeros(len(self.made.rows), dtype=np.bool_)
        for column in columns:
            some |= np.not_equal(texts(self.made.columns[column]), "")
        self.ledger.counted("rows without values", [("rows hold no value in any value column.", int((~some).sum()))])
        self.made = self.made.keep(some)

    def _column(self, values: Values, column: int) -> Columns:
        size = len(self.made.rows)
        named = self._named(values, column)
        cells = self.made.columns[column]
        said = texts(cells)
        found: Columns = {"status": self._status(values), "note": self._note(values)}
        if self.said.flags is not None:
            self._flags(found)
        self._taken(values, column, found)
        value, ok = self._values(values, cells, said, column, found)
        rules = self._series(values, named, column)
        found["series"] = each(rules, lambda r: r.code.series if isinstance(r, SeriesRule) else None)
        found["group"] = self._group(values, named, rules, column)
        found["area"] = self.said.areas if self.said.areas is not None else self._fixed_area()
        found["time_period"] = self._period(values, named, column)
        self._series_words(found, rules)
        scale = self._scale(values, rules, column)
        found["value"] = rounded(value * (values.multiply * scale), values.round)
        self._measures(values, column, scale, found)
        found["row"], found["column"] = self.made.rows, objects([letter(column)] * size, size)
        found["at"] = np.full(size, column, dtype=np.int64)
        understood = np.ones(size, dtype=np.bool_)
        for name in ("area", "series", "group", "time_period", "status"):
            understood &= holds(found[name], is_text)
        listed = np.not_equal(found["series"], "").astype(np.bool_)
        self.skipped += int((ok & ~understood).sum())
        keep = ok & understood & listed & ~np.isnan(scale)
        return {name: found[name][keep] for name in FIELDS}

    def _taken(self, values: Values, column: int, found: Columns) -> None:
        """What ``take`` finds of status and note beside the value."""
        cells = self.made.columns[column]
        for name in values.taken & {"status", "note"}:
            codes = values.codes.get(name, {})
            words = beside_value(cells, values.take or "", name)
            said = each(words, lambda cell, codes=codes: codes.get(t, t) if (t := text_of(cell)) else "")  # type: ignore[misc]
            if name == "note":
                found["note"] = _joined_notes(found["note"], said)
                continue
            known = each(said, lambda text: STATUSES.get(text))
            self.ledger.unknown(
                "status", said, known, self.made.rows, self.made.label(column),
                "Say under 'codes: status' of these values in the mapping what it means.",
            )  # fmt: skip
            found["status"] = np.where(np.equal(said, ""), found["status"], known)

    def _values(
        self, values: Values, cells: Objects, said: Objects, column: int, found: Columns
    ) -> tuple[Floats, Mask]:
        """The numbers, and which cells make a figure; missing codes set status and note where they say so."""
        codes = self.missing
        without = each(cells, lambda cell: None if text_of(cell) in codes else cell) if codes else cells
        without, mark = taken(without, values.take, "value"), self.rows.mark or DecimalMark()
        value, wrong = numbers(without, mark.mark, self.table.strip)
        unread = mark.unread(without, self.table.strip, self.ledger, self.made.rows, self.made.label(column))
        value[unread] = np.nan
        self.skipped += int(unread.sum())
        if wrong.any():
            self.ledger.each_cell(
                "not a number",
                "A cell that should hold a figure does not.",
                NOT_A_NUMBER,
                cells,
                wrong,
                self.made.rows,
                self.made.label(column),
            )
        ok = ~np.isnan(value)
        for code, rule in codes.items():
            hit = np.equal(said, code) & ~wrong
            if rule.status is None:  # the row itself says that the value is missing (M) or withheld (Q)
                stated = hit & holds(found["status"], ABSENT.__contains__)
                ok |= stated
                hit &= ~stated
            count = int(hit.sum())
            if not count:
                continue
            if rule.status is None:
                self.by_missing[code] = self.by_missing.get(code, 0) + count
                continue
            found["status"][hit] = rule.status
            if rule.note:
                found["note"][hit] = [f"{n}; {rule.note}" if n else rule.note for n in found["note"][hit].tolist()]
            ok |= hit
        blank = ~ok & ~wrong & np.equal(said, "") if "" not in codes else np.zeros(len(ok), dtype=np.bool_)
        absent = holds(found["status"], ABSENT.__contains__)
        self.empty += int((blank & ~absent).sum())
        return value, ok | (blank & absent)

    def _named(self, values: Values, column: int) -> dict[str, str]:
        """What the sheet's name and the header say: period, series, categories (through the mapping's codes)."""
        named = {k: self.table.sheet_codes.get(k, {}).get(v, v) for k, v in self.parts.items()}
        if values.pattern is not None:
            match = re.fullmatch(values.pattern, self.made.headers[column])
            said = {k: v for k, v in match.groupdict().items() if v} if match else {}
            named |= {k: values.codes.get(k, {}).get(v, v) for k, v in said.items()}
        return named

    def _series(self, values: Values, named: Mapping[str, str], column: int) -> Objects:
        size = len(self.made.rows)
        text = values.series or named.get("series") or ""
        if not text and self.said.series is not None:
            return self.said.series
        text = text or self.table.fixed.series or ""
        answer = self.resolve.series(text) if text else None
        self._ask("series", text, answer, column, "Name a series of the catalogue in the mapping.")
        one = SeriesRule(SeriesCode(series=answer)) if isinstance(answer, str) else None
        return objects([one] * size, size)

    def _group(self, values: Values, named: Mapping[str, str], rules: Objects, column: int) -> Objects:
        size = len(self.made.rows)
        fixed = {**self.table.fixed.group, **values.group}
        for dimension, text in named.items():
            if dimension in ("period", "series"):
                continue
            answer: Answer = "" if text in who.TOTALS else self.resolve.category(dimension, text)
            self._ask(f"category of {dimension}", text, answer, column, "Say its code under 'codes' in the mapping.")
            if not isinstance(answer, str):
                return objects([None] * size, size)
            fixed |= {dimension: answer} if answer else {}
        constant = group_key(fixed)
        pieces = [*self.said.groups, objects([constant] * size, size)]
        keys = who.joined(pieces, size)
        clash = nothing(keys)
        for part in pieces:
            clash &= holds(part, is_text)
        if clash.any():
            self.ledger.each_cell(
                "contradicting group",
                "Two columns, or a column and the mapping, say different groups of one dimension.",
                "Correct the row or the mapping.",
                self.made.columns[column],
                clash,
                self.made.rows,
                self.made.label(column),
            )
        for rule in distinct(rules)[1]:
            if isinstance(rule, SeriesRule) and rule.changes_group:
                hit = np.array([answer is rule for answer in rules], dtype=np.bool_)
                keys[hit] = who.changed(keys[hit], partial(_with, code=rule.code))
        return keys

    def _fixed_area(self) -> Objects:
        size = len(self.made.rows)
        text = self.table.fixed.area
        if text is None:
            self.ledger.add(
                "refused", "no area", "Nothing says which place the figures are of.", "Add 'area' to columns or fixed."
            )
        return objects([text] * size, size)

    def _period(self, values: Values, named: Mapping[str, str], column: int) -> Objects:
        size = len(self.made.rows)
        text = values.period or named.get("period") or ""
        if not text and self.said.periods is not None:
            return self.said.periods
        text = text or self.table.fixed.period or ""
        answer = period_of(text, self.table.periods)
        self._ask(
            "period",
            text,
            answer,
            column,
            "Say under 'periods', 'fixed' or 'values' which year of the common calendar it is.",
        )
        return objects([answer] * size, size)

    def _ask(self, what: str, text: str, answer: Answer, column: int, mend: str) -> None:
        if isinstance(answer, str):
            return
        said = (
            answer.what
            if isinstance(answer, Question)
            else (f"is no {what} that is known." if text else f"Nothing says which {what} the figures are of.")
        )
        self.ledger.add(
            "question",
            f"unknown {what}",
            said,
            mend,
            column=self.made.label(column),
            value=text,
            candidates=answer.candidates if isinstance(answer, Question) else (),
        )

    def _status(self, values: Values) -> Objects:
        size = len(self.made.rows)
        given = values.status or self.table.fixed.status
        if given is not None or self.said.status is None:
            return objects([given or "A"] * size, size)
        return self.said.status.copy()

    def _note(self, values: Values) -> Objects:
        size = len(self.made.rows)
        fixed = [note for note in (values.note, self.table.fixed.note) if note]
        notes = objects([""] * size, size)
        for part in (*self.said.notes, *(objects([note] * size, size) for note in fixed)):
            notes = _joined_notes(notes, part)
        return notes

    def _flags(self, found: Columns) -> None:
        flags = self.said.flags
        assert flags is not None
        has = holds(flags, lambda flag: bool(flag.status))
        found["status"][has] = each(flags[has], lambda flag: flag.status)
        found["note"] = _joined_notes(found["note"], each(flags, lambda flag: flag.note))

    def _series_words(self, found: Columns, rules: Objects) -> None:
        for rule in distinct(rules)[1]:
            if not isinstance(rule, SeriesRule) or not (rule.code.note or rule.code.status):
                continue
            hit = np.array([answer is rule for answer in rules], dtype=np.bool_)
            if rule.code.note:
                found["note"][hit] = _joined_notes(found["note"][hit], objects([rule.code.note] * hit.sum(), hit.sum()))
            if rule.code.status is not None:
                found["status"][hit & np.equal(found["status"], "A")] = rule.code.status

    def _scale(self, values: Values, rules: Objects, column: int) -> Floats:
        """What each row's value, error and interval are multiplied by; NaN where the unit is not understood."""
        size = len(self.made.rows)
        scale = each(rules, lambda r: r.code.multiply if isinstance(r, SeriesRule) else 1.0).astype(np.float64)
        if self.said.power is not None:
            scale = scale * self.said.power
        units = self.said.units
        wanted = each(rules, lambda r: (r.code.to_unit if isinstance(r, SeriesRule) else None) or values.to_unit or "")
        if not np.not_equal(wanted, "").any():
            return scale
        if values.unit is not None or units is None:
            units = objects([values.unit or ""] * size, size)

        def rate(unit: str, to_unit: str) -> float:
            target = unit_of(to_unit)
            known = unit_of(unit)
            if target is None:
                return 1.0
            found = factor(known, target) if known is not None else None
            return float("nan") if found is None else found

        factors = each_of((units, wanted), rate).astype(np.float64)
        if np.isnan(factors).any():
            self.ledger.each_cell(
                "unit",
                "The unit of the figure is not known, or cannot be turned into the one wanted.",
                "Say the unit under 'unit' (or 'codes' of the unit column) in the mapping.",
                units,
                np.isnan(factors),
                self.made.rows,
                self.made.label(column),
            )
        return scale * factors

    def _measures(self, values: Values, column: int, scale: Floats, found: Columns) -> None:
        size = len(self.made.rows)
        columns = values.measures()
        for name in MEASURES:
            measured = np.full(size, np.nan)
            if name in columns:
                measured = self._measure(name, columns[name], values, scale)
            elif name in values.taken:
                part = beside_value(self.made.columns[column], values.take or "", name)
                measured = self._scaled(name, self.rows.as_numbers(part, column), 1, values, scale)
            elif name in self.said.measures:
                measured = self.said.measures[name]
            elif name == "n" and self.table.fixed.n is not None:
                measured = np.full(size, float(self.table.fixed.n))
            elif name == "population" and self.table.fixed.population is not None:
                measured = np.full(size, float(self.table.fixed.population))
            if self.said.flags is not None and name in ("n", "yes"):
                said = each(self.said.flags, partial(_counted, name)).astype(np.float64)
                measured = np.where(np.isnan(measured), said, measured)
            found[name] = measured

    def _measure(self, name: Measure, column: MeasureColumn, values: Values, scale: Floats) -> Floats:
        if column.beside is not None:
            measured = self.besides[column.beside].numbers(column)
        else:
            at = find(self.made, column, self.ledger)
            if not at:
                return np.full(len(self.made.rows), np.nan)
            self.read_columns.add(at[0])
            measured = self.rows.numbers(at[0], take=column.take)
        return rounded(self._scaled(name, measured, column.multiply, values, scale), column.round)

    def _scaled(self, name: Measure, measured: Floats, multiply: float, values: Values, scale: Floats) -> Floats:
        """A measure in the unit of its figure: error and interval are scaled as the figure is, counts are not."""
        measured = measured * multiply
        if name in ("se", "lower", "upper"):
            measured = measured * (scale * (values.multiply if multiply == 1 else 1))
        return measured

    def _unread(self) -> None:
        left = [at for at in range(len(self.made.headers)) if at not in self.read_columns]
        counts = {at: int(np.not_equal(texts(self.made.columns[at]), "").sum()) for at in left}
        names = [f"{letter(at)} {self.made.headers[at]}".strip()[:60] for at in left if counts[at]]
        if names:
            self.ledger.add(
                "remark",
                "columns not read",
                f"{len(names)} columns with {sum(counts.values()):,} cells are not read: {'; '.join(names)[:1000]}.",
            )


def _with(key: str, code: SeriesCode) -> str:
    kept = {dimension: category for dimension, category in members(key).items() if dimension not in code.without}
    return group_key(kept | dict(code.group))


def _joined_notes(first: Objects, second: Objects) -> Objects:
    return each_of((first, second), lambda a, b: f"{a}; {b}" if a and b else a or b)


def _counted(name: str, flag: Flag) -> float:
    count: int | None = getattr(flag, name)
    return float("nan") if count is None else float(count)
