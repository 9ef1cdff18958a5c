"""Work under way beside the page: started, watched, ended; its files are private and go with it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from data_access.importing.desk.job import Answers
from data_access.importing.desk.starting import PROGRAM, start_job
from data_access.importing.estimates.private_folder import private_folder
from data_access.people.current import CurrentUser


class Work:
    """A file with its mapping in a private folder, and the process that takes it in (or only looks at it)."""

    def __init__(
        self,
        name: str,
        content: bytes,
        mapping: str,
        by: CurrentUser,
        *,
        dry: bool,
        answers: Answers,
        form: tuple[str, bytes] | None = None,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self.dry = dry
        self.cancelled = False
        self.step = ""
        """The step it is at: reading, understanding, weighing or keeping; empty before the first."""
        self.problem = ""
        """What stood in the way, in a sentence; empty when nothing did."""
        self.outcome: dict[str, Any] | None = None
        """What came of it; None while it works, when it was ended, or when something stood in the way."""
        self._files = ExitStack()
        try:
            folder = self._files.enter_context(private_folder())
            file, mapping_file = folder / Path(name).name, folder / "mapping of this file.yaml"
            file.write_bytes(content)
            mapping_file.write_text(mapping, encoding="utf-8")
            self._job = start_job(
                file, mapping_file, by, dry=dry, answers=answers, form=_form_file(folder, form), program=program
            )
        except BaseException:
            self._files.close()
            raise
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def running(self) -> bool:
        """Whether it is still at work."""
        return self._listener.is_alive()

    def cancel(self) -> None:
        """End it and wait until it and its files are gone; nothing of it is kept."""
        self.cancelled = self.running
        self._job.cancel()
        self._listener.join(timeout=10)

    def _listen(self) -> None:
        with self._files:
            for line in self._job.lines():
                self.step = line.get("step", self.step)
                self.problem = line.get("problem", self.problem)
                self.outcome = line.get("outcome", self.outcome)


def _form_file(folder: Path, form: tuple[str, bytes] | None) -> Path | None:
    if form is None:
        return None
    apart = folder / "form"
    apart.mkdir()
    file = apart / Path(form[0]).name
    file.write_bytes(form[1])
    return file
