"""Entries of the record as page tests write them: onto a copy of the filled database that the app then opens."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st

from dashboard import store
from data_access.database import engine_for, writing
from data_access.people.current import CurrentUser, Held
from data_access.process.withdrawing import withdraw_entry
from data_access.process.writing import record_entry
from data_access.releases.withdrawal import withdraw

STEWARD = CurrentUser("Steward", (Held("steward"), Held("reviewer"), Held("administrator")))


class OwnRecord:
    """A database of one test: what it writes is what the pages of that test show."""

    def __init__(self, file: Path) -> None:
        self.url = f"sqlite:///{file}"

    def write(self, kind: str, **cells: str) -> str:
        with writing(engine_for(self.url)) as session:
            return record_entry(session, kind, {"illustrative": "yes", **cells}, STEWARD)

    def withdraw(self, kind: str, code: str) -> None:
        with writing(engine_for(self.url)) as session:
            withdraw_entry(session, kind, code, "the community asked for it", STEWARD)

    def withdraw_source(self, code: str) -> None:
        with writing(engine_for(self.url)) as session:
            withdraw(session, code, STEWARD, "the community asked for it")

    def look(self) -> None:
        """Show this database from now on, outside of a page as well."""
        st.cache_resource.clear()
        store.begin_rerun()


@pytest.fixture
def own_record(own_file: Path, environment: pytest.MonkeyPatch) -> OwnRecord:
    """The app on a copy of the filled database."""
    found = OwnRecord(own_file)
    environment.setenv("DATABASE_URL", found.url)
    found.look()
    return found
