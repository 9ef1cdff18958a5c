"""No file of microdata outlives its job: not after the end, not after an error, and after a kill not the next start."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from data_access.importing.estimates.engine import Chosen, chosen_engine
from data_access.importing.estimates.private_folder import folder_of_jobs, private_folder, sweep
from data_access.settings import SettingProblem

ROOT = Path(__file__).parents[4]
SPILLING = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from data_access.importing.estimates.engine import engine
with engine() as opened:
    connection = opened.connection
    connection.raw_sql("set memory_limit='80MB'")
    connection.raw_sql("create table answers as select range, hash(range) a, hash(range + 1) b from range(9000000)")
    print("spilled", flush=True)
    time.sleep(600)
"""


def test_a_folder_is_private_and_goes_with_its_job(tmp_path: Path) -> None:
    with private_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "spill").write_text("answers")
        assert sweep(tmp_path) == (), "the folder of a running job stays"
        assert folder.exists()
    assert not folder.exists()
    with pytest.raises(RuntimeError), private_folder(tmp_path) as folder:
        raise RuntimeError
    assert not folder.exists()


def test_a_killed_job_leaves_files_that_the_sweep_removes(tmp_path: Path) -> None:
    environ = {**os.environ, "VOICES_COUNT_SCRATCH": str(tmp_path)}
    job = subprocess.Popen([sys.executable, "-c", SPILLING, str(ROOT)], stdout=subprocess.PIPE, text=True, env=environ)
    assert job.stdout is not None and job.stdout.readline() == "spilled\n"
    (folder,) = tmp_path.glob("job-*")
    spilled = [file for file in folder.rglob("*") if file.name != "held" and file.is_file()]
    assert spilled and sum(file.stat().st_size for file in spilled) > 0
    assert sweep(tmp_path) == () and folder.exists()
    os.kill(job.pid, signal.SIGKILL)
    job.wait()
    job.stdout.close()
    assert all(file.exists() for file in spilled), "a kill leaves them"
    assert sweep(tmp_path) == (folder,)
    assert list(tmp_path.glob("job-*")) == []


def test_the_next_job_sweeps_too(tmp_path: Path) -> None:
    left = tmp_path / "job-left"
    left.mkdir()
    (left / "spill").write_text("answers")
    with private_folder(tmp_path):
        assert not left.exists()


def test_the_folder_of_jobs_is_this_users_own(tmp_path: Path) -> None:
    wanted = tmp_path / "scratch"
    assert folder_of_jobs({"VOICES_COUNT_SCRATCH": str(wanted)}) == wanted
    assert stat.S_IMODE(wanted.stat().st_mode) == 0o700
    (tmp_path / "link").symlink_to(wanted)
    with pytest.raises(SettingProblem, match="not a link"):
        folder_of_jobs({"VOICES_COUNT_SCRATCH": str(tmp_path / "link")})


def test_the_engine_is_chosen_by_configuration() -> None:
    assert chosen_engine({}) == Chosen("duckdb")
    assert chosen_engine({"VOICES_COUNT_ENGINE": " PySpark "}) == Chosen("pyspark")
    for address in ("postgresql://me@server/answers", "postgres:///?host=/run/postgresql"):
        assert chosen_engine({"VOICES_COUNT_ENGINE": address}) == Chosen("postgresql", address)
    for wrong in ("excel", "mysql://me:secret@server", "postgresql"):
        with pytest.raises(SettingProblem, match="must be duckdb, pyspark, or the address of a server") as problem:
            chosen_engine({"VOICES_COUNT_ENGINE": wrong})
        assert "secret" not in str(problem.value)
