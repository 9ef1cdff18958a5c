"""Every page for every country, light and dark, wide and narrow: no error, no blank map, nothing from outside."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route

pytestmark = pytest.mark.browser

COUNTRIES = {
    "BGD": "MPI_H",
    "IND": "HEALTH_INSURANCE_HH",
    "KEN": "FACILITY_BIRTH",
    "NPL": "MPI_H",
    "VNM": "POV_NATIONAL_LINE",
}
PAGES = ("", "country", "gaps", "map", "brief", "sources", "methods")
RECORD = ("knowledge_gaps", "dialogues", "commitments", "results", "review")
SHAPES = [("light", 1366), ("dark", 1366), ("light", 360), ("dark", 360)]


@dataclass
class Watched:
    """A browser page and what went wrong on it."""

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


class Open(Protocol):
    """Opens a path in a colour scheme and a width."""

    def __call__(self, path: str, scheme: Literal["light", "dark"], width: int) -> Watched: ...


@pytest.fixture
def watch(browser: Browser, address: str) -> Iterator[Open]:
    opened: list[BrowserContext] = []

    def open_it(path: str, scheme: Literal["light", "dark"], width: int) -> Watched:
        phone = width < 500
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            is_mobile=phone,
            user_agent="Mozilla/5.0 (Linux; Android 14) Mobile" if phone else None,
        )
        context.set_default_timeout(60_000)
        opened.append(context)
        watched = Watched(context.new_page())

        def cut(route: Route) -> None:
            watched.outside.append(route.request.url)
            route.abort()

        context.route(lambda url: not url.startswith((address, "data:", "blob:")), cut)
        watched.page.on("console", lambda message: _keep_error(watched, message))
        watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
        watched.page.on("requestfailed", lambda request: _keep_failure(watched, request, address))
        watched.page.goto(address + path)
        watched.page.wait_for_selector("h1")
        _wait_until_still(watched.page)
        return watched

    yield open_it
    for context in opened:
        context.close()


def _keep_error(watched: Watched, message: ConsoleMessage) -> None:
    probing = "_stcore" in (message.location or {}).get("url", "")  # the client looks for its server under each path
    if message.type == "error" and not probing:
        watched.errors.append(message.text)


def _keep_failure(watched: Watched, request: Request, address: str) -> None:
    if (
        request.url.startswith(address)
        and "_stcore" not in request.url
        and "ERR_ABORTED" not in (request.failure or "")
    ):
        watched.errors.append(f"{request.url}: {request.failure}")


def _wait_until_still(page: Page) -> None:
    page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)
    page.wait_for_timeout(700)


def words_drawn(page: Page) -> str:
    """The words in the first chart of the page, once it has been drawn."""
    chart = "[data-testid=stPlotlyChart]"
    page.wait_for_function(f"document.querySelector('{chart}')?.textContent.includes('%')", timeout=60_000)
    return (page.locator(chart).first.text_content() or "").replace("\u00a0", " ")


def colours_drawn(page: Page, canvas: str, enough: int) -> int:
    """How many different colours a picture of the element shows, once ``enough`` are there or ten seconds are over."""
    for _attempt in range(20):
        counted = _colours(page, canvas)
        if counted >= enough:
            break
        page.wait_for_timeout(500)
    return counted


def _colours(page: Page, canvas: str) -> int:
    picture = Image.open(io.BytesIO(page.locator(canvas).first.screenshot())).convert("RGB")
    counted = picture.resize((160, 120)).getcolors(maxcolors=20_000) or []
    return sum(count > 8 for count, _colour in counted)


@pytest.mark.parametrize(("scheme", "width"), SHAPES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_page(watch: Open, country: str, scheme: Literal["light", "dark"], width: int) -> None:
    for name in PAGES:
        watched = watch(f"/{name}?country={country}&indicator={COUNTRIES[country]}", scheme, width)
        page = watched.page
        assert watched.errors == [], f"{name}: {watched.errors}"
        assert watched.outside == [], f"{name}: {watched.outside}"
        assert page.locator("[data-testid=stException]").count() == 0, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} scrolls sideways"
        if name == "map":
            assert colours_drawn(page, "[data-testid=stDeckGlJsonChart]", 5) >= 5, "the map is blank"
        if name in ("", "country"):
            assert colours_drawn(page, "[data-testid=stPlotlyChart]", 3) >= 3, (
                f"the map of {name or 'overview'} is blank"
            )
        if name == "brief":
            pictures = page.locator("[data-testid=stImage] img")
            pictures.nth(1).wait_for()
            page.wait_for_timeout(500)
            assert pictures.count() == 2, "a brief has two pages"
        page.context.close()


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_page_of_the_record(watch: Open, country: str) -> None:
    single = (f"dialogues?dialogue={country}-ILL-D1", f"commitments?commitment={country}-ILL-C1")
    shape: tuple[Literal["light", "dark"], int] = ("light", 1366) if country == "BGD" else ("dark", 360)
    for name in (*RECORD, *single):
        watched = watch(f"/{name}{'&' if '?' in name else '?'}country={country}", *shape)
        assert watched.errors == [], f"{name}: {watched.errors}"
        assert watched.outside == [], f"{name}: {watched.outside}"
        assert watched.page.locator("[data-testid=stException]").count() == 0, name
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= shape[1], f"{name} scrolls sideways"
        watched.page.context.close()


def test_figures_on_the_page_equal_the_published_ones(watch: Open) -> None:
    gaps = watch("/gaps?country=KEN&indicator=FACILITY_BIRTH", "light", 1366).page
    drawn = words_drawn(gaps)
    assert "Poorest fifth 70.3 %" in drawn
    assert "Richest fifth 99.9 %" in drawn
    nepal = watch("/gaps?country=NPL&indicator=MPI_H", "light", 1366).page
    areas = words_drawn(nepal)
    assert "34.0 %" in areas
    assert "7.7 %" in areas
    turkana = watch("/map?country=KEN&indicator=MOBILE_OWN_3PLUS&group=AGE%3DYGE3%7CSEX%3DF&area=KE-43", "light", 1366)
    assert "from 15.1 % in Turkana" in turkana.page.locator("h2").first.inner_text().replace("\u00a0", " ")


def test_the_back_button_returns_to_the_last_view(watch: Open) -> None:
    page = watch("/gaps?country=KEN&indicator=MPI_H", "light", 1366).page
    page.get_by_role("combobox").first.click()
    page.get_by_role("option", name="Nepal").click()
    page.wait_for_function("location.search.includes('country=NPL')")
    _wait_until_still(page)
    page.go_back()
    page.wait_for_function("location.search.includes('country=KEN')")
    _wait_until_still(page)
    assert "Mandera" in words_drawn(page)


def test_a_click_on_the_map_shows_the_area(watch: Open) -> None:
    page = watch("/map?country=KEN&indicator=FACILITY_BIRTH", "light", 1366).page
    colours_drawn(page, "[data-testid=stDeckGlJsonChart]", 5)
    page.wait_for_timeout(2500)
    box = page.locator("[data-testid=stDeckGlJsonChart]").first.bounding_box()
    assert box is not None
    for _attempt in range(10):  # a map that is still being drawn does not answer
        page.mouse.click(box["x"] + box["width"] / 2 + 90, box["y"] + box["height"] * 0.55)
        page.wait_for_timeout(3000)
        if "area=KE-" in page.url:
            break
    assert "area=KE-" in page.url
    _wait_until_still(page)
    assert "Births in a health facility" in page.locator("h2").last.inner_text()
    assert page.locator("[data-testid=stDataFrame]").count() >= 1
