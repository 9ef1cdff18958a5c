"""How strong the evidence of a finding is: a grade from A to D by a fixed rule, with everything it was made of.

Nothing here is stored or set by hand, and nothing reads the clock: the day against which recency is judged is passed
in. The rule is written out in docs/methods/evidence-strength.md. What is unknown never counts as good, and no value
that could be published, however bad, counts for less than its absence: silence never pays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data_access.measures import comparability
from data_access.measures.errors import ValueOutOfRange
from data_access.measures.measured_as import Sampling, ScaleKind

Grade = Literal["A", "B", "C", "D"]
ComponentName = Literal["interval", "sample_size", "recency", "sampling", "quality_assessment", "comparability"]
Answer = Literal["yes", "no", "not_known"]
Code = Literal[
    "narrow", "moderate", "wide",
    "large", "medium", "small", "flagged",
    "recent", "fairly_recent", "ageing", "old",
    "census", "probability", "modelled", "administrative", "register", "purposive", "scorecard", "mapping",
    "direct", "close", "indicative", "not_comparable", "not_independent",
    "strong", "sound", "weak", "unsound", "gateway_failed", "gateway_open", "not_assessed",
    "unknown", "does_not_apply",
]  # fmt: skip

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
"""From the strongest to the weakest."""

WIDTH_OF_SCALE = (0.10, 0.20)
"""Widest interval that allows A and B, as a share of the scale: 10 and 20 points of a percentage."""
WIDTH_OF_VALUE = (0.20, 0.40)
"""The same for rates, numbers and indexes, which have no scale to be a share of: as a share of the value itself."""
SAMPLE_SIZES = (400, 100)
"""Fewest people or households asked that allow A and B."""
AGES = (3, 5, 10)
"""Most years since the period ended that allow A, B and C."""
ADD_UP = 3
"""So many kinds of weakness that allow no better than C make the grade D; interval and sample size are one kind."""
_KINDS: dict[ComponentName, str] = {"interval": "precision", "sample_size": "precision"}
CORE_CRITERIA = ("credibility", "sampling_and_coverage", "accuracy", "documentation")
"""Criteria of the quality assessment without which a number cannot be believed; a framework is held to those it has."""
SOUND = 2
"""A score that allows A: 2 of 3."""
MOST_UNSCORED = 3
"""Criteria that may stand without a score for B."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A quality assessment as far as the grade needs it: answers and scores (None: unknown) in their order."""

    gateway: tuple[tuple[str, Answer], ...]
    scores: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What one figure is graded on; None is unknown.

    ``lower`` and ``upper`` are the published 95 % bounds, ``low_reliability`` the source's own flag. ``period_end`` is
    the year the period ended in, ``reference`` the day against which it is judged. ``community`` figures are graded on
    their source's ``assessments`` too, the newest of each framework; official ones are not.
    """

    value: float
    lower: float | None
    upper: float | None
    scale_kind: ScaleKind
    scale_min: float | None
    scale_max: float | None
    n: int | None
    low_reliability: bool
    period_end: int
    reference: date
    sampling: Sampling | None
    modelled: bool
    community: bool
    assessments: tuple[Profile, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """One thing that was looked at: what was found (``code``), its size if it has one, and the best grade it allows.

    ``allows`` is None where nothing can be graded at all. ``amount`` is the width of the interval in units of the
    figure, the sample size or the age in years; ``named`` the criteria or questions that decided a quality assessment.
    """

    name: ComponentName
    code: Code
    allows: Grade | None
    amount: float | None = None
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Strength:
    """The grade of one figure, its components in a fixed order, and those that held it down (none for an A).

    ``adds_up`` is True where no component alone demands D, but so many allow only C that the grade is D.
    """

    grade: Grade
    components: tuple[Component, ...]
    held_down_by: tuple[Component, ...]
    adds_up: bool

    def component(self, name: ComponentName) -> Component:
        """The component of that name."""
        return next(c for c in self.components if c.name == name)


@dataclass(frozen=True, slots=True)
class DifferenceStrength:
    """The grade of a difference between two figures; None where they may not be subtracted.

    ``comparability`` is None for two groups of one source and period, which nothing sets apart. ``deciding`` is the
    position of the weaker figure (the first if both are alike), ``held_down_by`` what kept the grade from being A.
    """

    grade: Grade | None
    figures: tuple[Strength, Strength]
    comparability: Component | None
    held_down_by: tuple[Component, ...]

    @property
    def deciding(self) -> int:
        """0 or 1: which figure is the weaker."""
        return int(_rank(self.figures[1].grade) > _rank(self.figures[0].grade))


def strength(inputs: Inputs) -> Strength:
    """Grade one figure: the lowest of what its components allow, or D where ``ADD_UP`` kinds of weakness each allow no
    better than C.

    Raises ValueOutOfRange for a sample size below 0 or bounds that are reversed.
    """
    components = (
        _interval(inputs),
        _sample_size(inputs),
        _recency(inputs.period_end, inputs.reference),
        _sampling(inputs),
        _quality(inputs),
    )
    lowest = max(_rank(c.allows) for c in components)
    kinds = {_KINDS.get(c.name, c.name) for c in components if _rank(c.allows) >= _rank("C")}
    adds_up = lowest < _rank("D") and len(kinds) >= ADD_UP
    grade: Grade = "D" if adds_up else GRADES[lowest]
    held = () if lowest == 0 else tuple(c for c in components if _rank(c.allows) == lowest)
    return Strength(grade, components, held, adds_up)


def strength_of_difference(
    first: Strength,
    second: Strength,
    compared: comparability.Grade | None = None,
    *,
    independent: bool | None = None,
) -> DifferenceStrength:
    """Grade a difference: the weaker of its two figures and of what the comparability class allows.

    ``compared`` is None for two groups of one source and period. Where it is given, ``independent`` must be True for
    the interval of the difference to hold; otherwise the difference has no known interval, which allows C at best.
    """
    class_ = None if compared is None else _comparability(compared, independent)
    if class_ is not None and class_.allows is None:
        return DifferenceStrength(None, (first, second), class_, (class_,))
    limits = [_rank(first.grade), _rank(second.grade), *([_rank(class_.allows)] if class_ and class_.allows else [])]
    lowest = max(limits)
    held: list[Component] = []
    if lowest:
        for figure in (first, second):
            held += figure.held_down_by if _rank(figure.grade) == lowest else ()
        if class_ and class_.allows and _rank(class_.allows) == lowest:
            held.append(class_)
    return DifferenceStrength(GRADES[lowest], (first, second), class_, tuple(dict.fromkeys(held)))


def _rank(grade: Grade | None) -> int:
    return GRADES.index(grade) if grade is not None else len(GRADES)


def _up_to(size: float, limits: Sequence[float]) -> int:
    """Position of the first limit that ``size`` does not exceed, ``len(limits)`` when it exceeds all."""
    return next((i for i, limit in enumerate(limits) if size <= limit * (1 + 1e-12)), len(limits))


def _interval(inputs: Inputs) -> Component:
    if inputs.lower is None or inputs.upper is None:
        return Component("interval", "unknown", "C")
    width = inputs.upper - inputs.lower
    if width < 0:
        raise ValueOutOfRange("upper", 0, inputs.upper, "at least lower")
    span, limits = _span(inputs), WIDTH_OF_SCALE
    if span is None:
        span, limits = abs(inputs.value), WIDTH_OF_VALUE
    level = _up_to(width / span, limits) if span > 0 else (0 if width == 0 else len(limits))
    codes: tuple[Code, ...] = ("narrow", "moderate", "wide")
    return Component("interval", codes[level], GRADES[level], width)


def _span(inputs: Inputs) -> float | None:
    """Length of the scale of percentages and scores; None for kinds without one."""
    if inputs.scale_kind == "percentage":
        return 100.0
    if inputs.scale_kind == "score" and inputs.scale_min is not None and inputs.scale_max is not None:
        return inputs.scale_max - inputs.scale_min
    return None


def _sample_size(inputs: Inputs) -> Component:
    n = inputs.n
    if n is not None and n < 0:
        raise ValueOutOfRange("n", 0, n, "at least 0")
    if inputs.low_reliability:
        return Component("sample_size", "flagged", "D", n)
    if inputs.sampling == "census":
        return Component("sample_size", "does_not_apply", "A")
    if n is None:
        return Component("sample_size", "unknown", "C")
    level = next((i for i, fewest in enumerate(SAMPLE_SIZES) if n >= fewest), len(SAMPLE_SIZES))
    codes: tuple[Code, ...] = ("large", "medium", "small")
    return Component("sample_size", codes[level], GRADES[level], n)


def _recency(period_end: int, reference: date) -> Component:
    age = max(0, reference.year - period_end)
    level = _up_to(age, AGES)
    codes: tuple[Code, ...] = ("recent", "fairly_recent", "ageing", "old")
    return Component("recency", codes[level], GRADES[level], age)


def _sampling(inputs: Inputs) -> Component:
    sampling = inputs.sampling
    if sampling is None:
        return Component("sampling", "unknown", "C")
    if sampling in ("purposive", "scorecard", "mapping"):
        return Component("sampling", sampling, "C")
    if sampling == "administrative":
        return Component("sampling", "register", "C") if inputs.community else Component("sampling", sampling, "B")
    return Component("sampling", "modelled", "B") if inputs.modelled else Component("sampling", sampling, "A")


def _quality(inputs: Inputs) -> Component:
    if not inputs.community:
        return Component("quality_assessment", "does_not_apply", "A")
    if not inputs.assessments:
        return Component("quality_assessment", "not_assessed", "C")
    found = [_profile(profile) for profile in inputs.assessments]
    return max(found, key=lambda component: _rank(component.allows))


def _profile(profile: Profile) -> Component:
    refused = tuple(question for question, answer in profile.gateway if answer == "no")
    if refused:
        return Component("quality_assessment", "gateway_failed", "D", named=refused)
    core = {criterion: score for criterion, score in profile.scores if criterion in CORE_CRITERIA}
    failing = tuple(criterion for criterion, score in core.items() if score == 0)
    if failing:
        return Component("quality_assessment", "unsound", "D", named=failing)
    unanswered = tuple(question for question, answer in profile.gateway if answer != "yes")
    if unanswered or not profile.gateway:
        return Component("quality_assessment", "gateway_open", "C", named=unanswered)
    weak = tuple(criterion for criterion, score in core.items() if score is None or score < SOUND)
    weak += tuple(criterion for criterion, score in profile.scores if score == 0)
    if not core:
        weak = CORE_CRITERIA
    unscored = tuple(criterion for criterion, score in profile.scores if score is None)
    if weak or len(unscored) > MOST_UNSCORED:
        return Component("quality_assessment", "weak", "C", named=weak or unscored)
    below = tuple(criterion for criterion, score in profile.scores if score is None or score < SOUND)
    if below:
        return Component("quality_assessment", "sound", "B", named=below)
    return Component("quality_assessment", "strong", "A")


def _comparability(class_: comparability.Grade, independent: bool | None) -> Component:
    if class_ == "not_comparable":
        return Component("comparability", class_, None)
    if class_ == "indicative":
        return Component("comparability", class_, "C")
    if independent is not True:
        return Component("comparability", "not_independent", "C")
    return Component("comparability", class_, "A" if class_ == "direct" else "B")
