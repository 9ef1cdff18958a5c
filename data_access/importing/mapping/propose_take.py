"""The draft's way of splitting cells that say more than a figure: an interval, people asked, a bracket or a mark."""

from __future__ import annotations

import json

from data_access.importing.mapping.cell_looks import Looks

NUMBER = "[-+\u2212]?\\d+(?:[.,'\u2019 ]\\d+)*"
_OPEN, _SHUT = "[(\\[]", "[)\\]]"
_TO = "(?:-|\u2012|\u2013|\u2014|to|\u00e0|;|,\\s)"
_MARK = "[*\u2020\u2021\u00a7^\u00b9\u00b2\u00b3]+|\\(?[a-hp]\\)?"


def take_lines(looks: Looks) -> list[str]:
    """The lines that split the cells of a column of figures; none where every cell is a number or nothing."""
    signs = [sign for sign in looks.signs if sign != "%"]
    bracketed = "bracketed" in looks.said
    if not (signs or bracketed or {"interval", "counted"} & set(looks.said)):
        return []
    pattern = f"(?P<status>{_OPEN})?\\s*" if bracketed else ""
    pattern += f"(?P<value>{NUMBER})\\s*%?\\s*"
    pattern += f"(?P<note>{_MARK})?\\s*" if signs else ""
    pattern += f"{_SHUT}?\\s*" if bracketed else ""
    examples = [looks.said[look] for look in ("interval", "counted", "bracketed", "marked") if look in looks.said]
    if "interval" in looks.said:
        bounds = f"(?P<lower>{NUMBER})\\s*%?\\s*{_TO}\\s*(?P<upper>{NUMBER})\\s*%?"
        pattern += f"(?:{_OPEN}\\s*{bounds}\\s*{_SHUT})?\\s*"
    if "counted" in looks.said:
        pattern += f"(?:{_OPEN}\\s*[nN]\\s*[=:]?\\s*(?P<n>{NUMBER})\\s*{_SHUT})?"
    pattern = pattern.removesuffix("\\s*")
    shown = " ".join("; ".join(examples).split())[:100]
    codes: dict[str, dict[str, str]] = {}
    lines = [f"        take: {json.dumps(pattern, ensure_ascii=False)}  # please confirm: splits {shown}"]
    if bracketed:
        codes["status"] = {"(": "U", "[": "U"}
        lines += [
            "        # please confirm: brackets tell of few people asked; where they mean less than 0, mend the file"
        ]
    if signs:
        codes["note"] = {sign: f"marked {sign}" for sign in signs}
        lines += ["        # please confirm: what the marks mean, in words that readers see beside the figure"]
    return [*lines, *([f"        codes: {json.dumps(codes, ensure_ascii=False)}"] if codes else [])]


def part_of_measure(looks: Looks) -> str:
    """The same for a column of errors, bounds or people asked: what takes the number out of ``(38)`` or ``38*``."""
    if not ("bracketed" in looks.said or any(sign != "%" for sign in looks.signs)):
        return ""
    pattern = f"{_OPEN}?\\s*({NUMBER})\\s*%?\\s*(?:{_MARK})?\\s*{_SHUT}?"
    return f", take: {json.dumps(pattern, ensure_ascii=False)}"
