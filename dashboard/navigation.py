"""The pages, in sections, and links between them that carry the view along."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from dashboard.text import _

_PAGES = Path(__file__).resolve().parents[1] / "pages"


def _page(name: str) -> st.Page:
    titles = {
        "overview": (_("Overview"), ":material/public:"),
        "country": (_("Country"), ":material/flag:"),
        "gaps": (_("Gaps"), ":material/align_horizontal_left:"),
        "map": (_("Map"), ":material/map:"),
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
        _("See"): [_page(name) for name in ("overview", "country", "gaps", "map")],
        _("Use"): [_page("brief")],
        _("Trust"): [_page(name) for name in trust],
    }


def link(page: str, label: str, view: Mapping[str, str]) -> None:
    """A link to a page that opens at ``view`` (codes as in the address)."""
    st.page_link(_page(page), label=label, query_params=dict(view), icon=":material/arrow_forward:")
