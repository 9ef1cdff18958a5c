"""Sources: who says so, how they know, what bodies made of it, what came of it, and how to correct or complain."""

import streamlit as st

from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.sources import asked_source, draw_in_list, draw_whole, none_here, sources_for

selection = chosen()
asked = asked_source()

st.title(_("Sources"))
if asked is not None:
    link("sources", _("All sources"), {"country": selection.country})
    draw_whole(asked)
else:
    st.markdown(
        _("Every source held here, with its method, licence and weaknesses. Those of the chosen country come first.")
    )
    here, elsewhere = sources_for(selection)
    if nothing := none_here(selection):
        st.info(plain(nothing))
    for source in here:
        draw_in_list(source, selection)

    others = st.expander(_("Sources of other countries"), on_change="rerun", key="other-sources")
    if others.open:
        with others:
            for source in elsewhere:
                draw_in_list(source, selection)
