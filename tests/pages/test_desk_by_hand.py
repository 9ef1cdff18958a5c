"""Entries written by hand at the Data desk: a new one, a change that keeps what was said, and a withdrawal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from data_access.process.kinds import KINDS
from data_access.queries.record import LivingRecord
from tests.pages.record_entries import OwnRecord, own_record

__all__ = ["own_record"]
OpenPage = Callable[..., AppTest]


@pytest.fixture
def desk(open_page: OpenPage, own_record: OwnRecord, environment: pytest.MonkeyPatch) -> AppTest:
    environment.setenv("VOICES_COUNT_STEWARD", "on")
    own_record.look()
    return open_page("desk")


def now() -> LivingRecord:
    store.begin_rerun()
    return store.record()


def pressed(app: AppTest, label: str, key: str = "") -> AppTest:
    return next(one for one in app.button if one.label == label and key in (one.key or "")).click().run()


def test_every_kind_has_a_form_with_all_its_cells(desk: AppTest) -> None:
    for kind in KINDS:
        app = desk.selectbox(key="by-hand-kind").set_value(kind).run()
        assert not app.exception, (kind, app.exception)
        keys = {one.key for part in (app.selectbox, app.multiselect, app.text_input, app.text_area) for one in part}
        keys |= {one.key for one in app.checkbox}
        asked = {heading for heading in KINDS[kind].headings if f"by-hand-{kind}-{heading}" in keys}
        assert set(KINDS[kind].headings) - asked <= {"code", "country"}, kind


def test_a_body_is_written_changed_and_withdrawn(desk: AppTest) -> None:
    app = desk.selectbox(key="by-hand-kind").set_value("public_body").run()
    app.selectbox(key="by-hand-country").set_value("NPL").run()
    app.text_input(key="by-hand-public_body-name").set_value("Ministry of trials")
    app.selectbox(key="by-hand-public_body-kind").set_value("ministry")
    app.checkbox(key="by-hand-public_body-illustrative").check()
    app = pressed(app, "Record")
    assert "is an invented body under a name of its own" in " ".join(one.value for one in app.error)
    app.text_input(key="by-hand-public_body-name").set_value("Example ministry of trials")
    app = pressed(app, "Record")
    code = next(body.code for body in now().bodies.values() if body.name == "Example ministry of trials")
    assert code.startswith("NPL-PB-")

    app.segmented_control(key="by-hand-act").set_value("change").run()
    app.selectbox(key="by-hand-entry-public_body").set_value(code).run()
    app.selectbox(key="by-hand-cell-public_body").set_value("name").run()
    app.text_area(key=f"by-hand-value-public_body-{code}-name").set_value("Example ministry of tests").run()
    app = app.button(key="by-hand-change").click().run()
    assert not app.exception
    assert now().bodies[code].name == "Example ministry of tests"

    app.segmented_control(key="by-hand-act").set_value("withdraw").run()
    app.selectbox(key="by-hand-entry-public_body").set_value(code).run()
    app.text_input(key="by-hand-why-public_body").set_value("entered twice").run()
    app = app.button(key="by-hand-withdraw").click().run()
    assert not app.exception
    assert code not in now().bodies
