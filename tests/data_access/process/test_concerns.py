"""A concern raised without a name: kept open, traced without a person, and nothing else may be written so."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import change_count, writing
from data_access.dialects import make_engine
from data_access.people.current import CurrentUser, Held
from data_access.process.concerns import STATED_IN, raise_concern
from data_access.process.rights import UNNAMED_READER
from data_access.process.writing import EntryRefused, NotYours, record_entry
from data_access.queries.record import read_record

DAY = date(2026, 11, 23)
REAL, INVENTED = "KEN_CENSUS_2019", "BGD_ILL_SURVEY"


@pytest.fixture
def engine(own_file: Path) -> Engine:
    return make_engine(f"sqlite:///{own_file}")


def raised(engine: Engine, wording: str, source: str = REAL, kind: str = "correction") -> str:
    with writing(engine) as session:
        return raise_concern(session, source=source, invented=source == INVENTED, kind=kind, wording=wording, on=DAY)


def test_it_stands_open_on_the_list_and_the_log_names_nobody(engine: Engine) -> None:
    with Session(engine) as session:
        before = change_count(session)
    code = raised(engine, "The year beside our village is wrong.")
    assert re.fullmatch(r"CONCERN-[0-9A-F]{10}", code)
    with Session(engine) as session:
        assert change_count(session) > before
        concern = read_record(session).concerns[code]
        assert (concern.source, concern.kind, concern.wording, concern.raised_on, concern.state, concern.answer) == (
            REAL,
            "correction",
            "The year beside our village is wrong.",
            "2026-11-23",
            "open",
            "",
        )
        assert (concern.illustrative, concern.stated_in) == (False, STATED_IN)
        log = session.execute(
            sa.text("SELECT actor, role FROM entry_revision WHERE code = :code"), {"code": code}
        ).one()
        assert tuple(log) == ("a reader who gave no name", "reader")


def test_of_an_invented_source_it_is_an_example(engine: Engine) -> None:
    code = raised(engine, "How were people chosen?", INVENTED, "question")
    with Session(engine) as session:
        concern = read_record(session).concerns[code]
    assert (concern.illustrative, concern.stated_in) == (True, "")


@pytest.mark.parametrize(
    "wording",
    [
        "Write to amina@example.org",
        "Call +254 712 345678",
        "My card is 12-34-56-78901",
        "We live at -1.31234, 36.78901",
    ],
)
def test_personal_identifiers_are_refused_and_nothing_is_kept(engine: Engine, wording: str) -> None:
    with pytest.raises(EntryRefused) as refused:
        raised(engine, wording)
    assert [problem.heading for problem in refused.value.problems] == ["wording"]
    assert wording not in str(refused.value)
    with Session(engine) as session:
        kept = session.execute(sa.text("SELECT count(*) FROM concern WHERE code LIKE 'CONCERN-%'")).scalar()
    assert kept == 0


def test_empty_words_are_refused(engine: Engine) -> None:
    with pytest.raises(EntryRefused) as refused:
        raised(engine, "   ")
    assert [(p.heading, p.what) for p in refused.value.problems] == [("wording", "is empty.")]


def test_who_gave_no_name_answers_nothing_and_writes_nothing_else(engine: Engine) -> None:
    code = raised(engine, "The year is wrong.")
    with pytest.raises(NotYours), writing(engine) as session:
        record_entry(session, "concern", {"code": code, "state": "closed", "answer": "Done."}, UNNAMED_READER)
    with pytest.raises(NotYours), writing(engine) as session:
        milestone = {"step": "1", "happened_on": "2024", "title": "Something", "stated_in": "a reader"}
        record_entry(session, "milestone", milestone, UNNAMED_READER)
    with Session(engine) as session:
        assert read_record(session).concerns[code].state == "open"


def test_the_steward_answers_and_the_words_stay(engine: Engine) -> None:
    code = raised(engine, "The year is wrong.")
    with writing(engine) as session:
        cells = {"code": code, "state": "answered", "answer": "It is mended.", "answered_on": "2026-11-24"}
        record_entry(session, "concern", cells, CurrentUser("Steward", (Held("steward"),)))
    with Session(engine) as session:
        concern = read_record(session).concerns[code]
    assert (concern.wording, concern.state, concern.answer, concern.answered_on) == (
        "The year is wrong.",
        "answered",
        "It is mended.",
        "2026-11-24",
    )
