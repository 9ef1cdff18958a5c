"""What must hold of every measure, whatever the subgroups: tried on many sets drawn with fixed seeds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from data_access.measures.errors import MeasureUndefined
from data_access.measures.inequality.measure import CODES, ORDERED_ONLY, measure
from data_access.measures.inequality.subgroups import Subgroups

SETS = range(25)
UNORDERED = [code for code in CODES if code not in ORDERED_ONLY]
SCATTER = [code for code in UNORDERED if code not in ("d", "r", "par", "paf")]
ABSOLUTE = ("d", "bgsd", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw", "par", "aci", "sii", "sii_linear")
EVERY_GROUP_ALIKE = ("idisu", "mdmu", "mdbu", "mdru")


@dataclass(frozen=True)
class Drawn:
    """Subgroups before they are looked at, so that rows can be moved, scaled and repeated."""

    names: list[str]
    estimate: list[float]
    se: list[float]
    population: list[float]
    order: list[int] | None
    reference: str | None
    favourable: bool
    scale: float

    def seen(self) -> Subgroups:
        return Subgroups.of(
            self.names, self.estimate, favourable=self.favourable, scale=self.scale, se=self.se,
            population=self.population, order=self.order, reference=self.reference,
        )  # fmt: skip

    def rows(self, places: list[int], **changes: Any) -> Drawn:
        return replace(
            self,
            names=[self.names[i] for i in places],
            estimate=[self.estimate[i] for i in places],
            se=[self.se[i] for i in places],
            population=[self.population[i] for i in places],
            order=None if self.order is None else [self.order[i] for i in places],
            **changes,
        )


def drawn(seed: int, *, ordered: bool = False) -> Drawn:
    random = np.random.default_rng(seed)
    k = int(random.integers(3, 12))
    # Ordered ones from 40 up, so that a straight line through them stays above 0 and every measure has a value.
    estimate = np.sort(random.uniform(40, 95, k)) if ordered else random.uniform(5, 95, k)
    return Drawn(
        names=[f"G{i}" for i in range(k)],
        estimate=estimate.tolist(),
        se=random.uniform(0.1, 3, k).tolist(),
        population=random.uniform(10, 10_000, k).tolist(),
        order=list(range(1, k + 1)) if ordered else None,
        reference=None if ordered else f"G{random.integers(0, k)}",
        favourable=bool(random.random() < 0.5),
        scale=100.0,
    )


def found(code: str, of: Drawn) -> tuple[float, float | None]:
    result = measure(code, of.seen(), draws=2)
    return result.value, result.se


def alike(one: tuple[float, float | None], other: tuple[float, float | None], by: float = 1.0) -> None:
    """Value and standard error are those of the other, multiplied by ``by``."""
    assert one[0] == pytest.approx(by * other[0], rel=1e-7, abs=1e-9)
    assert (one[1] is None) == (other[1] is None)
    if one[1] is not None and other[1] is not None:
        assert one[1] == pytest.approx(by * other[1], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("code", CODES)
def test_the_order_of_the_rows_does_not_matter(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        moved = given.rows(np.random.default_rng(seed).permutation(len(given.names)).tolist())
        alike(found(code, moved), found(code, given))


@pytest.mark.parametrize("code", CODES)
def test_counting_people_in_thousands_does_not_matter(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        thousands = replace(given, population=[people / 1000 for people in given.population])
        one, other = found(code, thousands), found(code, given)
        if code in ("par", "paf"):  # Walter's error counts the people, so only the value stays
            assert one[0] == pytest.approx(other[0], rel=1e-9, abs=1e-9)
        else:
            alike(one, other)


@pytest.mark.parametrize("code", [code for code in CODES if code != "bgv"])
def test_shares_from_0_to_1_are_percentages_over_a_hundred(code: str) -> None:
    """Relative measures do not move, absolute ones follow the unit (the variance its square)."""
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        shares = replace(given, scale=1.0, estimate=[y / 100 for y in given.estimate], se=[s / 100 for s in given.se])
        alike(found(code, shares), found(code, given), 0.01 if code in ABSOLUTE else 1.0)


def test_the_variance_follows_the_square_of_the_unit() -> None:
    for seed in SETS:
        given = drawn(seed)
        shares = replace(given, scale=1.0, estimate=[y / 100 for y in given.estimate], se=[s / 100 for s in given.se])
        alike(found("bgv", shares), found("bgv", given), 1e-4)


@pytest.mark.parametrize("code", UNORDERED)
def test_a_population_twice_over_is_as_unequal(code: str) -> None:
    """Every subgroup once more, with as many people: no value moves (of a declared reference, one stays declared)."""
    for seed in SETS:
        given = drawn(seed)
        k = len(given.names)
        if code in ("mdru", "mdrw", "d", "r", "par", "paf"):
            given = replace(given, reference=given.names[int(np.argmax(given.estimate))], favourable=True)
        twice = given.rows([*range(k), *range(k)])
        twice = replace(twice, names=[f"{name}-{i // k}" for i, name in enumerate(twice.names)])
        twice = replace(twice, reference=None if given.reference is None else f"{given.reference}-0")
        assert found(code, twice)[0] == pytest.approx(found(code, given)[0], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("code", SCATTER)
def test_a_subgroup_cut_in_two_changes_no_measure_that_counts_people(code: str) -> None:
    for seed in SETS:
        given = drawn(seed)
        k = len(given.names)
        cut = given.rows([*range(k), 0])
        halves = [*cut.population]
        halves[0], halves[-1] = given.population[0] * 0.3, given.population[0] * 0.7
        cut = replace(cut, names=[*given.names, "other half"], population=halves)
        same = found(code, cut)[0] == pytest.approx(found(code, given)[0], rel=1e-9, abs=1e-9)
        assert same == (code not in EVERY_GROUP_ALIKE), "measures with every subgroup alike count subgroups, not people"


@pytest.mark.parametrize("code", CODES)
def test_equality_is_zero(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        equal = replace(given, estimate=[given.estimate[0]] * len(given.names))
        if code in ("sii", "rii", "sii_linear", "rii_linear"):
            with pytest.raises(MeasureUndefined, match="all subgroups are equal"):
                found(code, equal)
            continue
        assert found(code, equal)[0] == pytest.approx(1.0 if code == "r" else 0.0, abs=1e-9)


@pytest.mark.parametrize("code", [*SCATTER])
def test_scatter_is_never_negative(code: str) -> None:
    for seed in SETS:
        assert found(code, drawn(seed))[0] > 0


@pytest.mark.parametrize("code", ["d", "aci", "rci", "sii", "sii_linear"])
def test_turning_the_order_round_turns_the_sign(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=True)
        k = len(given.names)
        turned = replace(given, order=list(range(k, 0, -1)))
        alike((-found(code, turned)[0], found(code, turned)[1]), found(code, given))


def test_turning_the_order_round_turns_the_ratio() -> None:
    for seed in SETS:
        given = drawn(seed, ordered=True)
        turned = replace(given, order=list(range(len(given.names), 0, -1)))
        for code in ("r", "rii"):
            assert found(code, turned)[0] == pytest.approx(1 / found(code, given)[0], rel=1e-7)
