"""Country: who works there, gaps, map, what is not known, voices, what was promised, and the five steps in time."""

import streamlit as st

from dashboard.charts import panel
from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.country import country_name, draw_unknown, headline_gaps, held, small_map, why_no_headlines
from dashboard.views.country_promises import draw_promised
from dashboard.views.country_task_force import draw_task_force
from dashboard.views.country_timeline import draw_timeline
from dashboard.views.country_voices import draw_voices

selection = chosen()

st.title(country_name(selection))
st.markdown(plain(held(selection)))

st.header(_("Task force"))
draw_task_force(selection)

st.header(_("Widest documented gaps"))
gaps = headline_gaps(selection)
if not gaps:
    st.info(why_no_headlines(selection))
for gap in gaps:
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
draw_unknown(selection)

st.header(_("Voices beside the numbers"))
draw_voices(selection)

st.header(_("What was promised"))
draw_promised(selection)

st.header(_("The five steps"))
draw_timeline(selection)
