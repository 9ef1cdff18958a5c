"""How large a partner's file may be."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is read at most; beyond it the reader refuses with a sentence.

    ``file_bytes`` the file as it lies on disk; ``inflated_bytes`` all parts of a zipped spreadsheet together;
    ``ratio`` inflated to packed bytes of a part larger than ``ratio_from_bytes``; ``entries`` parts in the zip;
    ``cells`` of a CSV or SDMX-ML file, ``spreadsheet_cells`` of a spreadsheet, each counted as the rectangle around
    what is written.
    """

    file_bytes: int = 200_000_000
    inflated_bytes: int = 600_000_000
    ratio: int = 200
    ratio_from_bytes: int = 10_000_000
    entries: int = 5_000
    sheets: int = 500
    rows: int = 2_000_000
    columns: int = 5_000
    cells: int = 25_000_000
    spreadsheet_cells: int = 5_000_000


LIMITS = Limits()
