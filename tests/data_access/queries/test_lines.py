"""Lines over time: which survey a figure is of, what it is a share of, and which figures are one line."""

from __future__ import annotations

import pytest
from sqlalchemy.engine import Engine

from data_access.database import reading
from data_access.figures import Figure
from data_access.measures.people_behind import Population
from data_access.queries.catalogue import Catalogue
from data_access.queries.figures import read_figures
from data_access.queries.lines import Denominator, denominator_of, lines_of, point_of, survey_of


def held(
    engine: Engine, known: Catalogue, country: str, series: str, group: str = "", area: str = ""
) -> tuple[Figure, ...]:
    with reading(engine) as session:
        return read_figures(session, known, country=country, series=series, groups=(group,), areas=(area or country,))


@pytest.mark.parametrize(
    ("note", "period", "survey"),
    [
        ("NDHS 2006,11/NMICS 2014,19", "2006", "NDHS"),
        ("NDHS 2006,11/NMICS 2014,19", "2011", "NDHS"),
        ("NDHS 2006,11/NMICS 2014,19", "2014", "NMICS"),
        ("NDHS 2006,11/NMICS 2014,19", "2019", "NMICS"),
        ("NLSS 1996, 2004, 2011; line not stated", "2004", "NLSS"),
        ("NLFS 2018", "2017", "NLFS"),
        ("population = 2022 (WPP 2024) as published by OPHI", "2019", ""),
        ("NFHS-4 value as reprinted in the NFHS-5 fact sheet", "2015-16", ""),
        ("V4_T2.19; population = conventional households", "2019", ""),
        ("DHS", "2014", ""),
        ("", "2014", ""),
    ],
)
def test_the_survey_is_the_one_the_note_lists_for_the_year(note: str, period: str, survey: str) -> None:
    assert survey_of(note, period) == survey


def test_a_compilation_is_as_many_sources_as_its_notes_name(filled: Engine, catalogue: Catalogue) -> None:
    figures = held(filled, catalogue, "NPL", "MPI_NATIONAL_H")
    points = [point_of(catalogue, figure) for figure in figures]
    assert [(p.year, p.measured.source) for p in points if p] == [
        (2006.0, "NDHS"),
        (2011.0, "NDHS"),
        (2014.0, "NMICS"),
        (2019.0, "NMICS"),
    ]


def test_a_source_of_one_survey_keeps_its_code(filled: Engine, catalogue: Catalogue) -> None:
    (first, last) = held(filled, catalogue, "IND", "U5MR")
    points = [point_of(catalogue, figure) for figure in (first, last)]
    assert [(p.value, p.year, p.measured.source) for p in points if p] == [
        (49.7, 2015.5, "IND_NFHS5"),
        (41.9, 2020.0, "IND_NFHS5"),
    ]


def test_lines_are_by_source_group_and_area_in_time_order(filled: Engine, catalogue: Catalogue) -> None:
    figures = held(filled, catalogue, "KEN", "MPI_H_HARM")
    lines = lines_of(reversed(figures))
    assert {line: [f.time_period for f in own] for line, own in lines.items()} == {
        ("OPHI_GMPI_2024_TRENDS", "", "KEN"): ["2008-09", "2014", "2022"]
    }


def test_a_share_of_households_is_of_households(filled: Engine, catalogue: Catalogue) -> None:
    (figure,) = held(filled, catalogue, "KEN", "OPEN_DEFECATION_HH", "URBANISATION=R")
    assert denominator_of(catalogue, figure) == Denominator(
        Population(7379282.0, "KEN_CENSUS_2019", 2019.0, "KEN", "URBANISATION=R"),
        "households",
        "conventional households",
    )


def test_a_population_of_another_year_keeps_its_year(filled: Engine, catalogue: Catalogue) -> None:
    (figure,) = held(filled, catalogue, "BGD", "MPI_H")
    denominator = denominator_of(catalogue, figure)
    assert denominator is not None
    assert (figure.time_period, denominator.population.year, denominator.as_stated) == (
        "2019",
        2022.0,
        "2022 (WPP 2024) as published by OPHI",
    )


def test_the_total_of_a_table_of_counts_is_no_denominator(filled: Engine, catalogue: Catalogue) -> None:
    (figure,) = held(filled, catalogue, "KEN", "ALBINISM_NUMBER")
    assert figure.population is not None
    assert denominator_of(catalogue, figure) is None


def test_without_a_number_of_people_there_is_no_denominator(filled: Engine, catalogue: Catalogue) -> None:
    assert denominator_of(catalogue, held(filled, catalogue, "IND", "STUNTING_U5", "AGE=Y0T4")[0]) is None
