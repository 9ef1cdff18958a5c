"""Whether the gap that a commitment should close has narrowed for its group since the baseline. Never why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import hypot
from typing import Literal

Verdict = Literal["narrowed", "widened", "no_change", "cannot_say"]
Basis = Literal["interval", "values"]
"""Whether the verdict rests on an interval of the change, or on four numbers of unknown uncertainty."""

ROUNDING = 1e-9
PROMISED = frozenset({"agreed", "in_budget", "under_way", "stalled"})
"""Statuses in which a deadline can be missed: what is only proposed was promised by nobody."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with the 95 % bounds its source published, None where it published none."""

    value: float
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The group beside everyone at one time, both from one source and period, in the unit of the series."""

    group: Measured
    reference: Measured


@dataclass(frozen=True, slots=True)
class GapChange:
    """How far behind the group was and is, and what may be said of the change.

    ``before`` and ``now`` are shortfalls in the unit of the series (above 0: the group is behind); ``change`` is now
    minus before, below 0 when the gap narrowed, with its 95 % bounds where all four figures have theirs.
    """

    verdict: Verdict
    before: float
    now: float
    change: float
    lower: float | None
    upper: float | None
    basis: Basis


def shortfall(standing: Standing, *, favourable: bool | None) -> float:
    """How far the group is behind everyone: reference − group where more is better, group − reference where less is.

    Where neither is better the distance between the two, without a sign.
    """
    behind = standing.reference.value - standing.group.value
    if favourable is None:
        return abs(behind)
    return behind if favourable else -behind


def gap_change(before: Standing, now: Standing, *, favourable: bool | None) -> GapChange:
    """Set two standings of one group beside each other.

    The change is (reference − group) now minus the same before, its interval the sum of the squared distances to the
    bounds of the four figures (MOVER), as if they were independent. A group is part of everyone and moves with them,
    which makes the true interval narrower: a change called "no change beyond uncertainty" may be one; one called
    "narrowed" is not called so for want of caution. The bounds are None where one of the eight is.

    Source: Zou and Donner (2008), for sums and differences of several estimates.
    """
    start, end = shortfall(before, favourable=favourable), shortfall(now, favourable=favourable)
    change = end - start
    bounds = _bounds(before, now, favourable, change)
    if bounds is None:
        verdict: Verdict = "no_change" if abs(change) <= ROUNDING else "narrowed" if change < 0 else "widened"
        return GapChange(verdict, start, end, change, None, None, "values")
    lower, upper = bounds
    verdict = "narrowed" if upper < -ROUNDING else "widened" if lower > ROUNDING else "no_change"
    return GapChange(verdict, start, end, change, lower, upper, "interval")


def _bounds(before: Standing, now: Standing, favourable: bool | None, change: float) -> tuple[float, float] | None:
    """The 95 % bounds of the change; None where a bound is not known."""
    signs = (_sign(before, favourable), _sign(now, favourable))
    terms = (
        (now.reference, signs[1]),
        (now.group, -signs[1]),
        (before.reference, -signs[0]),
        (before.group, signs[0]),
    )
    down, up = 0.0, 0.0
    for measured, sign in terms:
        if measured.lower is None or measured.upper is None:
            return None
        below, above = measured.value - measured.lower, measured.upper - measured.value
        down = hypot(down, below if sign > 0 else above)
        up = hypot(up, above if sign > 0 else below)
    return change - down, change + up


def _sign(standing: Standing, favourable: bool | None) -> int:
    """The sign of the reference in the shortfall."""
    if favourable is None:
        return 1 if standing.reference.value >= standing.group.value else -1
    return 1 if favourable else -1


def goal_met(latest: float, goal: float, *, favourable: bool | None) -> bool | None:
    """Whether a value has reached a goal; None where neither direction is better."""
    if favourable is None:
        return None
    return latest >= goal - ROUNDING if favourable else latest <= goal + ROUNDING


def last_day(written: str) -> date:
    """The last day of an ISO date of which day or month may be left out: ``2027`` → 2027-12-31."""
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) == 2 else 12
    return (date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)) - timedelta(days=1)


def days_overdue(status: str, deadline: str, today: date) -> int:
    """Whole days since the deadline of something promised and not delivered; 0 otherwise, and without a deadline."""
    if not deadline or status not in PROMISED:
        return 0
    return max(0, (today - last_day(deadline)).days)
