"""What has come through the desk: drafts to publish or discard, published releases to withdraw, and their history."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from sqlmodel import Session

from dashboard import store
from dashboard.chrome import plain
from dashboard.text import _
from data_access.database import engine_for, reading, writing
from data_access.people.current import CurrentUser, NotAllowed
from data_access.prepare import named_problems
from data_access.releases.drafts import discard
from data_access.releases.overview import DeskLine, through_the_desk
from data_access.releases.problems import ReleaseProblem
from data_access.releases.publication import publish
from data_access.releases.withdrawal import withdraw


def imported() -> tuple[DeskLine, ...]:
    """Every release that was imported here, the newest first."""
    settings = store.settings()
    with named_problems(settings), reading(engine_for(settings.database_url)) as session:
        return through_the_desk(session)


def draw_releases(lines: tuple[DeskLine, ...], by: CurrentUser) -> None:
    """Draw every release with what may be done to it."""
    if not lines:
        st.info(_("Nothing has been imported here yet."))
    for line in lines:
        state = {
            "draft": _("draft"),
            "published": _("published"),
            "withdrawn": _("withdrawn"),
            "discarded": _("discarded"),
        }[line.step]
        st.markdown(f"#### {plain(line.release)} · {state}\n{plain(_facts(line))}")
        if line.step == "draft":
            _draft(line, by)
        elif line.step == "published":
            _published(line, by)


def _facts(line: DeskLine) -> str:
    said = [
        line.title,
        _("{rows} figures from {file}").format(rows=f"{line.rows:,}", file=line.file),
        _("imported by {who}, {when}").format(who=line.imported_by, when=f"{line.imported_at:%Y-%m-%d %H:%M}"),
    ]
    if line.published_by:
        said.append(_("published by {who}").format(who=line.published_by))
    if line.unreviewed:
        said.append(_("NOT REVIEWED by a second person"))
    if line.why:
        said.append(line.why)
    return " · ".join(said)


def _draft(line: DeskLine, by: CurrentUser) -> None:
    own = line.imported_by == by.name
    alone = own and st.checkbox(
        _("Nobody else is here to look at it: publish it as not reviewed"), key=f"alone-{line.release}"
    )
    left, right, _rest = st.columns([1, 1, 3])
    with left:
        if st.button(_("Publish"), key=f"publish-{line.release}", type="primary", disabled=own and not alone):
            _do(lambda session: publish(session, line.release, by, own_allowed=bool(alone)))
    with right:
        if st.button(_("Discard"), key=f"discard-{line.release}"):
            _do(lambda session: discard(session, line.release, by))


def _published(line: DeskLine, by: CurrentUser) -> None:
    with st.expander(_("Withdraw {release}").format(release=line.release)):
        st.markdown(
            _("It leaves every page, chart and file at once; that it was here, and why it went, stays recorded.")
        )
        why = st.text_input(_("Why"), key=f"why-{line.release}")
        if st.button(_("Withdraw"), key=f"withdraw-{line.release}", disabled=not why.strip()):
            _do(lambda session: withdraw(session, line.release, by, why))


def _do(act: Callable[[Session], object]) -> None:
    """Carry out one act in one transaction, or say why not; then show what is so now."""
    settings = store.settings()
    try:
        with named_problems(settings), writing(engine_for(settings.database_url)) as session:
            act(session)
    except (ReleaseProblem, NotAllowed) as problem:
        st.error(plain(str(problem)))
        return
    st.rerun()
