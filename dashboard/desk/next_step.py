"""What the steward does next, in one sentence that always stands at the top."""

from __future__ import annotations

from dashboard.desk.intake import Intake
from dashboard.desk.questions import asked, doubts
from dashboard.text import _, ngettext


def next_step(intake: Intake | None) -> str:
    """The next step with the file in hand, or without one."""
    if intake is None:
        return _("Next: choose the partner's file.")
    if intake.running is not None:
        return _("At work. You may wait, cancel, or leave this page and come back.")
    if intake.look is None:
        return _("Next: the file cannot be read. Mend it as said below, put it away and choose it again.")
    errors = len(intake.preview.errors)
    if errors:
        return ngettext(
            "Next: mend {count} line of the mapping, in step 2.",
            "Next: mend {count} lines of the mapping, in step 2.",
            errors,
        ).format(count=errors)
    return _after_the_mapping(intake)


def _after_the_mapping(intake: Intake) -> str:
    work = intake.work
    if work is not None and not work.dry and work.outcome is not None and work.outcome.get("draft"):
        return _("Next: publish the draft below, or put this file away and bring in another.")
    if work is None or work.outcome is None:
        return _("Next: look whether the mapping is right, then press “Check and try”.")
    if intake.stale:
        return _("Next: something changed since the last try. Press “Check and try” again.")
    questions = len(asked(intake.findings)) + len(doubts(intake.findings))
    refused = sum(one.kind == "refused" for one in intake.findings)
    parts = []
    if questions:
        parts.append(
            ngettext("answer {count} question in step 4", "answer {count} questions in step 4", questions).format(
                count=questions
            )
        )
    if refused:
        parts.append(
            ngettext("mend {count} thing listed in step 5", "mend {count} things listed in step 5", refused).format(
                count=f"{refused:,}"
            )
        )
    if parts:
        return _("Next: {do}. Then try again.").format(do=_(" and ").join(parts))
    return _("Next: look at what would change, then keep it as a draft in step 7.")
