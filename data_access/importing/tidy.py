"""What a mapping makes of a partner's file: figures in the product's own terms, each with the cell it came from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TidyRow:
    """One figure on its way in; codes are resolved. ``sheet``, ``row``, ``column`` say which cell of the file it is.

    ``n`` people asked and ``yes`` those of them who said yes (unweighted; None where the file does not say), so that
    disclosure control can count. ``status`` SDMX OBS_STATUS: A, U, P, E, M or Q.
    """

    area: str
    series: str
    group: str
    time_period: str
    value: float | None
    se: float | None = None
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    yes: int | None = None
    population: int | None = None
    status: str = "A"
    note: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
