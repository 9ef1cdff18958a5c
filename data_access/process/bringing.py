"""``manage.py import`` and ``check-file`` for mappings of kind stock_take: who does what where, kept as a draft."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from data_access.database import engine_for, reading, writing
from data_access.importing import readers
from data_access.importing.findings import Finding
from data_access.importing.findings import as_csv as findings_csv
from data_access.importing.mapping.reading import MappingRefused
from data_access.importing.stock_take.checking import said, take_stock
from data_access.importing.stock_take.entries import StockTaken
from data_access.importing.stock_take.reading import load_stock_take_mapping
from data_access.importing.stock_take.schema import StockTakeMapping
from data_access.importing.stock_take.writing import as_csv
from data_access.importing.workbook import Workbook
from data_access.people.current import CurrentUser, command_line_user
from data_access.process.drafts import TriedEntries, save_written, try_written
from data_access.process.files import Written
from data_access.process.lists import entries_of_list, findings_of_list
from data_access.settings import Settings


@dataclass(frozen=True)
class ReadList:
    """A list as it was understood, and its rows as entries."""

    workbook: Workbook
    mapping: StockTakeMapping
    taken: StockTaken
    entries: tuple[Written, ...]


def read_list(
    workbook: Workbook, mapping_text: str, settings: Settings, mapping_file: str = "mapping.yaml"
) -> ReadList:
    """The rows of a list by its mapping. Reads only. Raises MappingRefused, FileProblem, DatabaseProblem."""
    mapping = load_stock_take_mapping(mapping_text, mapping_file)
    taken = take_stock(workbook, mapping_text, settings, mapping_file=mapping_file)
    here = not any(one.rule == "unknown country" for one in taken.findings)  # else each row would say so again
    return ReadList(workbook, mapping, taken, tuple(entries_of_list(taken, mapping.source)) if here else ())


def try_list(session: Session, found: ReadList, by: CurrentUser) -> TriedEntries:
    """What keeping and publishing a list would do. Reads only. Raises NotYours."""
    return try_written(session, found.workbook.file, found.entries, by, _findings(session, found))


def save_list(session: Session, found: ReadList, by: CurrentUser) -> str:
    """Keep a list as a draft of entries; returns its code. Raises Refused, NothingNew, WaitsAlready, NotYours."""
    file, sha256 = found.workbook.file, found.workbook.sha256
    return save_written(session, file, sha256, found.entries, by, _findings(session, found))


def _findings(session: Session, found: ReadList) -> Sequence[Finding]:
    file = found.workbook.file
    return [*found.taken.findings, *findings_of_list(session, file, found.mapping.source, found.entries)]


def bring_list(
    file: Path,
    mapping: Path,
    settings: Settings,
    findings: Path | None = None,
    table: Path | None = None,
    *,
    dry: bool = False,
) -> int:
    """Read, map and check a list, say what was understood, and keep it as a draft unless ``dry``; 1 when refused.

    ``findings`` and ``table`` name CSV files to write all findings and the neutral table to. Raises FileProblem and
    what keeping a draft raises.
    """
    workbook = readers.read(file)
    text = mapping.read_text(encoding="utf-8-sig")
    try:
        found = read_list(workbook, text, settings, mapping.name)
    except MappingRefused as refused:
        print(refused, file=sys.stderr)
        return 1
    by, engine = command_line_user(), engine_for(settings.database_url)
    with reading(engine) as session:
        tried = try_list(session, found, by)
    if findings:
        findings.write_text(findings_csv(tried.findings), encoding="utf-8")
    if table:
        table.write_text(as_csv(found.taken.rows), encoding="utf-8")
    for line in said(replace(found.taken, findings=tried.findings)):
        print(line)
    if table:
        print(f"{table}: {len(found.taken.rows):,} rows.")
    print(f"Would be: {tried.added:,} entries added, {tried.changed:,} changed, {tried.same:,} same.")
    if dry or tried.refused:
        print("Nothing was kept.")
        return int(tried.refused)
    with writing(engine) as session:
        code = save_list(session, found, by)
    print(f"{code} is a draft of {len(tried.entries):,} entries. Somebody else: manage.py entries publish {code}")
    return 0
