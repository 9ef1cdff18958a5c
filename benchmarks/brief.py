"""What a brief costs: PDF and page previews, first and warm, without the page around them.

    python benchmarks/brief.py

Writes results/brief.json, with the machine named.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from machine import machine

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 10
SELECTIONS = (
    ("KEN", "FACILITY_BIRTH", "", "2025-26"),
    ("NPL", "MPI_H", "", "2022"),
    ("IND", "HEALTH_INSURANCE_HH", "", "2019-21"),
    ("VNM", "POV_NATIONAL_LINE", "", "2016"),
)


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{folder}/brief.db", "VOICES_COUNT_ILLUSTRATIVE": "on"}
        sys.path.insert(0, str(ROOT))
        from dashboard import store
        from dashboard.briefs import compiler
        from dashboard.selection import Selection
        from dashboard.views.brief import brief_of

        store.make_ready()
        store.begin_rerun()
        found = {}
        for choice in SELECTIONS:
            selection = Selection(*choice)
            building = seconds(lambda selection=selection: brief_of(selection))
            brief = brief_of(selection)
            assert brief is not None
            first = seconds(lambda brief=brief: compiler.pdf(brief))
            warm = statistics.median(seconds(lambda brief=brief: compiler.pdf(brief)) for _round in range(ROUNDS))
            found["/".join(choice[:2])] = {
                "from_the_database_ms": round(building * 1000),
                "first_pdf_ms": round(first * 1000),
                "warm_pdf_ms": round(warm * 1000),
                "previews_ms": round(seconds(lambda brief=brief: compiler.pages(brief)) * 1000),
                "pages": len(compiler.pages(brief)),
                "pdf_kB": round(len(compiler.pdf(brief)) / 1000),
            }
    result = {"machine": machine(), "briefs": found}
    (ROOT / "benchmarks" / "results" / "brief.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
