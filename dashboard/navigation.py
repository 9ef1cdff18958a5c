"""The pages, in sections, and links between them that carry the view along."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.text import _, language

_PAGES = Path(__file__).resolve().parents[1] / "pages"


def _page(name: str) -> st.Page:
    titles = {
        "overview": (_("Overview"), ":material/public:"),
        "country": (_("Country"), ":material/flag:"),
        "gaps": (_("Gaps"), ":material/align_horizontal_left:"),
        "map": (_("Map"), ":material/map:"),
        "knowledge_gaps": (_("Knowledge gaps"), ":material/grid_on:"),
        "dialogues": (_("Dialogues"), ":material/forum:"),
        "commitments": (_("Commitments"), ":material/handshake:"),
        "results": (_("Results"), ":material/checklist:"),
        "review": (_("Review annex"), ":material/article:"),
        "brief": (_("Evidence brief"), ":material/description:"),
        "sources": (_("Sources"), ":material/fact_check:"),
        "methods": (_("Methods"), ":material/functions:"),
        "desk": (_("Data desk"), ":material/upload_file:"),
    }
    title, icon = titles[name]
    return st.Page(_PAGES / f"{name}.py", title=title, icon=icon, url_path=name, default=name == "overview")


def sections(*, steward: bool = False) -> dict[str, list[st.Page]]:
    """Section → its pages, for the navigation; the Data desk for stewards alone."""
    trust = ("sources", "methods", *(("desk",) if steward else ()))
    return {
        _("See"): [_page(name) for name in ("overview", "country", "gaps", "map", "knowledge_gaps")],
        _("Use"): [_page(name) for name in ("brief", "dialogues", "commitments", "results", "review")],
        _("Trust"): [_page(name) for name in trust],
    }


@lru_cache(maxsize=256)
def _linked(name: str, _language: str) -> st.Page:
    """A page to be linked to, never run: pages hold dozens of links, and making one takes a tenth of a millisecond."""
    return _page(name)


def link(page: str, label: str, view: Mapping[str, str]) -> None:
    """A link to a page that opens at ``view`` (codes as in the address)."""
    if page == "knowledge_gaps":  # the chooser knows groups with figures; this page is about those without
        cell = {"row": view.get("indicator", ""), "whom": view.get("group", "")}
        view = {**{key: code for key, code in cell.items() if code}, **view}
    st.page_link(_linked(page, language()), label=label, query_params=dict(view), icon=":material/arrow_forward:")
