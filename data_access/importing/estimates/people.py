"""People as the mapping describes them: each column of an export decoded and carried to the persons it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data_access.importing.estimates.answers import Answered, Codes
from data_access.importing.estimates.grids import Grid, Texts
from data_access.importing.estimates.locating import Located, TwoColumns, choice_of, dropped, locate
from data_access.importing.estimates.xlsform import Form
from data_access.importing.findings import Finding, Kind

OWN_KEYS = {"_parent_index": "_index", "PARENT_KEY": "KEY"}
"""How rows of linked sheets point to each other, in Kobo's exports and in those of ODK Central."""
PARENT_SHEET = "_parent_table_name"
TRUE, FALSE = frozenset(("1", "true", "yes")), frozenset(("0", "false", "no"))
PLAIN = r"^-?\d{1,15}(\.\d{1,25})?([eE]-?\d{1,2})?$"
WHOLE = re.compile(r"(-?\d+)\.0+")
DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
Numbers = NDArray[np.float64]


@dataclass
class Ledger:
    """What was found while people were read."""

    file: str
    sheet: str = ""
    found: list[Finding] = field(default_factory=list)

    def add(
        self,
        kind: Kind,
        rule: str,
        what: str,
        mend: str = "",
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str = "",
        value: str = "",
        candidates: tuple[str, ...] = (),
    ) -> None:
        """One finding, in this sheet unless another is named; the same one is kept once."""
        place = self.sheet if sheet is None else sheet
        one = Finding(kind, rule, self.file, what, mend, place, row, column, value, candidates)
        if one not in self.found:
            self.found.append(one)


@dataclass
class _Level:
    grid: Grid
    places: Codes
    """Of each person the line of this sheet, -1 for none."""
    gone: frozenset[int]

    @property
    def headers(self) -> list[str]:
        return ["" if at in self.gone else header for at, header in enumerate(self.grid.headers)]


@dataclass(frozen=True)
class Link:
    """Another sheet: the column ``on`` of the sheet before it says which of its rows, by its column ``to``."""

    grid: Grid
    on: str
    to: str


