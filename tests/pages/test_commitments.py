"""Commitments on their pages: every status, what is overdue and where, what moved, and what cannot be said."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook
from streamlit.testing.v1 import AppTest

from dashboard.views import commitment_days
from data_access.models.commitments import STATUSES
from tests.pages.record_entries import OwnRecord, own_record
from tests.pages.test_pages import words

__all__ = ["own_record"]
OpenPage = Callable[..., AppTest]
NOVEMBER = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commitment_days, "now", lambda: NOVEMBER)


def one(open_page: OpenPage, code: str, **address: str) -> str:
    return words(open_page("commitments", **{"country": code[:3], "commitment": code, **address}))


def test_the_list_has_the_earliest_deadline_first_and_says_what_is_overdue(open_page: OpenPage) -> None:
    app = open_page("commitments", country="BGD")
    text = words(app)
    assert "6 commitments, 1 overdue. The earliest deadline stands first." in text
    assert "‖ Stalled** · **⚠ Overdue by 146 days**" in text
    days = ["2023-12-31", "2024-12-31", "2026-06-30", "2027-12-31", "2028-06-30", "2028-12-31"]
    places = [text.index(f"Deadline: {day}") for day in days]
    assert places == sorted(places)
    assert text.count("ILLUSTRATIVE") >= 6


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_is_a_word_with_a_shape(open_page: OpenPage, own_record: OwnRecord, status: str) -> None:
    from dashboard.text.record import STATUS_MARKS, status_text

    own_record.write(
        "commitment", code="T-1", country="BGD", body="BGD-ILL-MOH", wording="Count all", deadline="2026-11-01"
    )
    own_record.write("commitment_status", commitment="T-1", status=status, since="2025-01-01", said_by="Example office")
    text = words(open_page("commitments", country="BGD", commitment="T-1"))
    assert f"**{STATUS_MARKS[status]} {status_text(status)}**" in text
    assert "said by Example office" in text
    promised = status in ("agreed", "in_budget", "under_way", "stalled")
    app = open_page("commitments", country="BGD", status=status, overdue="yes")
    listed = any("Count all" in link.proto.label for link in app.get("page_link"))
    assert listed is promised


def test_filters_stand_in_the_address_and_narrow_the_list(open_page: OpenPage) -> None:
    assert "1 commitment, 1 overdue" in words(open_page("commitments", country="BGD", overdue="yes"))
    assert "3 commitments, 0 overdue" in words(open_page("commitments", country="BGD", body="BGD-ILL-MOH"))
    assert "1 commitment, 0 overdue" in words(open_page("commitments", country="BGD", status="dropped"))
    assert "1 commitment, 0 overdue" in words(open_page("commitments", country="BGD", whom="SETTLEMENT=informal"))
    assert "26 commitments" in words(open_page("commitments", country="BGD", where="everywhere"))
    unknown = words(open_page("commitments", country="BGD", status="forgotten"))
    assert "“forgotten” cannot be shown here" in unknown
    assert "6 commitments" in unknown


def test_a_long_list_is_shown_in_pages(open_page: OpenPage) -> None:
    first = open_page("commitments", country="BGD", where="everywhere")
    assert "1 to 20 of 26" in words(first)
    second = open_page("commitments", country="BGD", where="everywhere", **{"from": "20"})
    assert "21 to 26 of 26" in words(second)
    for wrong in ("-1", "x", "999", "1e9"):
        assert "1 to 20 of 26" in words(open_page("commitments", country="BGD", where="everywhere", **{"from": wrong}))


def test_one_commitment_shows_both_sides_and_its_whole_thread(open_page: OpenPage) -> None:
    app = open_page("commitments", country="BGD", commitment="BGD-ILL-C1")
    text = words(app)
    assert "Baseline:** ILLUSTRATIVE: 53.8 % (2019, Illustrative household survey on access to health care)" in text
    assert "Goal:** 40.0 %" in text
    assert "Latest:** 46.1 %" in text
    assert "= No change beyond uncertainty.** The gap to everyone was 20.5 points (2019) and is 16.8 points" in text
    assert "It says nothing about why." in text
    assert "because" not in text.replace("because of its cost", "")
    assert "✓ Confirms** · Example ministry of health, 2021-01-12" in text
    assert "Evidence: <https://example.org/waiver>" in text
    assert "Demand: Waive charges at government clinics for women with disabilities." in text
    assert "Policy: Example order on waived charges, Example ministry of health, 2021-06-15." in text
    assert "Official reply, Example statistical office, 2020-11-25. ✓ Confirms" in text
    labels = [link.proto.label for link in app.get("page_link")]
    assert "This indicator on the Gaps page" in labels
    assert any(label.startswith("Dialogue: Example national dialogue") for label in labels)


def test_a_commitment_without_indicator_says_that_nothing_is_measured(open_page: OpenPage) -> None:
    assert "The commitment names no indicator: nothing is measured." in one(open_page, "BGD-ILL-C3")


def test_a_revised_baseline_stands_beside_what_was_written_down(open_page: OpenPage, own_record: OwnRecord) -> None:
    own_record.write("commitment", code="BGD-ILL-C1", baseline_value="51.2")
    text = one(open_page, "BGD-ILL-C1")
    assert "Baseline:** ILLUSTRATIVE: 51.2 % (2019" in text
    assert "Baseline as revised since:** 53.8 % (ILLUSTRATIVE · 2019" in text
    assert "The gap to everyone was 20.5 points (2019)" in text


def test_of_a_withdrawn_source_no_figure_is_left(open_page: OpenPage, own_record: OwnRecord) -> None:
    own_record.withdraw_source("BGD_ILL_SURVEY")
    text = one(open_page, "BGD-ILL-C1")
    assert "Baseline:** not shown: its source was withdrawn" in text
    assert "The source of the baseline was withdrawn; nothing of it is shown." in text
    assert "53.8" not in text
    assert "access to health care" not in text


def test_a_nepali_fiscal_year_stands_beside_its_gregorian_day(open_page: OpenPage) -> None:
    text = one(open_page, "NPL-ILL-C1")
    assert "Deadline:** 2027-07-16 (stated as: fiscal year 2083/84, Nepali fiscal year)" in text


def test_a_renamed_body_is_shown_under_both_names(open_page: OpenPage) -> None:
    text = one(open_page, "KEN-ILL-C3")
    assert "Body:** Example hospital fund (now Example health insurance authority)" in text


def test_a_later_figure_measured_otherwise_is_shown_and_not_judged(open_page: OpenPage) -> None:
    text = one(open_page, "KEN-ILL-C3")
    assert "Latest:** 17.9 % (2025-26 · Kenya Mini Demographic and Health Survey 2025-26" in text
    assert "from another source than the baseline" in text
    assert "? Cannot say.** The later figure comes from a source that measures in another way." in text
    assert "Goal reached" not in text


def test_a_deadline_is_over_when_its_day_has_ended_in_the_country(
    open_page: OpenPage, own_record: OwnRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_record.write(
        "commitment", code="T-N", country="NPL", body="NPL-ILL-MOH", wording="Count", deadline="2026-03-10",
        agreed_on="2025-01-01",
    )  # fmt: skip
    monkeypatch.setattr(commitment_days, "now", lambda: datetime(2026, 3, 10, 18, 14, tzinfo=UTC))  # 23:59 there
    assert "Overdue by" not in "".join(
        w.value for w in open_page("commitments", country="NPL", commitment="T-N").warning
    )
    monkeypatch.setattr(commitment_days, "now", lambda: datetime(2026, 3, 10, 18, 15, tzinfo=UTC))  # midnight there
    app = open_page("commitments", country="NPL", commitment="T-N")
    assert [w.value for w in app.warning] == ["Overdue by 1 day"]


def test_the_address_of_another_country_leads_back_to_the_list(open_page: OpenPage) -> None:
    text = words(open_page("commitments", country="KEN", commitment="BGD-ILL-C1"))
    assert "is not one of this country; here is the list" in text
    assert "5 commitments" in text


def test_the_scorecard_counts_by_body_and_country(open_page: OpenPage) -> None:
    from dashboard.views.commitment_days import days
    from dashboard.views.scorecard import as_lines, scores

    open_page("commitments", country="BGD")
    lines = {line["BODY"]: line for line in as_lines(scores(days(), "BGD"))}
    assert dict(lines["BGD-ILL-CITY"]) == {
        "COUNTRY": "BGD", "BODY": "BGD-ILL-CITY", "BODY_NAME": "Example city authority", "COMMITMENTS": 1,
        "PROPOSED": 0, "AGREED": 0, "IN_BUDGET": 0, "UNDER_WAY": 0, "DELIVERED": 0, "STALLED": 1, "DROPPED": 0,
        "OVERDUE": 1, "WITH_INDICATOR": 1, "GAP_NARROWED": 0, "GAP_WIDENED": 0, "GAP_NO_CHANGE": 0,
        "GAP_CANNOT_SAY": 1, "ILLUSTRATIVE": "1 invented, not evidence",
    }  # fmt: skip
    assert (lines[""]["COMMITMENTS"], lines[""]["WITH_INDICATOR"], lines[""]["OVERDUE"]) == (6, 5, 1)


def test_the_downloads_mark_what_is_invented_and_hold_every_row(open_page: OpenPage) -> None:
    from dashboard.views.commitment_days import days
    from dashboard.views.commitment_downloads import lines_csv, lines_xlsx
    from dashboard.views.commitment_rows import as_lines, commitment_rows

    open_page("commitments", country="BGD")
    lines = as_lines(commitment_rows(days()))
    written = lines_csv(lines).decode("utf-8-sig").split("\r\n")
    assert (len(written), written[0].split(",")[:3]) == (len(lines) + 2, ["COMMITMENT", "COUNTRY", "BODY"])
    assert all("invented, not evidence" in line for line in written[1:-1])
    book = CalamineWorkbook.from_filelike(io.BytesIO(lines_xlsx("Commitments", lines)))
    about, held = (book.get_sheet_by_name(name).to_python() for name in ("About", "Data"))
    assert (
        held[0][0]
        == about[0][0]
        == ("ILLUSTRATIVE: contains invented entries that show how this product works. Not evidence.")
    )
    assert [line[0] for line in held[3:]] == [line["COMMITMENT"] for line in lines]


def test_readers_are_offered_no_form(open_page: OpenPage) -> None:
    app = open_page("commitments", country="BGD", commitment="BGD-ILL-C1")
    assert not app.expander


def test_a_counterpart_confirms_or_disputes_and_every_wrong_cell_is_named(
    open_page: OpenPage, own_record: OwnRecord, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("VOICES_COUNT_STEWARD", "on")
    own_record.look()
    app = open_page("commitments", country="BGD", commitment="BGD-ILL-C4")
    app.session_state["open-commitment_response"] = True
    app.run()
    key = "commitment_response-BGD-ILL-C4"
    app.selectbox(key=f"{key}-response").set_value("disputes")
    app.text_input(key=f"{key}-responded_on").set_value("soon")
    app.button[0].click().run()
    assert app.error[0].value.replace("\\", "").split("\n") == [
        "Not recorded:",
        "- Body is empty. Fill it in.",
        "- Responded on: “soon” is no date. Write 2024-03-05, or 2024-03 or 2024 as far as it is known.",
    ]
    app.selectbox(key=f"{key}-body").set_value("BGD-ILL-SOC")
    app.text_input(key=f"{key}-responded_on").set_value("2026-11-20")
    app.text_area(key=f"{key}-wording").set_value("Example: half of the clinics were agreed.")
    app.button[0].click().run()
    assert "≠ Disputes** · Example ministry of inclusion, 2026-11-20" in words(app)


@pytest.mark.parametrize(
    ("series", "group", "said"),
    [
        (
            "WATER_SAFELY_MANAGED",
            "URBANISATION=U",
            "▷◁ Narrowed.** The gap to everyone was 12.7 points (2010) and is 5.7 points (2020).",
        ),
        (
            "SANITATION_SAFELY_MANAGED",
            "URBANISATION=U",
            "◁▷ Widened.** The gap to everyone was 2.2 points in the group's favour (2010) and is 5.2 points (2020).",
        ),
        (
            "WATER_SAFELY_MANAGED",
            "URBANISATION=R",
            "? Cannot say.** The group was not behind at the baseline.",
        ),
        (
            "WATER_SAFELY_MANAGED",
            "",
            "? Cannot say.** The commitment is for everyone in the country",
        ),
    ],
)
def test_whether_a_gap_narrowed_is_said_for_that_group(
    open_page: OpenPage, own_record: OwnRecord, series: str, group: str, said: str
) -> None:
    own_record.write(
        "commitment", code="T-1", country="BGD", body="BGD-ILL-MOH", wording="Count", series=series, group=group,
        baseline_value="1", baseline_period="2010", baseline_source="JMP_WASH_2021", goal_value="90",
    )  # fmt: skip
    assert said in one(open_page, "BGD", commitment="T-1").replace("\\", "")


def test_without_a_baseline_the_latest_figure_is_shown_and_nothing_judged(
    open_page: OpenPage, own_record: OwnRecord
) -> None:
    own_record.write(
        "commitment", code="T-1", country="BGD", body="BGD-ILL-MOH", wording="Count", series="WATER_SAFELY_MANAGED"
    )
    text = one(open_page, "BGD", commitment="T-1")
    assert "Baseline:** none was recorded" in text
    assert "Latest:** 58.5 %" in text
    assert "No baseline was recorded when it was agreed." in text
