"""Country: headline gaps, the map, and what official figures do not show."""

import streamlit as st

from dashboard.charts import panel
from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.country import country_name, headline_gaps, held, small_map, unseen

selection = chosen()

st.title(country_name(selection))
st.markdown(plain(held(selection)))

st.header(_("Widest documented gaps"))
for gap in headline_gaps(selection):
    st.markdown(f"**{plain(gap.title)}**")
    st.markdown(plain(gap.sentence))
    link("gaps", _("See this gap"), gap.view)

st.header(_("On the map"))
chart = small_map(selection)
if chart is None:
    st.info(_("The chosen indicator has no figures below the national level for this group and year."))
else:
    panel.show(chart)

st.header(_("What official figures do not show"))
for line in unseen(selection):
    st.markdown(f"- {plain(line)}")
