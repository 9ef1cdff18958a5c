"""How good a community source is: a two-stage assessment, question by question, never one score."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, SmallInteger, UniqueConstraint
from sqlmodel import Field

from data_access.models.base import Table, one_of

FRAMEWORK, FRAMEWORK_VERSION = "Voices Count checklist for community data", "1.0"
GATEWAY = ("consent_and_privacy", "transparency", "need")
"""Questions of the first stage, in their order."""
CRITERIA = (
    "relevance",
    "credibility",
    "sampling_and_coverage",
    "accuracy",
    "timeliness",
    "coherence",
    "documentation",
    "accessibility",
    "self_identification_and_participation",
    "sustainability",
)
"""Criteria of the second stage of our own framework, in their order; another framework may have others."""
GATEWAY_ANSWERS = ("yes", "no", "not_known")


class QualityAssessment(Table, table=True):
    """An assessment of a source against a framework, by someone in a role, on a date.

    Several may stand beside one another (the coalition's framework and a statistical office's, say). ``basis`` says
    what was read or who was asked.
    """

    __tablename__ = "quality_assessment"
    __table_args__ = (
        UniqueConstraint(
            "source_id", "framework", "framework_version", "assessed_on", name="uq_quality_assessment_once"
        ),
        CheckConstraint("framework <> '' AND framework_version <> ''", name="framework_named"),
        CheckConstraint("assessor_role <> ''", name="assessor_has_role"),
        CheckConstraint("length(assessed_on) = 10", name="date_is_whole"),
    )

    id: int | None = Field(default=None, primary_key=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    framework: str = Field(max_length=120)
    framework_version: str = Field(max_length=20)
    assessor_role: str = Field(max_length=120)
    assessed_on: str = Field(max_length=10, description="ISO date")
    basis: str = ""


class GatewayAnswer(Table, table=True):
    """A question of the first stage: a "no" ends the assessment, and the source is not used."""

    __tablename__ = "gateway_answer"
    __table_args__ = (CheckConstraint(one_of("answer", GATEWAY_ANSWERS), name="answer_known"),)

    assessment_id: int = Field(primary_key=True, foreign_key="quality_assessment.id")
    question: str = Field(primary_key=True, max_length=40)
    answer: str = Field(max_length=10)
    reason: str


class QualityScore(Table, table=True):
    """A criterion of the second stage: 0 to 3, None where nothing is known to judge by; the reason always stated."""

    __tablename__ = "quality_score"
    __table_args__ = (
        CheckConstraint("score IS NULL OR (score >= 0 AND score <= 3)", name="score_in_range"),
        CheckConstraint("reason <> ''", name="reason_stated"),
    )

    assessment_id: int = Field(primary_key=True, foreign_key="quality_assessment.id")
    criterion: str = Field(primary_key=True, max_length=40)
    score: int | None = Field(default=None, sa_type=SmallInteger)
    reason: str
