"""Bringing a database's tables to the shape this version of the product expects.

Alembic is imported only when there is something to migrate: most starts find the tables as they should be.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from data_access.dialects import schema_change
from data_access.migrations import NEWEST
from data_access.problems import DatabaseNewer

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, with no file of its own; commands run on ``connection``."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def newest() -> str:
    """The revision this version of the product ends at."""
    return NEWEST


def migrate(engine: Engine) -> bool:
    """Bring the tables up to date in one transaction; True when anything was done.

    Raises DatabaseNewer, having touched nothing, when the database knows a revision that this version does not.
    """
    with engine.connect() as connection:
        if _revision(connection) == newest():
            return False
    from alembic import command

    with schema_change(engine) as connection:
        current = _revision(connection)  # again, now that no other process can be at it
        if current == newest():
            return False
        _refuse_unknown(current)
        command.upgrade(configuration(connection), "head")
    return True


def _revision(connection: Connection) -> str | None:
    """The revision the database is at, None when it has no tables yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


def _refuse_unknown(revision: str | None) -> None:
    from alembic.script import ScriptDirectory

    known = {script.revision for script in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if revision is not None and revision not in known:
        raise DatabaseNewer(f"it is at revision {revision}")
