"""While the Data desk is shown without sign-in, nobody else's computer gets an answer."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.server import FromThisComputerOnly


def answer(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


def client(host: str = "127.0.0.1") -> TestClient:
    app = FromThisComputerOnly(Starlette(routes=[Route("/", answer)]))
    return TestClient(app, client=(host, 50000))


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"])
def test_what_a_proxy_passes_on_is_refused(monkeypatch: pytest.MonkeyPatch, header: str) -> None:
    monkeypatch.setenv("VOICES_COUNT_STEWARD", "on")
    assert client().get("/").text == "a page"
    refused = client().get("/", headers={header: "10.0.0.9"})
    assert (refused.status_code, refused.text) == (
        403,
        "The Data desk answers only on the computer it runs on, and not through a proxy.",
    )


def test_another_computer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICES_COUNT_STEWARD", "on")
    assert client("192.168.1.7").get("/").status_code == 403
    assert client("::1").get("/").status_code == 200


def test_without_the_desk_everybody_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOICES_COUNT_STEWARD", "off")
    assert client("192.168.1.7").get("/", headers={"X-Forwarded-For": "10.0.0.9"}).text == "a page"
