"""Which official figure stands beside a community figure, and when there is a gap to speak of."""

from __future__ import annotations

from dataclasses import replace
from math import hypot

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading
from data_access.figures import Figure
from data_access.queries.catalogue import Catalogue
from data_access.queries.figures import read_figures
from data_access.queries.pairs import Pair, pair_up


@pytest.fixture(scope="module")
def kenya(filled: Engine, catalogue: Catalogue) -> tuple[Figure, ...]:
    """Births in a facility in Kenya: one official survey and two invented community sources."""
    with reading(filled) as session:
        return read_figures(session, catalogue, country="KEN", series="FACILITY_BIRTH")


def one(figures: tuple[Figure, ...], source: str, area: str = "KEN", group: str = "") -> Figure:
    (found,) = (f for f in figures if (f.source, f.area, f.group) == (source, area, group))
    return found


def moved(figure: Figure, year: int) -> Figure:
    return replace(figure, year=year, time_period=str(year))


@pytest.fixture
def official(kenya: tuple[Figure, ...]) -> Figure:
    return one(kenya, "KEN_KMDHS_2025_26")


@pytest.fixture
def community(kenya: tuple[Figure, ...]) -> Figure:
    return one(kenya, "KEN_ILL_SURVEY")


def only(catalogue: Catalogue, *figures: Figure, year: int = 2025) -> Pair:
    (pair,) = pair_up(catalogue, figures, year=year)
    return pair


def test_every_community_figure_has_one_pair_in_order(catalogue: Catalogue, kenya: tuple[Figure, ...]) -> None:
    pairs = pair_up(catalogue, kenya, year=2025)
    keys = [(p.community.area, p.community.group, p.community.source) for p in pairs]
    assert keys == sorted({(f.area, f.group, f.source) for f in kenya if f.origin == "community"})
    for pair in pairs:
        if pair.official is None:
            assert pair.comparability is None and pair.gap is None
        else:
            assert (pair.official.area, pair.official.group) == (pair.community.area, pair.community.group)
            assert (pair.official.origin, pair.community.origin) == ("official", "community")


def test_a_gap_is_community_minus_official_with_the_bounds_that_can_be_known(
    catalogue: Catalogue, official: Figure, community: Figure
) -> None:
    assert (community.value, community.lower, community.upper) == (84.0, 78.6, 88.2)
    assert (official.value, official.lower, official.upper) == (91.1, None, None)
    bounded = replace(official, lower=89.1, upper=93.1)
    unbounded = replace(community, lower=None, upper=None)
    for pair, bounds in (
        (only(catalogue, official, community), (-7.1 - 5.4, -7.1 + 4.2)),  # the community's uncertainty alone
        (only(catalogue, bounded, community), (-7.1 - hypot(5.4, 2), -7.1 + hypot(4.2, 2))),
        (only(catalogue, bounded, unbounded), (None, None)),
        (only(catalogue, official, unbounded), (None, None)),
    ):
        assert pair.gap == pytest.approx(-7.1)
        assert (pair.gap_lower, pair.gap_upper) == (bounds if bounds[0] is None else pytest.approx(bounds))


def test_of_several_rounds_the_one_nearest_to_the_year_stands_for_a_source(
    catalogue: Catalogue, official: Figure, community: Figure
) -> None:
    rounds = [moved(community, year) for year in (2015, 2019, 2024)]
    for year, expected in ((2010, 2015), (2018, 2019), (2030, 2024)):
        assert only(catalogue, official, *rounds, year=year).community.year == expected


def test_of_several_official_figures_the_one_nearest_to_the_community_figure_is_taken(
    catalogue: Catalogue, official: Figure, community: Figure
) -> None:
    rounds = [moved(official, year) for year in (2009, 2014, 2019)]
    for year, expected in ((2008, 2009), (2013, 2014), (2025, 2019)):
        pair = only(catalogue, *rounds, moved(community, year))
        assert pair.official is not None and pair.official.year == expected


def test_an_official_figure_without_a_value_is_no_counterpart(
    catalogue: Catalogue, official: Figure, community: Figure
) -> None:
    withheld = replace(official, value=None, absence="suppressed", status="Q")
    assert only(catalogue, withheld, community) == Pair(community, None, None)
    older = moved(official, 2014)
    assert only(catalogue, withheld, older, community).official == older


def test_a_withheld_community_figure_has_a_counterpart_and_no_gap(
    catalogue: Catalogue, official: Figure, community: Figure
) -> None:
    withheld = replace(community, value=None, lower=None, upper=None, absence="suppressed", status="Q")
    assert only(catalogue, official, withheld) == Pair(withheld, official, None)


def test_another_area_or_group_is_no_counterpart(catalogue: Catalogue, official: Figure, community: Figure) -> None:
    for other in (replace(official, area="KE-07"), replace(official, group="URBANISATION=R")):
        assert only(catalogue, other, community) == Pair(community, None, None)


def test_no_community_figure_no_pair(catalogue: Catalogue, official: Figure) -> None:
    assert pair_up(catalogue, (official,), year=2025) == ()
    assert pair_up(catalogue, (), year=2025) == ()
