"""The tree agrees with the golden one node by node; what is too small is named; the interval is an honest one."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from data_access.measures.errors import ValueOutOfRange
from data_access.measures.furthest_behind.errors import TooFewToSplit, UnknownCircumstance
from data_access.measures.furthest_behind.people import Condition, People
from data_access.measures.furthest_behind.split_sample import split_sample
from data_access.measures.furthest_behind.too_small import SmallGroup, groups_below
from data_access.measures.furthest_behind.tree import Tree, grow, smallest_leaf
from data_access.measures.survey.errors import SinglePsuStratum
from data_access.measures.survey.results import NoEstimate, SurveyEstimate

GOLDEN = Path(__file__).parents[3] / "golden" / "furthest_behind"


def rows(name: str) -> list[dict[str, str]]:
    with (GOLDEN / name).open(newline="") as file:
        return list(csv.DictReader(file))


SURVEY = rows("input_lnob_micro.csv")
NODES = rows("cart_nodes.csv")
STANDARD = ("Residence", "PoorerHousehold", "HighestEducation")
SETS = {
    "std": STANDARD,
    "relig": (*STANDARD, "Religion"),
    "full": (*STANDARD, "Religion", "Sex", "Disability"),
}


def people(which: str, *, barrier: bool = False) -> People:
    outcome = np.array([float(row["var2tab"]) for row in SURVEY])
    return People.of(
        1 - outcome if barrier else outcome,
        [float(row["SampleWeight"]) for row in SURVEY],
        {name: [row[name] for row in SURVEY] for name in SETS[which]},
    )


def conditions(path: str) -> dict[str, set[str]]:
    """The golden path, a circumstance that was split twice narrowed to what both leave."""
    found: dict[str, set[str]] = {}
    for step in filter(None, path.split(" & ")):
        name, _, categories = step.partition("=")
        found[name] = found.get(name, set(categories.split(","))) & set(categories.split(","))
    return found


@pytest.mark.parametrize("which", list(SETS))
def test_every_node_of_the_tree(which: str) -> None:
    tree = grow(people(which), fine_groups=which != "std")
    expected = {int(row["node"]): row for row in NODES if row["tree"] == which}
    found = {node.number: node for node in tree.nodes()}
    assert found.keys() == expected.keys()
    for number, row in expected.items():
        node = found[number]
        assert node.n == int(row["n"])
        assert node.weight == pytest.approx(float(row["wt"]), rel=1e-10)
        assert node.share == pytest.approx(float(row["wt_share"]), rel=1e-10)
        assert node.mean == pytest.approx(float(row["mean"]), rel=1e-10)
        assert node.deviance == pytest.approx(float(row["dev"]), rel=1e-10)
        assert (node.split or "<leaf>") == row["split"]
        assert (node.parts is None) == (row["leaf"] == "TRUE")
        assert {each.circumstance: set(each.categories) for each in node.conditions} == conditions(row["path"])
        assert tree.smallest_leaf == pytest.approx(float(row["minbucket"]), rel=1e-12)
    role = {row["role"]: int(row["node"]) for row in expected.values()}
    assert tree.furthest_behind().number == role["furthest_behind(min)"]
    assert tree.furthest_ahead().number == role["furthest_ahead(max)"]
    assert tree.alpha == pytest.approx(tree.root.deviance / 3000)


@pytest.mark.parametrize("which", list(SETS))
def test_the_conditions_of_the_leaves_divide_everyone_once(which: str) -> None:
    described = people(which)
    leaves = grow(described, fine_groups=which != "std").leaves()
    belongs = np.stack([described.meeting(leaf.conditions) for leaf in leaves])
    assert (belongs.sum(axis=0) == 1).all()
    assert belongs.sum(axis=1).tolist() == [leaf.n for leaf in leaves]
    assert sum(leaf.share for leaf in leaves) == pytest.approx(1)


def test_a_barrier_has_the_same_groups_turned_round() -> None:
    access, barrier = grow(people("relig"), fine_groups=True), grow(people("relig", barrier=True), fine_groups=True)
    behind, turned = access.furthest_behind(), barrier.furthest_behind(barrier=True)
    assert turned.conditions == behind.conditions
    assert turned.mean == pytest.approx(1 - behind.mean, rel=1e-12)
    assert barrier.furthest_ahead(barrier=True).conditions == access.furthest_ahead().conditions


def test_neither_the_order_of_people_nor_the_size_of_weights_changes_the_tree() -> None:
    whole = people("full")
    shuffled = whole.rows(np.random.default_rng(8).permutation(3000))
    scaled = People(shuffled.outcome, shuffled.weight * 7, shuffled.circumstances, shuffled.labels, shuffled.codes)
    one, other = grow(whole, fine_groups=True), grow(scaled, fine_groups=True)
    assert [(n.number, n.n, n.conditions) for n in one.nodes()] == [
        (n.number, n.n, n.conditions) for n in other.nodes()
    ]


def test_smallest_leaf() -> None:
    assert smallest_leaf(3000) == pytest.approx(3000 / 11)
    assert smallest_leaf(3000, fine_groups=True) == pytest.approx(3000 / 19)
    assert smallest_leaf(539) == 49
    assert smallest_leaf(540) == pytest.approx(540 / 11)
    assert smallest_leaf(900, fine_groups=True) == 49
    with pytest.raises(ValueOutOfRange):
        smallest_leaf(0)


def made(sizes: dict[str, tuple[int, int]]) -> People:
    """People of one circumstance from (people, of whom with the outcome) by category."""
    labels = [label for label, (n, _) in sizes.items() for _ in range(n)]
    outcome = [float(i < having) for n, having in sizes.values() for i in range(n)]
    return People.of(outcome, np.ones(len(outcome)), {"group": labels})


def leaves(tree: Tree) -> list[tuple[object, ...]]:
    return [leaf.conditions[0].categories if leaf.conditions else () for leaf in tree.leaves()]


def test_a_part_below_the_smallest_leaf_is_never_split_off() -> None:
    assert leaves(grow(made({"a": (49, 0), "b": (451, 400)}))) == [("a",), ("b",)]
    assert leaves(grow(made({"a": (48, 0), "b": (452, 400)}))) == [()]
    assert leaves(grow(made({"a": (49, 0), "b": (48, 48)}))) == [()], "97 people are not twice 49"
    assert leaves(grow(made({"a": (49, 0), "b": (49, 49)}))) == [("a",), ("b",)]


def test_people_without_weight_do_not_fill_a_leaf() -> None:
    full = made({"a": (60, 0), "b": (440, 400)})
    weight = full.weight.copy()
    weight[:12] = 0
    assert leaves(grow(People(full.outcome, weight, full.circumstances, full.labels, full.codes))) == [()]


def test_a_split_that_explains_too_little_is_taken_back() -> None:
    assert leaves(grow(made({"a": (250, 125), "b": (250, 128)}))) == [()]
    everyone_equal = grow(made({"a": (250, 125), "b": (250, 125)}))
    assert leaves(everyone_equal) == [()] and everyone_equal.root.split is None
    # Splitting the root gains gain = n/4·d² and costs alpha = p̄(1 − p̄): the turn is at d = 2·√(p̄(1 − p̄)/n) = 0.0224.
    assert leaves(grow(made({"a": (1000, 489), "b": (1000, 511)}))) == [()]
    assert leaves(grow(made({"a": (1000, 488), "b": (1000, 512)}))) == [("a",), ("b",)]


def test_a_weak_split_stays_where_a_strong_one_lies_below_it() -> None:
    """Two circumstances matter only together: no split is worth its price alone, both together are."""
    blocks = [("x", "u", 200, 30), ("x", "v", 200, 164), ("y", "u", 200, 164), ("y", "v", 200, 44)]
    outcome = [float(i < having) for _, _, n, having in blocks for i in range(n)]
    labels = [(a, b) for a, b, n, _ in blocks for _ in range(n)]
    crossed = People.of(outcome, np.ones(800), {"one": [a for a, _ in labels], "other": [b for _, b in labels]})
    tree = grow(crossed)
    first_gain = tree.root.deviance - sum(part.deviance for part in tree.root.parts or ())
    assert first_gain < tree.alpha
    assert len(tree.leaves()) == 4


def test_six_splits_deep_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eighteen groups, each time the lowest is split off from all others: the seventh step is not taken."""
    chain = made({f"{i:02}": (8_000, round(8_000 * (1 - 0.4**i))) for i in range(18)})

    def depth(tree: Tree) -> int:
        return max(node.number.bit_length() - 1 for node in tree.nodes())

    tree = grow(chain, fine_groups=True)
    assert depth(tree) == 6
    assert leaves(tree)[:6] == [(f"{i:02}",) for i in range(6)]
    monkeypatch.setattr("data_access.measures.furthest_behind.tree.DEEPEST", 7)
    assert depth(grow(chain, fine_groups=True)) == 7


