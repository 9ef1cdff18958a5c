"""The attacker, simulated: what can anybody with a spreadsheet work out about the cells that are hidden?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.disclosure.blocks import Block, blocks
from data_access.disclosure.cells import name_of
from data_access.disclosure.problems import ReleaseRefused
from data_access.disclosure.programme import Programme, SolverFailed
from data_access.disclosure.table import Attacker, Flags, Floats, Indices, Table, check_flags

SLACK = 1e-5
"""How far a bound found by the solver may fall short of an exact one, in people."""

MOVED = 4 * SLACK
"""A cell that is seen so far from its true value is not known exactly."""

SEVERAL = 3
"""More cells than this are first tried together, in one programme."""


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """The least and most that each cell can be, given all that is shown; shape (m,), infinity where nothing bounds it.

    Shown cells have their value twice.
    """

    least: Floats
    most: Floats


@dataclass(frozen=True, slots=True)
class Finding:
    """A hidden cell that can be recomputed too closely: it lies between ``least`` and ``most`` for certain."""

    cell: str
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a release may be published.

    ``hidden``: cells of the release that are hidden. ``pinned``: small cells whose bounds exclude what must stay
    possible, or that would be shown outright. ``needless``: cells hidden for another's sake that can be recomputed
    exactly; harmless, but hidden for nothing. ``already_shown``: small cells that an earlier release showed; no later
    one can mend that.
    """

    hidden: int
    pinned: tuple[Finding, ...]
    needless: tuple[str, ...]
    already_shown: tuple[str, ...]

    @property
    def publishable(self) -> bool:
        """True when no hidden cell is pinned within its protection interval."""
        return not self.pinned

    def require(self) -> None:
        """Raise ReleaseRefused, naming the cells, unless the release may be published."""
        if self.pinned:
            raise ReleaseRefused([f"{f.cell} (between {f.least:g} and {f.most:g})" for f in self.pinned])


def unknown(table: Table, hidden: Flags) -> Flags:
    """The cells whose value an attacker has to work out, shape (m,).

    What an earlier release showed is known even where it is hidden now; what is not published is unknown even where it
    is not marked hidden. A figure of which one cell is shown counts as shown.

    Raises LengthsDiffer or NotFlags for an array that does not say of each cell whether it is hidden.
    """
    check_flags("hidden", hidden, len(table))
    open_to_readers = table.published & ~table.shown_before & ~hidden
    whole = ~np.isin(table.figure, table.figure[open_to_readers])
    return ((hidden & whole) | ~table.published) & ~table.shown_before


def attack(table: Table, hidden: Flags, attacker: Attacker) -> Bounds:
    """Bounds of every cell for this attacker, by two linear programmes for each hidden cell; ``hidden`` shape (m,).

    Of the cells that are not published, only small ones are looked at: the others stay at 0 to infinity.
    Raises LengthsDiffer or NotFlags for a ``hidden`` of another kind.
    """
    never = np.full(len(table), np.inf)
    return _attacked(table, hidden, attacker, Bounds(never, never))


def publishable(table: Table, hidden: Flags) -> Verdict:
    """The gate before a release: attack what would be published and name each cell that would be found.

    Raises LengthsDiffer or NotFlags for a ``hidden`` of another kind.
    """
    pinned: dict[int, Finding] = {}
    needless = unknown(table, hidden) & table.may_hide
    for attacker in table.attackers:
        enough = Bounds(np.maximum(attacker.below, MOVED), np.maximum(attacker.above, MOVED))
        found = _attacked(table, hidden, attacker, enough)
        low = found.most < table.values + attacker.above - SLACK
        high = found.least > table.values - attacker.below + SLACK
        pinned |= _findings(table, hidden, attacker, table.needy & (low | high))
        needless &= found.most - found.least < SLACK
    return Verdict(
        hidden=int((hidden & table.published).sum()),
        pinned=tuple(pinned[position] for position in sorted(pinned)),
        needless=table.names(np.flatnonzero(needless)),
        already_shown=table.names(np.flatnonzero(table.primary & table.shown_before)),
    )


def _findings(table: Table, hidden: Flags, attacker: Attacker, pinned: Flags) -> dict[int, Finding]:
    """The pinned cells with the bounds between which they lie for certain."""
    if not pinned.any():
        return {}
    as_far_as_it_goes = np.where(pinned, np.inf, 0.0)
    found = _attacked(table, hidden, attacker, Bounds(as_far_as_it_goes, as_far_as_it_goes))
    return {
        position: Finding(name_of(table.cells[position]), float(found.least[position]), float(found.most[position]))
        for position in np.flatnonzero(pinned).tolist()
    }


def _attacked(table: Table, hidden: Flags, attacker: Attacker, enough: Bounds) -> Bounds:
    """As ``attack``, but no better than needed: the search ends where a cell is seen ``enough`` below, or above, its
    true value, both of shape (m,)."""
    least, most = table.values.copy(), table.values.copy()
    for block in blocks(table, unknown(table, hidden)):
        cells = block.cells
        wanted = table.published[cells] | table.primary[cells]
        inside = Bounds(enough.least[cells], enough.most[cells])
        least[cells], most[cells] = _bounds(block, table.values[cells], attacker.floor[cells], wanted, inside)
    return Bounds(least, most)


def _bounds(block: Block, values: Floats, floor: Floats, wanted: Flags, enough: Bounds) -> tuple[Floats, Floats]:
    """Least and most of each wanted cell of a block; programmes run on departures from the true values."""
    far = 2.0 * float(values.max()) + 1000.0
    lower, upper = floor - values, np.full(values.size, far)
    programme = Programme(lower, upper, block.rows)
    lowest, highest = np.zeros(values.size), np.zeros(values.size)
    down = np.minimum(values - floor - SLACK, enough.least - SLACK / 2)
    up = np.minimum(far - SLACK, enough.most - SLACK / 2)

    def pending(sign: float) -> Indices:
        """Cells that no programme has yet taken as far as they can go, or as far as is enough."""
        return np.flatnonzero(wanted & ((-lowest < down) if sign > 0 else (highest < up)))

    def look(cost: Floats) -> None:
        programme.charge(cost)
        optimum = programme.least()
        if optimum is None:
            raise SolverFailed("infeasible")
        np.minimum(lowest, optimum.columns, out=lowest)
        np.maximum(highest, optimum.columns, out=highest)

    for sign in (1.0, -1.0):
        waiting, before = pending(sign), 2 * values.size
        while (
            waiting.size > SEVERAL and waiting.size < 0.9 * before
        ):  # one programme for all, while it brings many there
            look(np.where(np.isin(np.arange(values.size), waiting), sign, 0.0))
            waiting, before = pending(sign), waiting.size
        tried = np.zeros(values.size, dtype=np.bool_)
        while (left := waiting[~tried[waiting]]).size:
            tried[left[0]] = True
            look(np.where(np.arange(values.size) == left[0], sign, 0.0))
            waiting = pending(sign)
    most = np.where((highest >= far - SLACK) | ~wanted, np.inf, values + highest)
    return np.where(wanted, values + lowest, 0.0), most
