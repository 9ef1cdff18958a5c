"""Sources: who says so, how they know, under which licence, and what to be careful about."""

import streamlit as st

from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.sources import draw_source, sources_for

selection = chosen()

st.title(_("Sources"))
st.markdown(
    _("Every source held here, with its method, licence and weaknesses. Those of the chosen country come first.")
)
here, elsewhere = sources_for(selection)
for source in here:
    draw_source(source)

others = st.expander(_("Sources of other countries"), on_change="rerun", key="other-sources")
if others.open:
    with others:
        for source in elsewhere:
            draw_source(source)
