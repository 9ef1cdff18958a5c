"""The studies of who is furthest behind as pages read them: whole, with their source, and nothing that is hidden."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for, writing
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.intersections import CheckedGroup, Having, SmallGroup, TreeGroup, read_intersections
from tests.conftest import settings_for

WEALTH, EDUCATION = "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV"
POOREST, NO_SCHOOL = Having(WEALTH, ("Q1",)), Having(EDUCATION, ("NONE",))


def test_a_study_comes_with_everything_needed_to_defend_it(filled: Engine, catalogue: Catalogue) -> None:
    with Session(filled) as session:
        (study,) = read_intersections(session, catalogue, country="KEN", series="FACILITY_BIRTH")
    assert (study.source, study.publisher, study.origin, study.illustrative, study.release) == (
        "KEN_ILL_SURVEY",
        "Illustrative data generator of this project",
        "community",
        True,
        "KEN_ILL_SURVEY-1",
    )
    assert (study.licence, study.licence_state) == ("CC0-1.0 (invented figures)", "attribution")
    assert (study.time_period, study.year, study.group, study.barrier, study.seed) == ("2025", 2025, "", False, 123456)
    assert study.circumstances == ("URBANISATION", WEALTH, EDUCATION, "DISABILITY_STATUS", "AGE")
    assert (study.n, study.smallest_leaf, study.too_small) == (2016, 184, ())
    assert study.design == ("weights", "strata=7", "units=126")
    assert [round(value or 0, 2) for value in (study.mean, study.dissimilarity, study.opportunity)] == [
        83.93,
        9.2,
        76.2,
    ]
    assert [round(v or 0, 2) for v in (study.dissimilarity_by_chance, study.dissimilarity_at_most_by_chance)] == [
        4.4,
        4.94,
    ]
    assert [(dimension, round(share, 1)) for dimension, share in study.contributions] == [
        ("URBANISATION", 19.0),
        (WEALTH, 42.2),
        (EDUCATION, 30.4),
        ("DISABILITY_STATUS", 3.2),
        ("AGE", 5.2),
    ]
    furthest = study.furthest
    assert furthest is not None and furthest == study.leaves[0]
    assert (furthest.number, furthest.conditions, furthest.split_by, furthest.n) == (4, (POOREST, NO_SCHOOL), "", 242)
    assert [round(value or 0, 2) for value in (furthest.share, furthest.mean)] == [12.23, 39.37]
    checked = study.checked
    assert (checked.conditions, checked.n, checked.note) == ((POOREST, NO_SCHOOL), 111, "")
    assert [round(value or 0, 1) for value in (checked.mean, checked.lower, checked.upper)] == [36.5, 27.9, 46.1]
    assert [group.number for group in study.groups] == [1, 2, 3, 4, 5, 6, 7, 12, 13, 26, 27]
    assert [leaf.number for leaf in study.leaves] == [4, 5, 12, 26, 27, 7]


def test_a_barrier_has_its_highest_leaf_first(filled: Engine, catalogue: Catalogue) -> None:
    with Session(filled) as session:
        (study,) = read_intersections(session, catalogue, country="BGD", series="ILL_CARE_FORGONE_COST")
    assert study.barrier
    means = [leaf.mean or 0.0 for leaf in study.leaves]
    assert means == sorted(means, reverse=True)
    assert study.furthest is not None and round(study.furthest.mean or 0, 1) == 49.6


def test_a_group_too_small_for_the_tree_is_named(filled: Engine, catalogue: Catalogue) -> None:
    with Session(filled) as session:
        (study,) = read_intersections(session, catalogue, country="NPL", series="SKILLED_BIRTH")
    assert study.too_small == (SmallGroup((Having("DISABILITY_STATUS", ("PD",)),), 113),)
    assert study.furthest is not None
    assert study.furthest.conditions == (Having(WEALTH, ("Q1", "Q2")), NO_SCHOOL)
    assert study.checked == CheckedGroup(
        (POOREST, NO_SCHOOL), 105, study.checked.mean, study.checked.lower, study.checked.upper, ""
    )


def test_codes_that_are_not_known_or_have_no_study_have_none(filled: Engine, catalogue: Catalogue) -> None:
    with Session(filled) as session:
        for country, series in (
            ("KEN", "MPI_H"),
            ("XXX", "FACILITY_BIRTH"),
            ("KEN", "NO_SUCH"),
            ("IND", "FACILITY_BIRTH"),
        ):
            assert read_intersections(session, catalogue, country=country, series=series) == ()


def test_a_hidden_group_shows_its_conditions_and_nothing_else(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    with writing(engine) as session:  # what a hand in the database might leave behind
        session.execute(
            sa.text(
                "UPDATE intersection_group SET status = 'Q', mean = NULL WHERE number IN (4, 5) AND study_id IN "
                "(SELECT id FROM intersection_study WHERE n = 2016)"
            )
        )
    with Session(engine) as session:
        (study,) = read_intersections(session, read_catalogue(session), country="KEN", series="FACILITY_BIRTH")
    hidden = [group for group in study.groups if group.hidden]
    assert hidden == [
        TreeGroup(4, (POOREST, NO_SCHOOL), "", None, None, None, None, None),
        TreeGroup(
            5, (POOREST, Having(EDUCATION, ("HIGHER", "PRIMARY", "SECONDARY"))), "", None, None, None, None, None
        ),
    ]
    assert [leaf.number for leaf in study.leaves] == [12, 26, 27, 7, 4, 5]
