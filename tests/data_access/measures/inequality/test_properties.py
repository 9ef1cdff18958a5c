"""What must hold of every measure, whatever the subgroups: tried on many sets drawn with fixed seeds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from data_access.measures.errors import MeasureUndefined
from data_access.measures.inequality.estimates import InequalityEstimate
from data_access.measures.inequality.measure import CODES, ORDERED_ONLY, measure
from data_access.measures.inequality.subgroups import Subgroups

SETS = range(25)
UNORDERED = [code for code in CODES if code not in ORDERED_ONLY]
SCATTER = [code for code in UNORDERED if code not in ("d", "r", "par", "paf")]
ABSOLUTE = ("d", "bgsd", "mdmu", "mdmw", "mdbu", "mdbw", "mdru", "mdrw", "par", "aci", "sii", "sii_linear")
RATIOS = ("r", "rii", "rii_linear")
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


def estimated(code: str, of: Drawn) -> InequalityEstimate:
    return measure(code, of.seen(), draws=50)


def value(code: str, of: Drawn) -> float:
    return estimated(code, of).value


def alike(one: InequalityEstimate, other: InequalityEstimate, by: float = 1.0) -> None:
    """Value, bounds and value under equality are those of the other, multiplied by ``by``."""
    assert (one.code, one.interval, one.variance) == (other.code, other.interval, other.variance)
    for name in ("value", "lower", "upper", "equality"):
        found, expected = getattr(one, name), getattr(other, name)
        assert found == (None if expected is None else pytest.approx(by * expected, rel=1e-6, abs=1e-9)), name


@pytest.mark.parametrize("code", CODES)
def test_the_order_of_the_rows_does_not_matter(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        moved = given.rows(np.random.default_rng(seed).permutation(len(given.names)).tolist())
        alike(estimated(code, moved), estimated(code, given))


@pytest.mark.parametrize("code", CODES)
def test_counting_people_in_thousands_does_not_matter(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        thousands = replace(given, population=[people / 1000 for people in given.population])
        alike(estimated(code, thousands), estimated(code, given))


@pytest.mark.parametrize("code", [code for code in CODES if code != "bgv"])
def test_shares_from_0_to_1_are_percentages_over_a_hundred(code: str) -> None:
    """Relative measures do not move, absolute ones follow the unit (the variance its square)."""
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        shares = replace(given, scale=1.0, estimate=[y / 100 for y in given.estimate], se=[s / 100 for s in given.se])
        alike(estimated(code, shares), estimated(code, given), 0.01 if code in ABSOLUTE else 1.0)


def test_the_variance_follows_the_square_of_the_unit() -> None:
    for seed in SETS:
        given = drawn(seed)
        shares = replace(given, scale=1.0, estimate=[y / 100 for y in given.estimate], se=[s / 100 for s in given.se])
        alike(estimated("bgv", shares), estimated("bgv", given), 1e-4)


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
        assert value(code, twice) == pytest.approx(value(code, given), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("code", SCATTER)
def test_a_subgroup_cut_in_two_changes_no_measure_that_counts_people(code: str) -> None:
    for seed in SETS:
        given = drawn(seed)
        k = len(given.names)
        cut = given.rows([*range(k), 0])
        halves = [*cut.population]
        halves[0], halves[-1] = given.population[0] * 0.3, given.population[0] * 0.7
        cut = replace(cut, names=[*given.names, "other half"], population=halves)
        same = value(code, cut) == pytest.approx(value(code, given), rel=1e-9, abs=1e-9)
        assert same == (code not in EVERY_GROUP_ALIKE), "measures with every subgroup alike count subgroups, not people"


@pytest.mark.parametrize("code", CODES)
def test_equality_is_zero(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=code in ORDERED_ONLY)
        equal = replace(given, estimate=[given.estimate[0]] * len(given.names))
        neither = 1.0 if code in RATIOS else 0.0
        assert value(code, equal) == pytest.approx(neither, abs=1e-9)
        everyone = replace(equal, estimate=[100.0] * len(given.names))
        if code != "rci_wagstaff":
            assert value(code, everyone) == pytest.approx(neither, abs=1e-9)


@pytest.mark.parametrize("code", ["sii", "rii", "sii_linear", "rii_linear", "aci", "rci", "d", "r"])
def test_equality_of_ordered_groups_is_as_uncertain_as_they_are(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=True)
        found = estimated(code, replace(given, estimate=[50.0] * len(given.names)))
        assert found.lower is not None and found.upper is not None
        assert found.lower < found.value < found.upper


@pytest.mark.parametrize("code", ["sii", "rii", "sii_linear", "rii_linear"])
def test_equality_is_refused_where_heat_refuses_it(code: str) -> None:
    given = replace(drawn(1, ordered=True), estimate=[50.0] * len(drawn(1).names))
    with pytest.raises(MeasureUndefined, match="all subgroups are equal"):
        measure(code, given.seen(), mode="heat")


@pytest.mark.parametrize("code", ["aci", "rci", "rci_wagstaff", "rci_erreygers"])
def test_a_subgroup_cut_in_two_neighbours_is_as_concentrated(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=True)
        k = len(given.names)
        cut = given.rows([0, *range(k)])
        people = [0.3 * given.population[0], 0.7 * given.population[0], *given.population[1:]]
        cut = replace(cut, names=["other half", *given.names], population=people, order=list(range(1, k + 2)))
        assert value(code, cut) == pytest.approx(value(code, given), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("code", [*SCATTER])
def test_scatter_is_never_negative(code: str) -> None:
    for seed in SETS:
        assert value(code, drawn(seed)) > 0


@pytest.mark.parametrize("code", ["d", "aci", "rci", "sii", "sii_linear"])
def test_turning_the_order_round_turns_the_sign(code: str) -> None:
    for seed in SETS:
        given = drawn(seed, ordered=True)
        k = len(given.names)
        turned = replace(given, order=list(range(k, 0, -1)))
        one, other = estimated(code, turned), estimated(code, given)
        assert -one.value == pytest.approx(other.value, rel=1e-7, abs=1e-9)
        assert one.se == pytest.approx(other.se, rel=1e-6)
        assert one.lower is not None and -one.lower == pytest.approx(other.upper, rel=1e-6)


def test_turning_the_order_round_turns_the_ratio() -> None:
    for seed in SETS:
        given = drawn(seed, ordered=True)
        turned = replace(given, order=list(range(len(given.names), 0, -1)))
        for code in ("r", "rii"):
            assert value(code, turned) == pytest.approx(1 / value(code, given), rel=1e-7)
