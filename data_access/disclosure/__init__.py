"""Disclosure control: what may leave the database, decided once for everything published from a source.

``reading`` holds the rule at the boundary through which every figure passes; ``primary`` says which cells tell too
much by themselves; ``table`` holds linked tables; ``complementary`` chooses what else must be hidden; ``attack`` tries
to undo it and refuses a release that fails. Only ``reading`` is imported here, so that a page never loads a solver.
"""

from __future__ import annotations

from data_access.disclosure.reading import SMALLEST_CELL, absence_of

__all__ = ["SMALLEST_CELL", "absence_of"]
