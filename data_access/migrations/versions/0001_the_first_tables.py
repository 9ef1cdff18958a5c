"""the first tables

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_change_counter_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_counter")),
    )
    op.create_table(
        "country",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("iso3", sa.String(3), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_local", sa.String(), nullable=False),
        sa.Column("pilot", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_country")),
        sa.UniqueConstraint("iso3", name=op.f("uq_country_iso3")),
    )
    op.create_table(
        "dimension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("custom", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dimension")),
        sa.UniqueConstraint("code", name=op.f("uq_dimension_code")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "population_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(240), nullable=False),
        sa.Column("breakdown", sa.String(160), nullable=False),
        sa.Column("size", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("(key = '') = (size = 0)", name=op.f("ck_population_group_total_has_no_members")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_population_group")),
        sa.UniqueConstraint("key", name=op.f("uq_population_group_key")),
    )
    with op.batch_alter_table("population_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_population_group_breakdown"), ["breakdown"], unique=False)

    op.create_table(
        "sdg_target",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("goal", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sdg_target")),
    )
    op.create_table(
        "shipped_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_shipped_state_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipped_state")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_local", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("pcode", sa.String(16), nullable=False),
        sa.Column("vintage", sa.String(), nullable=False),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.CheckConstraint("(kind = 'country') = (parent_id IS NULL)", name=op.f("ck_area_country_is_root")),
        sa.CheckConstraint(
            "(kind = 'place') = (longitude IS NOT NULL AND latitude IS NOT NULL)", name=op.f("ck_area_place_has_point")
        ),
        sa.CheckConstraint(
            "kind IN ('country', 'admin1', 'admin2', 'survey_region', 'place')", name=op.f("ck_area_kind_known")
        ),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_area_country_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("code", name=op.f("uq_area_code")),
        sa.UniqueConstraint("country_id", "id", name=op.f("uq_area_country_id_id")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_name_folded"), ["name_folded"], unique=False)

    op.create_table(
        "category",
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("published_name", sa.String(), nullable=False),
        sa.Column("name_local", sa.String(), nullable=False),
        sa.Column("marginalised", sa.Boolean(), nullable=True),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["dimension_id"], ["dimension.id"], name=op.f("fk_category_dimension_id")),
        sa.PrimaryKeyConstraint("dimension_id", "code", name=op.f("pk_category")),
        sa.UniqueConstraint("dimension_id", "rank", name=op.f("uq_category_dimension_id_rank")),
    )
    op.create_table(
        "sdg_indicator",
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("target_code", sa.String(8), nullable=False),
        sa.ForeignKeyConstraint(["target_code"], ["sdg_target.code"], name=op.f("fk_sdg_indicator_target_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_sdg_indicator")),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(60), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("origin", sa.String(12), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("collection", sa.String(32), nullable=False),
        sa.Column("sampling", sa.String(20), nullable=False),
        sa.Column("mode", sa.String(32), nullable=False),
        sa.Column("fieldwork_start", sa.String(10), nullable=False),
        sa.Column("fieldwork_end", sa.String(10), nullable=False),
        sa.Column("sample_size", sa.String(), nullable=False),
        sa.Column("licence", sa.String(), nullable=False),
        sa.Column("licence_state", sa.String(20), nullable=False),
        sa.Column("citation", sa.String(), nullable=False),
        sa.Column("obtained_from", sa.String(), nullable=False),
        sa.Column("caveats", sa.String(), nullable=False),
        sa.Column("consent", sa.String(20), nullable=False),
        sa.Column("recognition", sa.String(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.CheckConstraint(
            "collection IN ('household_survey', 'census', 'administrative', 'citizen_survey', 'community_mapping', 'community_survey', 'community_scorecard', 'modelled_estimates')",  # noqa: E501
            name=op.f("ck_source_collection_known"),
        ),
        sa.CheckConstraint("consent IN ('not_applicable', 'stated', 'unknown')", name=op.f("ck_source_consent_known")),
        sa.CheckConstraint("licence <> ''", name=op.f("ck_source_licence_stated")),
        sa.CheckConstraint(
            "licence_state IN ('attribution', 'share-alike', 'unverified')", name=op.f("ck_source_licence_state_known")
        ),
        sa.CheckConstraint("origin IN ('official', 'community')", name=op.f("ck_source_origin_known")),
        sa.CheckConstraint(
            "sampling IN ('probability', 'purposive', 'census', 'mapping', 'administrative', 'scorecard')",
            name=op.f("ck_source_sampling_known"),
        ),
        sa.CheckConstraint("state IN ('published', 'withdrawn')", name=op.f("ck_source_state_known")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_source_organisation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source")),
        sa.UniqueConstraint("code", name=op.f("uq_source_code")),
        sa.UniqueConstraint("id", "illustrative", name=op.f("uq_source_id_illustrative")),
    )
    op.create_table(
        "area_name",
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("used_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_name_area_id")),
        sa.PrimaryKeyConstraint("area_id", "name", name=op.f("pk_area_name")),
    )
    op.create_table(
        "area_region",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["country_id", "area_id"], ["area.country_id", "area.id"], name=op.f("fk_area_region_country_id_area_id")
        ),
        sa.ForeignKeyConstraint(
            ["country_id", "region_id"],
            ["area.country_id", "area.id"],
            name=op.f("fk_area_region_country_id_region_id"),
        ),
        sa.PrimaryKeyConstraint("area_id", "region_id", name=op.f("pk_area_region")),
    )
    op.create_table(
        "group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("dimension_id", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["dimension_id", "category_code"],
            ["category.dimension_id", "category.code"],
            name=op.f("fk_group_member_dimension_id_category_code"),
        ),
        sa.ForeignKeyConstraint(["group_id"], ["population_group.id"], name=op.f("fk_group_member_group_id")),
        sa.PrimaryKeyConstraint("group_id", "dimension_id", name=op.f("pk_group_member")),
    )
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("mapping_version", sa.String(40), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("supersedes_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(file_sha256) = 64", name=op.f("ck_release_hash_is_sha256")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_release_source_id")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["release.id"], name=op.f("fk_release_supersedes_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("code", name=op.f("uq_release_code")),
        sa.UniqueConstraint(
            "file_sha256",
            "mapping_version",
            "supersedes_id",
            name=op.f("uq_release_file_sha256_mapping_version_supersedes_id"),
        ),
        sa.UniqueConstraint("id", "source_id", name=op.f("uq_release_id_source_id")),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(80), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_folded", sa.String(), nullable=False),
        sa.Column("unit", sa.String(12), nullable=False),
        sa.Column("scale", sa.Float(), nullable=False),
        sa.Column("favourable", sa.Boolean(), nullable=True),
        sa.Column("value_min", sa.Float(), nullable=True),
        sa.Column("value_max", sa.Float(), nullable=True),
        sa.Column("sdg_target_code", sa.String(8), nullable=False),
        sa.Column("sdg_indicator_code", sa.String(8), nullable=True),
        sa.Column("sdg_relation", sa.String(12), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("numerator", sa.String(), nullable=False),
        sa.Column("denominator", sa.String(), nullable=False),
        sa.Column("age_range", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.CheckConstraint("sdg_relation IN ('exact', 'proxy', 'related')", name=op.f("ck_series_relation_known")),
        sa.CheckConstraint(
            "unit <> 'PT' OR (value_min = 0 AND value_max = 100)", name=op.f("ck_series_percentage_bounds")
        ),
        sa.CheckConstraint("unit <> 'SCORE' OR (value_min < value_max)", name=op.f("ck_series_score_has_scale")),
        sa.CheckConstraint("unit IN ('PT', 'PER_1000', 'NUMBER', 'SCORE', 'INDEX')", name=op.f("ck_series_unit_known")),
        sa.ForeignKeyConstraint(
            ["sdg_indicator_code"], ["sdg_indicator.code"], name=op.f("fk_series_sdg_indicator_code")
        ),
        sa.ForeignKeyConstraint(["sdg_target_code"], ["sdg_target.code"], name=op.f("fk_series_sdg_target_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint("code", name=op.f("uq_series_code")),
        sa.UniqueConstraint("id", "unit", name=op.f("uq_series_id_unit")),
    )
    op.create_table(
        "source_country",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_source_country_country_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_country_source_id")),
        sa.PrimaryKeyConstraint("source_id", "country_id", name=op.f("pk_source_country")),
    )
    op.create_table(
        "coverage",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("breakdown", sa.String(160), nullable=False),
        sa.Column("area_kind", sa.String(16), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("time_period", sa.String(10), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("universe", sa.String(240), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("n_with_value", sa.Integer(), nullable=False),
        sa.CheckConstraint("n > 0", name=op.f("ck_coverage_counts_something")),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_coverage_country_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_coverage_series_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_coverage_source_id")),
        sa.PrimaryKeyConstraint(
            "country_id", "series_id", "breakdown", "area_kind", "source_id", "time_period", name=op.f("pk_coverage")
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "observation",
        sa.Column("country_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("time_period", sa.String(10), nullable=False),
        sa.Column("revision", sa.SmallInteger(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("se", sa.Float(), nullable=True),
        sa.Column("lower", sa.Float(), nullable=True),
        sa.Column("upper", sa.Float(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("population", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(1), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("unit", sa.String(12), nullable=False),
        sa.Column("illustrative", sa.Boolean(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("superseded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(value IS NULL) = (status IN ('M', 'Q'))", name=op.f("ck_observation_absence_has_status")),
        sa.CheckConstraint(
            "status <> 'Q' OR (n IS NULL AND se IS NULL AND lower IS NULL)",
            name=op.f("ck_observation_suppressed_tells_nothing"),
        ),
        sa.CheckConstraint("status IN ('A', 'U', 'P', 'E', 'M', 'Q')", name=op.f("ck_observation_status_known")),
        sa.CheckConstraint(
            "unit <> 'PT' OR lower IS NULL OR (lower >= 0 AND upper <= 100)",
            name=op.f("ck_observation_percentage_interval"),
        ),
        sa.CheckConstraint(
            "unit <> 'PT' OR value IS NULL OR (value >= 0 AND value <= 100)", name=op.f("ck_observation_percentage")
        ),
        sa.CheckConstraint("(lower IS NULL) = (upper IS NULL)", name=op.f("ck_observation_interval_has_two_ends")),
        sa.CheckConstraint("(revision = 0) = (superseded_by IS NULL)", name=op.f("ck_observation_one_current_value")),
        sa.CheckConstraint(
            "lower IS NULL OR (value IS NOT NULL AND lower <= value)", name=op.f("ck_observation_lower_below_value")
        ),
        sa.CheckConstraint("n IS NULL OR n >= 0", name=op.f("ck_observation_n_not_negative")),
        sa.CheckConstraint(
            "population IS NULL OR population >= 0", name=op.f("ck_observation_population_not_negative")
        ),
        sa.CheckConstraint("revision >= 0", name=op.f("ck_observation_revision_counts")),
        sa.CheckConstraint("se IS NULL OR se >= 0", name=op.f("ck_observation_se_not_negative")),
        sa.CheckConstraint(
            "upper IS NULL OR (value IS NOT NULL AND value <= upper)", name=op.f("ck_observation_upper_above_value")
        ),
        sa.ForeignKeyConstraint(
            ["country_id", "area_id"], ["area.country_id", "area.id"], name=op.f("fk_observation_country_id_area_id")
        ),
        sa.ForeignKeyConstraint(["country_id"], ["country.id"], name=op.f("fk_observation_country_id")),
        sa.ForeignKeyConstraint(["group_id"], ["population_group.id"], name=op.f("fk_observation_group_id")),
        sa.ForeignKeyConstraint(
            ["release_id", "source_id"],
            ["release.id", "release.source_id"],
            name=op.f("fk_observation_release_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["series_id", "unit"], ["series.id", "series.unit"], name=op.f("fk_observation_series_id_unit")
        ),
        sa.ForeignKeyConstraint(
            ["source_id", "illustrative"],
            ["source.id", "source.illustrative"],
            name=op.f("fk_observation_source_id_illustrative"),
        ),
        sa.ForeignKeyConstraint(["superseded_by"], ["release.id"], name=op.f("fk_observation_superseded_by")),
        sa.PrimaryKeyConstraint(
            "country_id",
            "series_id",
            "group_id",
            "area_id",
            "source_id",
            "time_period",
            "revision",
            name=op.f("pk_observation"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "source_series",
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.Column("numerator", sa.String(), nullable=False),
        sa.Column("denominator", sa.String(), nullable=False),
        sa.Column("age_range", sa.String(), nullable=False),
        sa.Column("group_basis", sa.String(), nullable=False),
        sa.Column("disability_method", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_source_series_series_id")),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name=op.f("fk_source_series_source_id")),
        sa.PrimaryKeyConstraint("source_id", "series_id", name=op.f("pk_source_series")),
    )


def downgrade() -> None:
    op.drop_table("source_series")
    op.drop_table("observation")
    op.drop_table("coverage")
    op.drop_table("source_country")
    op.drop_table("series")
    op.drop_table("release")
    op.drop_table("group_member")
    op.drop_table("area_region")
    op.drop_table("area_name")
    op.drop_table("source")
    op.drop_table("sdg_indicator")
    op.drop_table("category")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_name_folded"))

    op.drop_table("area")
    op.drop_table("shipped_state")
    op.drop_table("sdg_target")
    with op.batch_alter_table("population_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_population_group_breakdown"))

    op.drop_table("population_group")
    op.drop_table("organisation")
    op.drop_table("dimension")
    op.drop_table("country")
    op.drop_table("change_counter")
