"""Ages as tables write them, and the codes they have."""

from __future__ import annotations

import re
import unicodedata

_MONTHS = re.compile(r"(?<!\S)(?:months?|mos?|mths?|mois|tháng|miezi|महिना|महीने|মাস)(?!\S)")
_WORDS = re.compile(r"\b(?:aged?|ages|years?|yrs?|yr|months?|mos?|mths?|old|of)\b")
_FURTHER_WORDS = re.compile(
    r"(?<!\S)(?:ans?|âgée?s?|mois|tuổi|tháng|miaka|miezi|umri wa|"
    r"वर्ष|वर्षका|वर्षको|साल|महिना|महीने|उमेर|आयु|বছর|বছরের|বয়সী|মাস)(?!\S)"
)
"""The same in French, Vietnamese, Swahili, Nepali, Hindi and Bangla."""
_SPAN = re.compile(r"(?:de|từ)?\s*(\d{1,3})\s*(?:-|–|—|to|t|à|đến|hadi|देखि|से)\s*(\d{1,3})(?:\s*सम्म|\s*तक)?")
_UNDER = re.compile(
    r"(?:under|below|less than|younger than|<|u|moins(?: de)?|dưới|chini ya)\s*(\d{1,3})"
    r"|(\d{1,3})\s*(?:मुनि|भन्दा कम|से कम|এর কম|কম)"
)
_OVER = re.compile(
    r"(\d{1,3})\s*(?:\+|and over|and above|and older|or more|or over|plus|et plus|ou plus|trở lên|na zaidi|र माथि|"
    r"वा सोभन्दा माथि|और अधिक|और उससे अधिक|ও তার বেশি|ও তদূর্ধ্ব)|(?:>=|≥|over)\s*(\d{1,3})"
)
OLDEST = 150


def ages(text: str) -> tuple[str, int, int] | None:
    """``text`` as unit ("Y" years, "M" months), youngest and oldest age in it; oldest is OLDEST where open.

    ``"15–19 years"`` → ("Y", 15, 19), ``"under 5"`` → ("Y", 0, 4), ``"65+"`` → ("Y", 65, 150). None for anything else.
    """
    plain = unicodedata.normalize("NFC", text).casefold().strip()
    plain = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)
    unit = "M" if _MONTHS.search(plain) else "Y"
    plain = " ".join(_FURTHER_WORDS.sub(" ", _WORDS.sub(" ", plain)).split())
    if found := _SPAN.fullmatch(plain):
        first, last = int(found[1]), int(found[2])
        return (unit, first, last) if first <= last else None
    if found := _UNDER.fullmatch(plain):
        below = int(found[1] or found[2])
        return (unit, 0, below - 1) if below > 0 else None
    if found := _OVER.fullmatch(plain):
        return unit, int(found[1] or found[2]), OLDEST
    return None


def age_code(text: str) -> str | None:
    """The code an age would have: ``"15-19"`` → ``"Y15T19"``, ``"65+"`` → ``"YGE65"``, ``"under 5"`` → ``"Y0T4"``."""
    found = ages(text)
    if found is None:
        return None
    unit, first, last = found
    if last == OLDEST:
        return f"{unit}GE{first}"
    return f"{unit}{first}" if first == last else f"{unit}{first}T{last}"


_CODE = re.compile(r"([YM])(?:GE(\d+)|LT(\d+)|(\d+)(?:T(\d+))?)")


def months(code: str) -> tuple[int, int] | None:
    """An age code as its first and last month of age: ``"Y0T4"`` → (0, 59), ``"M6T59"`` → (6, 59). None for others."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    each = 12 if found[1] == "Y" else 1
    if found[2]:
        return int(found[2]) * each, OLDEST * 12 - 1
    if found[3]:
        return 0, int(found[3]) * each - 1
    first = int(found[4])
    return first * each, (int(found[5] or first) + 1) * each - 1
