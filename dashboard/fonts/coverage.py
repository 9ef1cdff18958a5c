"""Which characters the shipped typefaces can draw, read from the fonts themselves."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent


class UnreadableFont(ValueError):
    """A font file without a Unicode character map; mend it by restoring the file named in docs/fonts.md."""


@cache
def drawable_characters() -> frozenset[int]:
    """The code points that at least one font in ``dashboard/fonts`` has a glyph for."""
    return frozenset().union(*(characters_of(path) for path in sorted(FONTS.glob("*.ttf"))))


def characters_of(path: Path) -> frozenset[int]:
    """The code points of one TrueType file, from its format 4 and format 12 ``cmap`` subtables (OpenType 1.9).

    Raises:
        UnreadableFont: when the file has no such subtable.
    """
    font = path.read_bytes()
    tables = struct.unpack_from(">H", font, 4)[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            found = frozenset(_subtables(font, offset))
            if found:
                return found
    raise UnreadableFont(f"{path.name}: no Unicode character map of format 4 or 12")


def _subtables(font: bytes, cmap: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, cmap + 2)[0]
    for index in range(count):
        offset = cmap + struct.unpack_from(">HHI", font, cmap + 4 + 8 * index)[2]
        layout = struct.unpack_from(">H", font, offset)[0]
        if layout == 4:
            yield from _format_4(font, offset)
        elif layout == 12:
            yield from _format_12(font, offset)


def _format_4(font: bytes, offset: int) -> Iterator[int]:
    segments = struct.unpack_from(">H", font, offset + 6)[0] // 2
    ends, starts = offset + 14, offset + 16 + 2 * segments
    for segment in range(segments):
        last = struct.unpack_from(">H", font, ends + 2 * segment)[0]
        first = struct.unpack_from(">H", font, starts + 2 * segment)[0]
        if first != 0xFFFF:
            yield from range(first, min(last, 0xFFFE) + 1)


def _format_12(font: bytes, offset: int) -> Iterator[int]:
    groups = struct.unpack_from(">I", font, offset + 12)[0]
    for group in range(groups):
        first, last = struct.unpack_from(">II", font, offset + 16 + 12 * group)
        yield from range(first, last + 1)
