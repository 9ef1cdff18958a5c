"""Who sat at the table: people counted so that no group too small to publish can be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from data_access.measures.results_listed import Listed
from data_access.queries.entries import DialogueFacts, ParticipantsFacts
from data_access.queries.record import LivingRecord

SMALLEST_SHOWN = 5
"""A marginalised group of one to four people at a table is not published as a number."""


@dataclass(frozen=True, slots=True)
class Seats:
    """A dialogue's table: ``counted`` only if somebody counted every kind of people that is recorded to have sat there.

    ``everyone`` and ``marginalised`` have the fewest and the most people that what is published allows.
    """

    counted: bool
    everyone: Listed
    marginalised: Listed


def held(dialogue: DialogueFacts, now: datetime) -> bool:
    """Whether a dialogue has begun at ``now`` (aware), by the clock of the place where it is held."""
    starts = datetime.fromisoformat(dialogue.starts).replace(tzinfo=ZoneInfo(dialogue.time_zone))
    return starts <= now


def seats_of(record: LivingRecord, dialogue: DialogueFacts) -> Seats:
    """The table of a dialogue. A group of one to four marginalised people enters as "one to four", never as it is."""
    rows = record.participants_of.get(dialogue.code, ())
    least = most = others = 0
    for row in rows:
        number = row.number or 0
        if not sits_for_a_community(row):
            others += number
        elif 0 < number < SMALLEST_SHOWN:
            least, most = least + 1, most + SMALLEST_SHOWN - 1
        else:
            least, most = least + number, most + number
    day = dialogue.starts[:10]

    def listed(least: int, most: int, others: int) -> Listed:
        return Listed(
            "dialogue", dialogue.code, (dialogue.country,), dialogue.illustrative, day, "", least, most, others
        )

    counted = bool(rows) and all(row.number is not None for row in rows)
    return Seats(counted, listed(least + others, most + others, 0), listed(least, most, others))


def sits_for_a_community(row: ParticipantsFacts) -> bool:
    """Whether these sat there for a marginalised community: by their seat, or for a named community or group."""
    return row.seat == "community" or bool(row.group) or bool(row.community)
