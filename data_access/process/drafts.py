"""Files of entries: tried, kept as a draft, and published by a second pair of eyes, all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from data_access.database import count_change
from data_access.importing.catalogue import table_of
from data_access.importing.checks import shield
from data_access.importing.findings import Finding
from data_access.importing.workbook import Workbook
from data_access.models.recorded import EntryDraft
from data_access.people.audit import now, record
from data_access.people.current import CurrentUser, require
from data_access.process.cells import CellProblem, Read, read_cells, tidied
from data_access.process.files import Written, entries_of
from data_access.process.kinds import KINDS, Kind
from data_access.process.known import Known
from data_access.process.problems import EntryRefused, NoSuchDraft, NothingNew, WaitsAlready
from data_access.process.rights import SHIPPED, role_for_all
from data_access.process.states import State, states_of
from data_access.process.writing import body_names, cannot_become, whose_it_is, write_many
from data_access.releases.problems import NotADraft, Refused, SecondPersonNeeded

__all__ = [
    "Difference",
    "TriedEntries",
    "Written",
    "discard_entries",
    "drafts",
    "entries_of",
    "publish_entries",
    "save_entry_draft",
    "save_written",
    "try_entries",
    "try_written",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """What an entry would change: each cell's old and new words; no old ones for a new entry."""

    kind: str
    code: str
    new: bool
    cells: Mapping[str, tuple[str, str]]
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True)
class TriedEntries:
    """What a file of entries would do: added, changed and same, and every finding."""

    entries: tuple[Written, ...]
    changes: tuple[Difference, ...]
    same: int
    findings: tuple[Finding, ...]
    countries: frozenset[str]
    role: str = ""

    @property
    def added(self) -> int:
        """How many entries are new."""
        return sum(change.new for change in self.changes)

    @property
    def changed(self) -> int:
        """How many entries would say something else."""
        return len(self.changes) - self.added

    @property
    def refused(self) -> bool:
        """Whether something must be mended first."""
        return any(one.kind != "remark" for one in self.findings)


def try_entries(session: Session, workbook: Workbook, by: CurrentUser, kind_name: str = "") -> TriedEntries:
    """What keeping and publishing this file would do. Reads only. Raises NotYours."""
    entries, findings = entries_of(workbook, kind_name)
    return try_written(session, workbook.file, entries, by, findings)


def try_written(
    session: Session, file: str, entries: Sequence[Written], by: CurrentUser, findings: Sequence[Finding] = ()
) -> TriedEntries:
    """The same for entries that were read already; ``findings`` are what reading them has found. Reads only."""
    trying = _Trying(session, file, by, list(findings))
    ordered = _in_order(entries)
    for kind, some in _by_kind(ordered):
        trying.all_of(kind, some)
    return TriedEntries(
        tuple(ordered),
        tuple(trying.changes),
        trying.same,
        tuple(trying.findings),
        frozenset(trying.countries),
        trying.role,
    )


def _in_order(entries: Sequence[Written]) -> list[Written]:
    order = {name: place for place, name in enumerate(KINDS)}
    return sorted(entries, key=lambda entry: order[entry.kind])


def _by_kind(entries: Sequence[Written]) -> Iterator[tuple[Kind, list[Written]]]:
    for name, some in groupby(entries, key=lambda entry: entry.kind):
        yield KINDS[name], list(some)


class _Trying:
    def __init__(self, session: Session, file: str, by: CurrentUser, findings: list[Finding]) -> None:
        self.session, self.file, self.by, self.findings = session, file, by, findings
        self.known = Known.of(session)
        self.changes: list[Difference] = []
        self.same = 0
        self.countries: set[str] = set()
        self.role = ""

    def all_of(self, kind: Kind, entries: Sequence[Written]) -> None:
        states = states_of(self.session, kind, (tidied(entry.cells.get("code", "")) for entry in entries))
        names = body_names(self.session, kind)
        seen: dict[str, Written] = {}
        for entry in entries:
            read, problems = read_cells(kind, entry.cells, self.known)
            problems += _targets_as_numbers(entry, self.known)
            for problem in problems:
                self.tell(entry, problem)
            code = tidied(entry.cells.get("code", ""))
            if (before := seen.get(code)) is not None and code:
                what = f"{kind.name} {shield.shown(code)} stands in row {before.row} of {before.sheet} already."
                self.refuse(entry, "repeated", what, "Keep one of the two rows.", "code", code)
            seen[code] = entry
            if read is None:
                continue
            if (obstacle := cannot_become(states.get(code), read)) is not None:
                self.tell(entry, obstacle)
                continue
            whose = whose_it_is(kind, states.get(code), read, self.known, names)
            self.role = role_for_all(self.by, kind, whose)
            self.countries |= frozenset().union(*(one.countries for one in whose))
            self.compare(entry, read, states.get(code))
            self.known.remember(kind.name, code, -entry.row, invented=read.illustrative, countries=read.countries)

    def compare(self, entry: Written, read: Read, state: State | None) -> None:
        old = state.content if state else {}
        cells = {
            heading: (old.get(heading, ""), text)
            for heading, text in read.content.items()
            if old.get(heading, "") != text
        }
        if state is not None and not cells:
            self.same += 1
        else:
            self.changes.append(Difference(entry.kind, read.code, state is None, cells, entry.sheet, entry.row))

    def tell(self, entry: Written, problem: CellProblem) -> None:
        what = f"{entry.kind}: {problem.what}"
        self.refuse(entry, "entry", what, problem.mend, problem.heading, problem.value)

    def refuse(self, entry: Written, rule: str, what: str, mend: str, column: str, value: str) -> None:
        self.findings.append(
            Finding(
                "refused",
                rule,
                self.file,
                what,
                mend,
                sheet=entry.sheet,
                row=entry.row,
                column=column,
                value=shield.shown(value),
            )
        )