def test_categories_are_unordered() -> None:
    tree = grow(made({"1": (100, 90), "2": (100, 10), "3": (100, 90), "4": (100, 10)}))
    assert leaves(tree) == [("2", "4"), ("1", "3")]


def test_groups_too_small_for_a_leaf_are_named() -> None:
    whole = people("full")
    assert groups_below(whole, smallest_leaf(3000)) == (
        SmallGroup((Condition("Religion", ("Minor",)),), 238, pytest.approx(0.081446, abs=1e-6)),
    )
    assert groups_below(whole, smallest_leaf(3000, fine_groups=True)) == ()
    crossed = groups_below(whole, smallest_leaf(3000, fine_groups=True), ["Religion", "Disability"])
    assert [(tuple(c.categories[0] for c in group.conditions), group.n) for group in crossed] == [
        ((religion, disability), n)
        for n, religion, disability in sorted(
            (sum(r["Religion"] == a and r["Disability"] == b for r in SURVEY), a, b)
            for a in ("A", "B", "C", "Minor")
            for b in "01"
        )
        if n < 3000 / 19
    ]
    with pytest.raises(UnknownCircumstance):
        groups_below(whole, 100, ["Caste"])
    with pytest.raises(ValueOutOfRange, match="smallest_leaf"):
        groups_below(whole, 0)


