"""Personal identifiers in a file, but for the columns that the mapping answers for."""

from __future__ import annotations

from dataclasses import replace

from data_access.importing.checks.identifiers import PLACES, check_workbook
from data_access.importing.findings import Finding
from data_access.importing.mapping.schema import DatasetMapping
from data_access.importing.mapping.sheets import chosen
from data_access.importing.workbook import Workbook


def identifiers(workbook: Workbook, mapping: DatasetMapping) -> list[Finding]:
    """What identifies persons in any sheet of ``workbook``, and a remark for every column that was let through.

    Columns under ``harmless`` may hold names (of schools, say) and long texts. E-mail addresses, phone numbers and
    national identity numbers are refused wherever they stand, and places by coordinates unless all that the mapping
    reads are records of establishments.
    """
    headers = header_rows(workbook, mapping)
    found = check_workbook(workbook, headers)
    if not mapping.harmless:
        return found
    named = {
        sheet.name: {one.header for one in mapping.harmless if one.sheet in (None, sheet.name)}
        for sheet in workbook.sheets
    }
    refused = {_place(one) for one in check_workbook(workbook, headers, named)}
    kept: list[Finding] = []
    for one in found:
        if _place(one) in refused:
            kept.append(one)
        elif PLACES in one.what and not of_establishments(mapping):
            mend = f"{one.mend.partition(';')[0]}; only the places of establishments can be named harmless."
            kept.append(replace(one, mend=mend))
        else:
            kept.append(_excused(one, mapping))
    return kept


def of_establishments(mapping: DatasetMapping) -> bool:
    """Whether all that the mapping reads are records of schools, water points and the like."""
    units = {records.unit for records in mapping.records}
    return units == {"establishment"} and mapping.microdata is None and not mapping.tables


def header_rows(workbook: Workbook, mapping: DatasetMapping) -> dict[str, int]:
    """The row of each sheet's (last) header row, where the mapping says it and the sheet has it."""
    found: dict[str, int] = {}
    said = [(table.sheets, table.header_rows) for table in mapping.tables]
    said += [(records.sheets, records.header_rows) for records in mapping.records]
    for sheets, rows in said:
        for sheet, _ in chosen(workbook, sheets):
            row = max(rows, default=0)
            if sheet.first_row <= row < sheet.first_row + len(sheet.rows):
                found.setdefault(sheet.name, row)
    return found


def _place(finding: Finding) -> tuple[str, str, str]:
    return finding.sheet, finding.column, finding.what


def _excused(finding: Finding, mapping: DatasetMapping) -> Finding:
    because = next(
        (
            one.because
            for one in mapping.harmless
            if one.header == finding.column and one.sheet in (None, finding.sheet)
        ),
        "named by its letter in the mapping",
    )
    return replace(
        finding,
        kind="remark",
        rule="identifier excused",
        what=f"{finding.what} It was let through: {because}.",
        mend="",
    )
