"""Who sits at the desk: without sign-in, whoever sits at the computer it runs on."""

from __future__ import annotations

import streamlit as st

from dashboard.text import _
from data_access.people.current import CurrentUser, command_line_user
from data_access.settings import read_settings


def steward() -> CurrentUser:
    """The steward at work; ends the page where the Data desk is not to be shown."""
    if not read_settings().steward:
        st.error(_("The Data desk is shown only when the product was started with --steward on this computer."))
        st.stop()
    return command_line_user()
