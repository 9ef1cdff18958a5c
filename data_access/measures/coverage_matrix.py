"""What is known of whom: the state of each indicator × group (or × area) from the newest years with a figure."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

State = Literal["both", "official", "community", "outdated", "neither"]
STATES: tuple[State, ...] = ("both", "official", "community", "outdated", "neither")
"""In the order of their numbers in the array of ``states``."""

NOTHING = 0
"""The year that stands for "there is no figure"."""

Years = NDArray[np.int16]


def states(official: Years, community: Years, oldest: int) -> NDArray[np.int8]:
    """The state of each cell, as its position in ``STATES``.

    ``official`` and ``community`` have one shape and hold the year in which the newest figure ends, ``NOTHING`` where
    there is none. A figure counts as current from the year ``oldest`` on: both, one of the two, or neither are then
    told apart by what is current; a cell whose figures are all older is outdated. Invented figures must not be in the
    arrays. ValueError when the shapes differ.
    """
    if official.shape != community.shape:
        raise ValueError(f"official has the shape {official.shape}, community {community.shape}: give one shape")
    here, there = (official >= oldest) & (official > NOTHING), (community >= oldest) & (community > NOTHING)
    ever = (official > NOTHING) | (community > NOTHING)
    found = np.full(official.shape, STATES.index("neither"), dtype=np.int8)
    found[ever] = STATES.index("outdated")
    found[here] = STATES.index("official")
    found[there] = STATES.index("community")
    found[here & there] = STATES.index("both")
    return found
