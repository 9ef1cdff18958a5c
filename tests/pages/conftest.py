"""The app in Streamlit's own test harness, over a database filled once for the whole run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import store
from data_access.prepare import prepare
from data_access.settings import read_settings

ROOT = Path(__file__).resolve().parents[2]
MAIN = str(ROOT / "dashboard" / "main.py")
OpenPage = Callable[..., AppTest]


@pytest.fixture(scope="session")
def filled_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database that holds everything that ships, illustrative rows included."""
    url = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'filled.db'}"
    prepare(read_settings({"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "on"}))
    return url


@pytest.fixture
def environment(filled_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The deployment's variables, with empty caches before and after."""
    monkeypatch.setenv("DATABASE_URL", filled_url)
    monkeypatch.setenv("VOICES_COUNT_ILLUSTRATIVE", "on")
    st.cache_resource.clear()
    yield monkeypatch
    st.cache_resource.clear()
    store._state.set(None)  # what a test began to show outside of a page ends with it


@pytest.fixture
def open_page(environment: pytest.MonkeyPatch) -> OpenPage:
    """Open a page by its name with codes in its address; fails when the page raises."""

    def open_it(page: str = "overview", **address: str) -> AppTest:
        app = AppTest.from_file(MAIN, default_timeout=30)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        if page != "overview":
            app.switch_page(str(ROOT / "pages" / f"{page}.py"))
            for key, value in address.items():
                app.query_params[key] = value
            app.run()
        assert not app.exception, app.exception
        return app

    return open_it
