"""A file about Viet Nam's 34 provinces: taken in by their names, drawn and listed in their own division."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import streamlit as st

from dashboard import store
from dashboard.selection import Selection
from dashboard.views.map import map_chart
from data_access.database import engine_for, writing
from data_access.importing.desk.job import run_import
from data_access.importing.resolution.vintages import vintages
from data_access.people.current import CurrentUser, Held
from data_access.prepare import prepare
from data_access.releases.publication import publish
from data_access.settings import Settings, read_settings

STEWARD = CurrentUser("Steward", (Held("steward"),))
REVIEWER = CurrentUser("Reviewer", (Held("reviewer"),))
MAPPING = """\
version: 1
source:
  code: VNM_TEST_34
  title: "Invented figures for a test"
  publisher: "Example office"
  origin: official
  countries: ["VNM"]
  collection: administrative
  sampling: administrative
  licence: "none, a test"
  licence_state: unverified
  citation: "a test"
  consent: not_applicable
tables:
  - columns:
      - {header: Province, means: area}
    values:
      - {header: "2025", series: POV_NATIONAL_LINE, period: "2025"}
    areas: {country: VNM, vintage: VNM-34}
"""


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    folder = tmp_path_factory.mktemp("later")
    rows = [f"{area.name},{number}.5" for number, area in enumerate(vintages("VNM").get("VNM-34").areas, 1)]
    (folder / "provinces.csv").write_text("\n".join(["Province,2025", "Viet Nam,9.9", *rows]), encoding="utf-8")
    (folder / "M.yaml").write_text(MAPPING, encoding="utf-8")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", f"sqlite:///{folder / 'voices.db'}")
        environment.setenv("VOICES_COUNT_ILLUSTRATIVE", "off")
        settings = read_settings()
        prepare(settings)
        outcome = run_import(folder / "provinces.csv", folder / "M.yaml", settings=settings, by=STEWARD)
        assert [f.what for f in outcome.findings if f.kind != "remark"] == []
        assert outcome.draft is not None
        with writing(engine_for(settings.database_url)) as session:
            publish(session, outcome.draft.release, REVIEWER)
        st.cache_resource.clear()
        yield settings
    st.cache_resource.clear()


def test_the_34_are_drawn_on_boundaries_of_their_own(deployment: Settings) -> None:
    chart = map_chart(Selection("VNM", "POV_NATIONAL_LINE", "", "2025"), "official", "admin1", "quantile")
    assert chart is not None
    assert chart.layer == "VNM_1-2025"
    assert len(chart.areas) == 34
    assert {a.code: [f.value for f in a.figures] for a in chart.areas}["VN25-02"] == [2.5]
    assert [area.code for area in chart.areas if area.absence] == []


def test_the_63_stay_as_they_were(deployment: Settings) -> None:
    chart = map_chart(Selection("VNM", "POV_NATIONAL_LINE", "", "2016"), "official", "admin1", "quantile")
    assert chart is not None
    assert chart.layer == "VNM_1"
    assert len(chart.areas) == 63
    assert not any(area.code.startswith("VN25-") for area in chart.areas)
    assert len(store.catalogue().areas_of("VNM", "admin1")) == 63
