"""Which entries fall in a period: dates are known to the day, the month or the year, and some not at all."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import Literal

Place = Literal["in", "out", "unknown"]
"""Inside the period · outside · the date is not known closely enough to tell."""


class PeriodReversed(ValueError):
    """A period ends before it begins."""


def span(date: str) -> tuple[str, str]:
    """First and last day a date may mean: ``"2024-02"`` → (2024-02-01, 2024-02-29); a moment is its day."""
    day = date[:10]
    if len(day) == 4:
        return f"{day}-01-01", f"{day}-12-31"
    if len(day) == 7:
        year, month = int(day[:4]), int(day[5:])
        return f"{day}-01", f"{day}-{calendar.monthrange(year, month)[1]:02d}"
    return day, day


@dataclass(frozen=True, slots=True)
class Window:
    """A period from ``first`` to ``last``, both days included, as seen on ``today`` (ISO days; empty is open).

    Raises PeriodReversed when it ends before it begins.
    """

    today: str
    first: str = ""
    last: str = ""

    def __post_init__(self) -> None:
        if self.first and self.last and self.last < self.first:
            raise PeriodReversed(f"the period ends on {self.last}, before it begins on {self.first}")

    @property
    def whole(self) -> bool:
        """True when no period was chosen: what has no date counts, too."""
        return not self.first and not self.last

    @property
    def end(self) -> str:
        """The day as at which a state is told: the last of the period, and never later than today."""
        return min(self.last or self.today, self.today)

    def place(self, date: str, *, ahead: bool = False) -> Place:
        """Whether something that happened on ``date`` falls in the period.

        What lies after today has not happened and is outside, unless ``ahead`` (a day by which something is due).
        """
        if not date:
            return "in" if self.whole else "unknown"
        earliest, latest = span(date)
        if not ahead:
            if earliest > self.today:
                return "out"
            latest = min(latest, self.today)
        if latest < self.first or (self.last and earliest > self.last):
            return "out"
        within = earliest >= self.first and (not self.last or latest <= self.last)
        return "in" if within else "unknown"

    def overlaps(self, since: str, until: str) -> Place:
        """Whether something that went on from ``since`` to ``until`` (empty: still going on) did so in the period."""
        if until and span(until)[1] < self.first:
            return "out"
        if not since:
            return "in" if self.whole else "unknown"
        earliest, latest = span(since)
        if earliest > self.end:
            return "out"
        return "in" if min(latest, self.today) <= self.end else "unknown"

    def by_the_end(self, date: str) -> Place:
        """Whether ``date`` had come by the end of the period, whenever that began."""
        if not date:
            return "in" if self.whole else "unknown"
        earliest, latest = span(date)
        if earliest > self.end:
            return "out"
        return "in" if min(latest, self.today) <= self.end else "unknown"
