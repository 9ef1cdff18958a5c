"""One neutral row from the cells of one row of a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data_access.importing.mapping.cells import number_of
from data_access.importing.mapping.ledger import SHOWN, Ledger
from data_access.importing.resolution.outcomes import Resolved
from data_access.importing.stock_take.coordinates import Point
from data_access.importing.stock_take.dates import Span, Unclear, days_come_first, read_span
from data_access.importing.stock_take.entries import Organisation, PeopleCount, PlaceText, StockTakeRow
from data_access.importing.stock_take.organisations import Organisations
from data_access.importing.stock_take.places import Areas, Doubt, Placing
from data_access.importing.stock_take.schema import LEVELS, StockTakeColumn
from data_access.importing.stock_take.statuses import status_of
from data_access.importing.stock_take.tables import LaidOut

PERIODS = ("period", "period_from", "period_to", "year")
ROLES = ("organisation", "partner", "donor")


class Cells:
    """The filled cells of one row by what they mean; a cell that says "missing" means nothing and is kept so."""

    def __init__(self, one: LaidOut, at: int) -> None:
        self.at, self.number = at, one.numbers[at]
        self._texts = one.cells[at]
        self._meant = {
            place: column
            for place, column in one.meant.items()
            if self._texts[place] and self._texts[place] not in one.table.missing
        }
        parted = {place for place, column in self._meant.items() if len(self._parts(place, column)) > 1}
        self.further = tuple(
            (one.headers[place], text)
            for place, text in enumerate(self._texts)
            if text and place not in one.dropped and (place not in self._meant or place in parted)
        )

    def all(self, means: str) -> Iterator[tuple[str, StockTakeColumn, int]]:
        """Each text of that meaning with its column and position."""
        for place, column in self._meant.items():
            if column.means == means:
                yield self._texts[place], column, place

    def one(self, means: str) -> str:
        """The text of a meaning that one column has."""
        return next((text for text, _, _ in self.all(means)), "")

    def parts(self, means: str) -> tuple[str, ...]:
        """The texts of a meaning, cells that list several parted."""
        return tuple(part for _, column, place in self.all(means) for part in self._parts(place, column))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Name and acronym of every organisation of the row."""
        for role in ROLES:
            names, acronyms = self.parts(role), self.parts(f"{role}_acronym")
            if len(names) <= 1 and len(acronyms) <= 1:
                yield (names or ("",))[0], (acronyms or ("",))[0]
            else:
                yield from ((name, "") for name in names)

    def _parts(self, place: int, column: StockTakeColumn) -> tuple[str, ...]:
        text = self._texts[place]
        if not column.parted_by:
            return (text,)
        return tuple(part for each in text.split(column.parted_by) if (part := each.strip()))


@dataclass
class _Told:
    doubt: Doubt
    row: int
    rows: int = 0


