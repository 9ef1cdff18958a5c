"""Which estimates are wanted from a survey's answers: of what, for whom, and how the sample was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

AREAS = "AREA"
"""The dimension of areas, named as publishing names it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answers that are counted. Codes are text as the file has them: ``"1"``, ``"yes"``.

    With ``yes`` the share of people with one of these codes is wanted; every other answer is a no, or, where ``no``
    names codes, an unknown code is refused. Without ``yes`` the answers are numbers and their mean is wanted.
    ``missing`` codes are no answer.
    """

    column: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """One way of telling people apart: ``codes`` leads from a column's codes to categories of a dimension (or to area
    codes). A person whose code is ``missing``, or who has none, is in no group, but in the total."""

    dimension: str
    column: str
    codes: Mapping[str, str]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Estimates of one outcome. ``domains``: each the breakdowns that are crossed; everyone together is always wanted.

    ``area`` is the place all answers speak of; with ``areas`` every domain is wanted in each of its parts as well, or,
    with ``crossed_with_areas`` False, only everyone together is. Without ``weight`` all people count alike. ``fpc``
    names the column with each stratum's number of sampling units in the population; ``single_psu`` and ``deff`` as in
    ``data_access.measures.survey``. ``scale`` multiplies the values in rows: 100 for per cent, 1 for means.
    ``sensitive``: that nobody or everybody in a group says yes may not be told. ``group`` what all who were asked have
    in common, by dimension; ``shown_as`` the outcome's header in the file.

    Raises ValueError when two breakdowns of one dimension differ, or one dimension is crossed with itself.
    """

    series: str
    period: str
    area: str
    outcome: Outcome
    domains: tuple[tuple[Breakdown, ...], ...] = ()
    areas: Breakdown | None = None
    crossed_with_areas: bool = True
    weight: str | None = None
    stratum: str | None = None
    psu: str | None = None
    fpc: str | None = None
    single_psu: Literal["refuse", "centre"] = "refuse"
    deff: float | None = None
    scale: float = 100.0
    sensitive: bool = False
    group: Mapping[str, str] = field(default_factory=dict)
    shown_as: str = ""

    def __post_init__(self) -> None:
        for domain in self.domains:
            names = [one.dimension for one in domain]
            if len(set(names)) < len(names) or AREAS in names:
                raise ValueError(f"domain {' × '.join(names)}: cross each dimension once, and areas by 'areas'.")
        found: dict[str, Breakdown] = {}
        for one in chain(*self.domains):
            if found.setdefault(one.dimension, one) != one:
                raise ValueError(f"{one.dimension} is read in two ways: give every domain the same column and codes.")

    @property
    def is_share(self) -> bool:
        """Whether a share is wanted, not a mean."""
        return bool(self.outcome.yes)

    @property
    def breakdowns(self) -> tuple[Breakdown, ...]:
        """Every breakdown once, areas first."""
        once = {one.dimension: one for one in chain(*self.domains)}
        return (*(() if self.areas is None else (self.areas,)), *once.values())

    @property
    def crossings(self) -> tuple[tuple[str, ...], ...]:
        """The sets of dimensions to estimate by, each once: everyone first."""
        sets: list[tuple[str, ...]] = [(), *(tuple(sorted(one.dimension for one in domain)) for domain in self.domains)]
        if self.areas is not None:
            within = sets if self.crossed_with_areas else [()]
            sets += [tuple(sorted((self.areas.dimension, *each))) for each in within]
        return tuple(dict.fromkeys(sets))
