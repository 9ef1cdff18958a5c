"""What the header of one column of figures says: a year, a group of people, and the rest that names the series."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from data_access.importing.mapping.periods import with_plain_digits
from data_access.importing.mapping.words import TOTAL, category, has_one, recorded
from data_access.importing.resolution.names import comparable

_PARTS = re.compile(r"\s+/\s+")
_YEARS = re.compile(r"(?<!\d)(19\d{2}|20\d{2})(?:\s*[-/\u2013]\s*(\d{4}|\d{2})(?!\d))?(?:[ .]0)?(?!\d)")


@dataclass(frozen=True, slots=True)
class Head:
    """``period`` as this product writes it, ``group`` by dimension, ``rest`` the words that are left."""

    period: str = ""
    group: dict[str, str] = field(default_factory=dict)
    total: bool = False
    preliminary: bool = False
    rest: str = ""
    doubtful: bool = False

    @property
    def year_alone(self) -> bool:
        """Whether the header is a year and nothing else."""
        return bool(self.period) and not (self.rest or self.group or self.total)


def head_of(header: str) -> Head:
    """Read a header, its rows joined by `` / ``.

    ``"2019 / Female"`` → period 2019, group SEX=F; ``"Sơ bộ 2019"`` → period 2019, preliminary; ``"Population 2019"`` →
    period 2019, rest "Population". A change between years has no period: ``"Change 2018-2019"`` is doubtful.
    """
    changed = has_one(header, "change")
    period, preliminary, total = "", False, False
    group: dict[str, str] = {}
    rest: list[str] = []
    years: set[str] = set()
    for part in _PARTS.split(header):
        if (of := category(part)) is not None:
            dimension, code = of
            total |= code == TOTAL
            group |= {dimension: code} if code != TOTAL else {}
            continue
        left = part
        for match in _YEARS.finditer(with_plain_digits(part)) if not changed else ():
            period = _written(match[1], match[2])
            years.add(period)
            left = (with_plain_digits(part)[: match.start()] + " " + with_plain_digits(part)[match.end() :]).strip(
                " .,()[]-–:"
            )
        if left != part:
            plain = comparable(left)
            if not plain or plain in recorded("year"):
                continue
            if plain in recorded("preliminary year"):
                preliminary = True
                continue
        if left.strip():
            rest.append(left.strip())
    doubtful = changed or len(years) > 1
    return Head(period if len(years) == 1 else "", group, total, preliminary, " / ".join(rest), doubtful)


def _written(first: str, last: str | None) -> str:
    if not last or (len(last) == 4 and last == first):
        return first
    if len(last) == 2 and int(last) <= int(first[2:]):
        return first
    return f"{first}-{last[-2:]}" if len(last) == 2 or last[:2] == first[:2] else f"{first}-{last}"
