"""The thread of the product, walked by links alone: a hole in the data, the community's figure, its recognition, the
dialogue, the commitment, and back to the indicator it should move."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

INDICATOR = "People who went without health care they needed because of its cost"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900}, base_url=address)
    context.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    yield context.new_page()
    context.close()


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_test_id("stMain").get_by_role("link", name=name).first.click()


def heading(page: Page, name: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", name=name).first).to_be_visible()


def test_from_a_hole_in_the_data_to_a_commitment_and_back(page: Page) -> None:
    page.goto("/country?country=BGD")
    heading(page, "Bangladesh")
    follow(page, "All knowledge gaps")

    heading(page, "Knowledge gaps")
    cell = page.locator('a[href*="row=SANITATION_BASIC"][href*="DISABILITY_STATUS"]').first
    cell.click()  # a cell of the matrix that is empty
    expect(page.get_by_text("No source held here has a figure.").first).to_be_visible()
    follow(page, "Open this cell")  # the plan that was made for a hole
    heading(page, INDICATOR)
    expect(page.get_by_text("Community: 46.1 %").first).to_be_visible()

    follow(page, re.compile("Illustrative household survey on access to health care"))
    heading(page, "Recognition")
    expect(page.get_by_text("used in a review or plan").first).to_be_visible()

    follow(page, re.compile("Dialogue: Example national dialogue on what care costs"))
    heading(page, "Who sat at the table")
    expect(page.get_by_text("fewer than 5").first).to_be_visible()

    follow(page, re.compile("Waive charges at government clinics"))
    heading(page, "Status history")
    expect(page.get_by_test_id("stMain")).to_contain_text(re.compile(r"Baseline: .*53\.8"))

    follow(page, "This indicator on the Gaps page")
    expect(page).to_have_url(re.compile(r"/gaps\?.*indicator=ILL_CARE_FORGONE_COST"))
    heading(page, "Who is behind")
    expect(page.get_by_test_id("stMain")).to_contain_text(INDICATOR)
