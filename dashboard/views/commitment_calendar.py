"""Deadlines as a calendar (iCalendar, RFC 5545): one all-day event a commitment, for any calendar program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlencode

from dashboard import store
from dashboard.text import _
from dashboard.text.record import marked_entry, status_text
from dashboard.views.commitment_rows import CommitmentRow, body_text, deadline_text
from data_access.measures.commitment_progress import last_day

LINE_OCTETS = 75
"""The longest content line, without its line break (RFC 5545, section 3.1)."""


def calendar(rows: Iterable[CommitmentRow], title: str, made: datetime) -> bytes:
    """The deadlines of ``rows`` as a calendar named ``title``; ``made`` (aware) is written as DTSTAMP.

    Commitments without a deadline are left out. Lines end CRLF and fold at 75 octets, never inside a character.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Voices Count//Commitments//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(title)}",
        *(line for row in rows if row.commitment.deadline for line in _event(row, made)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def _event(row: CommitmentRow, made: datetime) -> Iterator[str]:
    one = row.commitment
    day = last_day(one.deadline)
    title = _("{body}: {wording}").format(body=body_text(one.body), wording=one.wording)
    facts = [
        one.wording,
        _("Status: {status}").format(status=status_text(row.status)),
        _("Deadline: {deadline}").format(deadline=deadline_text(one)),
        _("Stated in: {document}").format(document=one.stated_in) if one.stated_in else "",
    ]
    description = marked_entry("\n".join(fact for fact in facts if fact), illustrative=one.illustrative)
    yield "BEGIN:VEVENT"
    yield f"UID:commitment-{one.code}@voices-count"
    yield f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(marked_entry(title, illustrative=one.illustrative))}"
    yield f"DESCRIPTION:{escaped(description)}"
    yield f"STATUS:{'CANCELLED' if row.status == 'dropped' else 'CONFIRMED'}"
    yield "TRANSP:TRANSPARENT"
    if address := store.settings().public_url:
        yield f"URL:{address}/commitments?{urlencode({'country': one.country, 'commitment': one.code})}"
    yield "END:VEVENT"


def escaped(text: str) -> str:
    """``text`` as a TEXT value (section 3.3.11): backslash, semicolon, comma and line break are escaped."""
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n")):
        text = text.replace(sign, written)
    return "".join(sign for sign in text if sign >= " ")


def folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, every further one begun with a space; joined they are the line."""
    rest, room, lead = line.encode(), LINE_OCTETS, ""
    while len(rest) > room:
        cut = room
        while rest[cut] & 0xC0 == 0x80:  # inside a character of several octets
            cut -= 1
        yield lead + rest[:cut].decode()
        rest, room, lead = rest[cut:], LINE_OCTETS - 1, " "
    yield lead + rest.decode()
