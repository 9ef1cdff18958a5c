"""Writing entries: who may, every state kept behind the next, every act in the log, nothing deleted without a trace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlmodel import Session

from data_access.database import count_change
from data_access.importing.catalogue import table_of
from data_access.models import AuditEntry, PublicBody, PublicBodyName
from data_access.models.recorded import EntryRevision
from data_access.people.audit import now
from data_access.people.current import CurrentUser, require
from data_access.process.cells import CellProblem, Read, read_cells, tidied
from data_access.process.kinds import KINDS, Kind
from data_access.process.known import Known
from data_access.process.problems import EntryRefused
from data_access.process.rights import IN_A_BODYS_NAME, SHIPPED, NotYours, Whose, role_for_all, role_to_write
from data_access.process.states import State, latest_content, states_of
from data_access.process.withdrawing import withdraw_entry

__all__ = [
    "SHIPPED",
    "EntryRefused",
    "NotYours",
    "latest_content",
    "next_code",
    "record_entry",
    "role_to_write",
    "withdraw_entry",
    "write_many",
    "write_read",
]

_WITHDRAWN = ("was withdrawn and does not come back.", "Give a new code.")


def record_entry(session: Session, kind_name: str, cells: Mapping[str, str], by: CurrentUser) -> str:
    """Make or change one entry from its cells; returns its code. To be called in a writing transaction.

    An empty ``code`` is filled in: kind, country and the next number. A cell that is not given keeps what it said.
    Raises EntryRefused, NotYours.
    """
    kind = KINDS[kind_name]
    known = Known.of(session)
    cells = {heading: tidied(cell) for heading, cell in cells.items()}
    code = cells.get("code") or next_code(session, kind, cells)
    state = states_of(session, kind, [code]).get(code)
    if state is not None and state.standing == "withdrawn":
        raise EntryRefused(kind.name, code, [CellProblem("code", code, *_WITHDRAWN)])
    kept = dict(state.content) if state else {}
    if "organisation" in cells and "organisation_key" not in cells:
        kept.pop("organisation_key", None)
    read, problems = read_cells(kind, {**kept, **cells, "code": code}, known)
    if read is None:
        raise EntryRefused(kind.name, code, problems)
    if write_read(session, kind, read, by, known):
        count_change(session)
    return code


def write_read(
    session: Session, kind: Kind, read: Read, by: CurrentUser, known: Known, *, read_by: str = "", entered_by: str = ""
) -> bool:
    """Keep an entry that was read without problems; False when it stood so already. Raises NotYours, EntryRefused."""
    return bool(write_many(session, kind, [read], by, known, read_by=read_by, entered_by=entered_by))


def write_many(
    session: Session,
    kind: Kind,
    reads: Sequence[Read],
    by: CurrentUser,
    known: Known,
    *,
    read_by: str = "",
    entered_by: str = "",
    draft: str = "",
) -> int:
    """Keep entries of one kind, each with a code of its own, a few statements for all; how many changed anything.

    ``draft`` is the file of entries they come with: then publishing is what ``by`` must be allowed, as who brought
    the file was allowed to write them. Raises NotYours, NotAllowed, EntryRefused; the transaction is then to end.
    """
    states = states_of(session, kind, (read.code for read in reads))
    changing = [read for read in reads if read.code not in states or states[read.code].content != dict(read.content)]
    for read in reads:
        if problem := cannot_become(states.get(read.code), read):
            raise EntryRefused(kind.name, read.code, [problem])
    _refuse_two_names_for_a_day(session, kind, changing)
    names = body_names(session, kind)
    roles = {}
    for read in changing:
        whose = whose_it_is(kind, states.get(read.code), read, known, names)
        if draft:
            roles[read.code] = require(by, "publish", frozenset().union(*(one.countries for one in whose)), ())
        else:
            roles[read.code] = role_for_all(by, kind, whose)
    ids = _rows(session, kind, changing, states, by, read_by, entered_by)
    _lists(session, kind, changing, ids, {states[code].id for code in ids if code in states})
    for read in changing:
        known.remember(kind.name, read.code, ids[read.code], invented=read.illustrative, countries=read.countries)
    _trace(session, kind, changing, states, by, roles, draft)
    return len(changing)


def cannot_become(state: State | None, read: Read) -> CellProblem | None:
    """What stands in the way of an entry's becoming what was read: it was withdrawn, or is as real as it was."""
    if state is None:
        return None
    if state.standing == "withdrawn":
        return CellProblem("code", read.code, *_WITHDRAWN)
    if state.illustrative != read.illustrative:
        said = "yes" if read.illustrative else "no"
        return CellProblem("illustrative", said, "is not what the entry was made as.", "Give a new code.")
    return None


def whose_it_is(
    kind: Kind, state: State | None, read: Read, known: Known, names: Mapping[str, tuple[str, ...]]
) -> list[Whose]:
    """What an entry will be and, where it stands already, what it was: rights are asked for both."""
    begun_by = state.begun_by if state else ""
    found = [Whose(read.countries, _names(kind, read.content, names), begun_by)]
    if state is not None:
        was = known.tables[table_of(kind.model).name].countries.get(read.code, frozenset())
        found.append(Whose(was, _names(kind, state.content, names), begun_by))
    return found


