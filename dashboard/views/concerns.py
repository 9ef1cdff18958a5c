"""A way to correct or complain: raised on the page of a source without a name, answered at the desk."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from dashboard import recording, store
from dashboard.chrome import illustrative_badge, plain
from dashboard.text import _, ngettext
from dashboard.text.record import concern_state_text, concern_text, marked_entry
from data_access.models.plans import CONCERNS
from data_access.queries.catalogue import SourceFacts
from data_access.queries.entries import ConcernFacts

MOST_IN_A_SESSION = 3
LONGEST = 2000
_SENT = "concerns-sent"
_TOLD = "concern-told"


@store.remembered(256)
def concerns_of(source: str) -> tuple[ConcernFacts, ...]:
    """The concerns about a source, oldest first."""
    found = (one for one in store.record().concerns.values() if one.source == source)
    return tuple(sorted(found, key=lambda one: (one.raised_on, one.code)))


def draw_concerns(source: SourceFacts) -> None:
    """Draw how many concerns were raised and what was answered (never their words), and the way to raise one."""
    st.markdown(f"#### {_('Correct or complain')}\n\n{concerns_told(source.code)}")
    if store.settings().concerns:
        _draw_form(source)
    elif store.settings().contact:
        st.markdown(plain(_("To correct or complain: {contact}").format(contact=store.settings().contact)))
    else:
        st.markdown(
            plain(
                _(
                    "This installation takes no concerns on its pages and states no contact; tell the organisation "
                    "that publishes the source."
                )
            )
        )


@store.remembered(256)
def concerns_told(source: str) -> str:
    """What may be said of the concerns about a source: how many, how far each has got, and the answers."""
    found = concerns_of(source)
    if not found:
        return plain(_("No correction, complaint or question about this source is recorded."))
    waiting = sum(one.state == "open" for one in found)
    count = ngettext("{count} concern is recorded", "{count} concerns are recorded", len(found))
    count = count.format(count=len(found))
    if waiting:
        said = ngettext("{concerns}; {count} waits for an answer.", "{concerns}; {count} wait for an answer.", waiting)
    else:
        said = ngettext("{concerns}, and is answered.", "{concerns}, and all are answered.", len(found))
    count = said.format(concerns=count, count=waiting)
    return "\n".join([plain(count), "", *(f"- {plain(_told(one))}" for one in found)])


def _told(one: ConcernFacts) -> str:
    sentence = _("{code} · {kind}, raised {day} · {state}").format(
        code=one.code, kind=concern_text(one.kind), day=one.raised_on, state=concern_state_text(one.state)
    )
    if one.answer:
        sentence = _("{concern} {day}. Answer: {answer}").format(
            concern=sentence, day=one.answered_on or _("(day not recorded)"), answer=one.answer
        )
    return marked_entry(sentence, illustrative=one.illustrative)


def _draw_form(source: SourceFacts) -> None:
    if told := st.session_state.pop(_TOLD, ""):
        st.success(plain(told), icon=":material/check:")
    if st.session_state.get(_SENT, 0) >= MOST_IN_A_SESSION:
        st.info(
            _("{count} concerns were sent from this window: please wait for an answer before sending more.").format(
                count=MOST_IN_A_SESSION
            )
        )
        return
    st.caption(
        _(
            "No name is asked for, and none is kept. What you write goes to the steward's list and is not shown on any "
            "page; the answer is shown here, under a code that you are given. Told that code, the steward can withdraw "
            "it. Name nobody: words with an e-mail address, a telephone or identity number or the coordinates of a "
            "place are refused and not kept."
        )
    )
    if source.illustrative:
        st.caption(_("This source is invented: what is sent about it is kept as an example."))
    with st.form(f"concern-{source.code}", border=False, clear_on_submit=False):
        kind = st.selectbox(_("What is it?"), CONCERNS, format_func=concern_text, key=f"concern-kind-{source.code}")
        wording = st.text_area(
            _("In your words, in any language"), max_chars=LONGEST, key=f"concern-wording-{source.code}"
        )
        sent = st.form_submit_button(_("Send"), type="primary")
    if not sent:
        return
    try:
        code = recording.raise_concern(source.code, kind, wording)
    except recording.NotRecorded as problem:
        said = [_("Not sent, and nothing of it was kept:"), *(f"- {plain(one.sentence)}" for one in problem.problems)]
        st.error("\n".join(said), icon=":material/error:")
        return
    st.session_state[_SENT] = st.session_state.get(_SENT, 0) + 1
    st.session_state[_TOLD] = _(
        "Sent. It is on the steward's list as {code}: keep this code to find the answer."
    ).format(code=code)
    del st.session_state[f"concern-wording-{source.code}"]
    st.rerun()


def concerns_section() -> None:
    """Draw the steward's list: every concern that is open, the oldest first, each with the form to answer it."""
    waiting = sorted(
        (one for one in store.record().concerns.values() if one.state == "open"),
        key=lambda one: (one.raised_on, one.code),
    )
    st.header(_("What communities and readers say"))
    if told := st.session_state.pop(_TOLD, ""):
        st.success(plain(told), icon=":material/check:")
    if not waiting:
        st.markdown(_("No correction, complaint or question is open."))
        return
    count = ngettext("{count} is open, the oldest first.", "{count} are open, the oldest first.", len(waiting))
    st.markdown(plain(count.format(count=len(waiting))))
    for one in waiting:
        _draw_open(one)


def _draw_open(one: ConcernFacts) -> None:
    source = store.catalogue().sources.get(one.source)
    about = source.title if source is not None else _("a source that is not shown any more")
    heading = _("{kind}, raised {day}, about {source}").format(
        kind=concern_text(one.kind), day=one.raised_on, source=about
    )
    words = f"**{plain(heading)}**  \n“{plain(one.wording)}”  \n{plain(one.code)}"
    if one.illustrative:
        illustrative_badge(f"{words} · **{_('ILLUSTRATIVE')}**", one.code)
    else:
        st.markdown(words)
    if recording.writer("concern") is None:
        return
    answering = st.expander(_("Answer"), icon=":material/reply:", on_change="rerun", key=f"answer-open-{one.code}")
    if not answering.open:
        return
    with answering, st.form(f"answer-{one.code}", border=False):
        st.caption(_("The answer is shown to everybody on the page of the source. Name nobody."))
        answer = st.text_area(_("Answer"), max_chars=LONGEST, key=f"answer-words-{one.code}")
        state = st.selectbox(
            _("State"), ("answered", "closed"), format_func=concern_state_text, key=f"answer-state-{one.code}"
        )
        sent = st.form_submit_button(_("Record the answer"), type="primary")
    if sent:
        _answer(one, answer, state)


def _answer(one: ConcernFacts, answer: str, state: str) -> None:
    today = datetime.now(UTC).date().isoformat()
    try:
        recording.record("concern", {"code": one.code, "answer": answer, "state": state, "answered_on": today})
    except recording.NotRecorded as problem:
        st.error("\n".join(f"- {plain(said.sentence)}" for said in problem.problems), icon=":material/error:")
        return
    st.session_state[_TOLD] = _("{code} is answered.").format(code=one.code)
    st.rerun()
