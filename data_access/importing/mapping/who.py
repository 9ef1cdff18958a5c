"""Groups while a mapping is applied: pieces of a group key from several columns, joined to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from data_access.importing.mapping.cells import Objects, distinct, each, objects, text_of
from data_access.importing.mapping.resolve import Answer, Question, Resolve
from data_access.importing.mapping.schema import Column
from data_access.models.groups import group_key, members

TOTALS = frozenset({"", "_T", "total", "all"})


def piece(dimension: str, category: str) -> str:
    """One member as a group key; no category is the total."""
    return f"{dimension}={category}" if category else ""


def of_column(column: Column, cells: Objects, resolve: Resolve) -> Objects:
    """For each cell of a ``group`` column its piece of the key, a question, or None for an unknown category."""
    dimension = column.dimension or ""

    def meaning(cell: Any) -> Answer:
        text = text_of(cell)
        if text in column.codes:
            return piece(dimension, column.codes[text])
        if text in column.total or text in TOTALS:
            return ""
        if column.only_listed:
            return None
        answer = resolve.category(dimension, text)
        return piece(dimension, answer) if isinstance(answer, str) else answer

    return each(cells, meaning)


def of_key(text: str) -> str | None:
    """A whole group key, members in any order; None when the text is none."""
    text = "" if text in TOTALS else text
    parts = [part.partition("=") for part in text.split("|")] if text else []
    if any(not (sign and dimension and category) for dimension, sign, category in parts):
        return None
    found = {dimension.strip(): category.strip() for dimension, _, category in parts}
    return group_key(found) if len(found) == len(parts) else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a dimension and a category beside it: ``about`` what, of which ``text``, and what may answer."""

    about: str
    text: str
    answer: Question | None


def of_pair(dimension: str, category: str, resolve: Resolve) -> str | Asked:
    """The piece that a dimension and a category beside it mean; intersections have both joined by |."""
    if dimension.casefold() in TOTALS or category.casefold() in TOTALS:
        return ""
    dimensions, categories = dimension.split("|"), category.split("|")
    if len(dimensions) != len(categories):
        return Asked("group", f"{dimension}: {category}", Question("has not as many categories as dimensions."))
    found: dict[str, str] = {}
    for said, of in zip(dimensions, categories, strict=True):
        known = resolve.dimension(said.strip())
        if not isinstance(known, str):
            return Asked("dimension", said.strip(), known)
        answer = resolve.category(known, of.strip())
        if not isinstance(answer, str):
            return Asked(f"category of {known}", of.strip(), answer)
        found |= {known: answer} if answer else {}
    return group_key(found)


def joined(pieces: Sequence[Objects], size: int) -> Objects:
    """One key for each row from its pieces (None where one is unknown or two contradict one another)."""
    codes = np.zeros(size, dtype=np.int64)
    values: list[tuple[Any, ...]] = [()]
    for column in pieces:
        at, known = distinct(column)
        known.append(None)
        at = np.where(at < 0, len(known) - 1, at)
        both, pairs = distinct_ints(codes * len(known) + at)
        values = [(*values[pair // len(known)], known[pair % len(known)]) for pair in pairs]
        codes = both
    keys = objects((_join(parts) for parts in values), len(values))
    made: Objects = keys[codes]
    return made


def distinct_ints(values: Any) -> tuple[Any, list[int]]:
    """Positions among the distinct integers, and those."""
    found, at = np.unique(values, return_inverse=True)
    return at, found.tolist()


def _join(parts: tuple[Any, ...]) -> str | None:
    found: dict[str, str] = {}
    for part in parts:
        if not isinstance(part, str):
            return None
        for dimension, category in members(part).items():
            if found.setdefault(dimension, category) != category:
                return None
    return group_key(found)


def changed(keys: Objects, change: Callable[[str], str]) -> Objects:
    """Every known key changed in the same way."""
    return each(keys, lambda key: change(key) if isinstance(key, str) else None)
