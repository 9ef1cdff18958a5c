"""What may leave the database: the one place through which every figure passes on its way to a reader."""

from __future__ import annotations

from data_access.figures import Absence, Origin

SMALLEST_CELL = 10
"""A community estimate from fewer people than this is withheld."""


def absence_of(status: str, *, origin: Origin, n: int | None) -> Absence | None:
    """Why a stored value may not be shown, or None when it may.

    Suppressed: marked so by whoever published it (SDMX OBS_STATUS Q), or a community estimate from fewer than
    ``SMALLEST_CELL`` people. A value that is missing in the source (M) was not published.
    """
    if status == "Q" or (origin == "community" and n is not None and n < SMALLEST_CELL):
        return "suppressed"
    return "not_published" if status == "M" else None
