"""What a reader may be shown: one published figure with everything needed to defend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Origin = Literal["official", "community"]
Absence = Literal["suppressed", "not_collected", "not_disaggregated", "not_published", "not_held"]
"""Why there is no value: withheld to protect people · nobody asked · asked, but not published this far apart · the
publisher left it out · not held here, for a reason nobody has recorded."""

ABSENCES: tuple[Absence, ...] = ("suppressed", "not_collected", "not_disaggregated", "not_published", "not_held")


@dataclass(frozen=True, slots=True)
class Figure:
    """One observation with its labels, provenance and licence; immutable, safe to share between sessions.

    ``value`` is None exactly when ``absence`` says why. ``lower`` and ``upper`` are the 95 % bounds the
    source itself published, None when it published none: nothing here is imputed. ``n`` is the sample size,
    ``population`` the denominator; None means unknown, never zero. ``row`` is the line of the shipped file
    (header = line 1) and ``release`` names that file, so any figure can be traced back by hand.
    """

    country: str
    area: str
    area_name: str
    series: str
    series_name: str
    unit: str
    group: str
    group_name: str
    time_period: str
    year: int
    value: float | None
    lower: float | None
    upper: float | None
    se: float | None
    n: int | None
    population: int | None
    status: str
    absence: Absence | None
    note: str
    source: str
    source_title: str
    publisher: str
    origin: Origin
    illustrative: bool
    licence: str
    licence_state: str
    release: str
    row: int
    caveats: str = ""
    """What the source says one must be careful about."""
    recognised: tuple[str, ...] = ()
    """What each official body last did with the source, as recorded; empty where nothing is."""

    @property
    def has_interval(self) -> bool:
        """True when the source published both bounds."""
        return self.lower is not None and self.upper is not None
