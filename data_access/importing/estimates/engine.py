"""The engine that adds up answers: DuckDB in memory, unless the deployment says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, cast, get_args

import ibis

from data_access.importing.estimates.private_folder import private_folder
from data_access.settings import SettingProblem

VARIABLE = "VOICES_COUNT_ENGINE"
EngineName = Literal["duckdb", "pyspark"]


def engine_name(environ: Mapping[str, str] = os.environ) -> EngineName:
    """The engine chosen by ``VOICES_COUNT_ENGINE``; DuckDB if none is. Raises SettingProblem."""
    named = environ.get(VARIABLE, "").strip().lower() or "duckdb"
    if named not in get_args(EngineName):
        raise SettingProblem(f"{VARIABLE}={named!r} must be {' or '.join(get_args(EngineName))}")
    return cast(EngineName, named)


@contextmanager
def engine(name: EngineName | None = None) -> Iterator[Any]:
    """A connection of Ibis to the engine; whatever it writes to disk is in a private folder, removed at the end.

    Raises SettingProblem for an engine that is not known or not installed.
    """
    chosen = name or engine_name()
    with private_folder() as folder:
        try:
            connection = _duckdb(folder) if chosen == "duckdb" else _spark(folder)
        except ImportError as missing:
            raise SettingProblem(f"{VARIABLE}={chosen}: install the package {missing.name} for it") from None
        ibis.set_backend(connection)  # what is kept between two questions is kept by this one
        try:
            yield connection
        finally:
            connection.disconnect()


def _duckdb(folder: Path) -> Any:
    """In memory; what does not fit spills into the folder. It looks for no extension on the network."""
    connection = ibis.duckdb.connect(
        temp_directory=str(folder),
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    connection.raw_sql("SET enable_progress_bar = false")
    return connection


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
