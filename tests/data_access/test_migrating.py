"""Migrations: they end at the models, lose nothing on the way, and leave nothing half done."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine
from sqlmodel import SQLModel

from data_access import migrating
from data_access.database import engine_for
from data_access.dialects import for_writing, make_engine, schema_change
from data_access.migrating import configuration, migrate, newest
from data_access.problems import DatabaseNewer, DatabaseProblem
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


def parent_and_child(connection: Connection) -> None:
    connection.execute(sa.text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
    connection.execute(
        sa.text("CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent ON DELETE CASCADE)")
    )
    connection.execute(sa.text("INSERT INTO parent VALUES (1)"))
    connection.execute(sa.text("INSERT INTO child VALUES (1, 1), (2, 1)"))


def rebuild_parent(connection: Connection) -> None:
    operations = Operations(MigrationContext.configure(connection, opts={"render_as_batch": True}))
    with operations.batch_alter_table("parent", recreate="always") as table:
        table.add_column(sa.Column("remark", sa.String()))


def test_a_rebuild_with_foreign_keys_on_would_empty_the_children_without_a_word(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'family.db'}")
    with engine.begin() as connection:
        parent_and_child(connection)
    with schema_change(engine) as connection:
        rebuild_parent(connection)
    assert (count(engine, "parent"), count(engine, "child")) == (1, 2)
    with for_writing(engine).begin() as connection:
        connection.exec_driver_sql("ALTER TABLE parent DROP COLUMN remark")
        rebuild_parent(connection)
    assert (count(engine, "parent"), count(engine, "child")) == (1, 0)


SECOND = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0006", "0005", None, None


def upgrade():
    with op.batch_alter_table("release") as table:
        table.add_column(sa.Column("remark", sa.String(), nullable=False, server_default=""))
    op.create_table("second", sa.Column("id", sa.Integer(), primary_key=True))
    {then}
"""


@pytest.fixture
def two_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the product have a second migration that ends with this statement."""

    def add(then: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(Path(migrating.__file__).parent / "migrations", folder)
        (folder / "versions" / "0006_a_further_one.py").write_text(SECOND.format(then=then), encoding="utf-8")
        monkeypatch.setattr(migrating, "_MIGRATIONS", folder)
        monkeypatch.setattr(migrating, "NEWEST", "0006")

    return add


def state(engine: Engine) -> tuple[str | None, bool, bool, int, int]:
    """Revision, whether each half of the second step is there, and how many rows its table and the children hold."""
    with engine.connect() as connection:
        inspector = sa.inspect(connection)
        columns = {column["name"] for column in inspector.get_columns("release")}
        second = inspector.has_table("second")
        revision = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision, "remark" in columns, second, count(engine, "release"), count(engine, "observation")


def test_a_further_step_keeps_every_row(own_url: str, two_steps: Callable[[str], None]) -> None:
    engine = make_engine(settings_for(own_url).database_url)
    two_steps("pass")
    assert migrate(engine) is True
    assert state(engine) == ("0006", True, True, 31, 44890)
    assert migrate(engine) is False
    engine.dispose()


def test_a_further_step_that_fails_leaves_nothing_behind(own_url: str, two_steps: Callable[[str], None]) -> None:
    engine = make_engine(settings_for(own_url).database_url)
    two_steps('op.execute("SELECT nothing FROM nowhere")')
    with pytest.raises(sa.exc.DBAPIError, match="nowhere"):
        migrate(engine)
    assert state(engine) == ("0005", False, False, 31, 44890)
    engine.dispose()


def test_a_version_before_the_step_refuses_the_database_and_touches_nothing(
    own_url: str, two_steps: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = make_engine(settings_for(own_url).database_url)
    two_steps("pass")
    migrate(engine)
    monkeypatch.undo()
    with pytest.raises(DatabaseNewer, match=r"\(it is at revision 0006\)$"):
        migrate(engine)
    assert state(engine) == ("0006", True, True, 31, 44890)
    engine.dispose()
