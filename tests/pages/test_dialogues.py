"""Dialogues on their pages: the list, one dialogue, its table without small numbers, the room, and the minutes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.views import commitment_days
from dashboard.views.commitment_days import is_upcoming, when_text
from dashboard.views.dialogue_table import number_text, table_of, total_text
from dashboard.views.minutes import minutes_csv, minutes_markdown, minutes_text
from tests.pages.record_entries import OwnRecord, own_record
from tests.pages.test_pages import words

__all__ = ["own_record"]
OpenPage = Callable[..., AppTest]
NOVEMBER = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commitment_days, "now", lambda: NOVEMBER)


def test_those_to_come_stand_first_and_those_held_the_latest_first(open_page: OpenPage) -> None:
    app = open_page("dialogues", country="BGD")
    assert [link.proto.label for link in app.get("page_link")][-4:] == [
        "Example national dialogue on the renewal of the waiver",
        "Example dialogue on getting into clinics",
        "Example dialogue on sanitation in Dhaka",
        "Example national dialogue on what care costs people with disabilities",
    ]
    text = words(app)
    assert text.index("2026-12-15") < text.index("2023-02-14") < text.index("2020-11-18")
    assert "National · target 3.8 · 4 figures on the agenda · 3 demands · 4 commitments · **ILLUSTRATIVE**" in text


def test_one_dialogue_names_both_times_the_gap_the_demands_and_the_commitments(open_page: OpenPage) -> None:
    app = open_page("dialogues", country="BGD", dialogue="BGD-ILL-D2")
    text = words(app)
    assert "When:** 2022-05-24 09:30–13:00 Asia/Dhaka (UTC+06:00); 2022-05-24 03:30–07:00 UTC" in text
    assert "○ Official: 39.4 % — 2019 · Global Multidimensional Poverty Index 2024" in text
    assert "◆ Community: 50.0 % — ILLUSTRATIVE · 2022" in text
    assert "The community figure is 10.6 points higher." in text
    assert "Since the dialogue: no figure of a later year." in text
    assert "Official reply, Example city authority, 2023-02-02. ≠ Disputes" in text
    assert "Asked by Example union of people with disabilities, of Example city authority." in text
    assert "‖ Stalled** · **⚠ Overdue by 146 days**" in text
    assert "This gap on the Gaps page" in [link.proto.label for link in app.get("page_link")]


def test_what_is_new_since_a_dialogue_is_said(open_page: OpenPage) -> None:
    text = words(open_page("dialogues", country="BGD", dialogue="BGD-ILL-D1"))
    assert "Since the dialogue: Illustrative household survey on access to health care: 53.8 % (2019) became" in text


def test_the_live_gap_is_that_of_the_gaps_page(open_page: OpenPage) -> None:
    from dashboard.selection import Selection
    from dashboard.views.dialogue_agenda import agenda_of
    from dashboard.views.pairs import pairs_of

    open_page("dialogues", country="BGD", dialogue="BGD-ILL-D2")
    figure = agenda_of(store.record().dialogues["BGD-ILL-D2"])[0]
    view = dict(figure.view)
    shown = pairs_of(Selection(view["country"], view["indicator"], view["group"], view["year"]))
    assert len(figure.pairs) == 2
    assert set(figure.pairs) <= set(shown)


def test_a_small_group_is_neither_shown_nor_left_over_by_a_sum(open_page: OpenPage, own_record: OwnRecord) -> None:
    own_record.write(
        "dialogue", code="T-D", country="NPL", title="Example", level="local", starts="2024-01-10T10:00",
        time_zone="Asia/Kathmandu",
    )  # fmt: skip
    for seat, community, number, women in (
        ("community", "Example group a", "3", "1"),
        ("community", "Example group b", "12", "2"),
        ("community", "Example group c", "7", "7"),
        ("government", "", "3", "1"),
    ):
        own_record.write(
            "dialogue_participants", dialogue="T-D", seat=seat, community=community, number=number, women=women
        )
    own_record.look()
    table = table_of("T-D")
    assert [(number_text(seat), seat.women) for seat in table.seats] == [
        ("fewer than 5", ""),
        ("12", "not shown: few"),
        ("7", "7"),
        ("3", "1"),
    ]
    assert (table.least, table.most) == (23, 26)
    assert total_text(table) == (
        "23–26 people in all. 87–88 % of them represented marginalised communities. "
        "The range stands for groups of fewer than 5, which are not told."
    )
    own_record.write("dialogue_participants", code="T-D-DP-1", dialogue="T-D", seat="community", number="4", women="4")
    own_record.look()
    assert table_of("T-D") == table, "one, two, three or four: what is shown stays the same"


def test_who_was_not_counted_is_not_counted_as_nobody(open_page: OpenPage) -> None:
    open_page("dialogues", country="KEN")
    table = table_of("KEN-ILL-D2")
    assert [number_text(seat) for seat in table.seats if seat.number is None] == ["not counted"]
    assert total_text(table) == "33 people counted; of 1 kind nobody counted how many there were."
    assert table.share_least is None


def test_a_demand_whose_source_was_withdrawn_says_so_and_shows_nothing_of_it(
    open_page: OpenPage, own_record: OwnRecord
) -> None:
    own_record.withdraw_source("BGD_ILL_SURVEY")
    own_record.withdraw("voice", "BGD-ILL-V4")
    app = open_page("dialogues", country="BGD", dialogue="BGD-ILL-D2")
    gone = (
        "A source that this demand rested on was withdrawn; nothing of it is shown. "
        "A voice behind this demand was withdrawn; nothing of it is shown."
    )
    assert [w.value.replace("\\", "") for w in app.warning] == [gone]
    dialogue = store.record().dialogues["BGD-ILL-D2"]
    for text in (words(app), minutes_text(dialogue), minutes_markdown(dialogue), minutes_csv(dialogue).decode()):
        assert "access to health care" not in text
        assert "BGD_ILL_SURVEY" not in text
        assert "29.2" not in text
        assert "share one toilet" not in text


def test_a_body_is_called_as_it_was_then(open_page: OpenPage) -> None:
    text = words(open_page("dialogues", country="KEN", dialogue="KEN-ILL-D2"))
    assert "of Example hospital fund (now Example health insurance authority)." in text


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("NPL-ILL-D1", "2021-09-14 10:15–16:00 Asia/Kathmandu (UTC+05:45); 2021-09-14 04:30–10:15 UTC"),
        ("NPL-ILL-D3", "2025-07-16 08:30–09:45 America/New_York (UTC−04:00); 2025-07-16 12:30–13:45 UTC"),
        ("VNM-ILL-D1", "2019-10-08 (Asia/Ho_Chi_Minh; the hours are not recorded)"),
    ],
)
def test_the_hour_is_local_with_its_zone_and_universal(open_page: OpenPage, code: str, written: str) -> None:
    open_page("dialogues", country="NPL")
    assert when_text(store.record().dialogues[code]) == written


def test_a_dialogue_is_to_come_until_it_ends_where_it_is_held(open_page: OpenPage) -> None:
    open_page("dialogues", country="NPL")
    hours, whole_day = (store.record().dialogues[code] for code in ("NPL-ILL-D1", "VNM-ILL-D1"))
    assert is_upcoming(hours, datetime(2021, 9, 14, 10, 14, tzinfo=UTC))
    assert not is_upcoming(hours, datetime(2021, 9, 14, 10, 15, tzinfo=UTC))
    assert is_upcoming(whole_day, datetime(2019, 10, 8, 16, 59, tzinfo=UTC))
    assert not is_upcoming(whole_day, datetime(2019, 10, 8, 17, 0, tzinfo=UTC))


def test_the_room_shows_figures_then_demands_then_commitments_without_controls(open_page: OpenPage) -> None:
    kinds = []
    for screen in range(1, 8):
        app = open_page("dialogues", country="BGD", dialogue="BGD-ILL-D2", present="1", screen=str(screen))
        kinds.append(app.main.markdown[0].value if app.main.markdown else "")
        assert not app.button and not app.expander
    assert [kind.split(" · ")[0] for kind in kinds] == [
        "Dialogue", "Figure 1", "Figure 1", "Figure 2", "Figure 3", "Demand", "Commitment",
    ]  # fmt: skip
    labels = [link.proto.label for link in app.get("page_link")]
    assert labels[-2:] == ["Previous", "Leave the presentation"]
    for wrong in ("0", "99", "x"):
        app = open_page("dialogues", country="BGD", dialogue="BGD-ILL-D2", present="1", screen=wrong)
        assert app.main.markdown[0].value == "Dialogue · 1 of 7"


def test_minutes_begin_with_the_warning_and_end_with_the_promises(open_page: OpenPage) -> None:
    open_page("dialogues", country="BGD")
    dialogue = store.record().dialogues["BGD-ILL-D2"]
    text = minutes_text(dialogue)
    assert text.startswith("[Illustrative: contains invented entries or figures")
    assert minutes_markdown(dialogue).startswith("**\\[Illustrative\\: contains")
    parts = ["WHO SAT AT THE TABLE", "ON THE AGENDA", "DEMANDS", "COMMITMENTS", "Overdue by 146 days"]
    assert sorted(parts, key=text.index) == parts
    lines = minutes_csv(dialogue).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "ILLUSTRATIVE,DIALOGUE,PLACE,PART,CODE,WORDING,DETAILS,STATED_IN,LANGUAGE"
    assert all(line.startswith('"invented, not evidence"') for line in lines[1:-1])
    assert [line.split(",")[4] for line in lines[1:-1]].count("agenda") == 3


def test_minutes_tell_no_small_number(open_page: OpenPage) -> None:
    open_page("dialogues", country="BGD")
    text = minutes_text(store.record().dialogues["BGD-ILL-D1"])
    assert "Example residents' committee; Informal settlement · fewer than 5" in text
    assert "35–38 people in all." in text


def test_an_official_reply_is_attached_to_a_figure_and_shown_beside_it(
    open_page: OpenPage, own_record: OwnRecord, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("VOICES_COUNT_STEWARD", "on")
    own_record.look()
    app = open_page("dialogues", country="BGD", dialogue="BGD-ILL-D3")
    app.session_state["reply-open-BGD-ILL-D3-A1"] = True
    app.run()
    key = "reply-BGD-ILL-D3-A1-0"
    app.selectbox(key=f"{key}-body").set_value("BGD-ILL-STAT")
    app.text_area(key=f"{key}-wording").set_value("Example: we count ramps, not scores.")
    app.text_input(key=f"{key}-replied_on").set_value("2026-11-22")
    app.selectbox(key=f"{key}-confirms").set_value("no")
    app.button[0].click().run()
    assert not app.error, app.error[0].value
    said = "Official reply, Example statistical office, 2026-11-22. ≠ Disputes: “Example: we count ramps, not scores.”"
    assert said in words(app)
    own_record.look()
    from dashboard.views.dialogue_replies import replies_beside

    reply = next(r for group in store.record().replies_to.values() for r in group if "ramps" in r.wording)
    figure = next(
        f for f in store.figures("BGD", reply.series) if (f.source, f.group, f.area, f.time_period)
        == (reply.source, reply.group, reply.area, reply.time_period)
    )  # fmt: skip
    assert replies_beside(figure) == (f"[Illustrative, invented] {said}",)


def test_a_dialogue_is_recorded_and_every_wrong_cell_named(
    open_page: OpenPage, own_record: OwnRecord, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("VOICES_COUNT_STEWARD", "on")
    own_record.look()
    app = open_page("dialogues", country="NPL")
    app.session_state["open-dialogue"] = True
    app.run()
    app.text_input(key="dialogue-starts").set_value("tomorrow")
    app.text_input(key="dialogue-time_zone").set_value("Nepal time")
    app.button[0].click().run()
    said = app.error[0].value
    for cell in ("Title is empty", "Starts: “tomorrow”", "who entered it) is empty"):
        assert cell in said.replace("\\", "")
    app.text_input(key="dialogue-title").set_value("Example talk")
    app.text_input(key="dialogue-starts").set_value("2026-12-01T10:00")
    app.text_input(key="dialogue-time_zone").set_value("Asia/Kathmandu")
    app.checkbox(key="dialogue-illustrative").set_value(True)
    app.button[0].click().run()
    assert not app.error, app.error[0].value
    assert "Example talk" in [link.proto.label for link in app.get("page_link")]
