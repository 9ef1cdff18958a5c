"""Keeping account while a mapping is applied: what was refused, asked, left out and read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from data_access.importing.checks.shield import shown
from data_access.importing.findings import Batch, Finding, Kind
from data_access.importing.mapping.cells import Mask, Objects, distinct, holds, is_text, text_of
from data_access.importing.mapping.resolve import Question

AT_ONCE = 50_000
SHOWN = 1000
"""How many findings of one rule are listed for one column; the rest are counted in one more."""


class Ledger:
    """Findings of one file, in the order in which they were found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []
        self.sheet = ""
        self._all: list[Finding | Callable[[], Iterator[Batch]]] = []

    def add(self, kind: Kind, rule: str, what: str, mend: str = "", **place: Any) -> None:
        """One finding about the current sheet; ``place`` may give row, column, value and candidates."""
        one = Finding(kind, rule, self.file, what, mend, sheet=self.sheet, **place)
        self.found.append(one)
        self._all.append(one)

    def batches(self) -> Iterator[Finding | Batch]:
        """All findings, also those that ``found`` only counts; for findings.write_csv."""
        for one in self._all:
            if isinstance(one, Finding):
                yield one
            else:
                yield from one()

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
                value=shown(text_of(cells[position])),
            )
        if len(positions) > SHOWN:
            further = len(positions) - SHOWN
            counted = f"{what} So it is in {further:,} further cells."
            self._rest("refused", rule, counted, mend, column, what, (cells, rows, positions[SHOWN:]))

    def unknown(
        self, what: str, texts: Objects, answers: Objects, rows: np.ndarray[Any, Any], column: str, mend: str
    ) -> None:
        """A question for every distinct text of ``texts`` whose answer is none or a question."""
        positions = np.flatnonzero(~holds(answers, is_text))
        if not len(positions):
            return
        codes, values = distinct(texts[positions])
        counts = np.bincount(codes + 1, minlength=len(values) + 1)
        _, firsts = np.unique(codes, return_index=True)
        places = positions[np.sort(firsts)]
        for at, place in enumerate(places[:SHOWN].tolist()):
            count = int(counts[codes[np.sort(firsts)[at]] + 1])
            answer = answers[place]
            waiting = f" {count:,} rows wait for the answer." if count > 1 else " One row waits for the answer."
            self.add(
                "question",
                f"unknown {what}",
                f"{_said(what, answer)}{waiting}",
                mend,
                row=int(rows[place]),
                column=column,
                value=str(texts[place])[:200],
                candidates=answer.candidates if isinstance(answer, Question) else (),
            )
        if len(places) > SHOWN:
            further = len(places) - SHOWN
            counted = f"{further:,} further texts are no {what} that is known."
            said = f"is no {what} that is known."
            self._rest("question", f"unknown {what}", counted, mend, column, said, (texts, rows, places[SHOWN:]))

    def _rest(
        self,
        kind: Kind,
        rule: str,
        counted: str,
        mend: str,
        column: str,
        what: str,
        where: tuple[Objects, np.ndarray[Any, Any], np.ndarray[Any, Any]],
    ) -> None:
        """What is counted only among the findings, and told in full by ``batches``."""
        sheet, (cells, rows, positions) = self.sheet, where
        self.found.append(Finding(kind, rule, self.file, counted, mend, sheet=sheet, column=column))

        def told() -> Iterator[Batch]:
            for start in range(0, len(positions), AT_ONCE):
                part = positions[start : start + AT_ONCE]
                values = [shown(text_of(cell)) for cell in cells[part]]
                yield Batch(kind, rule, self.file, what, mend, sheet, rows[part].tolist(), column, values)

        self._all.append(told)

    def counted(self, rule: str, reasons: Iterable[tuple[str, int]]) -> None:
        """A remark for every reason that left something out."""
        for reason, count in reasons:
            if count:
                self.add("remark", rule, f"{count:,} {reason}")


def _said(what: str, answer: object) -> str:
    said = answer.what if isinstance(answer, Question) else f"is no {what} that is known."
    return f"{said.rstrip('.')}."
