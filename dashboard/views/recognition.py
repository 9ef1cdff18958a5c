"""Recognition of one community source: what each official body did with it, on which day, in which document."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import store
from dashboard.chrome import illustrative_badge, plain
from dashboard.text import _
from dashboard.text.recognition import recognition_badge, recognition_mark
from dashboard.views.commitment import evidence_text
from dashboard.views.commitment_rows import body_then_and_now
from data_access.queries.catalogue import SourceFacts
from data_access.queries.entries import RecognitionFacts
from data_access.queries.recognition import latest_of_each_body


def draw_recognition(source: SourceFacts) -> None:
    """Draw what bodies did with a community source; nothing for an official one, which needs nobody's recognition."""
    if source.origin != "community":
        return
    heading, words = f"#### {_('Recognition')}", recognition_words(source.code)
    if source.illustrative and source.recognised:
        invented = _("**Illustrative: these bodies and what they did are invented.**")
        illustrative_badge(f"{heading}\n\n{invented}\n\n{words}", f"recognition-{source.code}")
    else:
        st.markdown(f"{heading}\n\n{words}")


@store.remembered(256)
def recognition_words(code: str) -> str:
    """The badge of a source, and below it each body with its latest event and, where there are any, those before it."""
    source = store.catalogue().sources[code]
    lines = [f"**{plain(recognition_badge(source.recognised))}**", ""]
    if source.recognised:
        return "\n".join([*lines, *(line for events in by_body(code) for line in _body_lines(events))])
    if source.recognition:
        said = _("The source says of itself: {words} No event of a body is recorded here, so no badge says so.")
        lines.append(plain(said.format(words=source.recognition)))
    else:
        lines.append(plain(_("No body is recorded here to have been given it, to have assessed, used or rejected it.")))
    return "\n".join(lines)


def by_body(code: str) -> tuple[tuple[RecognitionFacts, ...], ...]:
    """The events of a source, a tuple a body, the latest first; bodies in the order of what they did last."""
    events = store.record().recognition_of.get(code, ())
    return tuple(
        tuple(event for event in reversed(events) if event.body == last.body) for last in latest_of_each_body(events)
    )


def _body_lines(events: Sequence[RecognitionFacts]) -> list[str]:
    latest, *before = events
    lines = [f"- **{plain(body_then_and_now(latest.body, latest.happened_on))}:** {_event(latest)}"]
    return lines + [f"  - {_('before')}: {_event(one)}" for one in before]


def _event(event: RecognitionFacts) -> str:
    """One event: state, day, for what or why, and in which document."""
    parts = [plain(f"{recognition_mark(event.event)}, {event.happened_on}")]
    if event.purpose:
        parts.append(plain(_("Purpose: {purpose}").format(purpose=event.purpose)))
    if event.reason:
        parts.append(plain(_("Reason: {reason}").format(reason=event.reason)))
    documents = [plain(event.document)] if event.document else []
    if event.link:
        documents.append(evidence_text(event.link))
    parts.append(
        _("Document: {document}").format(document=", ".join(documents)) if documents else _("No document is recorded")
    )
    if event.stated_in:
        parts.append(plain(_("Stated in: {document}").format(document=event.stated_in)))
    return ". ".join(parts) + "."
