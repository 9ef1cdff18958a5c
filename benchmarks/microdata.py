"""How long a million people take to become two hundred estimates: ``python benchmarks/microdata.py``.

Writes benchmarks/results/microdata.json. The sample is invented, seeded, stratified and clustered.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).parents[1]))

from importlib.metadata import version

from machine import machine

from data_access.importing.estimates.answers import Answers
from data_access.importing.estimates.estimate import estimate
from data_access.importing.estimates.wanted import AREAS, Breakdown, Outcome, Wanted

RESULT = Path(__file__).parent / "results" / "microdata.json"
PEOPLE, PROVINCES, STRATA, UNITS, REPEATS = 1_000_000, 8, 80, 4_000, 5
LIMIT_SECONDS = 5
SIZES = {"SEX": 2, "DISABILITY_STATUS": 2, "WEALTH": 5, "AGE": 6, "LOCATION": 2}


def sample() -> Answers:
    """A million people with an answer (3 in 100 without), a weight, a design and six circumstances."""
    random = np.random.default_rng(7)
    psu = random.integers(0, UNITS, PEOPLE)
    circumstances = {name: random.integers(1, size + 1, PEOPLE) for name, size in SIZES.items()}
    share = 0.25 + 0.04 * circumstances["WEALTH"] - 0.1 * (circumstances["DISABILITY_STATUS"] == 1)
    yes = np.where(random.random(PEOPLE) < share + 0.1 * (psu % 7) / 7, "1", "0")
    outcome = np.where(random.random(PEOPLE) < 0.03, "99", yes)
    return Answers(
        pa.table(
            {
                "outcome": outcome,
                "weight": random.gamma(4.0, 0.25, PEOPLE),
                "psu": psu.astype(str),
                "stratum": (psu % STRATA).astype(str),
                "province": (psu % PROVINCES).astype(str),
                **{name: codes.astype(str) for name, codes in circumstances.items()},
            }
        ),
        "invented",
    )


def wanted(**design: str) -> Wanted:
    """Everyone, five breakdowns and one crossing, in the country and in each province."""
    ways = {name: Breakdown(name, name, {str(i): f"{name}{i}" for i in range(1, n + 1)}) for name, n in SIZES.items()}
    domains = (*((way,) for way in ways.values()), (ways["SEX"], ways["DISABILITY_STATUS"]))
    provinces = Breakdown(AREAS, "province", {str(i): f"P{i}" for i in range(PROVINCES)})
    outcome = Outcome("outcome", yes=("1",), no=("0",), missing=("99",))
    return Wanted("S", "2026", "XXX", outcome, domains, provinces, weight="weight", **design)  # type: ignore[arg-type]


def timed(answers: Answers, one: Wanted) -> dict[str, Any]:
    """Median and worst of several runs, the engine's start included, and the processor time of all its threads."""
    taken, computed = [], []
    for _ in range(REPEATS):
        start, used = perf_counter(), process_time()
        found = estimate(answers, [one])[0]
        taken.append(perf_counter() - start)
        computed.append(process_time() - used)
    return {
        "estimates": len(found.estimates),
        "first_s": round(taken[0], 2),
        "median_s": round(median(taken), 2),
        "worst_s": round(max(taken), 2),
        "processor_s": round(median(computed), 2),
    }


def main() -> int:
    """Measure, write the result, and fail when the clustered sample takes longer than the limit."""
    answers = sample()
    tasks = {
        "stratified_and_clustered": timed(answers, wanted(stratum="stratum", psu="psu")),
        "simple_random": timed(answers, wanted()),
    }
    result = {
        "people": PEOPLE,
        "sampling_units": UNITS,
        "strata": STRATA,
        "repeats": REPEATS,
        "limit_s": LIMIT_SECONDS,
        "peak_MB_with_the_sample": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "machine": machine() | {name: version(name) for name in ("duckdb", "ibis-framework", "pyarrow")},
        "tasks": tasks,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))
    return int(tasks["stratified_and_clustered"]["median_s"] > LIMIT_SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
