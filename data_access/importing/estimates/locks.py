"""A file that one process holds until it ends, however it ends: on POSIX and on Windows."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Self

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


PAUSE = 0.02


class Held:
    """A lock on ``path`` (made if need be, for this user alone): the system lets go of it when the process ends."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a+b")
        path.chmod(0o600)

    def take(self) -> bool:
        """Hold it, if nobody does; False where somebody does."""
        self._file.seek(0)
        return _take(self._file.fileno())

    def wait(self) -> None:
        """Hold it as soon as nobody else does."""
        while not self.take():
            time.sleep(PAUSE)

    def close(self) -> None:
        """Let go."""
        self._file.close()

    def __enter__(self) -> Self:
        self.wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
