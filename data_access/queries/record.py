"""The whole living record, read once for each state of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import Session, SQLModel

from data_access.importing.catalogue import table_of
from data_access.process.kinds import KINDS, Kind
from data_access.queries import entries
from data_access.queries.entries import EntryFacts
from data_access.queries.recognition import in_order

E = TypeVar("E", bound=EntryFacts)
FACTS: Mapping[str, type[EntryFacts]] = MappingProxyType(
    {
        "task_force": entries.TaskForceFacts,
        "task_force_member": entries.TaskForceMemberFacts,
        "stock_take_entry": entries.StockTakeFacts,
        "voice": entries.VoiceFacts,
        "public_body": entries.PublicBodyFacts,
        "public_body_name": entries.PublicBodyNameFacts,
        "recognition_event": entries.RecognitionFacts,
        "dialogue": entries.DialogueFacts,
        "dialogue_participants": entries.ParticipantsFacts,
        "agenda_item": entries.AgendaFacts,
        "demand": entries.DemandFacts,
        "commitment": entries.CommitmentFacts,
        "commitment_status": entries.StatusFacts,
        "commitment_response": entries.ResponseFacts,
        "policy": entries.PolicyFacts,
        "participation": entries.ParticipationFacts,
        "milestone": entries.MilestoneFacts,
        "lesson": entries.LessonFacts,
        "data_generation_plan": entries.PlanFacts,
        "returned_finding": entries.ReturnedFacts,
        "concern": entries.ConcernFacts,
        "official_reply": entries.ReplyFacts,
    }
)


@dataclass(frozen=True)
class LivingRecord:
    """Every entry that stands, by kind and code. Immutable and shared between sessions."""

    of_kind: Mapping[str, Mapping[str, EntryFacts]]

    @property
    def task_forces(self) -> Mapping[str, entries.TaskForceFacts]:
        return self.of_kind["task_force"]  # type: ignore[return-value]

    @property
    def members(self) -> Mapping[str, entries.TaskForceMemberFacts]:
        return self.of_kind["task_force_member"]  # type: ignore[return-value]

    @property
    def stock_take(self) -> Mapping[str, entries.StockTakeFacts]:
        return self.of_kind["stock_take_entry"]  # type: ignore[return-value]

    @property
    def voices(self) -> Mapping[str, entries.VoiceFacts]:
        return self.of_kind["voice"]  # type: ignore[return-value]

    @property
    def bodies(self) -> Mapping[str, entries.PublicBodyFacts]:
        return self.of_kind["public_body"]  # type: ignore[return-value]

    @property
    def recognition(self) -> Mapping[str, entries.RecognitionFacts]:
        return self.of_kind["recognition_event"]  # type: ignore[return-value]

    @property
    def dialogues(self) -> Mapping[str, entries.DialogueFacts]:
        return self.of_kind["dialogue"]  # type: ignore[return-value]

    @property
    def demands(self) -> Mapping[str, entries.DemandFacts]:
        return self.of_kind["demand"]  # type: ignore[return-value]

    @property
    def commitments(self) -> Mapping[str, entries.CommitmentFacts]:
        return self.of_kind["commitment"]  # type: ignore[return-value]

    @property
    def policies(self) -> Mapping[str, entries.PolicyFacts]:
        return self.of_kind["policy"]  # type: ignore[return-value]

    @property
    def participation(self) -> Mapping[str, entries.ParticipationFacts]:
        return self.of_kind["participation"]  # type: ignore[return-value]

    @property
    def milestones(self) -> Mapping[str, entries.MilestoneFacts]:
        return self.of_kind["milestone"]  # type: ignore[return-value]

    @property
    def lessons(self) -> Mapping[str, entries.LessonFacts]:
        return self.of_kind["lesson"]  # type: ignore[return-value]

    @property
    def plans(self) -> Mapping[str, entries.PlanFacts]:
        return self.of_kind["data_generation_plan"]  # type: ignore[return-value]

    @property
    def concerns(self) -> Mapping[str, entries.ConcernFacts]:
        return self.of_kind["concern"]  # type: ignore[return-value]

    @cached_property
    def statuses_of(self) -> Mapping[str, tuple[entries.StatusFacts, ...]]:
        """A commitment's statuses, oldest first; two of one day in the order of their codes."""
        found = self._all("commitment_status", entries.StatusFacts)
        return _grouped(sorted(found, key=lambda one: (one.since, one.code)), "commitment")

    @cached_property
    def responses_of(self) -> Mapping[str, tuple[entries.ResponseFacts, ...]]:
        """What counterparts said to a commitment, oldest first."""
        found = self._all("commitment_response", entries.ResponseFacts)
        return _grouped(sorted(found, key=lambda one: (one.responded_on, one.code)), "commitment")

    @cached_property
    def members_of(self) -> Mapping[str, tuple[entries.TaskForceMemberFacts, ...]]:
        """The members of a task force."""
        return _grouped(self._all("task_force_member", entries.TaskForceMemberFacts), "task_force")

    @cached_property
    def participants_of(self) -> Mapping[str, tuple[entries.ParticipantsFacts, ...]]:
        """Who sat at the table of a dialogue."""
        return _grouped(self._all("dialogue_participants", entries.ParticipantsFacts), "dialogue")

    @cached_property
    def agenda_of(self) -> Mapping[str, tuple[entries.AgendaFacts, ...]]:
        """The agenda of a dialogue in its order."""
        found = self._all("agenda_item", entries.AgendaFacts)
        return _grouped(sorted(found, key=lambda one: (one.position, one.code)), "dialogue")

    @cached_property
    def demands_of(self) -> Mapping[str, tuple[entries.DemandFacts, ...]]:
        """The demands of a dialogue."""
        return _grouped(self._all("demand", entries.DemandFacts), "dialogue")

    @cached_property
    def recognition_of(self) -> Mapping[str, tuple[entries.RecognitionFacts, ...]]:
        """What bodies did with a source, oldest first; of one day in the order of the life cycle."""
        return _grouped(in_order(self._all("recognition_event", entries.RecognitionFacts)), "source")

    @cached_property
    def names_of(self) -> Mapping[str, tuple[entries.PublicBodyNameFacts, ...]]:
        """The former names of a body, the one given up first before the others."""
        found = self._all("public_body_name", entries.PublicBodyNameFacts)
        return _grouped(sorted(found, key=lambda one: one.until), "body")

    @cached_property
    def returned_of(self) -> Mapping[str, tuple[entries.ReturnedFacts, ...]]:
        """What was brought back to communities, by source, oldest first."""
        found = self._all("returned_finding", entries.ReturnedFacts)
        return _grouped(sorted(found, key=lambda one: (one.returned_on, one.code)), "source")

    @cached_property
    def replies_to(self) -> Mapping[tuple[str, str, str, str, str], tuple[entries.ReplyFacts, ...]]:
        """Official replies by the figure they speak of: source, series, group, area and period."""
        found: dict[tuple[str, str, str, str, str], list[entries.ReplyFacts]] = defaultdict(list)
        for one in self._all("official_reply", entries.ReplyFacts):
            found[one.source, one.series, one.group, one.area, one.time_period].append(one)
        return MappingProxyType({key: tuple(value) for key, value in found.items()})

    def body_name(self, body: str, on: str) -> str:
        """What a body was called on a day (ISO date; empty for today)."""
        for former in self.names_of.get(body, ()):
            if on and on <= former.until:
                return former.name
        return self.bodies[body].name

    def _all(self, kind: str, facts: type[E]) -> tuple[E, ...]:
        return tuple(one for one in self.of_kind[kind].values() if isinstance(one, facts))


