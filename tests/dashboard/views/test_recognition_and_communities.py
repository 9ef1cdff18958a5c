"""What the page of a source says of recognition, of what came of its data, and of concerns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import text

from dashboard import store
from dashboard.views.communities import came_of, returned_sentence
from dashboard.views.concerns import concerns_told
from dashboard.views.recognition import recognition_words
from data_access.database import count_change, engine_for, writing
from data_access.people.current import CurrentUser, Held
from data_access.process.writing import record_entry, withdraw_entry

STEWARD = CurrentUser("Steward", (Held("steward"),))


@pytest.fixture(autouse=True)
def own(own_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything that ships, to be changed."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def write(kind: str, cells: Mapping[str, str]) -> None:
    with writing(engine_for(store.settings().database_url)) as session:
        record_entry(session, kind, {"illustrative": "yes", **cells}, STEWARD)


def said(code: str) -> str:
    return recognition_words(code).replace("\\", "")


def test_each_body_with_its_latest_event_and_those_before() -> None:
    assert said("IND_ILL_SURVEY") == (
        "**□ assessed; ■ accepted for a purpose**\n\n"
        "- **Example statistical office:** □ assessed, 2022-01-17. Document: Example review of method.\n"
        "  - before: ▷ shared with a body, 2021-11-22. No document is recorded.\n"
        "- **Example state health department:** ■ accepted for a purpose, 2022-05-09. "
        "Purpose: Choosing districts for registration camps. Document: Example circular 12."
    )


def test_accepted_by_one_and_rejected_by_another_are_both_told() -> None:
    event = {"source": "IND_ILL_SURVEY", "body": "IND-ILL-MOH", "event": "rejected", "happened_on": "2023-01-09"}
    write("recognition_event", {**event, "reason": "Example: the list was old"})
    words = said("IND_ILL_SURVEY")
    assert words.startswith("**□ assessed; ■ accepted for a purpose; ▼ rejected**")
    assert words.endswith(
        "- **Example ministry of health:** ▼ rejected, 2023-01-09. Reason: Example: the list was old. "
        "No document is recorded."
    )


def test_a_body_renamed_since_is_told_under_the_name_of_then() -> None:
    renamed = {"body": "IND-ILL-STATE", "name": "Example state bureau of health", "until": "2022-12-31"}
    write("public_body_name", renamed)
    assert "- **Example state bureau of health (now Example state health department):** ■ accepted" in said(
        "IND_ILL_SURVEY"
    )


def test_a_withdrawn_event_is_told_nowhere() -> None:
    with writing(engine_for(store.settings().database_url)) as session:
        withdraw_entry(session, "recognition_event", "IND-ILL-SURVEY-R3", "entered twice", STEWARD)
    assert said("IND_ILL_SURVEY") == (
        "**□ assessed**\n\n"
        "- **Example statistical office:** □ assessed, 2022-01-17. Document: Example review of method.\n"
        "  - before: ▷ shared with a body, 2021-11-22. No document is recorded."
    )


def test_without_an_event_a_sources_own_word_makes_no_badge() -> None:
    assert said("IND_ILL_SCORECARD") == (
        "**▫ no recognition recorded here**\n\n"
        "No body is recorded here to have been given it, to have assessed, used or rejected it."
    )
    with writing(engine_for(store.settings().database_url)) as session:
        session.execute(text("UPDATE source SET recognition = 'Accepted.' WHERE code = 'IND_ILL_SCORECARD'"))
        session.execute(text("UPDATE source SET recognition = 'Unheard of.' WHERE code = 'IND_ILL_SURVEY'"))
        count_change(session)
    assert said("IND_ILL_SCORECARD") == (
        "**▫ no recognition recorded here**\n\n"
        "The source says of itself: Accepted. No event of a body is recorded here, so no badge says so."
    )
    assert "Unheard of" not in said("IND_ILL_SURVEY")


def test_what_came_of_a_source_by_community() -> None:
    found = came_of("NPL_ILL_SURVEY")
    (families,) = found.communities
    assert (families.name, [one.code for one in families.returned]) == (
        "Example committee of families on the move",
        ["NPL-ILL-RF1"],
    )
    assert [d.code for d in found.dialogues] == ["NPL-ILL-D1", "NPL-ILL-D2"]
    assert found.commitments == ("NPL-ILL-C1", "NPL-ILL-C2", "NPL-ILL-C3", "NPL-ILL-C4")
    assert returned_sentence(families.returned[0]) == (
        "[Illustrative, invented] Findings brought back on 2021-06-22 (Moved within the country in the last five "
        "years): Meeting, and a page in plain Nepali. What they said: Example: they found the figure too low for their "
        "own place."
    )


def test_nothing_recorded_is_nothing_claimed() -> None:
    found = came_of("VNM_PAPI")
    assert (found.communities, found.demands, found.dialogues, found.commitments) == ((), (), (), ())


def test_concerns_are_counted_and_answered_but_never_quoted() -> None:
    assert concerns_told("KEN_CENSUS_2019") == ("No correction, complaint or question about this source is recorded.")
    told = concerns_told("NPL_ILL_SURVEY").replace("\\", "")
    assert told.splitlines()[0] == "1 concern is recorded; 1 waits for an answer."
    assert "its own figures as a file" not in told
    assert concerns_told("BGD_ILL_SURVEY").replace("\\", "") == (
        "1 concern is recorded, and is answered.\n\n"
        "- [Illustrative, invented] BGD-ILL-CO1 · Correction, raised 2020-03-20 · Closed 2020-04-02. Answer: "
        "Example: the page was printed again with the right year."
    )
