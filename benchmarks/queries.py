"""What the pages' queries cost on a SQLite database of two million figures.

    python benchmarks/queries.py [rows]

Fills a database in a temporary folder with what ships, adds invented figures to the same tables until there are
``rows``, and asks what the pages ask, each time of another country and series. Writes results/queries.json, with the
machine named; ends with 1 when a query misses its target.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine

from data_access.database import change_count, count_change, engine_for, reading, writing
from data_access.importing.load import refresh_coverage
from data_access.prepare import prepare
from data_access.queries.availability import read_availability
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.gaps import read_widest_gaps
from data_access.settings import read_settings

RESULT = Path(__file__).parent / "results" / "queries.json"
ROWS, RUNS, FEW_RUNS = 2_000_000, 300, 12
SOURCES = {"BENCHMARK_OFFICIAL": ("2018", "2023"), "BENCHMARK_COMMUNITY": ("2023",)}
TARGETS_MS = {"gap chart": 5.0, "map": 5.0}

Query = Callable[[Session, Catalogue, str, str], Any]
QUERIES: dict[str, Query] = {
    "gap chart": lambda session, known, country, series: read_figures(
        session, known, country=country, series=series, kinds=("country",), time_period="2023"
    ),
    "map": lambda session, known, country, series: read_figures(
        session, known, country=country, series=series, groups=("",), time_period="2023"
    ),
    "map, all periods": lambda session, known, country, series: read_figures(
        session, known, country=country, series=series, groups=("",)
    ),
    "whole series": lambda session, known, country, series: read_figures(
        session, known, country=country, series=series
    ),
    "availability": lambda session, known, country, series: read_availability(
        session, known, country=country, series=series
    ),
    "change counter": lambda session, _known, _country, _series: change_count(session),
    "widest gaps": lambda session, known, country, _series: read_widest_gaps(session, known, country=country),
    "catalogue": lambda session, _known, _country, _series: read_catalogue(session),
}
SLOW = ("widest gaps", "catalogue")


def add_figures(session: Session, rows: int) -> None:
    """Add invented figures up to ``rows``: every country, series and area, and as many groups as that takes."""
    releases = {code: _add_source(session, code) for code in SOURCES}
    areas = session.execute(sa.text("SELECT country_id, id FROM area ORDER BY country_id, id")).all()
    series = session.execute(sa.text("SELECT id, unit FROM series WHERE NOT illustrative ORDER BY id")).all()
    missing = rows - (session.scalar(sa.text("SELECT count(*) FROM observation")) or 0)
    each_group = len(areas) * len(series) * sum(len(periods) for periods in SOURCES.values())
    query = sa.text("SELECT id FROM population_group ORDER BY size, id LIMIT :most")
    groups = session.scalars(query, {"most": -(-missing // each_group)}).all()

    def figures() -> Iterator[tuple[Any, ...]]:
        """Rows in the order of the primary key, which is how a large file is loaded fastest."""
        number = 0
        for country in sorted({country for country, _ in areas}):
            for series_id, unit in series:
                for group in groups:
                    for area in (id_ for its_country, id_ in areas if its_country == country):
                        for code, (source, release) in releases.items():
                            for period in SOURCES[code]:
                                number += 1
                                value = 5 + (number * 7919) % 900 / 10
                                yield (
                                    *(country, series_id, group, area, source, period, 0, int(period)),
                                    *(value, 1.5, value - 3, value + 3, 400, None, "A", "", unit, False),
                                    *(release, number + 1, None),
                                )

    driver = session.connection().connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.executemany(f"INSERT INTO observation VALUES ({', '.join('?' * 21)})", figures())
    for source, _release in releases.values():
        refresh_coverage(session, source)
    count_change(session)


def _add_source(session: Session, code: str) -> tuple[int, int]:
    """The ids of an invented source and its release, made after the model of one that ships."""
    values = {"code": code, "origin": "community" if "COMMUNITY" in code else "official", "hash": code.ljust(64, "0")}
    source = session.scalar(
        sa.text(
            "INSERT INTO source SELECT NULL, :code, organisation_id, :code, :origin, illustrative, collection, "
            "sampling, mode, fieldwork_start, fieldwork_end, sample_size, licence, licence_state, citation, "
            "obtained_from, caveats, consent, recognition, state FROM source WHERE code = 'KEN_KMDHS_2025_26' "
            "RETURNING id"
        ),
        values,
    )
    release = session.scalar(
        sa.text(
            "INSERT INTO release VALUES "
            "(NULL, :source, :code, :code, :hash, 'benchmark', '2026-01-01 00:00:00', 0, NULL) RETURNING id"
        ),
        values | {"source": source},
    )
    assert source is not None and release is not None
    return source, release


def milliseconds(ask: Callable[[Catalogue, str, str], Any], known: Catalogue, runs: int) -> dict[str, float]:
    """Median and 95th percentile over ``runs`` countries and series, drawn with a fixed seed."""
    draw = random.Random(2030)
    countries, series = list(known.countries), [s.code for s in known.series.values() if not s.illustrative]
    taken, figures = [], 0
    for _run in range(runs):
        country, code = draw.choice(countries), draw.choice(series)
        started = perf_counter()
        found = ask(known, country, code)
        taken.append((perf_counter() - started) * 1000)
        figures += len(found) if isinstance(found, tuple) else 1
    cuts = quantiles(taken, n=20, method="inclusive")
    return {"p50_ms": round(cuts[9], 2), "p95_ms": round(cuts[18], 2), "answers": round(figures / runs, 1)}


def main() -> int:
    """Fill, measure, print and write."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "benchmark.db"
        settings = read_settings({"DATABASE_URL": f"sqlite:///{file}", "VOICES_COUNT_ILLUSTRATIVE": "on"})
        prepare(settings)
        engine = engine_for(settings.database_url)
        started = perf_counter()
        with writing(engine) as session:
            add_figures(session, rows)
        adding = perf_counter() - started
        with reading(engine) as session:
            known = read_catalogue(session)
            held = session.scalar(sa.text("SELECT count(*) FROM observation")) or 0

        def asked(query: Query) -> Callable[[Catalogue, str, str], Any]:
            def ask(known: Catalogue, country: str, series: str) -> Any:
                with reading(engine) as session:
                    return query(session, known, country, series)

            return ask

        found = {
            name: milliseconds(asked(query), known, FEW_RUNS if name in SLOW else RUNS)
            for name, query in QUERIES.items()
        }
        megabytes = round(file.stat().st_size / 1e6)
        engine.dispose()
    print(f"{held:,} figures, {megabytes} MB; added in {adding:.1f} s\n")
    print(f"{'query':<18}{'p50 ms':>8}{'p95 ms':>8}{'answers':>9}{'target':>8}")
    for name, measured in found.items():
        target = TARGETS_MS.get(name)
        print(f"{name:<18}{measured['p50_ms']:>8}{measured['p95_ms']:>8}{measured['answers']:>9}{target or '':>8}")
    RESULT.parent.mkdir(exist_ok=True)
    report = {
        "machine": machine(),
        "figures": held,
        "megabytes": megabytes,
        "added_in_s": round(adding, 1),
        "targets_ms": TARGETS_MS,
        "queries": found,
    }
    RESULT.write_text(json.dumps(report, indent=2) + "\n")
    return int(any(found[name]["p50_ms"] > target for name, target in TARGETS_MS.items()))


if __name__ == "__main__":
    sys.exit(main())
