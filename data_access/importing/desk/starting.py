"""Starting an import in a process of its own, hearing how far it is, and ending it: nothing is ever half done."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from data_access.importing.desk.job import Answers
from data_access.people.current import CurrentUser
from data_access.settings import ROOT

PROGRAM = (sys.executable, "-m", "data_access.importing.desk.job")
_OWN_GROUP = hasattr(os, "killpg")


class Job:
    """An import under way."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def lines(self) -> Iterator[dict[str, Any]]:
        """What it says, as it says it: {"step": …} for each step, at last {"outcome": …} or {"problem": …}.

        Ends without the last of them when the process was ended.
        """
        assert self._process.stdout is not None
        for line in self._process.stdout:
            yield json.loads(line)
        self._process.wait()

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._process.poll() is None

    def cancel(self) -> None:
        """End it, and whatever it started; the transaction it may be in is undone by the database."""
        if self.running:
            if _OWN_GROUP:
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()


def start_job(
    path: Path,
    mapping_path: Path,
    by: CurrentUser,
    *,
    dry: bool = False,
    form: Path | None = None,
    answers: Answers | None = None,
    program: Sequence[str] = PROGRAM,
) -> Job:
    """Start importing ``path`` in a process of its own, which reads its settings from the same environment."""
    request = {
        "file": str(path),
        "mapping": str(mapping_path),
        "dry": dry,
        "form": None if form is None else str(form),
        "answers": answers or {},
        "user": asdict(by),
    }
    process = subprocess.Popen(
        list(program), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=_OWN_GROUP
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.close()
    return Job(process)
