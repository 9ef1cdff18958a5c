"""Why there is no figure: read from what is recorded of the sources, never guessed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from data_access.figures import Absence, Origin
from data_access.models.coverage_facts import EVERY_SERIES
from data_access.models.groups import members
from data_access.queries.facts import AreaKind, BreakdownFacts, Catalogue

OTHER_AREAS = "other_areas"
"""The aspect of having gone beyond the areas whose figures are held."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """Why a source, or all of them together, has no figure, and the recorded facts that say so.

    ``elsewhere``: published by the source, but not among the figures held here.
    """

    absence: Absence
    facts: tuple[BreakdownFacts, ...] = ()
    elsewhere: bool = False


NOT_HELD = Reasoned("not_held")

_ORDER: tuple[Absence, ...] = ("not_held", "not_published", "not_disaggregated", "not_collected")
"""Of several sources, the one that knows least decides: "nobody asked" holds only if each is known not to have."""


def why_absent(
    known: Catalogue, *, country: str, series: str, group: str, kind: AreaKind, origin: Origin | None = None
) -> Reasoned:
    """Why no source of ``origin`` (None: any) has a figure of this group for an area of this kind.

    Sources that hold the series in the country are asked. not_collected: every one of them is recorded as not having
    asked about a part of the group, or not having gone to such areas. not_disaggregated: each that asked did not
    publish by it. not_published: the publisher is recorded to leave it out, and whether it asked is not known.
    not_held: nothing recorded, or published but not loaded (``elsewhere``). Where no source holds the series at all
    the answer is not_held, too.
    """
    sources = {
        h.source
        for h in known.holdings_of.get((country, series), ())
        if origin is None or known.sources[h.source].origin == origin
    }
    found = [_of_source(known, source, country, series, group, kind) for source in sorted(sources)]
    if not found:
        return NOT_HELD
    decides = min(found, key=lambda one: _ORDER.index(one.absence))
    alike = [one for one in found if one.absence == decides.absence]
    facts = dict.fromkeys(fact for one in alike for fact in one.facts)
    return Reasoned(decides.absence, tuple(facts), any(one.elsewhere for one in alike))


def _of_source(known: Catalogue, source: str, country: str, series: str, group: str, kind: AreaKind) -> Reasoned:
    holdings = [h for h in known.holdings_of.get((country, series), ()) if h.source == source]
    universe = {key for h in holdings for key in members(h.universe).items()}
    dimensions = [dimension for dimension, code in members(group).items() if (dimension, code) not in universe]
    held = {part for h in holdings for part in h.breakdown.split("|")} | {h.area_kind for h in holdings}
    aspects = [*dimensions, *([kind] if kind != "country" else [])]
    lacking = [aspect for aspect in aspects if aspect not in held] or [OTHER_AREAS]
    facts = [fact for aspect in lacking if (fact := _fact(known, source, series, aspect)) is not None]
    return _read(facts)


def _fact(known: Catalogue, source: str, series: str, aspect: str) -> BreakdownFacts | None:
    facts = known.breakdown_facts
    return facts.get((source, series, aspect)) or facts.get((source, EVERY_SERIES, aspect))


def _read(facts: Collection[BreakdownFacts]) -> Reasoned:
    """The reason that holds if any aspect stands in the way, the firmest first."""
    kinds: tuple[tuple[Absence, tuple[str, str]], ...] = (
        ("not_collected", ("no", "no")),
        ("not_disaggregated", ("yes", "no")),
        ("not_published", ("not_known", "no")),
    )
    for absence, said in kinds:
        because = tuple(fact for fact in facts if (fact.collected, fact.published) == said)
        if because:
            return Reasoned(absence, because)
    elsewhere = tuple(fact for fact in facts if fact.published == "yes")
    return Reasoned("not_held", elsewhere or tuple(facts), bool(elsewhere))
