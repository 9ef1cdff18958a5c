"""The inequality measures of one comparison: computed once, each with its estimate or the reason there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard import store
from dashboard.selection import Selection
from dashboard.text.inequality import Refusal, Why
from dashboard.text.measure_names import BEST_NEEDED, RATIOS_OF_VALUES
from dashboard.views.subgroups import Comparison, comparisons, subgroup_name
from data_access.measures.errors import (
    MeasureRefused,
    OrderMissing,
    PopulationMissing,
    ReferenceMissing,
    SubgroupsMissing,
    TooFewSubgroups,
    ValueOutOfRange,
)
from data_access.measures.inequality.estimates import InequalityEstimate, Mode
from data_access.measures.inequality.measure import CODES, every_measure
from data_access.measures.inequality.subgroups import Subgroups
from data_access.queries.catalogue import SeriesFacts

RANKED_FIRST = ("d", "r", "sii", "rii", "par")
RANKED_ELSE = ("aci", "rci")
UNRANKED_FIRST = ("d", "r", "bgsd", "mdmw", "ti", "par")
"""What is said in sentences, an absolute measure and a relative one each; the others stand in the table."""


@dataclass(frozen=True)
class Measured:
    """``estimates`` in the order of the methods page; ``refusals`` one a reason."""

    estimates: tuple[InequalityEstimate, ...]
    refusals: tuple[Refusal, ...]

    def get(self, code: str) -> InequalityEstimate | None:
        return next((e for e in self.estimates if e.code == code), None)

    def only(self, codes: Sequence[str]) -> Measured:
        """The part that is about these measures."""
        kept = [replace(r, codes=tuple(c for c in r.codes if c in codes)) for r in self.refusals]
        return Measured(tuple(e for e in self.estimates if e.code in codes), tuple(r for r in kept if r.codes))


@store.remembered(256)
def measured(selection: Selection, code: str, mode: Mode = "corrected") -> Measured:
    """Every measure of the comparison ``code`` of this selection."""
    comparison = next(c for c in comparisons(selection) if c.code == code)
    return measure_all(comparison, store.catalogue().series[selection.series], mode)


def measure_all(comparison: Comparison, series: SeriesFacts, mode: Mode = "corrected") -> Measured:
    """Every measure, or why it does not apply. Standard errors are those the source published, never derived: the
    level of a published interval is not recorded with the figures, so its width is no standard error."""
    whole = _why_none(comparison, series)
    if whole is not None:
        return Measured((), (Refusal(whole, CODES),))
    try:
        subgroups = _subgroups(comparison, series)
    except SubgroupsMissing as refused:
        names = tuple(_name(comparison, key) for key in refused.missing)
        return Measured((), (Refusal("missing", CODES, names, refused.subgroups),))
    except ValueOutOfRange:
        return Measured((), (Refusal("scale", CODES),))
    estimates = []
    refused_for: dict[tuple[Why, tuple[str, ...]], list[str]] = {}
    for code, found in every_measure(subgroups, mode=mode).items():
        before = _why_not(code, series)
        if before is not None:
            refused_for.setdefault((before, ()), []).append(code)
        elif isinstance(found, MeasureRefused):
            refused_for.setdefault(_reason(found), []).append(code)
        else:
            estimates.append(found)
    return Measured(
        tuple(estimates),
        tuple(
            Refusal(why, tuple(codes), tuple(_name(comparison, key) for key in keys), len(comparison.known))
            for (why, keys), codes in refused_for.items()
        ),
    )


def _why_none(comparison: Comparison, series: SeriesFacts) -> Why | None:
    if series.unit == "NUMBER":
        return "counts"
    return "overlap" if comparison.overlaps else None


def _why_not(code: str, series: SeriesFacts) -> Why | None:
    if series.unit == "SCORE" and code in RATIOS_OF_VALUES:
        return "scores"
    return "direction" if series.favourable is None and code in BEST_NEEDED else None


def _reason(refused: MeasureRefused) -> tuple[Why, tuple[str, ...]]:
    if isinstance(refused, PopulationMissing):
        return "population", refused.subgroups
    whys: tuple[tuple[type[MeasureRefused], Why], ...] = (
        (TooFewSubgroups, "too_few"),
        (OrderMissing, "order"),
        (ReferenceMissing, "reference"),
    )
    return next((why for kind, why in whys if isinstance(refused, kind)), "undefined"), ()


def _subgroups(comparison: Comparison, series: SeriesFacts) -> Subgroups:
    return Subgroups.of(
        [comparison.key(f) for f in comparison.figures],
        [f.value for f in comparison.figures],
        favourable=series.favourable is not False,
        scale=series.scale,
        se=[f.se for f in comparison.figures],
        population=comparison.weights,
        order=list(range(1, len(comparison.figures) + 1)) if comparison.ranked else None,
    )


def _name(comparison: Comparison, key: str) -> str:
    return next(subgroup_name(comparison, f) for f in comparison.figures if comparison.key(f) == key)


def first_measures(comparison: Comparison) -> tuple[str, ...]:
    """The measures whose sentences are always shown."""
    return (*RANKED_FIRST, *RANKED_ELSE) if comparison.ranked else UNRANKED_FIRST
