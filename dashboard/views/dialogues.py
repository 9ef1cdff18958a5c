"""The dialogues of a country: those to come first, then those held."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.selection import Selection
from dashboard.text import _, ngettext
from dashboard.text.record import level_text
from dashboard.views.commitment_days import begins, is_upcoming, now, when_text
from dashboard.views.dialogue_forms import entry_form
from data_access.queries.entries import DialogueFacts


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a dialogue holds."""

    figures: int
    demands: int
    commitments: int


def asked_dialogue(selection: Selection) -> DialogueFacts | None:
    """The dialogue named in the address; None, with a notice where it is not to be shown, for the list."""
    code = st.query_params.get("dialogue", "")
    if not code:
        return None
    found = store.record().dialogues.get(code)
    if found is not None and found.country == selection.country:
        return found
    st.info(_("The dialogue in the address is not one of this country; here is the list."), icon=":material/info:")
    return None


def dialogues_of(country: str) -> tuple[list[DialogueFacts], list[DialogueFacts]]:
    """Those to come, the soonest first, and those held, the latest first."""
    moment = now()
    found = sorted((d for d in store.record().dialogues.values() if d.country == country), key=begins)
    coming = [dialogue for dialogue in found if is_upcoming(dialogue, moment)]
    return coming, [dialogue for dialogue in reversed(found) if dialogue not in coming]


@store.remembered(4)
def counts() -> dict[str, Counts]:
    """What each dialogue holds, by code."""
    record = store.record()
    promised: dict[str, int] = {}
    for one in record.commitments.values():
        promised[one.dialogue] = promised.get(one.dialogue, 0) + 1
    return {
        code: Counts(len(record.agenda_of.get(code, ())), len(record.demands_of.get(code, ())), promised.get(code, 0))
        for code in record.dialogues
    }


def draw_dialogues(selection: Selection) -> None:
    """Draw the list of a country."""
    coming, held = dialogues_of(selection.country)
    for title, none, found in (
        (_("To come"), _("No dialogue to come is recorded here."), coming),
        (_("Held"), _("No dialogue that was held is recorded here."), held),
    ):
        st.header(title)
        if not found:
            st.markdown(none)
        for dialogue in found:
            _draw(dialogue)


def _draw(dialogue: DialogueFacts) -> None:
    link("dialogues", dialogue.title, {"country": dialogue.country, "dialogue": dialogue.code})
    count = counts()[dialogue.code]
    parts = [
        when_text(dialogue),
        level_text(dialogue.level),
        _("target {target}").format(target=dialogue.target) if dialogue.target else "",
        ngettext("{count} figure on the agenda", "{count} figures on the agenda", count.figures).format(
            count=count.figures
        ),
        ngettext("{count} demand", "{count} demands", count.demands).format(count=count.demands),
        ngettext("{count} commitment", "{count} commitments", count.commitments).format(count=count.commitments),
    ]
    words = plain(" · ".join(part for part in parts if part))
    if dialogue.illustrative:
        illustrative_badge(f"{words} · **{_('ILLUSTRATIVE')}**", dialogue.code)
    else:
        st.markdown(words)


def draw_form(country: str) -> None:
    """Draw the form of a new dialogue, where entries are written."""
    if recording.writer("dialogue") is None:
        return
    st.header(_("Record"))
    form = st.expander(_("Record a dialogue"), icon=":material/add:", on_change="rerun", key="open-dialogue")
    if form.open:
        with form:
            entry_form("dialogue", {"country": country}, key="dialogue")
