"""The Country page's parts: the documents side by side, the promises counted, the steps in time, voices by consent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from sqlalchemy import text

from dashboard import store
from dashboard.selection import Selection
from dashboard.views import commitment_days, country_timeline_chart
from dashboard.views.country import held, unseen
from dashboard.views.country_promises import promised_in, promised_sentence
from dashboard.views.country_task_force import focus_sentence, said_in, side_by_side, task_forces
from dashboard.views.country_timeline import happenings, listed
from dashboard.views.country_voices import beside_it, quoted, voices_of
from dashboard.views.overview import countries_at_a_glance
from data_access.database import count_change, engine_for, writing
from data_access.people.current import CurrentUser, Held
from data_access.process.writing import record_entry, withdraw_entry

STEWARD = CurrentUser("Steward", (Held("steward"),))
DAY = date(2026, 11, 23)
DAYS: commitment_days.Days = tuple((country, DAY) for country in ("BGD", "IND", "KEN", "NPL", "VNM"))


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
        record_entry(session, kind, cells, STEWARD)


def of(country: str, series: str = "", group: str = "", period: str = "") -> Selection:
    return Selection(country, series, group, period)


def test_the_documents_on_a_task_force_stand_side_by_side() -> None:
    assert [one.code for one in task_forces("BGD")] == ["BGD-TF-PILOT", "BGD-TF"]
    assert focus_sentence("BGD") == "Focus: SDG target 3.8, and street dwellers and floating populations (pilot)."
    assert focus_sentence("NPL") == ("Focus: young women and girls (pilot; goal 5). No single SDG target is recorded.")
    html = side_by_side("BGD")
    row = html[html.index(">BRAC<") : html.index(">Seven other")]
    assert row.count("<td") == 2
    assert "Lead since 2017" in row
    assert "Lead since 2018" in row
    assert html[html.index(">CARE Bangladesh<") :].split("</tr>")[0].count("–") == 1


def test_a_part_that_ended_says_until_when() -> None:
    row = side_by_side("VNM").split(">ActionAid Vietnam<")[1].split("</tr>")[0]
    assert "Lead, 2018 to 2020; Member" in row


def test_every_document_is_named_with_whom_it_speaks_of() -> None:
    words = said_in("BGD").replace("\\", "")
    assert "**Leave No One Behind task force, Bangladesh pilot:** Description of the Bangladesh pilot" in words
    assert "Manusher Jonno Foundation" in words


def test_promises_are_counted_and_invented_ones_apart() -> None:
    assert promised_sentence("BGD", DAYS) == (
        "No commitment is recorded. 6 invented examples show how they are followed."
    )
    write("public_body", {"code": "R-BODY", "country": "BGD", "kind": "ministry", "name": "A body", "stated_in": "t"})
    for code, deadline in (("R-C1", "2026-11-22"), ("R-C2", "2026-11-23")):
        cells = {"code": code, "country": "BGD", "body": "R-BODY", "wording": code, "stated_in": "a test"}
        write("commitment", {**cells, "agreed_on": "2024-01-01", "deadline": deadline})
    assert promised_sentence("BGD", DAYS) == (
        "2 commitments are recorded: 0 delivered, 1 overdue. 6 invented examples show how they are followed."
    )
    codes = [row.commitment.code for row in promised_in("BGD", DAYS)]
    assert set(codes[:2]) == {"R-C1", "BGD-ILL-C2"}, "overdue ones first"
    glance = next(one for one in countries_at_a_glance() if one.code == "BGD")
    assert glance.promised.startswith("2 commitments are recorded")


def test_the_five_steps_in_time_each_with_its_page() -> None:
    found = happenings("BGD", DAY)
    assert {one.step for one in found} == {1, 2, 3, 4, 5}
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    real = [(one.day, one.step, one.address) for one in found if not one.illustrative]
    assert real == [
        ("2019-11-13", 3, ""),
        ("2019", 2, ""),
        ("2018-09", 1, ""),
        ("2018-05-02", 1, ""),
        ("2018", 1, ""),
        ("2017-09", 1, ""),
        ("2017", 1, ""),
    ]
    event = next(one for one in found if one.day == "2025-07-15")
    assert (event.words, event.address) == (
        "Illustrative household survey on access to health care: used in a review or plan, Example statistical office",
        "sources?country=BGD&source=BGD_ILL_SURVEY",
    )
    promise = next(one for one in found if one.address.endswith("commitment=BGD-ILL-C4"))
    assert promise.words.startswith("Commitment of Example department of social services:"), "the name of then"
    assert [one.day for one in found if one.to_come] == [one.day for one in found if one.day > "2026-11-23"]
    assert "ILLUSTRATIVE" in listed("BGD", DAY, 0, 40)


def test_the_picture_has_a_lane_for_each_step_and_hollow_marks_for_what_is_invented() -> None:
    names = {1: "One", 2: "Two & more"}
    html = country_timeline_chart.lanes([("2024", 1, False), ("2025-07-01", 2, True)], date(2025, 12, 31), names)
    assert html.count("background:currentColor") == 1
    assert html.count("background:transparent") == 1
    assert "left:calc(0.00% - .3rem)" in html
    assert "2 · Two &amp; more" in html
    assert 'aria-hidden="true"' in html


def test_a_voice_for_the_dialogue_only_is_nowhere_here() -> None:
    shown = [one.code for one in voices_of(of("BGD", "ILL_SCORE_CLINIC_ACCESS"))]
    assert shown == ["BGD-ILL-V3", "BGD-ILL-V1", "BGD-ILL-V2", "BGD-ILL-V4"], "the chosen indicator's first"
    with writing(engine_for(store.settings().database_url)) as session:
        withdraw_entry(session, "voice", "BGD-ILL-V3", "consent taken back", STEWARD)
    assert "BGD-ILL-V3" not in [one.code for one in voices_of(of("BGD", "ILL_SCORE_CLINIC_ACCESS"))]


def test_a_voice_is_quoted_in_its_language_with_its_consent() -> None:
    voice = store.record().voices["BGD-ILL-V4"]
    html = quoted(voice)
    assert '<blockquote lang="bn"' in html
    assert f"“{voice.statement}”" in html
    assert f"In translation: “{voice.translation}”" in html
    assert "spoken consent, 2022-04-19, not to be put into documents" in html
    assert "[Illustrative, invented]" in html


def test_the_figure_of_the_same_group_stands_beside_it() -> None:
    words, view = beside_it(store.record().voices["BGD-ILL-V1"])
    lines = words.replace("\\", "").replace("\u00a0", " ").splitlines()
    assert lines[0].startswith("**People who went without health care they needed because of its cost")
    assert [line[:10] for line in lines[2:]] == ["- ◆ 50.0 %"]
    assert lines[2].endswith(" · □ assessed")
    assert dict(view)["indicator"] == "ILL_CARE_FORGONE_COST"
    assert dict(view)["group"] == "DISABILITY_STATUS=PD|SEX=F"


def test_where_no_figure_is_held_the_voice_opens_the_hole() -> None:
    cells = {
        "code": "T-V1",
        "country": "KEN",
        "kind": "need",
        "statement": "Example: nobody asks us",
        "community": "Example group",
        "group": "SETTLEMENT=informal",
        "series": "LIGHTING_MAINS_HH",
        "consented_on": "2025-02-01",
        "consent_form": "spoken",
        "consent_scope": "everywhere",
        "illustrative": "yes",
    }
    write("voice", cells)
    with writing(engine_for(store.settings().database_url)) as session:
        session.execute(text("UPDATE voice SET read_by = 'A second reader' WHERE code = 'T-V1'"))
        count_change(session)
    words, view = beside_it(store.record().voices["T-V1"])
    assert words.replace("\\", "") == (
        "No figure of this group is held here for what it speaks of: that is a gap in what is known."
    )
    assert dict(view) == {"country": "KEN", "indicator": "LIGHTING_MAINS_HH", "group": "SETTLEMENT=informal"}


def test_a_country_with_figures_tells_how_many() -> None:
    assert held(of("BGD")).startswith("1,320 figures of 44 indicators from 6 official and 3 community sources, ")
    assert len(unseen(of("BGD"))) == 7
