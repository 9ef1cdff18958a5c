"""Which rows of a release are withheld: the small ones, and as few others as keep them from being recomputed.

People who were asked one question were asked the others: where each question hid the bases it likes, one would show the
base that another hides. So the numbers asked are protected first, once for all questions answered by the same people;
then each question by itself, for a reader who knows every base that is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from data_access.disclosure.cells import Cell
from data_access.disclosure.primary import Reason
from data_access.publishing.rows import ASKED, PEOPLE, Row, Scope
from data_access.publishing.tables import CountTable, Name

Kind = Literal["primary", "complementary"]


@dataclass(frozen=True, slots=True)
class Withheld:
    """Why a row is withheld; as secret as its value."""

    kind: Kind
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """``withheld`` rows by their place in the release; ``unlinked`` dimensions whose parts do not add up, so that no
    sum over them was looked at, by table."""

    withheld: Mapping[int, Withheld]
    unlinked: tuple[str, ...] = ()


def decide(
    rows: Sequence[Row], scope: Scope, *, shown_before: Iterable[Row] = (), withheld_by_publisher: bool = True
) -> Decision:
    """Decide for all rows of a release at once.

    ``shown_before`` what earlier releases of the source showed of the same periods: known for good.
    ``withheld_by_publisher``: rows that came without a value (status Q) are protected against being recomputed, too; a
    file whose publisher has seen to that needs no second look. Shares that are computed from a count of people stand in
    the table of that count, and are withheld with it.

    Raises CannotBeProtected or ReleaseRefused, naming the cells; nothing is then to be published.
    """
    reasons = {i: found for i, row in enumerate(rows) if (found := scope.reasons(row))}
    decided = _Decided(rows, scope, list(shown_before), {i: Withheld("primary", why) for i, why in reasons.items()})
    if reasons or withheld_by_publisher:
        decided.withheld |= {i: Withheld("primary") for i, row in enumerate(rows) if row.status == "Q"}
    confided = scope.counts_people and (scope.origin == "community" or scope.sensitive)
    if decided.withheld or confided:
        decided.look_at_people(every_table=confided)
    if confided:
        decided.look_at_those_asked()
    return Decision(decided.withheld, tuple(dict.fromkeys(decided.unlinked)))


@dataclass
class _Decided:
    rows: Sequence[Row]
    scope: Scope
    before: Sequence[Row]
    withheld: dict[int, Withheld]
    unlinked: list[str] = field(default_factory=list)

    def look_at_people(self, *, every_table: bool) -> None:
        """Protect the tables of people whom a series counts; without ``every_table`` those with a small row."""
        for name, positions in _by_table(self.rows, self.scope).items():
            if every_table or any(i in self.withheld for i in positions):
                earlier = [row for row in self.before if _counts_people(row) and _name(row, self.scope, PEOPLE) == name]
                table = self._table(name, positions, earlier)
                self._withhold(table, table.hidden([i for i in positions if i in self.withheld]))

    def look_at_those_asked(self) -> None:
        """Protect the numbers asked, once for all questions answered by the same people, then each question."""
        for family in _families(self.rows, self.scope):
            positions = [i for places in family.values() for i in places]
            first = self.rows[positions[0]]
            name = (first.country, next(iter(family)), first.time_period, ASKED)
            bases = self._table(name, positions, self._asked_before(name, family))
            few = {i for i in positions if self._says(i, "small_base")}
            gone = bases.hidden(few)
            self._withhold(bases, gone)
            for series, places in family.items():
                small = {i for i in places if i in self.withheld and i not in few and bases.cells.get(i) not in gone}
                if small:
                    name = (first.country, series, first.time_period, ASKED)
                    table = self._table(name, places, self._asked_before(name, [series]))
                    self._withhold(table, table.hidden(small, gone & set(table.cells.values())))

    def _table(self, name: Name, positions: Iterable[int], earlier: Sequence[Row]) -> CountTable:
        table = CountTable(name, {i: self.rows[i] for i in positions}, self.scope, earlier)
        self.unlinked += [f"{' '.join(name)}: {dimension}" for dimension in table.unlinked]
        return table

    def _asked_before(self, name: Name, series: Collection[str]) -> list[Row]:
        country, _, period, _ = name
        return [
            row
            for row in self.before
            if row.n is not None and (row.country, row.time_period) == (country, period)
            if self.scope.counted_series(row) in series
        ]

    def _withhold(self, table: CountTable, gone: frozenset[Cell]) -> None:
        small = {one for i, one in table.cells.items() if i in self.withheld}
        for i, one in table.cells.items():
            if one in gone and i not in self.withheld:
                self.withheld[i] = Withheld("primary" if one in small else "complementary")

    def _says(self, i: int, reason: Reason) -> bool:
        return i in self.withheld and reason in self.withheld[i].reasons


def _name(row: Row, scope: Scope, what: str) -> Name:
    return row.country, scope.counted_series(row), row.time_period, what


def _counts_people(row: Row) -> bool:
    """Whether a row stands in a table of people; a withheld one, whose numbers are gone, by its unit."""
    return row.people is not None or row.unit == "NUMBER" or row.population is not None


def _by_table(rows: Sequence[Row], scope: Scope) -> dict[Name, list[int]]:
    found: dict[Name, list[int]] = {}
    for i, row in enumerate(rows):
        if _counts_people(row):
            found.setdefault(_name(row, scope, PEOPLE), []).append(i)
    return found


def _families(rows: Sequence[Row], scope: Scope) -> Iterator[dict[str, list[int]]]:
    """Rows by series, in families: within one, everybody who was asked one question was asked the others."""
    waves: dict[tuple[str, str], dict[str, list[int]]] = {}
    for i, row in enumerate(rows):
        if row.n is not None:
            waves.setdefault((row.country, row.time_period), {}).setdefault(scope.counted_series(row), []).append(i)
    for wave in waves.values():
        families: list[tuple[dict[Cell, int], dict[str, list[int]]]] = []
        for series, positions in wave.items():
            bases = {scope.cell(rows[i]): rows[i].n or 0 for i in positions}
            for known, members in families:
                shared = known.keys() & bases.keys()
                if shared and all(known[one] == bases[one] for one in shared):
                    known |= bases
                    members[series] = positions
                    break
            else:
                families.append((bases, {series: positions}))
        yield from (members for _, members in families)
