"""Methods: every document for reading, in order, under the page's title, without a link that leads nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.views.methods import FOLDER, ORDER, for_reading, methods, parts

OpenPage = Callable[..., AppTest]
DOCUMENTS = sorted(path.stem for path in FOLDER.glob("*.md"))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_document_opens(open_page: OpenPage, document: str) -> None:
    app = open_page("methods", method=document)
    assert app.title[0].value == "Methods"
    assert app.header[0].value == methods()[document].title
    assert app.query_params["method"] == document
    text = "\n".join(m.value for m in app.markdown)
    assert "### " in text
    assert "\n## " not in f"\n{text}"
    assert ".md)" not in text


def test_documents_stand_in_the_declared_order_and_unknown_ones_last(tmp_path: Path) -> None:
    for name in ("zebra", "trend-and-pace", "apple", "inequality"):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\nCode: `x.py`.\n\n## Definition\n\nWords.\n")
    found = methods(tmp_path)
    assert list(found) == ["inequality", "trend-and-pace", "apple", "zebra"]
    assert found["apple"].title == "Apple"
    assert found["apple"].text == "### Definition\n\nWords."
    assert found["apple"].in_code == "Code: `x.py`."
    assert next(iter(methods())) == ORDER[0]
    assert methods(tmp_path / "none") == {}


def test_links_lead_to_this_page_or_become_words() -> None:
    text = "See [surveys](survey-estimates.md), [the code](../../x.py), ![a picture](p.png), [WHO](https://who.int/x)."
    assert for_reading(text, ("survey-estimates",)) == (
        "See [surveys](methods?method=survey-estimates), the code, a picture, [WHO](https://who.int/x)."
    )
    assert for_reading("[a](javascript:alert(1))", ()).startswith("a")


def test_formulas_are_left_as_they_are() -> None:
    text = "    V = Σ_h [u](v.md) $\n\n`[a](b.md)` costs $5\n\n```\n# [c](d.md)\n```"
    assert for_reading(text, ()) == "    V = Σ_h [u](v.md) $\n\n`[a](b.md)` costs \\$5\n\n```\n# [c](d.md)\n```"


def test_a_table_scrolls_apart_from_the_words_around_it() -> None:
    assert parts("One.\n\nTwo.\n\n| a |\n|---|\n\nThree.") == ["One.\n\nTwo.", "| a |\n|---|", "Three."]
    assert parts("| a |\n|---|\n\n    V = 1\n\nThree.") == ["| a |\n|---|", "```text\nV = 1\n```\n\nThree."]


def test_an_unknown_family_falls_back(open_page: OpenPage) -> None:
    app = open_page("methods", method="../../etc/passwd")
    assert app.selectbox(key="method").value == "inequality"
