"""The Country page and the page of one source, as readers meet them; concerns raised and answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import words

OpenPage = Callable[..., AppTest]


@pytest.fixture
def own(environment: pytest.MonkeyPatch, own_file: Path) -> pytest.MonkeyPatch:
    """A database that the test may change."""
    environment.setenv("DATABASE_URL", f"sqlite:///{own_file}")
    return environment


def test_the_country_page_goes_from_who_works_there_to_what_was_promised(open_page: OpenPage) -> None:
    app = open_page("country", country="BGD")
    assert [header.value for header in app.header] == [
        "Task force",
        "Widest documented gaps",
        "On the map",
        "What official figures do not show",
        "Voices beside the numbers",
        "What was promised",
        "The five steps",
    ]
    text = words(app)
    assert "Focus: SDG target 3.8, and street dwellers and floating populations (pilot)." in text
    assert "No commitment is recorded. 6 invented examples show how they are followed." in text
    assert "Overdue by" in text
    html = "\n".join(e.value for e in app.get("html"))
    assert "Lead since 2017" in html
    assert "উদাহরণ: ক্লিনিকে যাওয়ার আগে" in html
    assert "dialogue_only" not in html


def test_without_what_is_invented_the_real_record_stands_alone(
    open_page: OpenPage, environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('off') / 'off.db'}")
    environment.setenv("VOICES_COUNT_ILLUSTRATIVE", "off")
    app = open_page("country", country="BGD")
    text = words(app)
    assert "No commitment is recorded." in text
    assert "invented" not in text
    assert "No voice is recorded here that its community has agreed to show." in text
    html = "\n".join(e.value for e in app.get("html"))
    assert "National conference on including marginalised people" in html
    assert "ILLUSTRATIVE" not in html


def test_a_source_says_what_came_of_it(open_page: OpenPage) -> None:
    text = words(open_page("sources", country="BGD", source="BGD_ILL_SURVEY"))
    assert "**★ used in a review or plan**" in text
    assert "before: ▷ shared with a body, 2020-02-12. No document is recorded." in text
    assert "Findings brought back on 2020-03-08 (Persons with disabilities, women and girls)" in text
    assert "That one thing came after another does not make it the cause." in text
    assert "Kenya Mini Demographic" not in text


def test_a_source_in_the_address_that_is_not_held_leads_to_the_list(open_page: OpenPage) -> None:
    text = words(open_page("sources", country="BGD", source="NO_SUCH"))
    assert "The source in the address is not one that is shown here; here is the list." in text
    assert "Those of the chosen country come first." in text


def test_no_form_unless_the_deployment_takes_concerns(open_page: OpenPage, own: pytest.MonkeyPatch) -> None:
    app = open_page("sources", country="BGD", source="BGD_ILL_PURPOSIVE")
    assert not app.text_area
    assert "This installation takes no concerns on its pages and states no contact" in words(app)
    own.setenv("VOICES_COUNT_CONTACT", "steward*desk, room 3")
    import streamlit as st

    st.cache_resource.clear()
    app = open_page("sources", country="BGD", source="BGD_ILL_PURPOSIVE")
    assert "To correct or complain: steward*desk, room 3" in words(app)


def raised(app: AppTest, wording: str) -> AppTest:
    app.text_area[0].set_value(wording)
    app.button[-1].click()
    app.run()
    assert not app.exception
    return app


def test_a_concern_reaches_the_stewards_list_and_its_answer_the_page(
    open_page: OpenPage, own: pytest.MonkeyPatch
) -> None:
    own.setenv("VOICES_COUNT_CONCERNS", "on")
    own.setenv("VOICES_COUNT_STEWARD", "on")
    app = open_page("sources", country="BGD", source="BGD_ILL_PURPOSIVE")
    app = raised(app, "Ask me on 01712345678")
    assert "Not sent, and nothing of it was kept:" in app.error[0].value
    assert "01712345678" not in app.error[0].value
    app = raised(app, "The places were not ours.")
    assert "It is on the steward's list as CONCERN-" in app.success[0].value.replace("\\", "")
    assert "The places were not ours." not in words(app)
    assert "2 concerns are recorded; 2 wait for an answer." in words(app)

    desk = open_page("desk")
    assert "“The places were not ours.”" in words(desk)
    code = next(e.key.removeprefix("answer-open-") for e in desk.expander if (e.key or "").count("open-CONCERN"))
    desk.session_state[f"answer-open-{code}"] = True
    desk.run()
    desk.text_area(key=f"answer-words-{code}").set_value("Example: they are mended.")
    next(button for button in desk.button if button.label == "Record the answer").click()
    desk.run()
    assert not desk.exception
    assert "“The places were not ours.”" not in words(desk)
    page = open_page("sources", country="BGD", source="BGD_ILL_PURPOSIVE")
    assert "Answer: Example: they are mended." in words(page)


def test_a_window_sends_three_concerns_and_waits(open_page: OpenPage, own: pytest.MonkeyPatch) -> None:
    own.setenv("VOICES_COUNT_CONCERNS", "on")
    app = open_page("sources", country="BGD", source="BGD_ILL_PURPOSIVE")
    for number in range(3):
        app = raised(app, f"Example {number}")
    assert not app.text_area
    assert "3 concerns were sent from this window" in words(app)


def test_recognition_stands_beside_the_figure_in_captions_and_the_panel_of_an_area(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="FACILITY_BIRTH"))
    assert "Recognition of Illustrative household survey on maternal care: ■ accepted for a purpose." in text
    app = open_page("map", country="KEN", indicator="FACILITY_BIRTH", show="community", area="KE-17")
    rows = app.dataframe[0].value
    assert set(rows[rows["Origin"].str.startswith("Official")]["Recognition"]) == {""}
    assert "■ accepted for a purpose" in set(rows["Recognition"])
