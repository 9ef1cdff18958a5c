"""A table of counts: every cell some row shows, and the sums that hold between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property

from data_access.disclosure.attack import publishable
from data_access.disclosure.cells import EVERYBODY, Cell, Hierarchy
from data_access.disclosure.complementary import choose
from data_access.disclosure.problems import NotAdditive
from data_access.disclosure.relations import relations_between, with_rests
from data_access.disclosure.table import build
from data_access.publishing.rows import ASKED, DIMENSION_OF_AREAS, PEOPLE, Row, Scope

Name = tuple[str, str, str, str]
"""Country, series of the count, period, and what is counted: those asked, or people."""


class CountTable:
    """One table of counts, with every row that shows one of its cells."""

    def __init__(self, name: Name, rows: Mapping[int, Row], scope: Scope, before: Sequence[Row] = ()) -> None:
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

    def hidden(self, small: Collection[int], gone: Collection[Cell] = ()) -> frozenset[Cell]:
        """Every cell that no row may show, so that the rows ``small`` cannot be recomputed; ``gone`` none shows anyway.

        Raises CannotBeProtected or ReleaseRefused, naming the cells.
        """
        telling = {self.cells[i] for i in small if i in self.cells}

        def tells(one: Cell, count: float) -> bool:
            return one in telling or (one not in self.counts and self.scope.small(one, count, self.name[1]))

        table = build(
            self.counts,
            self.hierarchies,
            primary=tells,
            rule=self.scope.rule,
            published=set(self.cells.values()) - set(gone),
            shown_before=self.known,
        )
        if not table.needy.any():
            return frozenset(gone)
        hidden = choose(table).hidden
        publishable(table, hidden).require()
        return frozenset(gone) | {table.cells[position] for position in hidden.nonzero()[0].tolist()}

    @cached_property
    def cells(self) -> dict[int, Cell]:
        """Where each row stands, of those whose count is known."""
        places = {i: self.scope.cell(row) for i, row in self.rows.items()}
        return {i: one for i, one in places.items() if one in self.counts}

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
            relations_between(with_rests(self.counts, hierarchies), hierarchies)
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
