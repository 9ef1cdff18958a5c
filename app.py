"""The server: ``streamlit run app.py`` or ``uvicorn app:app``."""

from __future__ import annotations

from dashboard.server import make_app

app = make_app()
