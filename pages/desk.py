"""Data desk: a partner's file becomes evidence; for stewards, on the computer the product runs on."""

import streamlit as st

from dashboard.desk.bring import AtWork, bring_in
from dashboard.desk.consent import draw_consent
from dashboard.desk.entries import draw_entries
from dashboard.desk.intake import earlier_mappings
from dashboard.desk.releases import draw_releases, imported
from dashboard.desk.steward import steward
from dashboard.desk.told import draw_history
from dashboard.text import _
from dashboard.views.concerns import concerns_section

by = steward()
lines = imported()

st.title(_("Data desk"))
st.markdown(
    _(
        "Bring in a file, say what it means, see everything that was understood and refused, keep it as a draft, "
        "publish it."
    )
)

st.header(_("Bring in a file"))
bring_in(AtWork(by, earlier_mappings(lines)))

st.header(_("What has come in"))
draw_releases(lines, by)

st.header(_("What the owners agreed to"))
draw_consent(lines, by)

st.header(_("What was done"))
draw_history(lines)

concerns_section()

draw_entries(by)
