"""Texts of partners' files become codes by recorded names alone; what is only near is asked."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.importing.findings import Finding
from data_access.importing.resolution import Question, Resolved, Resolver, Unknown
from data_access.importing.resolution.names import comparable
from data_access.importing.resolution.outcomes import AnswerProblem
from data_access.importing.resolution.questions import finding_of
from data_access.importing.resolution.vintages import UnknownVintage
from data_access.settings import ROOT

GSO = ROOT.parent / "shared" / "inputs" / "gso_poverty_rate_by_province.csv"


@pytest.fixture
def session(filled: Engine) -> Iterator[Session]:
    with Session(filled) as opened:
        yield opened


@pytest.fixture
def everywhere(session: Session) -> Resolver:
    return Resolver.of(session)


@pytest.mark.parametrize(
    ("text", "code", "how"),
    [
        ("VN-HN", "VN-HN", "code"),
        ("vn_hn", "VN-HN", "code"),
        ("IN-OR", "IN-OD", "code"),
        ("ke047", "KE-30", "p-code"),
        ("Hà Nội", "VN-HN", "current name"),
        ("  ha   NOI ", "VN-HN", "current name"),
        ("Province of Ha Noi", "VN-HN", "current name"),
        ("TP. Hồ Chí Minh", "VN-SG", "current name"),
        ("Ho Chi Minh city", "VN-SG", "further name"),
        ("Thua Thien-Hue", "VN-26", "current name"),
        ("Huế", "VN-26", "current name"),
        ("Dhaka Division", "BD-C", "current name"),
        ("Dhaka District", "BD3026", "current name"),
        ("কুমিল্লা", "BD2019", "local name"),
        ("Cumilla", "BD2019", "current name"),
        ("Jashore", "BD4041", "current name"),
        ("Bogura", "BD5010", "current name"),
        ("Orissa", "IN-OD", "former name"),
        ("PONDICHERRY", "IN-PY", "former name"),
        ("Uttaranchal", "IN-UK", "former name"),
        ("Province No. 1", "NP-P1", "former name"),
        ("प्रदेश नं. १", "NP-P1", "former name"),
        ("Bagmati Pradesh", "NP-P3", "current name"),
        ("Muranga", "KE-29", "current name"),
        ("Murang’a", "KE-29", "current name"),
        ("Elgeyo/Marakwet", "KE-05", "current name"),
        ("Taita-Taveta", "KE-39", "current name"),
        ("tharaka nithi county", "KE-41", "current name"),
        ("WHOLE COUNTRY", "VNM", "further name"),
    ],
)
def test_an_area_is_known_by_its_code_and_every_recorded_name(
    everywhere: Resolver, text: str, code: str, how: str
) -> None:
    assert everywhere.area(text) == Resolved(code, how)  # type: ignore[arg-type]


def test_a_name_at_two_levels_is_a_question_until_the_level_is_said(everywhere: Resolver) -> None:
    asked = everywhere.area("Chattogram")
    assert isinstance(asked, Question)
    assert [c.code for c in asked.candidates] == ["BD-B", "BD2015"]
    assert everywhere.area("Chattogram", kind="admin2") == Resolved("BD2015", "current name")
    assert everywhere.area("Chattogram", within="BD-B") == Resolved("BD2015", "current name")


def test_an_area_that_is_no_more_is_not_the_one_that_took_it_in(everywhere: Resolver) -> None:
    asked = everywhere.area("Ha Tay")
    assert isinstance(asked, Question)
    assert asked.why.startswith("a former area, merged in 2008")
    assert [(c.code, c.why) for c in asked.candidates] == [("VN-HN", "holds its land now; not the same area")]
    split = everywhere.area("Rukum")
    assert isinstance(split, Question)
    assert [c.code for c in split.candidates] == ["NP0552", "NP0652"]


def test_a_near_match_is_offered_and_never_taken(everywhere: Resolver) -> None:
    asked = everywhere.area("Kathmandoo")
    assert isinstance(asked, Question)
    assert asked.candidates[0].code == "NP0327"
    assert everywhere.area("Dhaka City") == Unknown("no recorded name")
    assert everywhere.area("Total") != everywhere.area("Nepal") == Resolved("NPL", "current name")


def test_an_answer_is_taken_and_recorded(session: Session) -> None:
    resolver = Resolver.of(session, country="VNM", answers={"area": {"Ha Tay": "VN-HN", "Elsewhere": "VN-01"}})
    assert resolver.area(" Ha Tay ") == Resolved("VN-HN", "mapping")
    assert resolver.answered == {"area": {"Ha Tay": "VN-HN"}}
    with pytest.raises(AnswerProblem, match="'Ha Tay' is 'VN-XX'"):
        Resolver.of(session, country="VNM", answers={"area": {"Ha Tay": "VN-XX"}})


def test_the_second_vintage_has_its_own_areas(session: Session) -> None:
    resolver = Resolver.of(session, country="VNM", vintage="VNM-34")
    assert resolver.area("An Giang") == Resolved("VN25-44", "current name")
    assert resolver.area("Cao Bang") == Resolved("VN-04", "current name")
    for gone in ("Kien Giang", "VN-47", "VN-44"):
        asked = resolver.area(gone)
        assert isinstance(asked, Question)
        assert [c.code for c in asked.candidates] == ["VN25-44"]
    with pytest.raises(UnknownVintage, match="'VNM-35'"):
        Resolver.of(session, country="VNM", vintage="VNM-35")


@pytest.mark.parametrize(
    ("dimension", "text", "code"),
    [
        ("SEX", "Female", "F"),
        ("SEX", "Nam", "M"),
        ("SEX", "Both sexes", "_T"),
        ("AGE", "15–19 years", "Y15T19"),
        ("AGE", "65+", "YGE65"),
        ("ETHNICITY", "ST", "scheduled_tribe"),
        ("INCOME_WEALTH_QUANTILE", "Poorest", "Q1"),
        ("DISABILITY_STATUS", "With disability", "PD"),
    ],
)
def test_groups(everywhere: Resolver, dimension: str, text: str, code: str) -> None:
    found = everywhere.group(dimension, text)
    assert isinstance(found, Resolved)
    assert found.code == code


def test_the_abbreviation_that_means_its_opposite_in_sdmx_is_asked(everywhere: Resolver) -> None:
    asked = everywhere.group("DISABILITY_STATUS", "PWD")
    assert isinstance(asked, Question)
    assert [c.code for c in asked.candidates] == ["PD", "PWD"]


def test_series(everywhere: Resolver) -> None:
    assert everywhere.series("skilled_birth") == Resolved("SKILLED_BIRTH", "code")
    assert everywhere.series("Births attended by skilled health personnel") == Resolved("SKILLED_BIRTH", "current name")
    asked = everywhere.series("3.1.2")
    assert isinstance(asked, Question)
    assert asked.candidates[0].code == "SKILLED_BIRTH"


def test_a_finding_offers_the_candidates_and_repeats_no_identifier(everywhere: Resolver) -> None:
    assert finding_of(everywhere.area("Nepal"), "area", "Nepal", "a.csv") is None
    asked = finding_of(everywhere.area("Ha Tay"), "area", "Ha Tay", "a.csv", row=3, column="Province")
    assert isinstance(asked, Finding)
    assert (asked.kind, asked.row, asked.column, asked.value) == ("question", 3, "Province", "Ha Tay")
    assert asked.candidates == ("VN-HN Hà Nội (holds its land now; not the same area)",)
    strange = finding_of(everywhere.area("a@b.org"), "area", "a@b.org", "a.csv")
    assert strange is not None
    assert (strange.kind, strange.value) == ("refused", "(not repeated: may identify a person)")


@pytest.mark.skipif(not GSO.exists(), reason="the table of the General Statistics Office does not lie beside")
def test_every_province_of_the_statistics_office_but_one_is_known(session: Session) -> None:
    with GSO.open(encoding="utf-8-sig", newline="") as file:
        names = [line[0] for line in csv.reader(file, delimiter=";") if line][2:]
    outcomes = Resolver.of(session, country="VNM").areas(names)
    assert len(outcomes) == 71
    assert [name for name, outcome in outcomes.items() if not isinstance(outcome, Resolved)] == ["Ha Tay"]


@given(st.text(max_size=60))
def test_a_comparable_name_is_comparable_again(text: str) -> None:
    assert comparable(comparable(text)) == comparable(text)