def _names(kind: Kind, content: Mapping[str, str], bodies: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if kind.name in IN_A_BODYS_NAME:
        return bodies.get(content.get("body", ""), ())
    organisation = content.get("organisation", "")
    return (organisation,) if organisation else ()


def body_names(session: Session, kind: Kind) -> dict[str, tuple[str, ...]]:
    """What each body is called, by its code: a counterpart holds their role for its name or its code."""
    if kind.name not in IN_A_BODYS_NAME:
        return {}
    table = table_of(PublicBody)
    asked = select(table.c.code, table.c.name, table.c.name_local).where(table.c.standing == "stands")
    return {code: tuple(filter(None, (name, code, local))) for code, name, local in session.execute(asked)}


def _refuse_two_names_for_a_day(session: Session, kind: Kind, reads: Sequence[Read]) -> None:
    """A body gives up one name a day, withdrawn entries included."""
    if kind.name != "public_body_name":
        return
    table = table_of(PublicBodyName)
    taken = {
        (body, until): code
        for body, until, code in session.execute(select(table.c.body_id, table.c.until, table.c.code))
    }
    for read in reads:
        key = read.values["body_id"], read.values["until"]
        if taken.setdefault(key, read.code) != read.code:
            what = f"is the last day of {taken[key]} already."
            raise EntryRefused(kind.name, read.code, [CellProblem("until", key[1], what, "Correct the day.")])


def _rows(
    session: Session,
    kind: Kind,
    reads: Sequence[Read],
    states: Mapping[str, State],
    by: CurrentUser,
    read_by: str,
    entered_by: str,
) -> dict[str, int]:
    """Insert the new rows and change the others; their ids by code."""
    table = table_of(kind.model)
    more: dict[str, Any] = {"shipped": by is SHIPPED}
    if "entered_by" in table.c:
        more |= {"entered_by": entered_by or by.name, "read_by": read_by}
    new = [
        {"standing": "stands", "why_withdrawn": "", **read.values, **more} for read in reads if read.code not in states
    ]
    ids: dict[str, int] = {}
    if new:
        made = session.execute(insert(table).returning(table.c.code, table.c.id), new)
        ids |= {row.code: row.id for row in made}
    old = [{**read.values, **more, "this": states[read.code].id} for read in reads if read.code in states]
    if old:
        columns: dict[str, Any] = {column: bindparam(column) for column in old[0] if column != "this"}
        session.connection().execute(update(table).where(table.c.id == bindparam("this")).values(columns), old)
        ids.update({read.code: states[read.code].id for read in reads if read.code in states})
    return ids


def _lists(session: Session, kind: Kind, reads: Sequence[Read], ids: Mapping[str, int], changed: set[int]) -> None:
    for one in kind.several:
        links = table_of(one.model)
        if changed:
            gone = delete(links).where(links.c[one.own] == bindparam("entry"))
            session.connection().execute(gone, [{"entry": id_} for id_ in sorted(changed)])
        rows = [{one.own: ids[read.code], one.other: other} for read in reads for other in read.several[one.heading]]
        if rows:
            session.execute(insert(links), rows)


def _trace(
    session: Session,
    kind: Kind,
    reads: Sequence[Read],
    states: Mapping[str, State],
    by: CurrentUser,
    roles: Mapping[str, str],
    draft: str,
) -> None:
    """A revision of each, and unless it came with the product a line in the record of acts."""
    if not reads:
        return
    at = now()
    session.execute(
        insert(table_of(EntryRevision)),
        [
            {
                "kind": kind.name,
                "code": read.code,
                "number": states[read.code].number + 1 if read.code in states else 1,
                "act": "record",
                "at": at,
                "actor": by.name,
                "role": roles[read.code],
                "content": dict(read.content),
            }
            for read in reads
        ],
    )
    if by is SHIPPED:
        return
    session.execute(
        insert(table_of(AuditEntry)),
        [
            {
                "at": at,
                "user_id": by.user_id,
                "actor": by.name,
                "role": roles[read.code],
                "act": "record",
                "upon": f"{kind.name} {read.code}",
                "particulars": {"new": read.code not in states} | ({"draft": draft} if draft else {}),
            }
            for read in reads
        ],
    )


def next_code(session: Session, kind: Kind, cells: Mapping[str, str]) -> str:
    """A code nobody has: the kind's initials, the country or parent, and a number."""
    heading = kind.parent.removesuffix("_id") or "country"
    initials = "".join(part[0] for part in kind.name.split("_")).upper()
    stem = "-".join(part for part in (cells.get(heading) or "ALL", initials) if part)[:72]
    table = table_of(kind.model)
    taken = set(session.scalars(select(table.c.code).where(func.substr(table.c.code, 1, len(stem) + 1) == f"{stem}-")))
    number = len(taken) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
