"""What has come through the desk: drafts to publish or discard, published releases to withdraw."""

from __future__ import annotations

import streamlit as st

from dashboard.chrome import plain
from dashboard.desk.acts import carry_out, read, say_what_was_done
from dashboard.text import _, ngettext
from data_access.people.current import CurrentUser
from data_access.releases.drafts import discard
from data_access.releases.overview import DeskLine, through_the_desk
from data_access.releases.publication import publish
from data_access.releases.withdrawal import withdraw

AT_ONCE = 20


def imported() -> tuple[DeskLine, ...]:
    """Every release that was imported here, the newest first."""
    return read(through_the_desk)


def draw_releases(lines: tuple[DeskLine, ...], by: CurrentUser) -> None:
    """Draw the releases with what may be done to each: drafts first, then the newest."""
    say_what_was_done()
    if not lines:
        st.markdown(_("Nothing has been imported here yet. A file that you keep as a draft appears here."))
        return
    states = {
        "draft": _("draft, seen by nobody"),
        "published": _("published"),
        "withdrawn": _("withdrawn"),
        "discarded": _("discarded"),
    }
    in_order = sorted(lines, key=lambda line: line.step != "draft")
    shown = in_order if st.session_state.get("desk-all-releases") else in_order[:AT_ONCE]
    for line in shown:
        st.subheader(f"{plain(line.release)} · {states[line.step]}", anchor=False)
        st.markdown(plain(_facts(line)))
        if line.step == "draft":
            _draft(line, by)
        elif line.step == "published":
            _published(line, by)
    if len(in_order) > AT_ONCE:
        st.checkbox(_("Show all {count} releases").format(count=f"{len(in_order):,}"), key="desk-all-releases")


def _facts(line: DeskLine) -> str:
    said = [
        line.title,
        ngettext("{rows} figure from {file}", "{rows} figures from {file}", line.rows).format(
            rows=f"{line.rows:,}", file=line.file
        ),
        _("imported by {who}, {when} UTC").format(who=line.imported_by, when=f"{line.imported_at:%Y-%m-%d %H:%M}"),
    ]
    if line.published_by:
        said.append(_("published by {who}").format(who=line.published_by))
    if line.unreviewed:
        said.append(_("NOT REVIEWED by a second person"))
    if line.why:
        said.append(_("why: {why}").format(why=line.why))
    return " · ".join(said)


def _draft(line: DeskLine, by: CurrentUser) -> None:
    own = line.imported_by == by.name
    alone = False
    if own:
        st.markdown(_("You imported it, so somebody else should look at it and publish it."))
        alone = st.checkbox(
            _("Nobody else is here: publish it myself. It is recorded and shown as not reviewed."),
            key=f"alone-{line.release}",
        )
    with st.container(horizontal=True):
        if st.button(
            _("Publish {release}").format(release=line.release),
            key=f"publish-{line.release}",
            type="secondary" if own and not alone else "primary",
            disabled=own and not alone,
        ):
            carry_out(
                lambda session: publish(session, line.release, by, own_allowed=alone),
                _("{release} is published. Every page shows it from now on.").format(release=line.release),
            )
        if st.button(_("Discard {release}").format(release=line.release), key=f"discard-{line.release}"):
            carry_out(
                lambda session: discard(session, line.release, by),
                _("{release} is discarded, with its figures.").format(release=line.release),
            )


def _published(line: DeskLine, by: CurrentUser) -> None:
    with st.expander(_("Withdraw {release}").format(release=line.release), key=f"open-{line.release}"):
        whole = _("the whole source {source}, with all its releases; it cannot come back").format(source=line.source)
        only = _("this release alone; what it replaced is shown again")
        code = st.radio(
            _("What goes"),
            [line.release, line.source],
            format_func=lambda chosen: only if chosen == line.release else whole,
            key=f"what-{line.release}",
        )
        st.markdown(
            _("It leaves every page, chart and file at once; that it was here, and why it went, stays recorded.")
        )
        why = st.text_input(
            _("Why (a few words, without names of people; then press Enter)"), key=f"why-{line.release}"
        )
        if st.button(_("Withdraw it now"), key=f"withdraw-{line.release}", disabled=not why.strip()):
            carry_out(
                lambda session: withdraw(session, code, by, why),
                _("{code} is withdrawn: it is gone from every page.").format(code=code),
            )
