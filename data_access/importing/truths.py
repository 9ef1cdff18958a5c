"""What a withheld estimate from answers says: for the protected table, never for readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data_access.importing.tidy import TidyRow


@dataclass(frozen=True, slots=True)
class Truth:
    """A withheld figure as it is; ``kind`` and ``reasons`` why it is withheld, as secret as its value."""

    row: TidyRow
    kind: Literal["primary", "complementary"]
    reasons: tuple[str, ...] = ()
