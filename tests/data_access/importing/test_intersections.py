"""Who is furthest behind, from answers to estimates: nothing lost, nothing that tells of few people, nobody kept."""

from __future__ import annotations

import csv
import hashlib
import shutil
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for
from data_access.importing.intersections import Check, Group, study
from data_access.importing.microdata import MICRODATA_FOLDER, shipped_microdata
from data_access.importing.problems import FileProblem
from data_access.importing.shipped import SAMPLE_DATA
from data_access.measures.errors import MeasureUndefined
from data_access.measures.furthest_behind.dissimilarity import contributions, d_index, null_of_d
from data_access.measures.furthest_behind.people import Condition, People
from data_access.measures.furthest_behind.split_sample import split_sample
from data_access.measures.furthest_behind.too_small import groups_below
from data_access.measures.furthest_behind.tree import grow
from data_access.measures.survey.design import Design
from data_access.measures.survey.estimation import proportion
from data_access.measures.survey.results import SurveyEstimate
from data_access.models import IntersectionGroup, IntersectionShare, IntersectionStudy
from data_access.prepare import prepare
from tests.conftest import count, settings_for

TABLES = ("intersection_study", "intersection_group", "intersection_share")
FILES = {shipped.sidecar.series: shipped for shipped in shipped_microdata()}


def said(conditions: Sequence[Condition]) -> list[list[object]]:
    return [[one.circumstance, list(one.categories)] for one in conditions]


@pytest.mark.parametrize("series", FILES)
def test_what_is_stored_equals_the_measures_computed_directly(filled: Engine, series: str) -> None:
    shipped = FILES[series]
    lines = list(csv.DictReader(shipped.file.read_text(encoding="utf-8").splitlines()))
    names = shipped.sidecar.circumstances
    outcome = np.array([float(line["OUTCOME"]) for line in lines])
    weight = [float(line["WEIGHT"]) for line in lines]
    described = {name: [line[name] for line in lines] for name in names}
    stratum, psu = [line["STRATUM"] for line in lines], [line["PSU"] for line in lines]
    people, barrier = People.of(outcome, weight, described), series == "ILL_CARE_FORGONE_COST"
    tree = grow(people)
    index = d_index(people).complement() if barrier else d_index(people)
    chance = null_of_d(People.of(1 - outcome if barrier else outcome, weight, described))
    split = split_sample(people, stratum=stratum, psu=psu, barrier=barrier)
    estimate, everyone = split.estimate, proportion(Design.of(weight, stratum=stratum, psu=psu), outcome)
    assert isinstance(estimate, SurveyEstimate) and estimate.value and everyone.lower and everyone.upper

    with Session(filled) as session:
        stored = session.scalars(
            sa.select(IntersectionStudy).where(
                IntersectionStudy.circumstances == "|".join(names),  # type: ignore[arg-type]
                IntersectionStudy.n == len(lines),  # type: ignore[arg-type]
            )
        ).one()
        groups = session.scalars(sa.select(IntersectionGroup).where(IntersectionGroup.study_id == stored.id)).all()  # type: ignore[arg-type]
        shares = session.scalars(sa.select(IntersectionShare).where(IntersectionShare.study_id == stored.id)).all()  # type: ignore[arg-type]

    assert (stored.barrier, stored.time_period, stored.group_key, stored.illustrative, stored.seed) == (
        barrier,
        shipped.sidecar.time_period,
        "",
        True,
        123456,
    )
    assert (stored.mean, stored.dissimilarity, stored.opportunity) == pytest.approx(
        (100 * tree.root.mean, 100 * index.d, 100 * index.hoi)
    )
    assert (stored.dissimilarity_by_chance, stored.dissimilarity_at_most_by_chance) == pytest.approx(
        (100 * chance.mean, 100 * chance.upper)
    )
    assert stored.checked_conditions == said(split.conditions)
    assert (stored.checked_n, stored.checked_note) == (estimate.n, "")
    assert (stored.checked_mean, stored.checked_lower, stored.checked_upper) == pytest.approx(
        (100 * estimate.value, 100 * (estimate.lower or 0), 100 * (estimate.upper or 0))
    )
    assert stored.smallest_leaf == int(np.ceil(len(lines) / 11))
    assert stored.too_small == [
        {"conditions": said(group.conditions), "n": group.n} for group in groups_below(people, tree.smallest_leaf)
    ]
    assert [(s.dimension, s.rank, s.contribution) for s in sorted(shares, key=lambda s: s.rank)] == [
        (one.circumstance, rank, pytest.approx(100 * (one.share or 0)))
        for rank, one in enumerate(contributions(people), 1)
    ]
    assert {g.number: (g.conditions, g.split_by, g.n, g.share, g.mean, g.lower, g.upper, g.status) for g in groups} == {
        node.number: (
            said(node.conditions),
            node.split or "",
            node.n,
            pytest.approx(100 * node.share),
            pytest.approx(100 * node.mean),
            pytest.approx(100 * everyone.lower) if node.number == 1 else None,
            pytest.approx(100 * everyone.upper) if node.number == 1 else None,
            "A",
        )
        for node in tree.nodes()
    }


