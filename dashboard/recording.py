"""Entries written from forms: one call each, and every problem as a sentence beside the cell it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard import store
from dashboard.text import _
from dashboard.text.record import heading_text
from data_access.database import engine_for, writing
from data_access.people.current import CurrentUser, command_line_user
from data_access.prepare import named_problems
from data_access.process import concerns
from data_access.process.kinds import KINDS
from data_access.process.problems import EntryRefused
from data_access.process.rights import NotYours
from data_access.process.withdrawing import withdraw_entry
from data_access.process.writing import record_entry


@dataclass(frozen=True, slots=True)
class CellSaid:
    """What is wrong with one cell, as a sentence; ``heading`` is empty where it is about the whole entry."""

    heading: str
    sentence: str


class NotRecorded(ValueError):
    """Nothing was written; ``problems`` says of every cell why."""

    def __init__(self, problems: tuple[CellSaid, ...]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.sentence for problem in problems))


def writer(kind: str) -> CurrentUser | None:
    """Who writes entries of ``kind`` here; None where nobody may.

    Until people sign in, this is whoever sits at the computer of a deployment started for its steward.
    """
    if not store.settings().steward:
        return None
    user = command_line_user()
    return user if any(held.role in KINDS[kind].writers for held in user.roles) else None


def record(kind: str, cells: Mapping[str, str]) -> str:
    """Make or change one entry and return its code; a cell that is not given keeps what it said. Raises NotRecorded."""
    user = _required(kind)
    settings = store.settings()
    try:
        with named_problems(settings), writing(engine_for(settings.database_url)) as session:
            return record_entry(session, kind, cells, user)
    except (EntryRefused, NotYours) as problem:
        raise NotRecorded(_said(problem)) from problem


def raise_concern(source: str, kind: str, wording: str) -> str:
    """Put a reader's concern about a source on the steward's list, without a name; returns its code.

    Only where this deployment lets readers do so. Raises NotRecorded.
    """
    settings, about = store.settings(), store.catalogue().sources.get(source)
    if not settings.concerns or about is None:
        raise NotRecorded((CellSaid("", _("This installation takes no concerns on its pages.")),))
    try:
        with named_problems(settings), writing(engine_for(settings.database_url)) as session:
            today = datetime.now(UTC).date()
            return concerns.raise_concern(
                session, source=source, invented=about.illustrative, kind=kind, wording=wording, on=today
            )
    except EntryRefused as problem:
        raise NotRecorded(_said(problem)) from problem


def withdraw(kind: str, code: str, why: str) -> None:
    """Take an entry out of everything readers see, saying why. Raises NotRecorded."""
    user = _required(kind)
    settings = store.settings()
    try:
        with named_problems(settings), writing(engine_for(settings.database_url)) as session:
            withdraw_entry(session, kind, code, why, user)
    except (EntryRefused, NotYours) as problem:
        raise NotRecorded(_said(problem)) from problem


def _required(kind: str) -> CurrentUser:
    user = writer(kind)
    if user is None:
        raise NotRecorded((CellSaid("", _("Entries are written only where the product was started for its steward.")),))
    return user


def _said(problem: EntryRefused | NotYours) -> tuple[CellSaid, ...]:
    if isinstance(problem, NotYours):
        return (CellSaid("", str(problem)),)
    return tuple(
        CellSaid(
            one.heading,
            _("{cell}: “{value}” {what} {mend}").format(
                cell=heading_text(one.heading), value=one.value, what=one.what, mend=one.mend
            )
            if one.value
            else _("{cell} {what} {mend}").format(cell=heading_text(one.heading), what=one.what, mend=one.mend),
        )
        for one in problem.problems
    )
