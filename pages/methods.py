"""Methods: every measure in plain words and formula."""

import streamlit as st

from dashboard.selection import choose_code
from dashboard.text import _
from dashboard.views.methods import draw_method, methods

st.title(_("Methods"))
st.markdown(_("How every number here is made, when it may be used, and when it is refused."))

families = methods()
if families:
    family = choose_code(
        _("Family of methods"),
        "method",
        list(families),
        lambda code: _(families[code].title),
        default=next(iter(families)),
    )
    draw_method(families[family])
else:
    st.info(_("The documents of docs/methods are not part of this installation."))
