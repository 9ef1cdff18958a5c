"""A dialogue for the room: one thing a screen in large type, without controls, next and previous by link."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.text import _
from dashboard.text.record import status_mark
from dashboard.views.commitment_days import when_text
from dashboard.views.commitment_rows import body_text, deadline_text, overdue_text
from dashboard.views.dialogue import commitments_of
from dashboard.views.dialogue_agenda import AgendaFigure, agenda_of, gap_lines, pair_lines
from dashboard.views.dialogue_demands import demands_of
from dashboard.views.dialogue_replies import replies_beside
from data_access.queries.entries import DialogueFacts

_LARGE = """<style>
.st-key-chooser, [data-testid="stHeader"], [data-testid="stToolbar"] { display: none; }
.st-key-room h1 { font-size: clamp(1.9rem, 4.5vw, 4rem); line-height: 1.15; }
.st-key-room p, .st-key-room li { font-size: clamp(1.2rem, 2.2vw, 2rem); line-height: 1.35; }
</style>"""


@dataclass(frozen=True, slots=True)
class Screen:
    """What one screen shows: a headline and a few lines under it."""

    kind: str
    headline: str
    lines: tuple[str, ...]
    illustrative: bool


def screens(dialogue: DialogueFacts) -> tuple[Screen, ...]:
    """The screens in their order: the dialogue, the figures of the agenda, the demands, the commitments."""
    first = Screen(_("Dialogue"), dialogue.title, (when_text(dialogue), dialogue.place), dialogue.illustrative)
    figures = [screen for place, figure in enumerate(agenda_of(dialogue), start=1) for screen in _figure(place, figure)]
    demands = [
        Screen(_("Demand"), asked.demand.wording, (asked.line, asked.withdrawn), asked.demand.illustrative)
        for asked in demands_of(dialogue)
    ]
    commitments = [
        Screen(
            _("Commitment"),
            row.commitment.wording,
            (
                status_mark(row.status),
                body_text(row.commitment.body),
                deadline_text(row.commitment),
                overdue_text(row.late),
            ),
            row.commitment.illustrative,
        )
        for row in commitments_of(dialogue)
    ]
    return (first, *figures, *demands, *commitments)


def _figure(place: int, figure: AgendaFigure) -> list[Screen]:
    """A screen for each pair of a figure; one where there is no pair."""
    kind = _("Figure {number}").format(number=place)
    if not figure.pairs:
        replies = [said for one in figure.figures for said in replies_beside(one)]
        return [Screen(kind, figure.name, (*gap_lines(figure), *replies), figure.illustrative)]
    found = []
    for pair in figure.pairs:
        both = [one for one in (pair.official, pair.community) if one is not None]
        replies = [said for one in both for said in replies_beside(one)]
        invented = figure.item.illustrative or any(one.illustrative for one in both)
        found.append(Screen(kind, figure.name, (*pair_lines(pair), *replies), invented))
    return found


def draw_room(dialogue: DialogueFacts) -> None:
    """Draw the screen named in the address, the first for anything that is none."""
    shown = screens(dialogue)
    written = st.query_params.get("screen", "1")
    number = int(written) if written.isdecimal() and len(written) < 6 and 1 <= int(written) <= len(shown) else 1
    screen = shown[number - 1]
    view = {"country": dialogue.country, "dialogue": dialogue.code}
    st.html(_LARGE)
    with st.container(key="room"):
        st.markdown(_("{kind} · {number} of {count}").format(kind=screen.kind, number=number, count=len(shown)))
        st.title(plain(screen.headline))
        if screen.illustrative:
            illustrative_badge(_("**ILLUSTRATIVE: invented, to show how this works. Not evidence.**"), "room")
        st.markdown("\n".join(f"- {plain(line)}" for line in screen.lines if line))
        with st.container(horizontal=True):
            if number > 1:
                link("dialogues", _("Previous"), view | {"present": "1", "screen": str(number - 1)})
            if number < len(shown):
                link("dialogues", _("Next"), view | {"present": "1", "screen": str(number + 1)})
            link("dialogues", _("Leave the presentation"), view)
