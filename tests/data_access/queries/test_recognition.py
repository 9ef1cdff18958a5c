"""Which event of a body counts, and what a source's figures carry of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from data_access.database import writing
from data_access.dialects import make_engine
from data_access.people.current import CurrentUser, Held
from data_access.process.writing import record_entry, withdraw_entry
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.recognition import in_order, latest_of_each_body
from data_access.queries.record import read_record

STEWARD = CurrentUser("Steward", (Held("steward"),))


@dataclass(frozen=True)
class Event:
    body: str
    event: str
    happened_on: str
    code: str


def test_the_latest_event_of_each_body_counts() -> None:
    shared = Event("A", "shared", "2020-01-01", "1")
    assessed = Event("A", "assessed", "2021-05-05", "2")
    rejected = Event("B", "rejected", "2020-06-01", "3")
    accepted = Event("C", "accepted", "2019-01-01", "4")
    assert latest_of_each_body([assessed, rejected, shared, accepted]) == (assessed, accepted, rejected)


def test_a_rejected_source_may_be_shared_again() -> None:
    rejected = Event("A", "rejected", "2023-04-11", "1")
    again = Event("A", "shared", "2024-02-06", "2")
    assert latest_of_each_body([again, rejected]) == (again,)


def test_of_one_day_the_life_cycle_decides_and_not_the_code() -> None:
    events = [Event("A", "accepted", "2024-01-01", "R1"), Event("A", "shared", "2024-01-01", "R2")]
    assert [one.event for one in in_order(events)] == ["shared", "accepted"]
    rejected = Event("A", "rejected", "2024-01-01", "R0")
    assert latest_of_each_body([*events, rejected]) == (rejected,)


def test_a_day_known_to_its_year_stands_before_the_days_of_that_year() -> None:
    year, day = Event("A", "assessed", "2024", "1"), Event("A", "shared", "2024-01-01", "2")
    assert latest_of_each_body([day, year]) == (day,)


def test_every_figure_carries_what_bodies_last_did_with_its_source(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    event = {
        "code": "T-R1",
        "source": "BGD_ILL_SURVEY",
        "body": "BGD-ILL-MOH",
        "event": "rejected",
        "reason": "Example reason",
        "happened_on": "2021-02-03",
        "illustrative": "yes",
    }
    with writing(engine) as session:
        record_entry(session, "recognition_event", event, STEWARD)
    with Session(engine) as session:
        known = read_catalogue(session)
        assert known.sources["BGD_ILL_SURVEY"].recognised == ("used", "rejected")
        assert known.sources["WB_WDI_2021"].recognised == ()
        figures = read_figures(session, known, country="BGD", series="ILL_CARE_FORGONE_COST")
        assert {figure.recognised for figure in figures if figure.source == "BGD_ILL_SURVEY"} == {("used", "rejected")}
    with writing(engine) as session:
        withdraw_entry(session, "recognition_event", "T-R1", "entered by mistake", STEWARD)
        withdraw_entry(session, "recognition_event", "BGD-ILL-SURVEY-R4", "entered by mistake", STEWARD)
    with Session(engine) as session:
        assert read_catalogue(session).sources["BGD_ILL_SURVEY"].recognised == ("accepted",)
        assert [one.event for one in read_record(session).recognition_of["BGD_ILL_SURVEY"]] == [
            "shared",
            "assessed",
            "accepted",
        ]
