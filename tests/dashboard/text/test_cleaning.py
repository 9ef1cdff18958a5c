"""Text from data is content: what is kept, what is dropped, which links are followed."""

import pytest

from dashboard.text.cleaning import REPLACEMENT, clean, drawable, safe_link


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("e\u0301", "é"),
        ("ক\u200d্\u200cষ", "ক\u200d্\u200cষ"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("paid\u202ediap\u202c", "paiddiap"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
        ("one\ntwo\tthree\u2028four", "one two three four"),
        ("lone \ud800 surrogate", f"lone {REPLACEMENT} surrogate"),
        ("private \ue000 use", f"private {REPLACEMENT} use"),
        ('#eval("1") $x$ *b* <label>', '#eval("1") $x$ *b* <label>'),
    ],
)
def test_text_is_normal_readable_and_otherwise_unchanged(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


def test_a_character_without_a_glyph_is_shown_as_missing() -> None:
    assert drawable("ক ≥ 😀", frozenset(map(ord, "ক ≥"))) == f"ক ≥ {REPLACEMENT}"


def test_joiners_are_kept_whatever_the_glyphs() -> None:
    assert drawable("র\u200dয", frozenset(map(ord, "রয"))) == "র\u200dয"


@pytest.mark.parametrize("address", ["https://www.knbs.or.ke/", "https://example.org/a?b=c&d=%20#e", " https://a.org "])
def test_https_links_are_kept(address: str) -> None:
    assert safe_link(address) == address.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "http://example.org",
        "javascript:alert(1)",
        "JaVaScRiPt://example.org",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https://user:secret@example.org",
        "https://example.org/\u202egnp.exe",
        "https://example.org/a b",
        'https://example.org/"onclick',
        "https://[broken",
        "//example.org",
    ],
)
def test_every_other_link_is_refused(address: str) -> None:
    assert safe_link(address) == ""
