"""The Data desk: a messy file of our own becomes a draft, is published, is seen, and is withdrawn."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.desk.intake import Intake, at_hand
from data_access.database import engine_for
from data_access.importing.estimates.private_folder import folder_of_jobs
from data_access.prepare import prepare
from data_access.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
MAIN, DESK = str(ROOT / "dashboard" / "main.py"), str(ROOT / "pages" / "desk.py")
FILE = (
    "\ufeffHouseholds with mains light, asked by the partner\n\n"
    "County;Residence;2025;asked\nGarissa;Urbann;41,5;212\nGarissa;Rural;21,5;180\nMandera;Rural;..;\n"
    "Tana Rivr;Urbann;38,0;190\nTana Rivr;Rurall;18,0;190\nHomabay Twn;Rural;33,0;150\n"
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
      - header: County  # their own spelling
        means: area
      - header: Residence
        means: group
        dimension: URBANISATION
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
HELD = sa.text(
    "SELECT a.code, g.key, o.value FROM observation o JOIN area a ON a.id = o.area_id "
    "JOIN population_group g ON g.id = o.group_id JOIN source s ON s.id = o.source_id "
    "WHERE s.code = 'PARTNER_LIGHT' AND o.revision = 0 ORDER BY a.code, g.key"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("desk") / "filled.db"
    prepare(read_settings({"DATABASE_URL": f"sqlite:///{file}", "VOICES_COUNT_ILLUSTRATIVE": "off"}))
    return file


@pytest.fixture
def url(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    file = tmp_path / "desk.db"
    with sa.create_engine(f"sqlite:///{filled}").connect() as held:
        held.execute(sa.text("VACUUM INTO :file"), {"file": str(file)})
    url = f"sqlite:///{file}"
    for name, value in (
        ("DATABASE_URL", url),
        ("VOICES_COUNT_ILLUSTRATIVE", "off"),
        ("VOICES_COUNT_STEWARD", "on"),
        ("VOICES_COUNT_SCRATCH", str(tmp_path / "scratch")),
    ):
        monkeypatch.setenv(name, value)
    st.cache_resource.clear()
    at_hand.cache_clear()
    yield url
    st.cache_resource.clear()


def opened(file: str = "") -> AppTest:
    app = AppTest.from_file(MAIN, default_timeout=60)
    app.query_params["country"], app.query_params["indicator"] = "KEN", "LIGHTING_MAINS_HH"
    app.run()
    app.switch_page(DESK)
    if file:
        app.query_params["file"] = file
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    parts = [*app.markdown, *app.success, *app.warning, *app.error, *app.info, *app.caption]
    return "\n".join(str(part.value) for part in parts).replace("\\", "")


def token(app: AppTest) -> str:
    held: str | list[str] = app.query_params["file"]
    return held if isinstance(held, str) else held[0]


def in_hand(app: AppTest) -> Intake:
    found = at_hand().find(token(app))
    assert found is not None
    return found


def waited(app: AppTest) -> AppTest:
    """The page once what is under way beside it has ended."""
    deadline = time.monotonic() + 60
    while in_hand(app).running is not None and time.monotonic() < deadline:
        time.sleep(0.1)
    app.run()
    assert not app.exception
    return app


def brought(name: str = "light.csv", content: bytes = FILE.encode(), mapping: str = MAPPING) -> AppTest:
    app = opened()
    assert "Next: choose the partner's file." in said(app)
    app.file_uploader(key="desk-file-0").set_value((name, content, "text/csv")).run()
    app = waited(app)
    if mapping:
        app.text_area(key="desk-mapping").set_value(mapping).run()
    return app


def tried(app: AppTest) -> AppTest:
    return waited(app.button(key="desk-dry").click().run())


def left_behind() -> list[str]:
    return [folder.name for folder in folder_of_jobs().glob("job-*")]


def test_from_a_messy_file_to_a_withdrawal(url: str) -> None:
    app = brought(mapping="")
    assert "Separator: semicolon" in said(app)
    assert "please confirm" in app.text_area(key="desk-mapping").value
    app.text_area(key="desk-mapping").set_value(MAPPING).run()
    assert "look whether the mapping is right" in said(app)
    app = tried(app)
    assert "Next: answer 4 questions in step 4. Then try again." in said(app)
    assert app.button(key="desk-keep").disabled
    place, group = app.selectbox(key="desk-answer-area-Tana Rivr"), app.selectbox(key="desk-answer-URBANISATION-Urbann")
    assert place.options[:2] == ["not answered", "Tana River (spelt 95 % alike, of level 1) · KE-40"]
    assert "2 rows wait for the answer" in said(app)
    place.set_value("KE-40").run()
    group.set_value("U").run()
    app.selectbox(key="desk-answer-URBANISATION-Rurall").set_value("R").run()
    app.selectbox(key="desk-answer-area-Homabay Twn").select("None of these: leave its rows out").run()
    mapping = in_hand(app).mapping
    assert "# their own spelling" in mapping
    assert "drop_rows" in mapping
    assert "something changed since the last try" in said(app)
    app = tried(app)
    assert "Figures added: 4. Changed: 0. Taken away: 0. Left as they are: 0." in said(app)
    app = waited(app.button(key="desk-keep").click().run())
    assert "Kept as draft PARTNER_LIGHT-1: 4 figures, 0 of them withheld" in said(app)
    assert left_behind() == []

    assert app.button(key="publish-PARTNER_LIGHT-1").disabled  # who imported it needs a second person, or to say so
    app.checkbox(key="alone-PARTNER_LIGHT-1").check().run()
    app.button(key="publish-PARTNER_LIGHT-1").click().run()
    assert "NOT REVIEWED by a second person" in said(app)
    with engine_for(url).connect() as connection:
        assert [tuple(row) for row in connection.execute(HELD)] == [
            ("KE-07", "URBANISATION=R", 21.5),
            ("KE-07", "URBANISATION=U", 41.5),
            ("KE-40", "URBANISATION=R", 18.0),
            ("KE-40", "URBANISATION=U", 38.0),
        ]

    app.text_input(key="why-PARTNER_LIGHT-1").input("The partner asked us to.").run()
    app.button(key="withdraw-PARTNER_LIGHT-1").click().run()
    assert "why: The partner asked us to." in said(app)
    with engine_for(url).connect() as connection:
        assert connection.execute(HELD).all() == []


def published(app: AppTest) -> AppTest:
    for about, text, code in (
        ("area", "Tana Rivr", "KE-40"),
        ("area", "Homabay Twn", "KE-08"),
        ("URBANISATION", "Urbann", "U"),
        ("URBANISATION", "Rurall", "R"),
    ):
        app.selectbox(key=f"desk-answer-{about}-{text}").set_value(code).run()
    app.button(key="desk-answers-write").click().run()
    app = waited(tried(app).button(key="desk-keep").click().run())
    app.checkbox(key="alone-PARTNER_LIGHT-1").check().run()
    return app.button(key="publish-PARTNER_LIGHT-1").click().run()


def test_next_years_round_begins_as_last_time_and_asks_nothing(url: str) -> None:
    app = published(tried(brought()))
    app.button(key="desk-away").click().run()
    again = FILE.replace("41,5", "44,5").encode()
    app.file_uploader(key="desk-file-1").set_value(("light again.csv", again, "text/csv")).run()
    app = waited(app)
    choice = app.selectbox(key="desk-mapping-choice")
    assert choice.options[1] == "As last time: Light, as households told a partner (PARTNER_LIGHT-1, light.csv)"
    choice.set_value("PARTNER_LIGHT-1").run()
    app = tried(app)
    assert "No questions are open." in said(app)
    assert "Figures added: 0. Changed: 1. Taken away: 0. Left as they are: 4." in said(app)
    changed = next(frame.value for frame in app.dataframe if "Now" in frame.value.columns)
    assert changed[["Place", "Now", "Then"]].to_numpy().tolist() == [["Garissa", "41.5", "44.5"]]


def test_a_reload_finds_the_file_again_and_another_tab_has_its_own(url: str) -> None:
    app = tried(brought())
    again = opened(token(app))
    assert again.text_area(key="desk-mapping").value == MAPPING
    assert "answer 4 questions" in said(again)
    assert "Next: choose the partner's file." in said(opened())


def test_a_file_that_was_put_away_is_said_to_be_gone(url: str) -> None:
    app = opened("no-such-file")
    assert "The file that was being brought in is no longer here. Nothing of it was kept" in said(app)


def test_a_wrong_mapping_is_shown_with_line_and_key_and_cannot_be_tried(url: str) -> None:
    app = brought(mapping=MAPPING.replace("origin: community", "origin: comunity"))
    assert "line 6, source.origin: “comunity”" in said(app)
    assert app.code[0].value.strip() == "origin: comunity"
    assert app.button(key="desk-dry").disabled
    assert "Next: mend 1 line of the mapping, in step 2." in said(app)


def test_the_facts_of_a_source_can_be_filled_in_without_writing_a_line(url: str) -> None:
    app = brought(mapping="")
    field = next(box for box in app.text_input if box.label.startswith("Publisher"))
    field.set_value("A partner: “us & them”")
    next(box for box in app.multiselect if box.label == "Countries").set_value(["KEN"])
    app.button(key="desk-facts-save").click().run()
    assert 'publisher: "A partner: “us & them”"' in in_hand(app).mapping.replace("'", '"')
    assert "please confirm" in in_hand(app).mapping


@pytest.mark.parametrize("step", ["looking", "trying", "keeping"])
def test_cancelled_at_any_step_nothing_is_left(url: str, step: str) -> None:
    many = "".join(f"Garissa;Rural;{n % 90},5;{n + 100}\n" for n in range(60_000))
    if step == "looking":
        app = opened()
        app.file_uploader(key="desk-file-0").set_value(("light.csv", (FILE + many).encode(), "text/csv")).run()
    else:
        app = brought(content=(FILE + many).encode())
        intake = in_hand(app)
        intake.start(dry=step == "trying")
        app.run()
    assert in_hand(app).running is not None
    app.button(key="desk-cancel").click().run()
    assert "Cancelled. Nothing was kept, and nothing of it is left behind." in said(app)
    assert in_hand(app).running is None
    assert left_behind() == []
    with engine_for(url).connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM release_step")).scalar() == 0


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("light.xlsx", b"PK\x03\x04 not a workbook", "light.xlsx"),
        ("light.csv", b"", "the file is empty"),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(40), "the file is a picture"),
        ("large.csv", b"a;b\n" * 13_000_000, "large.csv has 52 MB; the desk takes 50 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_the_page_lives_on(
    url: str, name: str, content: bytes, words: str
) -> None:
    app = opened()
    app.file_uploader(key="desk-file-0").set_value((name, content, "x")).run()
    if "file" in app.query_params:
        app = waited(app)
    assert not app.exception
    assert words in "".join(str(e.value).replace("\\", "") for e in app.error)


def test_without_the_word_of_a_steward_there_is_no_desk(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICES_COUNT_STEWARD", "off")
    app = AppTest.from_file(MAIN, default_timeout=60).run()
    with pytest.raises(Exception, match=r"desk|page|find"):
        app.switch_page(DESK).run()
        raise AssertionError("; ".join(str(e.value) for e in app.error) or "page shown")
    assert "Data desk" not in "".join(h.value for h in app.title)
