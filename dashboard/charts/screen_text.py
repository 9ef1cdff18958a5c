"""Words inside a drawing on screen: made harmless, measured and broken into lines.

A drawing knows neither the reader's window nor the exact font, so widths are estimates on the generous side and
every layout is planned for the narrowest window (360 px).
"""

from __future__ import annotations

import html
import unicodedata
from functools import lru_cache

NARROW = 288
"""Pixels left for a plot in a 360 px window, between the margins of the page and of the chart."""

_WIDE = 0.78
_USUAL = 0.6
_SLIM = 0.33
_SLIM_LETTERS = frozenset("iljtfrI.,:;|!'()[] ")
_WIDE_LETTERS = frozenset("mwMW%@…○◆")


def escaped(text: str) -> str:
    """``text`` with the characters that start markup made harmless; for text content, not for attributes.

    Quotation marks stay: Plotly would show ``&quot;`` as it stands.
    """
    return html.escape(text, quote=False).replace("\n", "<br>")


@lru_cache(maxsize=4096)
def width(text: str, size: float = 13) -> float:
    """Estimated width of one line in pixels at a font size in pixels; combining marks take no room."""
    return size * sum(_letter(letter) for letter in text)


def wrapped(text: str, pixels: float, size: float = 13) -> tuple[str, ...]:
    """``text`` in lines no wider than ``pixels``, broken between words; a longer single word keeps its line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and width(longer, size) > pixels:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


def broken(text: str, pixels: float, size: float = 13) -> str:
    """``text`` escaped, its lines joined by ``<br>``."""
    return "<br>".join(escaped(line) for line in wrapped(text, pixels, size))


@lru_cache(maxsize=1024)
def _letter(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0.0
    if letter in _SLIM_LETTERS:
        return _SLIM
    return _WIDE if letter.isupper() or letter in _WIDE_LETTERS or ord(letter) > 0x0900 else _USUAL
