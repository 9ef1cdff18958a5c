"""Tables to protect: the golden ones, and as many random ones as a test asks for."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from data_access.disclosure.cells import EVERYBODY, Cell, Hierarchy, cell, margins
from data_access.disclosure.primary import Rule
from data_access.disclosure.table import Flags, Table, build

GOLDEN = Path(__file__).parents[2] / "golden" / "disclosure"


@dataclass(frozen=True)
class Golden:
    """A golden table, what is hidden when only small cells are, and what a reference engine hides."""

    table: Table
    primary_only: Flags
    reference: Flags


@pytest.fixture
def golden() -> Callable[..., Golden]:
    """Reads a golden table by its name, T1 to T5; ``rule`` as in ``build``."""

    def read(name: str, rule: Rule | None = None) -> Golden:
        meta = json.loads((GOLDEN / f"{name}_meta.json").read_text())
        dimensions: list[str] = meta["dims"]
        negative, reference = (
            list(csv.DictReader((GOLDEN / f"{name}__{kind}.csv").open()))
            for kind in ("NEGATIVE_primary_only", "gauss_zeros_open")
        )
        # The category "None" of T3 was written as an empty field.
        codes = {d: [c for c in dict.fromkeys(r[d] or "None" for r in negative) if c != "Total"] for d in dimensions}
        named = [cell({d: EVERYBODY if r[d] == "Total" else r[d] or "None" for d in dimensions}) for r in negative]
        table = build(
            {one: float(row["freq"]) for one, row in zip(named, negative, strict=True)},
            [_hierarchy(d, codes[d], meta.get("hier", {}).get(d)) for d in dimensions],
            primary=[one for one, row in zip(named, negative, strict=True) if row["primary"] == "True"],
            rule=rule,
        )
        return Golden(table, *(np.array([r["suppressed"] == "True" for r in rows]) for rows in (negative, reference)))

    return read


def _hierarchy(dimension: str, codes: list[str], parts: dict[str, list[str]] | None) -> Hierarchy:
    return Hierarchy.of(dimension, {EVERYBODY: parts, **parts}) if parts else Hierarchy.flat(dimension, codes)


@pytest.fixture
def random_tables() -> Callable[..., Iterator[tuple[Table, list[Hierarchy]]]]:
    """Random tables of 2 to 4 dimensions, half of which have a hierarchy; the seed decides all of them."""

    def make(number: int, *, seed: int, largest: int, smallest: int = 20) -> Iterator[tuple[Table, list[Hierarchy]]]:
        for child in np.random.default_rng(seed).spawn(number):
            yield _random_table(child, smallest, largest)

    return make


def _random_table(rng: np.random.Generator, smallest: int, largest: int) -> tuple[Table, list[Hierarchy]]:
    dimensions: list[Hierarchy] = []
    while not smallest <= np.prod([len(h.codes) for h in dimensions]) * bool(dimensions) <= largest:
        number = int(rng.integers(2, 5))
        dimensions = [_random_hierarchy(rng, f"D{d}", 9 if number < 4 else 6) for d in range(number)]
    weights = [rng.lognormal(0.0, 0.8, len(h.finest)) for h in dimensions]
    mean = float(rng.choice([4, 12, 40]))
    inner: dict[Cell, float] = {}
    for places in product(*(range(len(h.finest)) for h in dimensions)):
        expected = mean * np.prod([weight[place] for weight, place in zip(weights, places, strict=True)])
        one = cell({h.dimension: h.finest[place] for h, place in zip(dimensions, places, strict=True)})
        inner[one] = float(rng.poisson(expected))
    values = margins(inner, dimensions)
    published = None
    if rng.random() < 0.3:  # the finest cross is not published
        published = [one for one in values if len(one) < len(dimensions)]
    return build(values, dimensions, published=published), dimensions


def _random_hierarchy(rng: np.random.Generator, dimension: str, most: int) -> Hierarchy:
    codes = [f"{dimension}c{number}" for number in range(int(rng.integers(2, most)))]
    if len(codes) < 4 or rng.random() < 0.5:
        return Hierarchy.flat(dimension, codes)
    cut = int(rng.integers(2, len(codes) - 1))
    return Hierarchy.of(dimension, {EVERYBODY: ("A", "B"), "A": codes[:cut], "B": codes[cut:]})
