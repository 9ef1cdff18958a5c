"""the five steps as a living record: task forces, voices, recognition, dialogues, commitments, plans, and their history

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "entry_draft",
    "entry_revision",
    "lesson",
    "milestone",
    "public_body",
    "task_force",
    "concern",
    "dialogue",
    "public_body_name",
    "recognition_event",
    "stock_take_entry",
    "task_force_member",
    "agenda_item",
    "data_generation_plan",
    "demand",
    "dialogue_participants",
    "official_reply",
    "voice",
    "commitment",
    "demand_source",
    "demand_voice",
    "commitment_area",
    "commitment_group",
    "commitment_response",
    "commitment_status",
    "policy",
    "returned_finding",
    "participation",
)

NEWEST_FIGURES = """
INSERT INTO newest_figure (country_id, below, series_id, group_id, sort, source_id, shown, hidden)
SELECT country_id, below, series_id, group_id, sort, source_id, max(shown), max(hidden)
FROM (
    SELECT o.country_id, a.kind <> 'country' AS below, o.series_id, o.group_id, o.source_id,
        CASE WHEN s.illustrative THEN 'illustrative' ELSE s.origin END AS sort,
        CASE WHEN o.value IS NOT NULL AND (s.origin = 'official' OR o.n IS NULL OR o.n >= 10) THEN o.year END AS shown,
        CASE WHEN o.status = 'Q' OR (o.value IS NOT NULL AND s.origin <> 'official' AND o.n < 10) THEN o.year END
            AS hidden
    FROM observation o JOIN area a ON a.id = o.area_id JOIN source s ON s.id = o.source_id
    WHERE o.revision = 0
) AS figures
WHERE shown IS NOT NULL OR hidden IS NOT NULL
GROUP BY country_id, below, series_id, group_id, sort, source_id
"""


def upgrade() -> None:
    op.create_table(
        "entry_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("step", sa.String(10), nullable=False),
        sa.Column("entries", sa.JSON(), nullable=False),
        sa.Column("imported_by", sa.String(120), nullable=False),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.Column("published_by", sa.String(120), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("unreviewed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("step IN ('draft', 'published', 'discarded')", name=op.f("ck_entry_draft_step_known")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_draft")),
        sa.UniqueConstraint("code", name=op.f("uq_entry_draft_code")),
    )
    op.create_index(op.f("ix_entry_draft_file_sha256"), "entry_draft", ["file_sha256"], unique=False)
    op.create_table(
        "entry_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(120), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_entry_revision_number_from_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_revision")),
        sa.UniqueConstraint("kind", "code", "number", name=op.f("uq_entry_revision_kind_code_number")),
    )
    _entry(
        "lesson",
        sa.Column("country_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("noted_on", sa.String(10), nullable=False),
        sa.CheckConstraint("kind IN ('lesson', 'good_practice')", name=op.f("ck_lesson_kind_known")),
        sa.CheckConstraint("step >= 1 AND step <= 5", name=op.f("ck_lesson_step_of_five")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_lesson_country_id")),
    )
    op.create_index(op.f("ix_lesson_country_id"), "lesson", ["country_id"], unique=False)
    _entry(
        "milestone",
        sa.Column("country_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.SmallInteger(), nullable=False),
        sa.Column("happened_on", sa.String(10), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.CheckConstraint("step >= 1 AND step <= 5", name=op.f("ck_milestone_step_of_five")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_milestone_country_id")),
    )
    op.create_index(op.f("ix_milestone_country_id"), "milestone", ["country_id"], unique=False)
    _entry(
        "public_body",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_local", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('ministry', 'statistical_office', 'local_government', 'commission', 'parliament', 'other')",
            name=op.f("ck_public_body_kind_known"),
        ),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_public_body_country_id")),
    )
    op.create_index(op.f("ix_public_body_country_id"), "public_body", ["country_id"], unique=False)
    _entry(
        "task_force",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("focus_target", sa.String(8), nullable=True),
        sa.Column("focus_people", sa.String(), nullable=False),
        sa.Column("started", sa.String(10), nullable=False),
        sa.Column("ended", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_task_force_country_id")),
        sa.ForeignKeyConstraint(["focus_target"], ["sdg_target.code"], name=op.f("fk_task_force_focus_target")),
    )
    op.create_index(op.f("ix_task_force_country_id"), "task_force", ["country_id"], unique=False)
    _entry(
        "concern",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("raised_on", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_on", sa.String(10), nullable=False),
        sa.CheckConstraint("state = 'open' OR answer <> ''", name=op.f("ck_concern_answered_with_words")),
        sa.CheckConstraint("kind IN ('correction', 'complaint', 'question')", name=op.f("ck_concern_kind_known")),
        sa.CheckConstraint("state IN ('open', 'answered', 'closed')", name=op.f("ck_concern_state_known")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_concern_source_id")),
    )
    op.create_index(op.f("ix_concern_source_id"), "concern", ["source_id"], unique=False)
    _entry(
        "dialogue",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("starts", sa.String(16), nullable=False),
        sa.Column("ends", sa.String(16), nullable=False),
        sa.Column("time_zone", sa.String(40), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("convened_by", sa.String(), nullable=False),
        sa.Column("target", sa.String(8), nullable=True),
        sa.Column("summary", sa.String(), nullable=False),
        sa.CheckConstraint(
            "level IN ('national', 'subnational', 'local', 'global')", name=op.f("ck_dialogue_level_known")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_dialogue_area_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_dialogue_country_id")),
        sa.ForeignKeyConstraint(["target"], ["sdg_target.code"], name=op.f("fk_dialogue_target")),
    )
    op.create_index(op.f("ix_dialogue_country_id"), "dialogue", ["country_id"], unique=False)
    _entry(
        "public_body_name",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_public_body_name_body_id")),
        sa.UniqueConstraint("body_id", "until", name=op.f("uq_public_body_name_body_id_until")),
    )
    op.create_index(op.f("ix_public_body_name_body_id"), "public_body_name", ["body_id"], unique=False)
    _entry(
        "recognition_event",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(10), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("happened_on", sa.String(10), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.CheckConstraint(
            "event <> 'accepted' OR purpose <> ''", name=op.f("ck_recognition_event_accepted_for_a_purpose")
        ),
        sa.CheckConstraint("happened_on <> ''", name=op.f("ck_recognition_event_dated")),
        sa.CheckConstraint(
            "event IN ('shared', 'assessed', 'accepted', 'used', 'rejected')",
            name=op.f("ck_recognition_event_event_known"),
        ),
        sa.CheckConstraint(
            "event <> 'rejected' OR reason <> ''", name=op.f("ck_recognition_event_rejected_with_reason")
        ),
        sa.CheckConstraint("event <> 'used' OR document <> ''", name=op.f("ck_recognition_event_used_in_a_document")),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_recognition_event_body_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_recognition_event_source_id")),
    )
    op.create_index(op.f("ix_recognition_event_source_id"), "recognition_event", ["source_id"], unique=False)
    _entry(
        "stock_take_entry",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("organisation_key", sa.String(), nullable=False),
        sa.Column("partners", sa.String(), nullable=False),
        sa.Column("donors", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("target", sa.String(8), nullable=True),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("period_from", sa.String(10), nullable=False),
        sa.Column("period_to", sa.String(10), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("access", sa.String(16), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("further", sa.String(), nullable=False),
        sa.CheckConstraint(
            "access IN ('public', 'on_request', 'partners_only', 'not_shared', 'not_known')",
            name=op.f("ck_stock_take_entry_access_known"),
        ),
        sa.CheckConstraint(
            "status IN ('planned', 'ongoing', 'completed', 'suspended', 'cancelled', 'not_known')",
            name=op.f("ck_stock_take_entry_status_known"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_stock_take_entry_area_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_stock_take_entry_country_id")),
        sa.ForeignKeyConstraint(["target"], ["sdg_target.code"], name=op.f("fk_stock_take_entry_target")),
    )
    op.create_index(op.f("ix_stock_take_entry_country_id"), "stock_take_entry", ["country_id"], unique=False)
    _entry(
        "task_force_member",
        sa.Column("task_force_id", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.CheckConstraint(
            "role IN ('lead', 'member', 'research_partner', 'government_partner', 'funder', 'observer')",
            name=op.f("ck_task_force_member_role_known"),
        ),
        sa.ForeignKeyConstraint(["task_force_id"], ["task_force.id"], name=op.f("fk_task_force_member_task_force_id")),
    )
    op.create_index(op.f("ix_task_force_member_task_force_id"), "task_force_member", ["task_force_id"], unique=False)
    _entry(
        "agenda_item",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_agenda_item_area_id")),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_agenda_item_dialogue_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_agenda_item_series_id")),
    )
    op.create_index(op.f("ix_agenda_item_dialogue_id"), "agenda_item", ["dialogue_id"], unique=False)
    _entry(
        "data_generation_plan",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("entry_point", sa.String(24), nullable=False),
        sa.Column("organisation", sa.String(), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("cost_band", sa.String(16), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "cost_band IN ('under_10k', '10k_to_50k', '50k_to_250k', 'over_250k', 'not_known')",
            name=op.f("ck_data_generation_plan_cost_band_known"),
        ),
        sa.CheckConstraint("state <> 'dropped' OR remark <> ''", name=op.f("ck_data_generation_plan_dropped_says_why")),
        sa.CheckConstraint(
            "entry_point IN ('survey_module', 'partner', 'register', 'community_collection')",
            name=op.f("ck_data_generation_plan_entry_point_known"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'agreed', 'under_way', 'filled', 'dropped')",
            name=op.f("ck_data_generation_plan_state_known"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_data_generation_plan_area_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_data_generation_plan_country_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_data_generation_plan_series_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_data_generation_plan_source_id")),
    )
    op.create_index(op.f("ix_data_generation_plan_country_id"), "data_generation_plan", ["country_id"], unique=False)
    _entry(
        "demand",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_demand_area_id")),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_demand_body_id")),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_demand_dialogue_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_demand_series_id")),
    )
    op.create_index(op.f("ix_demand_dialogue_id"), "demand", ["dialogue_id"], unique=False)
    _entry(
        "dialogue_participants",
        sa.Column("dialogue_id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.String(20), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.CheckConstraint("number IS NULL OR number >= 0", name=op.f("ck_dialogue_participants_number_not_negative")),
        sa.CheckConstraint(
            "seat IN ('community', 'civil_society', 'government', 'statistical_office',"
            " 'research', 'donor', 'media', 'other')",
            name=op.f("ck_dialogue_participants_seat_known"),
        ),
        sa.CheckConstraint(
            "women IS NULL OR (women >= 0 AND number IS NOT NULL AND women <= number)",
            name=op.f("ck_dialogue_participants_women_among"),
        ),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_dialogue_participants_dialogue_id")),
    )
    op.create_index(
        op.f("ix_dialogue_participants_dialogue_id"), "dialogue_participants", ["dialogue_id"], unique=False
    )
    _entry(
        "official_reply",
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("time_period", sa.String(10), nullable=False),
        sa.Column("confirms", sa.Boolean(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("replied_on", sa.String(10), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_official_reply_area_id")),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_official_reply_body_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_official_reply_country_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_official_reply_series_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_official_reply_source_id")),
    )
    op.create_index(op.f("ix_official_reply_country_id"), "official_reply", ["country_id"], unique=False)
    _entry(
        "voice",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("statement", sa.String(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("translation", sa.String(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("target", sa.String(8), nullable=True),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("raised_on", sa.String(10), nullable=False),
        sa.Column("consented_on", sa.String(10), nullable=False),
        sa.Column("consent_form", sa.String(16), nullable=False),
        sa.Column("consent_scope", sa.String(16), nullable=False),
        sa.Column("entered_by", sa.String(120), nullable=False),
        sa.Column("read_by", sa.String(120), nullable=False),
        sa.CheckConstraint("consented_on <> ''", name=op.f("ck_voice_consent_dated")),
        sa.CheckConstraint(
            "consent_form IN ('written', 'spoken', 'group_agreement')", name=op.f("ck_voice_consent_form_known")
        ),
        sa.CheckConstraint(
            "consent_scope IN ('everywhere', 'not_in_documents', 'dialogue_only')",
            name=op.f("ck_voice_consent_scope_known"),
        ),
        sa.CheckConstraint("kind IN ('need', 'statement')", name=op.f("ck_voice_kind_known")),
        sa.CheckConstraint("read_by = '' OR read_by <> entered_by", name=op.f("ck_voice_read_by_another")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_voice_area_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_voice_country_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_voice_series_id")),
        sa.ForeignKeyConstraint(["target"], ["sdg_target.code"], name=op.f("fk_voice_target")),
    )
    op.create_index(op.f("ix_voice_country_id"), "voice", ["country_id"], unique=False)
    _entry(
        "commitment",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=True),
        sa.Column("demand_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.String(10), nullable=False),
        sa.Column("deadline", sa.String(10), nullable=False),
        sa.Column("deadline_stated", sa.String(), nullable=False),
        sa.Column("deadline_calendar", sa.String(20), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=True),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("baseline_value", sa.Float(), nullable=True),
        sa.Column("baseline_period", sa.String(10), nullable=False),
        sa.Column("baseline_source_id", sa.Integer(), nullable=True),
        sa.Column("goal_value", sa.Float(), nullable=True),
        sa.CheckConstraint(
            "series_id IS NOT NULL OR baseline_value IS NULL", name=op.f("ck_commitment_baseline_has_indicator")
        ),
        sa.CheckConstraint(
            "(baseline_value IS NULL) = (baseline_source_id IS NULL)"
            " AND (baseline_value IS NULL) = (baseline_period = '')",
            name=op.f("ck_commitment_baseline_has_source_and_period"),
        ),
        sa.CheckConstraint(
            "deadline_calendar IN ('gregorian', 'nepali_fiscal_year')", name=op.f("ck_commitment_calendar_known")
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_commitment_area_id")),
        sa.ForeignKeyConstraint(["baseline_source_id"], ["source.id"], name=op.f("fk_commitment_baseline_source_id")),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_commitment_body_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_commitment_country_id")),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_commitment_demand_id")),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_commitment_dialogue_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_commitment_series_id")),
    )
    op.create_index(op.f("ix_commitment_body_id"), "commitment", ["body_id"], unique=False)
    op.create_index(op.f("ix_commitment_country_id"), "commitment", ["country_id"], unique=False)
    op.create_index(op.f("ix_commitment_series_id"), "commitment", ["series_id"], unique=False)
    op.create_table(
        "demand_source",
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_source_demand_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_demand_source_source_id")),
        sa.PrimaryKeyConstraint("demand_id", "source_id", name=op.f("pk_demand_source")),
    )
    op.create_table(
        "demand_voice",
        sa.Column("demand_id", sa.Integer(), nullable=False),
        sa.Column("voice_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["demand_id"], ["demand.id"], name=op.f("fk_demand_voice_demand_id")),
        sa.ForeignKeyConstraint(["voice_id"], ["voice.id"], name=op.f("fk_demand_voice_voice_id")),
        sa.PrimaryKeyConstraint("demand_id", "voice_id", name=op.f("pk_demand_voice")),
        sa.UniqueConstraint("voice_id", "demand_id", name=op.f("uq_demand_voice_voice_id_demand_id")),
    )
    op.create_table(
        "commitment_area",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_commitment_area_area_id")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_area_commitment_id")),
        sa.PrimaryKeyConstraint("commitment_id", "area_id", name=op.f("pk_commitment_area")),
    )
    op.create_table(
        "commitment_group",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_group_commitment_id")),
        sa.PrimaryKeyConstraint("commitment_id", "group_key", name=op.f("pk_commitment_group")),
    )
    _entry(
        "commitment_response",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("response", sa.String(10), nullable=False),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column("responded_on", sa.String(10), nullable=False),
        sa.CheckConstraint(
            "response <> 'disputes' OR wording <> ''", name=op.f("ck_commitment_response_dispute_says_why")
        ),
        sa.CheckConstraint("response IN ('confirms', 'disputes')", name=op.f("ck_commitment_response_response_known")),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_commitment_response_body_id")),
        sa.ForeignKeyConstraint(
            ["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_response_commitment_id")
        ),
    )
    op.create_index(
        op.f("ix_commitment_response_commitment_id"), "commitment_response", ["commitment_id"], unique=False
    )
    _entry(
        "commitment_status",
        sa.Column("commitment_id", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("said_by", sa.String(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.CheckConstraint("length(since) = 10", name=op.f("ck_commitment_status_day_is_whole")),
        sa.CheckConstraint(
            "status IN ('proposed', 'agreed', 'in_budget', 'under_way', 'delivered', 'stalled', 'dropped')",
            name=op.f("ck_commitment_status_status_known"),
        ),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_commitment_status_commitment_id")),
    )
    op.create_index(op.f("ix_commitment_status_commitment_id"), "commitment_status", ["commitment_id"], unique=False)
    _entry(
        "policy",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("adopted_on", sa.String(10), nullable=False),
        sa.Column("target", sa.String(8), nullable=True),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["public_body.id"], name=op.f("fk_policy_body_id")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_policy_commitment_id")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_policy_country_id")),
        sa.ForeignKeyConstraint(["target"], ["sdg_target.code"], name=op.f("fk_policy_target")),
    )
    op.create_index(op.f("ix_policy_country_id"), "policy", ["country_id"], unique=False)
    _entry(
        "returned_finding",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("returned_on", sa.String(10), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("what_they_said", sa.String(), nullable=False),
        sa.Column("dialogue_id", sa.Integer(), nullable=True),
        sa.Column("commitment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_returned_finding_area_id")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitment.id"], name=op.f("fk_returned_finding_commitment_id")),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_returned_finding_dialogue_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_returned_finding_source_id")),
    )
    op.create_index(op.f("ix_returned_finding_source_id"), "returned_finding", ["source_id"], unique=False)
    _entry(
        "participation",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("dialogue_id", sa.Integer(), nullable=True),
        sa.Column("policy_id", sa.Integer(), nullable=True),
        sa.Column("community", sa.String(), nullable=False),
        sa.Column("group_key", sa.String(240), nullable=False),
        sa.Column("stage", sa.String(12), nullable=False),
        sa.Column("level", sa.String(12), nullable=False),
        sa.Column("happened_on", sa.String(10), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.CheckConstraint(
            "level IN ('informed', 'consulted', 'involved', 'partners', 'leading')",
            name=op.f("ck_participation_level_known"),
        ),
        sa.CheckConstraint(
            "stage IN ('design', 'collection', 'validation', 'advocacy', 'policy')",
            name=op.f("ck_participation_stage_known"),
        ),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_participation_country_id")),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogue.id"], name=op.f("fk_participation_dialogue_id")),
        sa.ForeignKeyConstraint(["policy_id"], ["policy.id"], name=op.f("fk_participation_policy_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_participation_source_id")),
    )
    op.create_index(op.f("ix_participation_country_id"), "participation", ["country_id"], unique=False)

    op.create_table(
        "newest_figure",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("below", sa.Boolean(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("sort", sa.String(12), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("shown", sa.SmallInteger(), nullable=True),
        sa.Column("hidden", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("shown IS NOT NULL OR hidden IS NOT NULL", name=op.f("ck_newest_figure_says_something")),
        sa.CheckConstraint(
            "sort IN ('official', 'community', 'illustrative')", name=op.f("ck_newest_figure_sort_known")
        ),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_newest_figure_country_id")),
        sa.ForeignKeyConstraint(["group_id"], ["population_group.id"], name=op.f("fk_newest_figure_group_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_newest_figure_series_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_newest_figure_source_id")),
        sa.PrimaryKeyConstraint(
            "country_id", "below", "series_id", "group_id", "sort", "source_id", name=op.f("pk_newest_figure")
        ),
        sqlite_with_rowid=False,
    )
    op.execute(NEWEST_FIGURES)


def downgrade() -> None:
    op.drop_table("newest_figure")
    for name in reversed(TABLES):
        op.drop_table(name)


def _entry(name: str, *columns: SchemaItem) -> None:
    """A table of entries: what all entries have, then what these have."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("standing", sa.String(10), nullable=False),
        sa.Column("why_withdrawn", sa.String(), nullable=False),
        sa.Column("stated_in", sa.String(), nullable=False),
        sa.Column("shipped", sa.Boolean(), nullable=False),
        *columns,
        sa.CheckConstraint("standing IN ('stands', 'withdrawn')", name=op.f(f"ck_{name}_standing_known")),
        sa.CheckConstraint("illustrative OR stated_in <> ''", name=op.f(f"ck_{name}_real_is_stated_somewhere")),
        sa.CheckConstraint(
            "(standing = 'withdrawn') = (why_withdrawn <> '')", name=op.f(f"ck_{name}_withdrawn_says_why")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint("code", name=op.f(f"uq_{name}_code")),
    )