class Building:
    """Builds the rows of one sheet; what is doubtful is collected and told once for all rows it is about."""

    def __init__(
        self,
        one: LaidOut,
        countries: tuple[str, ...],
        held: frozenset[str],
        organisations: Organisations,
        placing: Placing,
        areas: Areas,
        points: Mapping[int, Point],
    ) -> None:
        self._one, self._countries, self._held = one, countries, held
        self._organisations, self._placing, self._areas, self._points = organisations, placing, areas, points
        self._told: dict[tuple[str, str, str], _Told] = {}
        self._first: dict[int, bool | None] = {}

    def row(self, cells: Cells) -> StockTakeRow:
        """The neutral row."""
        one = self._one
        country = self._country(cells)
        places = _places(cells)
        area, level = "", ""
        if country in self._held and places:
            placed = self._placing.place(country, places)
            area, level = placed.area, placed.level
            for doubt in placed.doubts:
                self._doubt(doubt, cells)
        start, end, written = self._period(cells)
        organisation = self._named(cells, "organisation")
        if not organisation[:1]:
            fixed = one.table.fixed.organisation
            organisation = (self._organisations.of(fixed),) if fixed else (Organisation(),)
            if not fixed:
                self._ask(
                    cells, "organisation", "The row names no organisation.", "Fill the cell, or drop the row.", ""
                )
        latitude, longitude = self._points.get(cells.at, (None, None))
        return StockTakeRow(
            country,
            organisation[0],
            self._named(cells, "partner"),
            self._named(cells, "donor"),
            cells.one("sector") or one.table.fixed.sector,
            cells.one("theme"),
            cells.one("activity"),
            cells.parts("population_group"),
            area,
            level,
            places,
            latitude,
            longitude,
            start,
            end,
            written,
            self._status(cells),
            cells.one("status"),
            self._people(cells),
            cells.one("data_held"),
            cells.one("access"),
            cells.one("link"),
            cells.one("note"),
            cells.one("reference"),
            cells.further,
            one.sheet,
            cells.number,
        )

    def tell(self, ledger: Ledger) -> None:
        """What was doubtful, each thing once, with the first row it stands in and how many rows it is about."""
        shown: dict[str, int] = {}
        for told in self._told.values():
            doubt = told.doubt
            shown[doubt.rule] = shown.get(doubt.rule, 0) + 1
            if shown[doubt.rule] > SHOWN:
                continue
            about = f" {told.rows:,} rows wait for the answer." if doubt.kind == "question" and told.rows > 1 else ""
            about = about or (f" So it is in {told.rows:,} rows." if told.rows > 1 else "")
            ledger.add(
                doubt.kind,
                doubt.rule,
                f"{doubt.what}{about}",
                doubt.mend,
                row=told.row,
                column=doubt.level,
                value=doubt.value[:200],
                candidates=doubt.candidates,
            )
        for rule, count in shown.items():
            ledger.counted(rule, [("further cells are like these.", max(count - SHOWN, 0))])

    def _doubt(self, doubt: Doubt, cells: Cells) -> None:
        told = self._told.setdefault((doubt.rule, doubt.level, doubt.value), _Told(doubt, cells.number))
        told.rows += 1

    def _ask(self, cells: Cells, rule: str, what: str, mend: str, value: str, column: str = "") -> None:
        self._doubt(Doubt("question", rule, what, mend, value, column), cells)

    def _label(self, place: int) -> str:
        return self._one.headers[place][-80:]

    def _country(self, cells: Cells) -> str:
        text = cells.one("country")
        if not text:
            if len(self._countries) == 1:
                return self._countries[0]
            self._ask(cells, "unknown country", "The row names no country.", "Fill the cell.", "")
            return ""
        found = text.upper() if text.upper() in self._countries else self._areas.area(text, "country")
        code = found.code if isinstance(found, Resolved) else found if isinstance(found, str) else ""
        if code in self._countries:
            return code
        mend = f"Correct the cell, or add the country to the mapping; it has {', '.join(self._countries)}."
        self._ask(cells, "unknown country", "The country is none of the mapping's.", mend, text)
        return ""

    def _named(self, cells: Cells, role: str) -> tuple[Organisation, ...]:
        names, acronyms = cells.parts(role), cells.parts(f"{role}_acronym")
        kind = cells.one(f"{role}_type")
        if len(names) > 1 or len(acronyms) > 1:
            several = [self._organisations.of(name, "", kind) for name in names]
            return (*several, *(self._organisations.of("", acronym, kind) for acronym in acronyms))
        if names or acronyms or kind:
            return (self._organisations.of((names or ("",))[0], (acronyms or ("",))[0], kind),)
        return ()

    def _period(self, cells: Cells) -> tuple[str, str, tuple[str, ...]]:
        written = tuple(text for means in PERIODS for text, _, _ in cells.all(means))
        year = self._one.table.fixed.year
        if text := cells.one("year"):
            said = read_span(text)
            if isinstance(said, Span) and said.start.year == said.end.year:
                year = said.start.year
            else:
                self._ask(cells, "year", "The cell is no year that is understood.", "Write it as 2025.", text)
        spans = {means: self._span(cells, means, year) for means in ("period", "period_from", "period_to")}
        start, end = spans["period_from"] or spans["period"], spans["period_to"] or spans["period"]
        if not any(cells.one(means) for means in PERIODS[:3]):
            stated = cells.one("year") or self._one.table.fixed.period or str(year or "")
            whole = read_span(stated, year)
            start = end = whole if isinstance(whole, Span) else None
        if start and end and start.start > end.end:
            what = f"The period begins on {start.start} and ends on {end.end}."
            self._doubt(Doubt("refused", "period", what, "Check the two ends.", " - ".join(written), "period"), cells)
        return start.start.isoformat() if start else "", end.end.isoformat() if end else "", written

    def _span(self, cells: Cells, means: str, year: int | None) -> Span | None:
        for text, _, place in cells.all(means):
            if place not in self._first:
                stated = self._one.table.day_first
                column = (row[place] for row in self._one.cells)
                self._first[place] = days_come_first(column) if stated is None else stated
            found = read_span(text, year, self._first[place])
            if isinstance(found, Unclear):
                self._ask(cells, "period", f"The cell {found.why}.", found.mend, text, self._label(place))
                return None
            return found
        return None

    def _status(self, cells: Cells) -> str:
        for text, column, place in cells.all("status"):
            if found := column.codes.get(text) or status_of(text):
                return found
            mend = "Say what it means under codes: planned, ongoing, completed, suspended or cancelled."
            self._ask(cells, "status", "The word is none that is known for a status.", mend, text, self._label(place))
            return ""
        return self._one.table.fixed.status or ""

    def _people(self, cells: Cells) -> tuple[PeopleCount, ...]:
        found = []
        for text, column, place in cells.all("people"):
            number = number_of(text, ".")
            whole = number is not None and number >= 0 and number.is_integer()
            if not whole:
                what = "The cell is no whole number of people."
                mend = "Correct the cell; name under missing what stands for an empty one."
                self._doubt(Doubt("refused", "people", what, mend, text, self._label(place)), cells)
            value = int(number) if number is not None and whole else None
            found.append(
                PeopleCount(column.stage or "", value, text, column.sex or "", column.age, column.group, column.unit)
            )
        return tuple(found)


def _places(cells: Cells) -> tuple[PlaceText, ...]:
    names = {column.level: text for text, column, _ in cells.all("area")}
    codes = {column.level: text for text, column, _ in cells.all("area_code")}
    return tuple(
        PlaceText(level, names.get(level, ""), codes.get(level, ""))
        for level in LEVELS
        if level in names or level in codes
    )
