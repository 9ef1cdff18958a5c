"""The kinds of entries the record has: one list that templates, imports, forms and checks are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Boolean, Float, Integer
from sqlalchemy.sql.schema import Column
from sqlmodel import SQLModel

from data_access.importing.catalogue import table_of
from data_access.models import commitments, dialogues, plans, recognition, stock_taking
from data_access.models.recorded import Entry

Reads = Literal["text", "date", "moment", "whole", "number", "yes_no", "choice", "group", "code", "language", "period"]
SHARED = ("code", "illustrative", "stated_in")
"""Columns every kind has and a template shows."""

_HIDDEN = ("id", "standing", "why_withdrawn", "shipped", "entered_by", "read_by")
_MOMENTS = ("starts", "ends")
_DATES = (
    *("started", "ended", "since", "until", "period_from", "period_to", "raised_on", "consented_on", "happened_on"),
    *("agreed_on", "deadline", "responded_on", "adopted_on", "noted_on", "due", "returned_on", "answered_on"),
    "replied_on",
)


@dataclass(frozen=True, slots=True)
class EntryField:
    """One cell of an entry: its heading in templates, the column it is kept in, and how it is read.

    ``refers`` names the table a code stands for, ``choices`` what a cell may say; ``required`` a cell may not be empty.
    """

    heading: str
    column: str
    reads: Reads
    required: bool = False
    choices: tuple[str, ...] = ()
    refers: str = ""


@dataclass(frozen=True, slots=True)
class Several:
    """A cell that lists several codes, parted by ``;``: kept as rows of a table of their own."""

    heading: str
    model: type[SQLModel]
    own: str
    other: str
    refers: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of entry. ``parent`` is the column that leads to the entry it belongs to, whose country is its country.

    ``words`` are the headings with words somebody wrote: searched for personal identifiers before they are kept.
    """

    name: str
    model: type[Entry]
    fields: tuple[EntryField, ...]
    several: tuple[Several, ...] = ()
    parent: str = ""
    writers: frozenset[str] = frozenset()

    @property
    def headings(self) -> tuple[str, ...]:
        """The columns of the kind's template, in order."""
        return (*(field.heading for field in self.fields), *(one.heading for one in self.several))

    @property
    def words(self) -> tuple[str, ...]:
        """The headings of free words."""
        return tuple(field.heading for field in self.fields if field.reads == "text" and field.heading != "code")


def _field(column: Column[object], choices: Mapping[str, tuple[str, ...]]) -> EntryField:
    name = column.name
    required = not column.nullable and column.default is None
    keys = list(column.foreign_keys)
    if keys:
        refers = keys[0].column.table.name
        return EntryField(name.removesuffix("_id"), name, "code", required, refers=refers)
    if name in choices:
        return EntryField(name, name, "choice", required, choices[name])
    reads: Reads = "text"
    if name == "group_key":
        return EntryField("group", name, "group")
    if name in _DATES:
        reads = "date"
    elif name in _MOMENTS:
        reads = "moment"
    elif name == "language":
        reads = "language"
    elif name in ("time_period", "baseline_period"):
        reads = "period"
    elif isinstance(column.type, Boolean):
        reads = "yes_no"
    elif isinstance(column.type, Float):
        reads = "number"
    elif isinstance(column.type, Integer):
        reads = "whole"
    return EntryField(name, name, reads, required)


def _kind(
    name: str,
    model: type[Entry],
    writers: tuple[str, ...] = (),
    *,
    parent: str = "",
    several: tuple[Several, ...] = (),
    **choices: tuple[str, ...],
) -> Kind:
    columns = [column for column in table_of(model).columns if column.name not in _HIDDEN]
    shared = [column for column in columns if column.name in SHARED]
    own = [column for column in columns if column.name not in SHARED]
    ordered = [column for wanted in SHARED[:1] for column in shared if column.name == wanted]
    ordered += own + [column for column in shared if column.name in SHARED[1:]]
    fields = tuple(_field(column, choices) for column in ordered)
    return Kind(name, model, fields, several, parent, frozenset({"steward", "administrator", *writers}))


_MEMBER, _COUNTERPART = ("member",), ("counterpart",)
_ALL = (
    _kind("task_force", stock_taking.TaskForce),
    _kind("task_force_member", stock_taking.TaskForceMember, parent="task_force_id", role=stock_taking.PARTNER_ROLES),
    _kind(
        "stock_take_entry",
        stock_taking.StockTakeEntry,
        _MEMBER,
        access=stock_taking.ACCESS,
        status=stock_taking.WORK_STATUSES,
    ),
    _kind(
        "voice",
        stock_taking.Voice,
        _MEMBER,
        kind=stock_taking.VOICE_KINDS,
        consent_form=stock_taking.CONSENT_FORMS,
        consent_scope=stock_taking.CONSENT_SCOPES,
    ),
    _kind("public_body", recognition.PublicBody, kind=recognition.BODY_KINDS),
    _kind("public_body_name", recognition.PublicBodyName, parent="body_id"),
    _kind("recognition_event", recognition.RecognitionEvent, parent="body_id", event=recognition.RECOGNITIONS),
    _kind("dialogue", dialogues.Dialogue, _MEMBER, level=dialogues.LEVELS),
    _kind(
        "dialogue_participants",
        dialogues.DialogueParticipants,
        _MEMBER,
        parent="dialogue_id",
        seat=dialogues.SEATS,
    ),
    _kind("agenda_item", dialogues.AgendaItem, _MEMBER, parent="dialogue_id"),
    _kind(
        "demand",
        dialogues.Demand,
        _MEMBER,
        parent="dialogue_id",
        several=(
            Several("sources", dialogues.DemandSource, "demand_id", "source_id", "source"),
            Several("voices", dialogues.DemandVoice, "demand_id", "voice_id", "voice"),
        ),
    ),
    _kind(
        "commitment",
        commitments.Commitment,
        deadline_calendar=commitments.CALENDARS,
        several=(
            Several("groups", commitments.CommitmentGroup, "commitment_id", "group_key"),
            Several("areas", commitments.CommitmentArea, "commitment_id", "area_id", "area"),
        ),
    ),
    _kind("commitment_status", commitments.CommitmentStatus, parent="commitment_id", status=commitments.STATUSES),
    _kind(
        "commitment_response",
        commitments.CommitmentResponse,
        _COUNTERPART,
        parent="commitment_id",
        response=commitments.RESPONSES,
    ),
    _kind("policy", commitments.Policy),
    _kind("participation", commitments.Participation, _MEMBER, stage=commitments.STAGES, level=commitments.LADDER),
    _kind("milestone", commitments.Milestone),
    _kind("lesson", commitments.Lesson, _MEMBER, kind=("lesson", "good_practice")),
    _kind(
        "data_generation_plan",
        plans.DataGenerationPlan,
        _MEMBER,
        entry_point=plans.ENTRY_POINTS,
        cost_band=plans.COST_BANDS,
        state=plans.PLAN_STATES,
    ),
    _kind("returned_finding", plans.ReturnedFinding, _MEMBER, parent="source_id"),
    _kind("concern", plans.Concern, parent="source_id", kind=plans.CONCERNS, state=plans.CONCERN_STATES),
    _kind("official_reply", dialogues.OfficialReply, _COUNTERPART),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every kind by name, each after those its entries refer to."""
