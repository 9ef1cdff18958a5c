"""Why a release cannot go where it was sent, each a sentence with a way out; nothing was changed."""

from __future__ import annotations

from collections.abc import Sequence

from data_access.importing.findings import Finding


class ReleaseProblem(ValueError):
    """Something stands in the way of an act upon a release or a source; the database is as it was."""


class Unknown(ReleaseProblem):
    """No release or source has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code} is no release and no source: see the codes with `history`.")


class Refused(ReleaseProblem):
    """The file has findings that must be mended or answered first; ``findings`` holds all of them."""

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        refused = sum(one.kind == "refused" for one in findings)
        questions = sum(one.kind == "question" for one in findings)
        first = next((one for one in findings if one.kind != "remark"), None)
        place = f" First: {first.what} {first.mend}" if first else ""
        super().__init__(f"{file}: {refused} to mend and {questions} questions to answer; nothing was kept.{place}")


class NotSafe(ReleaseProblem):
    """The release would give people away, whatever is withheld."""


class NotADraft(ReleaseProblem):
    """Only a draft can be published or discarded."""


class Stale(ReleaseProblem):
    """Another release of the source was published or withdrawn since the draft was made."""

    def __init__(self, code: str) -> None:
        super().__init__(
            f"{code} was compared with figures that are no longer the current ones. "
            "Import the file again, so that what changes and what must be withheld is decided anew."
        )


class SecondPersonNeeded(ReleaseProblem):
    """Who imported a release cannot publish it."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(
            f"{code} was imported by {name}, so somebody else must publish it "
            "(or set VOICES_COUNT_SELF_PUBLISH=on, and it is recorded as unreviewed)."
        )


class Withdrawn(ReleaseProblem):
    """What was withdrawn does not come back."""


class ConsentForbids(ReleaseProblem):
    """The owner of the source has not agreed to its being published, or that is not recorded."""


class NotTheNewest(ReleaseProblem):
    """A release can be withdrawn by itself only as long as nothing was published on top of it."""


class ReasonNeeded(ReleaseProblem):
    """A withdrawal says why."""

    def __init__(self) -> None:
        super().__init__("A withdrawal says why: give the reason in a few words, without names of people.")


class FactsDiffer(ReleaseProblem):
    """A fact of a source that cannot change once it has figures."""
