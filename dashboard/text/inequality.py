"""Measures of inequality in words: their values and intervals, why one does not apply, what is wrong in HEAT."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dashboard.text import _, ngettext
from dashboard.text.formats import NO_BREAK, number, points_text
from dashboard.text.measure_names import FITTED, UNITS, short_name
from data_access.measures.inequality.estimates import InequalityEstimate

Why = Literal[
    "counts",
    "scores",
    "scale",
    "direction",
    "overlap",
    "too_few",
    "missing",
    "population",
    "order",
    "reference",
    "undefined",
]
"""Why a measure does not apply."""

MOST_NAMED = 5


@dataclass(frozen=True)
class Refusal:
    """Measures that do not apply for one reason; ``names`` are the subgroups it is about, ``of`` how many there are."""

    why: Why
    codes: tuple[str, ...]
    names: tuple[str, ...] = ()
    of: int = 0


def value_in_words(estimate: InequalityEstimate, unit: str) -> str:
    """The value of a measure with what it is counted in, for an indicator in ``unit``: "−3.2 points"."""
    return in_words(estimate.code, estimate.value, unit)


def in_words(code: str, value: float, unit: str) -> str:
    """A value of the measure ``code``, for an indicator in ``unit``."""
    sign = "−" if value < 0 else ""
    if UNITS[code] == "absolute":
        return sign + size_text(abs(value), unit)
    written = _bare(code, value, unit)
    return f"{written}{NO_BREAK}%" if UNITS[code] == "share" else written


def size_text(difference: float, unit: str) -> str:
    """The size of a difference with its unit: "29.6 points", "0.35 points of the scale"."""
    if unit == "SCORE":
        return _("{value} points of the scale").format(value=points_text(difference, unit))
    return points_text(difference, unit)


def interval_in_words(estimate: InequalityEstimate, unit: str, *, turned: bool = False) -> str:
    """ "95 % interval 24.0 to 35.1", or "uncertainty unknown"; ``turned`` for a difference told the other way round."""
    if estimate.lower is None or estimate.upper is None:
        return _("uncertainty unknown")
    ends = (-estimate.upper, -estimate.lower) if turned else (estimate.lower, estimate.upper)
    lower, upper = (_bare(estimate.code, end, unit) for end in ends)
    return _("{level} % interval {lower} to {upper}").format(
        level=number(100 * estimate.level, 0), lower=lower, upper=upper
    )


def uncertainty_in_words(estimate: InequalityEstimate, unit: str, *, turned: bool = False) -> str:
    """The interval, and beside a measure of one direction what noise alone would make of it."""
    words = interval_in_words(estimate, unit, turned=turned)
    if estimate.equality is None:
        return words
    return _("{interval}; noise alone would give about {equality}").format(
        interval=words, equality=in_words(estimate.code, abs(estimate.equality), unit)
    )


def _bare(code: str, value: float, unit: str) -> str:
    """A value without what it is counted in, signed."""
    kind = UNITS[code]
    fine = unit not in ("PT", "PER_1000")
    decimals = {
        "absolute": {"SCORE": 2, "INDEX": 3, "NUMBER": 0}.get(unit, 1),
        "squared": 5 if fine else 1,
        "ratio": 2,
        "share": 1,
        "thousandth": 1,
        "index": 3,
    }[kind]
    return ("−" if value < 0 else "") + number(abs(value), decimals)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, the first few of many."""
    if len(names) <= MOST_NAMED + 1:
        return ", ".join(names)
    return _("{names} and {count} more").format(
        names=", ".join(names[:MOST_NAMED]), count=number(len(names) - MOST_NAMED, 0)
    )


def refusal_text(refusal: Refusal) -> str:
    """One sentence: which measures do not apply, and why."""
    measures = ", ".join(short_name(code) for code in refusal.codes)
    return _WHY[refusal.why]().format(
        measures=measures,
        names=_("any of them") if len(refusal.names) == refusal.of else listed(refusal.names),
        count=len(refusal.names),
        all=refusal.of,
    )


