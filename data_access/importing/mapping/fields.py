"""Building stones of a mapping: texts, numbers and the ways of pointing at a column."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from data_access.periods import years


class Strict(BaseModel):
    """A part of a mapping; a key it does not know is refused, and it does not change once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_texts(value: Any) -> Any:
    return [value] if isinstance(value, str | int | float) else value


def _as_codes(value: Any) -> Any:
    return {_as_text(key): _as_text(code) for key, code in value.items()} if isinstance(value, dict) else value


def _pattern(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return value


def _period(value: str) -> str:
    if value:
        years(value)
    return value


Text = Annotated[str, BeforeValidator(_as_text)]
"""A text; a number written without quotes is taken as the text it looks like."""
Texts = Annotated[tuple[Text, ...], BeforeValidator(_as_texts)]
"""Several texts, or one alone."""
Codes = Annotated[dict[str, str], BeforeValidator(_as_codes)]
"""Texts of the file → codes of the product."""
Pattern = Annotated[Text, AfterValidator(_pattern)]
"""A regular expression; parts that mean something are named: ``(?P<period>\\d{4})``."""
Period = Annotated[Text, AfterValidator(_period)]
Letter = Annotated[str, Field(pattern=r"^[A-Z]{1,3}$")]
"""A column as spreadsheets name it: A, B … AA."""
RowNumber = Annotated[int, Field(ge=1)]
Status = Literal["A", "U", "P", "E", "M", "Q"]
Unit = Literal[
    "proportion", "percent", "per_1000", "per_10000", "per_100000", "per_million", "number", "index", "score"
]
Measure = Literal["se", "lower", "upper", "n", "yes", "population"]
MEASURES: tuple[Measure, ...] = ("se", "lower", "upper", "n", "yes", "population")


class Selector(Strict):
    """A column (or, by pattern, several): by its header, its letter or a pattern that the whole header matches.

    A header over several rows is written with `` / `` between the rows; its lowest row alone will do where no
    other column ends so. ``optional``: not every sheet has it.
    """

    header: Text | None = None
    letter: Letter | None = None
    pattern: Pattern | None = None
    optional: bool = False

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.header, self.letter, self.pattern)) != 1:
            raise ValueError("name the column in one way: header, letter or pattern")
        return self

    def __str__(self) -> str:
        return str(self.header or self.letter or self.pattern)


class RowRule(Selector):
    """Rows told by what one of their cells says, and why."""

    values: Texts
    because: str


class Areas(Strict):
    """How the places are to be understood.

    ``vintage`` the division into areas that the file speaks of, by code or name; a name that only another one has is
    then not taken. ``overrides`` say the code of a text outright, as an answer does.
    """

    country: str | None = None
    kind: str | None = None
    vintage: str | None = None
    overrides: Codes = Field(default_factory=dict)


class SheetRule(Strict):
    """Sheets by name, position (from 1) or a pattern that the whole name matches.

    Named parts of the pattern are taken up: ``period``, ``series`` or a dimension.
    """

    name: Text | None = None
    position: RowNumber | None = None
    pattern: Pattern | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.name, self.position, self.pattern)) != 1:
            raise ValueError("name the sheets in one way: name, position or pattern")
        return self
