"""What was promised, how far it has got, and whether the gap it should move is narrower: counted, never explained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from data_access.measures.commitment_progress import Verdict, days_overdue
from data_access.measures.results_listed import Listed, Measured
from data_access.measures.results_window import Place, Window
from data_access.queries.entries import CommitmentFacts, ResponseFacts, StatusFacts
from data_access.queries.record import LivingRecord

PROMISED = ("agreed", "in_budget", "under_way", "delivered")
"""Statuses that a commitment only has once it was agreed."""
ENDED = ("delivered", "dropped")
"""Statuses in which nothing is awaited any more."""
STOPPED = ("stalled", "dropped")


@dataclass(frozen=True, slots=True)
class Movement:
    """What may be said of the gap of a commitment since its baseline, and the year of the newest figure it rests on."""

    verdict: Verdict
    year: int


def agreed_on(commitment: CommitmentFacts, statuses: Iterable[StatusFacts]) -> str | None:
    """The date a commitment was agreed: as recorded, else the first status that says so; None where it was not."""
    if commitment.agreed_on:
        return commitment.agreed_on
    return next((one.since for one in statuses if one.status in PROMISED), None)


def status_at(statuses: Iterable[StatusFacts], day: str) -> StatusFacts | None:
    """The status a commitment had on a day (ISO): the latest that had begun; None before the first."""
    begun = [one for one in statuses if one.since <= day]
    return begun[-1] if begun else None


def count_commitments(
    record: LivingRecord, window: Window, moved: Mapping[str, Movement], days: Mapping[str, date]
) -> dict[str, Measured]:
    """The numbers of step four. ``days`` has the day it is in each country: a deadline ends by the clock there."""
    agreed: list[tuple[Listed, Place]] = []
    reached: dict[str, list[tuple[Listed, Place]]] = {"delivered": [], "stopped": []}
    said: dict[str, list[tuple[Listed, Place]]] = {"confirms": [], "disputes": []}
    overdue, undated, followed, unmeasured = [], [], [], []
    never_said = []
    for one in record.commitments.values():
        statuses = record.statuses_of.get(one.code, ())
        agreed_day = agreed_on(one, statuses)
        listed = Listed.of("commitment", one, (one.country,), agreed_day or "")
        if agreed_day is None:
            if not statuses:
                never_said.append(listed)
            continue
        agreed.append((listed, window.place(agreed_day)))
        for response in _latest_responses(record, one.code, window):
            place = window.place(response.responded_on)
            said[response.response].append((_on(listed, response.responded_on), place))
        if window.by_the_end(agreed_day) != "in":
            continue
        status = status_at(statuses, window.end)
        if status and status.status == "delivered":
            since = _began(statuses, status)
            reached["delivered"].append((_on(listed, since), window.place(since)))
        elif status and status.status in STOPPED:
            since = _began(statuses, status)
            reached["stopped"].append((_on(listed, since), window.place(since)))
        stands_at = status.status if status else "agreed"
        if not one.deadline and stands_at not in ENDED:
            undated.append(listed)
        if days_overdue(stands_at, one.deadline, _as_at(window, days.get(one.country))):
            overdue.append(_on(listed, one.deadline))
        movement = moved.get(one.code)
        if movement is None:
            unmeasured.append(listed)
        else:
            followed.append((_on(listed, str(movement.year)), movement))
    within = [(listed, one) for listed, one in followed if window.place(str(one.year)) == "in"]
    return {
        "commitments_agreed": Measured.sorted_out(agreed, never_said),
        "commitments_confirmed": _once(said["confirms"]),
        "commitments_disputed": _once(said["disputes"]),
        "commitments_delivered": Measured.sorted_out(reached["delivered"]),
        "commitments_overdue": Measured(tuple(overdue), unknown=tuple(undated)),
        "commitments_stopped": Measured.sorted_out(reached["stopped"]),
        "gaps_narrowed": Measured(
            tuple(listed for listed, one in within if one.verdict == "narrowed"),
            unplaced=tuple(listed for listed, one in followed if window.place(str(one.year)) == "unknown"),
            unknown=tuple(unmeasured),
            among=tuple(listed for listed, _one in within),
        ),
    }


def _latest_responses(record: LivingRecord, code: str, window: Window) -> list[ResponseFacts]:
    """What each body said last of a commitment, as at the end of the period."""
    by_then = [one for one in record.responses_of.get(code, ()) if window.by_the_end(one.responded_on) != "out"]
    return list({one.body: one for one in by_then}.values())


def _began(statuses: Iterable[StatusFacts], status: StatusFacts) -> str:
    """The first day of the unbroken run of one status that ``status`` is the end of."""
    began = status.since
    for one in reversed([one for one in statuses if (one.since, one.code) <= (status.since, status.code)]):
        if one.status != status.status:
            break
        began = one.since
    return began


def _as_at(window: Window, day: date | None) -> date:
    """The last day of the period, and never later than the day it is in the country."""
    today = day or date.fromisoformat(window.today)
    return min(date.fromisoformat(window.last), today) if window.last else today


def _on(listed: Listed, date: str) -> Listed:
    return Listed(listed.kind, listed.code, listed.countries, listed.illustrative, date)


def _once(said: Iterable[tuple[Listed, Place]]) -> Measured:
    """Two bodies that say the same of one commitment are one commitment."""
    kept: dict[str, tuple[Listed, Place]] = {}
    for listed, place in said:
        if listed.code not in kept or place == "in":
            kept[listed.code] = (listed, place)
    return Measured.sorted_out(kept.values())
