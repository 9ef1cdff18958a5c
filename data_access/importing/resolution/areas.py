"""One text, one area: codes first, then recorded names; anything else is asked."""

from __future__ import annotations

from data_access.importing.resolution.gazetteer import Gazetteer, Gone
from data_access.importing.resolution.names import bare, code_key, comparable
from data_access.importing.resolution.near import first_of_each, nearest
from data_access.importing.resolution.outcomes import Candidate, How, Outcome, Question, Resolved, Unknown

WHOLE = frozenset({"total", "national", "all", "country", "whole country", "nationwide", "overall", "national total"})
LONGEST = 120
NEAR_SEARCHES = 2_000
"""Texts that near names are looked for, so that a file of a million strange texts ends too."""

KINDS = {
    "country": "a country",
    "admin1": "of level 1",
    "admin2": "of level 2",
    "survey_region": "a survey region",
    "place": "a place",
}


class AreaNames:
    """Finds areas by text in a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._all = gazetteer
        self._spelt = list(gazetteer.names)
        self._searches = 0

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(self._all.places)

    def find(self, text: str, kind: str | None, within: str) -> Outcome:
        """What ``text`` names; see Resolver.area."""
        if not text.strip():
            return Unknown("the cell is empty")
        if len(text) > LONGEST:
            return Unknown("too long for the name of an area")
        if by_code := self._narrow(self._all.codes.get(code_key(text), {}), kind, within):
            return self._one(by_code, "is a code of")
        key = comparable(text)
        named = self._named(key)
        if narrowed := self._narrow(named, kind, within):
            return self._one(narrowed, "is a name of")
        if gone := self._all.gone.get(key):
            return self._gone(gone)
        if named:
            return Question(
                "the name is recorded, but not where it was looked for",
                tuple(self._candidate(code, self._kind(code)) for code in sorted(named)),
            )
        if key in WHOLE:
            return self._whole(text)
        return self._near(key, kind, within)

    def _named(self, key: str) -> dict[str, How]:
        if found := self._all.names.get(key):
            return found
        return {
            code: how
            for rest, affix in bare(key, self._all.affixes)
            for code, how in self._all.names.get(rest, {}).items()
            if affix.kind == self._all.places[code].kind and affix.country in ("", self._all.places[code].country)
        }

    def _narrow(self, found: dict[str, How], kind: str | None, within: str) -> dict[str, How]:
        return {
            code: how
            for code, how in found.items()
            if (kind is None or self._all.places[code].kind == kind)
            and (not within or within in self._all.places[code].within or (code == within and self._is_country(code)))
        }

    def _is_country(self, code: str) -> bool:
        """A country lies within itself: its own row in a table of its areas."""
        return self._all.places[code].kind == "country"

    def _one(self, found: dict[str, How], verb: str) -> Outcome:
        if len(found) == 1:
            ((code, how),) = found.items()
            return Resolved(code, how)
        return Question(
            f"it {verb} {len(found)} areas",
            tuple(self._candidate(code, f"{self._kind(code)}, {found[code]}") for code in sorted(found)),
        )

    def _gone(self, gone: list[Gone]) -> Outcome:
        candidates = tuple(
            self._candidate(code, "holds its land now; not the same area")
            for code in dict.fromkeys(code for one in gone for code in one.became if code in self._all.places)
        )
        why = f"a former area, {gone[0].why}"
        return Question(why, candidates) if candidates else Unknown(why)

    def _whole(self, text: str) -> Outcome:
        whole = [place for place in self._all.places.values() if place.kind == "country"]
        candidates = tuple(self._candidate(place.code, "if the row is the country's total") for place in whole)
        return Question(f"{text.strip()!r} may be the country or the sum of the rows shown", candidates)

    def _near(self, key: str, kind: str | None, within: str) -> Outcome:
        self._searches += 1
        if self._searches > NEAR_SEARCHES:
            return Unknown(f"no recorded name; near names were looked for in the first {NEAR_SEARCHES} such texts only")
        scored = (
            (code, score)
            for place, score in nearest(key, self._spelt)
            for code in self._narrow(self._all.names[self._spelt[place]], kind, within)
        )
        candidates = tuple(
            self._candidate(code, f"spelt {score:.0f} % alike, {self._kind(code)}")
            for code, score in first_of_each(scored)
        )
        return Question("no recorded name; some are near", candidates) if candidates else Unknown("no recorded name")

    def _candidate(self, code: str, why: str) -> Candidate:
        return Candidate(code, self._all.places[code].name, why)

    def _kind(self, code: str) -> str:
        return KINDS.get(self._all.places[code].kind, self._all.places[code].kind)
