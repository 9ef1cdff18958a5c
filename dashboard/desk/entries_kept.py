"""What has come as files of entries: drafts to publish or discard, voices to read, and each state an entry had."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import streamlit as st

from dashboard.chrome import plain
from dashboard.desk.acts import carry_out, read
from dashboard.text import _, ngettext
from dashboard.text.record import choice_text, heading_text, kind_text
from data_access.models.recorded import EntryDraft
from data_access.people.current import CurrentUser
from data_access.process.drafts import discard_entries, drafts, publish_entries
from data_access.process.kinds import KINDS
from data_access.process.states import history_of
from data_access.process.voices import WaitingVoice, read_voice, voices_waiting

DONE_SHOWN = 10


def draw_drafts(by: CurrentUser) -> None:
    """Draw the files that wait, each with what may be done to it, and the last that were done with."""
    every = read(drafts)
    waiting = [one for one in every if one.step == "draft"]
    done = [one for one in every if one.step != "draft"]
    if waiting:
        st.subheader(_("Files of entries that wait"), anchor=False)
    for one in waiting:
        st.markdown(plain(_facts(one)))
        _draft(one, by)
    if done:
        with st.expander(_("Files of entries published or discarded"), key="desk-entries-done"):
            for one in done[:DONE_SHOWN]:
                st.markdown(plain(_facts(one)))


def _facts(one: EntryDraft) -> str:
    steps = {"draft": _("draft, seen by nobody"), "published": _("published"), "discarded": _("discarded")}
    counts = Counter(entry["kind"] for entry in one.entries)
    said = [
        one.code,
        steps[one.step],
        one.file,
        ", ".join(f"{kind_text(name)}: {count:,}" for name, count in counts.items()),
        _("brought by {who}, {when} UTC").format(who=one.imported_by, when=f"{one.imported_at:%Y-%m-%d %H:%M}"),
    ]
    if one.published_by:
        said.append(_("published by {who}").format(who=one.published_by))
    if one.unreviewed:
        said.append(_("NOT REVIEWED by a second person"))
    return " · ".join(filter(None, said))


def _draft(one: EntryDraft, by: CurrentUser) -> None:
    own, alone = one.imported_by == by.name, False
    if own:
        st.markdown(_("You brought it, so somebody else should look at it and publish it."))
        alone = st.checkbox(
            _("Nobody else is here: publish it myself. It is recorded as not reviewed, and its voices still wait."),
            key=f"alone-{one.code}",
        )
    code = one.code
    with st.container(horizontal=True):
        if st.button(_("Publish {code}").format(code=code), key=f"publish-{code}", disabled=own and not alone):
            carry_out(
                lambda session: publish_entries(session, code, by, self_publish=alone),
                _("{code} is published. Every page shows it from now on.").format(code=code),
            )
        if st.button(_("Discard {code}").format(code=code), key=f"discard-{code}"):
            carry_out(lambda session: discard_entries(session, code, by), _("{code} is discarded.").format(code=code))


def draw_voices(by: CurrentUser) -> None:
    """Draw the voices that a second person must read before anybody else sees them."""
    waiting = read(lambda session: voices_waiting(session, by))
    if not waiting:
        return
    st.subheader(_("Voices that wait to be read"), anchor=False)
    st.markdown(
        ngettext(
            "{count} voice is shown to nobody yet. Check that it names nobody and tells of nobody to be found.",
            "{count} voices are shown to nobody yet. Check that they name nobody and tell of nobody to be found.",
            len(waiting),
        ).format(count=f"{len(waiting):,}")
    )
    for one in waiting:
        _voice(one, by)


def _voice(one: WaitingVoice, by: CurrentUser) -> None:
    with st.expander(f"{one.code} · {one.country}", key=f"voice-{one.code}"):
        st.markdown(plain(one.statement))
        if one.translation:
            st.markdown(plain(one.translation))
        st.caption(
            plain(
                _("{community} · consent of {day}: {scope} · entered by {who}").format(
                    community=one.community,
                    day=one.consented_on,
                    scope=choice_text("consent_scope", one.consent_scope),
                    who=one.entered_by,
                )
            )
        )
        own = one.entered_by == by.name
        if own:
            st.markdown(_("You entered it, so somebody else must read it."))
        if st.button(_("I have read {code}: show it").format(code=one.code), key=f"read-{one.code}", disabled=own):
            carry_out(
                lambda session: read_voice(session, one.code, by),
                _("{code} is shown from now on where its consent allows.").format(code=one.code),
            )


def draw_states() -> None:
    """Draw every state that one entry had, the newest first."""
    with st.expander(_("History of an entry"), key="desk-entries-history"):
        kind = st.selectbox(
            _("Kind of entry"), list(KINDS), format_func=kind_text, index=None, key="desk-entries-history-kind"
        )
        code = st.text_input(_("Its code (empty: the latest of the kind)"), key="desk-entries-history-code").strip()
        if kind is None:
            return
        states = read(lambda session: history_of(session, kind, code))
        if not states:
            st.markdown(_("Nothing was recorded under this code."))
            return
        earlier = {(one.code, one.number): one.content for one in states}
        rows = [
            {
                _("When (UTC)"): f"{one.at:%Y-%m-%d %H:%M}",
                _("Entry"): one.code,
                _("State"): one.number,
                _("Act"): _("withdrawn") if one.act == "withdraw" else _("recorded"),
                _("Who"): f"{one.actor} ({one.role})",
                _("What it said"): "; ".join(
                    f"{heading_text(heading)}: {text}"
                    for heading, text in one.content.items()
                    if text and text != earlier.get((one.code, one.number - 1), {}).get(heading)
                ),
            }
            for one in states
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("Every state of the entry, the newest first"))
