"""What a mapping of a who-does-what-where file may say."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from data_access.importing.mapping.fields import (
    Codes,
    Letter,
    Pattern,
    RowNumber,
    RowRule,
    Selector,
    SheetRule,
    Strict,
    Text,
    Texts,
)
from data_access.importing.stock_take.dates import Span, read_span
from data_access.importing.stock_take.hxl import tag_of

Meaning = Literal[
    "organisation",
    "organisation_acronym",
    "organisation_type",
    "partner",
    "partner_acronym",
    "partner_type",
    "donor",
    "donor_acronym",
    "donor_type",
    "sector",
    "theme",
    "activity",
    "population_group",
    "country",
    "area",
    "area_code",
    "latitude",
    "longitude",
    "period",
    "period_from",
    "period_to",
    "year",
    "status",
    "people",
    "data_held",
    "access",
    "link",
    "note",
    "reference",
]
MEANINGS: dict[str, str] = {
    "organisation": "who does the work, or holds the data",
    "organisation_acronym": "their acronym",
    "organisation_type": "what kind of organisation it is",
    "partner": "with whom, or through whom",
    "partner_acronym": "the partner's acronym",
    "partner_type": "what kind of organisation the partner is",
    "donor": "who pays",
    "donor_acronym": "the donor's acronym",
    "donor_type": "what kind of organisation the donor is",
    "sector": "the sector or cluster",
    "theme": "a narrower theme",
    "activity": "what is done",
    "population_group": "for whom, in words",
    "country": "the country, where a file has several",
    "area": "a place by name; say its level",
    "area_code": "a place by p-code; say its level",
    "latitude": "of the area, not of a person's place",
    "longitude": "of the area, not of a person's place",
    "period": "a day, month, quarter, year or span",
    "period_from": "the first day, month or year",
    "period_to": "the last day, month or year",
    "year": "the year of a month in another column",
    "status": "planned, ongoing, completed …",
    "people": "a number of people; say its stage",
    "data_held": "what data there are",
    "access": "who gets at the data, and how",
    "link": "an address on the web",
    "note": "words besides",
    "reference": "the row's own identifier in the file",
}
SEVERAL = ("partner", "donor", "population_group", "area", "area_code", "people")
"""Meanings that more than one column of a table may have."""

Level = Literal["admin1", "admin2", "admin3", "admin4", "place"]
LEVELS: tuple[Level, ...] = ("admin1", "admin2", "admin3", "admin4", "place")
Stage = Literal["reached", "targeted", "in_need", "affected"]
Status = Literal["planned", "ongoing", "completed", "suspended", "cancelled"]
Year = Annotated[int, Field(ge=1950, le=2100)]


class StockTakeSource(Strict):
    """Who made the list, of which countries, and under which terms."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{2,39}$")]
    title: str
    publisher: str
    countries: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...], Field(min_length=1)]
    licence: str
    licence_state: Literal["attribution", "share-alike", "unverified"]
    citation: str
    obtained_from: str = ""
    caveats: str = ""
    sharing: Literal["public", "aggregate_only", "private"] = "private"
    consent: Literal["not_applicable", "stated", "unknown"] = "unknown"


class Where(Strict):
    """A column: by its header, its letter, a pattern that the whole header matches, or its HXL tag.

    A tag finds the column with that hashtag and at least these attributes, in any order. ``optional``: not every
    sheet has it.
    """

    header: Text | None = None
    letter: Letter | None = None
    pattern: Pattern | None = None
    tag: Text | None = None
    optional: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.header, self.letter, self.pattern, self.tag)) != 1:
            raise ValueError("name the column in one way: header, letter, pattern or tag")
        if self.tag is not None and tag_of(self.tag) is None:
            raise ValueError("write an HXL tag as #sector or #adm1+code, and quote it")
        return self

    def __str__(self) -> str:
        return str(self.header or self.letter or self.pattern or self.tag)

    def selector(self) -> Selector:
        """The same without a tag. Only for columns named in another way."""
        return Selector(header=self.header, letter=self.letter, pattern=self.pattern, optional=self.optional)


