"""What could not be resolved, as findings a steward can answer."""

from __future__ import annotations

from data_access.importing.checks.shield import shown
from data_access.importing.findings import Finding
from data_access.importing.resolution.outcomes import Outcome, Question, Resolved


def finding_of(
    outcome: Outcome, what: str, text: str, file: str, *, sheet: str = "", row: int | None = None, column: str = ""
) -> Finding | None:
    """The finding for a text that was not resolved, None for one that was; ``what``: area, series or a dimension."""
    if isinstance(outcome, Resolved):
        return None
    asked = isinstance(outcome, Question)
    return Finding(
        kind="question" if asked else "refused",
        rule=f"{what.lower()}_not_certain" if asked else f"{what.lower()}_unknown",
        file=file,
        what=f"{what} not resolved: {outcome.why}.",
        mend=f"Choose one of the candidates, or leave the row out, under answers: {what}: in the mapping."
        if asked
        else f"Correct the text, or say what it means under answers: {what}: in the mapping, or leave the row out.",
        sheet=sheet,
        row=row,
        column=column,
        value=shown(text),
        candidates=tuple(str(candidate) for candidate in outcome.candidates) if isinstance(outcome, Question) else (),
    )
