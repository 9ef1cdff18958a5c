"""What the first start costs: migrating an empty database and loading everything that ships.

    python benchmarks/loading.py

Writes results/loading.json, with the machine named.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from machine import machine

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from data_access.prepare import prepare
    from data_access.settings import read_settings

    filling, nothing_to_do = [], []
    for _round in range(ROUNDS):
        with tempfile.TemporaryDirectory() as folder:
            settings = read_settings({"DATABASE_URL": f"sqlite:///{folder}/new.db", "VOICES_COUNT_ILLUSTRATIVE": "on"})
            started = time.perf_counter()
            loaded = prepare(settings).loaded
            filling.append(time.perf_counter() - started)
            started = time.perf_counter()
            prepare(settings)
            nothing_to_do.append(time.perf_counter() - started)
    result = {
        "machine": machine(),
        "figures": loaded,
        "migrate_and_fill_s": round(statistics.median(filling), 2),
        "nothing_to_do_ms": round(statistics.median(nothing_to_do) * 1000, 1),
    }
    (ROOT / "benchmarks" / "results" / "loading.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
