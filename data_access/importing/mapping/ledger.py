"""Keeping account while a mapping is applied: what was refused, asked, left out and read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from data_access.importing.findings import Finding, Kind
from data_access.importing.mapping.cells import Mask, Objects, distinct, text_of
from data_access.importing.mapping.resolve import Question

SHOWN = 1000
"""How many findings of one rule are listed for one column; the rest are counted in one more."""


class Ledger:
    """Findings of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []
        self.sheet = ""

    def add(self, kind: Kind, rule: str, what: str, mend: str = "", **place: Any) -> None:
        """One finding about the current sheet; ``place`` may give row, column, value and candidates."""
        self.found.append(Finding(kind, rule, self.file, what, mend, sheet=self.sheet, **place))

    def each_cell(
        self, rule: str, what: str, mend: str, cells: Objects, wrong: Mask, rows: np.ndarray[Any, Any], column: str
    ) -> None:
        """A refusal for every cell marked ``wrong``; beyond ``SHOWN`` they are counted."""
        positions = np.flatnonzero(wrong)
        for position in positions[:SHOWN].tolist():
            self.add(
                "refused",
                rule,
                what,
                mend,
                row=int(rows[position]),
                column=column,
                value=text_of(cells[position])[:200],
            )
        if len(positions) > SHOWN:
            further = len(positions) - SHOWN
            self.add("refused", rule, f"{what} So it is in {further:,} further cells.", mend, column=column)

    def unknown(
        self, what: str, texts: Objects, answers: Objects, rows: np.ndarray[Any, Any], column: str, mend: str
    ) -> None:
        """A question for every distinct text of ``texts`` whose answer is none or a question."""
        open_ = np.array([not isinstance(answer, str) for answer in answers], dtype=np.bool_)
        positions = np.flatnonzero(open_)
        if not len(positions):
            return
        codes, values = distinct(texts[positions])
        counts = np.bincount(codes + 1, minlength=len(values) + 1)
        first: dict[int, int] = {}
        for place, code in zip(positions.tolist(), codes.tolist(), strict=True):
            first.setdefault(code, place)
        for code, place in first.items():
            answer, count = answers[place], int(counts[code + 1])
            said = answer.what if isinstance(answer, Question) else f"is no {what} that is known."
            candidates = answer.candidates if isinstance(answer, Question) else ()
            waiting = f" {count:,} rows wait for the answer." if count > 1 else " One row waits for the answer."
            self.add(
                "question",
                f"unknown {what}",
                f"{said.rstrip('.')}.{waiting}",
                mend,
                row=int(rows[place]),
                column=column,
                value=str(texts[place])[:200],
                candidates=candidates,
            )

    def counted(self, rule: str, reasons: Iterable[tuple[str, int]]) -> None:
        """A remark for every reason that left something out."""
        for reason, count in reasons:
            if count:
                self.add("remark", rule, f"{count:,} {reason}")
