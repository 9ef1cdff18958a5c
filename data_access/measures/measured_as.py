"""How one source measured one figure: everything that decides what it may be set against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ScaleKind = Literal["percentage", "rate", "number", "score", "index"]
Sampling = Literal["probability", "census", "administrative", "purposive", "scorecard", "mapping"]

EVERYONE = "_T"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredAs:
    """How one source measured one figure; None (or an empty text) means not stated, never "the usual".

    ``concept`` is the SDG indicator the series stands for, else the series' own code. ``favourable`` says whether more
    is better; None where neither is. ``group`` is the canonical key of the population group, ``AGE=Y15T49|SEX=F``, and
    here alone the empty text is a statement: everyone. ``group_basis`` says how people were told to belong to it
    (self_identification, proxy, register, place, …), ``disability_method`` how disability was asked. ``period_start``
    and ``period_end`` are years, with a fraction where the month is known. ``scale_min`` and ``scale_max`` are the ends
    of a score or index. ``area`` is the ISO or p-code, three letters for a whole country. ``source`` is the survey,
    census or register the figure was computed from, so that two figures of one survey can be told.
    """

    unit: str | None = None
    scale_kind: ScaleKind | None = None
    scale_min: float | None = None
    scale_max: float | None = None
    series: str | None = None
    concept: str | None = None
    favourable: bool | None = None
    definition: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    age_range: str | None = None
    group: str | None = None
    group_basis: str | None = None
    disability_method: str | None = None
    period_start: float | None = None
    period_end: float | None = None
    area: str | None = None
    area_vintage: str | None = None
    mode: str | None = None
    sampling: Sampling | None = None
    source: str | None = None

    @property
    def group_key(self) -> str | None:
        """The group with everyone written ``_T``."""
        return EVERYONE if self.group == "" else self.group

    @property
    def group_members(self) -> frozenset[str] | None:
        """Conditions a person meets to belong to the group: a group with more of them lies inside one with fewer."""
        key = self.group_key
        if key is None:
            return None
        return frozenset() if key == EVERYONE else frozenset(key.split("|"))

    @property
    def covers_a_country(self) -> bool:
        """True when the area is a whole country, which has no boundary vintage of its own."""
        return self.area is not None and len(self.area) == 3 and self.area.isalpha()

    @property
    def scale_range(self) -> str | None:
        """Both ends of the scale, "1–10"; None unless both are stated."""
        if self.scale_min is None or self.scale_max is None:
            return None
        return f"{self.scale_min:g}–{self.scale_max:g}"

    @property
    def period(self) -> tuple[float, float] | None:
        """First and last year, equal when only one is stated; None when neither is."""
        start = self.period_start if self.period_start is not None else self.period_end
        end = self.period_end if self.period_end is not None else self.period_start
        return None if start is None or end is None else (start, end)

    @property
    def period_text(self) -> str | None:
        """The period as a code, "2007" or "2010–2017"."""
        if self.period is None:
            return None
        start, end = self.period
        return f"{start:g}" if start == end else f"{start:g}–{end:g}"
