"""A gap chart whose rows hang together as a tree: each group is divided into the groups drawn under it."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.definitions import GapChart


@dataclass(frozen=True, kw_only=True, eq=False)
class TreeChart(GapChart):
    """Groups of a tree as rows, each before its parts, on one axis; a renderer that knows no trees draws the rows.

    ``parents`` holds for each row the position of the row it is a part of; None for everyone, and for a row that
    stands apart from the tree.
    """

    parents: tuple[int | None, ...]

    @property
    def depths(self) -> tuple[int, ...]:
        """How many divisions lead to each row; 0 for everyone."""
        found: list[int] = []
        for parent in self.parents:
            found.append(0 if parent is None else found[parent] + 1)
        return tuple(found)
