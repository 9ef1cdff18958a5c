"""who may do what and who did, drafts, and what a community agreed to

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "app_user",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(200), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_app_user")),
        sa.UniqueConstraint("subject", name=op.f("uq_app_user_subject")),
    )
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("upon", sa.String(120), nullable=False),
        sa.Column("particulars", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "act IN ('import', 'publish', 'revise', 'withdraw', 'answer', 'grant', 'revoke', 'add_country', 'pull')",
            name=op.f("ck_audit_entry_act_known"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_audit_entry_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_at"), ["at"], unique=False)

    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "role IN ('reader', 'member', 'counterpart', 'steward', 'reviewer', 'administrator')",
            name=op.f("ck_role_grant_role_known"),
        ),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_role_grant_country_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id")),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name=op.f("fk_role_grant_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint("user_id", "role", "country_id", "organisation_id", name="uq_role_grant_once"),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_user_id"), ["user_id"], unique=False)

    op.create_table(
        "source_consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("sharing", sa.String(16), nullable=False),
        sa.Column("consented_on", sa.String(10), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("revoked_on", sa.String(10), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(120), nullable=False),
        sa.CheckConstraint(
            "sharing IN ('public', 'aggregate_only', 'private')", name=op.f("ck_source_consent_sharing_known")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_consent_source_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_consent")),
    )
    with op.batch_alter_table("source_consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_consent_source_id"), ["source_id"], unique=False)

    op.create_table(
        "release_step",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(12), nullable=False),
        sa.Column("mapping", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("imported_by", sa.String(120), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.String(120), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("unreviewed", sa.Boolean(), nullable=False),
        sa.Column("withdrawn_by", sa.String(120), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.CheckConstraint(
            "step IN ('draft', 'published', 'withdrawn', 'discarded')", name=op.f("ck_release_step_step_known")
        ),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_release_step_release_id")),
        sa.PrimaryKeyConstraint("release_id", name=op.f("pk_release_step")),
    )
    op.create_table(
        "staged_observation",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("time_period", sa.String(10), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("se", sa.Float(), nullable=True),
        sa.Column("lower", sa.Float(), nullable=True),
        sa.Column("upper", sa.Float(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(1), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_staged_observation_area_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_staged_observation_country_id")),
        sa.ForeignKeyConstraint(["group_id"], ["population_group.id"], name=op.f("fk_staged_observation_group_id")),
        sa.ForeignKeyConstraint(
            ["release_id", "source_id"],
            ["release.id", "release.source_id"],
            name=op.f("fk_staged_observation_release_id_source_id"),
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_staged_observation_series_id")),
        sa.PrimaryKeyConstraint(
            "release_id",
            "country_id",
            "series_id",
            "group_id",
            "area_id",
            "time_period",
            name=op.f("pk_staged_observation"),
        ),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    op.drop_table("staged_observation")
    op.drop_table("release_step")
    with op.batch_alter_table("source_consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_consent_source_id"))

    op.drop_table("source_consent")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_user_id"))

    op.drop_table("role_grant")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_at"))

    op.drop_table("audit_entry")
    op.drop_table("app_user")