def _grouped(found: Iterable[E], heading: str) -> Mapping[str, tuple[E, ...]]:
    groups: dict[str, list[E]] = defaultdict(list)
    for one in found:
        groups[getattr(one, heading)].append(one)
    return MappingProxyType({key: tuple(value) for key, value in groups.items()})


def read_record(session: Session) -> LivingRecord:
    """Every entry that stands, by code; what belongs to a withdrawn one went with it. Reads only."""
    codes: dict[str, dict[Any, str]] = {}
    return LivingRecord(
        MappingProxyType({name: _read(session, kind, FACTS[name], codes) for name, kind in KINDS.items()})
    )


def _read(session: Session, kind: Kind, facts: type[EntryFacts], codes: dict[str, dict[Any, str]]) -> Any:
    table = table_of(kind.model)
    wanted = {field.name for field in fields(facts)}
    asked = [field for field in kind.fields if field.heading in wanted]
    several = {one.heading: _several(session, one.model, one.own, one.other, one.refers, codes) for one in kind.several}
    for field in asked:
        if field.refers:
            _codes_of(session, field.refers, codes)
    standing = select(table.c.id, *(table.c[field.column] for field in asked)).where(table.c.standing == "stands")
    if "read_by" in table.c:
        standing = standing.where(table.c.read_by != "")
    leads = next((field.heading for field in kind.fields if field.column == kind.parent), "")
    found = {}
    for id_, *values in session.execute(standing.order_by(table.c.code)):
        cells: dict[str, Any] = {
            field.heading: (codes[field.refers].get(value, "") if field.refers else value)
            for field, value in zip(asked, values, strict=True)
        }
        if leads and not cells[leads]:
            continue
        lists: dict[str, Any] = {heading: rows.get(id_, ()) for heading, rows in several.items()}
        found[cells["code"]] = facts(**cells, **lists)
    return MappingProxyType(found)


def _several(
    session: Session, model: Any, own: str, other: str, refers: str, codes: dict[str, dict[Any, str]]
) -> dict[int, tuple[str, ...]]:
    links = table_of(model)
    named = _codes_of(session, refers, codes) if refers else None
    found: dict[int, list[str]] = defaultdict(list)
    for own_id, value in session.execute(select(links.c[own], links.c[other])):
        found[own_id].append(named.get(value, "") if named is not None else value)
    return {own_id: tuple(sorted(values)) for own_id, values in found.items()}


def _codes_of(session: Session, name: str, codes: dict[str, dict[Any, str]]) -> dict[Any, str]:
    if name not in codes:
        table = SQLModel.metadata.tables[name]
        if "id" not in table.c:
            codes[name] = {code: code for (code,) in session.execute(select(table.c.code))}
        else:
            column = table.c.iso3 if name == "country" else table.c.code
            asked = select(table.c.id, column)
            if "standing" in table.c:
                asked = asked.where(table.c.standing == "stands")
            codes[name] = dict(session.execute(asked).all())
    return codes[name]
