"""A brief keeps to its two pages: what says least is left out, and said to be."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader
from streamlit.testing.v1 import AppTest

from dashboard.briefs import compiler
from dashboard.briefs.fitting import shorter_and_shorter
from dashboard.selection import Selection
from dashboard.views.brief import brief_of

OpenPage = Callable[..., AppTest]


@pytest.mark.parametrize(
    ("country", "series", "period"),
    [
        ("KEN", "SHIF_PREMIUM_PAID", "2025-26"),
        ("KEN", "MOBILE_OWN_3PLUS", "2019"),
        ("NPL", "MOBILE_OWN_15_49", "2019"),
        ("KEN", "FACILITY_BIRTH", "2025-26"),
    ],
)
def test_a_long_brief_has_two_pages_on_paper_and_on_screen(
    open_page: OpenPage, country: str, series: str, period: str
) -> None:
    open_page("overview")
    brief = brief_of(Selection(country, series, "", period))
    assert brief is not None
    document = PdfReader(io.BytesIO(compiler.pdf(brief)))
    assert len(document.pages) == len(compiler.pages(brief, ppi=40)) == 2
    text = " ".join(page.extract_text() for page in document.pages)
    assert brief.headlines[0].lead.rstrip(".") in " ".join(text.split())


def test_findings_go_first_then_figures(open_page: OpenPage) -> None:
    open_page("overview")
    brief = brief_of(Selection("KEN", "SHIF_PREMIUM_PAID", "", "2025-26"))
    assert brief is not None
    tries = list(shorter_and_shorter(brief))
    assert [(len(one.headlines), len(one.table.rows)) for one in tries] == [
        (5, 16), (4, 16), (3, 16), (2, 16), (2, 6), (2, 6),
    ]  # fmt: skip
    assert tries[0] is brief
    assert tries[4].table.note.endswith("10 further figures are online and in the data.")
    assert tries[5].comparison is not None
    assert len(tries[5].comparison.rows) == 2


def test_each_finding_from_invented_figures_says_so_itself(open_page: OpenPage) -> None:
    open_page("overview")
    nepal = brief_of(Selection("NPL", "SKILLED_BIRTH", "", "2021"))
    kenya = brief_of(Selection("KEN", "SHIF_PREMIUM_PAID", "", "2025-26"))
    assert nepal is not None
    assert kenya is not None
    mark = "[Illustrative, invented figures] "
    assert [one.lead.startswith(mark) for one in nepal.headlines] == [True, True, True]
    assert [one.lead.startswith(mark) for one in kenya.headlines] == [False, False, False, False, True]
