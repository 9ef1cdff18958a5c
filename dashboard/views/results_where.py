"""Of which country the Results page speaks, and which of its lists are open: both in the address."""

from __future__ import annotations

import streamlit as st

from dashboard import store
from dashboard.text import _
from dashboard.views.results import EVERYWHERE
from data_access.measures.results_chain import STEP_OF


def choose_where(country: str) -> str:
    """The chosen country, or all of them where that is wanted (``?all=yes``)."""
    st.session_state.setdefault("results-all", st.query_params.get("all") == "yes")
    everywhere = st.toggle(_("All countries together"), key="results-all")
    if everywhere:
        st.query_params["all"] = "yes"
    elif "all" in st.query_params:
        del st.query_params["all"]
    return EVERYWHERE if everywhere else country


def where_name(country: str) -> str:
    """The name of a country, or that it is all of them."""
    return _(store.catalogue().countries[country].name) if country else _("All countries")


def opened_numbers() -> set[str]:
    """The numbers whose lists are open from the start, as the address says (``?number=…``); said when it is wrong."""
    if "results-opened" not in st.session_state:
        wanted = [code for code in st.query_params.get("number", "").lower().split(",") if code]
        unknown = [code for code in wanted if code not in STEP_OF]
        if unknown:
            st.info(
                _("There is no number “{wanted}”; no list is opened for it.").format(
                    wanted=unknown[0][:40].replace("`", "")
                ),
                icon=":material/info:",
            )
        st.session_state["results-opened"] = frozenset(wanted) & frozenset(STEP_OF)
    opened: frozenset[str] = st.session_state["results-opened"]
    return set(opened)


def keep_open(codes: list[str]) -> None:
    """Keep in the address which lists are open."""
    wanted = ",".join(codes)
    if wanted and st.query_params.get("number") != wanted:
        st.query_params["number"] = wanted
    elif not wanted and "number" in st.query_params:
        del st.query_params["number"]
