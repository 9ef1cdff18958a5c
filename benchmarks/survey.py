"""How long twenty domains of a hundred thousand people take: ``python benchmarks/survey.py``.

Writes benchmarks/results/survey.json. The sample is invented, seeded, stratified and clustered.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine

from data_access.measures.survey.comparison import difference
from data_access.measures.survey.design import Design
from data_access.measures.survey.estimation import proportions_by

RESULT = Path(__file__).parent / "results" / "survey.json"
PEOPLE, DOMAINS, UNITS, STRATA, REPEATS = 100_000, 20, 4_000, 80, 15
LIMIT_MS = 100


def milliseconds(task: Callable[[], object]) -> dict[str, float]:
    """Median and worst of several runs, after one to warm up."""
    task()
    taken = []
    for _ in range(REPEATS):
        start = perf_counter()
        task()
        taken.append((perf_counter() - start) * 1000)
    return {"median_ms": round(median(taken), 1), "worst_ms": round(max(taken), 1)}


def measured() -> dict[str, Any]:
    """Every task with its times."""
    random = np.random.default_rng(1)
    psu = random.integers(0, UNITS, PEOPLE)
    stratum = psu % STRATA
    weight = random.gamma(4.0, 0.25, PEOPLE)
    group = random.integers(0, DOMAINS, PEOPLE)
    names = np.array([f"group {code}" for code in range(DOMAINS)])[group]
    y = (random.random(PEOPLE) < 0.2 + 0.03 * group).astype(np.float64)
    answers = [
        None if missing else value for value, missing in zip(y.tolist(), random.random(PEOPLE) < 0.02, strict=True)
    ]
    design = Design.of(weight, stratum=stratum, psu=psu)
    simple = Design.of(weight)
    return {
        "design_of": milliseconds(lambda: Design.of(weight, stratum=stratum, psu=psu)),
        "twenty_domains": milliseconds(lambda: proportions_by(design, y, group)),
        "twenty_domains_text_labels_and_missing_answers": milliseconds(lambda: proportions_by(design, answers, names)),
        "twenty_domains_simple_random": milliseconds(lambda: proportions_by(simple, y, group)),
        "nineteen_differences": milliseconds(
            lambda: [difference(design, y, group == code, group == 0) for code in range(1, DOMAINS)]
        ),
    }


def main() -> int:
    """Measure, write the result, and fail when twenty domains take longer than the limit."""
    tasks = measured()
    result = {
        "people": PEOPLE,
        "domains": DOMAINS,
        "sampling_units": UNITS,
        "strata": STRATA,
        "repeats": REPEATS,
        "limit_ms_twenty_domains": LIMIT_MS,
        "machine": machine() | {"numpy": np.__version__},
        "tasks": tasks,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(tasks, indent=2))
    return int(tasks["twenty_domains"]["median_ms"] > LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
