"""Columns that name or reach single people: refused at the door, unless the mapping leaves them out."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from data_access.importing.checks import shield
from data_access.importing.checks.identifiers import check_sheet
from data_access.importing.findings import Finding
from data_access.importing.mapping.cells import letter, text_of
from data_access.importing.resolution.names import comparable
from data_access.importing.stock_take.hxl import PERSONAL, tag_of
from data_access.importing.workbook import Cell, Sheet

RULE = "personal_identifier"
_CONTACT = (
    "contact", "contacts", "focal point", "focal person", "point focal", "points focaux", "person in charge",
    "personne ressource", "responsable", "e mail", "email", "mail", "courriel", "phone", "telephone", "tel", "mobile",
    "whatsapp", "skype", "reported by", "entered by", "filled by", "rapporte par", "saisi par", "rempli par",
    "created by", "modified by", "cree par", "modifie par",
)  # fmt: skip


def names_a_contact(header: str, tag: str = "") -> bool:
    """Whether a header (in English or French) or an HXL tag says that the column names or reaches single people."""
    found = tag_of(tag) if tag else None
    if found is not None and (found.name in PERSONAL or found.attributes & {"email", "phone"}):
        return True
    plain = f" {comparable(header)} "
    return any(f" {word} " in plain for word in _CONTACT)


def personal_findings(
    sheet: Sheet,
    file: str,
    header_row: int,
    first_row: int,
    headers: Sequence[str],
    tags: Sequence[str],
    *,
    dropped: Collection[int],
    mapped: Collection[int],
    harmless: Collection[int],
) -> list[Finding]:
    """What in a sheet identifies people, a finding a column; no value is repeated.

    Columns at ``dropped`` positions are not looked at. ``mapped`` ones were given a meaning by somebody, and
    ``harmless`` ones are answered for: of both only e-mail addresses, phone and identity numbers are refused; of
    mapped ones also what their header or tag says.
    """
    at = first_row - sheet.first_row
    below = tuple(
        tuple(None if column in dropped else cell for column, cell in enumerate(row))
        for row in sheet.rows[max(at, 0) :]
    )
    alone = Sheet(sheet.name, (_header(sheet, header_row), *below), first_row=header_row)
    known = {letter(column) for column in (*mapped, *harmless)}
    found = [
        Finding(one.kind, RULE, file, one.what, _mend(one.column), one.sheet, column=one.column)
        for one in check_sheet(alone, file, header_row, known)
    ]
    named = {one.column for one in found}
    for column, header in enumerate(headers):
        if column in dropped or column in harmless or not names_a_contact(header, tags[column]):
            continue
        cells = sum(text_of(row[column]) != "" for row in below)
        label = shield.shown(header) if header else letter(column)
        if cells and label not in named and header.rsplit(" / ", 1)[-1] not in named:
            what = f"The column names or reaches people, by its header, in {cells:,} cells."
            found.append(Finding("refused", RULE, file, what, _mend(label), sheet.name, column=label))
    return found


def _header(sheet: Sheet, header_row: int) -> tuple[Cell, ...]:
    at = header_row - sheet.first_row
    if 0 <= at < len(sheet.rows):
        return sheet.rows[at]
    return (None,) * len(sheet.rows[0])


def _mend(column: str) -> str:
    return (
        f"Leave it out: drop, header {column!r}, with a reason (because). If it is about no single person, name it "
        "under harmless instead."
    )
