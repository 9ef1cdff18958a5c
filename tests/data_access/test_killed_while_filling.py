"""Killed at any moment of the first filling, the next start has all figures, and nobody ever sees a part of them."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from data_access.database import engine_for
from data_access.prepare import prepare
from data_access.settings import ROOT
from tests.conftest import count, settings_for


def filling(file: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "VOICES_COUNT_ILLUSTRATIVE": "on"}
    return subprocess.Popen(
        [sys.executable, "-m", "data_access.prepare"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )


def seen_by_a_reader(file: Path) -> int:
    if not file.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=5) as connection:
            return int(connection.execute("SELECT count(*) FROM observation").fetchone()[0])
    except sqlite3.OperationalError:  # no tables yet
        return 0


@pytest.fixture(scope="module")
def whole_time(tmp_path_factory: pytest.TempPathFactory) -> float:
    started = time.perf_counter()
    assert filling(tmp_path_factory.mktemp("whole") / "whole.db").wait() == 0
    return time.perf_counter() - started


@pytest.mark.parametrize("moment", range(10))
def test_killed_at_a_random_moment(tmp_path: Path, whole_time: float, moment: int) -> None:
    file = tmp_path / "killed.db"
    share = random.Random(f"moment {moment}").uniform(0.25, 1.0)  # the first quarter is imports
    process = filling(file)
    time.sleep(whole_time * share)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert seen_by_a_reader(file) in (0, 44890)
    settings = settings_for(f"sqlite:///{file}")
    prepare(settings)
    engine = engine_for(settings.database_url)
    assert count(engine, "observation") == 44890
    assert count(engine, "release") == 31
    assert prepare(settings).loaded == 0
