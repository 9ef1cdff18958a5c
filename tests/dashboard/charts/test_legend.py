"""The legend explains the marks that occur, in the chart's own words."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from dashboard.charts.definitions import Chart, GapChart, GoalLine, MapChart, NeededPath, OriginKey, TrendChart
from dashboard.charts.legend import legend
from dashboard.theme import DARK, LIGHT, class_colours


class Words(HTMLParser):
    """The words a screen reader reads: text outside ``aria-hidden``."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.entries: list[str] = []
        self._hidden: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden.append(("aria-hidden", "true") in attrs)

    def handle_endtag(self, tag: str) -> None:
        self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._hidden):
            self.entries.append(data)


def test_a_gap_chart_explains_origins_links_and_absences(pairs_chart: GapChart) -> None:
    assert Words(legend(pairs_chart, LIGHT)).entries == [
        "Official figures",
        "Community figures",
        "Directly comparable",
        "Indicative: compare with care",
        "Not comparable: no gap drawn",
        "Suppressed to protect people",
        "Not collected",
        "Not broken down",
        "Collected, not published",
        "Not held here, reason unknown",
    ]


def test_a_trend_explains_what_is_missing_in_it(trend_chart: TrendChart) -> None:
    assert Words(legend(trend_chart, LIGHT)).entries == [
        "Official figures",
        "Community figures",
        "Suppressed to protect people",
    ]


def test_a_trend_explains_the_way_to_its_goal(trend_chart: TrendChart) -> None:
    goal = GoalLine(18.8, 2030, "Goal by 2030", NeededPath(2019, 24.2, "What it takes to reach the goal by 2030"))
    page = legend(replace(trend_chart, goal=goal), LIGHT)
    assert Words(page).entries[2] == "What it takes to reach the goal by 2030"
    assert f"2px dashed {LIGHT.link}" in page
    assert len(Words(legend(replace(trend_chart, goal=replace(goal, path=None)), LIGHT)).entries) == 3


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_a_map_gives_each_class_its_colour(births_by_county: MapChart, palette: object) -> None:
    page = legend(births_by_county, palette)  # type: ignore[arg-type]
    bounds = [(one.lower, one.upper) for one in births_by_county.classes]
    assert re.findall(r"background:(#\w{6})\"></span><span>", page) == list(
        class_colours(palette, "official", bounds)  # type: ignore[arg-type]
    )
    assert Words(page).entries[:2] == ["Births in a health facility (%)", "40 % to under 60 %"]
    assert "× Suppressed to protect people" in Words(page).entries


def test_a_map_without_places_does_not_explain_the_marks_of_places(difference_by_province: MapChart) -> None:
    assert not {"Official figures", "Community figures"} & set(Words(legend(difference_by_province, LIGHT)).entries)


def test_labels_are_never_markup(pairs_chart: GapChart) -> None:
    hostile = replace(pairs_chart, origins=(OriginKey("official", '<script>"'),))
    assert "&lt;script&gt;&quot;" in legend(hostile, LIGHT)
    assert "<script" not in legend(hostile, LIGHT)


def test_nothing_to_explain_gives_nothing() -> None:
    assert legend(Chart(id="bare", title="", subtitle="", alt="", source_line=""), LIGHT) == ""
