"""Taking an entry away: out of all that readers see, with the reason kept; of a voice every word goes as well."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlmodel import Session

from data_access.database import count_change
from data_access.dialects import erase_what_goes
from data_access.importing.catalogue import table_of
from data_access.importing.checks import shield
from data_access.models import PublicBody
from data_access.models.recorded import EntryDraft, EntryRevision
from data_access.people.audit import now, record
from data_access.people.current import CurrentUser
from data_access.process.cells import CellProblem, identifying
from data_access.process.kinds import KINDS, Kind
from data_access.process.known import Known
from data_access.process.problems import EntryRefused
from data_access.process.rights import IN_A_BODYS_NAME, Whose, role_for_all
from data_access.process.states import states_of

GONE = "withdrawn"
"""What stands for where a withdrawn voice was stated."""

_OF_A_VOICE: Mapping[str, tuple[str, Any, str]] = {
    "statement": ("statement", "", ""),
    "translation": ("translation", "", ""),
    "community": ("community", "", ""),
    "theme": ("theme", "", ""),
    "group": ("group_key", "", ""),
    "area": ("area_id", None, ""),
    "target": ("target", None, ""),
    "series": ("series_id", None, ""),
    "raised_on": ("raised_on", "", ""),
    "stated_in": ("stated_in", GONE, GONE),
}
"""What goes of a voice: heading → column, what is kept there instead, and what its cell says then."""


def withdraw_entry(session: Session, kind_name: str, code: str, why: str, by: CurrentUser) -> None:
    """Take an entry out of everything readers see; what rests on it says so. To be called in a writing transaction.

    What a voice said, and who and where its community is, goes out of its row, its revisions and every draft file, so
    that nothing of it is left in the database; docs/record.md speaks of backups and of documents already issued.
    Raises EntryRefused (also while an entry that cannot do without it stands), NotYours.
    """
    kind = KINDS[kind_name]
    table = table_of(kind.model)
    state = states_of(session, kind, [code]).get(code)
    reason = why.strip()
    problem = None
    if state is None or state.standing != "stands":
        problem = CellProblem("code", shield.shown(code), "is no entry that stands.", "Correct the code.")
    elif not reason:
        problem = CellProblem("why", "", "is empty.", "Say why, without names of people.")
    elif identifying(reason):
        problem = CellProblem("why", shield.shown(reason), "may identify a person.", "Say why without it.")
    elif rests := _resting(session, kind, state.id):
        problem = CellProblem("code", code, f"is needed by {rests}.", "Withdraw or change that first.")
    if state is None or problem is not None:
        raise EntryRefused(kind.name, code, [problem] if problem else [])
    countries = Known.of(session).tables[table.name].countries.get(code, frozenset())
    role = role_for_all(by, kind, [Whose(countries, _names(session, kind, state.content), state.begun_by)])
    values: dict[str, Any] = {"standing": "withdrawn", "why_withdrawn": reason}
    content = dict(state.content)
    if kind.name == "voice":
        erase_what_goes(session)
        values |= {column: kept for column, kept, _ in _OF_A_VOICE.values()}
        content |= _without_words()
        _forget(session, code)
    session.execute(update(table).where(table.c.id == state.id).values(values))
    session.execute(
        insert(table_of(EntryRevision)).values(
            kind=kind.name,
            code=code,
            number=state.number + 1,
            act="withdraw",
            at=now(),
            actor=by.name,
            role=role,
            content=content | {"why_withdrawn": reason},
        )
    )
    record(session, by, role, "withdraw", f"{kind.name} {code}")
    count_change(session)


def _without_words() -> dict[str, str]:
    return {heading: said for heading, (_, _, said) in _OF_A_VOICE.items()}


def _names(session: Session, kind: Kind, content: Mapping[str, str]) -> tuple[str, ...]:
    if kind.name not in IN_A_BODYS_NAME:
        return tuple(filter(None, [content.get("organisation", "")]))
    bodies = table_of(PublicBody)
    asked = select(bodies.c.name, bodies.c.code, bodies.c.name_local).where(bodies.c.code == content.get("body", ""))
    return tuple(name for row in session.execute(asked) for name in row if name)


def _resting(session: Session, kind: Kind, id_: int) -> str:
    """The entries that stand and cannot do without this one, as words; those that are a part of it go with it."""
    name = table_of(kind.model).name
    found = []
    for other in KINDS.values():
        table = table_of(other.model)
        columns = [
            table.c[field.column]
            for field in other.fields
            if field.refers == name and field.required and field.column != other.parent
        ]
        for column in columns:
            asked = select(func.count()).where(column == id_, table.c.standing == "stands")
            if count := session.scalar(asked):
                found.append(f"{count:,} {other.name}")
    return ", ".join(found)


def _forget(session: Session, code: str) -> None:
    """Take a voice's words out of its revisions and out of every draft."""
    revisions, drafts = table_of(EntryRevision), table_of(EntryDraft)
    words = _without_words()
    own = select(revisions.c.id, revisions.c.content).where(revisions.c.kind == "voice", revisions.c.code == code)
    for id_, content in session.execute(own).all():
        session.execute(update(revisions).where(revisions.c.id == id_).values(content={**content, **words}))
    for id_, entries in session.execute(select(drafts.c.id, drafts.c.entries)).all():
        kept = [
            {**one, "cells": {**one["cells"], **{name: words[name] for name in words if name in one["cells"]}}}
            if (one["kind"], one["cells"].get("code")) == ("voice", code)
            else one
            for one in entries
        ]
        if kept != entries:
            session.execute(update(drafts).where(drafts.c.id == id_).values(entries=kept))
