"""Numbers that may be read both ways: 1,234 in a table that nobody has said the decimal mark of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from data_access.importing.mapping.cell_looks import decimal_of, looks_of
from data_access.importing.mapping.cells import Ints, Mask, Objects, distinct, number_of, text_of
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.workbook import Workbook

COMMA, POINT = ",", "."
LOOKED_AT = 50_000
"""Different texts among which a proof of the decimal mark is looked for."""
_SAID = re.compile(r"^Decimal mark: (comma|point)")
_EITHER = re.compile(r"[-+\u2212]?(?!0)\d{1,3}([.,])\d{3}")


@dataclass(frozen=True, slots=True)
class DecimalMark:
    """The ``mark`` numbers are read with; ``doubted`` the signs before the last three digits that may be either."""

    mark: str = POINT
    doubted: frozenset[str] = frozenset()

    def unread(self, cells: Objects, strip: Sequence[str], ledger: Ledger, rows: Ints, column: str) -> Mask:
        """Which cells may be read both ways: one question for the column that names the first of them."""
        if not self.doubted:
            return np.zeros(len(cells), dtype=np.bool_)
        codes, values = distinct(cells)
        open_ones = np.array([*(self._either(value, strip) for value in values), False], dtype=np.bool_)[codes]
        if open_ones.any():
            at, count = int(np.flatnonzero(open_ones)[0]), int(open_ones.sum())
            value = text_of(cells[at])
            grouped, broken = (number_of(_bare(value, strip), mark) for mark in self._ways(value, strip))
            waiting = f"{count:,} cells of this column wait" if count > 1 else "One cell of this column waits"
            ledger.add(
                "question",
                "unknown decimal mark",
                f"may be {grouped:,.12g} or {broken:,.12g}: nothing tells which. {waiting} for the answer.",
                f'Write in the mapping, beside header_rows: decimal: "." (then {value} is '
                f'{number_of(_bare(value, strip), POINT):,.12g}) or decimal: "," (then it is '
                f"{number_of(_bare(value, strip), COMMA):,.12g}).",
                row=int(rows[at]),
                column=column,
                value=value[:200],
            )
        return open_ones

    def _either(self, cell: object, strip: Sequence[str]) -> bool:
        found = _EITHER.fullmatch(_bare(cell, strip)) if isinstance(cell, str) else None
        return found is not None and found[1] in self.doubted

    def _ways(self, value: str, strip: Sequence[str]) -> tuple[str, str]:
        """The marks by which the text is a whole number, and a broken one."""
        return (COMMA, POINT) if POINT in _bare(value, strip) else (POINT, COMMA)


def mark_of(workbook: Workbook) -> str:
    """The decimal mark that reading a CSV proved, empty otherwise."""
    said = next((match[1] for remark in workbook.remarks if (match := _SAID.match(remark))), "")
    return {"comma": COMMA, "point": POINT}.get(said, "")


def decimal_mark(said: str | None, of_file: str, columns: Iterable[Objects]) -> DecimalMark:
    """How the numbers in ``columns`` are read: as the mapping ``said``, else with a point where nothing speaks against.

    ``of_file`` the mark by which reading the file has told its numbers. Where a comma is proved (12,3), or nothing is,
    1,234 may be either; beside decimal commas 12.345 may be either, too.
    """
    if said is not None:
        return DecimalMark(said)
    if of_file == POINT:
        return DecimalMark()
    texts = [value for column in columns for value in distinct(column)[1] if isinstance(value, str)]
    if of_file != COMMA and not any(COMMA in text for text in texts):
        return DecimalMark()
    proved, _ = decimal_of([looks_of(chain(islice(texts, LOOKED_AT), ["0,5"] if of_file == COMMA else []))])
    if proved == POINT:
        return DecimalMark()
    if proved in (COMMA, "?"):
        return DecimalMark(POINT, frozenset((COMMA, POINT)))
    return DecimalMark(POINT, frozenset(COMMA))


def _bare(cell: object, strip: Sequence[str]) -> str:
    text = text_of(cell)  # type: ignore[arg-type]
    for sign in strip:
        text = text.replace(sign, "")
    return text.strip()
