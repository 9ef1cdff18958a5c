"""Killed at any moment of the first filling, the next start has all figures, and nobody ever sees a part of them."""

from __future__ import annotations

import random
import sqlite3
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from data_access.database import engine_for
from data_access.prepare import prepare
from tests.conftest import count, imported_already, settings_for

KILLS = 10


def filling(file: Path) -> BaseProcess:
    """A process that fills the file, started from one that has imported everything already."""
    process = imported_already().Process(target=prepare, args=(settings_for(f"sqlite:///{file}"),))
    process.start()
    return process


def seen_by_a_reader(file: Path) -> tuple[int, ...]:
    """Rows of the tables that a filling touches first, last and most; none where there are no tables yet."""
    if not file.exists():
        return (0, 0, 0)
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as connection:
        if connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'shipped_state'").fetchone() == (0,):
            return (0, 0, 0)
        tables = ("country", "observation", "shipped_state")
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


@pytest.fixture(scope="module")
def whole_time(tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that a filling takes here, from its start to its end."""
    folder = tmp_path_factory.mktemp("whole")
    filling(folder / "first.db").join()  # which also starts what the others are forked from
    started = time.perf_counter()
    process = filling(folder / "whole.db")
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - started


@pytest.mark.parametrize("moment", range(KILLS))
def test_killed_at_a_random_moment(tmp_path: Path, whole_time: float, moment: int) -> None:
    file = tmp_path / "killed.db"
    share = (moment + random.Random(f"moment {moment}").random()) / KILLS
    process = filling(file)
    time.sleep(whole_time * share)
    process.kill()
    process.join()
    assert seen_by_a_reader(file) in ((0, 0, 0), (5, 44890, 1))
    settings = settings_for(f"sqlite:///{file}")
    prepare(settings)
    assert seen_by_a_reader(file) == (5, 44890, 1)
    assert count(engine_for(settings.database_url), "release") == 31
    assert prepare(settings).loaded == 0
