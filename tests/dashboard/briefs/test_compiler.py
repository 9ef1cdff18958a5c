"""The brief as a document: what it says, that machines and screen readers can read it, that it is always the same."""

from __future__ import annotations

import io
import itertools
import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pypdfium2
import pytest
import typst
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from dashboard.briefs import compiler, typesetting
from dashboard.briefs.definition import Brief, BriefTable, Headline, UnevenTable
from dashboard.fonts.coverage import FONTS
from tests.dashboard.briefs.examples import BANGLA, BRIEF, COUNTIES, ILLUSTRATIVE, PAIRS, UNKNOWN

WARNED = replace(BRIEF, illustrative=ILLUSTRATIVE, comparison=PAIRS)
LINKED = replace(BRIEF, permalink="https://voices.example.org/gaps?country=KEN")
BRIEFS = {"Kenya": BRIEF, "illustrative": WARNED, "47 counties": COUNTIES, "Bangla": BANGLA, "permalink": LINKED}


def reader(brief: Brief) -> PdfReader:
    return PdfReader(io.BytesIO(compiler.pdf(brief)))


def words(brief: Brief) -> list[str]:
    """What a reader copies from each page (PDFium, as in Chromium), on one line with plain spaces."""
    document = pypdfium2.PdfDocument(compiler.pdf(brief))
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def elements(pdf: PdfReader) -> list[DictionaryObject]:
    """All structure elements in reading order."""
    found: list[DictionaryObject] = []

    def walk(node: object) -> None:
        node = getattr(node, "get_object", lambda: node)()
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    walk(pdf.trailer["/Root"]["/StructTreeRoot"])
    return found


def test_the_pages_say_what_the_definition_says() -> None:
    first, second = words(BRIEF)
    for said in (
        BRIEF.title,
        "Seven in ten births in the poorest fifth took place in a facility (70.3 %); in the richest fifth 99.9 %.",
        "Garissa is furthest behind: 47.1 %.",
        "Poorest fifth 70.3 %",
        "The boundaries shown imply no opinion",
        BRIEF.ask,
    ):
        assert said in first
    for said in f"Turkana 38.2 % 30.0–46.0 Community Poorest fifth 70.3 % {UNKNOWN} Official".split():
        assert said in second
    assert f"70.3 % {UNKNOWN} Official" in second
    assert "Data release 2026-11, 2 November 2026 · View gaps?country=KEN" in second


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS.keys())
def test_a_brief_has_two_pages(brief: Brief) -> None:
    assert len(reader(brief).pages) == 2


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS.keys())
def test_the_layout_settles(brief: Brief) -> None:
    content = json.dumps(typesetting.cleaned(compiler._content(brief)))
    _, warnings = typst.compile_with_warnings(
        typesetting.TEMPLATES / "brief.typ",
        root=typesetting.TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"content": content},
    )
    assert [warning.message for warning in warnings] == []


