"""Brief: two pages that can be handed to a ministry, written from the current country and indicator."""

import streamlit as st

from dashboard.briefs import desk
from dashboard.selection import chosen
from dashboard.text import _

selection = chosen()

st.title(_("Evidence brief"))
st.markdown(
    _("Two pages on the chosen country and indicator: findings, map, gaps, figures with their uncertainty, sources.")
)
desk.preview_and_download(selection)
