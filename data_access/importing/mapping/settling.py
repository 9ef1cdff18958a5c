"""What a mapping says outright, weighed against what is known and joined with a steward's answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from data_access.importing.findings import Finding
from data_access.importing.mapping.cells import text_of
from data_access.importing.mapping.fields import Areas
from data_access.importing.mapping.reading import Place, dotted, lines_of
from data_access.importing.mapping.record_rules import Records
from data_access.importing.mapping.schema import DatasetMapping, Table
from data_access.importing.resolution.vintages import Vintages, vintages
from data_access.publishing.shipped import COUNTS_THINGS
from data_access.queries.facts import Catalogue

Part = TypeVar("Part", Table, Records)
WHOLE = "_T"
"""The code of a dimension's total."""


@dataclass(frozen=True)
class Settled:
    """A mapping whose answers are all in ``answers`` (what was asked about → text → code), for the resolver.

    ``mapping`` itself holds none any more; ``vintage`` the boundary vintage its areas are of, empty where it names
    none; ``findings`` what it names that is not known, each with line and key.
    """

    mapping: DatasetMapping
    answers: dict[str, dict[str, str]]
    vintage: str
    findings: tuple[Finding, ...]


def settle(
    mapping: DatasetMapping, text: str, known: Catalogue, given: Mapping[str, Mapping[str, str]], file: str = "mapping"
) -> Settled:
    """Join what the mapping answers with what a steward answers now, who has the last word.

    ``text`` is the mapping's own, for the lines; ``given`` the steward's answers, which the resolver looks at itself.
    ``areas: overrides`` and ``answers`` of the mapping are answers like those of the desk: taken by the same resolver,
    before any name. One that names an unknown code is not used.
    """
    drawn = vintages()
    weighing = _Weighing(mapping, known, drawn, lines_of(text), file)
    answers = weighing.answers()
    findings = tuple(weighing.findings())
    for what, of in given.items():
        answers.setdefault(what, {}).update({text_of(said): code for said, code in of.items()})
    return Settled(_without_answers(mapping), answers, weighing.vintage(), findings)


def _without_answers(mapping: DatasetMapping) -> DatasetMapping:
    tables = tuple(_unanswered(table) for table in mapping.tables)
    records = tuple(_unanswered(records) for records in mapping.records)
    return mapping.model_copy(update={"tables": tables, "records": records, "answers": {}})


def _unanswered(part: Part) -> Part:
    return part.model_copy(update={"areas": part.areas.model_copy(update={"overrides": {}})})