@pytest.mark.parametrize("brief", BRIEFS.values(), ids=BRIEFS.keys())
def test_a_brief_declares_pdf_ua_and_pdf_a(brief: Brief) -> None:
    pdf = reader(brief)
    root = pdf.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  (pypdf's own boolean)
    assert root["/Lang"] == brief.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert pdf.metadata is not None
    assert pdf.metadata.title == brief.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


def test_every_picture_has_its_text_alternative() -> None:
    figures = [element for element in elements(reader(LINKED)) if element["/S"] == "/Figure"]
    charts = (LINKED.map, LINKED.gap, LINKED.comparison, LINKED.trend)
    assert [figure["/Alt"] for figure in figures] == [
        *(chart.alt for chart in charts if chart is not None),
        LINKED.labels.permalink_alt,
    ]


def test_headings_follow_each_other_without_a_gap() -> None:
    levels = [int(e["/S"][2:]) for e in elements(reader(BRIEF)) if e["/S"] in ("/H1", "/H2", "/H3", "/H4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_table_has_a_header_row() -> None:
    found = [element["/S"] for element in elements(reader(BRIEF))]
    assert found.count("/Table") == 1
    assert found.count("/TH") == len(BRIEF.table.header)
    assert found.count("/TD") == len(BRIEF.table.rows) * len(BRIEF.table.header)


def test_the_warning_stands_on_every_page_and_is_read_aloud_once() -> None:
    pages = words(WARNED)
    assert all(page.count(ILLUSTRATIVE) >= 1 for page in pages)
    assert pages[1].count(ILLUSTRATIVE) == 2, "on the page and inside the picture"
    assert not any(ILLUSTRATIVE in page for page in words(BRIEF))


def test_without_a_public_address_there_is_a_view_code_and_no_link_to_it() -> None:
    assert "voices.example.org" in " ".join(words(LINKED)).replace(" ", "")
    assert LINKED.labels.permalink not in " ".join(words(BRIEF))
    assert all("View gaps?country=KEN" in page for page in words(BRIEF))


@pytest.mark.parametrize("address", ["http://voices.example.org/", "javascript:alert(1)"])
def test_an_unsafe_permalink_is_not_printed(address: str) -> None:
    assert compiler.pdf(replace(BRIEF, permalink=address)) == compiler.pdf(BRIEF)


def test_only_safe_addresses_become_links() -> None:
    targets = [
        annotation.get_object()["/A"]["/URI"] for page in reader(BRIEF).pages for annotation in page.get("/Annots", [])
    ]
    assert set(targets) == {"https://www.knbs.or.ke/"}


def test_bangla_can_be_copied_from_the_document_and_pages_are_counted_in_its_digits() -> None:
    first, second = words(BANGLA)
    assert unicodedata.normalize("NFC", BANGLA.title) in first
    assert "ব্যবধান ২৯.৬ শতাংশবিন্দু; অনিশ্চয়তা অজানা।".replace("য়", "য\u09bc") in first
    assert "১১.৭ শতাংশবিন্দু" in first
    assert "১ / ২" in first
    assert "২ / ২" in second


HOSTILE = 'a#eval("1+1") $x^2$ *b* _c_ `d` <e> @f \\ #panic() \x00\u202e gpj.exe 漢'


def test_text_from_data_is_never_markup() -> None:
    attacked = replace(
        BRIEF,
        title=HOSTILE,
        headlines=(Headline(HOSTILE, HOSTILE, HOSTILE),),
        gap=replace(BRIEF.gap, title=HOSTILE, alt=HOSTILE, rows=(replace(BRIEF.gap.rows[0], label=HOSTILE),)),
        table=BriefTable(HOSTILE, (HOSTILE, "b"), ((HOSTILE, UNKNOWN),)),
        ask=HOSTILE,
    )
    pages = " ".join(words(attacked))
    assert pages.count('a#eval("1+1") $x^2$ *b* _c_ `d` <e> @f \\ #panic() gpj.exe \ufffd') >= 5
    assert "\x00" not in pages
    assert "\u202e" not in pages


def test_the_same_brief_gives_the_same_bytes() -> None:
    content = compiler._content(BRIEF)
    published = compiler._published(BRIEF)
    assert typesetting.Template("brief").pdf(content, published=published) == compiler.pdf(BRIEF)


def test_several_readers_can_ask_at_once() -> None:
    wanted = {name: compiler.pdf(brief) for name, brief in BRIEFS.items()}
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda name: (name, compiler.pdf(BRIEFS[name])), list(BRIEFS) * 3))
    assert all(document == wanted[name] for name, document in made)


def test_the_preview_shows_every_page() -> None:
    pages = compiler.pages(BRIEF, ppi=50)
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG\r\n") for page in pages)


def test_a_picture_without_a_text_alternative_is_refused() -> None:
    silent = replace(BRIEF, gap=replace(BRIEF.gap, alt=""))
    with pytest.raises(typesetting.CannotBeTypeset, match="alt"):
        compiler.pdf(silent)


def test_a_table_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(UnevenTable, match="row 2: 1 cells under 2 headers"):
        BriefTable("The figures", ("Group", "Value"), (("a", "1"), ("b",)))


def test_every_typeface_of_the_document_is_the_shipped_one_and_inside_it() -> None:
    fonts = {
        descendant["/FontDescriptor"]["/FontName"].split("+")[1]
        for page in reader(BANGLA).pages
        for font in page["/Resources"]["/Font"].values()
        for descendant in (d.get_object() for d in font.get_object()["/DescendantFonts"])
        if "/FontFile2" in descendant["/FontDescriptor"] or "/FontFile3" in descendant["/FontDescriptor"]
    }
    assert fonts == {"NotoSans-Regular", "NotoSans-Bold", "NotoSansBengali-Regular", "NotoSansBengali-Bold"}
