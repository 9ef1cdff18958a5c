"""How long all measures of inequality of 34 subgroups take, with 10,000 draws: ``python benchmarks/inequality.py``.

Writes benchmarks/results/inequality.json. Processor time, so that what else the machine does counts little.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine

from data_access.measures.inequality.estimates import InequalityEstimate
from data_access.measures.inequality.measure import every_measure, measure
from data_access.measures.inequality.simulation import DRAWS
from data_access.measures.inequality.subgroups import Subgroups

RESULT = Path(__file__).parent / "results" / "inequality.json"
SUBGROUPS, REPEATS = 34, 101
LIMIT_MS = 20


def milliseconds(task: Callable[[], object]) -> dict[str, float]:
    """Median and worst of many runs, after one to warm up."""
    task()
    taken = []
    for _ in range(REPEATS):
        start = process_time()
        task()
        taken.append((process_time() - start) * 1000)
    return {"median_ms": round(median(taken), 1), "worst_ms": round(max(taken), 1)}


def subgroups(lowest: float, highest: float, *, ordered: bool) -> Subgroups:
    """Invented percentages with standard errors of 1 to 4 points."""
    random = np.random.default_rng(1)
    estimate = random.uniform(lowest, highest, SUBGROUPS)
    return Subgroups.of(
        [f"subgroup {number}" for number in range(SUBGROUPS)],
        (np.sort(estimate) if ordered else estimate).tolist(),
        favourable=True,
        scale=100,
        se=random.uniform(1, 4, SUBGROUPS).tolist(),
        population=random.uniform(1e4, 1e6, SUBGROUPS).tolist(),
        order=list(range(1, SUBGROUPS + 1)) if ordered else None,
        reference=None if ordered else "subgroup 3",
    )


def measured() -> dict[str, Any]:
    """Every set of subgroups with its time and how many measures apply to it."""
    sets = {
        "unordered": subgroups(20, 95, ordered=False),
        "ordered": subgroups(20, 95, ordered=True),
        "unordered_near_the_ceiling": subgroups(90, 100, ordered=False),
    }
    found: dict[str, Any] = {}
    for name, each in sets.items():
        computed = [one for one in every_measure(each).values() if isinstance(one, InequalityEstimate)]
        found[name] = {"measures": len(computed), **milliseconds(lambda each=each: every_measure(each))}
    found["one_simulated_measure"] = milliseconds(lambda: measure("bgsd", sets["unordered"]))
    return found


def main() -> int:
    """Measure, write the result, and fail when a set takes longer than the limit."""
    tasks = measured()
    result = {
        "subgroups": SUBGROUPS,
        "draws": DRAWS,
        "repeats": REPEATS,
        "limit_ms": LIMIT_MS,
        "machine": machine() | {"numpy": np.__version__},
        "tasks": tasks,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(tasks, indent=2))
    return int(any(task["median_ms"] > LIMIT_MS for task in tasks.values()))


if __name__ == "__main__":
    raise SystemExit(main())
