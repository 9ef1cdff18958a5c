"""Voices that wait for a second person: read by them, a voice is shown where its consent allows; until then nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlmodel import Session

from data_access.database import count_change
from data_access.importing.catalogue import table_of
from data_access.models import Country, Voice
from data_access.people.audit import record
from data_access.people.current import CurrentUser, may, require
from data_access.process.cells import CellProblem
from data_access.process.problems import EntryRefused, SecondReaderNeeded


@dataclass(frozen=True, slots=True)
class WaitingVoice:
    """A voice nobody but its writer has read. For those who may read it, never for readers' pages."""

    code: str
    country: str
    statement: str
    translation: str
    language: str
    community: str
    consented_on: str
    consent_scope: str
    entered_by: str


def voices_waiting(session: Session, by: CurrentUser) -> list[WaitingVoice]:
    """The voices that ``by`` may read, and those they entered themselves, in the order of their codes. Reads only."""
    voice, country = table_of(Voice), table_of(Country)
    own = (voice.c[name] for name in WaitingVoice.__slots__[2:])
    asked = (
        select(voice.c.code, country.c.iso3, *own)
        .join(country, country.c.id == voice.c.country_id)
        .where(voice.c.standing == "stands", voice.c.read_by == "")
        .order_by(voice.c.code)
    )
    found = (WaitingVoice(*row) for row in session.execute(asked))
    return [one for one in found if one.entered_by == by.name or may(by, "publish", one.country)]


def read_voice(session: Session, code: str, by: CurrentUser) -> None:
    """Say that ``by`` has read a voice and that nobody is named in it: from now on it is shown.

    To be called in a writing transaction. A change of the voice's words asks for it anew. Raises EntryRefused for what
    is no voice that waits, SecondReaderNeeded for who entered it, NotAllowed.
    """
    waiting = {one.code: one for one in voices_waiting(session, by)}
    voice = table_of(Voice)
    found = waiting.get(code)
    if found is None:
        problem = CellProblem("code", code, "is no voice that waits for you to read it.", "Correct the code.")
        raise EntryRefused("voice", code, [problem])
    if found.entered_by == by.name:
        raise SecondReaderNeeded(code, found.entered_by)
    role = require(by, "publish", {found.country}, ())
    session.execute(update(voice).where(voice.c.code == code).values(read_by=by.name))
    record(session, by, role, "record", f"voice {code}", read=True)
    count_change(session)
