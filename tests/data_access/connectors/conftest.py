"""Services as tests meet them: answers written by hand from the published formats, never recorded, never run live."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from data_access.connectors.pages import PageStore
from data_access.connectors.web import Web

Answer = Callable[[httpx.Request], httpx.Response]
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class Time:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.at, self.slept = 0.0, []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.at += seconds

    def clock(self) -> float:
        return self.at


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def store(tmp_path: Path) -> PageStore:
    return PageStore(tmp_path / "pages", now=lambda: NOW)


@pytest.fixture
def web(time: Time) -> Callable[[Answer], Web]:
    """A Web whose network is a function."""

    def make(answer: Answer) -> Web:
        transport = httpx.MockTransport(answer)
        return Web(transport=transport, sleep=time.sleep, clock=time.clock, jitter=lambda: 0.0)

    return make
