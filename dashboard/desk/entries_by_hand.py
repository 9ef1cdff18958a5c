"""Entries of the record written by hand: a new one of any kind, one cell of one that stands, or its withdrawal."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import plain
from dashboard.desk.acts import read
from dashboard.text import _
from dashboard.text.record import heading_text, kind_text
from dashboard.views.dialogue_forms import DONE, entry_form, offered_codes, say_what_was_recorded
from data_access.process.kinds import KINDS
from data_access.process.states import latest_content


def draw_by_hand() -> None:
    """Draw the part: say the kind and the country, then fill in, change or withdraw one entry."""
    say_what_was_recorded()
    with st.expander(_("Write, change or withdraw one entry by hand"), key="desk-by-hand"):
        kind = st.selectbox(_("Kind of entry"), list(KINDS), format_func=kind_text, key="by-hand-kind") or ""
        acts = {"new": _("Write a new one"), "change": _("Change one cell"), "withdraw": _("Withdraw one")}
        act = st.segmented_control(
            _("What to do"),
            list(acts),
            format_func=acts.__getitem__,
            default="new",
            required=True,
            key="by-hand-act",
        )
        if act == "new":
            _new(kind)
        elif act == "change":
            _change(kind)
        else:
            _withdraw(kind)


def _new(kind: str) -> None:
    asked = next((field for field in KINDS[kind].fields if field.heading == "country"), None)
    if asked is not None and not asked.required:  # a milestone of the whole coalition has none
        entry_form(kind, {}, key=f"by-hand-{kind}")
        return
    countries = offered_codes("country", "")
    country = (
        st.selectbox(_("Country"), list(countries), format_func=countries.__getitem__, key="by-hand-country") or ""
    )
    entry_form(kind, {"country": country}, key=f"by-hand-{kind}")


def _standing(kind: str) -> str:
    entries = list(store.record().of_kind[kind])
    return st.selectbox(_("Entry"), entries, index=None, placeholder=_("Choose"), key=f"by-hand-entry-{kind}") or ""


def _change(kind: str) -> None:
    code = _standing(kind)
    if not code:
        return
    stands = read(lambda session: latest_content(session, kind, code))
    headings = [heading for heading in KINDS[kind].headings if heading != "code"]
    heading = st.selectbox(_("Cell"), headings, format_func=heading_text, key=f"by-hand-cell-{kind}") or ""
    said = stands.get(heading, "")
    new = st.text_area(_("What it shall say"), value=said, key=f"by-hand-value-{kind}-{code}-{heading}")
    if st.button(_("Record the change"), type="primary", disabled=new.strip() == said, key="by-hand-change"):
        _carry_out(
            lambda: recording.record(kind, {"code": code, heading: new}),
            _("{code} is changed; what it said before is in its history.").format(code=code),
        )


def _withdraw(kind: str) -> None:
    code = _standing(kind)
    why = st.text_input(_("Why, without names of people"), key=f"by-hand-why-{kind}")
    if st.button(_("Withdraw it"), disabled=not (code and why.strip()), key="by-hand-withdraw"):
        _carry_out(lambda: recording.withdraw(kind, code, why), _("{code} is withdrawn.").format(code=code))


def _carry_out(act: Callable[[], object], done: str) -> None:
    try:
        act()
    except recording.NotRecorded as problem:
        for one in problem.problems:
            st.error(plain(one.sentence), icon=":material/error:")
        return
    st.session_state[DONE] = done
    st.rerun()
