"""Bringing a database's tables to the shape this version of the product expects."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

from data_access.dialects import schema_change
from data_access.problems import DatabaseNewer

_MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with no file of its own; commands run on ``connection``."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this version of the product ends at."""
    head = ScriptDirectory.from_config(configuration()).get_current_head()
    assert head is not None
    return head


def migrate(engine: Engine) -> bool:
    """Bring the tables up to date in one transaction; True when anything was done.

    Raises DatabaseNewer, having touched nothing, when the database knows a revision that this version does not.
    """
    with engine.connect() as connection:
        if _revision(connection) == newest():
            return False
    with schema_change(engine) as connection:
        current = _revision(connection)  # again, now that no other process can be at it
        if current == newest():
            return False
        command.upgrade(configuration(connection), "head")
    return True


def _revision(connection: Connection) -> str | None:
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseNewer(f"it is at revision {revision}")
    return revision
