"""What was found in a partner's file: everything at once, each with its place and how to mend it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import repeat
from typing import Literal, TextIO

Kind = Literal["refused", "question", "remark"]
"""Refused: nothing is loaded until it is mended. Question: somebody who knows must answer. Remark: good to know."""

MOST_KNOWN = 10_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. ``row`` (from 1) and ``column`` (header or letter) as the spreadsheet shows them;
    None or empty where the finding is about more than one. ``candidates`` what a question may be answered with."""

    kind: Kind
    rule: str
    file: str
    what: str
    mend: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Many findings of one rule, kept by column: what they share, and of each its place and value.

    ``what``, ``sheet`` and ``column`` are one text for all or one for each; ``rows`` 0 where there is none.
    """

    kind: Kind
    rule: str
    file: str
    what: str | Sequence[str]
    mend: str
    sheet: str | Sequence[str]
    rows: Sequence[int]
    column: str | Sequence[str]
    values: Sequence[str]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Finding]:
        what_sheet_column = (_spread(one) for one in (self.what, self.sheet, self.column))
        for what, sheet, column, row, value in zip(*what_sheet_column, self.rows, self.values, strict=False):
            yield Finding(
                self.kind, self.rule, self.file, what, self.mend,
                sheet=sheet, row=row or None, column=column, value=value,
            )  # fmt: skip


def as_csv(findings: Iterable[Finding | Batch]) -> str:
    """All findings as CSV, one a row; text that a spreadsheet would run is made harmless."""
    out = io.StringIO()
    write_csv(out, findings)
    return out.getvalue()


def write_csv(out: TextIO, findings: Iterable[Finding | Batch]) -> int:
    """The same, written as they come, so that a million of them need no room; returns how many there were."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Finding)])
    count = 0
    for one in findings:
        if isinstance(one, Batch):
            writer.writerows(_lines(one))
            count += len(one)
        else:
            writer.writerow([_cell(getattr(one, field.name)) for field in fields(Finding)])
            count += 1
    return count


def _lines(batch: Batch) -> Iterable[tuple[str | int, ...]]:
    """The rows of a batch, in the order of Finding's fields; each different text is looked at once."""
    harmless = _Harmless()

    def column(texts: str | Sequence[str]) -> Iterable[str]:
        return repeat(harmless[texts]) if isinstance(texts, str) else map(harmless.__getitem__, texts)

    shared = (repeat(_cell(text)) for text in (batch.kind, batch.rule, batch.file))
    rows = (row or "" for row in batch.rows)
    return zip(
        *shared, column(batch.what), repeat(_cell(batch.mend)), column(batch.sheet), rows, column(batch.column),
        map(_cell, batch.values), repeat(""), strict=False,
    )  # fmt: skip


class _Harmless(dict[str, str]):
    """Texts, and what a CSV may say of them."""

    def __missing__(self, text: str) -> str:
        if len(self) > MOST_KNOWN:
            self.clear()
        self[text] = made = _cell(text)
        return made


def _spread(texts: str | Sequence[str]) -> Iterable[str]:
    return repeat(texts) if isinstance(texts, str) else texts


def _cell(value: object) -> str:
    text = " | ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text[:1] else text
