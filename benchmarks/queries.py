"""What a page's questions cost at two million observations on SQLite.

    python benchmarks/queries.py [OBSERVATIONS]

Fills a temporary database with what ships, then repeats every country's figures under generated series until it is
large, and asks what the gap chart, the map and the chooser ask. Writes results/queries.json, with the machine named.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from machine import machine

ROOT = Path(__file__).resolve().parents[1]
ASKED = 200
WANTED = 2_000_000


def enlarge(engine: sa.Engine, wanted: int) -> int:
    """Copy the series of all sources under new series codes until ``wanted`` observations are held."""
    copied = ", ".join(f'"{column}"' for column in _columns(engine, "series") if column not in ("id", "code"))
    observed = ", ".join(f'"{column}"' for column in _columns(engine, "observation") if column != "series_id")
    with engine.begin() as connection:
        held = connection.scalar(sa.text("SELECT count(*) FROM observation")) or 0
        each, largest = held, connection.scalar(sa.text("SELECT max(id) FROM series")) or 0
        copy = 0
        while held < wanted:
            copy += 1
            shift = largest * copy
            connection.execute(
                sa.text(
                    f"INSERT INTO series (id, code, {copied}) SELECT id + {shift}, code || '~{copy}', {copied} "
                    f"FROM series WHERE id <= {largest}"
                )
            )
            connection.execute(
                sa.text(
                    f"INSERT INTO observation (series_id, {observed}) SELECT series_id + {shift}, {observed} "
                    f"FROM observation WHERE series_id <= {largest}"
                )
            )
            held += each
    return held


def _columns(engine: sa.Engine, table: str) -> list[str]:
    return [column["name"] for column in sa.inspect(engine).get_columns(table)]


def milliseconds(ask: Callable[[int], object]) -> dict[str, float]:
    """Median and 95th percentile over ``ASKED`` questions."""
    taken = []
    for number in range(ASKED):
        started = time.perf_counter()
        ask(number)
        taken.append((time.perf_counter() - started) * 1000)
    return {"p50_ms": round(statistics.median(taken), 2), "p95_ms": round(statistics.quantiles(taken, n=20)[-1], 2)}


def main(wanted: int) -> None:
    sys.path.insert(0, str(ROOT))
    from sqlmodel import Session

    from data_access.database import engine_for
    from data_access.prepare import prepare
    from data_access.queries.availability import read_availability
    from data_access.queries.catalogue import read_catalogue
    from data_access.queries.figures import read_figures
    from data_access.settings import read_settings

    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"DATABASE_URL": f"sqlite:///{folder}/large.db", "VOICES_COUNT_ILLUSTRATIVE": "on"})
        prepare(settings)
        engine = engine_for(settings.database_url)
        held = enlarge(engine, wanted)
        chance = random.Random(1)
        with Session(engine) as session:
            known = read_catalogue(session)
            asked = {
                country: sorted(series for c, series in known.holdings_of if c == country)
                for country in known.countries
            }
            copies = sorted({code.partition("~")[2] for code in known.series} - {""})

            def one(number: int) -> tuple[str, str, str]:
                country = chance.choice(sorted(asked))
                series = chance.choice(asked[country])
                newest = max(known.holdings_of[country, series], key=lambda h: h.year).time_period
                return country, f"{series}~{chance.choice(copies)}" if copies else series, newest

            def gap(number: int) -> object:
                country, series, period = one(number)
                return read_figures(session, known, country=country, series=series, areas=[country], time_period=period)

            def map_of(number: int) -> object:
                country, series, period = one(number)
                return read_figures(session, known, country=country, series=series, groups=[""], time_period=period)

            def chooser(number: int) -> object:
                country, series, _period = one(number)
                return read_availability(session, known, country=country, series=series)

            result = {
                "machine": machine(),
                "observations": held,
                "database_MB": round(Path(folder, "large.db").stat().st_size / 1e6),
                "gap": milliseconds(gap),
                "map": milliseconds(map_of),
                "chooser": milliseconds(chooser),
            }
        engine.dispose()
    (ROOT / "benchmarks" / "results" / "queries.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else WANTED)
