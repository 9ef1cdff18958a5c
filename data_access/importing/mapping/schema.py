"""What a mapping may say: one YAML file a dataset, reviewed by people, used again for the next round."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from data_access.importing.mapping.design import Microdata
from data_access.importing.mapping.fields import (
    MEASURES,
    Areas,
    Codes,
    Measure,
    Pattern,
    Period,
    RowNumber,
    RowRule,
    Selector,
    SheetRule,
    Status,
    Strict,
    Text,
    Texts,
    Unit,
)
from data_access.importing.mapping.record_rules import Records
from data_access.importing.mapping.statements import Answers, Definition, Harmless

Meaning = Literal[
    "area",
    "area_kind",
    "country",
    "series",
    "group",
    "group_key",
    "group_dimension",
    "group_category",
    "group_label",
    "period",
    "period_detail",
    "status",
    "note",
    "flag",
    "unit",
    "multiplier",
    "n",
    "yes",
    "population",
    "series_part",
    "ignore",
]
MEANINGS: dict[str, str] = {
    "area": "the place, by code or name",
    "area_kind": "the kind of place: country, admin1, admin2, survey_region, place",
    "country": "the country the place lies in",
    "series": "what is measured",
    "group": "who, in one dimension (say which: dimension)",
    "group_key": "who, as this product writes it: DIMENSION=CATEGORY joined by |",
    "group_dimension": "the dimension that the group_category beside it belongs to",
    "group_category": "who, in the dimension that the group_dimension beside it says",
    "group_label": "who, as a group key beside a code that means nothing by itself",
    "period": "the year or span of years",
    "period_detail": "a span of years that takes the place of the year beside it",
    "status": "SDMX observation status",
    "note": "words about the figure",
    "flag": "words about the figure, led by what this product writes there (OBS_STATUS=U; SAMPLE_SIZE=30; …)",
    "unit": "the unit the value is in",
    "multiplier": "the power of ten the value is to be multiplied by (UNIT_MULT)",
    "n": "people asked",
    "yes": "people asked who said yes",
    "population": "people the figure speaks of",
    "series_part": "a further part of the series code",
    "ignore": "nothing that is wanted",
}


class Source(Strict):
    """Who says so: facts about the source, kept with every release of it."""

    code: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{2,39}$")]
    title: str
    publisher: str
    origin: Literal["official", "community"]
    illustrative: bool = False
    countries: Annotated[tuple[Annotated[str, Field(pattern=r"^[A-Z]{3}$")], ...], Field(min_length=1)]
    collection: Literal[
        "household_survey",
        "census",
        "administrative",
        "citizen_survey",
        "community_mapping",
        "community_survey",
        "community_scorecard",
        "modelled_estimates",
    ]
    sampling: Literal["probability", "purposive", "census", "mapping", "administrative", "scorecard"]
    mode: str = ""
    fieldwork_start: Text = ""
    fieldwork_end: Text = ""
    sample_size: Text = ""
    licence: str
    licence_state: Literal["attribution", "share-alike", "unverified"]
    citation: str
    obtained_from: str = ""
    caveats: str = ""
    consent: Literal["not_applicable", "stated", "unknown"] = "unknown"
    sharing: Literal["public", "aggregate_only", "private"] = "public"
    recognition: str = ""


class SeriesCode(Strict):
    """What a series code of the file means here; ``group`` and ``note`` are added to what the row says."""

    series: str
    group: Codes = Field(default_factory=dict)
    without: Texts = ()
    note: str = ""
    status: Status | None = None
    multiply: float = 1
    to_unit: Unit | None = None


def _series_codes(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {str(key): {"series": code} if isinstance(code, str) else code for key, code in value.items()}


class Column(Selector):
    """A column that says the same about every figure of its row."""

    means: Meaning
    dimension: Text | None = None
    codes: Codes = Field(default_factory=dict)
    series_codes: Annotated[dict[str, SeriesCode], BeforeValidator(_series_codes)] = Field(default_factory=dict)
    take: Pattern | None = None
    total: Texts = ("", "_T", "Total")
    only_listed: bool = False
    multiply: float = 1

    @model_validator(mode="after")
    def _fits_its_meaning(self) -> Self:
        if (self.means == "group") != (self.dimension is not None):
            raise ValueError("'dimension' belongs to 'means: group', and only there")
        if self.series_codes and self.means != "series":
            raise ValueError("'series_codes' belongs to 'means: series'")
        return self


class MeasureColumn(Selector):
    """Where a figure's error, interval, sample or population stands; ``beside`` names a table laid beside this one.

    ``take`` the part of the cell that is the number: the pattern's first group, where the whole cell matches it.
    """

    beside: str | None = None
    take: Pattern | None = None
    multiply: float = 1
    round: Annotated[int, Field(ge=0, le=12)] | None = None


class Values(Selector):
    """Columns of figures. In a wide table each says its series, period or group: here or as parts of its pattern.

    ``take`` splits cells that say more than a figure, such as 12.3 (10.1-14.5): its named groups, where the whole cell
    matches, are ``value`` and any of se, lower, upper, n, yes, population, status and note (through ``codes``).
    """

    series: Text | None = None
    period: Period | None = None
    group: Codes = Field(default_factory=dict)
    codes: dict[str, Codes] = Field(default_factory=dict)
    status: Status | None = None
    note: str = ""
    take: Pattern | None = None
    unit: Unit | None = None
    to_unit: Unit | None = None
    multiply: float = 1
    round: Annotated[int, Field(ge=0, le=12)] | None = None
    se: MeasureColumn | None = None
    lower: MeasureColumn | None = None
    upper: MeasureColumn | None = None
    n: MeasureColumn | None = None
    yes: MeasureColumn | None = None
    population: MeasureColumn | None = None

    def measures(self) -> dict[Measure, MeasureColumn]:
        """The measures that stand in columns of their own."""
        found: dict[Measure, MeasureColumn | None] = {name: getattr(self, name) for name in MEASURES}
        return {name: column for name, column in found.items() if column is not None}

    @property
    def taken(self) -> frozenset[str]:
        """What ``take`` finds in a cell."""
        return frozenset(re.compile(self.take).groupindex) if self.take is not None else frozenset()

    @model_validator(mode="after")
    def _takes_what_there_is(self) -> Self:
        if self.take is None:
            return self
        known = ("value", *MEASURES, "status", "note")
        if "value" not in self.taken or not self.taken <= set(known):
            raise ValueError(
                f"'take' names its parts (?P<value>…), and, where the cells have them, {', '.join(known[1:])}"
            )
        if twice := self.taken & set(self.measures()):
            raise ValueError(f"{', '.join(sorted(twice))} is said twice: by 'take' and by a column of its own")
        return self


class Beside(Strict):
    """Another sheet laid beside the table: rows whose ``on`` cells say the same belong together."""

    sheet: SheetRule
    header_rows: tuple[RowNumber, ...]
    first_row: RowNumber
    on: Annotated[tuple[Selector, ...], Field(min_length=1)]
    to: tuple[Selector, ...] = ()


class Missing(Strict):
    """What the file writes where a value is missing. Without ``status`` no figure is made; with M or Q an empty one."""

    code: Text
    status: Literal["M", "Q"] | None = None
    note: str = ""


class Fixed(Strict):
    """What holds for every figure of the table and stands in no column."""

    area: Text | None = None
    series: Text | None = None
    group: Codes = Field(default_factory=dict)
    period: Period | None = None
    status: Status | None = None
    note: str = ""
    n: int | None = None
    population: int | None = None


class Amendment(Strict):
    """Something known about some figures: added to their note, set as their status, or the reason to leave them out.

    The note stands before what the row itself says; ``last``: behind it.
    """

    area: Texts = ()
    series: Texts = ()
    group: Texts | None = None
    period: Texts = ()
    note: str = ""
    status: Status | None = None
    last: bool = False
    leave_out: bool = False

    @model_validator(mode="after")
    def _about_something(self) -> Self:
        if not (self.area or self.series or self.group is not None or self.period):
            raise ValueError("say which figures: area, series, group or period")
        if self.leave_out and not self.note:
            raise ValueError("say in 'note' why these figures are left out")
        return self


class Table(Strict):
    """How the figures of one or more sheets of the same layout are read."""

    sheets: SheetRule = SheetRule(position=1)
    header_rows: tuple[RowNumber, ...] = (1,)
    hxl_row: RowNumber | None = None
    first_row: RowNumber | None = None
    last_row: RowNumber | None = None
    stop: Pattern | None = None
    columns: tuple[Column, ...] = ()
    values: Annotated[tuple[Values, ...], Field(min_length=1)]
    beside: dict[str, Beside] = Field(default_factory=dict)
    keep_rows: tuple[RowRule, ...] = ()
    drop_rows: tuple[RowRule, ...] = ()
    missing: tuple[Missing, ...] = ()
    strip: Texts = ()
    decimal: Literal[".", ","] | None = None
    """The decimal mark of numbers written as text; unsaid, a point, and what may be either (1,234) is asked."""
    areas: Areas = Areas()
    periods: Codes = Field(default_factory=dict)
    sheet_codes: dict[str, Codes] = Field(default_factory=dict)
    fixed: Fixed = Fixed()
    amendments: tuple[Amendment, ...] = ()
    repeated: Literal["ask", "once"] = "ask"
    """What to do with a figure that stands in the table twice, the same in everything: ask, or take it once."""

    @model_validator(mode="after")
    def _rows_in_order(self) -> Self:
        below = max((*self.header_rows, self.hxl_row or 0), default=0)
        if self.first_row is not None and self.first_row <= below:
            raise ValueError(f"first_row {self.first_row} is not below the header (row {below})")
        unknown = {
            measure.beside for values in self.values for measure in values.measures().values() if measure.beside
        } - set(self.beside)
        if unknown:
            raise ValueError(f"'beside' names {', '.join(sorted(unknown))}, which this table does not describe")
        return self


class DatasetMapping(Strict):
    """A whole mapping: tables of figures, records of single schools or water points (or people) that are to be counted,
    or the answers of single people (``microdata``).

    ``answers`` what was asked of this file or of an earlier round, and the codes it was answered with. ``harmless``
    columns that look as if they named people and do not. ``definitions`` how the source measures a series.
    """

    version: Literal[1]
    source: Source
    tables: tuple[Table, ...] = ()
    records: tuple[Records, ...] = ()
    microdata: Microdata | None = None
    answers: Answers = Field(default_factory=dict)
    harmless: tuple[Harmless, ...] = ()
    definitions: dict[str, Definition] = Field(default_factory=dict)

    @property
    def areas(self) -> tuple[Areas, ...]:
        """What every part of the mapping says of places."""
        return (*(table.areas for table in self.tables), *(records.areas for records in self.records))

    @property
    def vintage(self) -> str:
        """The division into areas that the mapping speaks of; empty where it names none."""
        return next((areas.vintage for areas in self.areas if areas.vintage), "")

    @model_validator(mode="after")
    def _reads_something(self) -> Self:
        if not self.tables and not self.records and self.microdata is None:
            raise ValueError("say what to read: tables, records or microdata")
        return self

    @model_validator(mode="after")
    def _one_vintage(self) -> Self:
        named = sorted({areas.vintage for areas in self.areas if areas.vintage})
        if len(named) > 1:
            raise ValueError(f"names several boundary vintages ({'; '.join(named)}): write one mapping for each")
        return self
