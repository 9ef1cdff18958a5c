"""What was found in a partner's file: everything at once, each with its place and how to mend it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import Literal

Kind = Literal["refused", "question", "remark"]
"""Refused: nothing is loaded until it is mended. Question: somebody who knows must answer. Remark: good to know."""


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


def as_csv(findings: Iterable[Finding]) -> str:
    """All findings as CSV, one a row; text that a spreadsheet would run is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Finding)])
    for finding in findings:
        writer.writerow([_cell(value) for value in astuple(finding)])
    return out.getvalue()


def _cell(value: object) -> str:
    text = " | ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text[:1] else text
