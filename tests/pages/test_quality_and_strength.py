"""Grades and quality profiles where readers meet them: Sources, Gaps, the brief."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views import strength
from tests.pages.test_pages import words

OpenPage = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strength, "today", lambda: date(2026, 11, 23))


def tables(app: AppTest) -> str:
    return "\n".join(str(element.proto.body) for element in app.get("html"))


def test_sources_show_the_profile_of_a_community_source(open_page: OpenPage) -> None:
    app = open_page("sources", country="KEN")
    text = words(app)
    assert "Voices Count checklist for community data, version 1.0" in text
    assert "Desk review by the product's maintainers, from published documentation, 2026-11-23" in text
    assert "Open: not every question could be answered" in text
    table = tables(app)
    assert '<th scope="row"' in table and "Sampling and coverage</th>" in table
    assert "●○○ 1 of 3, weak</td>" in table
    assert "the first 150 rows of the file, an arbitrary part.</td>" in table
    assert "Invented framework of a statistical office (illustrative), version 0.1" in text
    assert "The checklist is made for community data. Recorded of this official source:" in text
    assert "total" not in table.lower().replace("in all", "")


def test_a_source_nobody_assessed_says_so(open_page: OpenPage) -> None:
    text = words(open_page("sources", country="BGD"))
    assert "Not assessed yet: until it is, no figure of this source is graded better than C." in text


def test_a_failed_gateway_says_so(open_page: OpenPage) -> None:
    text = words(open_page("sources", country="NPL"))
    assert "Failed: a no ends the assessment, and every figure of this source is graded D." in text


def test_gaps_grade_their_headlines(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="FACILITY_BIRTH"))
    assert "Evidence: C — no known interval, n 363, from 2025-26, probability sample" in text
    text = words(open_page("gaps", country="NPL", indicator="MPI_H"))
    assert "Evidence: B — interval known, not narrow (11.6 points), n 3,640, from 2022, 4 years ago" in text


def test_the_brief_says_how_strong_each_finding_is(open_page: OpenPage) -> None:
    from dashboard.selection import Selection
    from dashboard.views.brief import brief_of

    open_page("brief", country="KEN", indicator="FACILITY_BIRTH")
    brief = brief_of(Selection("KEN", "FACILITY_BIRTH", "", "2025-26"))
    assert brief is not None
    assert brief.headlines[0].text.endswith("2025-26, uncertainty unknown. Evidence C.")
    assert [headline.text.rsplit(". ", 1)[1] for headline in brief.headlines] == ["Evidence C."] * 5
    assert any("without a known interval no grade is better than C" in line for line in brief.method)
