"""Review annex: what a voluntary national review may put beside its own figures, and the countries compared."""

from functools import partial

import streamlit as st

from dashboard.charts.panel import palette
from dashboard.chrome import illustrative_badge
from dashboard.selection import chosen
from dashboard.text import _
from dashboard.views.commitment_days import days
from dashboard.views.commitment_rows import as_lines
from dashboard.views.comparison import comparison_lines, gaps_words, promises_words
from dashboard.views.comparison_chart import gaps_chart, picture, promises_chart
from dashboard.views.country import country_name
from dashboard.views.markup import words_table
from dashboard.views.results import any_invented
from dashboard.views.results_offer import offer
from dashboard.views.results_tables import opening_table
from dashboard.views.review import annex_counts, annex_header, annex_lines, annex_words
from dashboard.views.review_record import (
    commitments_header,
    commitments_of,
    commitments_words,
    left_out,
    recognition_header,
    recognition_lines,
    recognition_words,
)

selection = chosen()
country, today = selection.country, days()

st.title(_("Review annex"))
st.markdown(
    _(
        "For the High-level Political Forum and a voluntary national review: the newest national figures of official "
        "sources and of communities by SDG target, where each community source stands, and what was promised."
    )
)
if any_invented():
    illustrative_badge(
        _("**Rows marked as invented show how this page works. They are not evidence and belong in no review.**"),
        "review",
    )

st.header(_("{country}: figures by target").format(country=country_name(selection)))
st.markdown(annex_counts(country))
st.html(opening_table(_("Newest national figure of each indicator"), annex_header(), annex_words(country)))
offer(_("Figures"), f"review-figures-{country}", partial(annex_lines, country))

st.header(_("Recognition of community sources"))
recognised = recognition_words(country)
if recognised:
    st.html(opening_table(_("Latest event of each body about each source"), recognition_header(), recognised))
    offer(_("Recognition"), f"review-recognition-{country}", partial(recognition_lines, country))
else:
    st.markdown(_("No community source of this country is held here."))

st.header(_("Commitments"))
promised = commitments_words(country, today)
if promised:
    st.html(opening_table(_("What was promised, by target"), commitments_header(), promised))
    if left_out(country, today):
        st.caption(left_out(country, today))
    offer(_("Commitments"), f"review-commitments-{country}", lambda: as_lines(commitments_of(country, today)))
else:
    st.markdown(_("No commitment is recorded here yet."))

st.header(_("Countries compared"))
st.subheader(_("Knowledge gaps"))
st.markdown(
    _(
        "Of the figures that the framework expects of each indicator and group: who has one here that is current. Only "
        "real figures count. Countries differ in the indicators held here, so the shares say more than the counts."
    )
)
st.html(picture(gaps_chart(today, palette().name)))
gaps = gaps_words(today)
st.html(words_table(_("Knowledge gaps of each country"), gaps[0], gaps[1:]))
st.subheader(_("Commitments and how they stand"))
st.html(picture(promises_chart(today, palette().name)))
promises = promises_words(today)
st.html(words_table(_("Commitments of each country"), promises[0], promises[1:]))
offer(_("Comparison"), "review-comparison", partial(comparison_lines, today))
