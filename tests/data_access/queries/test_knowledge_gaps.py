"""The matrix from a database: what counts as known, of whom, what is never counted, and why there is nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import reading, writing
from data_access.dialects import make_engine
from data_access.importing.load import refresh_coverage
from data_access.importing.problems import FileProblem
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.facts import BreakdownFacts
from data_access.queries.knowledge_gaps import only_real, read_area_evidence, read_evidence, same_group, why_unknown
from data_access.queries.knowledge_gaps_expected import read_expected

SERIES = ("SKILLED_BIRTH", "STUNTING_U5", "UNEMPLOYMENT", "BIRTH_REG_U5")
GROUPS = ("", "SEX=F", "SEX=M", "DISABILITY_STATUS=PD", "DISABILITY_STATUS=PD|SEX=F", "URBANISATION=*")


@pytest.fixture
def small(own_file: Path) -> Iterator[Engine]:
    """A database that holds no figures but those put in by hand: three sources of Bangladesh."""
    engine = make_engine(f"sqlite:///{own_file}")
    with writing(engine) as session:
        session.execute(sa.text("DELETE FROM observation"))
        session.execute(sa.text("DELETE FROM coverage"))
        source, invented = _source(session, "WB_WDI_2021"), _source(session, "BGD_ILL_SURVEY")
        session.execute(sa.text("UPDATE source SET origin = 'community' WHERE code = 'OPHI_GMPI_2024'"))
        community = _source(session, "OPHI_GMPI_2024")
        for series, group, area, year, value, status, by in (
            ("STUNTING_U5", "", "BGD", 2023, 30.0, "A", source),
            ("STUNTING_U5", "SEX=F", "BGD", 2023, 29.0, "A", source),
            ("STUNTING_U5", "SEX=F", "BGD", 2022, 31.0, "A", community),
            ("STUNTING_U5", "SEX=M", "BGD", 2011, 33.0, "A", source),
            ("STUNTING_U5", "DISABILITY_STATUS=PD", "BGD", 2021, None, "Q", source),
            ("STUNTING_U5", "DISABILITY_STATUS=PD|SEX=F", "BD-C", 2022, 40.0, "A", community),
            ("STUNTING_U5", "URBANISATION=R", "BGD", 2019, 35.0, "A", source),
            ("BIRTH_REG_U5", "", "BGD", 2023, 50.0, "A", source),
            ("BIRTH_REG_U5", "SEX=F", "BGD", 2023, 50.0, "A", invented),
            ("SKILLED_BIRTH", "", "BGD", 2023, 59.0, "A", source),
            ("SKILLED_BIRTH", "DISABILITY_STATUS=PD", "BGD", 2022, 51.0, "A", community),
        ):
            _put(session, series, group, area, year, value, status, by)
        for one in (source, community, invented):
            refresh_coverage(session, one)
    yield engine
    engine.dispose()


def _source(session: Session, code: str) -> int:
    found = session.scalar(sa.text("SELECT id FROM source WHERE code = :code"), {"code": code})
    assert found is not None
    return int(found)


def _put(
    session: Session, series: str, group: str, area: str, year: int, value: float | None, status: str, source: int
) -> None:
    session.execute(
        sa.text(
            "INSERT OR IGNORE INTO population_group (key, breakdown, size) VALUES (:group, :breakdown, :size)",
        ),
        {
            "group": group,
            "breakdown": "|".join(part.split("=")[0] for part in group.split("|")) if group else "",
            "size": len(group.split("|")) if group else 0,
        },
    )
    session.execute(
        sa.text(
            "INSERT INTO observation SELECT area.country_id, series.id, population_group.id, area.id, source.id, "
            ":period, 0, :year, :value, NULL, NULL, NULL, NULL, NULL, :status, '', series.unit, source.illustrative, "
            "(SELECT max(id) FROM release WHERE source_id = source.id), 2, NULL "
            "FROM series, population_group, area, source WHERE series.code = :series AND population_group.key = :group "
            "AND area.code = :area AND source.id = :source"
        ),
        {
            "period": str(year),
            "year": year,
            "value": value,
            "status": status,
            "series": series,
            "group": group,
            "area": area,
            "source": source,
        },
    )


@pytest.fixture
def known(small: Engine) -> Catalogue:
    with reading(small) as session:
        return read_catalogue(session)


def test_the_newest_year_of_each_sort_of_figure(small: Engine, known: Catalogue) -> None:
    with reading(small) as session:
        found = read_evidence(session, known, read_expected(), country="BGD", series=SERIES, groups=GROUPS)
    assert dict(zip(found.series, found.official.tolist(), strict=True)) == {
        "SKILLED_BIRTH": [2023, 2023, 0, 0, 0, 0],
        "STUNTING_U5": [2023, 2023, 2011, 0, 0, 2019],
        "UNEMPLOYMENT": [0, 0, 0, 0, 0, 0],
        "BIRTH_REG_U5": [2023, 0, 0, 0, 0, 0],
    }
    assert dict(zip(found.series, found.community.tolist(), strict=True)) == {
        "SKILLED_BIRTH": [0, 0, 0, 2022, 2022, 0],
        "STUNTING_U5": [0, 2022, 0, 0, 2022, 0],
        "UNEMPLOYMENT": [0, 0, 0, 0, 0, 0],
        "BIRTH_REG_U5": [0, 0, 0, 0, 0, 0],
    }


def test_invented_figures_never_cover_and_withheld_ones_say_so(small: Engine, known: Catalogue) -> None:
    with reading(small) as session:
        found = read_evidence(session, known, read_expected(), country="BGD", series=SERIES, groups=GROUPS)
    assert found.illustrative[SERIES.index("BIRTH_REG_U5"), GROUPS.index("SEX=F")] == 2023
    assert found.illustrative.sum() == 2023
    assert found.withheld[SERIES.index("STUNTING_U5"), GROUPS.index("DISABILITY_STATUS=PD")] == 2021
    assert found.withheld.sum() == 2021


def test_parts_of_the_country_are_told_from_all_of_it(small: Engine, known: Catalogue) -> None:
    with reading(small) as session:
        found = read_evidence(session, known, read_expected(), country="BGD", series=SERIES, groups=GROUPS)
    cells = [(found.series[r], found.columns[c]) for r, c in zip(*found.below.nonzero(), strict=True)]
    assert cells == [("STUNTING_U5", "DISABILITY_STATUS=PD|SEX=F")]


def test_an_indicator_of_women_is_known_of_women_by_its_total_and_cannot_speak_of_men(
    small: Engine, known: Catalogue
) -> None:
    with reading(small) as session:
        found = read_evidence(session, known, read_expected(), country="BGD", series=SERIES, groups=GROUPS)
    impossible = [(found.series[r], found.columns[c]) for r, c in zip(*(~found.possible).nonzero(), strict=True)]
    assert impossible == [("SKILLED_BIRTH", "SEX=M")]
    assert found.community[0].tolist()[3:5] == [2022, 2022]


def test_areas_of_one_group_and_of_one_indicator(small: Engine, known: Catalogue) -> None:
    asked = {"country": "BGD", "areas": ("BD-A", "BD-C")}
    with reading(small) as session:
        by_group = read_area_evidence(
            session,
            known,
            read_expected(),
            series=SERIES,
            groups=("DISABILITY_STATUS=PD|SEX=F",),
            **asked,  # type: ignore[arg-type]
        )
        by_indicator = read_area_evidence(
            session,
            known,
            read_expected(),
            series=("STUNTING_U5",),
            groups=GROUPS[:5],
            **asked,  # type: ignore[arg-type]
        )
        with pytest.raises(ValueError, match="one group or one series"):
            read_area_evidence(session, known, read_expected(), series=SERIES, groups=GROUPS, **asked)  # type: ignore[arg-type]
    assert by_group.community.tolist() == [[0, 0], [0, 2022], [0, 0], [0, 0]]
    assert by_indicator.community.tolist() == [[0, 0], [0, 0], [0, 0], [0, 0], [0, 2022]]


@pytest.mark.parametrize(
    ("collected", "published", "absence"),
    [
        ("no", "no", "not_collected"),
        ("yes", "no", "not_disaggregated"),
        ("not_known", "no", "not_published"),
        ("yes", "yes", "not_held"),
    ],
)
def test_the_reason_is_the_recorded_one(known: Catalogue, collected: str, published: str, absence: str) -> None:
    fact = BreakdownFacts("WB_WDI_2021", "ETHNICITY", collected, published, "A report", "A reader", "2026-01-01")
    told = replace(known, breakdown_facts=MappingProxyType({("WB_WDI_2021", "*", "ETHNICITY"): fact}))
    found = why_unknown(only_real(told), country="BGD", series="BIRTH_REG_U5", group="ETHNICITY=*")
    assert (found.absence, found.facts) == (absence, (fact,))


def test_an_invented_source_gives_no_reason(known: Catalogue) -> None:
    fact = BreakdownFacts("BGD_ILL_SURVEY", "ETHNICITY", "no", "no", "Invented", "A generator", "2026-01-01")
    told = replace(known, breakdown_facts=MappingProxyType({("BGD_ILL_SURVEY", "*", "ETHNICITY"): fact}))
    found = why_unknown(only_real(told), country="BGD", series="BIRTH_REG_U5", group="ETHNICITY=*")
    assert (found.absence, found.facts) == ("not_held", ())


def test_what_nobody_holds_of_a_country_has_no_reason(known: Catalogue) -> None:
    found = why_unknown(only_real(known), country="BGD", series="UNEMPLOYMENT", group="SEX=F")
    assert (found.absence, found.facts) == ("not_held", ())


@pytest.mark.parametrize(
    ("series", "group", "basis", "words"),
    [
        ("UNEMPLOYMENT", "DISABILITY_STATUS=PD", "named in indicator", "persons with disabilities"),
        ("UNEMPLOYMENT", "DISABILITY_STATUS=PD|SEX=F", "named in indicator", "persons with disabilities"),
        ("UNEMPLOYMENT", "ETHNICITY=dalit", "framework principle", "race and ethnicity"),
        ("UNEMPLOYMENT", "DISABILITY_STATUS=PD|ETHNICITY=dalit", "framework principle", "race and ethnicity"),
        ("STUNTING_U5", "MIGRATION=*", "framework principle", "migratory status"),
        ("UNEMPLOYMENT", "EDUCATION_LEV=NONE", None, None),
        ("FACILITY_BIRTH", "DISABILITY_STATUS=PD", None, None),
    ],
)
def test_what_is_expected_is_read_from_the_framework(
    known: Catalogue, series: str, group: str, basis: str | None, words: str | None
) -> None:
    found = read_expected().expectation(known.series[series], group)
    assert (found and found.basis, found and found.words) == (basis, words)


def test_every_row_of_the_shipped_file_speaks_of_something_known(known: Catalogue) -> None:
    indicators = {s.sdg_indicator for s in known.series.values()}
    for rows in read_expected().rows_of.values():
        for row in rows:
            assert row.stated_in
            assert row.of == "*" or row.of[0].isdigit() or row.of in known.series, row
            dimension = row.what.split("=")[0]
            assert dimension in {*known.dimensions, "*", "MIGRATION"}, row
    assert {"8.5.2", "3.1.2", "1.2.1"} <= indicators


@pytest.mark.parametrize(
    ("basis", "stated", "problem"), [("guessed", "A", "is no basis"), ("out of scope", "", "no doc")]
)
def test_a_row_without_ground_is_refused(tmp_path: Path, basis: str, stated: str, problem: str) -> None:
    file = tmp_path / "expected.csv"
    file.write_text(f"indicator,dimension,basis,stated_in,words\n*,SEX,{basis},{stated},\n", encoding="utf-8")
    with pytest.raises(FileProblem, match=problem):
        read_expected(file)


def test_people_a_series_speaks_of_anyway_do_not_make_another_group(catalogue: Catalogue) -> None:
    assert same_group(catalogue, "KEN", "FACILITY_BIRTH", "DISABILITY_STATUS=PD", "DISABILITY_STATUS=PD")
    assert not same_group(catalogue, "KEN", "FACILITY_BIRTH", "DISABILITY_STATUS=PD", "URBANISATION=R")
