"""Names made comparable, and the words around a name ("Province of", "District") taken off it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from data_access.folding import fold

_QUOTES = re.compile(r"['’‘`´ʼ′\"“”]")
_BETWEEN = re.compile(r"[\s\-‐‑‒–—_/,.;:()\[\]|]+")
_NUMBER_SIGN = re.compile(r"\b(?:no|nr|नं)\b")


def comparable(text: str) -> str:
    """``text`` without case, accents, punctuation or double spaces, digits of every script as 0-9, ``&`` as "and".

    ``"Murang’a"`` and ``"MURANGA"`` are one, so are ``"Thừa Thiên - Huế"`` and ``"Thua Thien-Hue"``,
    ``"Province No. 1"`` and ``"province 1"``.
    """
    plain = _QUOTES.sub("", fold(text)).replace("&", " and ")
    plain = _BETWEEN.sub(" ", "".join(_ascii_digit(c) for c in plain))
    return " ".join(_NUMBER_SIGN.sub(" ", plain).split())


def _ascii_digit(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def code_key(text: str) -> str:
    """A code as it is compared: upper case, ``_`` and spaces as ``-``."""
    return re.sub(r"[\s_]+", "-", text.strip()).upper()


@dataclass(frozen=True, slots=True)
class Affix:
    """A word before or after a name that says what kind of area it is; ``country`` empty where any country's."""

    country: str
    words: str
    before: bool
    kind: str

    def taken_off(self, key: str) -> str | None:
        """What is left of a comparable name without this affix; None where the name does not have it."""
        rest = key.removeprefix(f"{self.words} ") if self.before else key.removesuffix(f" {self.words}")
        return rest if rest != key else None


def bare(key: str, affixes: Iterable[Affix]) -> list[tuple[str, Affix]]:
    """What may be left of a comparable name when one affix is taken off it, with the affix."""
    return [(rest, affix) for affix in affixes if (rest := affix.taken_off(key))]
