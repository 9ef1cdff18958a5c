"""The one chooser: kept across pages and in the address, as codes; what cannot be shown is said."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]


def texts(app: AppTest) -> str:
    return "\n".join([m.value for m in app.markdown] + [c.value for c in app.caption] + [t.value for t in app.title])


def test_the_address_holds_codes(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="FACILITY_BIRTH")
    assert {key: app.query_params[key] for key in ("country", "indicator", "group", "year")} == {
        "country": "KEN",
        "indicator": "FACILITY_BIRTH",
        "group": "",
        "year": "2025-26",
    }


def test_a_choice_is_kept_on_another_page(open_page: OpenPage) -> None:
    app = open_page("gaps", country="NPL", indicator="MPI_H")
    app.query_params.clear()
    app.run()
    assert app.selectbox(key="country").value == "NPL"
    assert app.selectbox(key="indicator").value == "MPI_H"


def test_choosing_another_country_changes_the_address(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="MPI_H")
    app.selectbox(key="country").set_value("NPL").run()
    assert app.query_params["country"] == "NPL"
    assert app.query_params["indicator"] == "MPI_H"
    assert not app.exception


def test_back_restores_what_the_address_says(open_page: OpenPage) -> None:
    app = open_page("gaps", country="KEN", indicator="MPI_H")
    app.selectbox(key="country").set_value("NPL").run()
    app.query_params["country"] = "KEN"  # what the browser's back button does
    app.run()
    assert app.selectbox(key="country").value == "KEN"


def test_hostile_and_stale_codes_fall_back_with_a_notice(open_page: OpenPage) -> None:
    app = open_page("gaps", country="<script>alert(1)</script>", indicator="'; DROP TABLE observation;--", year="1066")
    assert app.selectbox(key="country").value == "KEN"
    assert len(app.info) >= 2
    assert "cannot be shown here" in app.info[0].value
    assert app.query_params["country"] == "KEN"


def test_an_indicator_without_figures_is_listed_with_the_reason(open_page: OpenPage) -> None:
    app = open_page("gaps", country="BGD")
    labels = app.selectbox(key="indicator").options
    assert "3.1 · Births in a health facility (institutional births) — no figures held for Bangladesh" in labels


def test_asking_for_an_indicator_without_figures_says_why(open_page: OpenPage) -> None:
    app = open_page("gaps", country="BGD", indicator="FACILITY_BIRTH")
    assert app.selectbox(key="indicator").value != "FACILITY_BIRTH"
    assert any("no figures held for Bangladesh" in notice.value for notice in app.info)


def test_a_breakdown_that_only_other_countries_have_is_listed_as_unavailable(open_page: OpenPage) -> None:
    app = open_page("gaps", country="IND", indicator="FACILITY_BIRTH")
    reason = "not broken down in the sources held for this country"
    assert f"By wealth — {reason}" in app.selectbox(key="group").options


def test_the_first_period_is_the_newest_official_one(open_page: OpenPage) -> None:
    app = open_page("gaps", country="BGD", indicator="SANITATION_BASIC")
    assert app.selectbox(key="year").value == "2020"  # illustrative figures of 2022 are held too
