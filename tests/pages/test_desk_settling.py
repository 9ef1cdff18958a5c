"""The Data desk settles what a file leaves open: answers, doubts, what stands twice, consents, and old values."""

from __future__ import annotations

import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from data_access.database import engine_for
from tests.pages.test_desk import FILE, MAPPING, brought, filled, in_hand, said, tried, url, waited

__all__ = ["filled", "url"]
PLAIN = MAPPING.replace("  - header_rows: [3]\n", "  - header_rows: [1]\n")
CLEAN = "County;Residence;2025;asked\nGarissa;Urban;41,5;212\nGarissa;Rural;21,5;180\n"
ANSWERS = (
    ("area", "Tana Rivr", "KE-40"), ("area", "Homabay Twn", "KE-08"), ("URBANISATION", "Urbann", "U"),
    ("URBANISATION", "Rurall", "R"),
)  # fmt: skip


def kept(app: AppTest) -> AppTest:
    return waited(app.button(key="desk-keep").click().run())


def published(app: AppTest, release: str) -> AppTest:
    app.checkbox(key=f"alone-{release}").check().run()
    return app.button(key=f"publish-{release}").click().run()


def again(app: AppTest, nth: int, content: str) -> AppTest:
    app.button(key="desk-away").click().run()
    app.file_uploader(key=f"desk-file-{nth}").set_value(("light.csv", content.encode(), "text/csv")).run()
    app = waited(app)
    app.text_area(key="desk-mapping").set_value(PLAIN).run()
    return tried(app)


def test_mappings_of_lists_of_who_does_what_are_not_offered(url: str) -> None:
    offered = brought(mapping="").selectbox(key="desk-mapping-choice").options
    assert "Comes with the product: papi vietnam" in offered
    assert not [one for one in offered if "3w" in one or "4w" in one]


def test_a_draft_remembers_the_answers_and_next_years_round_asks_nothing(url: str) -> None:
    app = tried(brought())
    for about, text, code in ANSWERS:
        app.selectbox(key=f"desk-answer-{about}-{text}").set_value(code).run()
    app = published(kept(tried(app)), "PARTNER_LIGHT-1")
    with engine_for(url).connect() as connection:
        (mapping,) = connection.execute(sa.text("SELECT mapping FROM release_step")).scalars()
    assert mapping.startswith(MAPPING)
    assert '"Tana Rivr": "KE-40"' in mapping
    app.button(key="desk-away").click().run()
    next_year = FILE.replace("2025", "2026").encode()
    app.file_uploader(key="desk-file-1").set_value(("light 2026.csv", next_year, "text/csv")).run()
    app = waited(app)
    app.selectbox(key="desk-mapping-choice").set_value("PARTNER_LIGHT-1").run()
    text = app.text_area(key="desk-mapping").value
    app.text_area(key="desk-mapping").set_value(text.replace('"2025"', '"2026"')).run()
    app = tried(app)
    assert "No questions are open." in said(app)
    assert "Figures added: 5. Changed: 0. Taken away: 0." in said(app)


def test_a_group_named_in_two_columns_is_answered_by_choosing(url: str) -> None:
    mapping = PLAIN.replace(
        "      - header: Residence\n        means: group\n        dimension: URBANISATION\n",
        "      - {header: By, means: group_dimension, codes: {Place: URBANISATION}}\n"
        "      - {header: Residence, means: group_category}\n",
    )
    file = "County;By;Residence;2025;asked\nGarissa;Place;Townsfolk;41,5;212\nGarissa;Place;Rural;21,5;180\n"
    app = tried(brought(content=file.encode(), mapping=mapping))
    app.selectbox(key="desk-answer-URBANISATION-Townsfolk").set_value("U").run()
    app = tried(app)
    assert "No questions are open." in said(app)
    assert "Figures added: 2." in said(app)


def test_a_doubt_is_looked_into_and_confirmed(url: str) -> None:
    app = tried(brought(content=CLEAN.replace("41,5", "0,5").replace("21,5", "0,2").encode(), mapping=PLAIN))
    assert "Every figure of this column is between 0 and 1, and the series is in percent." in said(app)
    assert app.button(key="desk-keep").disabled
    (box,) = [box for box in app.checkbox if box.key.startswith("desk-doubt-")]
    box.check().run()
    app = tried(app)
    assert "No questions are open." in said(app)
    assert not app.button(key="desk-keep").disabled


def test_what_stands_twice_is_taken_once_by_the_mapping_alone(url: str) -> None:
    app = tried(brought(content=(CLEAN + "Garissa;Rural;21,5;180\n").encode(), mapping=PLAIN))
    assert "Looking into it does not settle this" in said(app)
    assert not [box for box in app.checkbox if box.key.startswith("desk-doubt-")]
    app.button(key="desk-take-once").click().run()
    assert "repeated: once" in in_hand(app).mapping
    app = tried(app)
    assert "No questions are open." in said(app)
    assert "Figures added: 2." in said(app)


def test_a_consent_and_every_value_a_figure_had(url: str) -> None:
    app = published(kept(tried(brought(content=CLEAN.encode(), mapping=PLAIN))), "PARTNER_LIGHT-1")
    assert "No figure of this source that readers see has had another value before." in said(app)
    app = published(kept(again(app, 1, CLEAN.replace("41,5", "44,5"))), "PARTNER_LIGHT-2")
    assert app.selectbox(key="desk-figure-PARTNER_LIGHT-LIGHTING_MAINS_HH").options == ["Garissa · Urban · 2025"]
    values = next(frame.value for frame in app.dataframe if "State" in frame.value.columns)
    assert values[["Value", "Release", "State"]].to_numpy().tolist() == [
        ["44.5", "PARTNER_LIGHT-2", "shown now"],
        ["41.5", "PARTNER_LIGHT-1", "replaced by PARTNER_LIGHT-2"],
    ]
    app.text_input(key="desk-consent-owner").set_value("The county forum")
    app.selectbox(key="desk-consent-sharing").set_value("aggregate_only")
    app.text_input(key="desk-consent-form").set_value("Form C, signed")
    app.button(key="desk-consent-save").click().run()
    assert "What the owner of PARTNER_LIGHT agreed to is recorded, and counts from now on." in said(app)
    done = next(frame.value for frame in app.dataframe if "Did" in frame.value.columns)
    assert done["Did"].tolist() == [
        "recorded a consent", "published in place of an earlier release", "kept as a draft", "published",
        "kept as a draft",
    ]  # fmt: skip
