"""Values and groups in services' words, turned into the product's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

Words = Mapping[str, Mapping[str, str]]
"""A service's dimension → its value → ours as "DIMENSION=CODE", or "" for everyone."""


def figure(value: Any) -> float | None:
    """A finite number, whatever it is written as; None for anything else ("<1", "N", null)."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        read = float(value)
    except (TypeError, ValueError):
        return None
    return read if math.isfinite(read) else None


def year(value: Any) -> str | None:
    """A year of four digits as our time period, None for anything else."""
    read = figure(value)
    return str(int(read)) if read is not None and read == int(read) and 1900 <= read <= 2100 else None


def parts_of(dimensions: Mapping[str, Any], words: Words, only: str) -> list[str] | str:
    """Whom a record is about: the parts of its group key, or, where that cannot be said, the reason as a text.

    ``only`` names values that the series must have and that tell nobody apart ("Age=<5Y").
    """
    wanted = dict(part.split("=", 1) for part in only.split(";") if part)
    for dimension, value in wanted.items():
        if str(dimensions.get(dimension, "")) != value:
            return f"of another {dimension} than {value}"
    parts = []
    for dimension, value in dimensions.items():
        if dimension in wanted or value in (None, ""):
            continue
        known = words.get(dimension, {})
        if str(value) not in known:
            return f"{dimension} {value} has no counterpart here"
        if known[str(value)]:
            parts.append(known[str(value)])
    return parts
