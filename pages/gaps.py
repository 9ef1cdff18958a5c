"""Gaps: who is behind, where, official against community, and over time."""

import streamlit as st

from dashboard.charts import panel
from dashboard.selection import choose_code, chosen
from dashboard.text import _
from dashboard.text.formats import area_kind_text
from dashboard.views.gaps import (
    by_dimension_choices,
    draw_what_is_missing,
    explain,
    level_choices,
    why_no_groups,
    why_no_pairs,
)
from dashboard.views.inequality import comparison_choices, how_unequal, why_not_unequal
from dashboard.views.intersections import furthest_behind
from dashboard.views.pace import copied_pace, pace_section
from dashboard.views.pairs import count_sentence, official_and_community, pairs_of
from dashboard.views.people import who_is_behind
from dashboard.views.places import where_behind
from dashboard.views.strength import draw_strength_of_gap, widest_between_areas, widest_between_groups
from dashboard.views.trend import over_time, why_no_trend

selection = chosen()

st.title(_("Gaps"))

st.header(_("Who is behind"))
groups = who_is_behind(selection)
if groups is None:
    st.info(why_no_groups(selection))
    draw_what_is_missing(selection)
else:
    panel.show(groups)
    draw_strength_of_gap(selection, widest_between_groups(selection))

st.header(_("How unequal"))
told_apart = comparison_choices(selection)
if told_apart:
    by = choose_code(
        _("Between whom"), "dimension", list(told_apart), told_apart.__getitem__, default=next(iter(told_apart))
    )
    how_unequal(selection, by)
else:
    st.info(why_not_unequal(selection))

st.header(_("Furthest behind"))
furthest_behind(selection)

st.header(_("Where"))
levels = level_choices(selection)
if levels:
    kind_box, split_box = st.columns(2)
    with kind_box:
        kind = choose_code(_("Areas"), "level", levels, area_kind_text, default=levels[0])
    with split_box:
        splits, split_name = by_dimension_choices(selection, kind)
        split = choose_code(_("Compare within each area"), "by", splits, split_name, default=splits[0])
    areas = where_behind(selection, kind, split.removeprefix("none"))
    if areas is not None:
        panel.show(areas)
        draw_strength_of_gap(selection, widest_between_areas(areas))
else:
    st.info(_("No source held here breaks this indicator down by area for this group and year."))

st.header(_("Official against community"))
pairs = pairs_of(selection)
chart = official_and_community(selection)
if chart is None:
    st.info(why_no_pairs(pairs))
else:
    st.markdown(count_sentence(pairs))
    panel.show(chart)
    explain(selection, pairs)

st.header(_("Over time"))
trend = over_time(selection)
if trend is None:
    st.info(why_no_trend(selection))
else:
    panel.show(trend, sentence=copied_pace(selection))
pace_section(selection)
