"""Whether a community figure may be subtracted from an official one, decided from how each was measured.

No arithmetic on the figures happens here, and no words: a page turns the reasons into sentences. What is not stated
never counts as equal (docs/decisions/comparability-not-stated.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from data_access.measures.errors import LengthsDiffer, PeriodReversed
from data_access.measures.measured_as import EVERYONE, MeasuredAs, Sampling, ScaleKind

__all__ = [
    "Comparability",
    "Facet",
    "Grade",
    "IntervalName",
    "Kind",
    "MeasuredAs",
    "Reason",
    "Sampling",
    "ScaleKind",
    "compare",
    "compare_pairs",
]

Grade = Literal["direct", "close", "indicative", "not_comparable"]
Kind = Literal["equal", "differs", "not_stated", "overlaps"]
IntervalName = Literal["confidence_interval", "indicative_interval"]
Facet = Literal[
    "unit",
    "scale_kind",
    "concept",
    "group",
    "scale_range",
    "direction",
    "series",
    "definition",
    "numerator",
    "denominator",
    "age_range",
    "group_basis",
    "disability_method",
    "area",
    "area_vintage",
    "mode",
    "period",
    "sampling",
    "source",
    "population",
]

DIRECT_LAG_YEARS = 2.0
"""Two periods up to this far apart count as the same time."""
INDICATIVE_LAG_YEARS = 5.0
"""Periods further apart than this cannot be better than indicative, whatever else agrees."""

OFFICIAL_DESIGNS: frozenset[Sampling] = frozenset({"probability", "census", "administrative"})
COMMUNITY_DESIGNS: frozenset[Sampling] = frozenset({"probability", "census"})
"""Designs that reach everyone with a known chance. A community's own register holds its members or clients, and a map
holds what its mappers met: neither says who is missing."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One facet of the comparison: what each source has, as codes or the source's own words, and how they relate.

    ``hard`` facets must be stated and equal before anything is subtracted. ``kind`` "equal" holds for ``period``
    up to DIRECT_LAG_YEARS apart and for ``sampling`` where both designs reach everyone with a known chance;
    "overlaps" says that both figures rest on the same people.
    """

    facet: Facet
    kind: Kind
    hard: bool
    official: str | None
    community: str | None


@dataclass(frozen=True, slots=True)
class Comparability:
    """The grade of a pair and every reason for it, those that agree included, in the order of ``Facet``.

    ``independent`` is False where both figures rest on the same people (same survey, or one group inside the other),
    None where the sources are not stated. ``lag_years`` is how far the two periods are apart, None when unknown.
    ``interval_name`` is what an interval around the community figure may be called.
    """

    grade: Grade
    reasons: tuple[Reason, ...]
    independent: bool | None
    lag_years: float | None
    interval_name: IntervalName

    @property
    def may_be_subtracted(self) -> bool:
        """False where the two figures may stand side by side and no more."""
        return self.grade != "not_comparable"

    @property
    def against(self) -> tuple[Reason, ...]:
        """The reasons a reader must see beside the gap: all that are not "equal"."""
        return tuple(reason for reason in self.reasons if reason.kind != "equal")


def compare(official: MeasuredAs, community: MeasuredAs) -> Comparability:
    """Grade one pair.

    not_comparable: unit, kind or range of scale, concept or group differ or are not stated, or more is better for one
    and worse for the other. direct: every facet that applies is stated and equal, the periods at most DIRECT_LAG_YEARS
    apart. close: exactly one soft facet differs or is not stated. indicative: more than one; or, alone enough, a sample
    that does not reach everyone with a known chance, another area, or over INDICATIVE_LAG_YEARS between the periods.

    Facets that cannot apply are left out: the range of the scale but for scores, numerator, denominator and age but for
    shares and rates, group basis for everyone, disability method but for groups by disability, boundary vintage for a
    whole country. Each is back as soon as one side states it.

    Raises PeriodReversed when a period ends before it starts.
    """
    lag = _lag_years(official, community)
    reasons = (
        *(_reason(facet, True, *values) for facet, values in _hard_facets(official, community)),
        *(_reason(facet, False, *values) for facet, values in _soft_facets(official, community)),
        _period_reason(official.period_text, community.period_text, lag),
        _sampling_reason(official.sampling, community.sampling),
    )
    overlaps, independent = _independence(official, community)
    return Comparability(
        _grade(reasons, lag),
        (*reasons, *overlaps),
        independent,
        lag,
        "confidence_interval" if community.sampling in COMMUNITY_DESIGNS else "indicative_interval",
    )


def compare_pairs(official: Sequence[MeasuredAs], community: Sequence[MeasuredAs]) -> tuple[Comparability, ...]:
    """Grade n pairs, in order. Raises LengthsDiffer when the two lists do not pair up, and PeriodReversed."""
    if len(official) != len(community):
        raise LengthsDiffer("community", len(community), len(official))
    return tuple(compare(one, other) for one, other in zip(official, community, strict=True))


_Facets = list[tuple[Facet, tuple[str | None, str | None]]]


def _hard_facets(official: MeasuredAs, community: MeasuredAs) -> _Facets:
    facets: _Facets = [
        ("unit", (official.unit, community.unit)),
        ("scale_kind", (official.scale_kind, community.scale_kind)),
        ("concept", (official.concept, community.concept)),
        ("group", (official.group_key, community.group_key)),
    ]
    if official.scale_kind == community.scale_kind and official.scale_kind in ("score", "index"):
        ends = official.scale_range, community.scale_range
        if official.scale_kind == "score" or any(ends):
            facets.append(("scale_range", ends))
    if official.favourable is not None and community.favourable is not None:
        facets.append(("direction", (_direction(official.favourable), _direction(community.favourable))))
    return facets


def _soft_facets(official: MeasuredAs, community: MeasuredAs) -> _Facets:
    share = official.scale_kind in ("percentage", "rate")
    everyone = official.group_key == community.group_key == EVERYONE
    by_disability = "DISABILITY" in f"{official.group}{community.group}"
    a_country = official.covers_a_country and community.covers_a_country
    candidates: list[tuple[Facet, tuple[str | None, str | None], bool]] = [
        ("series", (official.series, community.series), True),
        ("definition", (official.definition, community.definition), True),
        ("numerator", (official.numerator, community.numerator), share),
        ("denominator", (official.denominator, community.denominator), share),
        ("age_range", (official.age_range, community.age_range), share),
        ("group_basis", (official.group_basis, community.group_basis), not everyone),
        ("disability_method", (official.disability_method, community.disability_method), by_disability),
        ("area", (official.area, community.area), True),
        ("area_vintage", (official.area_vintage, community.area_vintage), not a_country),
        ("mode", (official.mode, community.mode), True),
    ]
    return [(facet, values) for facet, values, always in candidates if always or any(values)]


def _grade(reasons: tuple[Reason, ...], lag: float | None) -> Grade:
    against = [reason for reason in reasons if reason.kind != "equal"]
    if any(reason.hard for reason in against):
        return "not_comparable"
    if not against:
        return "direct"
    far_apart = lag is not None and lag > INDICATIVE_LAG_YEARS
    if len(against) > 1 or far_apart or against[0].facet in ("area", "sampling"):
        return "indicative"
    return "close"


@lru_cache(maxsize=8192)
def _reason(facet: Facet, hard: bool, official: str | None, community: str | None) -> Reason:
    kind: Kind = "not_stated"
    if official and community:
        kind = "equal" if _plain(official) == _plain(community) else "differs"
    return Reason(facet, kind, hard, official or None, community or None)


def _plain(text: str) -> str:
    """The text without the case, spacing and closing stop that two typists would write differently."""
    return " ".join(text.split()).casefold().rstrip(".")


@lru_cache(maxsize=1024)
def _period_reason(official: str | None, community: str | None, lag: float | None) -> Reason:
    kind: Kind = "not_stated" if lag is None else "equal" if lag <= DIRECT_LAG_YEARS else "differs"
    return Reason("period", kind, False, official, community)


@lru_cache(maxsize=64)
def _sampling_reason(official: Sampling | None, community: Sampling | None) -> Reason:
    kind: Kind = "not_stated"
    if official is not None and community is not None:
        kind = "equal" if official in OFFICIAL_DESIGNS and community in COMMUNITY_DESIGNS else "differs"
    return Reason("sampling", kind, False, official, community)


def _independence(official: MeasuredAs, community: MeasuredAs) -> tuple[tuple[Reason, ...], bool | None]:
    overlaps: list[Reason] = []
    if official.source and official.source == community.source:
        overlaps.append(Reason("source", "overlaps", False, official.source, community.source))
    one, other = official.group_members, community.group_members
    if one is not None and other is not None and (one < other or other < one):
        overlaps.append(Reason("population", "overlaps", False, official.group_key, community.group_key))
    if overlaps:
        return tuple(overlaps), False
    return (), True if official.source and community.source else None


def _direction(favourable: bool) -> str:
    return "favourable" if favourable else "adverse"


def _lag_years(official: MeasuredAs, community: MeasuredAs) -> float | None:
    """How far the two periods are apart: the larger of the distances between their starts and between their ends."""
    for source, period in (("official", official.period), ("community", community.period)):
        if period is not None and period[0] > period[1]:
            raise PeriodReversed(source, *period)
    if official.period is None or community.period is None:
        return None
    return max(abs(a - b) for a, b in zip(official.period, community.period, strict=True))