class StockTakeColumn(Where):
    """What one column means. ``level`` belongs to places; ``stage``, ``sex``, ``age``, ``group``, ``unit`` to people.

    ``lengths`` say how many characters of a p-code name the areas around it (``admin1: 4, admin2: 6``). ``codes`` say
    what the file's words for a status mean. ``parted_by`` divides a cell that lists several.
    """

    means: Meaning
    level: Level | None = None
    lengths: dict[Level, Annotated[int, Field(ge=2, le=24)]] = Field(default_factory=dict)
    stage: Stage | None = None
    sex: Literal["female", "male", "other"] | None = None
    age: Text = ""
    group: Text = ""
    unit: Literal["people", "households"] = "people"
    codes: dict[str, Status] = Field(default_factory=dict)
    parted_by: Text = ""

    @model_validator(mode="after")
    def _fits_its_meaning(self) -> Self:
        if (self.means in ("area", "area_code")) != (self.level is not None):
            raise ValueError(
                "'level' (admin1, admin2 … place) belongs to 'means: area' and 'area_code', and only there"
            )
        if (self.means == "people") != (self.stage is not None):
            raise ValueError("'stage' (reached, targeted …) belongs to 'means: people', and only there")
        if self.means != "people" and (self.sex or self.age or self.group or self.unit != "people"):
            raise ValueError("'sex', 'age', 'group' and 'unit' belong to 'means: people'")
        if self.lengths and self.means != "area_code":
            raise ValueError("'lengths' belongs to 'means: area_code'")
        if self.codes and self.means != "status":
            raise ValueError("'codes' belongs to 'means: status'")
        if self.parted_by and self.means not in ("partner", "donor", "population_group"):
            raise ValueError("'parted_by' belongs to partners, donors and population groups")
        return self


class Because(Where):
    """A column and a person's reason."""

    because: Annotated[str, Field(min_length=3)]


class LeftSheet(Strict):
    """A sheet that is not read, and why."""

    sheet: SheetRule
    because: Annotated[str, Field(min_length=3)]


class StockTakeAreas(Strict):
    """How places are looked up: down to the level ``finest``; finer ones are kept as they are written.

    ``overrides`` say the code of a text outright.
    """

    finest: Literal["admin1", "admin2"] = "admin2"
    overrides: Codes = Field(default_factory=dict)


class StockTakeFixed(Strict):
    """What holds for every row that does not say it; ``year`` goes with months that have none."""

    organisation: str = ""
    sector: str = ""
    period: Text = ""
    year: Year | None = None
    status: Status | None = None

    @model_validator(mode="after")
    def _is_a_period(self) -> Self:
        if self.period and not isinstance(read_span(self.period, self.year), Span):
            raise ValueError(f"{self.period!r} is no period; write it as 2025-04, April 2025 or 2025")
        return self


class StockTakeTable(Strict):
    """How the rows of one or more sheets of the same layout are read.

    A column named nowhere is kept as it is (``further``). ``drop`` leaves columns out, ``harmless`` keeps one that
    looks as if it identified people and does not; ``day_first`` says how 03/04/2025 is meant.
    """

    sheets: SheetRule = SheetRule(position=1)
    header_rows: tuple[RowNumber, ...] = (1,)
    hxl_row: RowNumber | None = None
    first_row: RowNumber | None = None
    last_row: RowNumber | None = None
    stop: Pattern | None = None
    columns: Annotated[tuple[StockTakeColumn, ...], Field(min_length=1)]
    drop: tuple[Because, ...] = ()
    harmless: tuple[Because, ...] = ()
    keep_rows: tuple[RowRule, ...] = ()
    drop_rows: tuple[RowRule, ...] = ()
    missing: Texts = ()
    day_first: bool | None = None
    areas: StockTakeAreas = StockTakeAreas()
    fixed: StockTakeFixed = StockTakeFixed()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        counts: Counter[str] = Counter(column.means for column in self.columns)
        if twice := sorted(means for means, n in counts.items() if n > 1 and means not in SEVERAL):
            raise ValueError(f"{', '.join(twice)} stands twice; a column more is kept without being named")
        organisations = ("organisation", "organisation_acronym")
        if not self.fixed.organisation and not any(counts[name] for name in organisations):
            raise ValueError("say who: a column that means organisation or organisation_acronym, or 'fixed'")
        levels = Counter((column.means, column.level) for column in self.columns if column.level)
        if any(n > 1 for n in levels.values()):
            raise ValueError("two columns give the same level of places; keep one")
        tagged = any(where.tag for where in (*self.columns, *self.drop, *self.harmless))
        if tagged and self.hxl_row is None:
            raise ValueError("columns are named by HXL tag; say in 'hxl_row' which row has the tags")
        if bool(counts["latitude"]) != bool(counts["longitude"]):
            raise ValueError("latitude and longitude belong together")
        below = max((*self.header_rows, self.hxl_row or 0), default=0)
        if self.first_row is not None and self.first_row <= below:
            raise ValueError(f"first_row {self.first_row} is not below the header (row {below})")
        return self


class StockTakeMapping(Strict):
    """A whole mapping of a who-does-what-where file."""

    version: Literal[1]
    kind: Literal["stock_take"]
    source: StockTakeSource
    tables: Annotated[tuple[StockTakeTable, ...], Field(min_length=1)]
    leave: tuple[LeftSheet, ...] = ()

    @model_validator(mode="after")
    def _says_which_country(self) -> Self:
        if len(self.source.countries) > 1 and not all(
            any(column.means == "country" for column in table.columns) for table in self.tables
        ):
            raise ValueError("of several countries: every table needs a column that means country")
        return self
