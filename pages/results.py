"""Results: what changed, for whom, and how it is known, over the five steps; each number opens to its list."""

import streamlit as st

from dashboard.chrome import illustrative_badge
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.markup import words_table
from dashboard.views.results import any_invented
from dashboard.views.results_files import hand_over
from dashboard.views.results_period import choose_window, period_text, this_quarter
from dashboard.views.results_steps import draw_step, side_by_side, stages_and_levels
from dashboard.views.results_text import step_name
from dashboard.views.results_where import choose_where, keep_open, opened_numbers, where_name
from data_access.measures.results_chain import STEPS

selection = chosen()

st.title(_("Results"))
st.markdown(
    _(
        "What was done and what came of it, step by step. Each number opens to the entries it counts, with where they "
        "are stated. Nothing here claims that one thing caused another."
    )
)
where = choose_where(selection.country)
window, now = choose_window(), this_quarter()
st.markdown(f"**{where_name(where)}** · {period_text(window)}")
if any_invented():
    illustrative_badge(
        _("**Entries called illustrative are invented to show how this page works. They are counted apart.**"),
        "results",
    )

opened = opened_numbers()
open_now = []
for step in STEPS:
    st.header(f"{step} · {step_name(step)}")
    open_now += draw_step(window, now, where, step, opened)
keep_open(open_now)

st.header(_("How far communities decide"))
stages = stages_and_levels(window, now, where)
if stages:
    st.html(words_table(_("Occasions of taking part, by stage and rung of the ladder"), stages[0], stages[1:]))
else:
    st.markdown(_("No community is recorded to have taken part in this period."))

st.header(_("Country by country"))
st.html(side_by_side(window, now))

st.header(_("Take it away"))
hand_over(window, now)
