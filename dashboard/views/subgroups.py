"""What one source tells apart in one period: the groups of a dimension or the areas of a country, missing ones too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dashboard import store
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.formats import area_kind_text, short_title
from dashboard.text.groups import dimension_name, group_in_sentence
from dashboard.views import frame
from dashboard.views.map import LEVELS
from data_access.figures import Figure
from data_access.queries.absence import why_absent
from data_access.queries.catalogue import Catalogue

RANKED = frozenset({"INCOME_WEALTH_QUANTILE", "EDUCATION_LEV"})
"""Dimensions whose categories rank from the most disadvantaged upwards; age has an order too, but not this one."""

UNRANKED_CATEGORIES = frozenset({"VOCATIONAL", "OTHER"})
"""Categories of such a dimension that have no place in the ranking: with one of them there is no ranking."""

WEIGHTED_BASE = "n is the weighted number"
"""The remark a source's file carries on each figure whose n is the weighted number of cases behind it."""

ROUNDING = 1.02
"""Groups may add up to this many times everyone before they must overlap: printed populations are rounded."""

Weighting = Literal["population", "weighted_cases", "unknown"]


@dataclass(frozen=True)
class Comparison:
    """The subgroups of one source and period, ready to be measured.

    ``dimension`` is the code of a dimension or, with ``by_area``, a kind of area. ``figures`` hold every subgroup,
    those without a value too; ``ranked`` ones come most disadvantaged first. ``weights`` are the people behind each
    figure, None where the source does not record them. ``everyone`` is the source's figure for all of them together.
    """

    code: str
    dimension: str
    by_area: bool
    ranked: bool
    figures: tuple[Figure, ...]
    weights: tuple[float | None, ...]
    weighting: Weighting
    everyone: Figure | None

    @property
    def known(self) -> tuple[Figure, ...]:
        """Those with a value."""
        return tuple(f for f in self.figures if f.value is not None)

    @property
    def missing(self) -> tuple[Figure, ...]:
        return tuple(f for f in self.figures if f.value is None)

    @property
    def overlaps(self) -> bool:
        """True when the populations show that the figures are shares of the same people, not of groups side by side."""
        people = [f.population for f in self.known if f.population is not None]
        if len(people) < 2:
            return False
        total = self.everyone.population if self.everyone is not None else None
        return len(set(people)) == 1 or (total is not None and sum(people) > ROUNDING * total)

    def key(self, figure: Figure) -> str:
        """What sets a figure apart from the others of this comparison."""
        return figure.area if self.by_area else figure.group


@store.remembered(256)
def comparisons(selection: Selection) -> tuple[Comparison, ...]:
    """What can be compared: dimensions told apart nationally, then areas; real before invented, widest gap first."""
    known = store.catalogue()
    universe = store.availability(selection.country, selection.series).universe
    national: dict[tuple[str, str], list[Figure]] = {}
    local: dict[tuple[str, str], list[Figure]] = {}
    everyone: dict[tuple[str, str], Figure] = {}
    for figure in store.figures(selection.country, selection.series, time_period=selection.period):
        kind = known.areas[figure.area].kind
        if kind == "country":
            everyone[figure.source, figure.group] = figure
            apart = known.told_apart(figure.group, universe)
            if len(apart) == 1:
                national.setdefault((apart[0].dimension, figure.source), []).append(figure)
        elif kind in LEVELS and figure.group == selection.group:
            local.setdefault((kind, figure.source), []).append(figure)
    found = [
        *_in_order(_by_group(known, universe, *key, figures, everyone) for key, figures in national.items()),
        *_in_order(_by_area(known, *key, figures, everyone) for key, figures in local.items()),
    ]
    return tuple(_coded([c for c in found if len(c.known) > 1]))


def _in_order(found: Iterable[Comparison]) -> list[Comparison]:
    def spread(comparison: Comparison) -> float:
        values = [f.value for f in comparison.known if f.value is not None]
        return max(values, default=0.0) - min(values, default=0.0)

    return sorted(found, key=lambda c: (c.figures[0].illustrative, -spread(c), c.dimension, c.figures[0].source))


def _coded(found: list[Comparison]) -> list[Comparison]:
    """The first source of a dimension is known by the dimension alone, so that the choice holds in other countries."""
    taken: set[str] = set()
    coded = []
    for one in found:
        code = one.dimension if one.dimension not in taken else f"{one.dimension}.{one.figures[0].source}"
        taken.add(one.dimension)
        coded.append(_comparison(code, one.dimension, one.by_area, one.ranked, one.figures, one.everyone))
    return coded


def _by_group(
    known: Catalogue,
    universe: str,
    dimension: str,
    source: str,
    figures: list[Figure],
    everyone: dict[tuple[str, str], Figure],
) -> Comparison:
    categories = {f.group: known.told_apart(f.group, universe)[0] for f in figures}
    ranked = dimension in RANKED and not any(c.code in UNRANKED_CATEGORIES for c in categories.values())
    figures = sorted(figures, key=lambda f: categories[f.group].rank)
    return _comparison("", dimension, False, ranked, tuple(figures), everyone.get((source, universe)))


def _by_area(
    known: Catalogue, kind: str, source: str, figures: list[Figure], everyone: dict[tuple[str, str], Figure]
) -> Comparison:
    held = {f.area: f for f in figures}
    one = figures[0]
    areas = sorted(known.areas_of(one.country, known.areas[one.area].kind, held), key=lambda a: a.code)
    why = why_absent(
        known, country=one.country, series=one.series, group=one.group, kind=areas[0].kind, origin=one.origin
    )
    whole = tuple(held.get(a.code) or frame.absent(one, a.code, a.name, why.absence) for a in areas)
    return _comparison("", kind, True, False, whole, everyone.get((source, one.group)))


def _comparison(
    code: str, dimension: str, by_area: bool, ranked: bool, figures: tuple[Figure, ...], everyone: Figure | None
) -> Comparison:
    valued = [f for f in figures if f.value is not None]
    weights: tuple[float | None, ...] = tuple(f.population or None for f in figures)
    weighting: Weighting = "unknown"
    if valued and all(f.population for f in valued):
        weighting = "population"
    elif valued and all(f.n and WEIGHTED_BASE in f.note for f in valued):
        weights, weighting = tuple(f.n or None for f in figures), "weighted_cases"
    return Comparison(code, dimension, by_area, ranked, figures, weights, weighting, everyone)


def comparison_name(comparison: Comparison) -> str:
    """A comparison in a list: its dimension or kind of area, with the source where that is not the obvious one."""
    known = store.catalogue()
    name = area_kind_text(comparison.dimension) if comparison.by_area else dimension_name(known, comparison.dimension)
    first = comparison.figures[0]
    if comparison.code == comparison.dimension and first.origin == "official" and not first.illustrative:
        return name
    return _("{dimension} ({source})").format(dimension=name, source=short_title(first.source_title))


def subgroup_name(comparison: Comparison, figure: Figure) -> str:
    """A subgroup as it stands inside a sentence: "the poorest fifth", "Turkana"."""
    if comparison.by_area:
        return _(figure.area_name)
    universe = store.availability(figure.country, figure.series).universe
    return group_in_sentence(store.catalogue(), figure.group, universe)
