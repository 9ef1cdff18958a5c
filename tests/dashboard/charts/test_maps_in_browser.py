"""Both maps in a real browser with the network cut: drawn, clicked, recoloured, and nothing asked of other hosts."""

from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route

from dashboard.theme import LIGHT, class_colours, rgb
from tests.dashboard.charts.conftest import CLASSES

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

SERVER = """
from pathlib import Path

import streamlit as st
from starlette.responses import FileResponse
from starlette.routing import Route

from data_access.boundaries import FOLDER

app = st.App(
    Path(__file__).parent / "page" / "main.py",
    routes=[Route("/boundaries/{name}", lambda request: FileResponse(FOLDER / request.path_params["name"]))],
)
"""
PAGE = """
from dataclasses import replace

import streamlit as st

from dashboard.charts.deck_map import deck
from dashboard.charts.plotly_figure import config, drawn
from dashboard.charts.plotly_map import map_figure
from dashboard.theme import LIGHT
from tests.dashboard.charts.conftest import birth_map

chart = replace(birth_map(), selected="")
if st.query_params.get("map") == "small":
    figure = drawn(map_figure(chart, LIGHT, "/boundaries"))
    st.plotly_chart(figure, theme=None, config=config(), alt=chart.alt)
else:
    if st.checkbox("highest class"):
        chart = replace(chart, areas=tuple(replace(area, index=4, absence=None) for area in chart.areas))
    event = st.pydeck_chart(deck(chart, LIGHT, "/boundaries"), height=520, on_select="rerun", key="map", alt=chart.alt)
    picked = [one["properties"]["code"] for found in event.selection.objects.values() for one in found]
    st.write("picked:", ",".join(picked) or "nothing")
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with one map, served as the application serves its own."""
    folder = tmp_path_factory.mktemp("maps")
    static = folder / "page" / "static" / "topology"
    static.mkdir(parents=True)
    outline = ROOT / "dashboard" / "static" / "topology" / "world_110m.json"
    (static / outline.name).write_bytes(outline.read_bytes())
    (folder / "app.py").write_text(textwrap.dedent(SERVER), encoding="utf-8")
    (folder / "page" / "main.py").write_text(textwrap.dedent(PAGE), encoding="utf-8")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    settings = ("--server.headless=true", "--server.enableStaticServing=true", "--server.address=127.0.0.1")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", *settings]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false"}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=quiet, stderr=quiet) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(url: str) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(f"no answer from {url}")


@pytest.fixture
def elsewhere() -> list[str]:
    """Addresses beyond this machine that a page asked for."""
    return []


@pytest.fixture
def page(browser: Browser, address: str, elsewhere: list[str]) -> Iterator[Page]:
    def only_here(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    tab = browser.new_page(viewport={"width": 1000, "height": 800}, color_scheme="light")
    tab.route("**/*", only_here)
    yield tab
    tab.close()


def has_colour(page: Page, place: tuple[float, float], colour: str) -> bool:
    """Whether the page shows ``colour`` at a place, waiting up to ten seconds for it."""
    for _attempt in range(40):
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        seen = picture.getpixel((round(place[0]), round(place[1])))
        assert isinstance(seen, tuple)
        if all(abs(a - b) <= 3 for a, b in zip(seen, rgb(colour), strict=True)):
            return True
        page.wait_for_timeout(250)
    return False


def test_the_large_map_is_drawn_explained_clicked_and_recoloured(
    page: Page, address: str, elsewhere: list[str]
) -> None:
    lowest, *_, highest = class_colours(LIGHT, "official", [(one.lower, one.upper) for one in CLASSES])
    page.goto(address)
    box = page.wait_for_selector(".stDeckGlJsonChart canvas").bounding_box()  # type: ignore[union-attr]
    assert box
    garissa = (box["x"] + box["width"] / 2 + 118, box["y"] + box["height"] / 2 + 62)
    assert has_colour(page, garissa, lowest)

    page.mouse.move(*garissa)
    page.wait_for_function("document.querySelector('.deck-tooltip')?.innerText.includes('Garissa')")
    shown = page.evaluate("document.querySelector('.deck-tooltip').innerText")
    assert shown.splitlines()[:2] == ["Garissa", "47.1 %"]
    assert "Marsabit" not in shown

    page.mouse.click(*garissa)
    page.wait_for_selector("text=picked: KE-07")
    page.mouse.move(5, 5)
    page.get_by_text("highest class").click()
    page.mouse.move(5, 5)
    assert has_colour(page, garissa, highest), "values changed while an area is selected: same colours as the legend"
    assert elsewhere == []


def test_the_small_map_is_drawn_without_the_outline_of_the_world(
    page: Page, address: str, elsewhere: list[str]
) -> None:
    lowest = class_colours(LIGHT, "official", [(one.lower, one.upper) for one in CLASSES])[0]
    page.goto(f"{address}/?map=small")
    page.wait_for_selector(".choroplethlayer path", state="attached")
    fills = page.eval_on_selector_all(
        ".choroplethlayer path", "paths => paths.map(path => getComputedStyle(path).fill)"
    )
    assert f"rgb({', '.join(map(str, rgb(lowest)))})" in fills
    assert len(fills) >= 47
    assert elsewhere == []