class People:
    """The people of one sheet, with the answers of the sheets they belong to.

    ``others`` are the sheets that may be linked by the keys of Kobo and ODK, ``links`` those that a mapping links;
    columns that ``drop`` names are there for nobody.
    """

    def __init__(
        self,
        grid: Grid,
        form: Form | None,
        drop: Sequence[str],
        ledger: Ledger,
        *,
        links: Sequence[Link] = (),
        others: Sequence[Grid] = (),
    ) -> None:
        self.form, self.drop, self.ledger = form, tuple(drop), ledger
        self.size = grid.size
        self._levels = [self._level(grid, np.arange(grid.size, dtype=np.int64))]
        self._others = list(others)
        self._located: dict[str, tuple[_Level, Located] | None] = {}
        ledger.sheet = grid.sheet
        for link in links:
            self._link(link.grid, link.on, link.to)

    def prepare(self, names: Iterable[str]) -> None:
        """Find all columns, and read those of one sheet together; what is not there is refused."""
        for name in dict.fromkeys(names):
            self._find(name)
        for level in self._levels:
            level.grid.fetch(
                at for found in self._located.values() if found and found[0] is level for at in found[1].positions
            )

    def header(self, name: str) -> str:
        """The header of a column as the file has it."""
        found = self._located.get(name)
        return name if not found else found[0].grid.headers[found[1].positions[-1]]

    def canonical(self, name: str, said: str) -> str:
        """An answer as the mapping writes it, as the form codes it: its name, where a label is written."""
        found = self._located.get(name)
        question = found[1].question if found else None
        return (choice_of(question, said) or said) if question and question.choices else said

    def label(self, name: str, code: str) -> str:
        """How the form words an answer; the answer itself where there is no form."""
        found = self._located.get(name)
        question = found[1].question if found else None
        choice = next((one for one in question.choices if one.name == code), None) if question else None
        return next(iter(choice.labels.values()), code) if choice else code

    def coded(self, name: str, missing: Iterable[str] = ()) -> Answered:
        """The answers in ``name`` as the form codes them; one that it does not have is refused."""
        found = self._find(name)
        if found is None:
            return self._nobody()
        level, located = found
        silent = set(missing)
        if located.choice:
            return self._of_choice(level, located, located.choice, silent, name)
        if located.together is None:
            self.ledger.add(
                "refused", "choice_missing", "the question has a column for each choice.",
                f"Name one of them: {name}/… .", column=name,
            )  # fmt: skip
            return self._nobody()
        texts = level.grid.column(located.together)
        into: dict[int, str] = {}
        question = located.question
        for i, said in enumerate(texts.labels):
            code = _code(said)
            if question and question.choices and question.kind != "select_multiple" and code not in silent:
                known = choice_of(question, code)
                if known is None:
                    self._strange(level, located.together, texts, i, name, code)
                    continue
                code = known
            if code not in silent:
                into[i] = code
        if "/" in name and into and {each.lower() for each in into.values()} <= TRUE | FALSE:
            into = {i: str(int(each.lower() in TRUE)) for i, each in into.items()}
        return self._carried(level, Answered(texts.codes, texts.labels).mapped(into))

    def chosen(self, name: str, choices: Sequence[str], missing: Iterable[str] = ()) -> Answered | None:
        """Whether any of ``choices`` was chosen (1 or 0) in a question with several; None where it is none."""
        found = self._find(name)
        question = found[1].question if found else None
        if found is None or question is None or question.kind != "select_multiple" or found[1].choice:
            return None
        level, located = found
        silent, each = set(missing), []
        for said in choices:
            code = choice_of(question, said)
            if code is None:
                self.ledger.add(
                    "refused", "unknown_code", "the form has no such choice.", "Correct the mapping.",
                    column=name, value=said, candidates=tuple(one.name for one in question.choices),
                )  # fmt: skip
                continue
            each.append(self._of_choice(level, located, code, silent, name).codes)
        return Answered(np.max(each, axis=0), ("0", "1")) if each else self._nobody()

    def numbers(self, name: str, missing: Iterable[str] = ()) -> Numbers:
        """The numbers in ``name``, NaN where there is none; a text that is no number is refused."""
        found = self._find(name)
        if found is None:
            return np.full(self.size, np.nan)
        level, located = found
        if located.together is None:
            return np.full(self.size, np.nan)
        texts, silent = level.grid.column(located.together), set(missing)
        values = np.append(_plain_numbers(texts.labels), np.nan)
        for i in np.flatnonzero(np.isnan(values[:-1]) | np.isin(values[:-1], _worths(silent))).tolist():
            said = texts.labels[i]
            if _code(said) in silent:
                values[i] = np.nan
                continue
            number = _number(said)
            if number is None:
                self._strange(level, located.together, texts, i, name, said, number=True)
            else:
                values[i] = number
        lines = values[texts.codes]
        return np.where(level.places < 0, np.nan, lines[np.maximum(level.places, 0)]) if lines.size else lines

    def _nobody(self) -> Answered:
        return Answered(np.full(self.size, -1, np.int64), ())

    def _level(self, grid: Grid, places: Codes) -> _Level:
        return _Level(grid, places, frozenset(dropped(grid.headers, self.drop, self.form)))

    def _carried(self, level: _Level, lines: Answered) -> Answered:
        """From the lines of a sheet to the people."""
        if not lines.codes.size:
            return self._nobody()
        return Answered(np.where(level.places < 0, -1, lines.codes[np.maximum(level.places, 0)]), lines.labels)

    def _of_choice(self, level: _Level, located: Located, choice: str, silent: set[str], name: str) -> Answered:
        """1 where a choice was taken, 0 where others were, from its own column or from codes with blanks between."""
        lines = np.full(level.grid.size, -1, np.int64)
        silenced = np.zeros(level.grid.size, np.bool_)
        if located.together is not None:
            texts = level.grid.column(located.together)
            said = [set(self._codes_in(located, each)) for each in texts.labels]
            for i, codes in enumerate(said):
                known = {one.name for one in located.question.choices} if located.question else codes
                for code in sorted(codes - known - silent):
                    self._strange(level, located.together, texts, i, name, code)
            lines = np.array([*(int(choice in codes) for codes in said), -1], np.int64)[texts.codes]
            silenced = np.array([*(bool(codes & silent) for codes in said), False])[texts.codes]
        for code, at in located.parts.items():
            if code != choice and code not in silent:
                continue
            texts = level.grid.column(at)
            worth = []
            for i, each in enumerate(texts.labels):
                word = _code(each).lower()
                if word not in TRUE | FALSE:
                    self._strange(level, at, texts, i, f"{name}", word)
                worth.append(int(word in TRUE))
            flags = np.array([*worth, -1], np.int64)[texts.codes]
            if code == choice:
                lines = np.where(flags >= 0, flags, lines)
            else:
                silenced |= flags == 1
        return self._carried(level, Answered(np.where(silenced, -1, lines), ("0", "1")))

    def _codes_in(self, located: Located, cell: str) -> list[str]:
        """The choices in a cell: codes with blanks, or labels with blanks or commas, between them."""
        question = located.question
        if question is None or all(any(one.name == code for one in question.choices) for code in cell.split()):
            return cell.split()
        left, found = f" {cell} ", []
        labels = {label: one.name for one in question.choices for label in one.labels.values()}
        for label in sorted(labels, key=len, reverse=True):
            if label and label in left:
                left = left.replace(label, " ")
                found.append(labels[label])
        return found if found and not left.strip(" ,;") else cell.split()

    def _find(self, name: str) -> tuple[_Level, Located] | None:
        if name in self._located:
            return self._located[name]
        found: tuple[_Level, Located] | None = None
        at = 0
        while found is None:
            if at == len(self._levels) and not self._next_level():
                break
            level = self._levels[at]
            try:
                located = locate(level.headers, name, self.form)
            except TwoColumns as two:
                self.ledger.add(
                    "refused", "column_not_clear", "more than one column may be meant.", "Write its whole header.",
                    sheet=level.grid.sheet, column=name, candidates=two.headers,
                )  # fmt: skip
                break
            found = (level, located) if located else None
            at += 1
        else:
            self._located[name] = found
            return found
        if at == len(self._levels):
            self.ledger.add(
                "refused", "column_missing", "the column is not there.",
                "Name it as the form or the sheet does, and do not drop it.", column=name,
            )  # fmt: skip
        self._located[name] = None
        return None

    def _next_level(self) -> bool:
        """Link the sheet that the outermost one points to; False where it points to none."""
        outermost = self._levels[-1].grid
        on = next((key for key in OWN_KEYS if key in outermost.headers), None)
        if on is None:
            return False
        candidates = [grid for grid in self._others if OWN_KEYS[on] in grid.headers]
        if PARENT_SHEET in outermost.headers:
            named = set(outermost.column(outermost.headers.index(PARENT_SHEET)).labels)
            candidates = [grid for grid in candidates if grid.sheet in named] or candidates
        if not candidates:
            return False
        keys = set(outermost.column(outermost.headers.index(on)).labels)
        fitting = [g for g in candidates if keys <= set(g.column(g.headers.index(OWN_KEYS[on])).labels)]
        outer = (fitting or candidates)[0]
        self._others.remove(outer)
        before = len(self._levels)
        self._link(outer, on, OWN_KEYS[on])
        return len(self._levels) > before

    def _link(self, outer: Grid, on: str, to: str) -> None:
        inner = self._levels[-1]
        for grid, column in ((inner.grid, on), (outer, to)):
            if column not in grid.headers:
                self.ledger.add(
                    "refused", "link_missing", "the sheets are not linked.", "Export it with its index columns.",
                    sheet=grid.sheet, column=column,
                )  # fmt: skip
                return
        keys, parents = outer.column(outer.headers.index(to)), inner.grid.column(inner.grid.headers.index(on))
        at = {_code(label): keys.first(i) for i, label in enumerate(keys.labels)}
        for i in np.flatnonzero(keys.counts() > 1).tolist():
            self.ledger.add(
                "refused", "key_twice", "two rows have this.", "Export again, or take out the row that is there twice.",
                sheet=outer.sheet, row=outer.first_row + keys.first(i), column=to, value=keys.labels[i],
            )  # fmt: skip
        into = []
        for i, label in enumerate(parents.labels):
            into.append(at.get(_code(label), -1))
            if into[-1] < 0:
                self.ledger.add(
                    "refused", "parent_missing", "no row is there for this.",
                    "Export all sheets together, or take out the row.",
                    sheet=inner.grid.sheet, row=inner.grid.first_row + parents.first(i), column=on, value=label,
                )  # fmt: skip
        lines = np.array([*into, -1], np.int64)[parents.codes]
        places = np.where(inner.places < 0, -1, lines[np.maximum(inner.places, 0)]) if lines.size else lines
        self._levels.append(self._level(outer, places))

    def _strange(
        self, level: _Level, at: int, texts: Texts, label: int, name: str, value: str, *, number: bool = False
    ) -> None:
        count = int(texts.counts()[label])
        where = f" It stands in {count:,} rows, first in this one." if count > 1 else ""
        rule, what, mend = ("not_a_number", "this is no number.", "Correct it, or list it under 'missing'.")
        if not number:
            rule, what = "unknown_code", "the form has no such choice."
            mend = "Give the form with which it was asked, list it under 'missing', or correct it."
        self.ledger.add(
            "refused", rule, what + where, mend, sheet=level.grid.sheet, row=level.grid.first_row + texts.first(label),
            column=level.grid.headers[at], value=value[:200],
        )  # fmt: skip


def _code(said: str) -> str:
    """A code as it is compared: 1.0 and 1 are one."""
    whole = WHOLE.fullmatch(said)
    return whole[1] if whole else said


def _plain_numbers(labels: Sequence[str]) -> Numbers:
    """Texts of digits, with or without point and exponent, as numbers; NaN for others, looked at by themselves."""
    texts = pa.array(labels, pa.string())
    plain = pc.match_substring_regex(texts, PLAIN)
    numbers = pc.cast(pc.if_else(plain, texts, None), pa.float64())
    return np.asarray(numbers.to_numpy(zero_copy_only=False), dtype=np.float64)


def _worths(codes: Iterable[str]) -> list[float]:
    """The numbers that codes are, to find cells that may be one of them."""
    return [number for number in map(_number, codes) if number is not None]


def _number(said: str) -> float | None:
    plain = said.replace(",", ".") if DECIMAL_COMMA.fullmatch(said) else said
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if np.isfinite(number) else None
