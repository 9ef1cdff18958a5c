"""Recognition in words: the badge beside every community figure, a shape and a word for each state."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.text import _, ngettext
from data_access.figures import Figure

EVENT_MARKS = {"shared": "▷", "assessed": "□", "accepted": "■", "used": "★", "rejected": "▼"}
"""A shape for each state, all of them in the typefaces of documents; the word always stands beside it."""

NOTHING_RECORDED = "▫"
NONE_RECORDED = "none_recorded"
"""What a file says of a community source of which no event is recorded."""


def recognition_word(event: str) -> str:
    """What a body did with a source, as a state."""
    return {
        "shared": _("shared with a body"),
        "assessed": _("assessed"),
        "accepted": _("accepted for a purpose"),
        "used": _("used in a review or plan"),
        "rejected": _("rejected"),
    }[event]


def recognition_mark(event: str) -> str:
    """The state with its shape: "■ accepted for a purpose"."""
    return f"{EVENT_MARKS[event]} {recognition_word(event)}"


def recognition_badge(recognised: Iterable[str]) -> str:
    """What every body last did, each state once: "■ accepted for a purpose; ▼ rejected (2 bodies)"."""
    events = list(recognised)
    if not events:
        return f"{NOTHING_RECORDED} {_('no recognition recorded here')}"
    return "; ".join(_counted(event, events.count(event)) for event in dict.fromkeys(events))


def _counted(event: str, bodies: int) -> str:
    if bodies == 1:
        return recognition_mark(event)
    return ngettext("{state} ({count} body)", "{state} ({count} bodies)", bodies).format(
        state=recognition_mark(event), count=bodies
    )


def recognition_of(figure: Figure) -> str:
    """The badge of a community figure; empty for an official one, which needs nobody's recognition."""
    return recognition_badge(figure.recognised) if figure.origin == "community" else ""


def recognition_codes(figure: Figure) -> str:
    """The same in codes, for files: "accepted; rejected", "none_recorded", empty for an official figure."""
    if figure.origin != "community":
        return ""
    return "; ".join(figure.recognised) or NONE_RECORDED
