"""The engine that adds up answers: DuckDB in memory, unless the deployment says otherwise."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import urlsplit

import ibis
import pyarrow as pa
from pyarrow import csv

from data_access.importing.estimates.private_folder import private_folder
from data_access.settings import SettingProblem

VARIABLE = "VOICES_COUNT_ENGINE"
EngineName = Literal["duckdb", "pyspark", "postgresql"]
SERVERS = ("postgres", "postgresql")
PEOPLE = "voices_count_people"
COLUMN_TYPES = {pa.float64(): "double precision", pa.int32(): "integer"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """An engine, and the address of the server if it is one."""

    name: EngineName
    address: str = ""


def chosen_engine(environ: Mapping[str, str] = os.environ) -> Chosen:
    """The engine that ``VOICES_COUNT_ENGINE`` names or whose address it is; DuckDB if none is. Raises SettingProblem.

    The message never repeats the value, which may hold a password.
    """
    said = environ.get(VARIABLE, "").strip()
    if urlsplit(said).scheme in SERVERS and "//" in said:
        return Chosen("postgresql", said)
    named = said.lower() or "duckdb"
    if named not in ("duckdb", "pyspark"):
        raise SettingProblem(f"{VARIABLE} must be duckdb, pyspark, or the address of a server: postgresql://…")
    return Chosen(cast(EngineName, named))


@dataclass(frozen=True, slots=True)
class Engine:
    """A connection of Ibis, open while its ``with`` lasts."""

    name: EngineName
    connection: Any

    def sums(self, expression: Any) -> pa.Table:
        """What an expression of Ibis comes to."""
        return self.connection.to_pyarrow(expression)

    @contextmanager
    def holding(self, people: pa.Table) -> Iterator[Any]:
        """A table of numbers, one row a person, as a table of Ibis; the engine forgets it at the end."""
        if self.name == "postgresql":
            with _copied(self.connection, people) as held:
                yield held
            return
        given = ibis.memtable(people)
        self.sums(given.limit(0))  # makes the table known to Spark, which asks for it by name
        with given.cache() as held:
            yield held


@contextmanager
def engine(chosen: Chosen | None = None) -> Iterator[Engine]:
    """The engine, started; whatever it writes to this computer's disk is in a private folder, removed at the end.

    Raises SettingProblem for an engine that is not installed or a server that does not answer.
    """
    chosen = chosen or chosen_engine()
    with private_folder() as folder:
        try:
            connection = _connected(chosen, folder)
        except ImportError as missing:
            raise SettingProblem(f"{VARIABLE}: install the package {missing.name} for it") from None
        ibis.set_backend(connection)  # what is kept between two questions is kept by this one
        try:
            yield Engine(chosen.name, connection)
        finally:
            connection.disconnect()


def _connected(chosen: Chosen, folder: Path) -> Any:
    if chosen.name == "pyspark":
        return _spark(_folder_of_process())
    return _postgresql(chosen.address) if chosen.name == "postgresql" else _duckdb(folder)


@cache
def _folder_of_process() -> Path:
    """A private folder until this process ends: Java, once started, keeps to the first one it was given."""
    open_until_then = ExitStack()
    atexit.register(open_until_then.close)
    return open_until_then.enter_context(private_folder())


def _duckdb(folder: Path) -> Any:
    """In memory; what does not fit spills into the folder. It looks for no extension on the network."""
    connection = ibis.duckdb.connect(
        temp_directory=str(folder),
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    connection.raw_sql("SET enable_progress_bar = false")
    return connection


def _postgresql(address: str) -> Any:
    """A session of a server; it holds the answers in a temporary table, which no other session can read."""
    import psycopg

    try:
        return ibis.postgres.from_connection(psycopg.connect(address, autocommit=True))
    except psycopg.Error as error:
        said = str(error).splitlines()[0] if type(error) is psycopg.OperationalError else type(error).__name__
        raise SettingProblem(f"{VARIABLE}: the server does not answer ({said.replace(address, '…')})") from None


@contextmanager
def _copied(connection: Any, people: pa.Table) -> Iterator[Any]:
    """The server drops a temporary table itself when its session ends, also when this process is killed."""
    columns = ", ".join(f"{each.name} {COLUMN_TYPES[each.type]}" for each in people.schema)
    text = BytesIO()
    csv.write_csv(people, text, csv.WriteOptions(include_header=False))
    with connection.con.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {PEOPLE} ({columns})")
        with cursor.copy(f"COPY {PEOPLE} FROM STDIN (FORMAT csv)") as copy:
            copy.write(text.getbuffer())
        try:
            cursor.execute(f"ANALYZE {PEOPLE}")
            schema = cursor.execute("SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()").fetchone()
            yield connection.table(PEOPLE, database=schema[0])
        finally:
            cursor.execute(f"DROP TABLE IF EXISTS {PEOPLE}")


def _spark(folder: Path) -> Any:
    """A session of Spark: where it runs is said by Spark's own configuration (``spark.master``, ``SPARK_REMOTE``),
    and on this machine if nothing is. On a cluster its workers spill into their own ``spark.local.dir``."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
    }
    builder = SparkSession.builder.appName("voices-count")
    for key, value in settings.items():
        builder = builder.config(key, value)
    return ibis.pyspark.connect(builder.getOrCreate())
