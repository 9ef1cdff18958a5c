"""The entries that a file holds, and what in the file may identify a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data_access.importing.checks.identifiers import check_sheet
from data_access.importing.findings import Finding
from data_access.importing.workbook import Cell, Sheet, Workbook
from data_access.process.kinds import KINDS, Kind

OUR_SHEETS = ("dictionary", "codes")
"""Sheets of a template that say what may stand in the others."""

_NAMES_OF_BODIES = ("name", "name_local")
"""Headings that would be a person's name in other files; here they are those of bodies and task forces."""


@dataclass(frozen=True, slots=True)
class Written:
    """One entry of a file: its place, its kind and its cells by heading; ``numbers`` were kept as numbers there."""

    sheet: str
    row: int
    kind: str
    cells: Mapping[str, str]
    numbers: frozenset[str] = frozenset()


def entries_of(workbook: Workbook, kind_name: str = "") -> tuple[list[Written], list[Finding]]:
    """The entries a workbook holds: each sheet named after its kind, or all of one kind where one is given.

    The first row that holds ``code`` is the header; rows above it and empty rows are passed over. Any sheet, also one
    that is not read, is searched for personal identifiers; the words that a template asks for may be long.
    """
    entries: list[Written] = []
    findings: list[Finding] = []
    for sheet in workbook.sheets:
        name = sheet.name.strip().lower().replace(" ", "_")
        kind = KINDS.get(kind_name or name)
        findings += _identifiers(sheet, workbook.file, kind)
        if name in OUR_SHEETS and kind is None:
            continue
        if kind is None:
            findings.append(
                Finding(
                    "remark" if len(workbook.sheets) > 1 else "refused",
                    "sheet not read",
                    workbook.file,
                    "The sheet is named after no kind of entry.",
                    f"Name it one of {', '.join(KINDS)}, or say the kind of the whole file.",
                    sheet=sheet.name,
                )
            )
            continue
        entries += _entries(sheet, kind, workbook.file, findings)
    if not entries and not findings:
        findings.append(Finding("refused", "no entry", workbook.file, "The file holds no entry.", "Fill in a row."))
    return entries, findings


def _header_place(sheet: Sheet) -> int | None:
    """Where in Sheet.rows the header is."""
    return next((at for at, row in enumerate(sheet.rows) if "code" in map(_heading, row)), None)


def _heading(cell: Cell) -> str:
    return _text(cell).lower().replace(" ", "_")


def _entries(sheet: Sheet, kind: Kind, file: str, findings: list[Finding]) -> Iterable[Written]:
    at = _header_place(sheet)
    if at is None:
        findings.append(
            Finding(
                "refused",
                "no header",
                file,
                "No row has the heading code.",
                f"Begin with the headings {', '.join(kind.headings)}.",
                sheet=sheet.name,
            )
        )
        return []
    header = [_heading(cell) for cell in sheet.rows[at]]
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        what = "The heading stands over two columns."
        findings += [
            Finding("refused", "heading twice", file, what, "Keep one of them.", sheet=sheet.name, column=name)
            for name in twice
        ]
    found: list[Written] = []
    for number, row in enumerate(sheet.rows[at + 1 :], sheet.first_row + at + 1):
        texts = [_text(cell) for cell in row]
        if any(texts):
            cells = {name: text for name, text in zip(header, texts, strict=False) if name}
            numbers = frozenset(name for name, cell in zip(header, row, strict=False) if isinstance(cell, (int, float)))
            found.append(Written(sheet.name, number, kind.name, cells, numbers))
    return found


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return text[1:] if text[:1] == "'" and (text[1:2].isdigit() or text[1:2] in ("=", "+", "-", "@")) else text


def _identifiers(sheet: Sheet, file: str, kind: Kind | None) -> list[Finding]:
    """What looks like a person's in any column. A template's own columns of words may hold long texts, no more."""
    if not sheet.rows:
        return []
    at = _header_place(sheet) if kind is not None else None
    found = check_sheet(sheet, file, None if at is None else sheet.first_row + at)
    if kind is None:
        ours = sheet.name.strip().lower() in OUR_SHEETS
        return [one for one in found if not (ours and _is_a_guess(one))]
    return [one for one in found if _counts(one, kind)]


def _counts(one: Finding, kind: Kind) -> bool:
    """Whether a finding counts against a template's column: not long words asked for, nor a body's name."""
    heading = one.column.lower().replace(" ", "_")
    if heading not in kind.headings or not one.column:
        return True
    if heading in kind.words:
        named = heading in _NAMES_OF_BODIES and "names of persons" in one.what
        return not named and "free text" not in one.what
    return not _is_a_guess(one)


def _is_a_guess(one: Finding) -> bool:
    """Whether a column's general look alone is what was found."""
    return "names of persons" in one.what or "free text" in one.what
