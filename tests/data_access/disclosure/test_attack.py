"""The attacker against two others that share no code with it: every table counted out, and another programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

import highspy
import numpy as np
import pytest

from data_access.disclosure.attack import attack, publishable
from data_access.disclosure.cells import Cell, Hierarchy, cell, margins
from data_access.disclosure.complementary import choose
from data_access.disclosure.primary import Rule
from data_access.disclosure.table import Flags, Table, build

GROUPS, AREAS = Hierarchy.flat("group", "AB"), Hierarchy.flat("area", "XYZ")
INNER = [cell({"group": g, "area": a}) for g, a in product("AB", "XYZ")]


def tiny_tables(number: int) -> Iterator[Table]:
    """Two groups in three areas, with margins; counts below 5 are small."""
    for rng in np.random.default_rng(7).spawn(number):
        counts = rng.poisson(rng.uniform(3, 9, len(INNER)))
        values = margins(dict(zip(INNER, counts.astype(float), strict=True)), (GROUPS, AREAS))
        yield build(values, (GROUPS, AREAS), rule=Rule(smallest_cell=5))


def of_inner(one: Cell) -> list[int]:
    """Which of the six innermost counts a cell adds up."""
    return [number for number, inner in enumerate(INNER) if set(one) <= set(inner)]


def every_table(table: Table, hidden: Flags, *, not_zero: bool) -> np.ndarray:
    """All whole-number tables that look like this one, shape (tables, m); inner counts up to 3 above the true ones.

    ``not_zero``: no hidden count is 0 unless its true count is.
    """
    parts = [of_inner(one) for one in table.cells]
    at = {one: position for position, one in enumerate(table.cells)}
    ranges = []
    for one in INNER:
        position = at[one]
        true = int(table.values[position])
        least = 1 if not_zero and true else 0
        ranges.append(range(least, true + 4) if hidden[position] else range(true, true + 1))
    inner = np.array(list(product(*ranges)))
    sums = np.stack([inner[:, numbers].sum(axis=1) for numbers in parts], axis=1)
    alike = (sums == table.values)[:, ~hidden].all(axis=1)
    if not_zero:
        alike &= (sums >= np.minimum(table.values, 1)).all(axis=1)
    return sums[alike]


def test_counting_out_every_table_agrees_with_the_gate() -> None:
    """A release passes exactly when whole-number tables exist that are 2 above and 1 below (1 above, for a reader who
    knows that hidden counts are not 0) for every small cell."""
    passed = {"small cells only": 0, "exact": 0, "greedy": 0, "small cells and some others": 0}
    compared = dict(passed)
    rng = np.random.default_rng(1)
    for table in tiny_tables(16):
        exact, greedy = choose(table).hidden, choose(table, exact_up_to=0).hidden
        others = table.must_hide | (rng.random(len(table)) < 0.5)
        kinds = zip(passed, (table.must_hide, exact, greedy, others), strict=True)
        for kind, hidden in kinds:
            if hidden[table.cells.index(())]:
                continue  # without the grand total there is no end to the tables
            any_reader, informed = (every_table(table, hidden, not_zero=knows) for knows in (False, True))
            open_to_doubt = all(
                {table.values[one] - 1, table.values[one], table.values[one] + 2} <= set(any_reader[:, one])
                and table.values[one] + 1 in informed[:, one]
                for one in np.flatnonzero(table.primary)
            )
            assert publishable(table, hidden).publishable == open_to_doubt
            compared[kind] += 1
            passed[kind] += open_to_doubt
    assert compared == {"small cells only": 16, "exact": 16, "greedy": 16, "small cells and some others": 8}
    assert passed == {"small cells only": 0, "exact": 16, "greedy": 16, "small cells and some others": 6}


def inner_bounds(table: Table, hierarchies: Sequence[Hierarchy], hidden: Flags, floor: float) -> np.ndarray:
    """Least and most of each hidden published cell, shape (m, 2), from a programme over the innermost counts.

    Its unknowns are people in the finest cross, its rows the cells that are shown: it knows of no relation.
    """
    finest = [
        cell(dict(codes)) for codes in product(*([(h.dimension, code) for code in h.finest] for h in hierarchies))
    ]
    belongs = {h.dimension: {code: h.finest_of(code) for code in h.codes if code} for h in hierarchies}

    def members(one: Cell) -> list[int]:
        return [n for n, f in enumerate(finest) if all(dict(f)[d] in belongs[d][code] for d, code in one)]

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    for _ in finest:
        model.addVar(0.0, highspy.kHighsInf)
    inside = [members(one) for one in table.cells]
    shown = table.published & ~hidden
    for position, numbers in enumerate(inside):
        known = float(table.values[position])
        least = known if shown[position] else (floor if table.published[position] and known else 0.0)
        most = known if shown[position] else highspy.kHighsInf
        model.addRow(least, most, len(numbers), np.array(numbers, np.int32), np.ones(len(numbers)))
    bounds = np.column_stack([table.values, table.values])
    for position in np.flatnonzero(hidden & table.published):
        for side, sign in enumerate((1.0, -1.0)):
            for number in inside[position]:
                model.changeColCost(number, sign)
            model.run()
            endless = model.getModelStatus() != highspy.HighsModelStatus.kOptimal
            bounds[position, side] = np.inf if endless else sign * model.getInfo().objective_function_value
            for number in inside[position]:
                model.changeColCost(number, 0.0)
    return bounds


@pytest.mark.parametrize("exact_up_to", [None, 200, 0], ids=["small cells only", "exact", "greedy"])
def test_bounds_agree_with_a_programme_over_the_innermost_counts(
    random_tables: Callable[..., Iterator[tuple[Table, list[Hierarchy]]]], exact_up_to: int | None
) -> None:
    compared = 0
    for table, hierarchies in random_tables(20, seed=5, largest=120):
        hidden = table.must_hide if exact_up_to is None else choose(table, exact_up_to=exact_up_to).hidden
        for attacker in table.attackers:
            found = attack(table, hidden, attacker)
            checked = hidden & table.published
            expected = inner_bounds(table, hierarchies, hidden, float(attacker.floor.max()))
            assert found.least[checked] == pytest.approx(expected[checked, 0], abs=1e-4)
            assert found.most[checked] == pytest.approx(expected[checked, 1], abs=1e-4)
            compared += int(checked.sum())
    assert compared > 200
