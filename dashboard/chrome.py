"""What surrounds every page: the style sheet, notices, the badge of invented figures, and trouble said plainly."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import store
from dashboard.selection import notices
from dashboard.text import _

_STYLE = Path(__file__).parent / "static" / "voices_count.css"


def style() -> None:
    """Put the product's style sheet on the page."""
    st.html(_STYLE)


def draw_notices() -> None:
    """Say what was asked for in the address or the chooser and could not be shown."""
    for text in notices():
        st.info(text, icon=":material/info:")


def illustrative_badge(text: str, key: str) -> None:
    """The striped badge that stands wherever an invented figure is shown; ``key`` is unique on its page."""
    with st.container(key=f"illustrative-{key}"):
        st.markdown(text)


def disclaimer() -> None:
    """The line at the foot of every page: the state of the data and what the product does not claim."""
    known = store.catalogue()
    newest = max((release.loaded_at for release in known.releases.values()), default="–")
    st.divider()
    st.caption(
        _(
            "Official = hollow circle, community = filled diamond. Figures are shown as their sources publish them; "
            "nothing is estimated or filled in. {count} sources held; last change of the data {day}."
        ).format(count=len(known.sources), day=newest)
    )


def database_trouble(problem: Exception) -> None:
    """Say in one sentence what is wrong with the data and what to do, with a button to try again."""
    st.title(_("Voices Count cannot show its figures"))
    st.error(str(problem), icon=":material/error:")
    st.button(_("Try again"), type="primary")


def plain(text: str) -> str:
    """Text from figures as text: nothing in it is read as Markdown."""
    for sign in "\\`*_[]<>$~:#":
        text = text.replace(sign, f"\\{sign}")
    return text
