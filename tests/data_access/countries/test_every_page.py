"""Malawi, added from files and with figures pulled from an invented answer: every page opens, and its maps draw."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data_access.connectors.__main__ import main as pull
from data_access.connectors.pages import PageStore
from data_access.connectors.web import Web
from data_access.countries.__main__ import main as country
from data_access.database import engine_for, writing
from data_access.people.current import CurrentUser, Held
from data_access.prepare import prepare
from data_access.releases.publication import publish
from data_access.settings import Settings, read_settings
from tests.data_access.countries.test_scaffold import TCD_TABLE
from tests.data_access.importing.stock_take.lists import SOURCE, three_w

ROOT = Path(__file__).resolve().parents[3]
FIXTURES = Path(__file__).parent / "fixtures"
PAGES = (
    *("overview", "country", "gaps", "map", "knowledge_gaps", "brief", "dialogues", "commitments", "results", "review"),
    *("sources", "methods"),
)


def invented(request: httpx.Request) -> httpx.Response:
    """The DHS Program's format with invented values: for tests only, never run live."""
    if request.url.path.endswith("/countries"):
        return httpx.Response(200, json={"Data": [{"DHS_CountryCode": "MW", "ISO3_CountryCode": "MWI"}]})
    groups = [("Total", "Total", 80), ("Residence", "Urban", 95), ("Residence", "Rural", 75)]
    regions = [("Region", "Northern", 90), ("Region", "Central", 82), ("Region", "Southern", 70)]
    records = [
        {
            "IndicatorId": "RH_DELP_C_DHF",
            "SurveyId": "MW2020DHS",
            "SurveyYear": 2020,
            "CharacteristicCategory": category,
            "CharacteristicLabel": label,
            "Value": value,
            "DenominatorUnweighted": 2000,
            "IsPreferred": 1,
        }
        for category, label, value in groups + regions
    ]
    return httpx.Response(200, json={"TotalPages": 1, "Data": records})


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A deployment of its own: Malawi with figures, Ethiopia and Chad with areas alone."""
    folder = tmp_path_factory.mktemp("deployment")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", f"sqlite:///{folder / 'voices.db'}")
        environment.setenv("VOICES_COUNT_ILLUSTRATIVE", "off")
        environment.setenv("VOICES_COUNT_FOLDER", str(folder / "own"))
        terms = ["--licence", "test terms", "--attribution", "nobody: invented", "--vintage", "28 districts"]
        shapes = ["--names", str(FIXTURES / "malawi_names.csv"), "--level2", str(FIXTURES / "malawi_districts.geojson")]
        assert country(["add", "MWI", "--name", "Malawi", *shapes, *terms]) == 0
        names = str(folder / "eth.csv")
        codes = ["--code", "WoredaPcod", "--name1", "Region", "--name2", "Zone", "--length2", "6"]
        assert country(["areas", "ETH", str(FIXTURES / "activities_4w.csv"), names, *codes]) == 0
        assert country(["add", "ETH", "--name", "Ethiopia", "--names", names]) == 0
        by = folder / "M.yaml"
        by.write_text(SOURCE.replace("ETH", "TCD") + TCD_TABLE, encoding="utf-8")
        file = str(three_w(folder / "3w.xlsx"))
        assert country(["add", "TCD", "--name", "Chad", "--from", file, "--mapping", str(by)]) == 0
        web = Web(transport=httpx.MockTransport(invented), sleep=lambda seconds: None)
        store = PageStore(folder / "pages")
        settings = read_settings()
        prepare(settings)
        assert pull(["dhs", "MWI", "FACILITY_BIRTH"], web, store) == 0
        with writing(engine_for(settings.database_url)) as session:
            publish(session, "DHS_MWI-1", CurrentUser("Reviewer", (Held("reviewer"),)))
        st.cache_resource.clear()
        yield settings
    st.cache_resource.clear()


def opened(page: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=60)
    app.query_params.update(address)
    app.run()
    if page != "overview":
        app.switch_page(str(ROOT / "pages" / f"{page}.py"))
        app.query_params.update(address)
        app.run()
    assert not app.exception, app.exception
    assert not app.error
    return app


@pytest.mark.parametrize("iso3", ["MWI", "ETH", "TCD", "KEN"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens(deployment: Settings, page: str, iso3: str) -> None:
    app = opened(page, country=iso3)
    assert app.title[0].value
    assert app.query_params["country"] == iso3


def test_the_map_colours_its_regions(deployment: Settings) -> None:
    from dashboard.selection import Selection
    from dashboard.views.map import map_chart
    from dashboard.views.overview import pilot_map

    opened("map", country="MWI", indicator="FACILITY_BIRTH")
    chart = map_chart(Selection("MWI", "FACILITY_BIRTH", "", "2020"), "official", "admin1", "quantile")
    assert chart is not None
    assert {area.name: area.text for area in chart.areas} == {
        "Central": "82.0\u00a0%",
        "Northern": "90.0\u00a0%",
        "Southern": "70.0\u00a0%",
    }
    assert chart.layer == "MWI_1"
    assert {area.code for area in pilot_map().areas} == {"BGD", "IND", "KEN", "MWI", "NPL", "VNM"}


def test_its_sentence_and_its_source_are_told(deployment: Settings) -> None:
    overview = "\n".join(e.value for e in opened("overview").markdown).replace("\\", "").replace("\u00a0", " ")
    assert "20.0 points between rural areas (75.0 %) and urban areas (95.0 %)" in overview
    sources = opened("sources", country="MWI")
    text = "\n".join(e.value for kind in (sources.markdown, sources.caption, sources.subheader) for e in kind)
    assert "The DHS Program, indicator data" in text.replace("\\", "")


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.caption, app.info, app.subheader)
    return "\n".join(e.value for kind in kinds for e in kind).replace("\\", "").replace("\u00a0", " ")


def test_a_country_without_figures_is_said_to_have_none(deployment: Settings) -> None:
    overview = said(opened("overview"))
    assert "No figures of Ethiopia are held here; " in overview
    assert "Promised: No commitment is recorded." in overview
    country_page = said(opened("country", country="ETH"))
    assert "No figures of Ethiopia are held here; " in country_page
    assert "No figures are held here, so no gap is documented." in country_page
    assert "No official figures of Ethiopia are held here that could be broken down." in country_page
    assert "No task force is recorded for Ethiopia." in country_page
    assert "– to –" not in country_page
    assert "0 of 0" not in country_page
    sources = said(opened("sources", country="ETH"))
    assert "No source is held here for Ethiopia: it is known by its areas alone." in sources
    gaps = said(opened("gaps", country="ETH"))
    assert "No figures of this indicator are held here, so there is no inequality to measure." in gaps
    assert "apart in :" not in gaps
    the_map = said(opened("map", country="ETH"))
    assert "No figures of this indicator are held here for Ethiopia, so there is nothing to draw." in the_map
    assert "only national figures" not in the_map


def test_pulled_again_nothing_changes_and_a_failed_pull_leaves_everything(deployment: Settings, tmp_path: Path) -> None:
    before = {file: file.read_bytes() for file in deployment.own_folder.rglob("*") if file.is_file()}

    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    web = Web(transport=httpx.MockTransport(unreachable), sleep=lambda seconds: None)
    assert pull(["dhs", "MWI", "FACILITY_BIRTH"], web, PageStore(tmp_path)) == 1
    assert {file: file.read_bytes() for file in deployment.own_folder.rglob("*") if file.is_file()} == before
    assert prepare(deployment).loaded == 0
    assert pull(["dhs", "TCD", "FACILITY_BIRTH"], web, PageStore(tmp_path)) == 1
