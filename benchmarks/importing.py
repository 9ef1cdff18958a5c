"""What taking in a million figures costs, from the file to what readers see, and what readers notice of it meanwhile.

    python benchmarks/importing.py [rows] [runs]

Every import is the product's own command in a process of its own; time and peak memory are the whole process's, with
the reader's child. Writes results/importing.json, with the machine named and its load. The figures are invented.
"""

from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import xlsxwriter
from machine import machine

from data_access.database import engine_for, reading
from data_access.importing.shipped import catalogue_rows
from data_access.prepare import prepare
from data_access.queries.catalogue import read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.gaps import read_widest_gaps
from data_access.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
ROWS, RUNS, XLSX_ROWS = 1_000_000, 3, 10_000
TARGETS = {"seconds": 60, "megabytes": 1024, "times": 3, "xlsx_seconds": 3, "readers_p95_ms": 50}
HEADER = [
    *("REF_AREA", "SERIES", "SEX", "URBANISATION", "TIME_PERIOD"),
    *("OBS_VALUE", "LOWER", "UPPER", "SAMPLE", "STATUS", "COMMENT"),
]
MAPPING = """version: 1
source:
  code: BENCHMARK
  title: Invented figures of the benchmark
  publisher: Benchmark
  origin: official
  countries: [{countries}]
  collection: household_survey
  sampling: probability
  licence: CC BY 4.0
  licence_state: attribution
  citation: Benchmark
  consent: not_applicable
tables:
  - columns:
      - {{header: REF_AREA, means: area}}
      - {{header: SERIES, means: series}}
      - {{header: SEX, means: group, dimension: SEX}}
      - {{header: URBANISATION, means: group, dimension: URBANISATION}}
      - {{header: TIME_PERIOD, means: period}}
      - {{header: SAMPLE, means: n}}
      - {{header: STATUS, means: status}}
      - {{header: COMMENT, means: note}}
    values:
      - header: OBS_VALUE
        lower: {{header: LOWER}}
        upper: {{header: UPPER}}
"""
Row = list[str]
WRONG: dict[str, Callable[[int, Row], Row]] = {
    "every value out of range": lambda i, r: [
        *r[:5],
        f"{i + 101.5:.1f}",
        f"{i + 99.5:.1f}",
        f"{i + 103.5:.1f}",
        *r[8:],
    ],
    "every value a text": lambda _i, r: [*r[:5], f"about {r[5]}", *r[6:]],
    "every area unknown, each another": lambda i, r: [f"{r[0]} Distrct {i}", *r[1:]],
    "every rule broken": lambda i, r: [*r[:4], "2041", f"{i + 101.5:.1f}", "200.5", "150.5", "-1", "A", ""],
}


