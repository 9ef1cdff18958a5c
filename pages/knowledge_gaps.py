"""Knowledge gaps: what is known of whom, what is not, why, and what is planned to fill it."""

import streamlit as st

from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.knowledge_gaps_cell import draw_cell
from dashboard.views.knowledge_gaps_filters import choose_cell, choose_page, choose_rows_and_columns
from dashboard.views.knowledge_gaps_page import draw_areas, draw_country_plans, draw_matrix, draw_sentence
from dashboard.views.knowledge_gaps_plan import draw_plans

selection = chosen()

st.title(_("Knowledge gaps"))
draw_sentence(selection.country)

st.header(_("Indicator by group"))
matrix, shown = choose_rows_and_columns(selection)
rows = choose_page(shown)
picture = st.container()

st.header(_("One cell"))
row, column = choose_cell(selection, matrix)
with picture:
    draw_matrix(matrix, rows, shown, (row, column))
draw_cell(selection, matrix, row, column, shown.older)
draw_plans(selection.country, matrix.evidence.series[row], matrix.evidence.columns[column])

st.header(_("Area by area"))
draw_areas(selection, matrix, row, column, shown)

st.header(_("Plans to fill gaps"))
draw_country_plans(selection.country)
