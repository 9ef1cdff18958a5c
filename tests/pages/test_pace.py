"""Over time on the page of gaps: the goal, the pace, and every "cannot say" for real series."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage


def bullets(app: AppTest) -> list[str]:
    """The sentences about pace, without what protects them from being read as Markdown."""
    return [
        line.removeprefix("- ").replace("\\", "")
        for block in app.markdown
        for line in block.value.split("\n")
        if line.startswith("- ")
        and ("goal" in line or "a year" in line or "Cannot say" in line or "Not joined" in line)
    ]


def captions(app: AppTest) -> str:
    return "\n".join(caption.value.replace("\\", "") for caption in app.caption)


def test_a_goal_of_the_agenda(open_page: OpenPage) -> None:
    app = open_page("gaps", country="IND", indicator="U5MR")
    assert bullets(app) == [
        (
            "Everyone, India: from 49.7 per 1,000 in 2015-16 to 41.9 per 1,000 in 2019-21: −1.7 per 1,000 a year "
            "(uncertainty unknown)."
        ),
        "At that pace the goal of 25 per 1,000 (SDG 3.2) is reached in 2030 (uncertainty unknown).",
        "Reaching it by 2030 takes −1.7 per 1,000 a year from 2020 on (uncertainty unknown).",
        (
            "Cannot say how many people are behind the goal: no population of this group, area and year is held from "
            "the same source."
        ),
    ]
    assert "Goal stated in: A/RES/70/1 (Transforming our world: the 2030 Agenda), target 3.2" in captions(app)
    assert "Noted by the source for 2015-16: NFHS-4 value as reprinted in the NFHS-5 fact sheet." in captions(app)


def test_the_goal_is_in_the_chart(open_page: OpenPage) -> None:
    app = open_page("gaps", country="IND", indicator="U5MR")
    trend = json.loads(app.get("plotly_chart")[-1].proto.spec)
    assert [(shape["y0"], shape["y1"]) for shape in trend["layout"]["shapes"]] == [(25.0, 25.0)]
    dashed = [trace for trace in trend["data"] if trace.get("line", {}).get("dash") == "3px,4px"]
    assert [(trace["x"], trace["y"]) for trace in dashed] == [([2021, 2030], [41.9, 25.0])]


def test_people_behind_only_in_the_population_of_the_same_census(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="OPEN_DEFECATION_HH")
    assert bullets(app) == [
        "Everyone, Kenya: 7.4\xa0% in 2019. Cannot say how fast: one period only is held from this source.",
        "So it cannot be said when the goal of 0\xa0% (SDG 6.2) is reached.",
        "Reaching it by 2030 takes −0.67 points a year from 2019 on (uncertainty unknown).",
        (
            "About 890,000 households are behind the goal (uncertainty unknown; households of 2019: 2019 Kenya "
            "Population and Housing Census)."
        ),
    ]


def test_two_surveys_are_two_lines_and_the_page_says_why(open_page: OpenPage) -> None:
    app = open_page("gaps", country="NPL", indicator="MPI_NATIONAL_H")
    assert bullets(app)[:3] == [
        "Everyone, Nepal: from 30.1\xa0% in 2014 to 17.4\xa0% in 2019: −2.5 points a year (uncertainty unknown).",
        "Not joined, as not comparable with 2019: 2006, 2011 (survey: NDHS, then NMICS).",
        (
            "At that pace the goal of 15.1\xa0% (SDG 1.2: half of the 30.1\xa0% of 2014) is reached in 2020 "
            "(uncertainty unknown)."
        ),
    ]
    trend = json.loads(app.get("plotly_chart")[-1].proto.spec)
    assert [t["x"] for t in trend["data"] if "connectgaps" in t] == [[2006, 2011], [2014, 2019]]


def test_a_series_without_a_goal_says_so(open_page: OpenPage) -> None:
    app = open_page("gaps", country="IND", indicator="FACILITY_BIRTH")
    assert "Cannot say when a goal is reached: none is recorded for this indicator in this country." in bullets(app)


def test_a_series_of_areas_only_has_no_line(open_page: OpenPage) -> None:
    app = open_page("gaps", country="VNM", indicator="PAPI_TOTAL")
    assert bullets(app) == []
    assert "No source held here has a figure of this group for the whole country, so there is no line over time." in [
        info.value for info in app.info
    ]


def test_every_sentence_of_an_invented_source_says_so(open_page: OpenPage) -> None:
    app = open_page("gaps", country="BGD", indicator="ILL_CARE_FORGONE_COST")
    found = bullets(app)
    assert len(found) >= 4
    assert all(sentence.startswith("[Illustrative, invented figures] ") for sentence in found)


@pytest.mark.parametrize(
    ("country", "indicator"),
    [
        ("KEN", "WATER_SAFELY_MANAGED"),
        ("NPL", "WATER_SAFELY_MANAGED"),
        ("BGD", "CHILDREN_IN_EMPLOYMENT"),
        ("VNM", "POV_NATIONAL_LINE"),
        ("KEN", "MPI_H"),
        ("NPL", "ADOLESCENT_BIRTH_RATE"),
        ("IND", "HEALTH_INSURANCE_HH"),
    ],
)
def test_other_series_open(open_page: OpenPage, country: str, indicator: str) -> None:
    assert bullets(open_page("gaps", country=country, indicator=indicator))


def test_the_table_of_groups_is_drawn_only_when_it_is_opened(open_page: OpenPage) -> None:
    app = open_page("gaps", country="NPL", indicator="POV_NATIONAL_LINE")
    assert "A year" not in [column for table in app.dataframe for column in table.value.columns]
    app.session_state["paces-POV_NATIONAL_LINE-"] = True
    app.run()
    assert not app.exception
    (table,) = [table.value for table in app.dataframe if "A year" in table.value.columns]
    assert list(table["Group"]) == ["Rural", "Urban"]
    assert list(table["From"]) == ["43.3\xa0% in 1996", "21.6\xa0% in 1996"]
    assert list(table["Goal"]) == ["no baseline", "no baseline"]
