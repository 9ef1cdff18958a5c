"""Migrations: they end at the models, lose nothing on the way, and leave nothing half done."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlmodel import SQLModel

from data_access.database import engine_for
from data_access.dialects import for_writing, make_engine, schema_change
from data_access.migrating import configuration, migrate, newest
from data_access.problems import DatabaseProblem
from tests.conftest import count, settings_for


def test_the_migrations_end_at_the_models(empty_url: str) -> None:
    engine = engine_for(settings_for(empty_url).database_url)
    assert migrate(engine) is True
    assert migrate(engine) is False
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()


def test_the_newest_revision_is_the_last_step() -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == newest()


def rebuild_release(connection: Connection) -> None:
    """What a migration does to a parent table on SQLite: copy, drop, rename."""
    operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
    with operations.batch_alter_table("release", recreate="always") as table:
        table.add_column(sa.Column("remark", sa.String(), server_default=""))


def test_a_rebuilt_parent_keeps_its_children(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    with schema_change(engine) as connection:
        rebuild_release(connection)
    assert (count(engine, "observation"), count(engine, "release")) == (44890, 31)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_without_the_schema_change_the_rebuild_would_fail_or_lose_rows(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    with pytest.raises(sa.exc.IntegrityError), for_writing(engine).begin() as connection:
        rebuild_release(connection)


def test_a_migration_that_fails_half_way_leaves_nothing(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")

    def fail(connection: Connection) -> None:
        rebuild_release(connection)
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError), schema_change(engine) as connection:
        fail(connection)
    with engine.connect() as connection:
        columns = {column["name"] for column in sa.inspect(connection).get_columns("release")}
    assert "remark" not in columns
    assert count(engine, "release") == 31


def test_a_migration_that_would_orphan_rows_is_refused(own_file: Path) -> None:
    engine = make_engine(f"sqlite:///{own_file}")
    with pytest.raises(DatabaseProblem, match="rows would lose their parent"), schema_change(engine) as connection:
        connection.execute(sa.text("DELETE FROM release WHERE id = 1"))
    assert count(engine, "release") == 31
