"""The figures as pages ask for them: cached, and forgotten the moment the database says that something changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st
from sqlmodel import Session

from data_access.database import change_count, engine_for, reading
from data_access.figures import Figure
from data_access.prepare import named_problems, prepare
from data_access.queries.availability import Availability, read_availability
from data_access.queries.catalogue import AreaKind, Catalogue, read_catalogue
from data_access.queries.figures import read_figures
from data_access.queries.gaps import WidestGap, read_widest_gaps
from data_access.settings import Settings, read_settings

T = TypeVar("T")


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


def change() -> int:
    """The database's change counter; read once a rerun, it keys every cache below."""
    return _read(change_count)


@st.cache_resource(max_entries=2, show_spinner=False)
def _catalogue(change: int) -> Catalogue:
    return _read(read_catalogue)


@st.cache_resource(max_entries=512, show_spinner=False)
def _availability(change: int, country: str, series: str) -> Availability:
    return _read(lambda session: read_availability(session, _catalogue(change), country=country, series=series))


@st.cache_resource(max_entries=512, show_spinner=False)
def _figures(
    change: int,
    country: str,
    series: str,
    groups: tuple[str, ...] | None,
    kinds: tuple[AreaKind, ...] | None,
    time_period: str | None,
) -> tuple[Figure, ...]:
    return _read(
        lambda session: read_figures(
            session,
            _catalogue(change),
            country=country,
            series=series,
            groups=groups,
            kinds=kinds,
            time_period=time_period,
        )
    )


@st.cache_resource(max_entries=32, show_spinner=False)
def _widest_gaps(change: int, country: str) -> tuple[WidestGap, ...]:
    return _read(lambda session: read_widest_gaps(session, _catalogue(change), country=country))


def catalogue() -> Catalogue:
    """Everything known about the figures except the figures."""
    return _catalogue(change())


def availability(country: str, series: str) -> Availability:
    """What is held of a series in a country."""
    return _availability(change(), country, series)


def figures(
    country: str,
    series: str,
    *,
    groups: tuple[str, ...] | None = None,
    kinds: tuple[AreaKind, ...] | None = None,
    time_period: str | None = None,
) -> tuple[Figure, ...]:
    """Current figures of a series, with provenance; see ``data_access.queries.figures``."""
    return _figures(change(), country, series, groups, kinds, time_period)


def widest_gaps(country: str) -> tuple[WidestGap, ...]:
    """The widest documented gaps of a country, one a series, widest first."""
    return _widest_gaps(change(), country)
