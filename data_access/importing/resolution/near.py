"""Names spelt nearly alike: candidates for a question, never an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

ALIKE = 74.0
"""Least likeness (0-100) for a name to be offered."""

MOST = 5
SHORTEST = 3


def nearest(key: str, names: Sequence[str]) -> list[tuple[int, float]]:
    """Places in ``names`` of those most like ``key`` and how alike they are (0-100), best first.

    Likeness is the greater of two: of the texts letter by letter (normalised insertions and deletions), and of their
    words in alphabetical order.
    """
    if len(key) < SHORTEST or not any(c.isalpha() for c in key):
        return []
    best: dict[int, float] = {}
    for scorer in (fuzz.ratio, fuzz.token_sort_ratio):
        for _name, score, place in process.extract(key, names, scorer=scorer, score_cutoff=ALIKE, limit=4 * MOST):
            best[place] = max(score, best.get(place, 0.0))
    return sorted(best.items(), key=lambda found: (-found[1], names[found[0]]))


def first_of_each(codes: Iterable[tuple[str, float]], most: int = MOST) -> list[tuple[str, float]]:
    """The first ``most`` different codes, each with its best likeness."""
    found: dict[str, float] = {}
    for code, score in codes:
        found.setdefault(code, score)
        if len(found) == most:
            break
    return list(found.items())
