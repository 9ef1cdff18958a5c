"""Applying a mapping: a partner's sheets become figures in the product's terms, every cell accounted for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from data_access.importing.findings import Batch, Finding
from data_access.importing.mapping.cells import coded, holds, objects
from data_access.importing.mapping.fields import SheetRule
from data_access.importing.mapping.figures import FIELDS, Columns, figures
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.records import figures_of_records
from data_access.importing.mapping.repeated import taken_once
from data_access.importing.mapping.resolve import Resolve
from data_access.importing.mapping.schema import Amendment, DatasetMapping, Table
from data_access.importing.mapping.sheets import body, chosen, select_rows
from data_access.importing.tidy import COUNTS, NUMBERS, TEXTS, Coded, TidyRow, TidyRows, joined
from data_access.importing.workbook import Workbook


@dataclass(frozen=True)
class Harmonised:
    """What a mapping made of a file: the figures in file order, and everything found on the way."""

    rows: Sequence[TidyRow]
    findings: tuple[Finding, ...]
    batches: Callable[[], Iterator[Finding | Batch]]
    """All findings, also those that ``findings`` only counts."""


def harmonise(workbook: Workbook, mapping: DatasetMapping, resolve: Resolve) -> Harmonised:
    """Apply every table of ``mapping``, and every part of its records, to the sheets it means.

    A figure whose area, series, group or period is not understood is not among the rows: a question in the findings
    says how many wait. Cells that hold no figure are counted in remarks. Nothing is raised for what a file holds.
    """
    ledger = Ledger(workbook.file)
    made: list[TidyRows] = []
    read: set[str] = set()
    for number, table in enumerate(mapping.tables, 1):
        sheets = chosen(workbook, table.sheets)
        if not sheets:
            _no_sheet(workbook, table.sheets, f"Table {number} of the mapping", ledger)
        for sheet, parts in sheets:
            ledger.sheet = sheet.name
            read.add(sheet.name)
            read |= {s.name for beside in table.beside.values() for s, _ in chosen(workbook, beside.sheet)}
            rows = select_rows(body(sheet, table, ledger), table, ledger)
            found = figures(workbook, table, rows, parts, resolve, ledger)
            amended = _amended(found, table, ledger)
            made.append(_tidy(taken_once(amended, ledger) if table.repeated == "once" else amended, sheet.name))
    for number, rules in enumerate(mapping.records, 1):
        sheets = chosen(workbook, rules.sheets)
        if not sheets:
            _no_sheet(workbook, rules.sheets, f"Part {number} of 'records' in the mapping", ledger)
        for sheet, _ in sheets:
            ledger.sheet = sheet.name
            read.add(sheet.name)
            made.append(figures_of_records(sheet, rules, resolve, ledger))
    ledger.sheet = ""
    if mapping.microdata is not None:
        read |= {s.name for s, _ in chosen(workbook, mapping.microdata.sheet)}
        read |= {s.name for part in mapping.microdata.join for s, _ in chosen(workbook, part.sheet)}
    unread = [sheet.name for sheet in workbook.sheets if sheet.name not in read]
    if unread:
        ledger.add("remark", "sheets not read", f"{len(unread)} sheets are not read: {', '.join(unread)[:300]}.")
    return Harmonised(joined(made), tuple(ledger.found), ledger.batches)


def _no_sheet(workbook: Workbook, rule: SheetRule, part: str, ledger: Ledger) -> None:
    ledger.sheet = ""
    ledger.add(
        "refused",
        "sheet not found",
        f"{part} reads a sheet that the file does not have.",
        f"Correct 'sheets' in the mapping; the file has: {', '.join(s.name for s in workbook.sheets)[:300]}.",
        value=rule.name or rule.pattern or str(rule.position),
    )


def _amended(found: list[Columns], table: Table, ledger: Ledger) -> Columns:
    """The figures of all value columns in file order, with what the mapping knows about some of them."""
    size = sum(len(part["row"]) for part in found)
    frame: Columns = dict(found[0]) if found else dict.fromkeys(FIELDS, objects((), 0))
    if len(found) > 1:
        frame = {name: np.concatenate([part[name] for part in found]) for name in FIELDS}
        order = np.lexsort((frame["at"].astype(np.int64), frame["row"].astype(np.int64)))
        frame = {name: column[order] for name, column in frame.items()}
    keep = np.ones(size, dtype=np.bool_)
    for amendment in table.amendments:
        hit = _hit(frame, amendment) & keep
        if amendment.leave_out:
            ledger.counted("figures left out", [(f"figures left out: {amendment.note}", int(hit.sum()))])
            keep &= ~hit
            continue
        if amendment.note:
            notes = frame["note"]
            said = [
                (note, amendment.note) if amendment.last else (amendment.note, note) for note in notes[hit].tolist()
            ]
            notes[hit] = ["; ".join(part for part in both if part) for both in said]
        if amendment.status is not None:
            frame["status"][hit] = amendment.status
    return frame if keep.all() else {name: column[keep] for name, column in frame.items()}


def _hit(frame: Columns, amendment: Amendment) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    hit = np.ones(len(frame["row"]), dtype=np.bool_)
    for name, wanted in (
        ("area", amendment.area or None),
        ("series", amendment.series or None),
        ("group", amendment.group),
        ("time_period", amendment.period or None),
    ):
        if wanted is not None:
            known = set(wanted)
            hit &= holds(frame[name], known.__contains__)
    return hit


def _tidy(frame: Columns, sheet: str) -> TidyRows:
    texts = {name: coded(frame[name]) for name in TEXTS if name != "sheet"}
    size = len(frame["row"])
    return TidyRows(
        {**texts, "sheet": Coded(np.zeros(size, dtype=np.int32), (sheet,))},
        {name: frame[name].astype(np.float64) for name in (*NUMBERS, *COUNTS)},
        frame["row"].astype(np.int64),
    )
