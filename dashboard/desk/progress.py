"""Work beside the page as its steps: how far it is, and a way to end it at any moment."""

from __future__ import annotations

import streamlit as st

from dashboard.chrome import plain
from dashboard.desk.intake import Intake
from dashboard.desk.work import Work
from dashboard.text import _

STEPS = ("reading", "understanding", "weighing", "keeping")
SECONDS = 0.5


def watch(intake: Intake, work: Work) -> bool:
    """Draw how far the work is, with a button that ends it; True while it is under way.

    Once it has ended, say what stood in the way, if anything did.
    """
    if work.running:
        st.fragment(_draw, run_every=SECONDS)(intake, work)
        return True
    if work.cancelled:
        st.info(_("Cancelled. Nothing was kept, and nothing of it is left behind."))
    elif work.problem:
        st.error(plain(work.problem), icon=":material/error:")
    elif work.outcome is None and intake.look is None:
        st.error(_("Reading it ended without a word. Nothing was kept: put it away and choose it again."))
    elif work.outcome is None and work is intake.work:
        st.error(_("It ended without a word. Nothing was kept: try again."))
    return False


def _draw(intake: Intake, work: Work) -> None:
    if not work.running:
        st.rerun()
    at = STEPS.index(work.step) if work.step in STEPS else 0
    words = {
        "reading": _("Reading the file"),
        "understanding": _("Understanding it by the mapping, and checking every cell"),
        "weighing": _("Comparing it with what is held, and protecting people"),
        "keeping": _("Keeping it as a draft"),
    }
    st.progress((at + 1) / (len(STEPS) + 1), text=words.get(work.step, _("Starting")) + " …")
    if st.button(_("Cancel"), key="desk-cancel", icon=":material/stop_circle:"):
        work.cancel()
        st.rerun()
