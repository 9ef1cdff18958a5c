"""What can be wrong with the numbers a measure is asked to use, named for the reader's problem.

Every error says which argument and which position (counted from 0, as in the arrays passed) and how to mend it.
"""

from __future__ import annotations


class MeasureRefused(ValueError):
    """A measure was asked for something its inputs cannot support; nothing was computed."""


class LengthsDiffer(MeasureRefused):
    """Two arrays that must describe the same pairs have different lengths."""

    def __init__(self, argument: str, length: int, expected: int) -> None:
        self.argument, self.length, self.expected = argument, length, expected
        super().__init__(
            f"{argument} has {length} values where {expected} are expected: give one value for each row, "
            "or a single value for all."
        )


class ValueMissing(MeasureRefused):
    """A value is NaN or infinite."""

    def __init__(self, argument: str, position: int, value: float) -> None:
        self.argument, self.position, self.value = argument, position, value
        super().__init__(
            f"{argument}[{position}] is {value}: leave the row out, or, if it is a bound that was not "
            "published, give None for both bounds."
        )


class IntervalHalfStated(MeasureRefused):
    """Only one bound of an interval is given."""

    def __init__(self, lower: str, upper: str, position: int) -> None:
        self.lower, self.upper, self.position = lower, upper, position
        super().__init__(
            f"Only one of {lower}[{position}] and {upper}[{position}] is given: give both bounds, or None for both."
        )


class BoundsReversed(MeasureRefused):
    """A lower bound lies above its upper bound."""

    def __init__(self, lower: str, upper: str, position: int, values: tuple[float, float]) -> None:
        self.lower, self.upper, self.position, self.values = lower, upper, position, values
        super().__init__(
            f"{lower}[{position}] = {values[0]:g} is above {upper}[{position}] = {values[1]:g}: "
            "exchange the two bounds or correct the source's row."
        )


class EstimateOutsideInterval(MeasureRefused):
    """An estimate does not lie within its own interval."""

    def __init__(self, argument: str, position: int, value: float, interval: tuple[float, float]) -> None:
        self.argument, self.position, self.value, self.interval = argument, position, value, interval
        super().__init__(
            f"{argument}[{position}] = {value:g} lies outside its own interval {interval[0]:g} to {interval[1]:g}: "
            "check that estimate and bounds come from the same row and the same unit."
        )


class ValueOutOfRange(MeasureRefused):
    """A value is outside what its argument can be, such as a share above 1 or a sample of no one."""

    def __init__(self, argument: str, position: int, value: float, allowed: str) -> None:
        self.argument, self.position, self.value, self.allowed = argument, position, value, allowed
        super().__init__(f"{argument}[{position}] = {value:g}: it must be {allowed}.")


class PeriodReversed(MeasureRefused):
    """A reference period ends before it starts."""

    def __init__(self, source: str, start: float, end: float) -> None:
        self.source, self.start, self.end = source, start, end
        super().__init__(f"The {source} period runs from {start:g} to {end:g}: exchange start and end.")


class OnePairExpected(MeasureRefused):
    """A statement about one pair was asked for several."""

    def __init__(self, pairs: int) -> None:
        self.pairs = pairs
        super().__init__(f"statement() speaks of one pair and was given {pairs}: use statements().")


class TooFewSubgroups(MeasureRefused):
    """A measure over many subgroups was asked of two."""

    def __init__(self, measure: str, subgroups: int, needed: int) -> None:
        self.measure, self.subgroups, self.needed = measure, subgroups, needed
        super().__init__(f"{measure} needs {needed} subgroups with an estimate and has {subgroups}: use D or R.")


class SubgroupsMissing(MeasureRefused):
    """Too many subgroups have no estimate for the others to stand for all."""

    def __init__(self, missing: tuple[str, ...], subgroups: int, allowed: float) -> None:
        self.missing, self.subgroups, self.allowed = missing, subgroups, allowed
        super().__init__(
            f"{len(missing)} of {subgroups} subgroups have no estimate ({', '.join(missing)}); "
            f"at most {allowed:.0%} may be missing."
        )


class PopulationMissing(MeasureRefused):
    """A population-weighted measure has no population for a subgroup."""

    def __init__(self, measure: str, subgroups: tuple[str, ...]) -> None:
        self.measure, self.subgroups = measure, subgroups
        super().__init__(f"{measure} weighs by population, which is unknown for {', '.join(subgroups)}.")


class OrderMissing(MeasureRefused):
    """A measure along a ranking was asked of subgroups without an order."""

    def __init__(self, measure: str) -> None:
        self.measure = measure
        super().__init__(f"{measure} follows an order from most disadvantaged to most advantaged; these have none.")


class ReferenceMissing(MeasureRefused):
    """A distance from a reference subgroup was asked where none is declared."""

    def __init__(self, measure: str) -> None:
        self.measure = measure
        super().__init__(f"{measure} is a distance from a reference subgroup: declare one.")


class MeasureUndefined(MeasureRefused):
    """The formula has no value for these figures, such as a logarithm or a ratio of 0."""

    def __init__(self, measure: str, why: str) -> None:
        self.measure, self.why = measure, why
        super().__init__(f"{measure} has no value here: {why}.")


class UnknownMeasure(MeasureRefused):
    """No measure has this code."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        self.code, self.known = code, known
        super().__init__(f"There is no measure {code}; the measures are {', '.join(known)}.")
