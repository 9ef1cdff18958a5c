"""The period of the Results page: two days, in the address as ``from`` and ``to``."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from dashboard.text import _
from dashboard.views.commitment_days import now
from data_access.measures.results_window import Window

_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def this_quarter() -> datetime:
    """The quarter of an hour it is, by universal time: a day begins at a whole one everywhere on earth."""
    moment = now()
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def choose_window() -> Window:
    """Draw the two days and return the period; one that cannot be used is said and left out."""
    today = this_quarter().date().isoformat()
    first_box, last_box = st.columns(2)
    with first_box:
        first = _choose_day(_("From (empty: the beginning)"), "from")
    with last_box:
        last = _choose_day(_("To (empty: today)"), "to")
    if first and last and last < first:
        st.info(
            _("The period would end on {last}, before it begins on {first}: the whole record is shown.").format(
                last=last, first=first
            ),
            icon=":material/info:",
        )
        return Window(today)
    return Window(today, first, last)


def _choose_day(label: str, name: str) -> str:
    """A day whose value is the same in ``?name=2024-03-05``; empty when none is chosen."""
    key, seen = f"results-{name}", f"results-{name}:url"
    from_url = st.query_params.get(name, "")
    if from_url != st.session_state.get(seen, ""):
        st.session_state[key] = _day(from_url)
        if from_url and st.session_state[key] is None:
            st.info(
                _("{label}: “{wanted}” is no day between {first} and {last}; it is left out.").format(
                    label=label,
                    wanted=from_url[:20].replace("`", ""),
                    first=_EARLIEST.isoformat(),
                    last=_LATEST.isoformat(),
                ),
                icon=":material/info:",
            )
    st.session_state.setdefault(key, None)
    chosen = st.date_input(label, key=key, min_value=_EARLIEST, max_value=_LATEST, format="YYYY-MM-DD")
    value = chosen.isoformat() if isinstance(chosen, date) else ""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]
    st.session_state[seen] = value
    return value


def _day(written: str) -> date | None:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def period_text(window: Window) -> str:
    """The period in words."""
    if window.whole:
        return _("Whole record, as at {day}").format(day=window.today)
    return _("{first} to {last}").format(first=window.first or _("the beginning"), last=window.last or window.today)
