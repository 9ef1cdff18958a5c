"""One area: every figure held of it for the chosen indicator."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.selection import Selection
from dashboard.text import _
from dashboard.text.formats import interval_text, licence_text, origin_text, sample_text, short_title, shown
from dashboard.text.groups import group_name, series_name
from dashboard.text.recognition import recognition_of


def figures_of(selection: Selection, area: str) -> None:
    """Draw the figures of ``area``; nothing when no area is chosen or it is not in the chosen country."""
    known = store.catalogue()
    if area not in known.areas or known.areas[area].country != selection.country:
        return
    universe = store.availability(selection.country, selection.series).universe
    found = [f for f in store.figures(selection.country, selection.series) if f.area == area]
    st.header(
        _("{area}: {series}").format(area=_(known.areas[area].name), series=series_name(known.series[selection.series]))
    )
    if not found:
        st.info(_("No source held here has a figure of this indicator for this area."))
        return
    rows = [
        {
            _("Group"): group_name(known, f.group, universe),
            _("Period"): f.time_period,
            _("Value"): shown(f),
            _("Interval"): interval_text(f) if f.value is not None else "",
            _("Sample"): sample_text(f),
            _("Origin"): origin_text(f.origin) + (_(" (illustrative)") if f.illustrative else ""),
            _("Recognition"): recognition_of(f),
            _("Source"): short_title(f.source_title),
            _("Licence"): licence_text(f),
            _("Release and row"): f"{f.release}, {f.row}",
        }
        for f in sorted(found, key=lambda f: (-f.year, f.group, f.source))
    ]
    st.dataframe(rows, hide_index=True, width="stretch", alt=_("Figures of this area"))
