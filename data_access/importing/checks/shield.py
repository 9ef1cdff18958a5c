"""What identifies a person by its shape alone, and texts shown without it."""

from __future__ import annotations

import re

LONGEST_SHOWN = 80
FEWEST_DIGITS = 8
"""Digits that every pattern here but that of an e-mail address asks for at least."""
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w.])(?:\+|00)\d(?:[\s().-]?\d){7,14}(?![\w.])")
"""International form: ``+`` or ``00``, then 8 to 15 digits, spaced any way."""

LOCAL_PHONE = re.compile(r"(?<![\w.+-])(?:01[3-9]\d{8}|[6-9]\d{9}|0[17]\d{8}|9[78]\d{8}|0[35789]\d{8})(?![\w.])")
"""Mobile numbers as written at home in Bangladesh, India, Kenya, Nepal and Viet Nam."""

COORDINATES = re.compile(
    r"(?<![\d.])-?\d{1,2}\.\d{4,}\s*[,; ]\s*-?\d{1,3}\.\d{4,}(?![\d.])"
    r"|(?<![\d.])-?\d{1,3}\.\d{4,}\s*[,; ]\s*-?\d{1,2}\.\d{4,}(?![\d.])"
)
CITIZENSHIP_NPL = re.compile(r"(?<![\d-])\d{2}-\d{2}-\d{2}-\d{5}(?![\d-])")
CITIZEN_CARD_VNM = re.compile(r"(?<![\w.])0(?:0[1-9]|[1-9]\d)[0-3]\d{8}(?![\w.])")
"""12 digits: province 001-096, century and sex, year of birth, six more."""

TWELVE_DIGITS = re.compile(r"(?<![\w.])[2-9]\d{3}[ -]?\d{4}[ -]?\d{4}(?![\w.])")
LONG_NUMBER = re.compile(r"(?<![\d.])\d{8,17}(?![\d.])")

_D = (
    (0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
    (1, 2, 3, 4, 0, 6, 7, 8, 9, 5),
    (2, 3, 4, 0, 1, 7, 8, 9, 5, 6),
    (3, 4, 0, 1, 2, 8, 9, 5, 6, 7),
    (4, 0, 1, 2, 3, 9, 5, 6, 7, 8),
    (5, 9, 8, 7, 6, 0, 4, 3, 2, 1),
    (6, 5, 9, 8, 7, 1, 0, 4, 3, 2),
    (7, 6, 5, 9, 8, 2, 1, 0, 4, 3),
    (8, 7, 6, 5, 9, 3, 2, 1, 0, 4),
    (9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
)
_TURN = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)


def _turned(place: int, digit: int) -> int:
    for _ in range(place % 8):
        digit = _TURN[digit]
    return digit


def verhoeff(digits: str) -> bool:
    """Whether ``digits`` end in the check digit of Verhoeff (1969), as Aadhaar numbers do."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = _D[check][_turned(place, int(digit))]
    return check == 0


def is_aadhaar(text: str) -> bool:
    """Whether ``text`` holds 12 digits, spaced or not, that do not begin with 0 or 1 and end in their check digit."""
    return any(verhoeff(re.sub(r"\D", "", found[0])) for found in TWELVE_DIGITS.finditer(text))


def shown(text: str) -> str:
    """``text`` as a finding may repeat it: shortened, and hidden where it looks like an identifier of a person."""
    if "@" not in text and sum(map(str.isdigit, text)) < FEWEST_DIGITS:
        return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
    for pattern in (EMAIL, PHONE, LOCAL_PHONE, COORDINATES, CITIZENSHIP_NPL, CITIZEN_CARD_VNM, LONG_NUMBER):
        if pattern.search(text):
            return "(not repeated: may identify a person)"
    if is_aadhaar(text):
        return "(not repeated: may identify a person)"
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
