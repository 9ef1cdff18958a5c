"""Where an engine may put what does not fit into memory: one private folder a job, gone with the job.

A folder is held by a lock that the system lets go of when its process ends, however it ends. So a folder that nobody
holds was left by a job that was killed, and is removed at the next start.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from data_access.settings import SettingProblem

VARIABLE = "VOICES_COUNT_SCRATCH"
LOCK = "held"


def folder_of_jobs(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder in which each job has its own: ``VOICES_COUNT_SCRATCH``, or one in the system's temporary folder.

    It is made if need be, for this user alone. Raises SettingProblem where it is a link or another user's.
    """
    named = environ.get(VARIABLE, "").strip()
    folder = Path(named) if named else Path(tempfile.gettempdir()) / f"voices-count-{os.getuid()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise SettingProblem(f"{VARIABLE}: {folder} must be a folder of this user's own, and not a link")
    folder.chmod(0o700)
    return folder


@contextmanager
def private_folder(inside: Path | None = None) -> Iterator[Path]:
    """A folder that only this user can read, removed at the end, also after an error. Leftovers go first."""
    jobs = inside or folder_of_jobs()
    sweep(jobs)
    with _one_at_a_time(jobs):
        folder = Path(tempfile.mkdtemp(prefix="job-", dir=jobs))
        held = os.open(folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(held)


def sweep(inside: Path | None = None) -> tuple[Path, ...]:
    """Remove the folders of jobs whose process has ended, and say which; those of running jobs stay."""
    jobs = inside or folder_of_jobs()
    with _one_at_a_time(jobs):
        left = [folder for folder in sorted(jobs.glob("job-*")) if not _is_held(folder)]
        for folder in left:
            shutil.rmtree(folder)
    return tuple(left)


def _is_held(folder: Path) -> bool:
    lock = folder / LOCK
    if not lock.exists():
        return False
    handle = os.open(lock, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


@contextmanager
def _one_at_a_time(jobs: Path) -> Iterator[None]:
    """Nobody sweeps between the making of a folder and its being held."""
    handle = os.open(jobs / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
