"""The answers of single people, in memory only, and what can be wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data_access.importing.findings import Finding

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Answers:
    """One row a person or household. Codes are text without blanks around it, numbers are numbers; None is no answer.

    ``file`` and ``sheet`` say where the answers come from, for what is found in them.
    """

    table: pa.Table
    file: str
    sheet: str = ""


@dataclass(frozen=True)
class Answered:
    """One column of all people: ``codes`` (n,) into ``labels``; -1 where there is no answer."""

    codes: Codes
    labels: tuple[str, ...]

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> Answered:
        """A column of ``Answers`` as codes: a whole number is written without decimals, an empty text is no answer."""
        if pa.types.is_floating(column.type):  # which may hold NaN, no answer either
            column = pa.chunked_array([pa.array(column.to_numpy(), from_pandas=True)])
        whole = column.combine_chunks()
        encoded = whole if pa.types.is_dictionary(whole.type) else whole.dictionary_encode()
        places: dict[str, int] = {}
        into = [places.setdefault(said, len(places)) if said else -1 for said in map(_text, encoded.dictionary)]
        codes = encoded.indices.fill_null(len(into)).to_numpy(zero_copy_only=False)
        return cls(np.array([*into, -1], dtype=np.int64)[codes], tuple(places))

    def mapped(self, into: Mapping[int, str]) -> Answered:
        """Each label replaced by what ``into`` has for it; people of other labels have no answer."""
        names = tuple(dict.fromkeys(into.values()))
        places = {name: i for i, name in enumerate(names)}
        lookup = np.array([*(places[into[i]] if i in into else -1 for i in range(len(self.labels))), -1], np.int64)
        return Answered(lookup[self.codes], names)

    def counts(self) -> NDArray[np.int64]:
        """How many people have each label."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.labels)).astype(np.int64)

    def arrow(self) -> pa.Array:
        """As a column of ``Answers``."""
        indices = pa.array(np.where(self.codes < 0, 0, self.codes), pa.int32(), mask=self.codes < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(self.labels or [""], pa.string()))


class AnswersRefused(ValueError):
    """The answers cannot be estimated from; ``findings`` says all that is wrong with them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        said = [f"{each.file}, {each.column or each.sheet}: {each.what} {each.mend}" for each in findings]
        super().__init__("\n".join(said))


def _text(scalar: pa.Scalar) -> str:
    value = scalar.as_py()
    if value is None:
        return ""
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return str(value)
