"""Where a row's work is: the finest area that its codes and names mean, or a question, never a guess."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from data_access.importing.findings import Kind
from data_access.importing.resolution.outcomes import Outcome, Question, Resolved
from data_access.importing.stock_take.entries import PlaceText
from data_access.importing.stock_take.schema import LEVELS

HELD = ("admin1", "admin2")
"""Levels of areas that the product has."""
_MEND = "Say its code under areas, overrides in the mapping; or add the area to the country's list."


class Areas(Protocol):
    """Finds an area by text, as resolution.resolver.Resolver does."""

    def area(self, text: str, kind: str | None = None, within: str = "") -> Outcome:
        """What area ``text`` names."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is to be asked or told about a place, once for all its rows."""

    kind: Kind
    rule: str
    what: str
    mend: str
    value: str
    level: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """The area of a row and its level, empty where a question is open or nothing is named; and what there is to say."""

    area: str = ""
    level: str = ""
    doubts: tuple[Doubt, ...] = ()


class Placing:
    """Looks places up, each different combination of texts once."""

    def __init__(
        self, areas: Areas, finest: str, overrides: Mapping[str, str], lengths: Mapping[str, Mapping[str, int]]
    ) -> None:
        """``lengths`` by level of a code column: how many characters of its codes name the areas around."""
        self._areas, self._overrides, self._lengths = areas, overrides, lengths
        self._levels = HELD[: HELD.index(finest) + 1]
        self._seen: dict[tuple[str, tuple[PlaceText, ...]], Placed] = {}

    def place(self, country: str, texts: tuple[PlaceText, ...]) -> Placed:
        """Where the places written in a row are, in ``country`` (ISO 3166-1 alpha-3)."""
        key = (country, texts)
        if (seen := self._seen.get(key)) is None:
            seen = self._seen[key] = self._look_up(country, texts)
        return seen

    def _look_up(self, country: str, texts: tuple[PlaceText, ...]) -> Placed:
        written = {one.level: one for one in texts}
        area, level, within = "", "", country
        doubts: list[Doubt] = []
        for wanted in self._levels:
            name = written[wanted].name if wanted in written else ""
            code = (written[wanted].code if wanted in written else "") or self._around(written, wanted)
            if not name and not code:
                continue
            found, said = self._one(wanted, name, code, country, within)
            doubts += said
            if found:
                area, level, within = found, wanted, found
        if any(doubt.kind == "question" for doubt in doubts):
            area, level = "", ""
        return Placed(area, level, tuple(doubts))

    def _around(self, written: Mapping[str, PlaceText], wanted: str) -> str:
        """The code of the area of level ``wanted`` that begins a finer area's code, where the mapping says so."""
        for level in LEVELS[LEVELS.index("admin1") :]:
            length = self._lengths.get(level, {}).get(wanted, 0)
            code = written[level].code if level in written else ""
            if length and len(code) >= length:
                return code[:length]
        return ""

    def _one(self, level: str, name: str, code: str, country: str, within: str) -> tuple[str, list[Doubt]]:
        for text in (code, name):
            if text and (said := self._overrides.get(text)):
                answered = self._areas.area(said, None, country)
                if isinstance(answered, Resolved):
                    return answered.code, []
                return "", [
                    Doubt("question", "unknown area", f"The mapping says {said!r}, no area.", _MEND, text, level)
                ]
        by_code = self._by_code(code, level, country) if code else ""
        by_name = self._areas.area(name, level, (by_code and country) or within) if name else None
        named = by_name.code if isinstance(by_name, Resolved) else ""
        if by_code and named and named != by_code:
            what = f"The code {code} and the name mean two areas: {by_code} and {named}."
            return "", [Doubt("question", "area contradicts", what, _MEND, name, level, (by_code, named))]
        if by_code:
            if name and not named:
                what = f"{code} is called otherwise in the list of areas; the code was taken."
                return by_code, [Doubt("remark", "area name differs", what, "", name, level)]
            return by_code, []
        if named and code:
            what = f"The code {code} is not recorded; the area was found by its name, as {named}."
            return named, [Doubt("remark", "area code not recorded", what, "", name, level)]
        if named:
            return named, []
        candidates = tuple(map(str, by_name.candidates)) if isinstance(by_name, Question) else ()
        why = by_name.why if by_name is not None and not isinstance(by_name, Resolved) else "no recorded code"
        text = name or code
        return "", [Doubt("question", "unknown area", f"{_capital(why)}.", _MEND, text, level, candidates)]

    def _by_code(self, code: str, level: str, country: str) -> str:
        found = self._areas.area(code, level, country)
        return found.code if isinstance(found, Resolved) and found.how in ("code", "p-code", "mapping") else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
