"""Which rows of a release are withheld: the small ones, and as few others as keep them from being recomputed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from data_access.disclosure.attack import publishable
from data_access.disclosure.cells import EVERYBODY, Cell, Hierarchy
from data_access.disclosure.complementary import choose
from data_access.disclosure.primary import Reason
from data_access.disclosure.problems import NotAdditive
from data_access.disclosure.table import Table, build
from data_access.publishing.rows import ASKED, DIMENSION_OF_AREAS, PEOPLE, Row, Scope

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
    file whose publisher has seen to that needs no second look. A table is what
    adds up: the people whom one series counts, or the people whom it asked, in one country and period. Shares that
    are computed from a count stand in the table of that count, and are withheld with it.

    Raises CannotBeProtected or ReleaseRefused, naming the cells; nothing is then to be published.
    """
    withheld = {i: Withheld("primary", found) for i, row in enumerate(rows) if (found := scope.reasons(row))}
    if withheld or withheld_by_publisher:
        withheld |= {i: Withheld("primary") for i, row in enumerate(rows) if row.status == "Q"}
    unlinked: dict[str, None] = {}
    confided = scope.counts_people and (scope.origin == "community" or scope.sensitive)
    if withheld or confided:
        earlier_rows = list(shown_before)
        before = _tables(earlier_rows, scope)
        for name, positions in _tables(rows, scope).items():
            if confided or any(i in withheld for i in positions):
                earlier = [earlier_rows[i] for i in before.get(name, ())]
                table = _Table(name, {i: rows[i] for i in positions}, scope, earlier)
                withheld |= {i: w for i, w in table.withheld(withheld).items() if i not in withheld}
                unlinked |= dict.fromkeys(f"{' '.join(name)}: {dimension}" for dimension in table.unlinked)
    return Decision(withheld, tuple(unlinked))


Name = tuple[str, str, str, str]
"""Country, series of the count, period, and what is counted: those asked, or people."""


def _tables(rows: Sequence[Row], scope: Scope) -> dict[Name, list[int]]:
    found: dict[Name, list[int]] = {}
    for i, row in enumerate(rows):
        for what in _counted(row):
            found.setdefault((row.country, scope.counted_series(row), row.time_period, what), []).append(i)
    return found


def _counted(row: Row) -> Iterator[str]:
    """In which tables a row stands; a withheld one, whose numbers are gone, in the table of its unit."""
    if row.n is not None:
        yield ASKED
    if row.people is not None or row.unit == "NUMBER" or row.population is not None:
        yield PEOPLE


class _Table:
    """One table of counts, with every row that shows one of its cells."""

    def __init__(self, name: Name, rows: Mapping[int, Row], scope: Scope, before: Sequence[Row]) -> None:
        self.name, self.rows, self.scope = name, rows, scope
        self.counts: dict[Cell, float] = {}
        self.known = self._add(before)
        for row in rows.values():
            self._count(row)
        for row in (*rows.values(), *before):
            base = scope.base(row) if name[3] == PEOPLE else None
            if base is not None and row.population is not None:
                self.counts.setdefault(base, float(row.population))
                self.known.add(base)
        self.hierarchies, self.unlinked = self._linked()

    def withheld(self, known: Mapping[int, Withheld]) -> dict[int, Withheld]:
        """Every row of the table that is withheld, those of ``known`` included."""
        cells = {i: self.scope.cell(row) for i, row in self.rows.items() if self.scope.cell(row) in self.counts}
        small = {cells[i] for i in known if i in cells}
        table = self._build(small, cells.values())
        if not table.needy.any():
            return {i: known[i] for i in cells if i in known}
        hidden = choose(table).hidden
        publishable(table, hidden).require()
        gone = {table.cells[position] for position in hidden.nonzero()[0].tolist()}
        return {
            i: known.get(i) or Withheld("primary" if one in small else "complementary")
            for i, one in cells.items()
            if one in gone
        }

    def _build(self, small: set[Cell], shown: Iterable[Cell]) -> Table:
        def telling(one: Cell, count: float) -> bool:
            return one in small or (one not in self.counts and self.scope.small(one, count, self.name[1]))

        return build(
            self.counts,
            self.hierarchies,
            primary=telling,
            rule=self.scope.rule,
            published=set(shown),
            shown_before=self.known,
        )

    def _add(self, rows: Iterable[Row]) -> set[Cell]:
        return {one for row in rows if (one := self._count(row)) is not None}

    def _count(self, row: Row) -> Cell | None:
        """Enter a row's count, the newer one over the older; a share's only where no count is given outright."""
        count = row.n if self.name[3] == ASKED else row.people
        if count is None:
            return None
        one = self.scope.cell(row)
        if row.unit == "NUMBER" or self.name[3] == ASKED or one not in self.counts:
            self.counts[one] = float(count)
        return one

    def _linked(self) -> tuple[list[Hierarchy], tuple[str, ...]]:
        """For each dimension the strongest sums that hold: all parts at once, each part against the rest, or none."""
        names = sorted({dimension for one in self.counts for dimension, _ in one})
        none = {name: self._hierarchy(name, {}) for name in names}
        chosen: dict[str, Hierarchy] = dict(none)
        unlinked = []
        for name in names:
            parts = self._parts(name)
            together = self._hierarchy(name, parts)
            apart = self._hierarchy(name, parts, apart=True)
            holding = (h for h in (together, apart) if self._adds_up([*({**none, name: h}).values()]))
            found = next(holding, None)
            if found is None:
                unlinked.append(name)
            chosen[name] = found or none[name]
        if not self._adds_up(list(chosen.values())):
            return list(none.values()), tuple(names)
        return list(chosen.values()), tuple(unlinked)

    def _adds_up(self, hierarchies: list[Hierarchy]) -> bool:
        try:
            build(self.counts, hierarchies, rule=self.scope.rule)
        except NotAdditive:
            return False
        return True

    def _parts(self, dimension: str) -> dict[str, list[tuple[str, ...]]]:
        if dimension == DIMENSION_OF_AREAS:
            return {above: list(kinds.values()) for above, kinds in self.scope.geography.parts.items()}
        used = {code for one in self.counts for name, code in one if name == dimension}
        codes = [*self.scope.categories.get(dimension, ()), *sorted(used)]
        return {EVERYBODY: [tuple(dict.fromkeys(codes))]}

    def _hierarchy(
        self, dimension: str, parts: Mapping[str, list[tuple[str, ...]]], *, apart: bool = False
    ) -> Hierarchy:
        used = {code for one in self.counts for name, code in one if name == dimension}
        pairs = [
            (above, below)
            for above, partitions in parts.items()
            for partition in partitions
            if (given := tuple(code for code in partition if code in used))
            for below in ([(code, f"not {code}") for code in given] if apart else [_with_others(given, partition)])
        ]
        named = {code for _, below in pairs for code in below}
        loose = [(f"only {code}", (code,)) for code in sorted(used - named)]
        return Hierarchy(dimension, (*pairs, *loose))


def _with_others(given: tuple[str, ...], partition: tuple[str, ...]) -> tuple[str, ...]:
    """The parts that occur, and one that stands for all that do not."""
    return given if len(given) == len(partition) else (*given, f"others than {' '.join(given)}")
