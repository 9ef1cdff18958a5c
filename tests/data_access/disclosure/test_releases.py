"""One source shows its people in many tables, year after year: what holds is what the whole of it gives away."""

from __future__ import annotations

import numpy as np
import pytest

from data_access.disclosure.attack import Finding, Verdict, publishable
from data_access.disclosure.cells import Cell, Hierarchy, cell, margins
from data_access.disclosure.complementary import choose
from data_access.disclosure.problems import CannotBeProtected
from data_access.disclosure.release import Observed, Protected, prepare
from data_access.disclosure.table import Flags, Table, build

REGIONS = Hierarchy.flat("region", ("North", "East", "South"))
GROUPS = Hierarchy.flat("group", ("Dalit", "other"))
SEXES = Hierarchy.flat("sex", ("F", "M"))

DALIT_NORTH = cell({"group": "Dalit", "region": "North"})
DALIT_EAST = cell({"group": "Dalit", "region": "East"})
DALIT_SOUTH = cell({"group": "Dalit", "region": "South"})
COUNTS = {
    DALIT_NORTH: 31.0,
    DALIT_EAST: 4.0,
    DALIT_SOUTH: 27.0,
    cell({"group": "other", "region": "North"}): 149.0,
    cell({"group": "other", "region": "East"}): 96.0,
    cell({"group": "other", "region": "South"}): 193.0,
}
ALL = margins(COUNTS, (GROUPS, REGIONS))


def hidden_names(table: Table, hidden: Flags) -> set[str]:
    return set(table.names(np.flatnonzero(hidden)))


def exactly(name: str, value: float) -> tuple[Finding, ...]:
    return (Finding(name, value, value),)


def test_what_an_earlier_release_showed_protects_nobody_in_this_one() -> None:
    alone = build(ALL, (GROUPS, REGIONS))
    choice = choose(alone).hidden
    assert hidden_names(alone, choice) == {
        "group Dalit, region North",
        "group Dalit, region East",
        "group other, region North",
        "group other, region East",
    }
    assert publishable(alone, choice) == Verdict(4, (), (), ())
    after = build(ALL, (GROUPS, REGIONS), shown_before=[DALIT_NORTH])
    assert publishable(after, choice).pinned == exactly("group Dalit, region East", 4.0)
    again = choose(after).hidden
    assert hidden_names(after, again) == {
        "group Dalit, region East",
        "group Dalit, region South",
        "group other, region East",
        "group other, region South",
    }
    assert publishable(after, again) == Verdict(4, (), (), ())


def test_a_small_cell_that_an_earlier_release_showed_is_named_and_hidden_all_the_same() -> None:
    table = build(ALL, (GROUPS, REGIONS), shown_before=[DALIT_EAST])
    choice = choose(table)
    assert (choice.method, hidden_names(table, choice.hidden)) == ("nothing to protect", {"group Dalit, region East"})
    assert publishable(table, choice.hidden) == Verdict(1, (), (), ("group Dalit, region East",))


@pytest.mark.parametrize("exact_up_to", [200, 0])
def test_when_earlier_releases_gave_a_small_cell_away_nothing_is_published(exact_up_to: int) -> None:
    """Last year all Dalits and those of two regions: whatever is hidden this year, the third region is known."""
    table = build(ALL, (GROUPS, REGIONS), shown_before=[cell({"group": "Dalit"}), DALIT_NORTH, DALIT_SOUTH])
    with pytest.raises(CannotBeProtected) as refused:
        choose(table, exact_up_to=exact_up_to)
    assert refused.value.cells == ("group Dalit, region East",)


def test_a_cell_no_longer_published_still_counts_when_it_was_shown_before() -> None:
    """This year only totals by region and group are published; last year's cells lie open beside them."""
    published = [one for one in ALL if len(one) < 2]
    now = build(ALL, (GROUPS, REGIONS), published=published)
    assert publishable(now, choose(now).hidden) == Verdict(0, (), (), ())
    since = build(ALL, (GROUPS, REGIONS), published=published, shown_before=[DALIT_NORTH, DALIT_SOUTH])
    assert publishable(since, since.must_hide).pinned == exactly("group Dalit, region East", 4.0)
    choice = choose(since)
    assert hidden_names(since, choice.hidden & since.published) == {"group Dalit", "group other"}
    assert publishable(since, choice.hidden).publishable


