"""The entries that ship: real ones with their document, invented ones under the same switch as invented figures."""

from __future__ import annotations

import csv
from pathlib import Path

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, SQLModel

from data_access.importing.catalogue import table_of
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import ILLUSTRATIVE_FOLDER, SAMPLE_DATA
from data_access.models import Release, Source
from data_access.models.recorded import EntryRevision
from data_access.process.cells import Read, read_cells
from data_access.process.kinds import KINDS, Kind
from data_access.process.known import Known
from data_access.process.rights import SHIPPED
from data_access.process.writing import write_many

FOLDER = "process"
"""Below ``sample_data`` and below its illustrative folder: a CSV a kind, named after it, in its template's columns."""


def fill_entries(session: Session, root: Path = SAMPLE_DATA, *, illustrative: bool) -> None:
    """Make the record hold what ships. An entry that somebody has changed here stays as they left it.

    Entries that rest on a source which is not held are left out, and taken out if they were there; so are those that
    shipped once and no longer do, unless somebody's own entry rests on them. Raises FileProblem for a row that
    cannot be read.
    """
    known = Known.of(session)
    for source in _silent_sources(session):
        known.tables["source"].ids.pop(source, None)
    kept = _changed_here(session)
    ships: set[tuple[str, str]] = set()
    for kind in KINDS.values():
        for path in _files(root, kind.name, illustrative=illustrative):
            reads = _read(kind, path, known, kept)
            write_many(session, kind, reads, SHIPPED, known, read_by="before it was shipped")
            ships |= {(kind.name, read.code) for read in reads}
    _take_back(session, ships | kept)


def remove_illustrative_entries(session: Session) -> None:
    """Take every invented entry out, last kind first, with what it said before."""
    revisions = table_of(EntryRevision)
    for kind in reversed(list(KINDS.values())):
        table = table_of(kind.model)
        invented = select(table.c.id).where(table.c.illustrative)
        for one in kind.several:
            links = table_of(one.model)
            session.execute(delete(links).where(links.c[one.own].in_(invented)))
        codes = select(table.c.code).where(table.c.illustrative)
        session.execute(delete(revisions).where(revisions.c.kind == kind.name, revisions.c.code.in_(codes)))
        session.execute(delete(table).where(table.c.illustrative))


def entry_files(root: Path = SAMPLE_DATA) -> list[Path]:
    """Every file of entries that ships, for the fingerprint of what a database was filled from."""
    return [path for name in KINDS for path in _files(root, name, illustrative=True)]


def _files(root: Path, name: str, *, illustrative: bool) -> list[Path]:
    folders = [root / FOLDER, *([root / ILLUSTRATIVE_FOLDER / FOLDER] if illustrative else [])]
    return [path for folder in folders if (path := folder / f"{name}.csv").exists()]


def _read(kind: Kind, path: Path, known: Known, kept: set[tuple[str, str]]) -> list[Read]:
    invented = path.parent.parent.name == ILLUSTRATIVE_FOLDER
    found: list[Read] = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), 2):
            if None in row or None in row.values():
                raise FileProblem(path, "the row has not as many cells as the header.", "Mend the row.", row=number)
            if (kind.name, row["code"]) in kept:
                continue
            if _rests_on_nothing(kind, row, known):
                known.tables[table_of(kind.model).name].ids.pop(row["code"], None)
                continue
            read, problems = read_cells(kind, {**row, "illustrative": "yes" if invented else "no"}, known)
            if read is None:
                first = problems[0]
                raise FileProblem(path, first.what, first.mend, row=number, column=first.heading, value=first.value)
            found.append(read)
    return found


def _take_back(session: Session, stays: set[tuple[str, str]]) -> None:
    """Take out what came with the product and ships no longer, unless somebody's own entry rests on it."""
    revisions = table_of(EntryRevision)
    for kind in reversed(list(KINDS.values())):
        table = table_of(kind.model)
        asked = session.execute(select(table.c.id, table.c.code).where(table.c.shipped))
        going = {id_: code for id_, code in asked if (kind.name, code) not in stays}
        for column in _led_here(table.name) if going else ():
            needed = session.scalars(select(column).where(column.in_(going)).distinct()).all()
            for id_ in needed:
                going.pop(id_)
        for one in kind.several if going else ():
            links = table_of(one.model)
            session.execute(delete(links).where(links.c[one.own].in_(going)))
        if going:
            codes = going.values()
            session.execute(delete(revisions).where(revisions.c.kind == kind.name, revisions.c.code.in_(codes)))
            session.execute(delete(table).where(table.c.id.in_(going)))


def _led_here(name: str) -> list[ColumnElement[int]]:
    """The columns by which entries lead to those of a table; rows of its own lists go with it."""
    own = {
        table_of(one.model).name for kind in KINDS.values() if table_of(kind.model).name == name for one in kind.several
    }
    return [
        column
        for table in SQLModel.metadata.tables.values()
        if table.name not in own
        for column in table.c
        if any(key.column.table.name == name for key in column.foreign_keys)
    ]


def _silent_sources(session: Session) -> list[str]:
    """Sources without a release: empty shells of which something is said still."""
    sources, releases = table_of(Source), table_of(Release)
    return list(session.scalars(select(sources.c.code).where(sources.c.id.not_in(select(releases.c.source_id)))))


def _rests_on_nothing(kind: Kind, row: dict[str, str], known: Known) -> bool:
    """Whether the row speaks of a source that this deployment leaves out, or of an entry that was withdrawn here."""
    tables = {"source", *(table_of(other.model).name for other in KINDS.values())}
    named = [(field.refers, row.get(field.heading, "")) for field in kind.fields if field.reads == "code"]
    named += [(one.refers, code.strip()) for one in kind.several for code in row.get(one.heading, "").split(";")]
    return any(code and table in tables and code not in known.tables[table].ids for table, code in named)


def _changed_here(session: Session) -> set[tuple[str, str]]:
    revisions = table_of(EntryRevision)
    asked = select(revisions.c.kind, revisions.c.code).where(revisions.c.actor != SHIPPED.name).distinct()
    return {(kind, code) for kind, code in session.execute(asked)}
