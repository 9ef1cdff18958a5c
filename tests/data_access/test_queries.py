"""What a page may ask: whole values, every absence with its reason, and nothing for hostile codes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for
from data_access.disclosure import absence_of
from data_access.figures import Figure
from data_access.queries.availability import read_availability
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.gaps import read_widest_gaps
from data_access.queries.pairs import Pair, pair_up


def read(engine: Engine, catalogue: Catalogue, country: str, series: str, **narrow: object) -> tuple[Figure, ...]:
    with Session(engine) as session:
        return read_figures(session, catalogue, country=country, series=series, **narrow)  # type: ignore[arg-type]


def test_a_figure_comes_with_everything_needed_to_defend_it(filled: Engine, catalogue: Catalogue) -> None:
    (turkana,) = read(
        filled,
        catalogue,
        "KEN",
        "MOBILE_OWN_3PLUS",
        groups=["AGE=YGE3|SEX=F"],
        areas=["KE-43"],
        sources=["KEN_CENSUS_2019"],
    )
    assert turkana == Figure(
        country="KEN",
        area="KE-43",
        area_name="Turkana",
        series="MOBILE_OWN_3PLUS",
        series_name="Population aged 3 and over owning a mobile phone",
        unit="PT",
        group="AGE=YGE3|SEX=F",
        group_name="3 years and over, Women and girls",
        time_period="2019",
        year=2019,
        value=15.1,
        lower=None,
        upper=None,
        se=None,
        n=None,
        population=412311,
        status="A",
        absence=None,
        note="V4_T2.32",
        source="KEN_CENSUS_2019",
        source_title="2019 Kenya Population and Housing Census, volumes I, II and IV",
        publisher="Kenya National Bureau of Statistics (KNBS)",
        origin="official",
        illustrative=False,
        licence="MIT (package rKenyaCensus); figures KNBS, licence of KNBS not verified",
        licence_state="unverified",
        release="KEN_CENSUS_2019-1",
        row=2987,
        caveats=catalogue.sources["KEN_CENSUS_2019"].caveats,
    )


@pytest.mark.parametrize(
    ("country", "series", "area", "group", "period", "value", "interval"),
    [
        ("KEN", "FACILITY_BIRTH", "KEN", "INCOME_WEALTH_QUANTILE=Q1", "2025-26", 70.3, (None, None)),
        ("KEN", "FACILITY_BIRTH", "KEN", "INCOME_WEALTH_QUANTILE=Q5", "2025-26", 99.9, (None, None)),
        ("KEN", "FACILITY_BIRTH", "KE-07", "", "2025-26", 47.1, (None, None)),
        ("KEN", "NEVER_SCHOOL_6_13", "KE-07", "AGE=Y6T13", "2019", 68.1, (None, None)),
        ("NPL", "MPI_H", "NP-P6", "", "2022", 34.0, (28.5, 40.0)),
        ("NPL", "MPI_H", "NP-P3", "", "2022", 7.7, (5.5, 10.7)),
        ("KEN", "MPI_H", "KE-24", "", "2022", 81.3, None),
        ("IND", "MARRIED_BEFORE_18", "IN-LD", "AGE=Y20T24|SEX=F", "2019-21", 1.3, (None, None)),
        ("VNM", "POV_NATIONAL_LINE", "VN-01", "", "2016", 27.9, (None, None)),
    ],
)
def test_stories_the_figures_tell(
    filled: Engine,
    catalogue: Catalogue,
    country: str,
    series: str,
    area: str,
    group: str,
    period: str,
    value: float,
    interval: tuple[float | None, float | None] | None,
) -> None:
    found = [
        f
        for f in read(filled, catalogue, country, series, groups=[group], areas=[area], time_period=period)
        if not f.illustrative
    ]
    assert len(found) == 1
    assert found[0].value is not None
    assert round(found[0].value, 1) == value
    if interval is not None:
        lower, upper = found[0].lower, found[0].upper
        assert (lower and round(lower, 1), upper and round(upper, 1)) == interval


def test_a_suppressed_figure_tells_nothing(filled: Engine, catalogue: Catalogue) -> None:
    hidden = [f for f in read(filled, catalogue, "KEN", "ALBINISM_NUMBER") if f.absence == "suppressed"]
    assert hidden
    assert {(f.value, f.n, f.se, f.lower, f.upper, f.population) for f in hidden} == {(None,) * 6}


def test_missing_in_the_source_is_not_published(filled: Engine, catalogue: Catalogue) -> None:
    found = {f.absence for f in read(filled, catalogue, "IND", "IMR")}
    assert found == {None, "not_published"}


def test_absences() -> None:
    assert absence_of("A", origin="community", n=9) == "suppressed"
    assert absence_of("A", origin="community", n=10) is None
    assert absence_of("A", origin="official", n=9) is None
    assert absence_of("Q", origin="official", n=None) == "suppressed"
    assert absence_of("M", origin="official", n=None) == "not_published"


@pytest.mark.parametrize("code", ["", "'; DROP TABLE observation; --", "KEN' OR '1'='1", "\x00", "x" * 10_000])
def test_hostile_codes_match_nothing(filled: Engine, catalogue: Catalogue, code: str) -> None:
    assert read(filled, catalogue, code, "MPI_H") == ()
    assert read(filled, catalogue, "KEN", code) == ()
    assert read(filled, catalogue, "KEN", "MPI_H", areas=[code]) == ()
    assert read(filled, catalogue, "KEN", "MPI_H", time_period=code) == ()


def test_the_universe_is_what_every_group_shares(filled: Engine, catalogue: Catalogue) -> None:
    with Session(filled) as session:
        phones = read_availability(session, catalogue, country="KEN", series="MOBILE_OWN_3PLUS")
        births = read_availability(session, catalogue, country="KEN", series="FACILITY_BIRTH")
        nothing = read_availability(session, catalogue, country="KEN", series="PAPI_TOTAL")
    assert phones.universe == "AGE=YGE3"
    assert phones.groups[0] == "AGE=YGE3"
    assert births.universe == ""
    assert births.periods("")[0] == "2025-26"
    assert (nothing.universe, nothing.groups, nothing.periods()) == ("", (), ())


def test_the_widest_gaps_are_real_and_official(filled: Engine, catalogue: Catalogue) -> None:
    with Session(filled) as session:
        gaps = read_widest_gaps(session, catalogue, country="KEN")
    first = gaps[0]
    assert (first.series, first.behind.area_name, first.ahead.area_name) == (
        "MPI_DEP_COOKING_FUEL",
        "Mandera",
        "Nairobi",
    )
    assert round(first.points, 1) == 92.3
    assert not any(g.behind.illustrative or g.ahead.illustrative for g in gaps)
    assert {g.behind.origin for g in gaps} == {"official"}
    births = next(g for g in gaps if g.series == "FACILITY_BIRTH")
    assert (births.dimension, births.behind.value, births.ahead.value) == ("EDUCATION_LEV", 55.8, 99.7)


def pairs(filled: Engine, catalogue: Catalogue, country: str, series: str, year: int) -> tuple[Pair, ...]:
    return pair_up(catalogue, read(filled, catalogue, country, series), year=year)


def test_kibera_is_the_reference_pair(filled: Engine, catalogue: Catalogue) -> None:
    (kibera,) = pairs(filled, catalogue, "KEN", "KIBERA_PUPILS_MATCHED", 2017)
    assert kibera.official is not None and kibera.comparability is not None
    assert (kibera.community.value, kibera.official.value, kibera.gap) == (20519.0, 18336.0, 2183.0)
    assert kibera.comparability.grade == "indicative"
    assert {r.facet for r in kibera.comparability.against} == {"mode", "period", "sampling"}
    assert kibera.community.area == "KE-30-KIBERA"


def test_scores_have_no_official_pair(filled: Engine, catalogue: Catalogue) -> None:
    found = pairs(filled, catalogue, "VNM", "PAPI_TOTAL", 2016)
    assert len(found) == 63
    assert {(p.official, p.gap) for p in found} == {(None, None)}


def test_every_class_of_comparability_occurs_in_the_samples(filled: Engine, catalogue: Catalogue) -> None:
    found = pairs(filled, catalogue, "IND", "HEALTH_INSURANCE_HH", 2021) + pairs(
        filled, catalogue, "IND", "BIRTH_REG_U5", 2021
    )
    assert {p.comparability.grade for p in found if p.comparability} >= {"direct", "close", "indicative"}
    judged = [p for p in found if p.statement is not None]
    assert {p.statement.comparisons for p in judged if p.statement} != {1}


def test_figures_that_may_not_be_subtracted_have_no_gap(filled: Engine, catalogue: Catalogue) -> None:
    figures = read(filled, catalogue, "IND", "BIRTH_REG_U5")
    other_group = tuple(replace(f, group="SEX=F") if f.origin == "official" else f for f in figures)
    assert {p.gap for p in pair_up(catalogue, other_group, year=2021)} == {None}


def test_the_caveats_of_a_source_stand_beside_its_figures(filled: Engine, catalogue: Catalogue) -> None:
    figures = read(filled, catalogue, "KEN", "DISABILITY_PREV_5PLUS", areas=["KEN"])
    assert all("prevalence 2.2 percent is far below survey estimates" in f.caveats for f in figures)


def test_a_withdrawn_source_leaves_every_query_at_once(own_file: Path) -> None:
    engine = engine_for(f"sqlite:///{own_file}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE source SET state = 'withdrawn' WHERE code = 'KEN_KMDHS_2025_26'"))
    with Session(engine) as session:
        known = read_catalogue(session)
        figures = read_figures(session, known, country="KEN", series="FACILITY_BIRTH")
        available = read_availability(session, known, country="KEN", series="FACILITY_BIRTH")
        gaps = read_widest_gaps(session, known, country="KEN")
    assert "KEN_KMDHS_2025_26" not in known.sources
    assert (
        {f.source for f in figures} == {h.source for h in available.holdings} == {"KEN_ILL_SURVEY", "KEN_ILL_PURPOSIVE"}
    )
    assert not any(h.source == "KEN_KMDHS_2025_26" for h in known.holdings)
    assert not any(g.behind.source == "KEN_KMDHS_2025_26" for g in gaps)
