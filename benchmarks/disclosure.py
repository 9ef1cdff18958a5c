"""How long a thousand cells take to protect and attack, and what quickness costs: ``python benchmarks/disclosure.py``.

Writes benchmarks/results/disclosure.json. The tables are invented and seeded.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from itertools import product
from pathlib import Path
from statistics import mean, median
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine

from data_access.disclosure.attack import publishable
from data_access.disclosure.cells import EVERYBODY, Hierarchy, cell, margins
from data_access.disclosure.complementary import choose
from data_access.disclosure.table import Table, build

RESULT = Path(__file__).parent / "results" / "disclosure.json"
LIMIT_SECONDS = 30
THOUSAND_CELLS = {"2 dimensions": (31, 31), "3 dimensions": (9, 9, 9), "4 dimensions": (5, 5, 5, 4)}
"""Categories of each dimension; with their margins (and in the first dimension a second level) about 1,000 cells."""

SMALL_TABLES, SMALL_CATEGORIES, LARGEST_SMALL = 120, 6, 200


def dimension(name: str, size: int, *, levels: int) -> Hierarchy:
    """A dimension of so many finest categories, in two halves where it has two levels."""
    codes = [f"{name}{number}" for number in range(size)]
    if levels == 1:
        return Hierarchy.flat(name, codes)
    return Hierarchy.of(name, {EVERYBODY: ("I", "II"), "I": codes[: size // 2], "II": codes[size // 2 :]})


def invented(rng: np.random.Generator, sizes: tuple[int, ...], people: float) -> Table:
    """A table of counts with about so many people in a cell; the first dimension has two levels from four up."""
    dimensions = [dimension(f"d{d}", size, levels=1 + (d == 0 and size > 3)) for d, size in enumerate(sizes)]
    weights = [rng.lognormal(0.0, 0.8, size) for size in sizes]
    inner = {}
    for places in product(*(range(size) for size in sizes)):
        one = cell({h.dimension: h.finest[place] for h, place in zip(dimensions, places, strict=True)})
        expected = people * np.prod([w[place] for w, place in zip(weights, places, strict=True)])
        inner[one] = float(rng.poisson(expected))
    return build(margins(inner, dimensions), dimensions)


def large() -> dict[str, Any]:
    """Seconds to choose and to attack, and how far the choice is from what no choice undercuts, by shape."""
    tasks: dict[str, Any] = {}
    for (shape, sizes), people in product(THOUSAND_CELLS.items(), (12, 40)):
        table = invented(np.random.default_rng(1), sizes, people)
        start = perf_counter()
        choice = choose(table)
        chosen = perf_counter()
        verdict = publishable(table, choice.hidden)
        attacked = perf_counter()
        tasks[f"{shape}, about {people} people a cell"] = {
            "cells": len(table),
            "small": int(table.primary.sum()),
            "hidden": verdict.hidden,
            "found_by_the_attacker": len(verdict.pinned),
            "cost": round(choice.cost, 1),
            "no_choice_costs_less_than": round(choice.bound, 1),
            "choose_seconds": round(chosen - start, 2),
            "attack_seconds": round(attacked - chosen, 2),
        }
    return tasks


def small() -> dict[str, Any]:
    """Further figures hidden by the quick choice for each one that the fewest possible would be."""
    fewest, greedy = [], []
    rng = np.random.default_rng(2)
    while len(fewest) < SMALL_TABLES:
        sizes = tuple(int(size) for size in rng.integers(2, SMALL_CATEGORIES + 1, int(rng.integers(2, 5))))
        table = invented(rng, sizes, float(rng.choice([4, 12, 40])))
        if len(table) > LARGEST_SMALL or not table.needy.any():
            continue
        exact, quick = choose(table, seconds=60.0), choose(table, exact_up_to=0)
        if exact.method == "exact" and exact.cost > 0:
            fewest.append(int((exact.hidden & ~table.must_hide).sum()))
            greedy.append(int((quick.hidden & ~table.must_hide).sum()))
            if publishable(table, quick.hidden).pinned or publishable(table, exact.hidden).pinned:
                raise SystemExit("A choice was not safe.")
    ratios = [quick / best for quick, best in zip(greedy, fewest, strict=True)]
    return {
        "tables": len(fewest),
        "further_cells_fewest": sum(fewest),
        "further_cells_greedy": sum(greedy),
        "more_percent": round(100 * (sum(greedy) / sum(fewest) - 1), 1),
        "ratio_mean": round(mean(ratios), 3),
        "ratio_median": round(median(ratios), 3),
        "ratio_worst": round(max(ratios), 3),
        "tables_with_the_fewest": sum(quick == best for quick, best in zip(greedy, fewest, strict=True)),
    }


def main() -> int:
    """Measure, write the result, and fail when a table takes longer than the limit or is not safe."""
    shapes, quickness = large(), small()
    result = {
        "limit_seconds_thousand_cells_with_attack": LIMIT_SECONDS,
        "machine": machine() | {"highspy": version("highspy"), "numpy": np.__version__},
        "thousand_cells": shapes,
        "greedy_against_the_fewest_possible": quickness,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps({"thousand_cells": shapes, "small": quickness}, indent=2))
    slowest = max(one["choose_seconds"] + one["attack_seconds"] for one in shapes.values())
    return int(slowest > LIMIT_SECONDS or any(one["found_by_the_attacker"] for one in shapes.values()))


if __name__ == "__main__":
    raise SystemExit(main())
