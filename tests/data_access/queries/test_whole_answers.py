"""Queries answer with all there is and nothing else, the same on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for, reading
from data_access.figures import Figure
from data_access.migrating import migrate
from data_access.models.groups import members
from data_access.queries.availability import GroupHolding, read_availability
from data_access.queries.catalogue import (
    AreaFacts,
    Catalogue,
    CategoryFacts,
    CountryFacts,
    DimensionFacts,
    Holding,
    read_catalogue,
)
from data_access.queries.figures import read_figures
from data_access.queries.gaps import RECENT_YEARS, read_widest_gaps
from tests.conftest import settings_for


@pytest.fixture(scope="module")
def session(filled: Engine) -> Iterator[Session]:
    with reading(filled) as session:
        yield session


@pytest.fixture(scope="module")
def everything(session: Session, catalogue: Catalogue) -> dict[tuple[str, str], tuple[Figure, ...]]:
    """All figures by country and series."""
    return {
        (country, series): read_figures(session, catalogue, country=country, series=series)
        for country in catalogue.countries
        for series in catalogue.series
    }


def test_every_figure_that_is_held_is_read_once(
    filled: Engine, catalogue: Catalogue, everything: dict[tuple[str, str], tuple[Figure, ...]]
) -> None:
    with filled.connect() as connection:
        query = "SELECT r.code, o.row FROM observation o JOIN release r ON r.id = o.release_id WHERE o.revision = 0"
        held = sorted(tuple(row) for row in connection.execute(sa.text(query)))
    read = sorted((figure.release, figure.row) for figures in everything.values() for figure in figures)
    assert read == held
    assert len(set(read)) == 44890


def test_every_figure_is_shown_or_says_why_not(everything: dict[tuple[str, str], tuple[Figure, ...]]) -> None:
    absent: Counter[tuple[bool, str | None]] = Counter()
    for figures in everything.values():
        for figure in figures:
            assert (figure.value is None) == (figure.absence is not None)
            hidden = (figure.lower, figure.upper, figure.se, figure.n, figure.population)
            assert figure.absence is None or hidden == (None,) * 5
            assert figure.status == "Q" if figure.absence == "suppressed" else figure.status in "AUM"
            absent[figure.illustrative, figure.absence] += 1
    assert absent == {
        (False, None): 43619,
        (False, "suppressed"): 106,
        (False, "not_published"): 121,
        (True, None): 1025,
        (True, "suppressed"): 19,
    }


def test_figures_stand_in_order(everything: dict[tuple[str, str], tuple[Figure, ...]]) -> None:
    for figures in everything.values():
        keys = [(f.year, f.time_period, f.source, f.area, f.group) for f in figures]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)


def test_each_filter_leaves_exactly_what_it_says(
    session: Session, catalogue: Catalogue, everything: dict[tuple[str, str], tuple[Figure, ...]]
) -> None:
    whole = everything["VNM", "POV_NATIONAL_LINE"]
    assert len(whole) > 400

    def narrowed(**filters: Any) -> tuple[Figure, ...]:
        return read_figures(session, catalogue, country="VNM", series="POV_NATIONAL_LINE", **filters)

    kinds = {area.code: area.kind for area in catalogue.areas.values()}
    poorest = ("DISABILITY_STATUS=PD", "URBANISATION=R")
    assert narrowed(groups=poorest) == tuple(f for f in whole if f.group in poorest)
    assert narrowed(areas=["VN-01", "VN-71", "KEN"]) == tuple(f for f in whole if f.area in ("VN-01", "VN-71"))
    assert narrowed(kinds=["country"]) == tuple(f for f in whole if kinds[f.area] == "country")
    assert narrowed(kinds=["admin1", "survey_region"]) == tuple(f for f in whole if kinds[f.area] != "country")
    assert narrowed(sources=["VNM_GSO_2018"]) == tuple(f for f in whole if f.source == "VNM_GSO_2018")
    assert narrowed(time_period="2016") == tuple(f for f in whole if f.time_period == "2016")
    assert narrowed(groups=[""], areas=["VN-01"], time_period="2016", kinds=["admin1"]) == tuple(
        f for f in whole if (f.group, f.area, f.time_period) == ("", "VN-01", "2016")
    )
    for nothing in ({"groups": []}, {"areas": []}, {"kinds": []}, {"sources": []}, {"areas": ["KEN"]}):
        assert narrowed(**nothing) == ()


def test_the_chooser_counts_what_is_there(
    session: Session, catalogue: Catalogue, everything: dict[tuple[str, str], tuple[Figure, ...]]
) -> None:
    for country, series in (
        ("KEN", "FACILITY_BIRTH"),
        ("IND", "IMR"),
        ("NPL", "MOBILE_OWN_15_49"),
        ("VNM", "PAPI_TOTAL"),
    ):
        counted: Counter[tuple[Any, ...]] = Counter()
        with_value: Counter[tuple[Any, ...]] = Counter()
        for f in everything[country, series]:
            key = (f.group, f.source, f.time_period, f.year, catalogue.areas[f.area].kind)
            counted[key] += 1
            with_value[key] += f.value is not None
        available = read_availability(session, catalogue, country=country, series=series)
        assert set(available.holdings) == {GroupHolding(*key, n, with_value[key]) for key, n in counted.items()}
        shared = set.intersection(*({*members(key[0]).items()} for key in counted))
        assert members(available.universe) == dict(shared)


def test_the_summary_is_the_sum_of_the_figures(
    catalogue: Catalogue, everything: dict[tuple[str, str], tuple[Figure, ...]]
) -> None:
    shared: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
    for (country, series), figures in everything.items():
        for f in figures:
            parts = {*members(f.group).items()}
            shared[country, series, f.source] = shared.get((country, series, f.source), parts) & parts
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for (country, series), figures in everything.items():
        for f in figures:
            universe = dict(shared[country, series, f.source])
            apart = "|".join(sorted(members(f.group).keys() - universe.keys()))
            key = (country, series, apart, catalogue.areas[f.area].kind, f.source, f.time_period, f.year)
            total = sums[(*key, "|".join(f"{d}={universe[d]}" for d in sorted(universe)))]
            total[0] += 1
            total[1] += f.value is not None
    assert set(catalogue.holdings) == {Holding(*key, n, n_with_value) for key, (n, n_with_value) in sums.items()}
    assert sum(holding.n for holding in catalogue.holdings) == 44890


def test_the_catalogue_tells_facts_by_code(catalogue: Catalogue) -> None:
    assert [(c.iso3, c.name) for c in catalogue.countries.values()] == [
        ("BGD", "Bangladesh"),
        ("IND", "India"),
        ("KEN", "Kenya"),
        ("NPL", "Nepal"),
        ("VNM", "Viet Nam"),
    ]
    kenya, kibera = catalogue.countries["KEN"], catalogue.areas["KE-30-KIBERA"]
    assert kenya == CountryFacts(kenya.id, "KEN", "Kenya", "Kenya")
    assert kibera == AreaFacts(
        id=kibera.id,
        code="KE-30-KIBERA",
        country="KEN",
        kind="place",
        parent="KE-30",
        name="Kibera, Nairobi",
        name_local="",
        vintage=kibera.vintage,
        longitude=kibera.longitude,
        latitude=kibera.latitude,
    )
    assert kibera.longitude is not None and 36.7 < kibera.longitude < 36.9
    assert kibera.latitude is not None and -1.4 < kibera.latitude < -1.2
    assert catalogue.dimensions["SEX"] == DimensionFacts("SEX", "Sex", False)
    assert catalogue.categories["SEX", "F"] == CategoryFacts("SEX", "F", "Women and girls", "", True, 1)
    assert Counter((a.country, a.kind) for a in catalogue.areas.values()) == {
        ("BGD", "country"): 1,
        ("BGD", "admin1"): 8,
        ("BGD", "admin2"): 64,
        ("IND", "country"): 1,
        ("IND", "admin1"): 36,
        ("KEN", "country"): 1,
        ("KEN", "admin1"): 47,
        ("KEN", "place"): 1,
        ("NPL", "country"): 1,
        ("NPL", "admin1"): 7,
        ("NPL", "admin2"): 77,
        ("VNM", "country"): 1,
        ("VNM", "admin1"): 86,  # the 63, and the 23 that only the later division has
        ("VNM", "survey_region"): 6,
    }
    assert [area.name for area in catalogue.areas_of("NPL", "admin1")] == sorted(
        area.name for area in catalogue.areas.values() if area.parent == "NPL"
    )
    assert [c.code for c in catalogue.told_apart("AGE=YGE3|SEX=F", "AGE=YGE3")] == ["F"]
    assert catalogue.told_apart("AGE=YGE3", "AGE=YGE3") == ()
    assert len(catalogue.releases) == len(catalogue.sources) == 31
    for release in catalogue.releases.values():
        assert (release.code, Path(release.file).stem) == (f"{release.source}-1", release.source)
        assert release.rows == sum(h.n for h in catalogue.holdings if h.source == release.source)


def test_the_widest_gaps_are_the_widest_there_are(
    session: Session, catalogue: Catalogue, everything: dict[tuple[str, str], tuple[Figure, ...]]
) -> None:
    """Found a second time, by looking at every figure."""
    for country in catalogue.countries:
        expected: dict[str, tuple[str, float]] = {}
        real = [f for (iso3, _), fs in everything.items() if iso3 == country for f in fs]
        real = [f for f in real if f.origin == "official" and not f.illustrative]
        oldest = max(f.year for f in real) - RECENT_YEARS
        for series in catalogue.series.values():
            own = [f for f in real if f.series == series.code and f.value is not None and f.year >= oldest]
            if series.unit != "PT" or series.favourable is None or not own:
                continue
            newest = max((f.year, f.time_period) for f in own)
            source = next(
                h.source
                for h in catalogue.holdings_of[country, series.code]
                if (h.year, h.time_period) == newest and h.n_with_value and h.source in {f.source for f in own}
            )
            own = [f for f in own if (f.year, f.time_period) == newest and f.source == source]
            every = [{*members(f.group).items()} for f in everything[country, series.code] if f.source == source]
            universe = dict(set.intersection(*every))
            values: dict[str, list[float]] = defaultdict(list)
            for f in own:
                apart = members(f.group).keys() - universe.keys()
                if catalogue.areas[f.area].kind == "country" and len(apart) == 1:
                    values[f"groups {apart.pop()}"].append(f.value or 0.0)
            values = {name: found for name, found in values.items() if len(found) > 1}
            for kind in ("admin1", "survey_region"):
                found = [
                    f.value or 0.0 for f in own if catalogue.areas[f.area].kind == kind and members(f.group) == universe
                ]
                if len(found) > 1 and not values:
                    values = {"areas ": found}
            if values:
                name, found = max(values.items(), key=lambda item: max(item[1]) - min(item[1]))
                expected[series.code] = (name, max(found) - min(found))
        gaps = read_widest_gaps(session, catalogue, country=country)
        assert {g.series: (f"{g.between} {g.dimension}", g.points) for g in gaps} == expected
        assert [g.points for g in gaps] == sorted((g.points for g in gaps), reverse=True)
        for gap in gaps:
            better = catalogue.series[gap.series].favourable
            assert gap.behind.value is not None and gap.ahead.value is not None
            assert (gap.behind.value <= gap.ahead.value) if better else (gap.behind.value >= gap.ahead.value)


def test_a_withdrawn_source_leaves_every_answer(own_file: Path) -> None:
    engine = engine_for(f"sqlite:///{own_file}")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE source SET state = 'withdrawn' WHERE code = 'KEN_KMDHS_2025_26'"))
    with reading(engine) as session:
        known = read_catalogue(session)
        assert "KEN_KMDHS_2025_26" not in known.sources
        assert not [h for h in known.holdings if h.source == "KEN_KMDHS_2025_26"]
        assert not [r for r in known.releases.values() if r.source == "KEN_KMDHS_2025_26"]
        assert not [key for key in known.measured if key[0] == "KEN_KMDHS_2025_26"]
        found = read_figures(session, known, country="KEN", series="FACILITY_BIRTH")
        assert {f.source for f in found} == {"KEN_ILL_PURPOSIVE", "KEN_ILL_SURVEY"}
        assert read_figures(session, known, country="KEN", series="FACILITY_BIRTH", sources=["KEN_KMDHS_2025_26"]) == ()
        available = read_availability(session, known, country="KEN", series="FACILITY_BIRTH")
        assert {h.source for h in available.holdings} == {"KEN_ILL_PURPOSIVE", "KEN_ILL_SURVEY"}
        gaps = read_widest_gaps(session, known, country="KEN")
        assert "KEN_KMDHS_2025_26" not in {g.ahead.source for g in gaps}


@pytest.mark.postgres
def test_a_server_answers_the_same(filled_postgres: Engine, session: Session, catalogue: Catalogue) -> None:
    with reading(filled_postgres) as other:
        known = read_catalogue(other)
        assert known.holdings == catalogue.holdings
        for name in ("countries", "areas", "series", "sources", "dimensions", "categories", "measured"):
            mine, theirs = getattr(catalogue, name), getattr(known, name)
            assert {k: asdict(v) | {"id": 0} for k, v in theirs.items()} == {
                k: asdict(v) | {"id": 0} for k, v in mine.items()
            }
        for country, series in (("KEN", "FACILITY_BIRTH"), ("VNM", "POV_NATIONAL_LINE"), ("IND", "BIRTH_REG_U5")):
            asked = {"country": country, "series": series}
            assert read_figures(other, known, **asked) == read_figures(session, catalogue, **asked)
            held = read_availability(other, known, **asked)
            assert held == read_availability(session, catalogue, **asked)
        for country in catalogue.countries:
            assert read_widest_gaps(other, known, country=country) == read_widest_gaps(
                session, catalogue, country=country
            )


def test_an_empty_database_answers_with_nothing(empty_url: str) -> None:
    engine = engine_for(settings_for(empty_url).database_url)
    migrate(engine)
    with reading(engine) as session:
        known = read_catalogue(session)
        assert (known.change, known.countries, known.holdings, known.releases) == (0, {}, (), {})
        assert read_figures(session, known, country="KEN", series="MPI_H") == ()
        assert read_widest_gaps(session, known, country="KEN") == ()
