"""How long comparability and interval of five thousand pairs take: ``python benchmarks/pairs.py``.

Writes benchmarks/results/pairs.json. Every pair has its own area and group; how each source measured, and the figures,
are invented and seeded. The last task pairs up figures of the same areas and groups as the pages do, with the catalogue
that ships.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from machine import machine

from data_access.database import engine_for, reading
from data_access.figures import Figure
from data_access.measures import comparability
from data_access.measures.comparability import compare_pairs
from data_access.measures.measured_as import MeasuredAs, Sampling
from data_access.measures.statements import DEFAULT_MARGIN_POINTS, statements
from data_access.measures.two_source import Difference, difference
from data_access.prepare import prepare
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.pairs import pair_up
from data_access.settings import read_settings

RESULT = Path(__file__).parent / "results" / "pairs.json"
AREAS, GROUPS, REPEATS, FEW_REPEATS = 40, 125, 15, 3
PAIRS = AREAS * GROUPS
LIMIT_MS = 100
COUNTRY = "KEN"


def milliseconds(task: Callable[[], object], repeats: int = REPEATS) -> dict[str, float]:
    """Median and worst of several runs, after one to warm up."""
    task()
    taken = []
    for _ in range(repeats):
        start = perf_counter()
        task()
        taken.append((perf_counter() - start) * 1000)
    return {"median_ms": round(median(taken), 1), "worst_ms": round(max(taken), 1)}


def described() -> tuple[list[MeasuredAs], list[MeasuredAs]]:
    """How the official and the community figure of each pair were measured; half of the facets agree."""
    random = np.random.default_rng(1)
    designs: tuple[Sampling, ...] = ("probability", "purposive", "census", "scorecard")
    official, community = [], []
    for number, (area, group) in enumerate(product(range(AREAS), range(GROUPS))):
        one = MeasuredAs(
            unit="PT",
            scale_kind="percentage",
            series="SE_TOT_CPLR",
            concept="4.1.2",
            favourable=True,
            definition="Completed primary school, of those three to five years above the last grade's age",
            numerator="completed primary school",
            denominator="all of that age",
            age_range="14-16",
            group=f"DISABILITY_STATUS=PD|ETHNICITY=G{group:03}",
            group_basis="self_identification",
            disability_method="Washington Group short set",
            period_start=2015.0 + number % 7,
            period_end=2016.0 + number % 7,
            area=f"KE{area:02}",
            area_vintage="2010",
            mode="face to face",
            sampling="probability",
            source=f"official survey {area % 5}",
        )
        chance = random.random(6) < 0.5
        official.append(one)
        community.append(
            replace(
                one,
                definition=one.definition if chance[0] else "Finished class eight",
                age_range=one.age_range if chance[1] else None,
                group_basis="self_identification" if chance[2] else "proxy",
                period_start=2022.0,
                period_end=2022.0 + number % 2,
                mode=one.mode if chance[3] else "telephone",
                unit="PT" if chance[4] or chance[5] else "SCORE",
                sampling=designs[number % 4],
                source=f"community survey {number % 20}",
            )
        )
    return official, community


def measured_figures(side: int) -> tuple[list[float], list[float | None], list[float | None]]:
    """Invented percentages with bounds, of which every tenth source published none."""
    random = np.random.default_rng(side)
    value, half = random.uniform(15, 85, PAIRS), random.uniform(1, 12, PAIRS)
    known = random.random(PAIRS) < 0.9
    lower, upper = (
        [bound if has else None for bound, has in zip(bounds.tolist(), known, strict=True)]
        for bounds in (value - half, value + half)
    )
    return value.tolist(), lower, upper


def catalogue_and_figures() -> tuple[Catalogue, list[Figure]]:
    """The catalogue that ships, and a figure of each origin, after the model of a shipped one, for every pair."""
    with tempfile.TemporaryDirectory() as folder:
        settings = read_settings({"DATABASE_URL": f"sqlite:///{folder}/pairs.db", "VOICES_COUNT_ILLUSTRATIVE": "on"})
        prepare(settings)
        engine = engine_for(settings.database_url)
        with reading(engine) as session:
            known = read_catalogue(session)
            series = [code for code, facts in known.series.items() if facts.unit == "PT"]
            models = next(
                found
                for code in series
                if (found := _one_of_each(read_figures(session, known, country=COUNTRY, series=code)))
            )
        engine.dispose()
    areas = [code for code, area in known.areas.items() if area.country == COUNTRY][:AREAS]
    figures = []
    for number, model in enumerate(models):
        values = zip(*measured_figures(number), strict=True)
        for (area, group), (value, lower, upper) in zip(product(areas, range(GROUPS)), values, strict=True):
            key = f"AGE=Y{group}"
            figures.append(replace(model, area=area, group=key, value=value, lower=lower, upper=upper, absence=None))
    return known, figures


def _one_of_each(figures: tuple[Figure, ...]) -> tuple[Figure, Figure] | None:
    """An official and a community figure, if the series has both."""
    official = next((figure for figure in figures if figure.origin == "official"), None)
    community = next((figure for figure in figures if figure.origin == "community"), None)
    return (official, community) if official and community else None


def measured() -> dict[str, Any]:
    """Every task with its times."""
    official, community = described()
    figures = *measured_figures(1), *measured_figures(2)

    def graded_anew() -> Difference:
        for cache in (comparability._reason, comparability._period_reason, comparability._sampling_reason):
            cache.cache_clear()
        return graded()

    def graded() -> Difference:
        compare_pairs(official, community)
        return difference(*figures)

    gaps = difference(*figures)
    independent = [found.independent for found in compare_pairs(official, community)]
    known, both = catalogue_and_figures()
    return {
        "comparability_and_interval": milliseconds(graded),
        "comparability_and_interval_nothing_remembered": milliseconds(graded_anew),
        "comparability": milliseconds(lambda: compare_pairs(official, community)),
        "interval": milliseconds(lambda: difference(*figures)),
        "statements": milliseconds(lambda: statements(gaps, DEFAULT_MARGIN_POINTS, independent=independent)),
        "pair_up_as_the_pages_do": milliseconds(lambda: pair_up(known, both, year=2022), FEW_REPEATS),
    }


def main() -> int:
    """Measure, write the result, and fail when comparability and interval take longer than the limit."""
    tasks = measured()
    result = {
        "pairs": PAIRS,
        "repeats": REPEATS,
        "limit_ms_comparability_and_interval": LIMIT_MS,
        "machine": machine() | {"numpy": np.__version__},
        "tasks": tasks,
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print(json.dumps(tasks, indent=2))
    return int(tasks["comparability_and_interval_nothing_remembered"]["median_ms"] > LIMIT_MS)


if __name__ == "__main__":
    raise SystemExit(main())
