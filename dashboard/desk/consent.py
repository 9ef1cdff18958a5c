"""What the owners of sources agreed to: who owns the figures, what may be shared, since when, by which form."""

from __future__ import annotations

import streamlit as st

from dashboard.desk.acts import carry_out
from dashboard.text import _
from data_access.people.current import CurrentUser
from data_access.releases.consents import record_consent
from data_access.releases.incoming import Consent
from data_access.releases.overview import DeskLine


def draw_consent(lines: tuple[DeskLine, ...], by: CurrentUser) -> None:
    """Draw the form in which a consent is recorded, for a source that came through the desk."""
    sources = {line.source: line.title for line in lines if line.step in ("draft", "published")}
    if not sources:
        st.markdown(_("No source has come in yet whose owner could be asked."))
        return
    sharing = {
        "public": _("everything may be shown"),
        "aggregate_only": _("figures for areas may be shown, not those of single sites"),
        "private": _("nothing may be shown"),
        "revoked": _("the consent is taken back: withdraw everything"),
    }
    with st.form("desk-consent", enter_to_submit=False):
        source = st.selectbox(
            _("Source"), list(sources), format_func=lambda code: f"{sources[code]} · {code}", key="desk-consent-source"
        )
        owner = st.text_input(_("Who owns these figures"), key="desk-consent-owner")
        chosen = st.selectbox(
            _("What they agree to"), list(sharing), format_func=lambda code: sharing[code], key="desk-consent-sharing"
        )
        day = st.date_input(_("Agreed (or taken back) on"), None, key="desk-consent-day", format="YYYY-MM-DD")
        form = st.text_input(_("How: the form's name, or a few words"), key="desk-consent-form")
        why = st.text_input(_("If taken back, why (without names of people)"), key="desk-consent-why")
        given = st.form_submit_button(_("Record it"), key="desk-consent-save")
    if given and source is not None:
        on = day.isoformat() if day else ""
        if chosen == "revoked" and not on:
            st.error(_("Say on which day the consent was taken back."))
            return
        consent = Consent(owner, "private", "", form, on) if chosen == "revoked" else Consent(owner, chosen, on, form)
        carry_out(
            lambda session: record_consent(session, source, consent, by, why),
            _("What the owner of {source} agreed to is recorded, and counts from now on.").format(source=source),
        )
