"""Data desk: a partner's file becomes evidence; for stewards, on the computer the product runs on."""

import streamlit as st

from dashboard.desk.bring import bring_in
from dashboard.desk.releases import draw_releases, imported
from dashboard.desk.steward import steward
from dashboard.text import _

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
bring_in(by, {line.release: line.mapping for line in lines if line.mapping})

st.header(_("What has come in"))
draw_releases(lines, by)
