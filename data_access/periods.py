"""Time periods as sources write them: a year, or a survey that ran over several ("2019-21")."""

from __future__ import annotations

import re

_PERIOD = re.compile(r"(\d{4})(?:-(\d{2}|\d{4}))?")


class UnknownPeriod(ValueError):
    """A time period is neither a year nor a span of years."""


def years(time_period: str) -> tuple[int, int]:
    """First and last year: ``"2019"`` → (2019, 2019), ``"2019-21"`` → (2019, 2021).

    Raises UnknownPeriod for anything else, or when the span runs backwards.
    """
    found = _PERIOD.fullmatch(time_period)
    if not found:
        raise UnknownPeriod(f"{time_period!r} is no time period; write 2019 or 2019-21")
    first = int(found[1])
    if found[2] is None:
        return first, first
    last = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
    if last < first:
        raise UnknownPeriod(f"{time_period!r} runs backwards; write the earlier year first")
    return first, last
