"""Overview: the pilot countries on one map, and one sentence each, written from the figures."""

import streamlit as st

from dashboard.charts import panel
from dashboard.chrome import plain
from dashboard.navigation import link
from dashboard.text import _
from dashboard.views.overview import countries_at_a_glance, pilot_map

st.title(_("Who is left behind, and who says so"))
st.markdown(
    _(
        "Official statistics and figures that communities collect about themselves, side by side — "
        "with what may be said of the difference, and what may not."
    )
)

panel.small_map(pilot_map())

for country in countries_at_a_glance():
    st.subheader(country.name)
    st.markdown(plain(country.sentence))
    if country.unseen:
        st.caption(plain(country.unseen))
    st.caption(plain(_("Promised: {sentence}").format(sentence=country.promised)))
    link("country", _("Open {country}").format(country=country.name), country.view)
