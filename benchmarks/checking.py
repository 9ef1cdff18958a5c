"""What checking a partner's file costs: a million figures without fault, the same all wrong, and the file they came in.

    python benchmarks/checking.py

Writes results/checking.json, with the machine named. The figures are invented and seeded.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
from machine import machine

ROOT = Path(__file__).resolve().parents[1]
ROWS = 1_000_000
LIMIT_S, LIMIT_TIMES = 15, 3
SAYS_WHO = re.compile(r"(?i)women|men|age|under|child|mother|girl")
TODAY = date(2026, 11, 23)


@contextmanager
def filled() -> Iterator[str]:
    """The address of a database that holds everything that ships."""
    sys.path.insert(0, str(ROOT))
    from data_access.prepare import prepare
    from data_access.settings import read_settings

    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/new.db"
        prepare(read_settings({"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "on"}))
        yield url


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 2)


def figures(areas: list[str], series: list[str], rng: np.random.Generator) -> pd.DataFrame:
    """A million percentages with intervals, no key twice: series x area x group x year."""
    groups = [f"{'AGE=Y15T49|' if age else ''}SEX={sex}" for age in (0, 1) for sex in "FM"]
    years = [str(year) for year in range(1995, 2026)]
    shape = (len(series), len(areas), len(groups), len(years))
    places = np.unravel_index(np.arange(ROWS) % np.prod(shape), shape)
    value = rng.uniform(5, 95, ROWS).round(1)
    return pd.DataFrame(
        {
            "area": np.array(areas)[places[1]],
            "series": np.array(series)[places[0]],
            "group": np.array(groups)[places[2]],
            "time_period": np.array(years)[places[3]],
            "value": value,
            "se": 1.2,
            "lower": value - 2.4,
            "upper": value + 2.4,
            "n": rng.integers(50, 5000, ROWS),
            "yes": None,
            "population": 100_000,
            "status": "A",
            "note": "",
            "sheet": "figures",
            "row": np.arange(2, ROWS + 2),
            "column": "value",
        }
    )


def all_wrong(good: pd.DataFrame) -> pd.DataFrame:
    """Every row out of range, with crossed bounds, a strange group, years to come, and twice with another value."""
    half = pd.concat([good.iloc[: ROWS // 2]] * 2, ignore_index=True)
    return half.assign(
        value=np.arange(ROWS) + 101.0, lower=200.0, upper=150.0, group="SEX=X", time_period="2041", n=-1, se=-0.5,
        population=-3, row=np.arange(2, ROWS + 2),
    )  # fmt: skip


def main() -> None:
    with filled() as url:
        from sqlmodel import Session

        from data_access.database import engine_for
        from data_access.importing.checks.figures import check_figures
        from data_access.importing.checks.identifiers import check_workbook
        from data_access.importing.findings import as_csv
        from data_access.importing.resolution import Resolver
        from data_access.importing.workbook import Sheet, Workbook
        from data_access.queries.catalogue import read_catalogue

        with Session(engine_for(url)) as session:
            catalogue = read_catalogue(session)
            resolver = Resolver.of(session)
        areas = [code for code, area in catalogue.areas.items() if area.kind == "admin2"]
        series = [code for code, one in catalogue.series.items() if one.unit == "PT" and not SAYS_WHO.search(one.name)]
        good = figures(areas, series, np.random.default_rng(4))
        bad = all_wrong(good)
        reports = {}

        def check(name: str, frame: pd.DataFrame) -> float:
            return seconds(lambda: reports.update({name: check_figures(frame, catalogue, file=name, today=TODAY)}))

        good_s, bad_s = check("good", good), check("bad", bad)
        told_s = seconds(lambda: reports["bad"].findings())
        found = sum(count.cells for count in reports["bad"].counts())
        csv_s = seconds(lambda: as_csv(islice(reports["bad"].batches(), 2)))
        names = [f"{catalogue.areas[code].name} District" for code in areas]
        texts = [names[place % len(names)] for place in range(ROWS)]
        resolve_s = seconds(lambda: [resolver.area(text) for text in texts])
        columns = good[["area", "series", "group", "time_period", "value", "n"]].astype(object)
        cells = (tuple(columns), *columns.itertuples(index=False, name=None))
        workbook = Workbook("invented.csv", "csv", "", (Sheet("figures", cells),))
        identifiers_s = seconds(lambda: check_workbook(workbook))
        result = {
            "machine": machine(),
            "rows": ROWS,
            "limits": {"seconds": LIMIT_S, "times_slower_when_all_is_wrong": LIMIT_TIMES},
            "no_fault_s": good_s,
            "no_fault_findings": {count.rule: count.cells for count in reports["good"].counts()},
            "all_wrong_s": bad_s,
            "times": round(bad_s / good_s, 2),
            "findings_when_all_is_wrong": found,
            "telling_the_first_of_them_s": told_s,
            "a_hundred_thousand_of_them_as_csv_s": csv_s,
            "personal_identifiers_six_columns_s": identifiers_s,
            "resolving_a_million_names_s": resolve_s,
            "peak_MB_of_the_whole_benchmark": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    (ROOT / "benchmarks" / "results" / "checking.json").write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