@dataclass
class _Weighing:
    mapping: DatasetMapping
    known: Catalogue
    drawn: Vintages
    lines: Mapping[Place, int]
    file: str

    def __post_init__(self) -> None:
        countries = set(self.mapping.source.countries)
        self.areas = {code for code, area in self.known.areas.items() if area.country in countries}
        self.areas |= {a.code for one in self.drawn.values() if one.country in countries for a in one.areas}
        self.vintages = sorted(code for code, one in self.drawn.items() if one.country in countries)
        self.named = {one.name: code for code, one in self.drawn.items() if one.country in countries}
        self.loaded = {area.vintage for code, area in self.known.areas.items() if code in self.areas and area.vintage}

    def answers(self) -> dict[str, dict[str, str]]:
        """What the mapping answers, by what was asked about; only codes that are known."""
        found: dict[str, dict[str, str]] = {}
        for areas in self.mapping.areas:
            for said, code in areas.overrides.items():
                if code in self.areas:
                    found.setdefault("area", {}).setdefault(text_of(said), code)
        for what, of in self.mapping.answers.items():
            right = {text_of(said): code for said, code in of.items() if self._is_code(what, code)}
            if right:
                found.setdefault(what, {}).update(right)
        return found

    def vintage(self) -> str:
        """The vintage the mapping names, where there is one of that name."""
        return self.mapping.vintage if self._is_vintage(self.mapping.vintage) else ""

    def findings(self) -> Iterator[Finding]:
        """Everything that the mapping names and nobody knows."""
        yield from self._vintages()
        for place, code in (*self._areas(), *self._overrides()):
            if code not in self.areas:
                yield self._found(place, code, "is no area of the source's countries.", "Write the code of an area.")
        for place, code in self._series():
            if code not in self.known.series:
                mend = "Write the code of a series of the catalogue, or add the series to it."
                yield self._found(place, code, "is no series that is known.", mend)
        for what, of in self.mapping.answers.items():
            if not self._is_asked_about(what):
                mend = "Write area, series or the code of a dimension."
                yield self._found(("answers", what), what, "is nothing that is asked about.", mend)
                continue
            for said, code in of.items():
                if not self._is_code(what, code):
                    mend = f"Write the code of what {said!r} means."
                    yield self._found(("answers", what, said), code, "is no code that is known.", mend)
        yield from self._contradictions()
        yield from self._unprotected()

    def _unprotected(self) -> Iterator[Finding]:
        for number, records in enumerate(self.mapping.records):
            if records.unit == "person" and self.mapping.source.collection == COUNTS_THINGS:
                what = "are records of persons, in a source that maps things: small counts would not be withheld."
                mend = f"Say under source: collection how the persons were asked, not {COUNTS_THINGS}."
                yield self._found(("records", number, "unit"), records.unit, what, mend)

    def _vintages(self) -> Iterator[Finding]:
        for part, areas in self._parts():
            if areas.vintage and not self._is_vintage(areas.vintage):
                names = "; ".join(f"{code} ({self.drawn[code].name})" for code in self.vintages)
                known = names or "; ".join(sorted(self.loaded)) or "none"
                place = (*part, "areas", "vintage")
                what = "is no boundary vintage of the source's countries."
                yield self._found(place, areas.vintage, what, f"Write one that is known: {known}.")

    def _contradictions(self) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for place, code in self._overrides():
            said = text_of(str(place[-1]))
            if first.setdefault(said, code) != code:
                what = f"means {first[said]} in another part of this mapping."
                yield self._found(place, code, what, "Let the text mean one area, or tell the two apart by 'codes'.")

    def _parts(self) -> Iterator[tuple[Place, Areas]]:
        yield from ((("tables", number), table.areas) for number, table in enumerate(self.mapping.tables))
        yield from ((("records", number), records.areas) for number, records in enumerate(self.mapping.records))

    def _overrides(self) -> Iterator[tuple[Place, str]]:
        for part, areas in self._parts():
            for said, code in areas.overrides.items():
                yield (*part, "areas", "overrides", said), code

    def _areas(self) -> Iterator[tuple[Place, str]]:
        for number, table in enumerate(self.mapping.tables):
            at: Place = ("tables", number)
            if table.fixed.area is not None:
                yield (*at, "fixed", "area"), table.fixed.area
            for position, column in enumerate(table.columns):
                if column.means == "area":
                    yield from (((*at, "columns", position, "codes", k), code) for k, code in column.codes.items())
            for position, amendment in enumerate(table.amendments):
                yield from (((*at, "amendments", position, "area"), code) for code in amendment.area)
        for number, records in enumerate(self.mapping.records):
            for position, told in enumerate(records.columns):
                if told.means == "area":
                    place = ("records", number, "columns", position, "codes")
                    yield from (((*place, k), code) for k, code in told.codes.items())

    def _series(self) -> Iterator[tuple[Place, str]]:
        for number, table in enumerate(self.mapping.tables):
            yield from self._series_of(table, ("tables", number))
        for number, records in enumerate(self.mapping.records):
            for position, figure in enumerate(records.figures):
                yield ("records", number, "figures", position, "series"), figure.series
        for code in self.mapping.definitions:
            yield ("definitions", code), code

    def _series_of(self, table: Table, at: Place) -> Iterator[tuple[Place, str]]:
        if table.fixed.series is not None:
            yield (*at, "fixed", "series"), table.fixed.series
        for position, values in enumerate(table.values):
            if values.series is not None:
                yield (*at, "values", position, "series"), values.series
        for position, column in enumerate(table.columns):
            place = (*at, "columns", position)
            for said, rule in column.series_codes.items():
                yield (*place, "series_codes", said), rule.series
            if column.means == "series":
                yield from (((*place, "codes", said), code) for said, code in column.codes.items())
        for position, amendment in enumerate(table.amendments):
            yield from (((*at, "amendments", position, "series"), code) for code in amendment.series)

    def _is_vintage(self, text: str) -> bool:
        return text in self.vintages or text in self.named or text in self.loaded

    def _is_asked_about(self, what: str) -> bool:
        return what in ("area", "series") or what in self.known.dimensions

    def _is_code(self, what: str, code: str) -> bool:
        if what == "area":
            return code in self.areas
        if what == "series":
            return code in self.known.series
        return what in self.known.dimensions and (code == WHOLE or (what, code) in self.known.categories)

    def _found(self, place: Place, value: str, what: str, mend: str) -> Finding:
        line = next((self.lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in self.lines), 1)
        return Finding("refused", "mapping", self.file, what, mend, row=line, column=dotted(place), value=value[:200])
