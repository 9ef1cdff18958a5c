"""What the matrix of knowledge gaps costs: 60 groups by every indicator, from two million figures on SQLite.

    python benchmarks/matrix.py [rows]

Fills a database in a temporary folder with what ships, adds invented figures of 60 groups, country by country, until
there are ``rows``, and asks for the matrix of the country that has most. Writes results/matrix.json, with the machine
named; ends with 1 when the matrix takes more than 50 ms.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from time import perf_counter, process_time
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine
from queries import SOURCES, _add_source

from data_access.database import engine_for, reading, writing
from data_access.importing.load import refresh_coverage
from data_access.measures.coverage_matrix import states
from data_access.prepare import prepare
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.knowledge_gaps import read_evidence
from data_access.queries.knowledge_gaps_expected import read_expected
from data_access.settings import read_settings

RESULT = Path(__file__).parent / "results" / "matrix.json"
ROWS, GROUPS, RUNS, TARGET_MS = 2_000_000, 60, 30, 50.0


def add_figures(session: Session, rows: int) -> None:
    """Invented figures of ``GROUPS`` groups, national and by area, most of them in one country."""
    releases = {code: _add_source(session, code) for code in SOURCES}
    areas = session.execute(
        sa.text(
            "SELECT country_id, id FROM area WHERE kind IN ('country', 'admin1', 'admin2') "
            "ORDER BY country_id, kind <> 'country', id"
        )
    ).all()
    series = session.execute(sa.text("SELECT id, unit FROM series ORDER BY id")).all()
    groups = session.scalars(
        sa.text("SELECT id FROM population_group ORDER BY size <> 1, id LIMIT :most"), {"most": GROUPS}
    ).all()

    def figures() -> Iterator[tuple[Any, ...]]:
        number = 0
        for country in sorted({country for country, _ in areas}):
            for series_id, unit in series:
                for group in groups:
                    for area in [id_ for its_country, id_ in areas if its_country == country][:60]:
                        for code, (source, release) in releases.items():
                            for period in SOURCES[code]:
                                number += 1
                                if number > rows:
                                    return
                                yield (
                                    *(country, series_id, group, area, source, period, 0, int(period)),
                                    *(5 + number * 7919 % 900 / 10, None, None, None, 400, None, "A", "", unit, False),
                                    *(release, number + 1, None),
                                )

    driver = session.connection().connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.executemany(f"INSERT INTO observation VALUES ({', '.join('?' * 21)})", figures())
    for source, _release in releases.values():
        refresh_coverage(session, source)


def asked(session: Session, known: Catalogue, country: str, series: list[str], groups: list[str]) -> int:
    """The matrix with its states; how many cells have a figure."""
    found = read_evidence(session, known, read_expected(), country=country, series=series, groups=groups)
    return int((states(found.official, found.community, 2021) < 4).sum())


def main() -> int:
    """Fill, measure, print and write."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings(
            {"DATABASE_URL": f"sqlite:///{folder}/benchmark.db", "VOICES_COUNT_ILLUSTRATIVE": "on"}
        )
        prepare(settings)
        engine = engine_for(settings.database_url)
        with writing(engine) as session:
            add_figures(session, rows)
        with reading(engine) as session:
            known = read_catalogue(session)
            held = session.scalar(sa.text("SELECT count(*) FROM observation")) or 0
            country = max(known.countries, key=lambda code: sum(h.n for h in known.holdings if h.country == code))
            ids = session.scalars(
                sa.text("SELECT key FROM population_group ORDER BY size <> 1, id LIMIT :most"), {"most": GROUPS}
            ).all()
            series, taken, worked, cells = list(known.series), [], [], 0
            for _run in range(RUNS):
                started, working = perf_counter(), process_time()
                cells = asked(session, known, country, series, list(ids))
                taken.append((perf_counter() - started) * 1000)
                worked.append((process_time() - working) * 1000)
        engine.dispose()
    cuts = quantiles(taken, n=20, method="inclusive")
    measured = {
        "p50_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "first_ms": round(taken[0], 1),
        "processor_p50_ms": round(sorted(worked)[len(worked) // 2], 1),
        "indicators": len(series),
        "groups": len(ids),
        "cells_with_a_figure": cells,
    }
    print(f"{held:,} figures; {measured}")
    report = {"machine": machine(), "figures": held, "target_ms": TARGET_MS, "matrix": measured}
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=2) + "\n")
    return int(measured["p50_ms"] > TARGET_MS)


if __name__ == "__main__":
    sys.exit(main())
