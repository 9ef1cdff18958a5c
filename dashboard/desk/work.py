"""An import under way beside the page: started, watched, ended; its files are private and go with it."""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path
from typing import Any

from data_access.importing.desk.job import Answers
from data_access.importing.desk.starting import Job, start_job
from data_access.people.current import CurrentUser


class Work:
    """A file with its mapping in a private folder, and the process that takes it in."""

    def __init__(
        self, name: str, content: bytes, mapping: str, by: CurrentUser, *, dry: bool, answers: Answers
    ) -> None:
        self.dry = dry
        self.lines: list[dict[str, Any]] = []
        self.cancelled = self.told = False
        self._folder = Path(tempfile.mkdtemp(prefix="voices-count-desk-"))
        file = self._folder / Path(name).name
        file.write_bytes(content)
        mapping_file = self._folder / "mapping.yaml"
        mapping_file.write_text(mapping, encoding="utf-8")
        self._job: Job = start_job(file, mapping_file, by, dry=dry, answers=answers)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._listener.is_alive()

    @property
    def step(self) -> str:
        """The step it is at: reading, understanding, weighing or keeping; empty before the first."""
        return next((line["step"] for line in reversed(self.lines) if "step" in line), "")

    @property
    def problem(self) -> str:
        """What stood in the way, in a sentence; empty when nothing did."""
        return next((line["problem"] for line in self.lines if "problem" in line), "")

    @property
    def outcome(self) -> dict[str, Any] | None:
        """What came of it, None while it works or when it was ended."""
        return next((line["outcome"] for line in self.lines if "outcome" in line), None)

    def cancel(self) -> None:
        """End it; nothing of it is kept."""
        self.cancelled = True
        self._job.cancel()

    def _listen(self) -> None:
        try:
            for line in self._job.lines():
                self.lines.append(line)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
