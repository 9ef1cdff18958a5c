"""The state of a cell: every combination of who counted and when."""

from __future__ import annotations

import numpy as np
import pytest

from data_access.measures.coverage_matrix import STATES, states


def test_every_state_from_the_newest_years() -> None:
    official = np.array([[2023, 2023, 0, 2011, 0, 2011, 2023, 2021]], dtype=np.int16)
    community = np.array([[2022, 0, 2022, 0, 0, 2010, 2011, 0]], dtype=np.int16)
    found = [STATES[number] for number in states(official, community, 2021)[0]]
    assert found == ["both", "official", "community", "outdated", "neither", "outdated", "official", "official"]


def test_without_a_limit_nothing_is_outdated_and_nothing_is_still_nothing() -> None:
    official = np.array([1991, 0], dtype=np.int16)
    assert [STATES[number] for number in states(official, np.zeros(2, dtype=np.int16), 0)] == ["official", "neither"]


def test_two_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="give one shape"):
        states(np.zeros((1, 2), dtype=np.int16), np.zeros((2, 1), dtype=np.int16), 2020)
