"""Whatever the table, what is chosen withstands the attack, and nothing is hidden for nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from data_access.disclosure.attack import publishable
from data_access.disclosure.complementary import choose
from data_access.disclosure.table import Table


def check_safe(table: Table) -> None:
    choice = choose(table)
    verdict = publishable(table, choice.hidden)
    assert verdict.pinned == ()
    assert verdict.needless == ()
    assert not (table.must_hide & ~choice.hidden).any()
    assert not (choice.hidden & ~table.must_hide & ~table.may_hide).any()
    assert choice.bound <= choice.cost + 1e-6


def test_twenty_random_tables_are_safe(random_tables: Callable[..., Iterator[tuple[Table, object]]]) -> None:
    tables = [table for table, _ in random_tables(20, seed=20, largest=300)]
    for table in tables:
        check_safe(table)
    refused = [bool(publishable(t, t.must_hide).pinned) for t in tables if t.needy.any()]
    assert np.mean(refused) > 0.7  # hiding the small cells alone is not enough: the tables are worth attacking


@pytest.mark.long
def test_two_hundred_random_tables_of_up_to_two_thousand_cells_are_safe(
    random_tables: Callable[..., Iterator[tuple[Table, object]]],
) -> None:
    for table, _ in random_tables(200, seed=200, largest=2000):
        check_safe(table)
