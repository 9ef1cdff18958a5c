"""The calendar of deadlines as a calendar program reads it: unfolded, unescaped, one event a commitment."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from dashboard.views import commitment_calendar
from dashboard.views.commitment_calendar import calendar, escaped, folded
from dashboard.views.commitment_figures import NOTHING_MEASURED
from dashboard.views.commitment_rows import CommitmentRow
from data_access.queries.entries import CommitmentFacts
from data_access.settings import read_settings

MADE = datetime(2026, 11, 23, 16, 30, 5, tzinfo=UTC)


def row(**cells: Any) -> CommitmentRow:
    facts: dict[str, Any] = {
        **dict.fromkeys(CommitmentFacts.__dataclass_fields__, ""),
        "illustrative": False,
        "stated_in": "Example plan",
        "code": "T-1",
        "country": "NPL",
        "body": "T-BODY",
        "wording": "Count everybody",
        "deadline": "2027-07-16",
        "deadline_calendar": "gregorian",
        "baseline_value": None,
        "goal_value": None,
        "groups": (),
        "areas": (),
    }
    return CommitmentRow(CommitmentFacts(**{**facts, **cells}), "agreed", 0, NOTHING_MEASURED)


@pytest.fixture(autouse=True)
def without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commitment_calendar, "body_text", lambda body: "Example ministry")
    monkeypatch.setattr(
        commitment_calendar.store, "settings", lambda: read_settings({"PUBLIC_URL": "https://evidence.example.org"})
    )


def parsed(written: bytes) -> list[dict[str, str]]:
    """The events as RFC 5545 has them read: lines unfolded (3.1), texts unescaped (3.3.11)."""
    text = written.decode()
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    events: list[dict[str, str]] = []
    for line in text.replace("\r\n ", "").split("\r\n"):
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line not in ("END:VEVENT", "END:VCALENDAR", ""):
            assert name not in events[-1], "a property of an event stands once"
            events[-1][name] = unescaped(value) if name in ("SUMMARY", "DESCRIPTION") else value
    return events


def unescaped(value: str) -> str:
    found, signs = "", iter(value)
    for sign in signs:
        if sign != "\\":
            found += sign
            continue
        following = next(signs)
        found += "\n" if following in "nN" else following
    return found


def test_a_deadline_is_an_event_of_one_day() -> None:
    (event,) = parsed(calendar([row()], "Commitments", MADE))
    assert event == {
        "UID": "commitment-T-1@voices-count",
        "DTSTAMP": "20261123T163005Z",
        "DTSTART;VALUE=DATE": "20270716",
        "DTEND;VALUE=DATE": "20270717",
        "SUMMARY": "Example ministry: Count everybody",
        "DESCRIPTION": "Count everybody\nStatus: Agreed\nDeadline: 2027-07-16\nStated in: Example plan",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "URL": "https://evidence.example.org/commitments?country=NPL&commitment=T-1",
    }


def test_signs_with_a_meaning_of_their_own_come_back_as_they_were() -> None:
    wording = "Build; repair, paint \\ count\nEND:VEVENT\r\nall हरेक गाउँमा " + "गणना " * 40
    (event,) = parsed(calendar([row(wording=wording)], "Commitments", MADE))
    assert event["SUMMARY"] == "Example ministry: " + wording.replace("\r\n", "\n")


def test_a_calendar_holds_each_commitment_with_a_deadline_once() -> None:
    rows = [row(code="A", deadline="2026"), row(code="B", deadline=""), row(code="C", deadline="2028-02")]
    events = parsed(calendar(rows, "Commitments", MADE))
    assert [(e["UID"], e["DTSTART;VALUE=DATE"]) for e in events] == [
        ("commitment-A@voices-count", "20261231"),
        ("commitment-C@voices-count", "20280229"),
    ]
    written = calendar(rows, "Commitments, all", MADE).decode()
    assert written.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Voices Count//Commitments//EN\r\n")
    assert "\r\nX-WR-CALNAME:Commitments\\, all\r\n" in written


def test_an_invented_commitment_says_so_first_and_a_nepali_year_stands_beside_its_date() -> None:
    invented = row(
        illustrative=True, deadline_stated="fiscal year 2083/84", deadline_calendar="nepali_fiscal_year", stated_in=""
    )
    (event,) = parsed(calendar([invented], "Commitments", MADE))
    assert event["SUMMARY"].startswith("[Illustrative, invented] Example ministry")
    assert event["DESCRIPTION"].startswith("[Illustrative, invented] Count everybody")
    assert "2027-07-16 (stated as: fiscal year 2083/84, Nepali fiscal year)" in event["DESCRIPTION"]
    assert date.fromisoformat("2027-07-16").strftime("%Y%m%d") == event["DTSTART;VALUE=DATE"]


def test_a_line_folds_at_75_octets_and_never_inside_a_character() -> None:
    pieces = list(folded("SUMMARY:" + "ক" * 60))
    assert [len(piece.encode()) for piece in pieces] == [74, 73, 43]
    assert "".join(piece[1:] if number else piece for number, piece in enumerate(pieces)) == "SUMMARY:" + "ক" * 60
    assert list(folded("X" * 75)) == ["X" * 75]


def test_control_signs_are_left_out() -> None:
    assert escaped("a\x00b\x0bc") == "abc"
