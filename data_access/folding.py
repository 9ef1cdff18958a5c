"""Names made comparable: accents and case taken away, for search and for resolving names (never for display)."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"})


def fold(text: str) -> str:
    """``text`` in lower case without accents: ``"Đắk Lắk"`` → ``"dak lak"``. Vowel signs of Indic scripts stay."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    latin = (c for c in decomposed if not 0x0300 <= ord(c) <= 0x036F)
    return " ".join(unicodedata.normalize("NFC", "".join(latin)).casefold().split())
