"""Where an engine may put what does not fit into memory: one private folder a job, gone with the job.

A folder is held by a lock that the system lets go of when its process ends, however it ends. So a folder that nobody
holds was left by a job that was killed, and is removed at the next start.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from data_access.importing.estimates.locks import Held
from data_access.settings import SettingProblem

VARIABLE = "VOICES_COUNT_SCRATCH"
LOCK = "held-"
"""Beside the folder, so that the folder can be removed while the lock is held."""


_POSIX = hasattr(os, "getuid")


def _user() -> int | str:
    """Who owns the folder; on Windows the temporary folder is each user's own already."""
    return os.getuid() if _POSIX else "jobs"


def folder_of_jobs(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder in which each job has its own: ``VOICES_COUNT_SCRATCH``, or one in the system's temporary folder.

    It is made if need be, for this user alone. Raises SettingProblem where it is a link or another user's.
    """
    named = environ.get(VARIABLE, "").strip()
    folder = Path(named) if named else Path(tempfile.gettempdir()) / f"voices-count-{_user()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or (_POSIX and found.st_uid != _user()):
        raise SettingProblem(f"{VARIABLE}: {folder} must be a folder of this user's own, and not a link")
    folder.chmod(0o700)
    return folder


@contextmanager
def private_folder(inside: Path | None = None) -> Iterator[Path]:
    """A folder that only this user can read, removed at the end, also after an error. Leftovers go first."""
    jobs = inside or folder_of_jobs()
    sweep(jobs)
    with Held(jobs / "lock"):
        folder = Path(tempfile.mkdtemp(prefix="job-", dir=jobs))
        held = Held(jobs / f"{LOCK}{folder.name}")
        held.wait()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        held.close()
        (jobs / f"{LOCK}{folder.name}").unlink(missing_ok=True)


def sweep(inside: Path | None = None) -> tuple[Path, ...]:
    """Remove the folders of jobs whose process has ended, and say which; those of running jobs stay."""
    jobs = inside or folder_of_jobs()
    left = []
    with Held(jobs / "lock"):  # nobody sweeps between the making of a folder and its being held
        for folder in sorted(path for path in jobs.glob("job-*") if path.is_dir()):
            lock = Held(jobs / f"{LOCK}{folder.name}")
            if lock.take():
                shutil.rmtree(folder)
                left.append(folder)
            lock.close()
            if folder in left:
                (jobs / f"{LOCK}{folder.name}").unlink(missing_ok=True)
    return tuple(left)
