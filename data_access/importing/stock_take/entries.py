"""The neutral stock-take table: what a who-does-what-where file says, row by row, in the file's own words and in ours.

Where a text was understood (an area, a date, a count, a status), the text itself stands beside what it was taken for,
so that nothing is lost and everything can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from data_access.importing.findings import Finding

Further = tuple[tuple[str, str], ...]
"""Headers and texts of cells that mean nothing here, in the order of the columns."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation as written; ``key`` is the same for spellings that differ in case, accents and blanks only."""

    name: str = ""
    acronym: str = ""
    kind: str = ""
    key: str = ""

    @property
    def called(self) -> str:
        """The name, or the acronym where no name is given."""
        return self.name or self.acronym


@dataclass(frozen=True, slots=True)
class PlaceText:
    """A place as written at one level (admin1 … admin4, place, country), by name, by code or both."""

    level: str
    name: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """A number of people as one column has it.

    ``stage`` reached, targeted, in_need or affected; ``unit`` people or households; ``sex`` female, male, other or
    empty (all); ``age`` and ``group`` as the mapping names them; ``text`` as written.
    """

    stage: str
    value: int | None
    text: str
    sex: str = ""
    age: str = ""
    group: str = ""
    unit: str = "people"


@dataclass(frozen=True, slots=True)
class StockTakeRow:
    """One row of a who-does-what-where file.

    ``organisation`` does the work or holds the data. ``area`` is the code of the finest area understood, of the level
    ``area_level``; empty while a question about the place is open or where the file names none. ``period_from`` and
    ``period_to`` are ISO dates, the first and the last day meant. ``status`` is planned, ongoing, completed, suspended,
    cancelled or empty. ``latitude`` and ``longitude`` (degrees) only where they are those of an area, never of a
    person's place. ``data_held`` and ``access``: what data exist and who gets at them, if the file says.
    ``sheet`` and ``row`` (from 1) are where it stands in the file.
    """

    country: str
    organisation: Organisation
    partners: tuple[Organisation, ...] = ()
    donors: tuple[Organisation, ...] = ()
    sector: str = ""
    theme: str = ""
    activity: str = ""
    population_groups: tuple[str, ...] = ()
    area: str = ""
    area_level: str = ""
    places: tuple[PlaceText, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    period_from: str = ""
    period_to: str = ""
    period_texts: tuple[str, ...] = ()
    status: str = ""
    status_text: str = ""
    people: tuple[PeopleCount, ...] = ()
    data_held: str = ""
    access: str = ""
    link: str = ""
    note: str = ""
    reference: str = ""
    further: Further = ()
    sheet: str = ""
    row: int = 0

    @property
    def reached(self) -> int | None:
        """People reached in all, where one column says so; parts by sex or age are not added up here."""
        whole = [
            p for p in self.people if (p.stage, p.unit, p.sex, p.age, p.group) == ("reached", "people", "", "", "")
        ]
        return whole[0].value if len(whole) == 1 else None


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """A column as it was read: its header and HXL tag as written, what it was taken to mean (empty: kept as further),
    and how many filled cells it has below the header."""

    sheet: str
    letter: str
    header: str
    tag: str
    means: str
    cells: int


@dataclass(frozen=True, slots=True)
class Account:
    """Where the filled cells of a file went; ``filled`` is their sum.

    ``above`` title, header and tag cells; ``kept`` stand in the rows; ``dropped`` were left out as the mapping says;
    ``not_read`` stand in sheets or rows the mapping does not read; ``refused`` were not kept as they identify people.
    """

    filled: int = 0
    above: int = 0
    kept: int = 0
    dropped: int = 0
    not_read: int = 0
    refused: int = 0


@dataclass(frozen=True)
class StockTaken:
    """What a mapping made of a file: rows in file order, what was found, the columns, and an account of every cell."""

    rows: tuple[StockTakeRow, ...]
    findings: tuple[Finding, ...]
    columns: tuple[ReadColumn, ...] = ()
    account: Account = field(default_factory=Account)

    @property
    def stands(self) -> bool:
        """Whether nothing is refused and no question is open."""
        return all(one.kind == "remark" for one in self.findings)
