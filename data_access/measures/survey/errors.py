"""What a sample's design, or a group of its people, cannot support."""

from __future__ import annotations

from collections.abc import Hashable

from data_access.measures.errors import MeasureRefused


class SinglePsuStratum(MeasureRefused):
    """A stratum has one primary sampling unit: how much its units differ cannot be seen."""

    def __init__(self, strata: tuple[Hashable, ...]) -> None:
        self.strata = strata
        named = ", ".join(map(str, strata))
        super().__init__(
            f"One primary sampling unit was drawn in stratum {named}: join it to the stratum most like it, "
            "or ask for single_psu='centre', which sets the unit against the whole sample."
        )


class StratumSizeDiffers(MeasureRefused):
    """Rows of one stratum state different numbers of units in the population."""

    def __init__(self, stratum: Hashable, position: int, values: tuple[float, float]) -> None:
        self.stratum, self.position, self.values = stratum, position, values
        super().__init__(
            f"population_psus[{position}] = {values[1]:g}, but an earlier row of stratum {stratum} says {values[0]:g}: "
            "give every row of a stratum the number of units the stratum has in the population."
        )


class StratumTooSmall(MeasureRefused):
    """More units were drawn from a stratum than it is said to have."""

    def __init__(self, stratum: Hashable, drawn: int, stated: float) -> None:
        self.stratum, self.drawn, self.stated = stratum, drawn, stated
        super().__init__(
            f"Stratum {stratum} has {drawn} primary sampling units in the sample and {stated:g} in the population: "
            "give population_psus the number of units, not of people or a fraction."
        )


class NoOneAsked(MeasureRefused):
    """No row with a weight above 0 answered and belongs to the group."""

    def __init__(self, group: Hashable | None = None) -> None:
        self.group = group
        whom = "the group" if group is None else f"group {group}"
        super().__init__(f"No one in {whom} has an answer and a weight above 0: there is nothing to estimate from.")
