"""A table to take away: CSV for machines, a workbook for people, written when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from dashboard.text import _
from dashboard.views.commitment_downloads import XLSX, Line, lines_csv, lines_xlsx

Lines = Callable[[], Sequence[Line]]


def offer(title: str, name: str, lines: Lines, about: Sequence[str] = ()) -> None:
    """The two buttons of a table; ``name`` is the file's, ``about`` what the workbook says of it besides its title."""
    with st.container(horizontal=True):
        st.download_button(
            _("{title} (CSV)").format(title=title),
            partial(_csv, lines),
            file_name=f"{name}.csv",
            mime="text/csv",
            key=f"csv-{name}",
            on_click="ignore",
        )
        st.download_button(
            _("{title} (XLSX)").format(title=title),
            partial(_xlsx, title, lines, tuple(about)),
            file_name=f"{name}.xlsx",
            mime=XLSX,
            key=f"xlsx-{name}",
            on_click="ignore",
        )


def _csv(lines: Lines) -> bytes:
    return lines_csv(lines())


def _xlsx(title: str, lines: Lines, about: Sequence[str]) -> bytes:
    return lines_xlsx(title, lines(), about)