def defect_text(defect: str) -> str:
    """What is known to be wrong with a number that HEAT publishes."""
    write = _DEFECTS.get(defect)
    return write() if write else defect.replace("_", " ")


def defects_in_words(estimate: InequalityEstimate) -> str:
    """The known defects of a number, those of its interval only where it has one."""
    shown = [d for d in estimate.defects if d in _DEFECTS_OF_VALUES or estimate.lower is not None]
    return "; ".join(defect_text(defect) for defect in shown)


def interval_source(estimate: InequalityEstimate) -> str:
    """Where an interval comes from."""
    if estimate.lower is None:
        return _("uncertainty unknown")
    if estimate.interval == "simulated":
        return _("{draws} simulated samples (seed {seed})").format(
            draws=number(estimate.draws or 0, 0), seed=estimate.seed
        )
    if estimate.variance == "who":
        return (
            _("how far the groups lie from the fitted line")
            if estimate.code in FITTED
            else _("counts, as if everyone had been asked")
        )
    return _("the published standard errors")


def missing_text(names: Sequence[str], of: int) -> str:
    """Which subgroups have no figure; ``names`` already say why."""
    return ngettext(
        "{count} of {all} has no figure and is left out: {names}.",
        "{count} of {all} have no figure and are left out: {names}.",
        len(names),
    ).format(count=len(names), all=of, names=listed(names))


_WHY: dict[Why, Callable[[], str]] = {
    "counts": lambda: _(
        "These are numbers of people, not rates: a larger group has more of everything, so no measure of inequality "
        "applies."
    ),
    "overlap": lambda: _(
        "These figures are shares of the same people, not of groups side by side: no measure of inequality applies."
    ),
    "scale": lambda: _("A figure lies outside the scale declared for this indicator: no measure is computed."),
    "missing": lambda: _(
        "{count} of {all} have no figure, too many for the others to stand for all (at most 15 % may be missing, none "
        "where groups are ranked): no measure is computed."
    ),
    "scores": lambda: _("Not computed: {measures}. Scores have no natural zero, so one cannot be divided by another."),
    "direction": lambda: _("Not computed: {measures}. Whether more is better is not known, so nobody is best off."),
    "too_few": lambda: _("Not computed: {measures}. They need three groups and there are {all}."),
    "population": lambda: _("Not computed: {measures}. They weigh by population, and none is recorded for {names}."),
    "order": lambda: _(
        "Not computed: {measures}. They follow a ranking from worst-off to best-off; there is none here."
    ),
    "reference": lambda: _("Not computed: {measures}. They need a declared reference group, and none is declared."),
    "undefined": lambda: _(
        "Not computed: {measures}. The formula has no value here (a ratio or logarithm of 0, or no curve that fits)."
    ),
}

_DEFECTS_OF_VALUES = frozenset(
    {
        "population_weight_used_twice",
        "scale_guessed_from_the_figures",
        "declared_reference_ignored",
        "several_answers_on_ties",
    }
)

_DEFECTS: dict[str, Callable[[], str]] = {
    "standard_error_not_multiplied_by_1000": lambda: _("interval a thousand times too narrow"),
    "standard_error_not_multiplied_by_100": lambda: _("interval a hundred times too narrow"),
    "population_weight_used_twice": lambda: _("population weight used twice: large groups count by their square"),
    "scale_guessed_from_the_figures": lambda: _("scale guessed from the largest figure"),
    "standard_error_on_the_unit_scale": lambda: _("standard error not in the unit of the index (its bounds are)"),
    "standard_errors_of_subgroups_ignored": lambda: _("standard errors of the groups not used"),
    "declared_reference_ignored": lambda: _("declared reference group ignored"),
    "several_answers_on_ties": lambda: _("several answers where groups are equal"),
    "mean_not_simulated": lambda: _("simulated groups set against the real average"),
    "upper_limit_of_the_scale_ignored": lambda: _("simulated values may lie beyond the scale"),
    "noise_left_in": lambda: _("interval counts sampling noise as inequality"),
    "level_ignored": lambda: _("always a 95 % interval, whatever is asked"),
}
