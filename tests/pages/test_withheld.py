"""No page, chart, tooltip, caption, table, download or brief gives a withheld figure away, whatever is asked of it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from pypdf import PdfReader
from sqlalchemy.engine import Engine
from streamlit.testing.v1 import AppTest

from dashboard.briefs.compiler import pdf
from dashboard.charts import downloads, print_charts
from dashboard.charts.deck_map import deck
from dashboard.charts.definitions import Chart, GapChart, MapChart
from dashboard.charts.map_tooltip import tooltip
from dashboard.charts.plotly_charts import gap_figure
from dashboard.charts.plotly_map import map_figure
from dashboard.charts.table import table
from dashboard.selection import Selection
from dashboard.theme import LIGHT
from dashboard.views.brief import brief_of
from dashboard.views.map import map_chart
from dashboard.views.pairs import official_and_community
from dashboard.views.people import who_is_behind
from dashboard.views.places import where_behind
from data_access.database import engine_for, writing
from data_access.importing.load import load_source
from data_access.importing.shipped import COLUMNS, ShippedSource, shipped_sources
from data_access.prepare import prepare
from data_access.settings import read_settings

OpenPage = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]
SECRET = re.compile(r"77[.,]77|66[.,]66|77[.,]8\b|66[.,]7\b|7013|6017|31[.,]31|32[.,]32")
"""The withheld values, their rounding on screen, their bounds and denominators."""
SELECTION = Selection("KEN", "FACILITY_BIRTH", "", "2025")
ROWS = (
    "KEN,FACILITY_BIRTH,,2025,61.3,,,,300,,A,",
    "KE-07,FACILITY_BIRTH,,2025,52,,,,100,,A,",
    "KE-09,FACILITY_BIRTH,,2025,66,,,,200,,A,",
    "KE-07,FACILITY_BIRTH,URBANISATION=R,2025,66.66,9,31.31,91.1,93,6017,A,66.66 of them",
    "KE-07,FACILITY_BIRTH,URBANISATION=U,2025,77.77,9,32.32,94.2,7,7013,A,seven answered 77.77",
    "KE-09,FACILITY_BIRTH,URBANISATION=R,2025,65,,,,100,,A,",
    "KE-09,FACILITY_BIRTH,URBANISATION=U,2025,67,,,,100,,A,",
    "KE-30,FACILITY_BIRTH,,2025,90,,,,400,,A,",
    "KE-30,FACILITY_BIRTH,URBANISATION=U,2025,90,,,,400,,A,",
    "KEN,FACILITY_BIRTH,URBANISATION=R,2025,60,,,,150,,A,",
    "KEN,FACILITY_BIRTH,URBANISATION=U,2025,62,,,,150,,A,",
)


@pytest.fixture(scope="module")
def withholding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database in which a community survey has two figures withheld; the address of it."""
    folder = tmp_path_factory.mktemp("withheld")
    url = f"sqlite:///{folder / 'withheld.db'}"
    prepare(read_settings({"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "off"}))
    model = next(s.sidecar for s in shipped_sources(illustrative=False) if s.sidecar.code == "VNM_PAPI")
    file = folder / "figures" / "ASKED_HERE.csv"
    file.parent.mkdir()
    file.write_text("\n".join([",".join(COLUMNS), *ROWS]) + "\n", encoding="utf-8")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    sidecar = replace(model, code="ASKED_HERE", title="Asked here", countries=["KEN"], rows=len(ROWS), sha256=digest)
    with writing(engine_for(url)) as session:
        load_source(session, ShippedSource(sidecar, file))
    yield url


@pytest.fixture(autouse=True)
def deployment(withholding: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATABASE_URL", withholding)
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "off")
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def charts() -> list[Chart]:
    found = [
        who_is_behind(SELECTION),
        where_behind(SELECTION, "admin1"),
        where_behind(SELECTION, "admin1", "URBANISATION"),
        where_behind(replace(SELECTION, group="URBANISATION=U"), "admin1"),
        official_and_community(SELECTION),
        *(
            map_chart(replace(SELECTION, group=group), show, "admin1", "quantile")
            for group in ("", "URBANISATION=R", "URBANISATION=U")
            for show in ("official", "community", "difference")
        ),
    ]
    return [chart for chart in found if chart is not None]


def words_of(chart: Chart) -> Iterator[str]:
    """Everything a reader can get of a chart."""
    yield repr(chart)
    yield table(chart).to_csv()
    yield downloads.csv(chart).decode()
    with zipfile.ZipFile(io.BytesIO(downloads.xlsx(chart))) as workbook:
        yield from (workbook.read(name).decode("utf-8", "replace") for name in workbook.namelist())
    if isinstance(chart, GapChart):
        yield json.dumps(gap_figure(chart, LIGHT), default=str)
    if isinstance(chart, MapChart):
        yield json.dumps(map_figure(chart, LIGHT, "/boundaries"), default=str)
        yield deck(chart, LIGHT, "/boundaries").to_json()
        yield json.dumps(tooltip(chart, LIGHT))


def test_the_truth_is_in_the_database_and_would_be_found(withholding: str) -> None:
    with engine_for(withholding).connect() as connection:
        rows = connection.execute(sa.text("SELECT value, n, kind FROM protected_value ORDER BY n")).all()
    assert [tuple(row) for row in rows] == [(77.77, 7, "primary"), (66.66, 93, "complementary")]
    assert SECRET.search("77.8 %")


def test_no_chart_and_no_download_tells() -> None:
    found = charts()
    assert len(found) >= 6
    withheld = sum("Withheld to protect people" in table(chart).to_csv() for chart in found)
    assert withheld >= 2
    for chart in found:
        for words in words_of(chart):
            assert not SECRET.search(words), (chart.id, SECRET.search(words))


def test_no_picture_tells() -> None:
    chart = where_behind(SELECTION, "admin1", "URBANISATION")
    assert chart is not None
    assert not SECRET.search(json.dumps(print_charts._content(chart), default=str))


@pytest.mark.parametrize("group", ["", "URBANISATION=R", "URBANISATION=U"])
def test_no_brief_tells(group: str) -> None:
    brief = brief_of(replace(SELECTION, group=group))
    assert brief is not None
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf(brief))).pages)
    assert "Asked here" in text
    assert not SECRET.search(text)


@pytest.mark.parametrize("page", ["gaps", "map", "country", "brief", "sources", "overview"])
@pytest.mark.parametrize("group", ["", "URBANISATION=U"])
def test_no_page_tells(page: str, group: str) -> None:
    app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=60)
    address = {"country": "KEN", "indicator": "FACILITY_BIRTH", "group": group, "year": "2025", "by": "URBANISATION"}
    for key, value in address.items():
        app.query_params[key] = value
    app.run()
    if page != "overview":
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
    assert [e.stack_trace for e in app.exception] == []
    assert not SECRET.search(repr(app._tree))


def test_no_statement_that_a_page_sends_names_the_protected_table(withholding: str) -> None:
    asked: list[str] = []
    engine: Engine = engine_for(withholding)

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        for page in ("overview", "gaps", "map", "country", "brief", "sources"):
            app = AppTest.from_file(str(ROOT / "dashboard" / "main.py"), default_timeout=60)
            app.query_params["country"], app.query_params["indicator"] = "KEN", "FACILITY_BIRTH"
            app.run()
            if page != "overview":
                app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        for chart in charts():
            downloads.csv(chart)
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)
    assert len(asked) > 20
    assert not [statement for statement in asked if "protected" in statement]
