"""How the answers of single people become estimates: the microdata part of a mapping."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from data_access.importing.mapping.fields import Codes, Period, RowNumber, SheetRule, Strict, Text, Texts

DISABILITY = "DISABILITY_STATUS"
Positive = Annotated[float, Field(gt=0)]


class Band(Strict):
    """Numbers from ``least`` to ``most``, both included; an end that is not said is open."""

    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.least is None and self.most is None:
            raise ValueError("say 'least', 'most' or both")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("'least' is larger than 'most'")
        return self


class Circumstance(Strict):
    """A column that says who a person is in one dimension.

    ``codes`` leads from answers (codes or labels) to categories; without it each answer is looked up by name. ``bands``
    leads from categories to the numbers they span, for an age in years, say. A person whose answer is ``missing``, or
    lies in no band, is in no group but in the total; an answer that nobody explains is refused.
    """

    dimension: Text
    column: Text
    codes: Codes = Field(default_factory=dict)
    bands: dict[str, Band] = Field(default_factory=dict)
    missing: Texts = ()

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.codes and self.bands:
            raise ValueError("say 'codes' (of answers) or 'bands' (of numbers), not both")
        return self


class WashingtonGroup(Strict):
    """The short set: its six columns; which answers count, and which are a lot of difficulty or cannot do at all.

    ``missing`` (refused, does not know) is no answer. Where the form or the export has labels, the usual English
    wording is known as well. Who has no difficulty in the
    answers given, but did not give all six, is not known, or is counted ``without``.
    """

    columns: Annotated[tuple[Text, ...], Field(min_length=6, max_length=6)]
    answers: Texts = ("1", "2", "3", "4")
    difficulty: Texts = ("3", "4")
    missing: Texts = ("7", "8", "9")
    incomplete: Literal["unknown", "without"] = "unknown"

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if len(set(self.columns)) < len(self.columns):
            raise ValueError("a column is named twice")
        if strange := sorted(set(self.difficulty) - set(self.answers)):
            raise ValueError(f"'difficulty' names {', '.join(strange)}, which 'answers' does not")
        return self


class Among(Strict):
    """Only people whose answer in ``column`` is one of ``values``, or a number from ``least`` to ``most``."""

    column: Text
    values: Texts = ()
    least: float | None = None
    most: float | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.values) == (self.least is not None or self.most is not None):
            raise ValueError("say 'values', or 'least' and 'most'")
        return self


class Outcome(Strict):
    """A series: the share of people whose answer is one of ``yes``, or the mean of a column of numbers.

    A choice of a question with several is named ``question/choice``; it is said with 1. With ``no`` any answer that is
    neither yes nor no is refused; without it every other answer is a no. ``missing`` adds to the mapping's. ``only``
    says which people were asked, ``group`` what they all have in common (an age range, say). ``sensitive``: that nobody
    or everybody in a group says yes may not be told. ``scale`` multiplies: 100 for a share, 1 for a mean.
    """

    series: Text
    column: Text
    estimate: Literal["share", "mean"] = "share"
    yes: Texts = ()
    no: Texts = ()
    missing: Texts = ()
    only: tuple[Among, ...] = ()
    group: Codes = Field(default_factory=dict)
    sensitive: bool = False
    scale: Positive | None = None

    @model_validator(mode="after")
    def _share_has_yes(self) -> Self:
        if (self.estimate == "share") != bool(self.yes):
            raise ValueError("a share needs the answers that count as 'yes'; a mean has none")
        if both := sorted(set(self.yes) & {*self.no, *self.missing}):
            raise ValueError(f"{', '.join(both)} cannot be a yes and something else")
        return self

    @property
    def multiplied_by(self) -> float:
        """The scale, said or usual."""
        return self.scale if self.scale is not None else 100.0 if self.estimate == "share" else 1.0


class Joined(Strict):
    """A further sheet (the households around the people, say): its rows whose ``to`` is the row's ``on``."""

    sheet: SheetRule
    on: Text
    to: Text


class FurthestBehind(Strict):
    """A study of who is furthest behind: in which series, by which circumstances together."""

    series: Text
    circumstances: Annotated[tuple[Text, ...], Field(min_length=2, max_length=8)]


class Microdata(Strict):
    """Columns of the design, who is who, what was asked, and for whom estimates are wanted.

    ``sheet`` has one row a person; the sheets its rows belong to are found by the keys that Kobo and ODK write, or said
    in ``join``. ``form`` names the XLSForm's file. ``drop`` columns that are thrown away unread (``*`` stands for
    anything); ``harmless`` columns that were looked at and hold nothing about a single person. ``place`` the area that
    all answers speak of, the country if it is not said; ``area`` the column of the part of it where each person lives.
    ``domains`` combinations of dimensions; everyone together is always wanted, and with ``crossed_with_areas`` every
    combination in every area too.
    """

    sheet: SheetRule = SheetRule(position=1)
    header_row: RowNumber = 1
    first_row: RowNumber | None = None
    join: tuple[Joined, ...] = ()
    form: Text | None = None
    drop: Texts = ()
    harmless: Texts = ()
    weight: Text | None = None
    strata: Texts = ()
    psu: Text | None = None
    fpc: Text | None = None
    single_psu: Literal["refuse", "centre"] = "refuse"
    deff: Positive | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    place: Text | None = None
    area: Text | None = None
    area_codes: Codes = Field(default_factory=dict)
    area_kind: Text | None = None
    crossed_with_areas: bool = True
    period: Period
    missing: Texts = ("88", "98", "99", "-88", "-98", "-99")
    circumstances: tuple[Circumstance, ...] = ()
    disability: WashingtonGroup | None = None
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]
    domains: tuple[tuple[Text, ...], ...] = ((),)
    furthest_behind: tuple[FurthestBehind, ...] = ()

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        said = [one.dimension for one in self.circumstances] + ([DISABILITY] if self.disability is not None else [])
        if twice := sorted({one for one in said if said.count(one) > 1}):
            raise ValueError(f"{', '.join(twice)} is given by two circumstances")
        if "area" in {part.lower() for domain in self.domains for part in domain}:
            raise ValueError("domains name 'area': give its column as 'area'; 'crossed_with_areas' crosses all domains")
        wanted = {part for domain in self.domains for part in domain}
        wanted |= {part for study in self.furthest_behind for part in study.circumstances}
        if unknown := sorted(wanted - set(said)):
            raise ValueError(f"domains or furthest_behind name {', '.join(unknown)}, which no circumstance gives")
        if repeated := [d for d in self.domains if len(set(d)) < len(d)]:
            raise ValueError(f"domains cross {' × '.join(repeated[0])}: name each dimension once")
        series = [one.series for one in self.outcomes]
        if again := sorted({one for one in series if series.count(one) > 1}):
            raise ValueError(f"{', '.join(again)} is estimated twice: tell its people apart by a circumstance instead")
        shares = {one.series for one in self.outcomes if one.estimate == "share"}
        if strange := sorted({study.series for study in self.furthest_behind} - shares):
            raise ValueError(f"furthest_behind names {', '.join(strange)}, which is no share among the outcomes")
        for outcome in self.outcomes:
            if fixed := sorted(set(outcome.group) & set(said)):
                raise ValueError(f"{outcome.series}: 'group' fixes {', '.join(fixed)}, which is a circumstance too")
        if self.fpc is not None and not (self.psu or self.strata):
            raise ValueError("'fpc' is the number of sampling units of a stratum: say 'psu' or 'strata'")
        return self
