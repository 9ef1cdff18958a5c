"""What may leave the database: the rule at the boundary through which every figure passes on its way to a reader."""

from __future__ import annotations

from data_access.disclosure.reading import SMALLEST_CELL, absence_of

__all__ = ["SMALLEST_CELL", "absence_of"]
