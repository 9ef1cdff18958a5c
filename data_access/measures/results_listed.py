"""A number and the entries behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.measures.results_window import Place
from data_access.queries.entries import EntryFacts


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry behind a number: its kind and code, its countries (none: the whole coalition), the date it counts on.

    ``key`` is what is counted once where several entries speak of it (an organisation, say), the code otherwise.
    ``least`` and ``most`` are how much the entry adds, where that is a number of people: they differ only where a
    group is too small to be published. ``others`` are the people beside them at the same table.
    """

    kind: str
    code: str
    countries: tuple[str, ...]
    illustrative: bool
    on: str
    key: str = ""
    least: int = 1
    most: int = 1
    others: int = 0

    @classmethod
    def of(cls, kind: str, entry: EntryFacts, countries: tuple[str, ...], on: str, key: str = "") -> Listed:
        """An entry of the record; a country that is empty is none."""
        known = tuple(country for country in countries if country)
        return cls(kind, entry.code, known, entry.illustrative, on, key.strip().casefold())


@dataclass(frozen=True)
class Measured:
    """What a number counts, and what it could not: every list holds each entry once.

    ``unplaced`` are entries whose date is not known closely enough for the period; ``unknown`` those of which nobody
    recorded what the number needs; ``among`` those that were looked at, where that says more than the number alone.
    """

    counted: tuple[Listed, ...] = ()
    unplaced: tuple[Listed, ...] = ()
    unknown: tuple[Listed, ...] = ()
    among: tuple[Listed, ...] = ()

    @classmethod
    def sorted_out(cls, placed: Iterable[tuple[Listed, Place]], unknown: Iterable[Listed] = ()) -> Measured:
        """Entries with where they fall: those inside count, those of which it cannot be told are kept apart."""
        inside, unplaced = [], []
        for listed, place in placed:
            if place == "in":
                inside.append(listed)
            elif place == "unknown":
                unplaced.append(listed)
        return cls(tuple(inside), tuple(unplaced), tuple(unknown))

    def of(self, country: str, *, illustrative: bool) -> Measured:
        """The real or the invented entries of one country; of all of them where ``country`` is empty."""

        def chosen(found: tuple[Listed, ...]) -> tuple[Listed, ...]:
            return tuple(
                one for one in found if one.illustrative == illustrative and (not country or country in one.countries)
            )

        return Measured(chosen(self.counted), chosen(self.unplaced), chosen(self.unknown), chosen(self.among))

    @property
    def number(self) -> int:
        """How many are counted, what several entries speak of once."""
        return len({one.key or one.code for one in self.counted})

    @property
    def once(self) -> tuple[Listed, ...]:
        """The counted entries, of several that are counted once the first."""
        first: dict[str, Listed] = {}
        for one in self.counted:
            first.setdefault(one.key or one.code, one)
        return tuple(first.values())

    @property
    def people(self) -> tuple[int, int]:
        """The fewest and the most people the counted entries stand for."""
        return sum(one.least for one in self.counted), sum(one.most for one in self.counted)

    @property
    def share(self) -> tuple[float, float] | None:
        """The lowest and the highest share, in per cent, of these people among all at the same tables.

        None where nobody sat there. Computed from what is published of each table, so that it gives no small group
        away: the lowest with every such group at its smallest, the highest at its largest.
        """
        least, most = self.people
        others = sum(one.others for one in self.counted)
        if most + others == 0:
            return None
        low = least / (least + others) if least + others else 0.0
        return 100 * low, 100 * most / (most + others)
