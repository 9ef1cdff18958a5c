"""What official bodies did with a community source: the latest event of each body counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlmodel import Session

from data_access.importing.catalogue import table_of
from data_access.models.recognition import RECOGNITIONS, RecognitionEvent


class Happened(Protocol):
    """An event as far as its order is concerned; ``body`` is a body's code or key."""

    @property
    def body(self) -> object: ...
    @property
    def event(self) -> str: ...
    @property
    def happened_on(self) -> str: ...
    @property
    def code(self) -> str: ...


H = TypeVar("H", bound=Happened)


def in_order(events: Iterable[H]) -> tuple[H, ...]:
    """Events oldest first; those of one day in the order of the life cycle, a rejection last.

    A day known to the year or month only stands before the whole days of that year or month.
    """
    return tuple(sorted(events, key=lambda e: (e.happened_on, RECOGNITIONS.index(e.event), e.code)))


def latest_of_each_body(events: Iterable[H]) -> tuple[H, ...]:
    """The last event of each body, in the order of the life cycle: what a source is to each of them now."""
    latest = {event.body: event for event in in_order(events)}
    return tuple(sorted(latest.values(), key=lambda e: (RECOGNITIONS.index(e.event), e.happened_on, e.code)))


def read_recognised(session: Session) -> Mapping[int, tuple[str, ...]]:
    """By source id, the latest event of each body that did anything with it. Withdrawn events are not among them."""
    event = table_of(RecognitionEvent)
    asked = select(
        event.c.source_id, event.c.body_id.label("body"), event.c.event, event.c.happened_on, event.c.code
    ).where(event.c.standing == "stands")
    of_source: dict[int, list[Happened]] = defaultdict(list)
    for row in session.execute(asked):
        of_source[row.source_id].append(row)
    return {source: tuple(one.event for one in latest_of_each_body(events)) for source, events in of_source.items()}
