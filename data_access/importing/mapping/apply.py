"""Applying a mapping: a partner's sheets become figures in the product's terms, every cell accounted for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.importing.findings import Finding
from data_access.importing.mapping.cells import Ints, objects
from data_access.importing.mapping.figures import FIELDS, Columns, figures
from data_access.importing.mapping.ledger import Ledger
from data_access.importing.mapping.resolve import Resolve
from data_access.importing.mapping.schema import Amendment, DatasetMapping, Table
from data_access.importing.mapping.sheets import body, chosen, select_rows
from data_access.importing.tidy import TidyRow
from data_access.importing.workbook import Workbook


@dataclass(frozen=True)
class Harmonised:
    """What a mapping made of a file: the figures in file order, and everything found on the way."""

    rows: tuple[TidyRow, ...]
    findings: tuple[Finding, ...]


def harmonise(workbook: Workbook, mapping: DatasetMapping, resolve: Resolve) -> Harmonised:
    """Apply every table of ``mapping`` to the sheets it means.

    A figure whose area, series, group or period is not understood is not among the rows: a question in the findings
    says how many wait. Cells that hold no figure are counted in remarks. Nothing is raised for what a file holds.
    """
    ledger = Ledger(workbook.file)
    made: list[TidyRow] = []
    read: set[str] = set()
    for number, table in enumerate(mapping.tables, 1):
        sheets = chosen(workbook, table.sheets)
        if not sheets:
            rule = table.sheets.name or table.sheets.pattern or str(table.sheets.position)
            ledger.sheet = ""
            ledger.add(
                "refused",
                "sheet not found",
                f"Table {number} of the mapping reads a sheet that the file does not have.",
                f"Correct 'sheets' in the mapping; the file has: {', '.join(s.name for s in workbook.sheets)[:300]}.",
                value=rule,
            )
        for sheet, parts in sheets:
            ledger.sheet = sheet.name
            read.add(sheet.name)
            read |= {s.name for beside in table.beside.values() for s, _ in chosen(workbook, beside.sheet)}
            rows = select_rows(body(sheet, table, ledger), table, ledger)
            found = figures(workbook, table, rows, parts, resolve, ledger)
            made += _tidy(_amended(found, table, ledger), sheet.name)
    ledger.sheet = ""
    if mapping.microdata is not None:
        read |= {s.name for s, _ in chosen(workbook, mapping.microdata.sheet)}
        read |= {s.name for part in mapping.microdata.join for s, _ in chosen(workbook, part.sheet)}
    unread = [sheet.name for sheet in workbook.sheets if sheet.name not in read]
    if unread:
        ledger.add("remark", "sheets not read", f"{len(unread)} sheets are not read: {', '.join(unread)[:300]}.")
    return Harmonised(tuple(made), tuple(ledger.found))


def _amended(found: list[Columns], table: Table, ledger: Ledger) -> Columns:
    """The figures of all value columns in file order, with what the mapping knows about some of them."""
    size = sum(len(part["row"]) for part in found)
    frame: Columns = {
        name: np.concatenate([part[name] for part in found]) if found else objects((), 0) for name in FIELDS
    }
    if len(found) > 1:
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
            notes[hit] = [f"{amendment.note}; {note}" if note else amendment.note for note in notes[hit].tolist()]
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
            hit &= np.array([value in known for value in frame[name]], dtype=np.bool_)
    return hit


def _tidy(frame: Columns, sheet: str) -> list[TidyRow]:
    def some(name: str, *, whole: bool = False) -> list[float | int | None]:
        values = frame[name].astype(np.float64).tolist()
        if whole:
            return [None if value != value else round(value) for value in values]
        return [None if value != value else value for value in values]

    rows: Ints = frame["row"].astype(np.int64)
    columns = (
        frame["area"].tolist(),
        frame["series"].tolist(),
        frame["group"].tolist(),
        frame["time_period"].tolist(),
        some("value"),
        some("se"),
        some("lower"),
        some("upper"),
        some("n", whole=True),
        some("yes", whole=True),
        some("population", whole=True),
        frame["status"].tolist(),
        frame["note"].tolist(),
        [sheet] * len(rows),
        rows.tolist(),
        frame["column"].tolist(),
    )
    return [TidyRow(*values) for values in zip(*columns, strict=True)]