def _targets_as_numbers(entry: Written, known: Known) -> list[CellProblem]:
    """A spreadsheet keeps target 8.10 as the number 8.1; where both are targets, nobody can tell which was meant."""
    text = entry.cells.get("target", "")
    if "target" not in entry.numbers or f"{text}0" not in known.tables["sdg_target"].ids:
        return []
    mend = f"Format the cell as text, or write '{text} or '{text}0 with the apostrophe."
    return [CellProblem("target", text, f"was kept as a number, so it may be target {text} or {text}0.", mend)]


def save_entry_draft(session: Session, workbook: Workbook, by: CurrentUser, kind_name: str = "") -> str:
    """Keep a file of entries aside as a draft; returns its code.

    Raises Refused with all findings, NothingNew, WaitsAlready, NotYours.
    """
    entries, findings = entries_of(workbook, kind_name)
    return save_written(session, workbook.file, workbook.sha256, entries, by, findings)


def save_written(
    session: Session,
    file: str,
    sha256: str,
    entries: Sequence[Written],
    by: CurrentUser,
    findings: Sequence[Finding] = (),
) -> str:
    """The same for entries that were read already."""
    tried = try_written(session, file, entries, by, findings)
    if tried.refused:
        raise Refused(file, tried.findings)
    if not tried.changes:
        raise NothingNew(file, len(tried.entries))
    kept = [
        {
            "kind": e.kind,
            "sheet": e.sheet,
            "row": e.row,
            "cells": {name: tidied(text) for name, text in e.cells.items()},
        }
        for e in tried.entries
    ]
    table = table_of(EntryDraft)
    waiting = select(table.c.code, table.c.entries).where(table.c.file_sha256 == sha256, table.c.step == "draft")
    for code, others in session.execute(waiting):
        if others == kept:
            raise WaitsAlready(file, code)
    number = (session.scalar(select(func.max(table.c.id))) or 0) + 1
    code = f"ENTRIES-{number}-{sha256[:8]}"
    session.execute(
        insert(table).values(
            code=code,
            file=file,
            file_sha256=sha256,
            step="draft",
            entries=kept,
            imported_by=by.name,
            imported_at=now(),
            published_by="",
            unreviewed=False,
        )
    )
    record(session, by, tried.role, "import", code, entries=len(tried.entries))
    return code


def publish_entries(session: Session, code: str, by: CurrentUser, *, self_publish: bool = False) -> int:
    """Write every entry of a draft, or none; returns how many changed anything.

    Raises SecondPersonNeeded, NotADraft, NoSuchDraft, EntryRefused, NotAllowed.
    """
    draft = _draft(session, code)
    alone = draft.imported_by == by.name
    if alone and not self_publish:
        raise SecondPersonNeeded(code, draft.imported_by)
    known = Known.of(session)
    changed, entries = 0, len(draft.entries)
    countries: set[str] = set()
    for kind, some in _by_kind([_written(one) for one in draft.entries]):
        reads = []
        for entry in some:
            read, problems = read_cells(kind, entry.cells, known)
            if read is None:
                raise EntryRefused(kind.name, entry.cells.get("code", ""), problems)
            countries |= read.countries
            reads.append(read)
        changed += write_many(
            session,
            kind,
            reads,
            by,
            known,
            read_by="" if alone else by.name,
            entered_by=draft.imported_by,
            draft=code,
        )
    role = require(by, "publish", countries, ())
    _end(session, draft, "published", published_by=by.name, published_at=now(), unreviewed=alone)
    record(session, by, role, "publish", code, entries=entries, changed=changed, unreviewed=alone)
    count_change(session)
    return changed


def discard_entries(session: Session, code: str, by: CurrentUser) -> None:
    """Put a draft away; nothing of it is written. Who brought it may, and who may discard in all its countries.

    Raises NotADraft, NoSuchDraft, NotAllowed.
    """
    draft = _draft(session, code)
    role = "" if by.name == draft.imported_by else require(by, "discard", _countries(session, draft), ())
    role = role or next((held.role for held in by.roles), "member")
    _end(session, draft, "discarded")
    record(session, by, role, "discard", code, entries=len(draft.entries))


def drafts(session: Session, most: int = 200) -> Sequence[EntryDraft]:
    """Files of entries, newest first. Of those published or discarded only kinds and codes are left."""
    return session.scalars(select(EntryDraft).order_by(EntryDraft.id.desc()).limit(most)).all()  # type: ignore[union-attr]


def _written(one: Mapping[str, Any]) -> Written:
    return Written(one["sheet"], one["row"], one["kind"], one["cells"])


def _countries(session: Session, draft: EntryDraft) -> frozenset[str]:
    tried = try_written(session, draft.file, [_written(one) for one in draft.entries], SHIPPED)
    return tried.countries


def _draft(session: Session, code: str) -> EntryDraft:
    table = table_of(EntryDraft)
    found = session.get(EntryDraft, session.scalar(select(table.c.id).where(table.c.code == code)) or 0)
    if found is None:
        raise NoSuchDraft(shield.shown(code))
    if found.step != "draft":
        raise NotADraft(f"{code} is {found.step} already.")
    return found


def _end(session: Session, draft: EntryDraft, step: str, **values: object) -> None:
    """A draft that is done with keeps the kinds and codes it had, not what its cells said."""
    table = table_of(EntryDraft)
    left = [{**one, "cells": {"code": one["cells"].get("code", "")}} for one in draft.entries]
    session.execute(update(table).where(table.c.code == draft.code).values(step=step, entries=left, **values))
