"""The results chain as the page shows it: counted once for each state of the database, period and hour."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from dashboard import store
from dashboard.views.commitment_days import days
from dashboard.views.commitment_figures import all_progress, whole_group
from data_access.measures.results_chain import Chain, Known, results_chain
from data_access.measures.results_commitments import Movement
from data_access.measures.results_listed import Measured
from data_access.measures.results_window import Window
from data_access.queries.entries import LessonFacts, MilestoneFacts, PlanFacts

EVERYWHERE = ""
"""Where a country's code stands, all countries together."""


@store.remembered(16)
def chain(window: Window, now: datetime) -> Chain:
    """Every number of the chain in a period, seen from ``now``."""
    known = Known(store.catalogue(), _filled(), _moved(), dict(days()))
    return results_chain(store.record(), known, window, now)


@store.remembered(4)
def any_invented() -> bool:
    """Whether any invented entry or source is held: then each number says how many of it are."""
    kinds = store.record().of_kind.values()
    return any(source.illustrative for source in store.catalogue().sources.values()) or any(
        entry.illustrative for entries in kinds for entry in entries.values()
    )


def real_and_invented(found: Measured, country: str) -> tuple[Measured, Measured]:
    """A number of a country, of all of them where ``country`` is empty: the real entries and the invented ones."""
    return found.of(country, illustrative=False), found.of(country, illustrative=True)


@store.remembered(2)
def _filled() -> Mapping[str, str]:
    """Plan marked as filled → the day its source was first taken in, where the figure it promised is held."""
    loaded: dict[str, str] = {}
    for release in store.catalogue().releases.values():
        loaded[release.source] = min(loaded.get(release.source, release.loaded_at), release.loaded_at)
    filled = {
        plan.code: loaded[plan.source]
        for plan in store.record().plans.values()
        if plan.state == "filled" and plan.source in loaded and _held(plan)
    }
    return MappingProxyType(filled)


def _held(plan: PlanFacts) -> bool:
    """Whether the source of a plan has a value for its group, in its area; for a plan without an area, nationally."""
    group = whole_group(plan.country, plan.series, plan.group)
    return any(
        figure.value is not None
        and figure.source == plan.source
        and figure.area == (plan.area or plan.country)
        and figure.group == group
        for figure in store.figures(plan.country, plan.series)
    )


@store.remembered(2)
def _moved() -> Mapping[str, Movement]:
    """What may be said of the gap of each commitment; nothing of a real one if any figure it rests on is invented."""
    commitments, found = store.record().commitments, {}
    for code, progress in all_progress().items():
        figures = (progress.baseline, progress.latest, progress.reference_before, progress.reference_now)
        invented = any(figure is not None and figure.illustrative for figure in figures)
        if progress.verdict != "cannot_say" and progress.latest and (commitments[code].illustrative or not invented):
            found[code] = Movement(progress.verdict, progress.latest.year)
    return MappingProxyType(found)


@store.remembered(64)
def lessons(window: Window, country: str, step: int) -> tuple[LessonFacts, ...]:
    """Lessons and good practices of a step: of the country and of the whole coalition, good practices first."""
    found = [
        one
        for one in store.record().lessons.values()
        if one.step == step and _belongs(one.country, country) and window.place(one.noted_on) != "out"
    ]
    return tuple(sorted(found, key=lambda one: (one.illustrative, one.kind != "good_practice", one.noted_on, one.code)))


@store.remembered(64)
def milestones(window: Window, country: str, step: int) -> tuple[MilestoneFacts, ...]:
    """Milestones of a step: of the country and of the whole coalition, oldest first."""
    found = [
        one
        for one in store.record().milestones.values()
        if one.step == step and _belongs(one.country, country) and window.place(one.happened_on) != "out"
    ]
    return tuple(sorted(found, key=lambda one: (one.illustrative, one.happened_on, one.code)))


def _belongs(where: str, country: str) -> bool:
    return not country or where in ("", country)
