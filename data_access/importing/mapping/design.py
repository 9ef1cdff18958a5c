"""How the answers of single people become estimates: the microdata part of a mapping."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from data_access.importing.mapping.fields import Codes, Period, RowNumber, SheetRule, Strict, Text, Texts


class Circumstance(Strict):
    """A column that says who a person is in one dimension; an answer that ``codes`` does not list is unknown."""

    dimension: Text
    column: Text
    codes: Codes


class WashingtonGroup(Strict):
    """The short set: up to six columns of answers, and which of them mean a lot of difficulty or cannot do at all."""

    columns: Annotated[tuple[Text, ...], Field(min_length=1)]
    difficulty: Texts = ("3", "4")
    answers: Texts = ("1", "2", "3", "4")


class Outcome(Strict):
    """A share (``yes`` answers among ``of``, or among all that are not missing) or the mean of a column."""

    series: Text
    column: Text
    estimate: Literal["share", "mean"] = "share"
    yes: Texts = ()
    of: Texts = ()
    scale: float = 100
    only: dict[str, Texts] = Field(default_factory=dict)
    group: Codes = Field(default_factory=dict)

    @model_validator(mode="after")
    def _share_has_yes(self) -> Self:
        if (self.estimate == "share") != bool(self.yes):
            raise ValueError("a share needs the answers that count as 'yes'; a mean has none")
        return self


class Joined(Strict):
    """A further sheet (a household roster's members, say) joined to the people by a column both have."""

    sheet: SheetRule
    on: Text
    to: Text


class Microdata(Strict):
    """Columns of the design, who is who, what was asked, and for which domains estimates are wanted.

    ``domains`` lists combinations of dimensions (and ``area``); an empty one is the total.
    """

    sheet: SheetRule = SheetRule(position=1)
    header_row: RowNumber = 1
    first_row: RowNumber | None = None
    join: tuple[Joined, ...] = ()
    weight: Text | None = None
    strata: Texts = ()
    psu: Text | None = None
    single_psu: Literal["refuse", "centre"] = "refuse"
    area: Text | None = None
    area_codes: Codes = Field(default_factory=dict)
    period: Period
    country: Text
    missing: Texts = ("88", "99", "-88", "-99", "")
    circumstances: tuple[Circumstance, ...] = ()
    disability: WashingtonGroup | None = None
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    domains: tuple[tuple[Text, ...], ...] = ((),)

    @model_validator(mode="after")
    def _domains_are_known(self) -> Self:
        known = {c.dimension for c in self.circumstances} | {"area"}
        if self.disability is not None:
            known.add("DISABILITY_STATUS")
        unknown = sorted({part for domain in self.domains for part in domain} - known)
        if unknown:
            raise ValueError(f"domains name {', '.join(unknown)}, which no circumstance gives")
        return self
