"""What cannot be asked of people described by their circumstances."""

from __future__ import annotations

from data_access.measures.errors import MeasureRefused


class UnknownCircumstance(MeasureRefused):
    """A circumstance was named that the people are not described by."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        self.name, self.known = name, known
        super().__init__(f"There is no circumstance {name}; the people are described by {', '.join(known)}.")


class NoCircumstances(MeasureRefused):
    """People were given without a single circumstance to tell them apart by."""

    def __init__(self) -> None:
        super().__init__("No circumstance is given: name at least one, such as residence or wealth.")


class TooManyCircumstances(MeasureRefused):
    """Exact contributions were asked for more circumstances than can be taken in every order."""

    def __init__(self, given: int, allowed: int) -> None:
        self.given, self.allowed = given, allowed
        super().__init__(
            f"Contributions are computed exactly for up to {allowed} circumstances and {given} are given: "
            "leave out those that matter least, or join two into one."
        )


class TooFewToSplit(MeasureRefused):
    """A sample is too small for one half to choose a group and the other to estimate it."""

    def __init__(self, people: int, units: int) -> None:
        self.people, self.units = people, units
        super().__init__(
            f"{people} people in {units} sampling units cannot be split in two halves with at least two units each: "
            "report the tree without an interval."
        )