def answers(*cells: tuple[str, str, int, int]) -> dict[str, list[object]]:
    """People by cell: wealth, residence, how many, and how many of them have the outcome."""
    columns: dict[str, list[object]] = {"W": [], "Y": [], "WEALTH": [], "PLACE": []}
    for wealth, place, n, having in cells:
        for number in range(n):
            for name, value in zip(columns, (1.0, float(number < having), wealth, place), strict=True):
                columns[name].append(value)
    return columns


def studied(columns: dict[str, list[object]]) -> tuple[Group, ...]:
    return study(columns, outcome="Y", weight="W", circumstances=("WEALTH", "PLACE"), draws=10).groups  # type: ignore[arg-type]


POOR, RICH = ["WEALTH", ["poor"]], ["WEALTH", ["rich"]]


def test_groups_that_tell_nothing_of_few_people_are_all_shown() -> None:
    groups = studied(answers(("poor", "here", 100, 10), ("poor", "there", 100, 50), ("rich", "here", 200, 180)))
    assert groups == (
        Group(1, [], "WEALTH", 400, 100.0, 60.0, pytest.approx(55.1, abs=0.05), pytest.approx(64.7, abs=0.05)),
        Group(2, [POOR], "PLACE", 200, 50.0, 30.0),
        Group(4, [POOR, ["PLACE", ["here"]]], "", 100, 25.0, 10.0),
        Group(5, [POOR, ["PLACE", ["there"]]], "", 100, 25.0, 50.0),
        Group(3, [RICH], "", 200, 50.0, 90.0),
    )


def test_two_people_with_the_outcome_hide_their_group_and_the_one_beside_it() -> None:
    """Shown, the sibling could be subtracted from what both are part of."""
    groups = studied(answers(("poor", "here", 100, 2), ("poor", "there", 100, 58), ("rich", "here", 200, 180)))
    assert groups[1:] == (
        Group(2, [POOR], "PLACE", 200, 50.0, 30.0),
        Group(4, [POOR, ["PLACE", ["here"]]], "", None, None, None, status="Q"),
        Group(5, [POOR, ["PLACE", ["there"]]], "", None, None, None, status="Q"),
        Group(3, [RICH], "", 200, 50.0, 90.0),
    )


def test_one_person_without_the_outcome_hides_everything_that_adds_up_to_the_group_beside() -> None:
    """The rich are but one of all; the parts of the poor would add up to the poor, and leave the rich."""
    groups = studied(answers(("poor", "here", 100, 10), ("poor", "there", 100, 50), ("rich", "here", 200, 199)))
    assert [(g.number, g.status, g.n, g.share, g.mean) for g in groups] == [
        (1, "A", 400, 100.0, pytest.approx(64.75)),
        (2, "Q", None, None, None),
        (4, "Q", None, None, None),
        (5, "Q", None, None, None),
        (3, "Q", None, None, None),
    ]


def test_a_group_whose_number_would_tell_too_much_is_named_without_it_and_so_are_its_like() -> None:
    columns = answers(("poor", "here", 200, 20), ("rich", "here", 150, 120), ("rich", "there", 30, 20))
    columns["PLACE"][:6] = ["nowhere"] * 6
    found = study(columns, outcome="Y", weight="W", circumstances=("WEALTH", "PLACE"), draws=10)  # type: ignore[arg-type]
    assert found.smallest_leaf == 49
    assert found.too_small == (([["PLACE", ["nowhere"]]], None), ([["PLACE", ["there"]]], None))


def test_a_check_of_few_people_is_withheld_with_its_reason() -> None:
    columns = answers(("poor", "here", 130, 2), ("rich", "here", 400, 300))
    found = study(columns, outcome="Y", weight="W", circumstances=("WEALTH",), draws=10)  # type: ignore[arg-type]
    assert found.check == Check([["WEALTH", ["poor"]]], None, None, None, None, "withheld")


