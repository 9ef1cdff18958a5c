"""The commitments as a list: what each row says, computed once a day and state of the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dashboard import store
from dashboard.text import _, ngettext
from dashboard.text.groups import group_name
from dashboard.text.record import calendar_text, status_text, verdict_text
from dashboard.views.commitment_days import Days
from dashboard.views.commitment_downloads import Line
from dashboard.views.commitment_figures import Progress, all_progress
from data_access.measures.commitment_progress import days_overdue, last_day
from data_access.queries.entries import CommitmentFacts


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment as lists and scorecards need it; ``late`` is days overdue, 0 where it is not."""

    commitment: CommitmentFacts
    status: str
    late: int
    progress: Progress


@store.remembered(4)
def commitment_rows(days: Days) -> tuple[CommitmentRow, ...]:
    """Every commitment, the earliest deadline first and those without one last."""
    today, progress = dict(days), all_progress()
    rows = []
    for code, one in store.record().commitments.items():
        day = today[one.country]
        status = status_on(one, day)
        rows.append(CommitmentRow(one, status, days_overdue(status, one.deadline, day), progress[code]))
    far = date.max
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                last_day(row.commitment.deadline) if row.commitment.deadline else far,
                row.commitment.code,
            ),
        )
    )


def status_on(commitment: CommitmentFacts, day: date) -> str:
    """The status on a day: the latest recorded up to it; without one, agreed if a day of agreement is known."""
    recorded = [s for s in store.record().statuses_of.get(commitment.code, ()) if s.since <= day.isoformat()]
    if recorded:
        return recorded[-1].status
    return "agreed" if commitment.agreed_on else "proposed"


def body_text(body: str, on: str = "") -> str:
    """What a body is called on a day; said plainly where its entry was withdrawn."""
    record = store.record()
    return record.body_name(body, on) if body in record.bodies else _("A body that is no longer listed here")


def body_then_and_now(body: str, on: str) -> str:
    """The name of then, and the present one beside it where it has changed."""
    then, now = body_text(body, on), body_text(body)
    return then if then == now else _("{then} (now {now})").format(then=then, now=now)


def deadline_text(commitment: CommitmentFacts) -> str:
    """The deadline by the Gregorian calendar, with the words it was stated in beside it."""
    stated = commitment.deadline_stated
    if stated and commitment.deadline_calendar != "gregorian":
        stated = _("{words}, {calendar}").format(words=stated, calendar=calendar_text(commitment.deadline_calendar))
    if not commitment.deadline:
        return _("{stated}; no date recorded").format(stated=stated) if stated else _("No deadline recorded")
    return (
        _("{day} (stated as: {stated})").format(day=commitment.deadline, stated=stated)
        if stated
        else (commitment.deadline)
    )


def overdue_text(late: int) -> str:
    """ "Overdue by 146 days", empty where nothing is."""
    if not late:
        return ""
    return ngettext("Overdue by {count} day", "Overdue by {count} days", late).format(count=f"{late:,}")


def groups_text(commitment: CommitmentFacts) -> str:
    """Whom it is for; everyone where no group is named."""
    known = store.catalogue()
    return "; ".join(group_name(known, key) for key in commitment.groups) or _("Everyone")


def areas_text(codes: Iterable[str], country: str) -> str:
    """Where it holds; the whole country where no area is named."""
    known = store.catalogue()
    names = [_(known.areas[code].name) for code in codes if code in known.areas]
    return ", ".join(names) or _(known.countries[country].name)


def as_lines(rows: Iterable[CommitmentRow]) -> tuple[Line, ...]:
    """The rows as a table to take away, codes and words beside each other."""
    return tuple(_line(row) for row in rows)


def _line(row: CommitmentRow) -> Line:
    one, found = row.commitment, row.progress
    latest = found.latest
    shows_baseline = found.reason != "baseline_withdrawn"
    return {
        "COMMITMENT": one.code,
        "COUNTRY": one.country,
        "BODY": one.body,
        "BODY_NAME": body_text(one.body),
        "BODY_NAME_THEN": body_text(one.body, one.agreed_on),
        "WORDING": one.wording,
        "GROUPS": "; ".join(one.groups),
        "GROUP_NAMES": groups_text(one),
        "AREAS": "; ".join(one.areas),
        "AGREED_ON": one.agreed_on,
        "DEADLINE": one.deadline,
        "DEADLINE_STATED": one.deadline_stated,
        "DEADLINE_CALENDAR": one.deadline_calendar,
        "STATUS": row.status,
        "STATUS_NAME": status_text(row.status),
        "DAYS_OVERDUE": row.late,
        "SERIES": one.series,
        "GROUP": one.group,
        "AREA": one.area,
        "BASELINE": one.baseline_value if shows_baseline else None,
        "BASELINE_PERIOD": one.baseline_period if shows_baseline else "",
        "BASELINE_SOURCE": one.baseline_source if shows_baseline else "",
        "BASELINE_REVISED": found.baseline.value if found.revised and found.baseline else None,
        "GOAL": one.goal_value,
        "LATEST": latest.value if latest else None,
        "LATEST_PERIOD": latest.time_period if latest else "",
        "LATEST_SOURCE": latest.source if latest else "",
        "GAP_BASELINE": found.change.before if found.change else None,
        "GAP_LATEST": found.change.now if found.change else None,
        "GAP": verdict_text(found.verdict),
        "WHY_CANNOT_SAY": found.reason,
        "DIALOGUE": one.dialogue,
        "DEMAND": one.demand,
        "ILLUSTRATIVE": _("invented, not evidence") if one.illustrative else "",
        "STATED_IN": one.stated_in,
    }
