"""The entries of the living record as pages read them: by code, immutable; withdrawn ones are not among them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What every entry has; ``stated_in`` is empty for invented ones only."""

    code: str
    illustrative: bool
    stated_in: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForceFacts(EntryFacts):
    country: str
    name: str
    focus_target: str
    focus_people: str
    started: str
    ended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskForceMemberFacts(EntryFacts):
    task_force: str
    organisation: str
    role: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StockTakeFacts(EntryFacts):
    country: str
    area: str
    organisation: str
    organisation_key: str
    partners: str
    donors: str
    what: str
    theme: str
    target: str
    group: str
    people: str
    reached: int | None
    period_from: str
    period_to: str
    status: str
    access: str
    link: str
    further: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceFacts(EntryFacts):
    """A voice that a second person has read; others are not handed out."""

    country: str
    area: str
    kind: str
    statement: str
    language: str
    translation: str
    community: str
    group: str
    theme: str
    target: str
    series: str
    raised_on: str
    consented_on: str
    consent_form: str
    consent_scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBodyFacts(EntryFacts):
    country: str
    kind: str
    name: str
    name_local: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicBodyNameFacts(EntryFacts):
    body: str
    name: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionFacts(EntryFacts):
    source: str
    body: str
    event: str
    purpose: str
    reason: str
    happened_on: str
    document: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DialogueFacts(EntryFacts):
    country: str
    area: str
    title: str
    level: str
    starts: str
    ends: str
    time_zone: str
    place: str
    convened_by: str
    target: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantsFacts(EntryFacts):
    dialogue: str
    seat: str
    group: str
    community: str
    number: int | None
    women: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaFacts(EntryFacts):
    dialogue: str
    position: int
    series: str
    group: str
    area: str
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandFacts(EntryFacts):
    dialogue: str
    body: str
    wording: str
    asked_by: str
    series: str
    group: str
    area: str
    sources: tuple[str, ...]
    voices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentFacts(EntryFacts):
    country: str
    body: str
    dialogue: str
    demand: str
    wording: str
    agreed_on: str
    deadline: str
    deadline_stated: str
    deadline_calendar: str
    series: str
    group: str
    area: str
    baseline_value: float | None
    baseline_period: str
    baseline_source: str
    goal_value: float | None
    groups: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts(EntryFacts):
    commitment: str
    status: str
    since: str
    said_by: str
    remark: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFacts(EntryFacts):
    commitment: str
    body: str
    response: str
    wording: str
    responded_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFacts(EntryFacts):
    country: str
    body: str
    commitment: str
    title: str
    adopted_on: str
    target: str
    group: str
    what: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipationFacts(EntryFacts):
    country: str
    source: str
    dialogue: str
    policy: str
    community: str
    group: str
    stage: str
    level: str
    happened_on: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneFacts(EntryFacts):
    """``country`` is empty for a milestone of the whole coalition."""

    country: str
    step: int
    happened_on: str
    title: str
    what: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonFacts(EntryFacts):
    country: str
    step: int
    kind: str
    what: str
    noted_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts(EntryFacts):
    country: str
    series: str
    group: str
    area: str
    entry_point: str
    organisation: str
    due: str
    cost_band: str
    state: str
    remark: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedFacts(EntryFacts):
    source: str
    community: str
    group: str
    area: str
    returned_on: str
    how: str
    what_they_said: str
    dialogue: str
    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernFacts(EntryFacts):
    source: str
    kind: str
    wording: str
    raised_on: str
    state: str
    answer: str
    answered_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFacts(EntryFacts):
    body: str
    country: str
    source: str
    series: str
    group: str
    area: str
    time_period: str
    confirms: bool | None
    wording: str
    replied_on: str
    document: str
