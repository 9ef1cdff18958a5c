"""The figures as pages ask for them: remembered, and forgotten the moment the database says that something changed."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import streamlit as st
from sqlmodel import Session

from dashboard.text import language
from data_access.database import change_count, engine_for, reading
from data_access.figures import Figure
from data_access.prepare import named_problems, prepare
from data_access.queries.availability import Availability, read_availability
from data_access.queries.catalogue import AreaKind, Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.gaps import WidestGap, read_widest_gaps
from data_access.queries.goals import Goals, read_goals
from data_access.queries.intersections import Intersections, read_intersections
from data_access.queries.quality import Assessments, read_assessments
from data_access.queries.record import LivingRecord, read_record
from data_access.settings import Settings, read_settings

P = ParamSpec("P")
T = TypeVar("T")
State = tuple[Settings, int]
"""This deployment's choices, and how often its database has changed."""

_state: ContextVar[State | None] = ContextVar("state", default=None)


@st.cache_resource(max_entries=1, show_spinner=False)
def settings() -> Settings:
    """This deployment's choices, read once a process."""
    return read_settings()


@st.cache_resource(max_entries=1, show_spinner=False)
def make_ready() -> bool:
    """Migrate and fill the database once a process; raises DatabaseProblem, and is tried again, when it cannot."""
    prepare(settings())
    return True


def _read(ask: Callable[[Session], T]) -> T:
    with named_problems(settings()), reading(engine_for(settings().database_url)) as session:
        return ask(session)


def begin_rerun() -> None:
    """Read the database's change counter; everything a rerun shows is of this one state."""
    _state.set((settings(), _read(change_count)))


def state() -> State:
    """The state this rerun shows; read anew outside of one (a download prepared in another thread)."""
    return _state.get() or (settings(), _read(change_count))


def remembered(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the last ``most`` results of a function of hashable arguments, for one state of the data and one language.

    Streamlit's own cache costs a tenth of a millisecond a look, which a page does a hundred times; results must be
    immutable, as every session shares them.
    """

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        @lru_cache(maxsize=most)
        def kept(_state: State, _language: str, *args: P.args, **kwargs: P.kwargs) -> T:
            return function(*args, **kwargs)

        @wraps(function)
        def look_up(*args: P.args, **kwargs: P.kwargs) -> T:
            return kept(state(), language(), *args, **kwargs)  # type: ignore[arg-type]

        return look_up

    return decorate


@remembered(4)
def catalogue() -> Catalogue:
    """Everything known about the figures except the figures."""
    return _read(read_catalogue)


@remembered(1024)
def availability(country: str, series: str) -> Availability:
    """What is held of a series in a country."""
    known = catalogue()
    return _read(lambda session: read_availability(session, known, country=country, series=series))


@remembered(512)
def figures(
    country: str,
    series: str,
    *,
    groups: tuple[str, ...] | None = None,
    kinds: tuple[AreaKind, ...] | None = None,
    time_period: str | None = None,
) -> tuple[Figure, ...]:
    """Current figures of a series, with provenance; see ``data_access.queries.figures``."""
    known = catalogue()
    return _read(
        lambda session: read_figures(
            session, known, country=country, series=series, groups=groups, kinds=kinds, time_period=time_period
        )
    )


@remembered(64)
def widest_gaps(country: str) -> tuple[WidestGap, ...]:
    """The widest documented gaps of a country, one a series, widest first."""
    known = catalogue()
    return _read(lambda session: read_widest_gaps(session, known, country=country))


@remembered(4)
def goals() -> Goals:
    """What is aimed at, by series and country."""
    return _read(read_goals)


@remembered(4)
def assessments() -> Assessments:
    """The newest quality assessment of every source against every framework."""
    known = catalogue()
    return _read(lambda session: read_assessments(session, known))


@remembered(256)
def intersections(country: str, series: str) -> tuple[Intersections, ...]:
    """Studies of who is furthest behind where several circumstances meet, the newest first."""
    known = catalogue()
    return _read(lambda session: read_intersections(session, known, country=country, series=series))


@remembered(4)
def record() -> LivingRecord:
    """The living record: who works where, voices, recognition, dialogues, commitments and plans."""
    return _read(read_record)
