"""What leaves and what stays: every hidden figure emptied for readers, its truth kept apart for later releases."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from data_access.disclosure.attack import Verdict, publishable
from data_access.disclosure.cells import Cell, name_of
from data_access.disclosure.primary import Reason
from data_access.disclosure.problems import CellMissing
from data_access.disclosure.table import Flags, Table

SUPPRESSED = "Q"
"""SDMX OBS_STATUS of a hidden figure. One mark for all: which were small, and which protect them, is not told."""


@dataclass(frozen=True, slots=True)
class Observed:
    """A figure with all that describes it; each number None where there is none.

    ``n`` unweighted people asked, ``population`` the denominator, ``status`` SDMX OBS_STATUS.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    se: float | None = None
    n: int | None = None
    population: int | None = None
    status: str = "A"
    note: str = ""

    @property
    def withheld(self) -> Observed:
        """What readers get when this figure is hidden: base, interval and note would give it away, and go with it."""
        return Observed(value=None, status=SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Protected:
    """The truth behind a hidden figure, for a table that no page and no export can read.

    ``kind`` and ``reasons`` say why it is hidden; they are as secret as the value.
    """

    cell: Cell
    true: Observed
    kind: Literal["primary", "complementary"]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A release ready to be stored: what readers get, what stays apart, and the attack it withstood."""

    public: Mapping[Cell, Observed]
    protected: tuple[Protected, ...]
    verdict: Verdict

    @property
    def shown(self) -> frozenset[Cell]:
        """Cells whose value this release shows: the next one must be told of them (``shown_before``)."""
        return frozenset(cell for cell, figure in self.public.items() if figure.value is not None)


def prepare(
    table: Table,
    hidden: Flags,
    observed: Mapping[Cell, Observed],
    *,
    why: Mapping[Cell, tuple[Reason, ...]] | None = None,
    withheld: Collection[Cell] = (),
) -> Prepared:
    """Part a release into public and protected figures, or refuse it.

    ``hidden`` of shape (m,) as ``complementary.choose`` gives it; ``observed`` the figures by cell, of those the table
    publishes; ``why`` the reasons of the primary ones; ``withheld`` figures that are not to be published whatever is
    hidden here, because the table does without them.

    A figure is withheld when any of its cells is hidden.

    Raises ReleaseRefused, naming the cells that could be recomputed, CellMissing for a figure whose cell the table does
    not publish, so that it was never looked at, and LengthsDiffer or NotFlags for a ``hidden`` of another kind.
    """
    verdict = publishable(table, hidden)
    verdict.require()
    at = {one: position for position, one in enumerate(table.cells)}
    hidden_figures = frozenset(table.figure[hidden].tolist())
    primary_figures = frozenset(table.figure[table.primary].tolist())
    public: dict[Cell, Observed] = {}
    protected: list[Protected] = []
    for one, figure in observed.items():
        if one not in at or not (table.published[at[one]] or one in withheld):
            raise CellMissing(name_of(one), "observed")
        number = int(table.figure[at[one]])
        if number not in hidden_figures and one not in withheld:
            public[one] = figure
            continue
        public[one] = figure.withheld
        kind: Literal["primary", "complementary"] = "primary" if number in primary_figures else "complementary"
        protected.append(Protected(one, figure, kind, (why or {}).get(one, ())))
    return Prepared(public, tuple(protected), verdict)
