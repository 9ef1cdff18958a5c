"""The estimates behind the invented data, against figures worked out elsewhere."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "sample_data" / "scripts"


@pytest.fixture(scope="module")
def estimates() -> ModuleType:
    spec = importlib.util.spec_from_file_location("illustrative_estimates", SCRIPTS / "illustrative_estimates.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def answers(
    estimates: ModuleType, values: list[float], weights: list[float] | None = None, area: str = "X"
) -> list[Any]:
    weights = weights or [1.0] * len(values)
    return [estimates.Answer(area, frozenset(), w, v) for w, v in zip(weights, values, strict=True)]


def test_share_has_the_wilson_interval_of_newcombes_example(estimates: ModuleType) -> None:
    """81 of 263: 0.2553 to 0.3662 (Newcombe 1998, Statistics in Medicine 17, table I, method 3)."""
    cell = estimates.estimate_share(answers(estimates, [1.0] * 81 + [0.0] * 182), 1.0)
    assert cell == estimates.Cell("30.8", "2.85", "25.5", "36.6", "263", "A")


def test_share_of_zero_gives_no_standard_error(estimates: ModuleType) -> None:
    """0 of 20: 0 to 0.1611 (Newcombe 1998, table I, method 3)."""
    cell = estimates.estimate_share(answers(estimates, [0.0] * 20), 1.0)
    assert (cell.value, cell.se, cell.lower, cell.upper) == ("0.0", "", "0.0", "16.1")


def test_weights_move_the_share_and_shrink_the_effective_size(estimates: ModuleType) -> None:
    given = answers(estimates, [1.0] * 50 + [0.0] * 50, [3.0] * 50 + [1.0] * 50)
    assert estimates.effective_size(given, 1.0) == pytest.approx(80.0)
    assert estimates.effective_size(given, 1.6) == pytest.approx(50.0)
    assert estimates.estimate_share(given, 1.6).value == "75.0"


@pytest.mark.parametrize(("df", "table"), [(24, 2.063899), (49, 2.009575), (120, 1.979930)])
def test_t_quantile_matches_the_printed_table(estimates: ModuleType, df: int, table: float) -> None:
    assert estimates.t_quantile(df) == pytest.approx(table, abs=1e-5)


def test_score_interval_stays_on_the_scale(estimates: ModuleType) -> None:
    cell = estimates.estimate_score(answers(estimates, [5.0] * 29 + [4.0]), 1.3)
    assert cell == estimates.Cell("4.97", "0.038", "4.89", "5.00", "30", "U")


def test_a_cell_of_two_who_said_yes_is_withheld_and_so_is_a_cell_that_leaves_two(estimates: ModuleType) -> None:
    everyone = [1.0] * 40 + [0.0] * 60
    cells = {
        ("XX", ""): answers(estimates, everyone),
        ("XX", "SEX=F"): answers(estimates, [1.0] * 38 + [0.0] * 20),
        ("XX", "SEX=M"): answers(estimates, [1.0] * 2 + [0.0] * 40),
        ("XX", "AGE=YGE65"): answers(estimates, [1.0] * 5 + [0.0] * 19),
        ("XX", "DISABILITY_STATUS=PD"): answers(estimates, [1.0] * 20 + [0.0] * 20),
    }
    hidden = estimates.withheld_cells(cells, "XXX", False, False)
    assert hidden == {("XX", "SEX=F"), ("XX", "SEX=M"), ("XX", "AGE=YGE65")}


def test_one_withheld_area_takes_the_smallest_other_with_it_unless_the_rest_is_unpublished(
    estimates: ModuleType,
) -> None:
    half = [1.0, 0.0]
    cells = {
        ("XXX", ""): answers(estimates, half * 100),
        ("A", ""): answers(estimates, half * 10),
        ("B", ""): answers(estimates, half * 60),
        ("C", ""): answers(estimates, half * 30),
    }
    assert estimates.withheld_cells(cells, "XXX", False, False) == {("A", ""), ("C", "")}
    assert estimates.withheld_cells(cells, "XXX", False, True) == {("A", "")}
