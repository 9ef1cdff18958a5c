"""The Data desk: a messy file of our own becomes a draft, is published, is seen, and is withdrawn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from data_access.database import engine_for
from data_access.prepare import prepare
from data_access.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
MAIN, DESK = str(ROOT / "dashboard" / "main.py"), str(ROOT / "pages" / "desk.py")
FILE = (
    "\ufeffHouseholds with mains light, asked by the partner\n\n"
    "County;2025;asked\nGarissa;41,5;212\nMandera;..;\nTana Rivr;38,0;190\n"
)
MAPPING = """\
version: 1
source:
  code: PARTNER_LIGHT
  title: "Light, as households told a partner"
  publisher: "A partner of the coalition"
  origin: community
  countries: ["KEN"]
  collection: community_survey
  sampling: purposive
  licence: "CC BY 4.0"
  licence_state: attribution
  citation: "A partner's survey, 2025"
  consent: stated
  sharing: public
tables:
  - header_rows: [3]
    columns:
      - header: County
        means: area
      - header: asked
        means: n
    values:
      - header: "2025"
        series: LIGHTING_MAINS_HH
        period: "2025"
    missing:
      - code: ".."
    areas:
      country: KEN
      kind: admin1
"""


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    url = f"sqlite:///{tmp_path / 'desk.db'}"
    prepare(read_settings({"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "off"}))
    for name, value in (("DATABASE_URL", url), ("VOICES_COUNT_ILLUSTRATIVE", "off"), ("VOICES_COUNT_STEWARD", "on")):
        monkeypatch.setenv(name, value)
    st.cache_resource.clear()
    yield url
    st.cache_resource.clear()


def opened() -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.query_params["country"], app.query_params["indicator"] = "KEN", "LIGHTING_MAINS_HH"
    app.run()
    app.switch_page(DESK).run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.success, *app.warning, *app.error, *app.info, *app.caption]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def waited(app: AppTest) -> AppTest:
    """The page once the import beside it has ended."""
    deadline = time.monotonic() + 60
    while app.session_state["desk-work"].running and time.monotonic() < deadline:
        time.sleep(0.2)
    app.run()
    return app.run()


def test_from_a_messy_file_to_a_withdrawal(url: str) -> None:
    app = opened()
    app.file_uploader(key="desk-file").set_value(("light.csv", FILE.encode(), "text/csv")).run()
    assert "Separator: semicolon" in said(app)
    assert "please confirm" in app.text_area(key="desk-mapping").value
    app.text_area(key="desk-mapping").set_value(MAPPING).run()
    app = waited(app.button(key="desk-dry").click().run())
    assert app.button(key="desk-keep").disabled
    question = next(box for box in app.selectbox if "Tana Rivr" in box.label)
    assert question.options == ["not answered", "KE-40 Tana River (spelt 95 % alike, of level 1)"]
    question.select_index(1).run()
    app = waited(app.button(key="desk-dry").click().run())
    assert "It would add 2 figures, change 0, take away 0 and leave 0 as they are" in said(app)
    app = waited(app.button(key="desk-keep").click().run())
    assert "Kept as draft PARTNER_LIGHT-1: 2 figures, 0 of them withheld" in said(app)

    engine = engine_for(url)
    app = opened()
    assert app.button(key="publish-PARTNER_LIGHT-1").disabled  # who imported it needs a second person, or to say so
    app.checkbox(key="alone-PARTNER_LIGHT-1").check().run()
    app.button(key="publish-PARTNER_LIGHT-1").click().run()
    assert "NOT REVIEWED by a second person" in said(app)
    held = sa.text(
        "SELECT a.code, o.value, o.n FROM observation o JOIN area a ON a.id = o.area_id "
        "JOIN source s ON s.id = o.source_id WHERE s.code = 'PARTNER_LIGHT' AND o.revision = 0 ORDER BY a.code"
    )
    with engine.connect() as connection:
        assert [tuple(row) for row in connection.execute(held)] == [("KE-07", 41.5, 212), ("KE-40", 38.0, 190)]

    app.text_input(key="why-PARTNER_LIGHT-1").input("The partner asked us to.").run()
    app.button(key="withdraw-PARTNER_LIGHT-1").click().run()
    assert "The partner asked us to" in said(app)
    with engine.connect() as connection:
        assert connection.execute(held).all() == []


def test_a_file_that_cannot_be_read_says_so_and_the_page_lives_on(url: str) -> None:
    app = opened()
    app.file_uploader(key="desk-file").set_value(("light.xlsx", b"PK\x03\x04 not a workbook", "x")).run()
    assert not app.exception
    assert "light.xlsx" in "".join(str(e.value) for e in app.error)


def test_without_the_word_of_a_steward_there_is_no_desk(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICES_COUNT_STEWARD", "off")
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    with pytest.raises(Exception, match=r"desk|page|find"):
        app.switch_page(DESK).run()
        raise AssertionError("; ".join(str(e.value) for e in app.error) or "page shown")
    assert "Data desk" not in "".join(h.value for h in app.title)
