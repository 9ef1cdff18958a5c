"""Acts upon the database, each in one transaction, or a sentence saying why not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from sqlmodel import Session

from dashboard import store
from dashboard.chrome import plain
from data_access.database import engine_for, reading, writing
from data_access.people.current import NotAllowed
from data_access.prepare import named_problems
from data_access.releases.problems import ReleaseProblem

T = TypeVar("T")
DONE = "desk-done"


def read(ask: Callable[[Session], T]) -> T:
    """What the database says."""
    settings = store.settings()
    with named_problems(settings), reading(engine_for(settings.database_url)) as session:
        return ask(session)


def carry_out(act: Callable[[Session], object], done: str) -> None:
    """Carry out one act, then show what is so now, with ``done`` as the word of it; or say why not."""
    settings = store.settings()
    try:
        with named_problems(settings), writing(engine_for(settings.database_url)) as session:
            act(session)
    except (ReleaseProblem, NotAllowed) as problem:
        st.error(plain(str(problem)), icon=":material/error:")
        return
    st.session_state[DONE] = done
    st.rerun()


def say_what_was_done() -> None:
    """The word of the last act, once; its place is kept, or what lies below would close when it goes."""
    with st.container():
        if done := st.session_state.pop(DONE, ""):
            st.success(plain(done), icon=":material/check:")
