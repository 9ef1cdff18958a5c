"""What is missing stands in chart, table, legend, page and file with its reason, and the reason is a recorded one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.charts.table import records, table
from dashboard.selection import Selection
from dashboard.views.brief import brief_of
from dashboard.views.map import map_chart
from dashboard.views.people import who_is_behind

OpenPage = Callable[..., AppTest]
NATIONAL = "INCOME_WEALTH_QUANTILE=*"


@pytest.fixture(autouse=True)
def figures(open_page: OpenPage) -> None:
    """The deployment whose figures the functions below read."""
    open_page("overview")


def test_a_dimension_nobody_tells_apart_is_a_row_with_its_reason() -> None:
    chart = who_is_behind(Selection("IND", "STUNTING_U5", "", "2019-21"))
    assert chart is not None
    missing = {row.label: row.marks[0].text for row in chart.rows if row.marks[0].figure.value is None}
    assert missing == {
        "Disability": "Not held here, reason unknown",
        "Caste, ethnicity or people": "Published elsewhere, not held here",
        "Wealth": "Published elsewhere, not held here",
        "Sex": "Not held here, reason unknown",
        "Education": "Published elsewhere, not held here",
    }
    assert [(key.absence, key.label) for key in chart.absences] == [("not_held", "Not held here")]


def test_the_reason_leaves_with_the_file_and_names_what_was_read_by_whom_and_when() -> None:
    chart = who_is_behind(Selection("IND", "STUNTING_U5", "", "2019-21"))
    assert chart is not None
    (wealth,) = [row for row in records(chart) if row["GROUP"] == NATIONAL]
    assert (wealth["OBS_VALUE"], wealth["ABSENCE"], wealth["GROUP_NAME"]) == (None, "not_held", "Wealth")
    assert wealth["COMMENT_OBS"] == (
        "Published elsewhere, not held here. National Family Health Survey 2019-21 collected wealth and publishes by "
        "it (read in: NFHS-5 India report (IIPS and ICF 2021): background characteristics of its tables, wealth "
        "quintile; Maintainers of this product, desk review, 2026-11-23)."
    )


def test_an_area_nobody_went_to_is_not_collected_on_the_map_in_its_table_and_in_its_file() -> None:
    chart = map_chart(Selection("KEN", "ILL_CARE_FORGONE_COST", "", "2025"), "community", "admin1", "quantile")
    assert chart is not None
    absent = [area for area in chart.areas if area.absence == "not_collected"]
    assert len(absent) == 42
    assert [(key.absence, key.label) for key in chart.absences] == [("not_collected", "Not collected")]
    assert sum(table(chart)["Why missing"] == "Not collected") == 42
    assert sum(row["ABSENCE"] == "not_collected" for row in records(chart)) == 42
    assert "did not go to other areas" in absent[0].detail


def test_without_any_group_the_page_lists_what_is_missing(open_page: OpenPage) -> None:
    app = open_page("gaps", country="NPL", indicator="READING_7_14")
    said = "\n".join(m.value for m in app.markdown)
    assert "/ **Caste, ethnicity or people:** Not published" in said


def test_a_brief_says_in_words_what_is_not_told_apart() -> None:
    brief = brief_of(Selection("KEN", "FACILITY_BIRTH", "", "2025-26"))
    assert brief is not None
    assert all(mark.figure.value is not None for row in brief.gap.rows for mark in row.marks)
    assert "Not held here, reason unknown: Disability, Caste, ethnicity or people, Sex." in brief.method


def test_sources_say_what_they_asked(open_page: OpenPage) -> None:
    said = "\n".join(m.value for m in open_page("sources", country="IND").markdown)
    assert "collected disability; whether this indicator is published by it is not recorded" in said
    assert "publishes figures for districts" in said
