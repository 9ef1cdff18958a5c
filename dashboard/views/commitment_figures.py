"""The figures behind a commitment: its baseline, what is known since, and whether the gap of its group narrowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from dashboard import store
from dashboard.text.formats import value_text
from data_access.figures import Figure
from data_access.measures.commitment_progress import GapChange, Measured, Standing, Verdict, gap_change, goal_met
from data_access.measures.comparability import compare
from data_access.models.groups import group_key, members
from data_access.periods import years
from data_access.queries.entries import CommitmentFacts
from data_access.queries.pairs import measured_as

Figures = Mapping[tuple[str, str], tuple[Figure, ...]]
"""Figures of one series by group and area, oldest first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known of the indicator a commitment should move.

    ``baseline`` is the figure of the baseline as its source gives it now (None where it is not held), ``revised``
    whether that differs from what was written down; ``latest`` the newest later figure, ``other_source`` whether it
    comes from another source. ``goal_met`` is None where the latest figure cannot be held against the goal.
    ``reason`` says why the verdict is "cannot_say".
    """

    verdict: Verdict
    reason: str = ""
    change: GapChange | None = None
    baseline: Figure | None = None
    revised: bool = False
    latest: Figure | None = None
    other_source: bool = False
    goal_met: bool | None = None
    reference_before: Figure | None = None
    reference_now: Figure | None = None


NOTHING_MEASURED = Progress("cannot_say", "no_indicator")


@store.remembered(2)
def all_progress() -> Mapping[str, Progress]:
    """The progress of every commitment, by code."""
    return MappingProxyType({code: _progress(one) for code, one in store.record().commitments.items()})


def progress_of(code: str) -> Progress:
    """The progress of one commitment. KeyError for a code that is none."""
    return all_progress()[code]


def whole_group(country: str, series: str, group: str) -> str:
    """The key under which figures hold a group of a series: with what all its groups share ("15–49 years", say)."""
    universe = store.availability(country, series).universe
    return group_key({**members(universe), **members(group)})


@store.remembered(512)
def figures_by_place(country: str, series: str) -> Figures:
    """All figures of a series in a country by group and area, oldest first."""
    found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in store.figures(country, series):
        found[figure.group, figure.area].append(figure)
    return MappingProxyType(
        {key: tuple(sorted(figures, key=lambda f: (f.year, f.time_period))) for key, figures in found.items()}
    )


def _progress(commitment: CommitmentFacts) -> Progress:
    known = store.catalogue()
    if not commitment.series or commitment.series not in known.series:
        return NOTHING_MEASURED
    group = whole_group(commitment.country, commitment.series, commitment.group)
    area = commitment.area or commitment.country
    held = figures_by_place(commitment.country, commitment.series)
    source = commitment.baseline_source
    if commitment.baseline_value is None:
        return Progress("cannot_say", "no_baseline", latest=_newest(held, group, area, 0, ""))
    if source not in known.sources:
        latest = _newest(held, group, area, years(commitment.baseline_period)[1], "")
        return Progress("cannot_say", "baseline_withdrawn", latest=latest)
    baseline = _at(held, source, group, area, commitment.baseline_period)
    unit = known.series[commitment.series].unit
    revised = (
        baseline is not None
        and baseline.value is not None
        and value_text(baseline.value, unit) != value_text(commitment.baseline_value, unit)
    )
    latest = _newest(held, group, area, years(commitment.baseline_period)[1], source)
    found = Progress(
        "cannot_say",
        baseline=baseline,
        revised=revised,
        latest=latest,
        other_source=latest is not None and latest.source != source,
    )
    return _judged(commitment, held, group, area, found)


def _at(held: Figures, source: str, group: str, area: str, period: str) -> Figure | None:
    return next((f for f in held.get((group, area), ()) if (f.source, f.time_period) == (source, period)), None)


def _newest(held: Figures, group: str, area: str, after: int, preferred: str) -> Figure | None:
    """The newest figure of a group and area after a year: of the preferred source if it has one, else of any."""
    later = [f for f in held.get((group, area), ()) if f.year > after]
    own = [f for f in later if f.source == preferred]
    return max(own or later, key=lambda f: (f.value is not None, f.year, f.time_period, f.source), default=None)


def _judged(commitment: CommitmentFacts, held: Figures, group: str, area: str, found: Progress) -> Progress:
    """``found`` with the verdict, or with the reason why there is none."""
    baseline, latest = found.baseline, found.latest
    if baseline is None or baseline.value is None:
        return replace(found, reason="baseline_not_held")
    if latest is None:
        return replace(found, reason="no_later_figure")
    if latest.value is None:
        return replace(found, reason="withheld" if latest.absence == "suppressed" else "no_later_figure")
    if found.other_source and not _measured_alike(baseline, latest):
        return replace(found, reason="other_measure")
    favourable = store.catalogue().series[commitment.series].favourable
    if commitment.goal_value is not None:
        found = replace(found, goal_met=goal_met(latest.value, commitment.goal_value, favourable=favourable))
    universe = store.availability(commitment.country, commitment.series).universe
    beside = (universe, area) if group != universe else (group, commitment.country)
    if beside == (group, area):
        return replace(found, reason="everyone")
    before = _at(held, baseline.source, *beside, baseline.time_period)
    now = _at(held, latest.source, *beside, latest.time_period)
    if before is None or now is None or before.value is None or now.value is None:
        return replace(found, reason="no_reference")
    change = gap_change(_standing(baseline, before), _standing(latest, now), favourable=favourable)
    found = replace(found, change=change, reference_before=before, reference_now=now)
    if favourable is not None and change.before <= 0 and change.now <= 0:
        return replace(found, reason="not_behind")
    return replace(found, verdict=change.verdict)


def _standing(group: Figure, reference: Figure) -> Standing:
    return Standing(_value(group), _value(reference))


def _value(figure: Figure) -> Measured:
    assert figure.value is not None
    return Measured(figure.value, figure.lower, figure.upper)


def _measured_alike(baseline: Figure, latest: Figure) -> bool:
    """Whether two sources measure alike but for when: directly or closely comparable, were they of one time."""
    known = store.catalogue()
    then, later = measured_as(known, baseline), measured_as(known, latest)
    same_time = replace(later, period_start=then.period_start, period_end=then.period_end)
    return compare(then, same_time).grade in ("direct", "close")
