"""Why entries were not written, each a sentence with a way out; nothing was changed."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.process.cells import CellProblem
from data_access.releases.problems import ReleaseProblem


class EntryRefused(ReleaseProblem):
    """An entry cannot be written; ``problems`` names every cell, what is wrong with it and how to mend it."""

    def __init__(self, kind: str, code: str, problems: Sequence[CellProblem]) -> None:
        self.kind, self.code, self.problems = kind, code, tuple(problems)
        said = " ".join(f"{p.heading} {p.value!r} {p.what} {p.mend}" for p in problems)
        super().__init__(f"{kind} {code}: {said}")


class NothingNew(ReleaseProblem):
    """A file of entries that would change nothing."""

    def __init__(self, file: str, entries: int) -> None:
        super().__init__(f"{file}: nothing to keep, as all of its {entries:,} entries stand so already.")


class WaitsAlready(ReleaseProblem):
    """The same file is a draft already."""

    def __init__(self, file: str, code: str) -> None:
        self.code = code
        super().__init__(f"{file}: this very file waits as {code} already; publish or discard that.")


class NoSuchDraft(ReleaseProblem):
    """No file of entries has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is no file of entries: see the codes with `entries history`.")


class SecondReaderNeeded(ReleaseProblem):
    """Who entered a voice cannot be the one who reads it before it is shown."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code} was entered by {name}, so somebody else must read it before it is shown.")
