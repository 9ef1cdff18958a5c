"""Commitments: what bodies have promised, by when, how far it is, and whether the gap it is about narrowed."""

import streamlit as st

from dashboard.navigation import link
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.commitment import draw_commitment
from dashboard.views.commitment_days import days
from dashboard.views.commitment_style import whole_links
from dashboard.views.commitments import asked_commitment, choose_filters, draw_form, draw_list
from dashboard.views.dialogue_forms import say_what_was_recorded
from dashboard.views.scorecard import draw_scorecard

selection = chosen()
whole_links()
say_what_was_recorded()

commitment = asked_commitment(selection)
if commitment is not None:
    link("commitments", _("All commitments"), {"country": selection.country})
    draw_commitment(commitment)
else:
    st.title(_("Commitments"))
    filters = choose_filters(selection)
    draw_list(filters)
    draw_form(selection.country)
    st.header(_("Scorecard"))
    draw_scorecard(days(), "" if filters.where == "everywhere" else selection.country)
