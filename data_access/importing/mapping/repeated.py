"""Figures that a table says twice, the same in everything: taken once where the mapping says so."""

from __future__ import annotations

import numpy as np

from data_access.importing.mapping.figures import Columns
from data_access.importing.mapping.ledger import Ledger

WHERE = ("row", "column", "at")
"""Where a figure stands: all that two that are the same may differ in."""


def taken_once(frame: Columns, ledger: Ledger) -> Columns:
    """The figures without those that an earlier one says, too; how many they were goes to the ledger.

    Two that differ in anything (value, note, status …) both stay, and the checks ask about them.
    """
    # NaN stands for an empty number and is no key by itself: two of them are the same here.
    said = [["" if value != value else value for value in frame[n].tolist()] for n in frame if n not in WHERE]
    seen: set[tuple[object, ...]] = set()
    first = np.ones(len(frame["row"]), dtype=np.bool_)
    for place, figure in enumerate(zip(*said, strict=True)):
        first[place] = figure not in seen
        seen.add(figure)
    again = int((~first).sum())
    ledger.counted("figures repeated", [("figures stand twice, the same in everything: taken once.", again)])
    return frame if first.all() else {name: column[first] for name, column in frame.items()}
