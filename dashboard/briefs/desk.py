"""The brief on screen: its pages as pictures, and the document itself."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import store
from dashboard.briefs import compiler
from dashboard.chrome import illustrative_badge
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.views.brief import brief_of, file_name


@store.remembered(32)
def _pages(selection: Selection) -> tuple[bytes, ...]:
    brief = brief_of(selection)
    return tuple(compiler.pages(brief)) if brief is not None else ()


def preview_and_download(selection: Selection) -> None:
    """Draw the pages and the button that hands over the PDF."""
    brief = brief_of(selection)
    if brief is None:
        st.info(_("There is no gap to write about: choose an indicator that is broken down by group or area."))
        return
    if brief.illustrative:
        illustrative_badge(f"**{brief.illustrative}**", "brief")
    st.download_button(
        _("Download the brief (PDF)"),
        partial(compiler.pdf, brief),
        file_name=file_name(selection),
        mime="application/pdf",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        key="brief-pdf",
    )
    st.caption(_("Tagged for screen readers (PDF/UA), with sources, licences and the release of the data."))
    for number, page in enumerate(_pages(selection), 1):
        st.image(page, width="stretch", alt=_("Page {number} of the brief").format(number=number))
