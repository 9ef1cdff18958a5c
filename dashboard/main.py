"""The router: page settings, language, navigation and the one chooser; then the page that was asked for."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import store
from dashboard.chrome import database_trouble, disclaimer, draw_notices, style
from dashboard.navigation import sections
from dashboard.selection import choose, remember
from dashboard.text import use_language
from data_access.importing.problems import FileProblem
from data_access.problems import DatabaseProblem
from data_access.settings import SettingProblem, read_settings

ICON = str(Path(__file__).parent / "static" / "icon.png")

st.set_page_config(page_title="Voices Count", page_icon=ICON, layout="wide")
use_language(st.query_params.get("lang", "en"))
style()

page = st.navigation(sections(steward=read_settings().steward), position="top")

try:
    store.make_ready()
    store.begin_rerun()
    remember(choose())
    said = st.container()
    with said:
        draw_notices()
    page.run()
    with said:  # what the page itself could not show
        draw_notices()
    disclaimer()
except (DatabaseProblem, FileProblem, SettingProblem) as problem:
    database_trouble(problem)