def test_two_views_that_are_safe_alone_are_attacked_and_protected_together() -> None:
    """By region: East is small, North is hidden for its sake. By sex in the North: nothing is small. Together: women
    and men of the North give the North, and with it the East."""
    by_region = {
        cell({}): 60.0,
        cell({"region": "North"}): 25.0,
        cell({"region": "East"}): 4.0,
        cell({"region": "South"}): 31.0,
    }
    by_sex = {
        cell({"region": "North"}): 25.0,
        cell({"region": "North", "sex": "F"}): 12.0,
        cell({"region": "North", "sex": "M"}): 13.0,
    }
    first, second = (build(view, (REGIONS, SEXES)) for view in (by_region, by_sex))
    chosen = [choose(view).hidden for view in (first, second)]
    assert [hidden_names(*pair) for pair in zip((first, second), chosen, strict=True)] == [
        {"region North", "region East"},
        set(),
    ]
    assert publishable(first, chosen[0]) == Verdict(2, (), (), ())
    assert publishable(second, chosen[1]) == Verdict(0, (), (), ())

    union = build(by_region | by_sex, (REGIONS, SEXES))
    each_alone = np.array([name in {"region North", "region East"} for name in union.names(range(len(union)))])
    assert publishable(union, each_alone) == Verdict(2, exactly("region East", 4.0), ("region North",), ())
    choice = choose(union).hidden
    assert hidden_names(union, choice) == {"region East", "region South"}
    assert publishable(union, choice) == Verdict(2, (), (), ())


def test_a_small_rest_that_nobody_published_is_protected() -> None:
    """100 people, 60 of them A and 36 B: the 4 others are no row of the table, but everybody can subtract."""
    kinds = Hierarchy.flat("group", ("A", "B", "C"))
    table = build({cell({}): 100.0, cell({"group": "A"}): 60.0, cell({"group": "B"}): 36.0}, (kinds,))
    rest = "group (all without A and B)"
    assert publishable(table, np.zeros(len(table), dtype=np.bool_)) == Verdict(0, exactly(rest, 4.0), (), ())
    choice = choose(table).hidden
    assert hidden_names(table, choice) == {"group B", rest}
    assert publishable(table, choice) == Verdict(1, (), (), ())
    enough = build({cell({}): 100.0, cell({"group": "A"}): 60.0, cell({"group": "B"}): 30.0}, (kinds,))
    assert hidden_names(enough, choose(enough).hidden) == {rest}  # ten people: nothing to protect
    assert publishable(enough, choose(enough).hidden).hidden == 0


def test_a_small_cell_among_millions_is_found_and_protected() -> None:
    """The solver's tolerance is counted in people, not in shares of the largest count."""
    values = {cell({"region": r}): v for r, v in zip(REGIONS.finest, (9_000_000.0, 4.0, 12_000_000.0), strict=True)}
    table = build(values | {cell({}): 21_000_004.0}, (REGIONS,))
    assert publishable(table, table.must_hide).pinned == exactly("region East", 4.0)
    assert publishable(table, choose(table).hidden) == Verdict(2, (), (), ())


def observed(value: float, n: int) -> Observed:
    return Observed(value, value - 1, value + 1, 0.5, n, 1000, "A", "as counted")


def test_what_readers_get_and_what_stays() -> None:
    table = build(ALL, (GROUPS, REGIONS))
    figures = {one: observed(value, int(value)) for one, value in ALL.items()}
    why: dict[Cell, tuple[object, ...]] = {DALIT_EAST: ("small_count",)}
    hidden = choose(table).hidden
    release = prepare(table, hidden, figures, why=why)  # type: ignore[arg-type]
    places = [one for one, is_hidden in zip(table.cells, hidden, strict=True) if is_hidden]
    nothing = Observed(None, None, None, None, None, None, "Q", "")
    assert release.public == {one: nothing if one in places else figure for one, figure in figures.items()}
    assert release.protected == tuple(
        Protected(
            one,
            figures[one],
            "primary" if one == DALIT_EAST else "complementary",
            ("small_count",) if one == DALIT_EAST else (),
        )
        for one in figures
        if one in places
    )
    assert release.shown == frozenset(ALL) - frozenset(places)
    assert release.verdict == Verdict(4, (), (), ())


def test_the_next_release_learns_what_was_shown_not_what_had_no_value() -> None:
    table = build(ALL, (GROUPS, REGIONS))
    figures = {one: observed(value, 50) for one, value in ALL.items()}
    figures[cell({})] = Observed(None, status="M")
    release = prepare(table, choose(table).hidden, figures)
    assert cell({}) not in release.shown
    following = build(ALL, (GROUPS, REGIONS), shown_before=release.shown)
    assert publishable(following, choose(following).hidden) == Verdict(4, (), (), ())
    assert (choose(following).hidden == choose(table).hidden).all()
