"""Arrays that were looked at before anything is computed from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from data_access.measures.errors import LengthsDiffer, ValueMissing, ValueOutOfRange

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Stated = ArrayLike | Sequence[float | None] | None
"""Numbers of which some, or all, were never published: None says so; NaN does not."""


def finite(argument: str, values: ArrayLike) -> Floats:
    """One-dimensional array of finite numbers; a single number becomes an array of one.

    Raises ValueMissing at the first NaN or infinity.
    """
    array = np.atleast_1d(np.asarray(values, dtype=np.float64))
    wrong = ~np.isfinite(array)
    if wrong.any():
        position = int(wrong.argmax())
        raise ValueMissing(argument, position, float(array[position]))
    return array


def stated(argument: str, values: Stated) -> tuple[Floats, Flags]:
    """Numbers and where they are stated; the places of None hold NaN in the first array, False in the second.

    Raises ValueMissing where a NaN or an infinity was given: a missing number must be said with None.
    """
    if values is None:
        return np.array([np.nan]), np.array([False])
    if isinstance(values, np.ndarray) and values.dtype != np.object_:
        array = finite(argument, values)
        return array, np.ones(array.shape, dtype=np.bool_)
    items = np.atleast_1d(np.asarray(values, dtype=np.object_))
    given = np.array([item is not None for item in items], dtype=np.bool_)
    array = np.full(items.shape, np.nan)
    array[given] = items[given].astype(np.float64)
    wrong = given & ~np.isfinite(array)
    if wrong.any():
        position = int(wrong.argmax())
        raise ValueMissing(argument, position, float(array[position]))
    return array, given


def same_length(**arrays: NDArray[np.generic]) -> int:
    """Length the arrays share, those of length 1 standing for every row; LengthsDiffer names the first misfit."""
    length = 1
    for argument, array in arrays.items():
        if array.size == 1 or array.size == length:
            continue
        if length != 1:
            raise LengthsDiffer(argument, array.size, length)
        length = array.size
    return length


def require(argument: str, values: Floats, allowed: str, rule: Callable[[Floats], Flags]) -> None:
    """Raise ValueOutOfRange at the first value for which ``rule`` is false; ``allowed`` says the rule in words."""
    wrong = ~rule(values)
    if wrong.any():
        position = int(wrong.argmax())
        raise ValueOutOfRange(argument, position, float(values[position]), allowed)
