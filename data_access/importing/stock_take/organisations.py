"""Organisations as written, each with a key; names that may be one organisation's are told, never joined."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data_access.importing.mapping.ledger import Ledger
from data_access.importing.resolution.names import comparable
from data_access.importing.resolution.near import nearest
from data_access.importing.stock_take.entries import Organisation

ALIKE = 92.0
"""Least likeness (0-100) of two names to be told as perhaps one."""
MOST_NAMES = 1500


def organisation_key(name: str, acronym: str = "", names: Mapping[str, str] | None = None) -> str:
    """What makes two spellings one organisation: the comparable name, else the comparable acronym.

    ``names``, by comparable acronym, gives the comparable name where the file itself pairs an acronym with one only.
    """
    key, short = comparable(name), comparable(acronym)
    if key and short and key != short:
        return key
    return (names or {}).get(key or short, key or short)


class Organisations:
    """Every organisation a file names, in whatever part."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """``pairs`` of name and acronym as the rows have them, empty where one is missing."""
        self._names: dict[str, dict[str, str]] = {}
        self._all: dict[str, str] = {}
        for name, acronym in dict.fromkeys(pairs):
            if name:
                self._all.setdefault(comparable(name), name)
            if name and acronym and comparable(name) != comparable(acronym):
                self._names.setdefault(comparable(acronym), {}).setdefault(comparable(name), name)
        self._only = {short: next(iter(named)) for short, named in self._names.items() if len(named) == 1}

    def of(self, name: str, acronym: str = "", kind: str = "") -> Organisation:
        """The organisation of that name and acronym, with its key."""
        return Organisation(name, acronym, kind, organisation_key(name, acronym, self._only))

    def tell(self, ledger: Ledger) -> None:
        """A remark for every acronym with several names, and for names that are spelt nearly alike."""
        told: set[frozenset[str]] = set()
        for short, named in sorted(self._names.items()):
            if len(named) > 1:
                told.add(frozenset(named))
                ledger.add(
                    "remark",
                    "organisation",
                    f"The acronym stands beside {len(named)} names; they are kept apart.",
                    "If they are one, write them alike in the file.",
                    value=short.upper(),
                    candidates=tuple(sorted(named.values())),
                )
        keys = [key for key in self._all if key not in self._only]
        for at, key in enumerate(keys[:MOST_NAMES]):
            for place, score in nearest(key, keys[at + 1 : MOST_NAMES]):
                other = keys[at + 1 + place]
                if score >= ALIKE and not any({key, other} <= pair for pair in told):
                    ledger.add(
                        "remark",
                        "organisation",
                        "Two names are spelt nearly alike; they are kept apart.",
                        "If they are one, write them alike in the file.",
                        value=self._all[key],
                        candidates=(self._all[other],),
                    )
