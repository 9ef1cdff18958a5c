"""What was done, by whom, and every value that a figure ever had."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard import store
from dashboard.desk.acts import read
from dashboard.text import _
from dashboard.text.groups import group_name
from data_access.people.audit import Act
from data_access.queries.revised import Place, revised
from data_access.releases.history import acts, versions
from data_access.releases.overview import DeskLine

MOST = 200


def draw_history(lines: tuple[DeskLine, ...]) -> None:
    """Draw who did what to a source, and the versions of one of its figures."""
    sources = {line.source: line.title for line in lines}
    if not sources:
        st.markdown(_("Nothing was done here yet."))
        return
    source = st.selectbox(
        _("Source"), list(sources), format_func=lambda code: f"{sources[code]} · {code}", key="desk-history-source"
    )
    done = read(partial(acts, code=source))
    st.dataframe(
        pd.DataFrame([_act(one) for one in reversed(done[-MOST:])]),
        hide_index=True,
        alt=_("Who did what to this source, the newest first"),
    )
    st.markdown(f"**{_('A figure that was revised, old and new')}**")
    _versions(source)


def _act(one: Act) -> dict[str, str]:
    words = {
        "import": _("kept as a draft"),
        "publish": _("published"),
        "revise": _("published in place of an earlier release"),
        "withdraw": _("withdrew"),
        "answer": _("recorded a consent"),
        "consent": _("recorded a consent"),
        "discard": _("discarded"),
        "pull": _("fetched from its service"),
    }
    return {
        _("When (UTC)"): f"{one.at:%Y-%m-%d %H:%M}",
        _("Who"): one.actor,
        _("As"): one.role,
        _("Did"): words.get(one.act, one.act),
        _("With"): one.upon,
        _("Particulars"): ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in one.particulars.items()),
    }


def _versions(source: str) -> None:
    found = read(partial(revised, source=source))
    if not found:
        st.markdown(_("No figure of this source that readers see has had another value before."))
        return
    series = {one[1]: _series_name(one[1]) for one in found}
    chosen = st.selectbox(
        _("Indicator"), list(series), format_func=series.__getitem__, key=f"desk-history-series-{source}"
    )
    places = [one for one in found if one[1] == chosen]
    at = st.selectbox(
        _("Figure"), range(len(places)), format_func=lambda i: _name(places[i]), key=f"desk-figure-{source}-{chosen}"
    )
    values = read(lambda session: versions(session, source, places[at]))
    st.dataframe(
        pd.DataFrame(
            [
                {
                    _("Value"): _("withheld") if v.status == "Q" else "" if v.value is None else f"{v.value:,g}",
                    _("People asked"): "" if v.n is None else f"{v.n:,}",
                    _("Release"): v.release,
                    _("Since (UTC)"): f"{v.loaded_at:%Y-%m-%d %H:%M}",
                    _("State"): _("replaced by {release}").format(release=v.superseded_by)
                    if v.superseded_by
                    else _("shown now"),
                }
                for v in values
            ]
        ),
        hide_index=True,
        alt=_("Every value this figure ever had, the newest first"),
    )


def _series_name(code: str) -> str:
    known = store.catalogue().series
    return known[code].name if code in known else code


def _name(place: Place) -> str:
    known = store.catalogue()
    area, _series, group, period = place
    try:
        who = group_name(known, group)
    except (KeyError, ValueError):
        who = group
    return f"{known.areas[area].name if area in known.areas else area} · {who} · {period}"
