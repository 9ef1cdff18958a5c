"""Quality assessments as pages meet them: the newest of each framework, every question there, nothing guessed."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for, reading
from data_access.measures.evidence_strength import Profile
from data_access.models import GatewayAnswer, QualityAssessment, QualityScore
from data_access.models.quality import CRITERIA, FRAMEWORK, FRAMEWORK_VERSION, GATEWAY
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.queries.quality import AssessmentFacts, CriterionFact, GatewayFact, read_assessments

SAMPLES = Path(__file__).parents[3] / "sample_data"
DESK_REVIEW = "Desk review by the product's maintainers, from published documentation"


@pytest.fixture(scope="module")
def assessments(filled: Engine, catalogue: Catalogue) -> Any:
    with reading(filled) as session:
        return read_assessments(session, catalogue)


def scores(assessment: AssessmentFacts) -> dict[str, int | None]:
    return {fact.criterion: fact.score for fact in assessment.criteria}


def answers(assessment: AssessmentFacts) -> dict[str, str]:
    return {fact.question: fact.answer for fact in assessment.gateway}


def test_the_two_real_community_sources_are_assessed(assessments: Any) -> None:
    (kibera,), (papi,) = assessments["KEN_MAPKIBERA_SCHOOLS"], assessments["VNM_PAPI"]
    for found in (kibera, papi):
        assert (found.framework, found.framework_version) == (FRAMEWORK, FRAMEWORK_VERSION)
        assert (found.assessor_role, found.assessed_on, found.outcome) == (DESK_REVIEW, "2026-11-23", "open")
        assert answers(found) == {"consent_and_privacy": "not_known", "transparency": "yes", "need": "yes"}
    assert list(scores(kibera).items()) == list(zip(CRITERIA, (3, 2, 1, 1, 1, 2, 1, 3, 3, 1), strict=True))
    assert list(scores(papi).items()) == list(zip(CRITERIA, (2, 2, 2, 1, 2, 2, 3, 2, 1, 3), strict=True))


def test_a_source_can_be_held_against_two_frameworks(assessments: Any) -> None:
    ours, office = assessments["KEN_ILL_SURVEY"]
    assert (ours.framework, office.framework) == (
        FRAMEWORK,
        "Invented framework of a statistical office (illustrative)",
    )
    assert office.profile == Profile(
        (("lawful", "yes"), ("transparency", "yes")),
        (("relevance", 3), ("accuracy", 2), ("timeliness", 3), ("coherence", 2), ("accessibility", 2)),
    )


def test_a_no_at_the_gateway_ends_the_assessment(assessments: Any) -> None:
    (found,) = assessments["NPL_ILL_PURPOSIVE"]
    assert found.outcome == "failed"
    assert scores(found) == dict.fromkeys(CRITERIA)


def test_official_sources_and_those_nobody_assessed_are_left_out(assessments: Any, catalogue: Catalogue) -> None:
    assert {catalogue.sources[code].origin for code in assessments} == {"community"}
    assert "BGD_ILL_PURPOSIVE" not in assessments


def test_only_the_newest_counts_and_what_was_left_out_is_not_known(own_file: Path) -> None:
    engine = engine_for(f"sqlite:///{own_file}")
    with Session(engine) as session:
        known = read_catalogue(session)
        source_id = known.sources["BGD_ILL_PURPOSIVE"].id
        for day, answer, score in (("2026-01-02", "yes", 2), ("2025-01-02", "no", 0)):
            assessment = QualityAssessment(
                source_id=source_id,
                framework=FRAMEWORK,
                framework_version="1.0",
                assessor_role="A statistician of the office",
                assessed_on=day,
            )
            session.add(assessment)
            session.flush()
            assert assessment.id is not None
            session.add(GatewayAnswer(assessment_id=assessment.id, question="need", answer=answer, reason="said so"))
            session.add(QualityScore(assessment_id=assessment.id, criterion="accuracy", score=score, reason="seen"))
        session.commit()
        (found,) = read_assessments(session, known)["BGD_ILL_PURPOSIVE"]
    engine.dispose()
    assert found == AssessmentFacts(
        source="BGD_ILL_PURPOSIVE",
        framework=FRAMEWORK,
        framework_version="1.0",
        assessor_role="A statistician of the office",
        assessed_on="2026-01-02",
        basis="",
        gateway=(
            GatewayFact("consent_and_privacy", "not_known", ""),
            GatewayFact("transparency", "not_known", ""),
            GatewayFact("need", "yes", "said so"),
        ),
        criteria=tuple(
            CriterionFact(c, 2, "seen") if c == "accuracy" else CriterionFact(c, None, "") for c in CRITERIA
        ),
    )
    assert found.outcome == "open"


@pytest.mark.parametrize("folder", ["catalogue", "illustrative"])
def test_every_shipped_answer_has_its_reason_and_our_framework_is_whole(folder: str) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (SAMPLES / folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    asked, judged = rows("gateway_answers"), rows("quality_scores")
    for assessment in rows("quality_assessments"):
        key = {name: assessment[name] for name in ("source", "framework", "framework_version", "assessed_on")}
        mine = [row for row in asked if key.items() <= row.items()]
        of_it = [row for row in judged if key.items() <= row.items()]
        assert assessment["basis"] and assessment["assessor_role"]
        if assessment["framework"] == FRAMEWORK:
            assert tuple(row["question"] for row in mine) == GATEWAY
            refused = any(row["answer"] == "no" for row in mine)
            assert tuple(row["criterion"] for row in of_it) == (() if refused else CRITERIA)
    assert all(len(row["reason"]) > 10 for row in [*asked, *judged])
    invented = [row["reason"].startswith("Invented: ") for row in [*asked, *judged]]
    assert all(invented) if folder == "illustrative" else not any(invented)
