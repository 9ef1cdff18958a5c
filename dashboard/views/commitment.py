"""One commitment: what was promised, how far it has got, what both sides say, and the indicator it should move."""

from __future__ import annotations

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import illustrative_badge, plain
from dashboard.navigation import link
from dashboard.text import _
from dashboard.text.record import response_mark, status_mark
from dashboard.views.commitment_calendar import calendar
from dashboard.views.commitment_days import now
from dashboard.views.commitment_measured import draw_measured
from dashboard.views.commitment_rows import (
    CommitmentRow,
    areas_text,
    body_text,
    body_then_and_now,
    deadline_text,
    groups_text,
    overdue_text,
)
from dashboard.views.dialogue_forms import entry_form


def draw_commitment(row: CommitmentRow) -> None:
    """Draw a commitment whole."""
    one = row.commitment
    st.title(plain(one.wording))
    if one.illustrative:
        illustrative_badge(_("**Illustrative: this commitment is invented. Not evidence.**"), one.code)
    st.markdown(f"**{status_mark(row.status)}**")
    if row.late:
        st.warning(plain(overdue_text(row.late)), icon=":material/schedule:")
    elif one.deadline and row.status == "proposed":
        st.caption(_("A proposal cannot be overdue: nobody has agreed to it yet."))
    st.markdown("\n".join(f"- **{label}:** {plain(value)}" for label, value in _facts(row).items()))
    st.header(_("Did the figure move?"))
    draw_measured(row)
    st.header(_("Status history"))
    _draw_history(one.code)
    st.header(_("What counterparts say"))
    _draw_responses(one.code)
    st.header(_("Where it came from, and what followed"))
    _draw_thread(row)
    _draw_forms(row)
    st.download_button(
        _("Deadline for your calendar"),
        lambda: calendar([row], one.wording, now()),
        f"{one.code}.ics".lower(),
        "text/calendar",
        icon=":material/event:",
        on_click="ignore",
        disabled=not one.deadline,
    )


def _facts(row: CommitmentRow) -> dict[str, str]:
    one = row.commitment
    return {
        _("Body"): body_then_and_now(one.body, one.agreed_on),
        _("For"): groups_text(one),
        _("Where"): areas_text(one.areas, one.country),
        _("Agreed on"): one.agreed_on or _("not recorded"),
        _("Deadline"): deadline_text(one),
        _("Stated in"): one.stated_in or _("nowhere: this is an example"),
    }


def _draw_history(code: str) -> None:
    """Draw the statuses, the oldest first, each with who said it and what shows it."""
    statuses = store.record().statuses_of.get(code, ())
    if not statuses:
        st.info(_("No status has been recorded; what is known is the day of agreement alone."))
    for status in statuses:
        said = _("said by {who}").format(who=status.said_by) if status.said_by else _("nobody is recorded as saying so")
        line = f"**{status.since} · {status_mark(status.status)}** · {plain(said)}"
        if status.remark:
            line += f"  \n{plain(status.remark)}"
        if status.evidence:
            line += f"  \n{_('Evidence')}: {evidence_text(status.evidence)}"
        st.markdown(f"- {line}")


def evidence_text(evidence: str) -> str:
    """A document by its name, an address as a link that can be followed."""
    if evidence.startswith(("https://", "http://")) and not set(evidence) & set(' ()<>"'):
        return f"<{evidence}>"
    return plain(evidence)


def _draw_responses(code: str) -> None:
    """Draw what bodies said to it, under the names they had then."""
    responses = store.record().responses_of.get(code, ())
    if not responses:
        st.markdown(_("No counterpart has confirmed or disputed this yet."))
    for one in responses:
        words = f": “{plain(one.wording)}”" if one.wording else ""
        body = plain(body_then_and_now(one.body, one.responded_on))
        st.markdown(f"- **{response_mark(one.response)}** · {body}, {one.responded_on}{words}")


def _draw_thread(row: CommitmentRow) -> None:
    """Draw the demand and dialogue it came from, and the policies that name it."""
    one, record = row.commitment, store.record()
    demand, dialogue = record.demands.get(one.demand), record.dialogues.get(one.dialogue)
    if demand is None and dialogue is None:
        st.markdown(_("No demand and no dialogue is recorded for it."))
    if demand is not None:
        asked = demand.asked_by or _("somebody not recorded")
        st.markdown(plain(_("Demand: {wording} Asked by {who}.").format(wording=demand.wording, who=asked)))
    if dialogue is not None:
        link(
            "dialogues",
            _("Dialogue: {title}, {day}").format(title=dialogue.title, day=dialogue.starts[:10]),
            {"country": dialogue.country, "dialogue": dialogue.code},
        )
    policies = [p for p in record.policies.values() if p.commitment == one.code]
    if not policies:
        st.markdown(_("No policy that followed is recorded."))
    for policy in sorted(policies, key=lambda p: (p.adopted_on, p.code)):
        words = _("Policy: {title}, {body}, {day}. {what}").format(
            title=policy.title, body=body_text(policy.body, policy.adopted_on), day=policy.adopted_on, what=policy.what
        )
        st.markdown(plain(words) + (f" {evidence_text(policy.link)}" if policy.link else ""))


def _draw_forms(row: CommitmentRow) -> None:
    """Draw, where entries are written, the forms of a counterpart and of the steward."""
    one = row.commitment
    invented = "yes" if one.illustrative else "no"
    forms = (
        ("commitment_response", _("Confirm or dispute"), ":material/how_to_reg:"),
        ("commitment_status", _("Record a status"), ":material/edit_note:"),
    )
    for kind, label, icon in forms:
        if recording.writer(kind) is None:
            continue
        form = st.expander(label, icon=icon, on_change="rerun", key=f"open-{kind}")
        if form.open:
            given = {"commitment": one.code, "illustrative": invented, "country": one.country}
            with form:
                entry_form(kind, given, key=f"{kind}-{one.code}")
