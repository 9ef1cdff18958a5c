"""How lists of entries are set: a link that is a whole sentence runs over as many lines as it needs."""

from __future__ import annotations

import streamlit as st

_WHOLE_LINKS = """<style>
[data-testid="stPageLink"] a { height: auto; }
[data-testid="stPageLink"] a span, [data-testid="stPageLink"] p { white-space: normal; overflow: visible; }
</style>"""


def whole_links() -> None:
    """Let the links of this page show all of their words, on a phone as well."""
    st.html(_WHOLE_LINKS)
