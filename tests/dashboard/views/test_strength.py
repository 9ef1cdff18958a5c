"""The grade of real findings, from the figures as they ship, as of one day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
import streamlit as st
from sqlalchemy.engine import Engine

from dashboard import store
from dashboard.selection import Selection
from dashboard.text.strength import difference_line, held_down_text
from dashboard.views import strength as views
from dashboard.views.pairs import pairs_of
from dashboard.views.places import where_behind
from data_access.figures import Figure
from data_access.queries.pairs import Pair

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def shipped(filled: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything that ships, looked at on one day."""
    monkeypatch.setenv("DATABASE_URL", str(filled.url))
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    monkeypatch.setattr(views, "today", lambda: DAY)
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def figure(country: str, series: str, source: str, area: str, group: str = "", period: str = "") -> Figure:
    found = [
        f
        for f in store.figures(country, series)
        if (f.source, f.area, f.group) == (source, area, group) and period in ("", f.time_period)
    ]
    return max(found, key=lambda f: f.year)


def line(found: Figure) -> str:
    graded = views.strength_of_gap(found, found)
    assert graded is not None
    return difference_line(graded, (found, found)).replace("\u00a0", " ")


def test_five_real_figures() -> None:
    assert line(figure("NPL", "MPI_H", "OPHI_GMPI_2024", "NP-P6")) == (
        "Evidence: B — interval known, not narrow (11.6 points), n 3,640, from 2022, 4 years ago, probability sample"
    )
    assert line(figure("KEN", "FACILITY_BIRTH", "KEN_KMDHS_2025_26", "KEN")) == (
        "Evidence: C — no known interval, n 4,115, from 2025-26, probability sample"
    )
    assert line(figure("KEN", "LIGHTING_MAINS_HH", "KEN_CENSUS_2019", "KEN")) == (
        "Evidence: C — no known interval, from 2019, 7 years ago, census"
    )
    assert line(figure("VNM", "PAPI_TOTAL", "VNM_PAPI", "VN-HN", period="2016")) == (
        "Evidence: D — no known interval, sample size unknown, from 2016, 10 years ago, probability sample, "
        "the gateway of its quality assessment is open (consent and privacy)"
    )
    assert line(figure("KEN", "KIBERA_PUPILS_MATCHED", "KEN_MAPKIBERA_SCHOOLS", "KE-30-KIBERA")) == (
        "Evidence: D — no known interval, n 38, which is small, from 2010-17, 9 years ago, community mapping, "
        "the gateway of its quality assessment is open (consent and privacy)"
    )


def test_the_same_figure_weakens_as_years_go_by(monkeypatch: pytest.MonkeyPatch) -> None:
    found = figure("NPL", "MPI_H", "OPHI_GMPI_2024", "NP-P6")
    grades = []
    for year in (2024, 2027, 2032, 2033):
        monkeypatch.setattr(views, "today", lambda year=year: date(year, 1, 1))
        graded = views.strength_of(found)
        grades.append(graded.grade if graded else None)
    assert grades == ["B", "B", "C", "D"]


def test_the_gap_between_provinces_takes_the_weaker_end() -> None:
    chart = where_behind(Selection("NPL", "MPI_H", "", "2022"), "admin1")
    assert chart is not None
    ends = views.widest_between_areas(chart)
    assert ends is not None and [f.area_name for f in ends] == ["Karnali", "Bagmati"]
    graded = views.strength_of_gap(*ends)
    assert graded is not None
    assert (graded.grade, [f.grade for f in graded.figures], graded.deciding) == ("B", ["B", "B"], 0)
    assert held_down_text(graded) == "interval not narrow, not quite recent"


def test_the_headline_of_kenyas_births_is_c_for_want_of_an_interval() -> None:
    ends = views.widest_between_groups(Selection("KEN", "FACILITY_BIRTH", "", "2025-26"))
    assert ends is not None
    graded = views.strength_of_gap(*ends)
    assert graded is not None
    assert difference_line(graded, ends) == "Evidence: C — no known interval, n 363, from 2025-26, probability sample"


def kibera() -> Pair:
    (found,) = pairs_of(Selection("KEN", "KIBERA_PUPILS_MATCHED", "", "2010-17"))
    return found


def test_kiberas_pair_is_d() -> None:
    pair = kibera()
    graded = views.strength_of_pair(pair)
    assert graded is not None and graded.comparability is not None
    assert (graded.grade, [f.grade for f in graded.figures], graded.comparability.code) == (
        "D",
        ["D", "D"],
        "indicative",
    )
    assert {c.name for c in graded.held_down_by} >= {"recency"}


def test_what_may_not_be_subtracted_has_no_grade() -> None:
    pair = kibera()
    assert pair.comparability is not None
    apart = replace(pair, comparability=replace(pair.comparability, grade="not_comparable"))
    graded = views.strength_of_pair(apart)
    assert graded is not None and apart.official is not None
    assert graded.grade is None
    assert difference_line(graded, (apart.official, apart.community)) == (
        "Evidence: no grade — the two figures are not comparable"
    )


def test_a_source_that_fails_the_gateway_is_d_and_says_so() -> None:
    found = next(
        f
        for series in {s for c, s in store.catalogue().holdings_of if c == "NPL"}
        for f in store.figures("NPL", series)
        if f.source == "NPL_ILL_PURPOSIVE" and f.value is not None and f.status == "A"
    )
    graded = views.strength_of(found)
    assert graded is not None and graded.grade == "D"
    assert [c.code for c in graded.held_down_by] == ["gateway_failed"]
    assert "failed the gateway of its quality assessment (consent and privacy)" in line(found)


def test_a_withheld_figure_has_no_grade() -> None:
    found = figure("KEN", "FACILITY_BIRTH", "KEN_KMDHS_2025_26", "KEN")
    assert views.strength_of(replace(found, value=None, absence="suppressed")) is None
    assert views.strength_of_gap(found, replace(found, value=None, absence="suppressed")) is None
    assert views.strength_of_pair(Pair(found, None, None)) is None
