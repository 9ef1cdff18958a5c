"""Disability as the Washington Group short set on functioning tells it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data_access.importing.resolution.names import comparable

DOMAINS = 6
WITH, WITHOUT, INCOMPLETE = 0, 1, -1
"""Persons with disabilities (SDMX: PD), without (PWD, easily misread), and those of whom it is not known."""
USUAL = ("1", "2", "3", "4")
"""No difficulty; some; a lot; cannot do at all: as the short set numbers its answers."""
WORDS = (("cannot", True), ("can not", True), ("a lot of", True), ("some difficult", False), ("no difficult", False))


def difficulty_codes(label: str, *, usual: Collection[str]) -> bool | None:
    """Whether an answer's English wording means a lot of difficulty or cannot do at all; None for other words.

    Only where the mapping keeps to the ``usual`` answers: who names others has said what they mean.
    """
    if tuple(usual) != USUAL:
        return None
    said = comparable(label)
    return next((telling for words, telling in WORDS if words in said), None)


def status(answers: NDArray[np.int64], *, incomplete: Literal["unknown", "without"] = "unknown") -> NDArray[np.int64]:
    """WITH, WITHOUT or INCOMPLETE of each person.

    ``answers`` of shape (6, n): 1 a lot of difficulty or cannot do at all, 0 less, -1 no answer. A person has a
    disability who has 1 in at least one domain. Who has not, and left some out, is not known, or, with ``incomplete``
    "without", counted without, unless nothing was answered. Raises ValueError for another number of domains.

    Source: Washington Group on Disability Statistics, recommended cut-off for the short set.
    """
    if answers.shape[0] != DOMAINS:
        raise ValueError(f"The short set has {DOMAINS} different questions; {answers.shape[0]} are given.")
    given = answers >= 0
    enough = given.any(axis=0) if incomplete == "without" else given.all(axis=0)
    found = np.where(enough, WITHOUT, INCOMPLETE)
    return np.where((answers == 1).any(axis=0), WITH, found).astype(np.int64)
