"""Every page for every pilot country: figures as the sources publish them, and every absence in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

OpenPage = Callable[..., AppTest]
COUNTRIES = ("BGD", "IND", "KEN", "NPL", "VNM")
PAGES = ("overview", "country", "gaps", "map", "brief", "sources")


def words(app: AppTest) -> str:
    """Everything that is written on a page, without the backslashes that keep text from being Markdown."""
    parts = [
        e.value for kind in (app.title, app.header, app.subheader, app.markdown, app.caption, app.info) for e in kind
    ]
    return "\n".join(parts).replace("\\", "").replace("\u00a0", " ")


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_for_every_country(open_page: OpenPage, page: str, country: str) -> None:
    app = open_page(page, country=country)
    assert app.title[0].value
    assert not app.error


def test_overview_says_a_sentence_for_each_country(open_page: OpenPage) -> None:
    text = words(open_page())
    assert "92.3 points between Mandera (98.7 %) and Nairobi (6.4 %)" in text
    assert "71.2 points between Manipur (75.5 %) and Chandigarh (4.3 %)" in text
    assert text.count("uncertainty unknown") >= 5


def test_gaps_name_who_is_behind_in_kenya(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="FACILITY_BIRTH"))
    assert "Those without education 43.9 points behind those with more than secondary education" in text
    assert "Garissa 52.9 points behind Nyeri" in text
    assert "Uncertainty unknown: the source publishes no intervals for these figures." in text


def test_the_interval_of_karnali_is_shown(open_page: OpenPage) -> None:
    from dashboard.selection import Selection
    from dashboard.views.places import where_behind

    open_page("gaps", country="NPL", indicator="MPI_H")
    chart = where_behind(Selection("NPL", "MPI_H", "", "2022"), "admin1")
    assert chart is not None
    first, last = chart.rows[0].marks[0], chart.rows[-1].marks[0]
    assert (chart.rows[0].label, first.text, chart.rows[-1].label, last.text) == (
        "Karnali",
        "34.0\u00a0%",
        "Bagmati",
        "7.7\u00a0%",
    )
    assert "95 % interval 28.5–40.0" in first.detail


def test_a_score_is_never_set_against_a_percentage(open_page: OpenPage) -> None:
    app = open_page("gaps", country="VNM", indicator="PAPI_TOTAL")
    text = words(app)
    assert "Only communities have counted this" in text
    assert "score on a scale from 6 to 60" in text


def test_kibera_is_a_pair_drawn_as_indicative(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="KIBERA_PUPILS_MATCHED"))
    assert "Everyone, Kibera, Nairobi: communities found 2,183 more than the official figure" in text


def test_illustrative_figures_are_marked_and_never_headline_the_overview(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="KEN", indicator="FACILITY_BIRTH"))
    assert "ILLUSTRATIVE: contains invented figures" in text
    assert "Illustrative: Everyone, Kisumu: communities found 18.8 points less" in text
    assert "llustrative" not in words(open_page())


def test_one_switch_takes_every_illustrative_figure_away(
    open_page: OpenPage, environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path_factory.mktemp('off') / 'off.db'}")
    environment.setenv("VOICES_COUNT_ILLUSTRATIVE", "off")
    for page in PAGES:
        assert "llustrative" not in words(open_page(page, country="KEN", indicator="FACILITY_BIRTH"))


def test_a_series_without_groups_says_so(open_page: OpenPage) -> None:
    text = words(open_page("gaps", country="BGD", indicator="POV_INTL_190"))
    assert "No source held here breaks this indicator down by group nationally." in text


def test_a_national_series_has_no_map_and_says_so(open_page: OpenPage) -> None:
    text = words(open_page("map", country="BGD", indicator="POV_INTL_190"))
    assert "only national figures" in text


def test_sources_show_licence_caveats_and_release(open_page: OpenPage) -> None:
    text = words(open_page("sources", country="KEN"))
    assert "Kenya Mini Demographic and Health Survey 2025-26 (tables 2.12, 9.7, 9.8)" in text
    assert "terms of the publisher not verified" in text
    assert "prevalence 2.2 percent is far below survey estimates" in text
    assert "figures/KEN_CENSUS_2019.csv, 3,684 rows" in text


def test_a_database_that_cannot_be_used_is_one_sentence(
    environment: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from tests.pages.conftest import MAIN

    broken = tmp_path_factory.mktemp("broken") / "broken.db"
    broken.write_bytes(b"this is no database" * 400)
    environment.setenv("DATABASE_URL", f"sqlite:///{broken}")
    app = AppTest.from_file(MAIN, default_timeout=30).run()
    assert not app.exception
    assert "damaged or is not a database" in app.error[0].value
    assert "Move the file away" in app.error[0].value
    assert app.button[0].label == "Try again"
    assert broken.read_bytes() == b"this is no database" * 400


def test_documents_carry_the_public_address_where_one_is_set(
    open_page: OpenPage, environment: pytest.MonkeyPatch
) -> None:
    from dashboard.selection import Selection
    from dashboard.views.brief import brief_of

    environment.setenv("PUBLIC_URL", "https://evidence.example.org/")
    open_page("brief", country="KEN", indicator="FACILITY_BIRTH")
    brief = brief_of(Selection("KEN", "FACILITY_BIRTH", "", "2025-26"))
    assert brief is not None
    address = "https://evidence.example.org/gaps?country=KEN&indicator=FACILITY_BIRTH&group=&year=2025-26"
    assert brief.permalink == address
    assert brief.release == "KEN_ILL_PURPOSIVE-1, KEN_ILL_SURVEY-1, KEN_KMDHS_2025_26-1"


def test_without_a_public_address_a_document_names_its_release_and_view(open_page: OpenPage) -> None:
    from dashboard.selection import Selection
    from dashboard.views.brief import brief_of

    open_page("brief", country="KEN", indicator="FACILITY_BIRTH")
    brief = brief_of(Selection("KEN", "FACILITY_BIRTH", "", "2025-26"))
    assert brief is not None
    assert (brief.permalink, brief.view_code) == (
        "",
        "gaps?country=KEN&indicator=FACILITY_BIRTH&group=&year=2025-26",
    )
