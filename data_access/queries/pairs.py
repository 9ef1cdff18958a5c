"""Official against community: each community figure beside its official counterpart, and what may be said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from data_access.figures import Figure
from data_access.measures.comparability import Comparability, compare
from data_access.measures.measured_as import MeasuredAs, Sampling, ScaleKind
from data_access.measures.statements import DEFAULT_MARGIN_POINTS, Statement, statements
from data_access.measures.two_source import difference
from data_access.models.groups import members
from data_access.periods import years
from data_access.queries.catalogue import Catalogue, SourceSeriesFacts

SCALES: dict[str, ScaleKind] = {
    "PT": "percentage",
    "PER_1000": "rate",
    "NUMBER": "number",
    "SCORE": "score",
    "INDEX": "index",
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A community figure and its official counterpart for the same area and group.

    ``official`` is None where no official source held here has a figure for that area and group. ``gap`` is community
    minus official in the unit of the series, with its 95 % bounds where they are known; it is None unless the two may
    be subtracted at all. ``statement`` is what may be said of it and nothing stronger.
    """

    community: Figure
    official: Figure | None
    comparability: Comparability | None
    gap: float | None = None
    gap_lower: float | None = None
    gap_upper: float | None = None
    statement: Statement | None = None


def measured_as(catalogue: Catalogue, figure: Figure) -> MeasuredAs:
    """How a figure was measured, from what its source states; what is not recorded stays not stated."""
    series, source = catalogue.series[figure.series], catalogue.sources[figure.source]
    stated = catalogue.measured.get((figure.source, figure.series))
    first, last = years(figure.time_period)
    dimensions = members(figure.group).keys()
    return MeasuredAs(
        unit=series.unit,
        scale_kind=SCALES[series.unit],
        scale_min=series.value_min,
        scale_max=series.value_max,
        series=series.code,
        concept=series.sdg_indicator or series.code,
        favourable=series.favourable,
        definition=stated.definition if stated else None,
        numerator=stated.numerator if stated else None,
        denominator=stated.denominator if stated else None,
        age_range=stated.age_range if stated else None,
        group=figure.group,
        group_basis=_group_basis(dimensions, stated),
        disability_method=stated.disability_method if stated and "DISABILITY_STATUS" in dimensions else None,
        period_start=first,
        period_end=last,
        area=figure.area,
        area_vintage=catalogue.areas[figure.area].vintage,
        mode=source.mode,
        sampling=cast(Sampling, source.sampling),
        source=source.code,
    )


_ASKED_OUTRIGHT = {"AGE", "SEX"}
"""Dimensions on which every source records what people answer: how membership was established is no question."""


def _group_basis(dimensions: Collection[str], stated: SourceSeriesFacts | None) -> str | None:
    if set(dimensions) <= _ASKED_OUTRIGHT:
        return "as_recorded"
    return stated.group_basis if stated else None


def pair_up(catalogue: Catalogue, figures: Sequence[Figure], *, year: int) -> tuple[Pair, ...]:
    """Pair the community figures among ``figures`` with official ones of the same area and group.

    Where a source has several periods, the one that ends nearest to ``year`` stands for it; of several official
    sources the one nearest in time to the community figure. Order: area, group, community source.
    """
    official: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.origin == "official" and figure.value is not None:
            official[figure.area, figure.group].append(figure)
    nearest: dict[tuple[str, str, str], Figure] = {}
    for figure in figures:
        if figure.origin == "community":
            key = (figure.area, figure.group, figure.source)
            if key not in nearest or abs(figure.year - year) < abs(nearest[key].year - year):
                nearest[key] = figure
    pairs = [
        _pair(catalogue, community, official.get((community.area, community.group), ()))
        for _key, community in sorted(nearest.items(), key=lambda item: item[0])
    ]
    return _with_statements(pairs)


def _pair(catalogue: Catalogue, community: Figure, candidates: Sequence[Figure]) -> Pair:
    if not candidates or community.value is None:
        counterpart = min(candidates, key=lambda f: (abs(f.year - community.year), f.source), default=None)
        return Pair(community, counterpart, None)
    counterpart = min(candidates, key=lambda f: (abs(f.year - community.year), f.source))
    comparability = compare(measured_as(catalogue, counterpart), measured_as(catalogue, community))
    if not comparability.may_be_subtracted or counterpart.value is None:
        return Pair(community, counterpart, comparability)
    return Pair(community, counterpart, comparability, gap=community.value - counterpart.value)


def _with_statements(pairs: list[Pair]) -> tuple[Pair, ...]:
    """Add interval and statement to the pairs that may be subtracted, judged together for looking several times."""
    subtracted = [i for i, pair in enumerate(pairs) if pair.gap is not None and pair.community.unit == "PT"]
    if not subtracted:
        return tuple(pairs)
    chosen = [pairs[i] for i in subtracted]
    gaps = difference(
        [p.community.value for p in chosen],  # type: ignore[arg-type]
        [p.community.lower for p in chosen],
        [p.community.upper for p in chosen],
        [p.official.value for p in chosen if p.official],  # type: ignore[arg-type]
        [p.official.lower for p in chosen if p.official],
        [p.official.upper for p in chosen if p.official],
    )
    said = statements(
        gaps,
        DEFAULT_MARGIN_POINTS,
        independent=[p.comparability.independent if p.comparability else None for p in chosen],
    )
    for position, index in enumerate(subtracted):
        lower, upper = float(gaps.lower[position]), float(gaps.upper[position])
        pairs[index] = replace(
            pairs[index],
            gap_lower=None if np.isnan(lower) else lower,
            gap_upper=None if np.isnan(upper) else upper,
            statement=said[position],
        )
    return tuple(pairs)
