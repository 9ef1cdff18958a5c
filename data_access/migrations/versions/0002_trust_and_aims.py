"""aims, quality assessments, reasons for absence, intersections, and what is held back

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "breakdown_fact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(80), nullable=False),
        sa.Column("aspect", sa.String(40), nullable=False),
        sa.Column("collected", sa.String(10), nullable=False),
        sa.Column("published", sa.String(10), nullable=False),
        sa.Column("stated_in", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(120), nullable=False),
        sa.Column("recorded_on", sa.String(10), nullable=False),
        sa.CheckConstraint(
            "collected <> 'no' OR published = 'no'", name=op.f("ck_breakdown_fact_published_was_collected")
        ),
        sa.CheckConstraint("collected IN ('yes', 'no', 'not_known')", name=op.f("ck_breakdown_fact_collected_known")),
        sa.CheckConstraint("published IN ('yes', 'no', 'not_known')", name=op.f("ck_breakdown_fact_published_known")),
        sa.CheckConstraint("stated_in <> '' AND recorded_by <> ''", name=op.f("ck_breakdown_fact_evidence_named")),
        sa.CheckConstraint("length(recorded_on) = 10", name=op.f("ck_breakdown_fact_date_is_whole")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_breakdown_fact_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breakdown_fact")),
        sa.UniqueConstraint("source_id", "series", "aspect", name=op.f("uq_breakdown_fact_source_id_series_aspect")),
    )
    op.create_table(
        "quality_assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(120), nullable=False),
        sa.Column("framework_version", sa.String(20), nullable=False),
        sa.Column("assessor_role", sa.String(120), nullable=False),
        sa.Column("assessed_on", sa.String(10), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.CheckConstraint("assessor_role <> ''", name=op.f("ck_quality_assessment_assessor_has_role")),
        sa.CheckConstraint(
            "framework <> '' AND framework_version <> ''", name=op.f("ck_quality_assessment_framework_named")
        ),
        sa.CheckConstraint("length(assessed_on) = 10", name=op.f("ck_quality_assessment_date_is_whole")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_quality_assessment_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quality_assessment")),
        sa.UniqueConstraint(
            "source_id", "framework", "framework_version", "assessed_on", name="uq_quality_assessment_once"
        ),
    )
    with op.batch_alter_table("quality_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quality_assessment_source_id"), ["source_id"], unique=False)

    op.create_table(
        "gateway_answer",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(40), nullable=False),
        sa.Column("answer", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("answer IN ('yes', 'no', 'not_known')", name=op.f("ck_gateway_answer_answer_known")),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["quality_assessment.id"], name=op.f("fk_gateway_answer_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "question", name=op.f("pk_gateway_answer")),
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=True),
        sa.Column("set_by", sa.String(10), nullable=False),
        sa.Column("rule", sa.String(8), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("baseline_year", sa.SmallInteger(), nullable=True),
        sa.Column("stated_in", sa.String(), nullable=False),
        sa.CheckConstraint("(rule = 'halve') = (baseline_year IS NOT NULL)", name=op.f("ck_goal_halve_has_baseline")),
        sa.CheckConstraint("(rule = 'reach') = (value IS NOT NULL)", name=op.f("ck_goal_reach_has_value")),
        sa.CheckConstraint(
            "(set_by = 'national') = (country_id IS NOT NULL)", name=op.f("ck_goal_national_has_country")
        ),
        sa.CheckConstraint("rule IN ('reach', 'halve')", name=op.f("ck_goal_rule_known")),
        sa.CheckConstraint("set_by IN ('sdg', 'national')", name=op.f("ck_goal_setter_known")),
        sa.CheckConstraint("stated_in <> ''", name=op.f("ck_goal_document_named")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_goal_country_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_goal_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        sa.UniqueConstraint("series_id", "country_id", name=op.f("uq_goal_series_id_country_id")),
    )
    op.create_table(
        "intersection_study",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("time_period", sa.String(10), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("barrier", sa.Boolean(), nullable=False),
        sa.Column("circumstances", sa.String(240), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Float(), nullable=False),
        sa.Column("dissimilarity", sa.Float(), nullable=True),
        sa.Column("dissimilarity_by_chance", sa.Float(), nullable=True),
        sa.Column("dissimilarity_at_most_by_chance", sa.Float(), nullable=True),
        sa.Column("opportunity", sa.Float(), nullable=True),
        sa.Column("smallest_leaf", sa.Integer(), nullable=False),
        sa.Column("checked_conditions", sa.JSON(), nullable=False),
        sa.Column("checked_n", sa.Integer(), nullable=True),
        sa.Column("checked_mean", sa.Float(), nullable=True),
        sa.Column("checked_lower", sa.Float(), nullable=True),
        sa.Column("checked_upper", sa.Float(), nullable=True),
        sa.Column("checked_note", sa.String(), nullable=False),
        sa.Column("too_small", sa.JSON(), nullable=False),
        sa.Column("design", sa.String(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.CheckConstraint("mean >= 0 AND mean <= 100", name=op.f("ck_intersection_study_mean_is_percentage")),
        sa.CheckConstraint("n > 0", name=op.f("ck_intersection_study_rests_on_people")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_intersection_study_country_id")),
        sa.ForeignKeyConstraint(
            ["release_id", "source_id"],
            ["release.id", "release.source_id"],
            name=op.f("fk_intersection_study_release_id_source_id"),
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_intersection_study_series_id")),
        sa.ForeignKeyConstraint(
            ["source_id", "illustrative"],
            ["source.id", "source.illustrative"],
            name=op.f("fk_intersection_study_source_id_illustrative"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intersection_study")),
        sa.UniqueConstraint(
            "country_id", "series_id", "source_id", "time_period", "group_key", name="uq_intersection_study_once"
        ),
    )
    op.create_table(
        "protected_value",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("time_period", sa.String(10), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("se", sa.Float(), nullable=True),
        sa.Column("lower", sa.Float(), nullable=True),
        sa.Column("upper", sa.Float(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("kind", sa.String(14), nullable=False),
        sa.Column("reasons", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('primary', 'complementary')", name=op.f("ck_protected_value_kind_known")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_protected_value_area_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_protected_value_country_id")),
        sa.ForeignKeyConstraint(["group_id"], ["population_group.id"], name=op.f("fk_protected_value_group_id")),
        sa.ForeignKeyConstraint(
            ["release_id", "source_id"],
            ["release.id", "release.source_id"],
            name=op.f("fk_protected_value_release_id_source_id"),
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_protected_value_series_id")),
        sa.PrimaryKeyConstraint(
            "release_id",
            "country_id",
            "series_id",
            "group_id",
            "area_id",
            "time_period",
            name=op.f("pk_protected_value"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quality_score",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(40), nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_quality_score_reason_stated")),
        sa.CheckConstraint(
            "score IS NULL OR (score >= 0 AND score <= 3)", name=op.f("ck_quality_score_score_in_range")
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["quality_assessment.id"], name=op.f("fk_quality_score_assessment_id")
        ),
        sa.PrimaryKeyConstraint("assessment_id", "criterion", name=op.f("pk_quality_score")),
    )
    op.create_table(
        "intersection_group",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("conditions", sa.JSON(), nullable=False),
        sa.Column("split_by", sa.String(40), nullable=False),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("share", sa.Float(), nullable=True),
        sa.Column("mean", sa.Float(), nullable=True),
        sa.Column("lower", sa.Float(), nullable=True),
        sa.Column("upper", sa.Float(), nullable=True),
        sa.Column("status", sa.String(1), nullable=False),
        sa.CheckConstraint(
            "(status = 'Q') = (mean IS NULL)", name=op.f("ck_intersection_group_suppressed_tells_nothing")
        ),
        sa.CheckConstraint("status IN ('A', 'Q')", name=op.f("ck_intersection_group_status_known")),
        sa.ForeignKeyConstraint(["study_id"], ["intersection_study.id"], name=op.f("fk_intersection_group_study_id")),
        sa.PrimaryKeyConstraint("study_id", "number", name=op.f("pk_intersection_group")),
    )
    op.create_table(
        "intersection_share",
        sa.Column("study_id", sa.Integer(), nullable=False),
        sa.Column("dimension", sa.String(40), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("contribution", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["study_id"], ["intersection_study.id"], name=op.f("fk_intersection_share_study_id")),
        sa.PrimaryKeyConstraint("study_id", "dimension", name=op.f("pk_intersection_share")),
    )


def downgrade() -> None:
    op.drop_table("intersection_share")
    op.drop_table("intersection_group")
    op.drop_table("quality_score")
    op.drop_table("protected_value")
    op.drop_table("intersection_study")
    op.drop_table("goal")
    op.drop_table("gateway_answer")
    with op.batch_alter_table("quality_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quality_assessment_source_id"))

    op.drop_table("quality_assessment")
    op.drop_table("breakdown_fact")