def test_one_half_chooses_and_the_other_estimates() -> None:
    found = split_sample(people("relig"), fine_groups=True, seed=1)
    assert found.halves == (1500, 1500)
    assert found.smallest_leaf == pytest.approx(1500 / 19)
    assert found == split_sample(people("relig"), fine_groups=True, seed=1)
    assert found != split_sample(people("relig"), fine_groups=True, seed=2)
    assert isinstance(found.estimate, SurveyEstimate)
    assert found.estimate.assumed == ("one_stratum", "each_row_a_psu")
    chosen = people("relig").meeting(found.conditions)
    assert found.n_where_chosen + found.estimate.n == int(chosen.sum())


def test_no_sampling_unit_is_in_both_halves() -> None:
    """Units in which everyone is alike: were people split instead, both halves would know every unit."""
    random = np.random.default_rng(6)
    unit = np.repeat(np.arange(40), 50)
    described = People.of(
        (random.random(40) < 0.5)[unit], np.ones(2000), {"place": np.where(unit % 2 == 0, "even", "odd")}
    )
    found = split_sample(described, psu=unit, stratum=unit % 2)
    assert found.halves == (1000, 1000)
    assert isinstance(found.estimate, SurveyEstimate)
    if found.conditions:
        assert (found.estimate.n, found.estimate.df) == (500, 9)


def test_strata_of_two_units_need_their_single_half_centred() -> None:
    unit = np.repeat(np.arange(40), 50)
    described = People.of(np.arange(2000) % 3 == 0, np.ones(2000), {"place": unit % 4})
    with pytest.raises(SinglePsuStratum):
        split_sample(described, psu=unit, stratum=unit // 2)
    found = split_sample(described, psu=unit, stratum=unit // 2, single_psu="centre")
    assert isinstance(found.estimate, SurveyEstimate) and found.estimate.assumed == ("single_psu_centred",)


def test_too_few_units_cannot_be_split() -> None:
    described = made({"a": (50, 10), "b": (50, 30)})
    with pytest.raises(TooFewToSplit, match="100 people in 3 sampling units"):
        split_sample(described, psu=np.arange(100) % 3)


def test_nobody_of_the_leaf_in_the_other_half_is_no_estimate() -> None:
    unit = np.repeat(np.arange(20), 60)
    described = People.of(unit > 0, np.ones(1200), {"place": np.where(unit == 0, "far", "near")})
    found = [split_sample(described, psu=unit, seed=seed) for seed in range(12)]
    alone = [each for each in found if isinstance(each.estimate, NoEstimate)]
    assert alone, "in about half of the splits the only unit of the group is in the half that chooses"
    assert all(each.conditions == (Condition("place", ("far",)),) for each in alone)


@pytest.mark.slow
def test_the_split_sample_interval_covers_and_the_mean_where_chosen_flatters() -> None:
    """A thousand people, twelve groups, nothing but chance: 95 of 100 intervals hold the truth of 50 %."""
    random = np.random.default_rng(12)
    covered, flattered = [], []
    for seed in range(600):
        described = People.of(
            random.random(1000) < 0.5,
            np.ones(1000),
            {"a": random.integers(0, 3, 1000), "b": random.integers(0, 4, 1000)},
        )
        found = split_sample(described, seed=seed)
        assert isinstance(found.estimate, SurveyEstimate)
        assert found.estimate.lower is not None and found.estimate.upper is not None
        covered.append(found.estimate.lower <= 0.5 <= found.estimate.upper)
        flattered.append(found.mean_where_chosen)
    assert 0.93 <= np.mean(covered) <= 0.97
    assert np.mean(flattered) < 0.47
