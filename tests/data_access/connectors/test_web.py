"""Asking politely: turns, patience, what was fetched already, and a named error for everything that goes wrong."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from data_access.connectors.pages import PageStore
from data_access.connectors.problems import (
    AnswerTooLarge,
    AnswerUnreadable,
    NoNetwork,
    ServiceBusy,
    ServiceFailed,
    ServiceRefused,
)
from data_access.connectors.web import address, read_json, retry_after
from tests.data_access.connectors.conftest import NOW

URL = "https://figures.example/a"


def test_an_answer_is_asked_for_once_and_then_read_from_disk(web, store, time):
    asked = []

    def answer(request):
        asked.append((str(request.url), request.headers["user-agent"].split("/")[0]))
        return httpx.Response(200, content=b"{}")

    client = web(answer)
    first, second = client.get(URL, store=store), client.get(URL, store=store)
    assert asked == [(URL, "VoicesCount")]
    assert (first.body, first.accessed) == (second.body, second.accessed) == (b"{}", NOW)
    client.get(URL, store=store, anew=True)
    assert len(asked) == 2
    assert time.slept == [1.0]  # the second question to the same host waits its turn


def test_the_folder_is_private_and_a_stale_or_broken_page_is_not_used(web, store, tmp_path):
    web(lambda request: httpx.Response(200, content=b"old")).get(URL, store=store)
    (file,) = store.folder.iterdir()
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert PageStore(store.folder, now=lambda: NOW + timedelta(days=2)).find(URL) is None
    file.write_bytes(file.read_bytes()[:-1])
    assert store.find(URL) is None


def test_a_busy_service_is_waited_for_as_it_asks_and_then_twice_as_long_each_time(web, store, time):
    answers = [
        httpx.Response(429, headers={"Retry-After": "7"}),
        httpx.Response(503),
        httpx.Response(502),
        httpx.Response(200, content=b"[]"),
    ]
    page = web(lambda request: answers.pop(0)).get(URL, store=store)
    assert page.body == b"[]"
    assert time.slept == [7.0, 2.0, 4.0]


def _unreachable(request):
    raise httpx.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    ("answer", "problem", "words"),
    [
        (_unreachable, NoNetwork, "figures.example cannot be reached (ConnectError)"),
        (lambda r: httpx.Response(500), ServiceFailed, "HTTP 500"),
        (lambda r: httpx.Response(404), ServiceRefused, "HTTP 404"),
        (lambda r: httpx.Response(429, headers={"Retry-After": "3600"}), ServiceBusy, "wait 60 minutes"),
    ],
)
def test_every_failure_has_a_name_and_leaves_what_was_there(web, store, answer, problem, words):
    store.keep("https://figures.example/before", b"kept")
    with pytest.raises(problem) as raised:
        web(answer).get(URL, store=store)
    assert words in str(raised.value)
    assert "What was held before stays as it was." in str(raised.value)
    assert [page.read_bytes().endswith(b"kept") for page in store.folder.iterdir()] == [True]


def test_an_answer_without_end_is_not_read(web, store):
    client = web(lambda request: httpx.Response(200, content=b"x" * 1_000))
    client.largest = 999
    with pytest.raises(AnswerTooLarge):
        client.get(URL, store=store)


def test_a_page_of_words_instead_of_figures_is_named(web, store):
    page = web(lambda request: httpx.Response(200, content=b"<html>Sorry</html>")).get(URL, store=store)
    with pytest.raises(AnswerUnreadable, match="it begins with '<html>Sorry</html>'"):
        read_json(page)


def test_retry_after_is_seconds_or_a_date():
    now = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)
    assert retry_after("90", now) == 90.0
    assert retry_after("Mon, 23 Nov 2026 12:01:00 GMT", now) == 60.0
    assert retry_after("Mon, 23 Nov 2026 11:00:00 GMT", now) == 0.0
    assert retry_after("soon", now) is None


def test_an_address_is_escaped():
    made = address("https://a.example/v1/", "data/IAEG-SDGs,DF/A..B+C", q="SpatialDim eq 'KEN'", none=None)
    assert made == "https://a.example/v1/data/IAEG-SDGs,DF/A..B+C?q=SpatialDim%20eq%20%27KEN%27"
