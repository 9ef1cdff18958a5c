"""The results chain: what the coalition did and what came of it, step by step, each number with the entries behind it.

Counting only. Real and invented entries are never added, and no number claims what caused another. Definitions, and
what counts at what date: docs/methods/results.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from types import MappingProxyType

from data_access.measures.results_commitments import Movement, count_commitments
from data_access.measures.results_listed import Listed, Measured
from data_access.measures.results_table import held, seats_of
from data_access.measures.results_window import Place, Window
from data_access.queries.entries import EntryFacts, RecognitionFacts
from data_access.queries.facts import Catalogue, SourceFacts
from data_access.queries.record import LivingRecord

STEP_OF: Mapping[str, int] = MappingProxyType(
    {
        "partners": 1,
        "stock_take_entries": 1,
        "voices": 1,
        "plans_due": 1,
        "gaps_closed": 1,
        "sources_harmonised": 2,
        "sources_shared": 2,
        "sources_recognised": 2,
        "sources_rejected": 2,
        "dialogues_held": 3,
        "participants": 3,
        "participants_marginalised": 3,
        "demands": 3,
        "official_replies": 3,
        "commitments_agreed": 4,
        "commitments_confirmed": 4,
        "commitments_disputed": 4,
        "commitments_delivered": 4,
        "commitments_overdue": 4,
        "commitments_stopped": 4,
        "gaps_narrowed": 4,
        "policies": 5,
        "participation": 5,
        "participation_deciding": 5,
        "findings_returned": 5,
        "concerns_answered": 5,
    }
)
"""Every number of the chain in its order, and which of the five steps it belongs to."""

_PERHAPS: tuple[Place, ...] = ("in", "unknown")
STEPS = (1, 2, 3, 4, 5)
RECOGNISED = ("accepted", "used")
DECIDING = ("partners", "leading")
"""The rungs of the ladder on which communities decide with others or by themselves."""


@dataclass(frozen=True)
class Known:
    """What the chain needs besides the record: sources and releases, filled holes, and how indicators moved.

    ``filled`` gives for a plan marked as filled the day its figures came in, empty where no figure is held;
    ``moved`` how the figure of a commitment moved since its baseline, for those whose indicator can be followed;
    ``days`` the day it is in each country (today by universal time where it has none).
    """

    catalogue: Catalogue
    filled: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, Movement] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Chain:
    """Every number for one period, over all countries; ``Measured.of`` narrows one to a country."""

    window: Window
    numbers: Mapping[str, Measured]


def results_chain(record: LivingRecord, known: Known, window: Window, now: datetime) -> Chain:
    """Count every number of ``STEP_OF`` for a period. ``now`` must be aware: a dialogue that has not begun is not held.

    Reads nothing and changes nothing; the same arguments give the same chain.
    """
    counting = _Counting(record, known, window, now.astimezone(UTC))
    numbers = {
        **counting.stock_taking(),
        **counting.recognition(),
        **counting.at_the_table(),
        **count_commitments(record, window, known.moved, known.days),
        **counting.inside(),
    }
    return Chain(window, MappingProxyType({code: numbers[code] for code in STEP_OF}))


@dataclass(frozen=True)
class _Counting:
    record: LivingRecord
    known: Known
    window: Window
    now: datetime

    def stock_taking(self) -> dict[str, Measured]:
        record, window = self.record, self.window
        members = [
            (
                Listed.of("task_force_member", one, self.country_of_force(one.task_force), one.since, one.organisation),
                window.overlaps(one.since, one.until),
            )
            for members in record.members_of.values()
            for one in members
        ]
        entries = [
            (
                Listed.of("stock_take_entry", one, (one.country,), one.period_from),
                window.overlaps(one.period_from, one.period_to),
            )
            for one in record.stock_take.values()
        ]
        standing = [one for one in record.plans.values() if one.state != "dropped"]
        closed = [one for one in standing if one.state == "filled"]
        return {
            "partners": Measured.sorted_out(members),
            "stock_take_entries": Measured.sorted_out(entries),
            "voices": self.dated("voice", record.voices.values(), "raised_on"),
            "plans_due": Measured.sorted_out(
                (Listed.of("data_generation_plan", one, (one.country,), one.due), window.place(one.due, ahead=True))
                for one in standing
            ),
            "gaps_closed": Measured.sorted_out(
                (
                    (
                        Listed.of("data_generation_plan", one, (one.country,), self.known.filled[one.code]),
                        window.place(self.known.filled[one.code]),
                    )
                    for one in closed
                    if self.known.filled.get(one.code)
                ),
                unknown=[
                    Listed.of("data_generation_plan", one, (one.country,), "")
                    for one in closed
                    if not self.known.filled.get(one.code)
                ],
            ),
        }

    def recognition(self) -> dict[str, Measured]:
        community = [one for one in self.known.catalogue.sources.values() if one.origin == "community"]
        return {
            "sources_harmonised": Measured.sorted_out(
                (_listed_source(one, self.taken_in[one.code]), self.window.place(self.taken_in[one.code]))
                for one in community
                if one.code in self.taken_in
            ),
            "sources_shared": self.first_events(community),
            "sources_recognised": self.latest_events(community, RECOGNISED),
            "sources_rejected": self.latest_events(community, ("rejected",)),
            "official_replies": self.dated(
                "official_reply",
                (one for replies in self.record.replies_to.values() for one in replies),
                "replied_on",
            ),
        }

    def at_the_table(self) -> dict[str, Measured]:
        dialogues = [one for one in self.record.dialogues.values() if held(one, self.now)]
        placed = [(one, self.window.place(one.starts[:10])) for one in dialogues]
        inside = [one for one, place in placed if place == "in"]
        seats = [seats_of(self.record, one) for one in inside]
        within = {one.code: one for one in inside}
        return {
            "dialogues_held": Measured.sorted_out(
                (Listed.of("dialogue", one, (one.country,), one.starts[:10]), place) for one, place in placed
            ),
            "participants": Measured(
                tuple(one.everyone for one in seats if one.counted),
                unknown=tuple(one.everyone for one in seats if not one.counted),
            ),
            "participants_marginalised": Measured(
                tuple(one.marginalised for one in seats if one.counted),
                unknown=tuple(one.marginalised for one in seats if not one.counted),
            ),
            "demands": Measured(
                tuple(
                    Listed.of("demand", one, (within[one.dialogue].country,), within[one.dialogue].starts[:10])
                    for one in self.record.demands.values()
                    if one.dialogue in within
                )
            ),
        }

    def inside(self) -> dict[str, Measured]:
        record = self.record
        taken_part = record.participation.values()
        returned = [one for findings in record.returned_of.values() for one in findings]
        raised = [
            (Listed.of("concern", one, self.countries_of(one.source), one.raised_on), one)
            for one in record.concerns.values()
            if self.window.place(one.raised_on) == "in"
        ]
        return {
            "policies": self.dated("policy", record.policies.values(), "adopted_on"),
            "participation": self.dated("participation", taken_part, "happened_on"),
            "participation_deciding": self.dated(
                "participation", (one for one in taken_part if one.level in DECIDING), "happened_on"
            ),
            "findings_returned": self.dated("returned_finding", returned, "returned_on"),
            "concerns_answered": Measured(
                tuple(
                    listed
                    for listed, one in raised
                    if one.state != "open" and self.window.by_the_end(one.answered_on) == "in"
                ),
                among=tuple(listed for listed, _one in raised),
            ),
        }

    def dated(self, kind: str, found: Iterable[EntryFacts], heading: str) -> Measured:
        """Entries that count on the date under ``heading``, in their own country or their source's."""
        return Measured.sorted_out(
            (Listed.of(kind, one, self.countries(one), date := getattr(one, heading)), self.window.place(date))
            for one in found
        )

    def countries(self, one: EntryFacts) -> tuple[str, ...]:
        country = getattr(one, "country", None)
        return self.countries_of(getattr(one, "source", "")) if country is None else (country,)

    def countries_of(self, source: str) -> tuple[str, ...]:
        found = self.known.catalogue.sources.get(source)
        return found.countries if found else ()

    def country_of_force(self, force: str) -> tuple[str, ...]:
        return (self.record.task_forces[force].country,) if force in self.record.task_forces else ()

    @cached_property
    def taken_in(self) -> dict[str, str]:
        """Source → the day its first release was loaded."""
        first: dict[str, str] = {}
        for release in self.known.catalogue.releases.values():
            first[release.source] = min(first.get(release.source, release.loaded_at), release.loaded_at)
        return first

    def first_events(self, community: Iterable[SourceFacts]) -> Measured:
        """Sources put before a body for the first time in the period: by the earliest event of any body."""
        return Measured.sorted_out(
            (_listed_source(one, events[0].happened_on), self.window.place(events[0].happened_on))
            for one in community
            if (events := self.record.recognition_of.get(one.code, ()))
        )

    def latest_events(self, community: Iterable[SourceFacts], wanted: tuple[str, ...]) -> Measured:
        """Sources of which the latest event of some body, as at the end of the period, is wanted and lies within."""
        found = []
        for source in community:
            events = self.record.recognition_of.get(source.code, ())
            sure = [one for one in events if self.window.by_the_end(one.happened_on) == "in"]
            perhaps = [one for one in events if self.window.by_the_end(one.happened_on) != "out"]
            places = {self.standing(sure, wanted), self.standing(perhaps, wanted)}
            if places != {("out", "")}:
                place, on = places.pop() if len(places) == 1 else ("unknown", "")
                found.append((_listed_source(source, on), place))
        return Measured.sorted_out(found)

    def standing(self, events: Iterable[RecognitionFacts], wanted: tuple[str, ...]) -> tuple[Place, str]:
        """Where the latest events of the bodies place a source, and the date of the earliest that does."""
        latest = {one.body: one for one in events}
        places = {one.happened_on: self.window.place(one.happened_on) for one in latest.values() if one.event in wanted}
        for place in _PERHAPS:
            dates = sorted(date for date, found in places.items() if found == place)
            if dates:
                return place, dates[0]
        return "out", ""


def _listed_source(source: SourceFacts, on: str) -> Listed:
    return Listed("source", source.code, source.countries, source.illustrative, on)