def test_too_few_sampling_units_leave_the_tree_without_a_check() -> None:
    columns = answers(("poor", "here", 100, 10), ("rich", "here", 100, 80))
    columns["PSU"] = [number % 3 for number in range(200)]
    found = study(columns, outcome="Y", weight="W", circumstances=("WEALTH",), psu="PSU", draws=10)  # type: ignore[arg-type]
    assert found.check == Check([], None, None, None, None, "too_few_to_split")
    assert [(group.number, group.mean) for group in found.groups] == [(1, 45.0), (2, 10.0), (3, 80.0)]
    assert found.design == "units=3"


def test_where_nobody_has_the_outcome_there_is_no_index() -> None:
    found = study(answers(("poor", "here", 80, 0)), outcome="Y", weight="W", circumstances=("WEALTH",))  # type: ignore[arg-type]
    assert (found.mean, found.dissimilarity, found.opportunity, found.contributions) == (0.0, None, None, ())


@pytest.mark.parametrize(("n", "having"), [(9, 4), (80, 2), (80, 79)])
def test_a_survey_that_tells_of_few_people_is_not_studied(n: int, having: int) -> None:
    with pytest.raises(MeasureUndefined, match="too few to tell of"):
        study(answers(("poor", "here", n, having)), outcome="Y", weight="W", circumstances=("WEALTH",))  # type: ignore[arg-type]


def test_switched_off_no_study_is_left_and_switched_on_all_are_back(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    before = [count(engine, table) for table in TABLES]
    prepare(settings_for(own_url, VOICES_COUNT_ILLUSTRATIVE="off"))
    assert [count(engine, table) for table in TABLES] == [0, 0, 0]
    prepare(settings_for(own_url))
    assert [count(engine, table) for table in TABLES] == before
    assert before[0] == 3


def test_leaving_out_a_source_leaves_out_what_was_learnt_from_its_answers(own_url: str) -> None:
    engine = engine_for(settings_for(own_url).database_url)
    prepare(settings_for(own_url, VOICES_COUNT_LEAVE_OUT="KEN_ILL_SURVEY"))
    with engine.connect() as connection:
        left = connection.execute(sa.text("SELECT time_period, n FROM intersection_study ORDER BY n")).all()
    assert left == [("2021", 1984), ("2021", 2040)]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(SAMPLE_DATA, tmp_path / "sample", ignore=shutil.ignore_patterns("boundaries", "scripts"))
    )


def problem_of(sample: Path, tmp_path: Path) -> str:
    with pytest.raises(FileProblem) as caught:
        prepare(settings_for(f"sqlite:///{tmp_path / 'own.db'}"), sample)
    return str(caught.value)


def test_answers_that_were_changed_are_refused(sample: Path, tmp_path: Path) -> None:
    file = sample / MICRODATA_FOLDER / "KEN_ILL_SURVEY.FACILITY_BIRTH.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",1,", ",0,", 1), encoding="utf-8")
    assert problem_of(sample, tmp_path) == (
        "KEN_ILL_SURVEY.FACILITY_BIRTH.csv: the file is not the one its sidecar describes. Restore the shipped file."
    )


def test_a_sidecar_that_names_a_score_is_refused(sample: Path, tmp_path: Path) -> None:
    file = sample / MICRODATA_FOLDER / "KEN_ILL_SURVEY.FACILITY_BIRTH.toml"
    text = file.read_text(encoding="utf-8").replace('"FACILITY_BIRTH"', '"ILL_SCORE_CLINIC_RESPECT"')
    file.write_text(text, encoding="utf-8")
    assert problem_of(sample, tmp_path) == (
        "KEN_ILL_SURVEY.FACILITY_BIRTH.csv: ILL_SCORE_CLINIC_RESPECT is no percentage. Name a series whose unit is PT."
    )


def test_an_unknown_category_is_named_with_its_row(sample: Path, tmp_path: Path) -> None:
    file = sample / MICRODATA_FOLDER / "KEN_ILL_SURVEY.FACILITY_BIRTH.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[4] = lines[4].replace(",PWD,", ",NOBODY,")
    file.write_text("".join(lines), encoding="utf-8", newline="\n")
    sidecar = file.with_suffix(".toml")
    old = tomllib.loads(sidecar.read_text(encoding="utf-8"))["sha256"]
    new = hashlib.sha256(file.read_bytes()).hexdigest()
    sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    assert problem_of(sample, tmp_path) == (
        "KEN_ILL_SURVEY.FACILITY_BIRTH.csv, row 5, column DISABILITY_STATUS, value 'NOBODY': is no known category. "
        "Use a code of categories.csv."
    )
