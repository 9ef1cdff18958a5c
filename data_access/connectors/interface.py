"""What every connector can do, and what it hands over."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import NothingHeld
from data_access.importing.tidy import TidyRow


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms a service publishes its figures under; ``state`` is one of models.sources.LICENCE_STATES."""

    name: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A series of ours that a service has under ``code``.

    ``group`` is who the figures are about before they are broken down ("SEX=F"); ``only`` are the dimension values,
    in the service's words, that its records must have and that tell nobody apart ("Age=<5Y"). ``verified_in`` is the
    document in which the code was seen with its meaning, empty where none was found.
    """

    series: str
    code: str
    group: str = ""
    only: str = ""
    verified_in: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that were not taken, and why."""

    reason: str
    records: int


@dataclass(frozen=True)
class Pulled:
    """One series of one country as a service gave it.

    ``raw`` are the service's answers as they came, one after another; ``sha256`` is theirs; ``url`` the first address
    asked; ``accessed`` (UTC) when the oldest of them came.
    """

    connector: str
    country: str
    series: str
    rows: tuple[TidyRow, ...]
    left_out: tuple[LeftOut, ...]
    raw: bytes
    sha256: str
    url: str
    accessed: datetime
    licence: Licence


class Connector(Protocol):
    """A service that publishes official figures. ``name`` is its code, ``title`` and ``publisher`` are for people."""

    @property
    def name(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def licence(self) -> Licence: ...

    def series_offered(self) -> tuple[Offered, ...]:
        """Our series that the service has."""

    def pull(self, country: str, series: str, *, since: int | None = None, store: PageStore) -> Pulled:
        """The figures of a series (our code) in a country (ISO 3166-1 alpha-3) from the year ``since`` on.

        Pages that came less than a day ago are read from ``store``. Raises PullProblem; nothing is then handed over.
        """

    def check(self, *, store: PageStore) -> str:
        """Ask one tiny question and return what was answered, in a few words. Raises PullProblem."""


class Gathering:
    """Rows as they are found, and a count of what was left out for which reason."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str, str], list[TidyRow]] = {}
        self._left_out: Counter[str] = Counter()

    def leave_out(self, reason: str) -> None:
        """Count one record that is not taken."""
        self._left_out[reason] += 1

    def add(self, row: TidyRow) -> None:
        """Take a row; the same figure told twice counts once, two figures for one place, group and time not at all."""
        if row.lower is not None and row.upper is not None and not row.lower <= (row.value or 0.0) <= row.upper:
            return self.leave_out("its value lies outside its own bounds")
        if row.lower is None or row.upper is None:
            row = replace(row, lower=None, upper=None)
        self._rows.setdefault((row.area, row.group, row.time_period), []).append(row)
        return None

    def pulled(
        self, connector: Connector, country: str, series: str, pages: Sequence[Page], licence: Licence | None = None
    ) -> Pulled:
        """What was gathered from ``pages``. Raises NothingHeld when no row is left."""
        rows = []
        accessed = min(page.accessed for page in pages)
        for same in self._rows.values():
            if int(same[0].time_period) > accessed.year:
                self._left_out["of a year to come"] += len(same)
            elif len({(row.value, row.lower, row.upper) for row in same}) > 1:
                self._left_out["more than one value for the same place, group and time"] += len(same)
            else:
                rows.append(same[0])
        if not rows:
            raise NothingHeld(connector.title, series, country)
        raw = b"\n".join(page.body for page in pages)
        return Pulled(
            connector=connector.name,
            country=country,
            series=series,
            rows=tuple(sorted(rows, key=lambda r: (r.area, r.group, r.time_period))),
            left_out=tuple(LeftOut(reason, count) for reason, count in sorted(self._left_out.items())),
            raw=raw,
            sha256=hashlib.sha256(raw).hexdigest(),
            url=pages[0].url,
            accessed=accessed,
            licence=licence or connector.licence,
        )


def joined(parts: Iterable[str]) -> str:
    """A group key of parts "DIMENSION=CODE": sorted, as groups are kept; a later part of a dimension wins."""
    found = dict(part.split("=", 1) for part in parts if part)
    return "|".join(f"{dimension}={code}" for dimension, code in sorted(found.items()))
