"""The Data desk in Chromium: a messy file the whole way, by keyboard, while a reader's tab stands open beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import ROOT, _wait_for, free_port
from tests.pages.test_desk import FILE, MAPPING

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app as a steward starts it, on a database of its own."""
    port, folder = free_port(), tmp_path_factory.mktemp("desk")
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder / 'app.db'}",
        "VOICES_COUNT_ILLUSTRATIVE": "off",
        "VOICES_COUNT_STEWARD": "on",
        "VOICES_COUNT_SCRATCH": str(folder / "scratch"),
    }
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    log = folder / "app.log"
    with log.open("w") as out, subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out) as app:
        try:
            _wait_for(f"http://127.0.0.1:{port}/_stcore/health", app, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            app.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 1000})
    context.set_default_timeout(60_000)
    yield context.new_page()
    context.close()


def still(page: Page) -> None:
    page.wait_for_timeout(300)
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
    page.wait_for_timeout(500)


def by_keyboard(page: Page, name: str) -> None:
    """Press a button without a mouse."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def answer(page: Page, text: str, words: str) -> None:
    page.get_by_role("combobox", name=text).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.type(words)
    page.get_by_role("option", name=words).first.wait_for()
    page.keyboard.press("Enter")
    still(page)


def brought(page: Page, desk: str, file: Path) -> None:
    file.write_bytes(FILE.encode())
    page.goto(f"{desk}/desk?country=KEN&indicator=LIGHTING_MAINS_HH")
    page.locator("input[type=file]").first.set_input_files(file)
    editor = page.get_by_role("textbox", name="The mapping")
    editor.wait_for()
    still(page)
    editor.fill(MAPPING)
    page.keyboard.press("Control+Enter")
    still(page)
    by_keyboard(page, "Check and try")
    page.get_by_role("heading", name="4. Questions to answer").wait_for()
    still(page)


def test_the_whole_way_and_what_readers_see(page: Page, desk: str, tmp_path: Path) -> None:
    reader = page.context.new_page()
    reader.goto(f"{desk}/sources?country=KEN")
    reader.wait_for_selector("h1")
    still(reader)
    assert "Light, as households told a partner" not in reader.locator("body").inner_text()

    brought(page, desk, tmp_path / "तराई सर्वेक्षण.csv")
    for text, words in (("Tana Rivr", "Tana River"), ("Homabay Twn", "None of these"), ("Urbann", "Urban")):
        answer(page, text, words)
    answer(page, "Rurall", "Rural")
    by_keyboard(page, "Check and try")
    page.get_by_text("Figures added: 4.").wait_for()
    still(page)
    page.reload()
    page.get_by_text("Figures added: 4.").wait_for()
    still(page)
    by_keyboard(page, "Keep as a draft")
    page.get_by_text("Kept as draft PARTNER_LIGHT-1").wait_for()
    still(page)
    page.get_by_role("checkbox", name="Nobody else is here").focus()
    page.keyboard.press("Space")
    still(page)
    by_keyboard(page, "Publish PARTNER_LIGHT-1")
    page.get_by_text("Every page shows it from now on.").wait_for()

    reader.reload()
    reader.get_by_text("Light, as households told a partner").first.wait_for(state="attached")
    page.get_by_text("Withdraw PARTNER_LIGHT-1").click()
    page.get_by_role("textbox", name="Why (a few words").fill("The partner asked us to.")
    page.keyboard.press("Enter")
    still(page)
    page.get_by_role("button", name="Withdraw it now").click()
    page.get_by_text("PARTNER_LIGHT-1 · withdrawn").wait_for()
    reader.reload()
    reader.wait_for_selector("h1")
    still(reader)
    assert "Light, as households told a partner" not in reader.locator("body").inner_text()


@pytest.mark.parametrize("width", [1366, 360])
def test_headings_follow_in_order_and_nothing_scrolls_sideways(
    browser: Browser, desk: str, tmp_path: Path, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="dark")
    context.set_default_timeout(60_000)
    page = context.new_page()
    brought(page, desk, tmp_path / "light.csv")
    levels = [int(h.evaluate("h => h.tagName[1]")) for h in page.locator("h1,h2,h3,h4").all()]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    unnamed = page.evaluate(
        "[...document.querySelectorAll('input:not([type=file]), textarea, button')].filter(e => e.checkVisibility() &&"
        " !(e.labels?.length || e.ariaLabel || e.getAttribute('aria-labelledby') || e.title || e.textContent.trim()))"
        ".map(e => e.outerHTML.slice(0, 120))"
    )
    assert unnamed == []
    context.close()
