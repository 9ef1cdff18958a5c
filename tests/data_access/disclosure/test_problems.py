"""What is refused, and what the reader is told."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan

import numpy as np
import pytest

from data_access.disclosure.attack import attack, publishable
from data_access.disclosure.cells import Cell, Hierarchy, cell, margins
from data_access.disclosure.complementary import choose
from data_access.disclosure.primary import Counted, Rule
from data_access.disclosure.problems import (
    CannotBeProtected,
    CategoryNotFinest,
    CellMissing,
    CircularHierarchy,
    CountBelowZero,
    DisclosureProblem,
    LengthsDiffer,
    NotAdditive,
    NotFlags,
    NumeratorAboveBase,
    ProtectionTooWeak,
    ReleaseRefused,
    ThresholdTooLow,
    UnknownCategory,
    WorthNotPositive,
)
from data_access.disclosure.release import Observed, prepare
from data_access.disclosure.shares import Asked, table_of_shares
from data_access.disclosure.table import Table, build

AREAS = Hierarchy.flat("area", ("X", "Y", "Z"))
EVERYONE, X, Y, Z = cell({}), cell({"area": "X"}), cell({"area": "Y"}), cell({"area": "Z"})
COUNTS = {EVERYONE: 100.0, X: 4.0, Y: 40.0, Z: 56.0}
TABLE = build(COUNTS, (AREAS,))
NONE_HIDDEN = np.zeros(4, dtype=np.bool_)


def counts(**changed: float) -> dict[Cell, float]:
    return {**COUNTS, **{cell({"area": area}): value for area, value in changed.items()}}


def kept_in_vain() -> Table:
    """Two of three areas were shown before: nothing is left to hide the third behind."""
    return build(COUNTS, (AREAS,), shown_before=[EVERYONE, Y, Z])


@pytest.mark.parametrize(
    ("kind", "attempt", "message"),
    [
        (
            ThresholdTooLow,
            lambda: Rule(smallest_cell=4),
            "The smallest cell that may be shown is set to 4: set it to 5 or more.",
        ),
        (
            ProtectionTooWeak,
            lambda: Rule(few=1),
            "The protection «few» is set to 1: set it to 2 or more.",
        ),
        (
            ProtectionTooWeak,
            lambda: Rule(above=0.5),
            "The protection «above» is set to 0.5: set it to 1 or more.",
        ),
        (
            ProtectionTooWeak,
            lambda: Rule(below=nan),
            "The protection «below» is set to nan: set it to 1 or more.",
        ),
        (
            ProtectionTooWeak,
            lambda: Rule(above_informed=-1.0),
            "The protection «above_informed» is set to -1: set it to 0 or more.",
        ),
        (
            UnknownCategory,
            lambda: build({cell({"area": "W"}): 1.0}, (AREAS,)),
            "Cell «area W»: the hierarchy of area does not know W: add the category to it, or correct the cell's.",
        ),
        (
            UnknownCategory,
            lambda: table_of_shares({cell({"sex": "F"}): Asked(20, 10)}, (AREAS,)),
            "Cell «sex F»: the hierarchy of sex does not know F: add the category to it, or correct the cell's.",
        ),
        (
            CircularHierarchy,
            lambda: Hierarchy.of("area", {"": ("X",), "X": ("Y",), "Y": ("X",)}),
            "In the hierarchy of area, X is a part of itself: correct its parts.",
        ),
        (
            CategoryNotFinest,
            lambda: margins({EVERYONE: 3.0}, (AREAS,)),
            "Cell «everybody» has no finest category of area: give the innermost cells only.",
        ),
        (
            CountBelowZero,
            lambda: build(counts(X=-4), (AREAS,)),
            "Cell «area X» holds -4: a count is a number of 0 or more; leave out what was not counted.",
        ),
        (
            CountBelowZero,
            lambda: build(counts(X=nan), (AREAS,)),
            "Cell «area X» holds nan: a count is a number of 0 or more; leave out what was not counted.",
        ),
        (
            CountBelowZero,
            lambda: margins({X: inf}, (AREAS,)),
            "Cell «area X» holds inf: a count is a number of 0 or more; leave out what was not counted.",
        ),
        (
            CountBelowZero,
            lambda: Counted("official", "STREET_PERSONS", "admin1", (), count=nan),
            "Cell «STREET_PERSONS» holds nan: a count is a number of 0 or more; leave out what was not counted.",
        ),
        (
            NumeratorAboveBase,
            lambda: table_of_shares({X: Asked(n=10, yes=11)}, (AREAS,)),
            "Cell «area X»: 11 of 10 said yes: give unweighted counts with 0 ≤ yes ≤ n.",
        ),
        (
            NumeratorAboveBase,
            lambda: table_of_shares({X: Asked(n=10, yes=-1)}, (AREAS,)),
            "Cell «area X»: -1 of 10 said yes: give unweighted counts with 0 ≤ yes ≤ n.",
        ),
        (
            NumeratorAboveBase,
            lambda: Counted("community", "WATER_BASIC", "admin1", (), n=3, numerator=4),
            "Cell «WATER_BASIC»: 4 of 3 said yes: give unweighted counts with 0 ≤ yes ≤ n.",
        ),
        (
            NotAdditive,
            lambda: build(counts(Z=60), (AREAS,)),
            (
                "The parts of «everybody» add up to 104, not to 100: give unrounded counts of one and the same count, "
                "or take the breakdown apart into a table of its own."
            ),
        ),
        (
            NotAdditive,
            lambda: build({EVERYONE: 40.0, Y: 41.0}, (AREAS,)),
            (
                "The parts of «everybody» add up to 41, not to 40: give unrounded counts of one and the same count, "
                "or take the breakdown apart into a table of its own."
            ),
        ),
        (
            CellMissing,
            lambda: build({X: 4.0}, (AREAS,), shown_before=[Y]),
            "Cell «area Y», named in shown_before, has no value: add its true value, even if it stays hidden.",
        ),
        (
            CellMissing,
            lambda: build({X: 4.0}, (AREAS,), published=[X, Y]),
            "Cell «area Y», named in published, has no value: add its true value, even if it stays hidden.",
        ),
        (
            CellMissing,
            lambda: build({X: 4.0}, (AREAS,), together=[(X, Y)]),
            "Cell «area Y», named in together, has no value: add its true value, even if it stays hidden.",
        ),
        (
            CellMissing,
            lambda: build({X: 4.0}, (AREAS,), primary=[Z]),
            "Cell «area Z», named in primary, has no value: add its true value, even if it stays hidden.",
        ),
        (
            CellMissing,
            lambda: prepare(TABLE, choose(TABLE).hidden, {cell({"area": "W"}): Observed(1.0)}),
            "Cell «area W», named in observed, has no value: add its true value, even if it stays hidden.",
        ),
        (
            CannotBeProtected,
            lambda: choose(kept_in_vain()),
            (
                "Nothing that may still be hidden protects «area X»: leave out the breakdown they belong to, or merge "
                "their categories."
            ),
        ),
        (
            ReleaseRefused,
            lambda: prepare(TABLE, TABLE.must_hide, {X: Observed(4.0)}),
            (
                "Not published: cells that must stay hidden (1) can be recomputed from what would be shown: area X "
                "(between 4 and 4). Hide further cells (complementary.choose) and try again."
            ),
        ),
        (
            ReleaseRefused,
            lambda: prepare(TABLE, NONE_HIDDEN, {X: Observed(4.0)}),
            (
                "Not published: cells that must stay hidden (1) can be recomputed from what would be shown: area X "
                "(between 4 and 4). Hide further cells (complementary.choose) and try again."
            ),
        ),
        (
            LengthsDiffer,
            lambda: publishable(TABLE, np.zeros(3, dtype=np.bool_)),
            "«hidden» has the shape (3,), the table 4 cells: give one entry for each cell.",
        ),
        (
            LengthsDiffer,
            lambda: attack(TABLE, np.zeros((4, 1), dtype=np.bool_), TABLE.attackers[0]),
            "«hidden» has the shape (4, 1), the table 4 cells: give one entry for each cell.",
        ),
        (
            NotFlags,
            lambda: prepare(TABLE, np.zeros(4), {}),  # type: ignore[arg-type]
            "«hidden» holds float64: give true for each hidden cell and false for each shown one.",
        ),
        (
            LengthsDiffer,
            lambda: choose(TABLE, worth=np.ones(5)),
            "«worth» has the shape (5,), the table 4 cells: give one entry for each cell.",
        ),
        (
            WorthNotPositive,
            lambda: choose(TABLE, worth=np.array([1.0, 1.0, 0.0, 1.0])),
            "Cell «area Y» is worth 0: give a number above 0, so that none is hidden for nothing.",
        ),
        (
            WorthNotPositive,
            lambda: choose(TABLE, worth=np.array([1.0, 1.0, 1.0, nan])),
            "Cell «area Z» is worth nan: give a number above 0, so that none is hidden for nothing.",
        ),
    ],
)
def test_what_is_refused(kind: type[DisclosureProblem], attempt: Callable[[], object], message: str) -> None:
    with pytest.raises(kind) as refused:
        attempt()
    assert str(refused.value) == message


def test_nothing_is_changed_by_worth_that_prefers_one_cell() -> None:
    """Readers miss Y less than Z, whatever their counts."""
    dear, cheap = np.array([5.0, 1.0, 9.0, 1.0]), np.array([5.0, 1.0, 1.0, 9.0])
    assert [TABLE.names(np.flatnonzero(choose(TABLE, worth=worth).hidden)) for worth in (dear, cheap)] == [
        ("area X", "area Z"),
        ("area X", "area Y"),
    ]