def figures(rows: int) -> Iterator[Row]:
    """Percentages with intervals, no key twice: series x area x group x year."""
    areas = [r["code"] for r in catalogue_rows("areas", illustrative=False) if r["kind"] == "admin2"]
    percent = [r["series"] for r in catalogue_rows("series", illustrative=False) if r["unit"] == "PT"]
    said = {
        r["series"]: f"{r['name']} {r['age_range']}".casefold() for r in catalogue_rows("series", illustrative=False)
    }
    words = ("women", "men", "age", "under", "child", "mother", "girl")
    series = [code for code in percent if not any(word in said[code] for word in words)]
    draw = np.random.default_rng(4)
    shape = (len(series), len(areas), 4, 31)
    if rows > np.prod(shape):
        raise SystemExit(f"at most {np.prod(shape):,} rows")
    places = zip(*(place.tolist() for place in np.unravel_index(np.arange(rows), shape)), strict=True)
    values, asked = draw.uniform(5, 95, rows).round(1).tolist(), draw.integers(50, 5000, rows).tolist()
    for (s, a, g, y), value, n in zip(places, values, asked, strict=True):
        sex, urban, year = "FM"[g % 2], "RU"[g // 2], str(1995 + y)
        numbers = (f"{value:.1f}", f"{value - 2.4:.1f}", f"{value + 2.4:.1f}", str(n))
        yield [areas[a], series[s], sex, urban, year, *numbers, "A", ""]


def write_files(folder: Path, rows: int) -> None:
    """The file without fault, those that are wrong all over, and a workbook."""
    (folder / "mapping.yaml").write_text(MAPPING.format(countries="BGD, NPL"), encoding="utf-8")
    for name, change in {"good": lambda _i, row: row, **WRONG}.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(HEADER)
            out.writerows(change(i, row) for i, row in enumerate(figures(rows)))
    with xlsxwriter.Workbook(str(folder / "good.xlsx")) as book:
        sheet = book.add_worksheet("figures")
        sheet.write_row(0, 0, HEADER)
        for i, row in enumerate(figures(min(rows, XLSX_ROWS)), 1):
            sheet.write_row(i, 0, [float(cell) if 4 <= place <= 8 else cell for place, cell in enumerate(row)])


def command(url: str, *words: str) -> dict[str, float]:
    """One act of the product: seconds, processor seconds and the peak of memory of the process and its children."""
    environment = {**os.environ, "DATABASE_URL": url, "VOICES_COUNT_SELF_PUBLISH": "on"}
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "data_access.releases.command", *words],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, status, used = os.wait4(process.pid, 0)
    return {
        "seconds": round(time.perf_counter() - started, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "peak_MB": used.ru_maxrss // 1024,
        "code": os.waitstatus_to_exitcode(status),
    }


@contextmanager
def database(folder: Path, server: str = "") -> Iterator[str]:
    """A database with everything that ships: a SQLite file, or the one at ``server``."""
    with tempfile.TemporaryDirectory(dir=folder) as own:
        url = server or f"sqlite:///{own}/benchmark.db"
        prepare(read_settings({"DATABASE_URL": url}))
        yield url


def load(folder: Path, url: str) -> dict[str, Any]:
    """A million figures from the file to what readers see."""
    kept = command(url, "import", f"{folder}/good.csv", "--mapping", f"{folder}/mapping.yaml")
    shown = command(url, "publish", "BENCHMARK-1")
    return {
        "draft": kept,
        "publish": shown,
        "seconds": round(kept["seconds"] + shown["seconds"], 1),
        "peak_MB": max(kept["peak_MB"], shown["peak_MB"]),
    }


def check(folder: Path, url: str, name: str) -> dict[str, float]:
    """A dry run with all findings written as CSV."""
    found = folder / "findings.csv"
    words = ("check-file", f"{folder}/{name}", "--mapping", f"{folder}/mapping.yaml", "--findings", str(found))
    spent = command(url, *words)
    with found.open("rb") as file:
        spent["findings"] = sum(1 for _line in file) - 1
    found.unlink()
    return spent


def asked_meanwhile(url: str, while_running: Callable[[], bool]) -> dict[str, dict[str, float]]:
    """What the questions of a country's pages take, asked one after the other with a pause of 20 ms."""
    engine, draw = engine_for(url), random.Random(2030)
    taken: dict[str, list[float]] = {"figures of a gap chart": [], "widest gaps of a country": []}
    with reading(engine) as session:
        known = read_catalogue(session)
    countries, series = sorted(known.countries), sorted(known.series)
    while while_running():
        country, code = draw.choice(countries), draw.choice(series)
        for name, times in taken.items():
            started = time.perf_counter()
            with reading(engine) as session:
                if name == "figures of a gap chart":
                    read_figures(session, known, country=country, series=code, kinds=("country",))
                else:
                    read_widest_gaps(session, known, country=country)
            times.append((time.perf_counter() - started) * 1000)
            time.sleep(0.02)
    engine.dispose()
    found = {}
    for name, times in taken.items():
        cuts = quantiles(times, n=20, method="inclusive")
        found[name] = {
            "asked": len(times),
            "p50_ms": round(cuts[9], 1),
            "p95_ms": round(cuts[18], 1),
            "most_ms": round(max(times), 1),
        }
    return found


def readers(folder: Path, url: str) -> dict[str, Any]:
    """The same questions with nothing else running, and while the file is imported and then published."""
    until = time.perf_counter() + 5
    quiet = asked_meanwhile(url, lambda: time.perf_counter() < until)
    words = [sys.executable, __file__, "load", str(folder), url]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    busy = asked_meanwhile(url, lambda: process.poll() is None)
    return {"alone": quiet, "during_the_import": busy}


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else RUNS
    before = os.getloadavg()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, rows)
        loads, meanwhile = [], []
        for _run in range(runs):
            with database(folder) as url:
                loads.append(load(folder, url))
            with database(folder) as url:
                meanwhile.append({"sqlite": readers(folder, url)})
            if server := os.environ.get("BENCHMARK_POSTGRESQL", ""):
                with database(folder, server) as url:
                    meanwhile[-1]["postgresql"] = readers(folder, url)
        with database(folder) as url:
            good = check(folder, url, "good.csv")
            wrong = {kind: check(folder, url, f"{kind}.csv") for kind in WRONG}
            sheets = [check(folder, url, "good.xlsx") for _run in range(runs)]
    result = {
        "machine": machine(),
        "rows": rows,
        "runs": runs,
        "load_of_the_machine": {"before": round(before[0], 1), "after": round(os.getloadavg()[0], 1)},
        "targets": TARGETS,
        "checked_loaded_and_published_s": median(one["seconds"] for one in loads),
        "peak_MB": max(one["peak_MB"] for one in loads),
        "loads": loads,
        "dry_run_without_fault": good,
        "dry_run_all_wrong": {
            kind: one | {"times": round(one["processor_seconds"] / good["processor_seconds"], 2)}
            for kind, one in wrong.items()
        },
        "dry_run_of_a_workbook_of_10000_rows_s": median(one["seconds"] for one in sheets),
        "readers": meanwhile,
    }
    (ROOT / "benchmarks" / "results" / "importing.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        load(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
