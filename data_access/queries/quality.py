"""Quality assessments of sources: the newest of each framework, question by question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast

from sqlalchemy import select
from sqlmodel import Session

from data_access.measures.evidence_strength import Answer, Profile
from data_access.models import GatewayAnswer, QualityAssessment, QualityScore
from data_access.models.quality import CRITERIA, FRAMEWORK, GATEWAY
from data_access.queries.catalogue import Catalogue

Outcome = Literal["passed", "failed", "open"]


@dataclass(frozen=True, slots=True)
class GatewayFact:
    """A question of the first stage; ``reason`` is empty where the question was not answered at all."""

    question: str
    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class CriterionFact:
    """A criterion of the second stage; ``score`` is 0 to 3, None where nothing is known to judge by."""

    criterion: str
    score: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class AssessmentFacts:
    """One assessment of one source, its questions and criteria in the framework's order.

    Of our own framework every question and criterion is there: what the assessor left out is not known.
    """

    source: str
    framework: str
    framework_version: str
    assessor_role: str
    assessed_on: str
    basis: str
    gateway: tuple[GatewayFact, ...]
    criteria: tuple[CriterionFact, ...]

    @property
    def outcome(self) -> Outcome:
        """Of the first stage: failed by any "no", passed when every question is answered with "yes", else open."""
        answers = {fact.answer for fact in self.gateway}
        if "no" in answers:
            return "failed"
        return "passed" if answers == {"yes"} else "open"

    @property
    def profile(self) -> Profile:
        """What the evidence grade needs of it."""
        return Profile(
            tuple((fact.question, fact.answer) for fact in self.gateway),
            tuple((fact.criterion, fact.score) for fact in self.criteria),
        )


Assessments = Mapping[str, tuple[AssessmentFacts, ...]]
"""By source code; our own framework first, then the others by name."""


def read_assessments(session: Session, catalogue: Catalogue) -> Assessments:
    """The newest assessment of every source against every framework; sources without one are left out."""
    gateway: dict[int, list[GatewayAnswer]] = {}
    for answer in session.scalars(select(GatewayAnswer)):
        gateway.setdefault(answer.assessment_id, []).append(answer)
    scores: dict[int, list[QualityScore]] = {}
    for score in session.scalars(select(QualityScore)):
        scores.setdefault(score.assessment_id, []).append(score)
    newest: dict[tuple[str, str], QualityAssessment] = {}
    for assessment in session.scalars(select(QualityAssessment)):
        source = catalogue.source_by_id.get(assessment.source_id)
        if source is None:
            continue
        key = (source.code, assessment.framework)
        if key not in newest or _when(assessment) > _when(newest[key]):
            newest[key] = assessment
    found: dict[str, tuple[AssessmentFacts, ...]] = {}
    for (source_code, framework), assessment in sorted(newest.items(), key=lambda i: (i[0][1] != FRAMEWORK, i[0])):
        assert assessment.id is not None
        facts = AssessmentFacts(
            source=source_code,
            framework=framework,
            framework_version=assessment.framework_version,
            assessor_role=assessment.assessor_role,
            assessed_on=assessment.assessed_on,
            basis=assessment.basis,
            gateway=_gateway(framework, gateway.get(assessment.id, ())),
            criteria=_criteria(framework, scores.get(assessment.id, ())),
        )
        found[source_code] = (*found.get(source_code, ()), facts)
    return MappingProxyType(found)


def _when(assessment: QualityAssessment) -> tuple[str, str]:
    return assessment.assessed_on, assessment.framework_version


def _gateway(framework: str, answers: Iterable[GatewayAnswer]) -> tuple[GatewayFact, ...]:
    given = {a.question: GatewayFact(a.question, cast(Answer, a.answer), a.reason) for a in answers}
    expected = GATEWAY if framework == FRAMEWORK else ()
    order = [*expected, *sorted(given.keys() - set(expected))]
    return tuple(given.get(question, GatewayFact(question, "not_known", "")) for question in order)


def _criteria(framework: str, scores: Iterable[QualityScore]) -> tuple[CriterionFact, ...]:
    given = {s.criterion: CriterionFact(s.criterion, s.score, s.reason) for s in scores}
    expected = CRITERIA if framework == FRAMEWORK else tuple(c for c in CRITERIA if c in given)
    order = [*expected, *sorted(given.keys() - set(expected))]
    return tuple(given.get(criterion, CriterionFact(criterion, None, "")) for criterion in order)
