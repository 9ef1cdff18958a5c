"""How records of single schools, water points or people become figures: the records part of a mapping."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from data_access.importing.mapping.fields import (
    Areas,
    Codes,
    Pattern,
    Period,
    RowNumber,
    RowRule,
    Selector,
    SheetRule,
    Strict,
    Text,
    Texts,
)

Headers = Annotated[Texts, Field(min_length=1)]
"""Columns by header; where several are named, the first that is answered counts."""


class RecordColumn(Selector):
    """A column that says where, who or when each record is; ``codes`` what its texts mean."""

    means: Literal["area", "group", "period"]
    dimension: Text | None = None
    codes: Codes = Field(default_factory=dict)

    @model_validator(mode="after")
    def _group_has_dimension(self) -> Self:
        if (self.means == "group") != (self.dimension is not None):
            raise ValueError("'dimension' belongs to 'means: group', and only there")
        return self


class Condition(Strict):
    """Records told by what stands in a column; of several columns it is enough that one fits.

    ``values`` is one of these; ``other_than`` is answered with none of these; ``answered`` with anything; ``above`` is
    a number above this.
    """

    header: Headers
    values: Texts = ()
    other_than: Texts = ()
    answered: bool = False
    above: float | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum((bool(self.values), bool(self.other_than), self.answered, self.above is not None)) != 1:
            raise ValueError("say one thing of the column: values, other_than, answered or above")
        return self


class RecordFigure(Strict):
    """A figure made of the records for which every condition of ``where`` holds.

    ``count`` how many they are; ``share`` how many in a hundred of them fulfil ``that``; ``sum`` and ``mean`` of the
    numbers in ``of``; ``ratio`` the sum of ``of`` in a hundred of the sum of all columns of ``over``, over records that
    answer all of them; ``distinct`` how many different texts stand in ``of``.

    ``by`` lists breakdowns, each a list of dimensions, the empty one being the total. A breakdown leaves out records
    that do not say their category. ``note`` may hold ``{n}``, the number of records behind the figure.
    """

    series: Text
    measure: Literal["count", "share", "sum", "mean", "ratio", "distinct"]
    where: tuple[Condition, ...] = ()
    that: tuple[Condition, ...] = ()
    of: Texts = ()
    over: Texts = ()
    by: Annotated[tuple[Texts, ...], Field(min_length=1)] = ((),)
    group: Codes = Field(default_factory=dict)
    round: Annotated[int, Field(ge=0, le=12)] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        needed = {"share": {"that"}, "sum": {"of"}, "mean": {"of"}, "ratio": {"of", "over"}, "distinct": {"of"}}
        given = {name for name in ("that", "of", "over") if getattr(self, name)}
        wanted = needed.get(self.measure, set())
        if missing := sorted(wanted - given):
            raise ValueError(f"a {self.measure} needs {' and '.join(missing)}")
        if extra := sorted(given - wanted):
            raise ValueError(f"{' and '.join(extra)} means nothing to a {self.measure}")
        if twice := sorted({part for breakdown in self.by for part in breakdown} & set(self.group)):
            raise ValueError(f"{', '.join(twice)} stands in 'by' and in 'group'")
        return self


class Records(Strict):
    """Rows that are each a school, a water point, a person; only figures made of them are kept.

    ``unit`` says which. Figures that count people go through disclosure control like every other figure of people: a
    source that says it maps things is not believed to hold any. ``key`` is the column that tells the records apart: one
    that stands twice is refused. ``area`` and ``period`` hold for every record where no column says them.
    ``unreliable_below``: a figure that rests on fewer records has low reliability (status U).
    """

    unit: Literal["establishment", "person"]
    sheets: SheetRule = SheetRule(position=1)
    header_rows: tuple[RowNumber, ...] = (1,)
    hxl_row: RowNumber | None = None
    first_row: RowNumber | None = None
    last_row: RowNumber | None = None
    stop: Pattern | None = None
    key: Selector | None = None
    columns: tuple[RecordColumn, ...] = ()
    area: Text | None = None
    period: Period | None = None
    areas: Areas = Areas()
    keep_rows: tuple[RowRule, ...] = ()
    drop_rows: tuple[RowRule, ...] = ()
    missing: Texts = ()
    strip: Texts = ()
    decimal: Literal[".", ","] | None = None
    note: str = ""
    unreliable_below: Annotated[int, Field(ge=1)] | None = None
    figures: Annotated[tuple[RecordFigure, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _says_where_and_when(self) -> Self:
        for what, constant in (("area", self.area), ("period", self.period)):
            if (constant is not None) == any(column.means == what for column in self.columns):
                raise ValueError(f"say the {what} once: under '{what}', or by a column")
        return self

    @model_validator(mode="after")
    def _breakdowns_are_known(self) -> Self:
        known = {column.dimension for column in self.columns}
        wanted = {part for figure in self.figures for breakdown in figure.by for part in breakdown}
        if unknown := sorted(wanted - known):
            raise ValueError(f"'by' names {', '.join(unknown)}, which no column of these records gives")
        return self
