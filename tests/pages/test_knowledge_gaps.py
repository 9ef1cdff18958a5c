"""The Knowledge gaps page: the sentence, states, choices in the address, one cell, plans, files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.charts import matrix_files, matrix_print
from dashboard.views.knowledge_gaps import assembled, knowledge_gap_sentence, matrix_counts, matrix_of, top_gaps
from dashboard.views.knowledge_gaps_chart import chart_of
from dashboard.views.knowledge_gaps_filters import shown_part
from dashboard.views.knowledge_gaps_plan import followed
from data_access.queries.entries import PlanFacts
from data_access.queries.knowledge_gaps import Evidence

OpenPage = Callable[..., AppTest]


def words(app: AppTest) -> str:
    return " ".join(str(one.value) for one in (*app.markdown, *app.caption, *app.info, *app.subheader))


def test_the_sentence_is_computed_and_names_sources_and_day(open_page: OpenPage) -> None:
    open_page()
    found = knowledge_gap_sentence("BGD")
    assert found is not None
    assert found.sources == tuple(sorted(found.sources))
    assert len(found.sources) == 6
    assert found.text.startswith("None of the 6 official sources loaded here for Bangladesh (Population and Housing")
    assert found.text.endswith(
        f"; {found.day}) gives a figure for persons with disabilities on 6 of the 6 poverty indicators that are held "
        "here from them and could be broken down so."
    )
    assert not any(store.catalogue().sources[code].illustrative for code in found.sources)


def test_top_gaps_and_counts_agree_with_the_matrix(open_page: OpenPage) -> None:
    open_page()
    gaps = top_gaps("IND", 3)
    assert len({gap.group for gap in gaps}) == 3
    assert [gap.missing for gap in gaps] == sorted((gap.missing for gap in gaps), reverse=True)
    counts = matrix_counts("IND")
    assert counts.expected == counts.both + counts.official + counts.community + counts.gaps
    assert counts.official > 0
    assert counts.community == 0, "all community figures of India are invented"


def test_a_wrong_code_is_a_notice(open_page: OpenPage) -> None:
    app = open_page("knowledge_gaps", country="IND", whom="NOBODY", state="strange", older="4")
    said = " ".join(str(one.value) for one in app.info)
    assert "“NOBODY” cannot be shown here" in said
    assert "“strange” cannot be shown here" in said
    assert "“4” cannot be shown here" in said


def test_one_cell_tells_figures_holders_ways_and_plans(open_page: OpenPage) -> None:
    app = open_page("knowledge_gaps", country="BGD", row="ILL_CARE_FORGONE_COST", whom="DISABILITY_STATUS=PD|SEX=F")
    said = words(app)
    assert "No source held here has a figure." in said
    assert "Illustrative figures among these are invented and fill no gap." in said
    assert "BRAC James P Grant School of Public Health" in said
    assert "Community collection" in said
    assert "the figure is held here" in said
    assert not [one for one in app.text_input if one.key == "plan-who"], "nobody may write here"


@pytest.mark.parametrize("by", ["group", "indicator"])
def test_areas_on_demand(open_page: OpenPage, by: str) -> None:
    app = open_page("knowledge_gaps", country="BGD", areas=by, whom="DISABILITY_STATUS=PD")
    assert app.session_state["areas"] == by


def test_a_steward_records_a_plan(open_page: OpenPage, environment: pytest.MonkeyPatch, own_url_of_pages: str) -> None:
    environment.setenv("DATABASE_URL", own_url_of_pages)
    environment.setenv("VOICES_COUNT_STEWARD", "on")
    app = open_page("knowledge_gaps", country="BGD", row="STUNTING_U5", whom="DISABILITY_STATUS=PD")
    app.text_input("plan-who").set_value("Statistical office")
    app.text_input("plan-due").set_value("soon")
    app.text_input("plan-stated").set_value("Minutes of a meeting")
    send = next(button for button in app.button if button.label == "Record the plan")
    send.click().run()
    assert any("is no date" in str(one.value) for one in app.error)
    app.text_input("plan-due").set_value("2031-06")
    next(button for button in app.button if button.label == "Record the plan").click().run()
    assert not app.exception
    plan = next(plan for plan in store.record().plans.values() if plan.organisation == "Statistical office")
    assert (plan.series, plan.group, plan.state, plan.due) == (
        "STUNTING_U5",
        "DISABILITY_STATUS=PD",
        "planned",
        "2031-06",
    )
    assert "Statistical office" in words(app)


@pytest.fixture
def own_url_of_pages(filled_url: str, tmp_path: Path) -> str:
    file = tmp_path / "own.db"
    shutil.copy(filled_url.removeprefix("sqlite:///"), file)
    return f"sqlite:///{file}"


def plan(**cells: str | bool) -> PlanFacts:
    given: dict[str, str | bool] = {
        "code": "T-1",
        "illustrative": False,
        "stated_in": "A plan",
        "country": "BGD",
        "series": "ILL_CARE_FORGONE_COST",
        "group": "DISABILITY_STATUS=PD",
        "area": "",
        "entry_point": "partner",
        "organisation": "Example",
        "due": "2026-06",
        "cost_band": "not_known",
        "state": "planned",
        "remark": "",
        "source": "",
    }
    return PlanFacts(**{**given, **cells})  # type: ignore[arg-type]


def test_plans_are_held_against_the_calendar_and_the_data(open_page: OpenPage) -> None:
    open_page()
    assert [followed(plan(), day).overdue for day in ("2026-06-30", "2026-07-01")] == [False, True]
    assert not followed(plan(state="dropped"), "2027-01-01").overdue
    assert followed(plan(state="filled"), "2027-01-01").claimed, "an invented figure fills no real plan"
    assert not followed(plan(state="filled", illustrative=True), "2027-01-01").claimed


def test_every_state_is_drawn_filtered_and_written(open_page: OpenPage) -> None:
    open_page()
    series, groups = ("STUNTING_U5", "UNEMPLOYMENT"), ("SEX=F", "DISABILITY_STATUS=PD", "AGE=YGE65")
    official = np.array([[2024, 2024, 0], [2001, 0, 0]], dtype=np.int16)
    community = np.array([[2024, 0, 0], [0, 2024, 0]], dtype=np.int16)
    nothing = np.zeros((2, 3), dtype=np.int16)
    possible = np.array([[True, True, False], [True, True, True]])
    found = Evidence(series, groups, official, community, nothing, nothing, nothing > 0, possible)
    matrix = assembled("IND", 2020, found)
    chart = chart_of(matrix, (0, 1), (0, 1, 2), older=5, view={"country": "IND"})
    shown = [[cell.shown for cell in row.cells] for row in chart.rows]
    assert shown == [["both", "official", "out_of_scope"], ["outdated", "community", "neither"]]
    assert [[cell.gap for cell in row.cells] for row in chart.rows] == [[False] * 3, [True, False, True]]
    assert [key.shown for key in chart.keys] == ["both", "official", "community", "outdated", "neither", "out_of_scope"]
    lines = matrix_files.records(chart)
    assert [(line["STATE"], line["GAP"]) for line in lines][3:] == [("outdated", 1), ("community", 0), ("neither", 1)]
    assert matrix_files.csv(chart).startswith(b"\xef\xbb\xbfSERIES,GROUP,")
    assert matrix_files.xlsx(chart) == matrix_files.xlsx(chart)
    assert matrix_print.svg(chart).startswith(b"<svg")
    assert matrix_print.pdf(chart).startswith(b"%PDF")
    rows, columns = shown_part(matrix, goal="all", by="all", state="outdated", only="all", sort="gaps")
    assert (rows, columns) == ((1,), (0, 1, 2))
    assert shown_part(matrix, goal="2", by="SEX", state="all", only="all", sort="name") == ((0,), (0,))


def test_the_whole_matrix_of_each_country_is_ready(open_page: OpenPage) -> None:
    open_page()
    for country in store.catalogue().countries:
        matrix = matrix_of(country)
        assert matrix.states.shape == (len(matrix.evidence.series), len(matrix.evidence.columns))
        assert not (matrix.gap & ~matrix.expected).any()
