"""What can be wrong with a table that is to be protected, named for the reader's problem, with the mend."""

from __future__ import annotations

from collections.abc import Sequence


class DisclosureProblem(ValueError):
    """The table cannot be protected as given; nothing was decided."""


class ThresholdTooLow(DisclosureProblem):
    """The smallest cell that may be shown is set below what any setting may allow."""

    def __init__(self, threshold: int, lowest: int) -> None:
        self.threshold, self.lowest = threshold, lowest
        super().__init__(f"The smallest cell that may be shown is set to {threshold}: set it to {lowest} or more.")


class ProtectionTooWeak(DisclosureProblem):
    """A part of the rule is set so low that hiding would protect nobody."""

    def __init__(self, setting: str, value: float, lowest: float) -> None:
        self.setting, self.value, self.lowest = setting, value, lowest
        super().__init__(f"The protection «{setting}» is set to {value:g}: set it to {lowest:g} or more.")


class LengthsDiffer(DisclosureProblem):
    """An array does not have one entry for each cell of the table."""

    def __init__(self, array: str, shape: tuple[int, ...], cells: int) -> None:
        self.array, self.shape, self.cells = array, shape, cells
        super().__init__(f"«{array}» has the shape {shape}, the table {cells} cells: give one entry for each cell.")


class NotFlags(DisclosureProblem):
    """An array says neither hidden nor shown: its entries are not true or false."""

    def __init__(self, array: str, kind: str) -> None:
        self.array, self.kind = array, kind
        super().__init__(f"«{array}» holds {kind}: give true for each hidden cell and false for each shown one.")


class WorthNotPositive(DisclosureProblem):
    """A cell is said to be worth nothing, less than nothing, or no number."""

    def __init__(self, cell: str, worth: float) -> None:
        self.cell, self.worth = cell, worth
        super().__init__(
            f"Cell «{cell}» is worth {worth:g}: give a number above 0, so that none is hidden for nothing."
        )


class UnknownCategory(DisclosureProblem):
    """A cell uses a dimension or a category that no hierarchy names."""

    def __init__(self, cell: str, dimension: str, code: str) -> None:
        self.cell, self.dimension, self.code = cell, dimension, code
        super().__init__(
            f"Cell «{cell}»: the hierarchy of {dimension} does not know {code}: add the category to it, "
            "or correct the cell's."
        )


class CircularHierarchy(DisclosureProblem):
    """A category is a part of itself."""

    def __init__(self, dimension: str, code: str) -> None:
        self.dimension, self.code = dimension, code
        super().__init__(f"In the hierarchy of {dimension}, {code} is a part of itself: correct its parts.")


class CategoryNotFinest(DisclosureProblem):
    """Margins were asked of a cell that is itself a margin."""

    def __init__(self, cell: str, dimension: str) -> None:
        self.cell, self.dimension = cell, dimension
        super().__init__(f"Cell «{cell}» has no finest category of {dimension}: give the innermost cells only.")


class CountBelowZero(DisclosureProblem):
    """A cell holds a negative, infinite or missing number."""

    def __init__(self, cell: str, value: float) -> None:
        self.cell, self.value = cell, value
        super().__init__(
            f"Cell «{cell}» holds {value:g}: a count is a number of 0 or more; leave out what was not counted."
        )


class NumeratorAboveBase(DisclosureProblem):
    """More people said yes than were asked, or fewer than none did."""

    def __init__(self, cell: str, yes: int, n: int) -> None:
        self.cell, self.yes, self.n = cell, yes, n
        super().__init__(f"Cell «{cell}»: {yes} of {n} said yes: give unweighted counts with 0 ≤ yes ≤ n.")


class NotAdditive(DisclosureProblem):
    """The parts of a total do not add up to it."""

    def __init__(self, total: str, value: float, parts: float) -> None:
        self.total, self.value, self.parts = total, value, parts
        super().__init__(
            f"The parts of «{total}» add up to {parts:g}, not to {value:g}: give unrounded counts of one and the "
            "same count, or take the breakdown apart into a table of its own."
        )


class CellMissing(DisclosureProblem):
    """A cell is named for which there is no value."""

    def __init__(self, cell: str, where: str) -> None:
        self.cell, self.where = cell, where
        super().__init__(f"Cell «{cell}», named in {where}, has no value: add its true value, even if it stays hidden.")


class CannotBeProtected(DisclosureProblem):
    """No choice of further cells protects these; what earlier releases showed, or open zeros, give them away."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        super().__init__(
            f"Nothing that may still be hidden protects {', '.join(f'«{cell}»' for cell in cells)}: leave out the "
            "breakdown they belong to, or merge their categories."
        )


class ReleaseRefused(DisclosureProblem):
    """A release would let a hidden cell be recomputed."""

    def __init__(self, cells: Sequence[str]) -> None:
        self.cells = tuple(cells)
        super().__init__(
            f"Not published: cells that must stay hidden ({len(self.cells)}) can be recomputed from what would be "
            f"shown: {'; '.join(self.cells)}. Hide further cells (complementary.choose) and try again."
        )
