"""Groups found from the people themselves: a weighted regression tree whose leaves are groups alike in the outcome.

Each split divides a group by the categories of one circumstance so that the two parts differ most. Categories have no
order of their own; they are ordered by their mean, which finds the best of all divisions (Fisher 1958).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data_access.measures.arrays import Floats
from data_access.measures.categories import Codes
from data_access.measures.errors import ValueOutOfRange
from data_access.measures.furthest_behind.people import Cells, Condition, People, cells

DEEPEST = 6
SMALLEST = 49
DIVISOR, DIVISOR_OF_FINE_GROUPS = 11, 19
TIE = 1e-12
"""Two splits whose gains differ by less than this, relatively, are the same; the circumstance named first is taken."""


@dataclass(frozen=True, slots=True)
class Node:
    """A group of the tree: ``n`` people, their ``weight`` and ``share`` of everyone's, ``mean`` of the outcome.

    ``conditions`` describe it, one a circumstance, in the order in which they first mattered; none for everyone.
    ``number`` is 1 for everyone; the parts of group i are 2i (lower mean) and 2i + 1. ``deviance`` Σw(y − mean)².
    ``split`` is the circumstance that divides it, None in a leaf.
    """

    number: int
    conditions: tuple[Condition, ...]
    n: int
    weight: float
    share: float
    mean: float
    deviance: float
    split: str | None = None
    parts: tuple[Node, Node] | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """The groups, with the rules they were found by: the fewest people in a leaf and the price ``alpha`` of a split."""

    root: Node
    smallest_leaf: float
    alpha: float

    def nodes(self) -> Iterator[Node]:
        """Every group, a group before its parts."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.parts or ()))

    def leaves(self) -> tuple[Node, ...]:
        """The groups that are not divided further; together they are everyone."""
        return tuple(node for node in self.nodes() if node.parts is None)

    def furthest_behind(self, *, barrier: bool = False) -> Node:
        """The leaf with the lowest mean; with the highest where the outcome is a ``barrier``. Of equals, the larger."""
        return self._extreme(lowest=not barrier)

    def furthest_ahead(self, *, barrier: bool = False) -> Node:
        """The leaf with the highest mean; with the lowest where the outcome is a ``barrier``. Of equals, the larger."""
        return self._extreme(lowest=barrier)

    def _extreme(self, *, lowest: bool) -> Node:
        return min(self.leaves(), key=lambda leaf: (leaf.mean if lowest else -leaf.mean, -leaf.weight))


def smallest_leaf(n: int, *, fine_groups: bool = False) -> float:
    """Fewest people a leaf may have, unweighted: the larger of 49 and n/11, of 49 and n/19 for ``fine_groups``.

    ``fine_groups``: ethnicity, caste or religion is among the circumstances, whose groups are smaller.
    Raises ValueOutOfRange where n is below 1.
    """
    if n < 1:
        raise ValueOutOfRange("n", 0, n, "1 or more")
    return max(SMALLEST, n / (DIVISOR_OF_FINE_GROUPS if fine_groups else DIVISOR))


def grow(people: People, *, fine_groups: bool = False) -> Tree:
    """The tree of all circumstances of the people, at most six splits deep.

    A group is divided only if it has twice the smallest leaf, and each part at least the smallest leaf, people with a
    weight. Afterwards divisions that explain less than alpha = (deviance of everyone)/n a leaf are taken back
    (cost-complexity pruning).

    Source: Breiman, Friedman, Olshen and Stone (1984), chapters 3 and 8.
    """
    found = cells(people, people.positions(None))
    least = smallest_leaf(people.n, fine_groups=fine_groups)
    within = found.weight * found.mean * (1 - found.mean)
    growth = _Growth(people, found, within, least)
    root = growth.node(1, np.arange(found.weight.size), depth=0)
    alpha = root.deviance / people.n
    pruned, _ = _pruned(root, alpha)
    return Tree(pruned, least, alpha)


@dataclass(frozen=True, slots=True)
class _Growth:
    people: People
    cells: Cells
    within: Floats
    least: float

    def node(self, number: int, members: Codes, depth: int, before: tuple[Condition, ...] = ()) -> Node:
        weight, mean = self.cells.weight[members], self.cells.mean[members]
        total = float(weight.sum())
        average = float(weight @ mean) / total
        deviance = float(self.within[members].sum() + weight @ (mean - average) ** 2)
        n = int(self.cells.n[members].sum())
        share = total / float(self.cells.weight.sum())
        node = Node(number, before, n, total, share, average, deviance)
        if depth == DEEPEST or n < 2 * self.least:
            return node
        best = self.best_split(members)
        if best is None:
            return node
        at, low = best
        goes_low = np.isin(self.cells.codes[at, members], low)
        parts = []
        for half, chosen in enumerate((members[goes_low], members[~goes_low])):
            present = np.unique(self.cells.codes[at, chosen])
            conditions = self.narrowed(before, at, present)
            parts.append(self.node(2 * number + half, chosen, depth + 1, conditions))
        return replace(node, split=self.people.circumstances[at], parts=(parts[0], parts[1]))

    def best_split(self, members: Codes) -> tuple[int, Codes] | None:
        """Position of the circumstance and the codes of the part with the lower mean, None where nothing is gained."""
        best_gain, best = 0.0, None
        n, weight, mean = self.cells.n[members], self.cells.weight[members], self.cells.mean[members]
        spread = float(weight.sum())
        for at in range(len(self.people.circumstances)):
            codes = self.cells.codes[at, members]
            present = np.unique(codes)
            if present.size < 2:
                continue
            w = np.bincount(codes, weight)[present]
            m = np.bincount(codes, weight * mean)[present] / w
            count = np.bincount(codes, n)[present]
            order = np.argsort(m, kind="stable")
            w, m, count = w[order], m[order], count[order]
            n_low, w_low, sum_low = np.cumsum(count)[:-1], np.cumsum(w)[:-1], np.cumsum(w * m)[:-1]
            w_high = w.sum() - w_low
            difference = sum_low / w_low - (float(w @ m) - sum_low) / w_high
            gain = w_low * w_high / spread * difference**2
            gain[(n_low < self.least) | (count.sum() - n_low < self.least)] = -1.0
            cut = int(np.argmax(gain))
            if gain[cut] > best_gain * (1 + TIE) and gain[cut] > TIE * spread:
                best_gain, best = float(gain[cut]), (at, present[order[: cut + 1]])
        return best

    def narrowed(self, before: tuple[Condition, ...], at: int, present: Codes) -> tuple[Condition, ...]:
        """The conditions so far with this circumstance narrowed to the categories present."""
        name = self.people.circumstances[at]
        condition = Condition(name, tuple(self.people.labels[at][code] for code in present.tolist()))
        if any(earlier.circumstance == name for earlier in before):
            return tuple(condition if earlier.circumstance == name else earlier for earlier in before)
        return (*before, condition)


def _pruned(node: Node, alpha: float) -> tuple[Node, float]:
    """The subtree with the lowest deviance + alpha·leaves, the smallest of equals, and that cost."""
    alone = node.deviance + alpha
    if node.parts is None:
        return node, alone
    (low, low_cost), (high, high_cost) = (_pruned(part, alpha) for part in node.parts)
    if alone <= low_cost + high_cost:
        return replace(node, split=None, parts=None), alone
    return replace(node, parts=(low, high)), low_cost + high_cost
