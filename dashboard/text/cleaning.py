"""Text from figures, files and forms is content, never markup: one place cleans it before it leaves the building."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

ZERO_WIDTH_NON_JOINER = "\u200c"
ZERO_WIDTH_JOINER = "\u200d"
REPLACEMENT = "\ufffd"

_KEPT = frozenset((ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER))
_SPACES = frozenset(("\t", "\n", "\r", "\x0b", "\x0c", "\x85"))
_DROPPED = frozenset(("Cc", "Cf"))
_UNREADABLE = frozenset(("Cs", "Co", "Cn"))


def clean(text: str) -> str:
    """The text in Unicode NFC on one line, without what cannot be read.

    Line breaks and tabs become a space; control and format characters (NUL, bidirectional overrides, soft
    hyphens) are dropped, except the two joiners that Bengali and Devanagari spelling needs; lone surrogates,
    private-use and unassigned characters become U+FFFD.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if character in _KEPT:
            kept.append(character)
        elif character in _SPACES or category in ("Zl", "Zp"):
            kept.append(" ")
        elif category in _UNREADABLE:
            kept.append(REPLACEMENT)
        elif category not in _DROPPED:
            kept.append(character)
    return "".join(kept)


def drawable(text: str, glyphs: Collection[int]) -> str:
    """The cleaned text with every character outside ``glyphs`` (code points) replaced by U+FFFD."""
    return "".join(
        character if character in _KEPT or ord(character) in glyphs else REPLACEMENT for character in clean(text)
    )


def safe_link(address: str) -> str:
    """The address when it is a plain https link to a host, otherwise the empty string."""
    candidate = clean(address).strip()
    if candidate != address.strip() or any(c.isspace() or c in '\\"<>' for c in candidate):
        return ""
    try:
        parts = urlsplit(candidate)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme != "https" or not host or parts.username is not None:
        return ""
    return candidate
