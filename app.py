"""The server: ``streamlit run app.py`` or ``uvicorn app:app``."""

from __future__ import annotations

import streamlit as st

from dashboard.server import ENTRY, MIDDLEWARE, ROUTES, lifespan

app = st.App(ENTRY, lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
