"""Map: official, community, or their difference where it may be drawn; click an area for its figures."""

import streamlit as st

from dashboard.charts import panel
from dashboard.selection import choose_code, chosen
from dashboard.text import _
from dashboard.text.formats import area_kind_text
from dashboard.views.area import figures_of
from dashboard.views.classes import METHODS
from dashboard.views.map import (
    SHOWS,
    levels_held,
    map_chart,
    method_text,
    nothing_to_show,
    show_text,
    why_no_map,
)

selection = chosen()

st.title(_("Map"))

show_box, level_box, class_box = st.columns(3)
with show_box:
    show = choose_code(
        _("Show"),
        "show",
        SHOWS,
        show_text,
        default="official",
        unavailable=lambda code: nothing_to_show(selection, code),
    )
levels = levels_held(selection, show)
with level_box:
    level = choose_code(_("Areas"), "level", levels, area_kind_text, default=levels[0] if levels else "")
with class_box:
    method = choose_code(_("Classes"), "classes", METHODS, method_text, default="quantile")

area = st.query_params.get("area", "")
chart = map_chart(selection, show, level, method, chosen=area) if level else None
if chart is None:
    st.info(why_no_map(selection))
else:
    area = panel.big_map(chart)
    figures_of(selection, area)
