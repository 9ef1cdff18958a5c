"""The five golden tables: what a reference engine hides is enough, small cells alone are not, and we hide no more.

The figures count every hidden cell of the file, margins included: the small ones (``primary``) and those hidden for
their sake. Zeros are shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from data_access.disclosure.attack import Finding, attack, publishable
from data_access.disclosure.complementary import choose
from data_access.disclosure.primary import Rule

SMALL = {"T1": 1, "T2": 4, "T3": 3, "T4": 7, "T5": 4}
HIDDEN = {"T1": 2, "T2": 8, "T3": 8, "T4": 17, "T5": 12}
"""All hidden cells of the reference files, small ones included; also the fewest that any safe choice hides."""

ALLOWED = HIDDEN | {"T5": 14}


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("exact_up_to", [200, 0], ids=["exact", "greedy"])
def test_our_choice_is_safe_and_hides_no_more_than_the_reference(
    golden: Callable[..., Any], name: str, exact_up_to: int
) -> None:
    table = golden(name).table
    choice = choose(table, exact_up_to=exact_up_to)
    verdict = publishable(table, choice.hidden)
    assert choice.method == ("exact" if exact_up_to else "greedy")
    assert (verdict.pinned, verdict.needless, verdict.already_shown) == ((), (), ())
    assert int(table.primary.sum()) == SMALL[name]
    assert verdict.hidden == int(choice.hidden.sum()) == HIDDEN[name] <= ALLOWED[name]
    assert round(choice.bound) == HIDDEN[name] - SMALL[name]  # nobody can do with fewer
    assert len(table.attackers) == 2  # one who can add, and one who also knows that hidden counts are not 0


@pytest.mark.parametrize("name", HIDDEN)
def test_hiding_small_cells_only_is_refused_with_each_cell_found_exactly(golden: Callable[..., Any], name: str) -> None:
    read = golden(name)
    assert int(read.primary_only.sum()) == SMALL[name]
    small = np.flatnonzero(read.table.primary)
    counts = read.table.values[small].tolist()
    assert publishable(read.table, read.primary_only).pinned == tuple(
        Finding(cell, count, count) for cell, count in zip(read.table.names(small), counts, strict=True)
    )


@pytest.mark.parametrize("name", ["T1", "T2", "T3", "T5"])
def test_the_reference_passes_the_gate(golden: Callable[..., Any], name: str) -> None:
    read = golden(name)
    verdict = publishable(read.table, read.reference)
    assert (verdict.hidden, verdict.pinned, verdict.already_shown) == (HIDDEN[name], (), ())


@pytest.mark.parametrize("name", HIDDEN)
def test_the_reference_passes_where_one_person_more_or_less_is_all_the_doubt_there_must_be(
    golden: Callable[..., Any], name: str
) -> None:
    read = golden(name, Rule(above=1.0, above_informed=0.0))
    verdict = publishable(read.table, read.reference)
    assert (verdict.hidden, verdict.pinned) == (HIDDEN[name], ())


def test_one_cell_of_the_fourth_reference_lies_nearer_than_our_rule_allows(golden: Callable[..., Any]) -> None:
    """The reference engine only sees to it that no cell is known exactly; a 4 that is 5 at most is closer than two."""
    read = golden("T4")
    cell = "group Dalit, region South, sex M"
    assert publishable(read.table, read.reference).pinned == (Finding(cell, 1.0, 4.0),)
    place = read.table.names(range(len(read.table))).index(cell)
    reader, informed = (attack(read.table, read.reference, attacker) for attacker in read.table.attackers)
    assert read.table.values[place] == 4
    assert (reader.least[place], reader.most[place]) == (0.0, 5.0)
    assert (informed.least[place], informed.most[place]) == (1.0, 4.0)
