"""What the Results page and the Review annex cost with 5,000 commitments: processor time of counting, and of a rerun.

    python benchmarks/results_page.py

Fills a database, adds commitments with three statuses each, opens the pages as a reader's browser would, and writes
results/results_page.json, with the machine named.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time

from machine import machine

from pages import PORT, ROOT, first_page, processor_seconds, reader

COMMITMENTS = 5_000
RERUNS = 40
VIEWS = {
    "overview": ("country=BGD", "country=KEN"),
    "results": ("country=BGD", "country=KEN", "country=BGD&from=2023-01-01&to=2025-12-31", "country=NPL&all=yes"),
    "results, a list open": ("country=BGD&number=commitments_agreed", "country=KEN&number=commitments_agreed"),
    "review": ("country=BGD", "country=KEN", "country=NPL"),
}


def fill(url: str) -> None:
    """Everything that ships, and many commitments of the bodies in it, with their histories."""
    sys.path.insert(0, str(ROOT))
    import sqlalchemy as sa

    from data_access.database import engine_for
    from data_access.importing.catalogue import table_of
    from data_access.models import Commitment, PublicBody
    from data_access.models.commitments import CommitmentStatus
    from data_access.prepare import prepare
    from data_access.settings import read_settings

    settings = read_settings({"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "on"})
    prepare(settings)
    body, commitment, status = table_of(PublicBody), table_of(Commitment), table_of(CommitmentStatus)
    with engine_for(settings.database_url).begin() as connection:
        bodies = connection.execute(sa.select(body.c.id, body.c.country_id)).all()
        last = connection.scalar(sa.select(sa.func.max(commitment.c.id))) or 0
        rows, statuses = [], []
        for number in range(1, COMMITMENTS + 1):
            owner, country = bodies[number % len(bodies)]
            rows.append(
                {
                    "id": last + number,
                    "code": f"BENCHMARK-{number}",
                    "country_id": country,
                    "body_id": owner,
                    "wording": f"Example promise {number}",
                    "deadline": f"20{20 + number % 12}-06-30",
                    "illustrative": True,
                }
            )
            for position, name in enumerate(("agreed", "under_way", ("delivered", "stalled", "in_budget")[number % 3])):
                statuses.append(
                    {
                        "code": f"BENCHMARK-{number}-{position}",
                        "commitment_id": last + number,
                        "status": name,
                        "since": f"202{1 + position}-0{1 + number % 9}-01",
                        "illustrative": True,
                    }
                )
        connection.execute(sa.insert(commitment), rows)
        connection.execute(sa.insert(status), statuses)


async def costs(pid: int) -> dict[str, dict[str, float]]:
    found = {}
    for name, views in VIEWS.items():
        tab, page = await reader(), name.partition(",")[0].removeprefix("overview")
        before = processor_seconds(pid)
        for view in views:
            await tab.ask(page, view)
        counting = (processor_seconds(pid) - before) / len(views)
        for view in views:
            await tab.ask(page, view)
        before = processor_seconds(pid)
        for turn in range(RERUNS):
            await tab.ask(page, views[turn % len(views)])
        rerun = (processor_seconds(pid) - before) / RERUNS
        found[name] = {"first_cpu_ms": round(counting * 1000, 1), "rerun_cpu_ms": round(rerun * 1000, 1)}
    return found


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/results.db"
        fill(url)
        environment = os.environ | {"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "on"}
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(PORT)]
        app = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        try:
            await first_page(app, time.perf_counter())
            pages = await costs(app.pid)
        finally:
            app.terminate()
            app.wait()
    result = {"machine": machine(), "commitments": COMMITMENTS, "pages": pages}
    (ROOT / "benchmarks" / "results" / "results_page.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    asyncio.run(main())
