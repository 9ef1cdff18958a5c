"""Labels of rows (strata, sampling units, groups, circumstances) as small whole numbers."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_access.measures.errors import LengthsDiffer, MeasureRefused

Codes = NDArray[np.intp]
Labels = Iterable[Hashable] | NDArray[Any]


class LabelMissing(MeasureRefused):
    """A row has no label where it needs one."""

    def __init__(self, argument: str, position: int) -> None:
        self.argument, self.position = argument, position
        super().__init__(
            f"{argument}[{position}] is missing: give the row a label of its own, such as 'not stated', "
            "or leave the row out."
        )


@dataclass(frozen=True, slots=True)
class Categories:
    """n rows, each with one of a few labels: ``codes`` (n,) are positions in ``labels``, −1 where a row has none."""

    labels: tuple[Hashable, ...]
    codes: Codes


def categories(argument: str, values: Labels, rows: int, *, none_allowed: bool = False) -> Categories:
    """The labels of ``rows`` rows, sorted as text so that the order of the rows does not matter.

    None is no label; it is allowed where ``none_allowed``. Raises LengthsDiffer, LabelMissing (None, NaN, empty text).
    """
    items = values.tolist() if isinstance(values, np.ndarray) else list(values)
    if len(items) != rows:
        raise LengthsDiffer(argument, len(items), rows)
    found: dict[Hashable, int] = {}
    first_seen = np.fromiter((found.setdefault(item, len(found)) for item in items), dtype=np.intp, count=rows)
    for label, code in found.items():
        if label == "" or label != label or (label is None and not none_allowed):
            raise LabelMissing(argument, int(np.argmax(first_seen == code)))
    labels = tuple(sorted((label for label in found if label is not None), key=lambda label: (str(label), repr(label))))
    place = np.full(max(len(found), 1), -1, dtype=np.intp)
    for position, label in enumerate(labels):
        place[found[label]] = position
    return Categories(labels, place[first_seen])
