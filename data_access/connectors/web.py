"""Asking a service politely: slowly, with patience when it is busy, and saying who asks."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import httpx

from data_access.connectors.pages import Page, PageStore
from data_access.connectors.problems import (
    AnswerTooLarge,
    AnswerUnreadable,
    NoNetwork,
    ServiceBusy,
    ServiceFailed,
    ServiceRefused,
)

USER_AGENT = "VoicesCount/0.1 (evidence dashboard; fetches official statistics, a few pages a day)"
TRANSIENT = (408, 425, 429, 500, 502, 503, 504)
LARGEST = 200_000_000


def address(base: str, path: str = "", **parameters: str | int | None) -> str:
    """``base/path?parameters`` with everything escaped; parameters that are None are left out."""
    query = urlencode({k: v for k, v in parameters.items() if v is not None}, quote_via=quote)
    whole = base.rstrip("/") + ("/" + quote(path.strip("/"), safe="/.,:+;") if path else "")
    return f"{whole}?{query}" if query else whole


@dataclass
class Web:
    """Asks one question at a time, no host more often than every ``pause`` seconds.

    A host that is unreachable, busy or failing is asked ``tries`` times, waiting twice as long each time or as long as
    its Retry-After says, at most ``patience`` seconds. ``transport`` takes the place of the network.
    """

    transport: httpx.BaseTransport | None = None
    pause: float = 1.0
    tries: int = 5
    patience: float = 120.0
    largest: int = LARGEST
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    jitter: Callable[[], float] = random.random
    _asked: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, *, store: PageStore, accept: str = "application/json", anew: bool = False) -> Page:
        """The answer of ``url``: the one in ``store`` while it is fresh (unless ``anew``), else asked for and kept.

        Raises PullProblem, named for what went wrong.
        """
        if not anew and (kept := store.find(url)) is not None:
            return kept
        return store.keep(url, self._ask(url, accept))

    def _ask(self, url: str, accept: str) -> bytes:
        host = urlsplit(url).hostname or url
        wait = 1.0
        for attempt in range(1, self.tries + 1):
            self._take_turn(host)
            last = attempt == self.tries
            try:
                status, headers, body = self._once(url, accept)
            except httpx.TransportError as error:
                if last:
                    raise NoNetwork(host, type(error).__name__) from error
                self.sleep(wait + self.jitter())
            else:
                if status == 200:
                    return body
                if status not in TRANSIENT:
                    raise ServiceRefused(url, f"HTTP {status}")
                asked = retry_after(headers.get("retry-after", ""), datetime.now(UTC))
                if asked is not None and asked > self.patience:
                    raise ServiceBusy(host, asked)
                if last:
                    raise ServiceFailed(url, status)
                self.sleep(asked if asked is not None else wait + self.jitter())
            wait = min(wait * 2, self.patience)
        raise AssertionError("a loop that returns or raises has ended")

    def _once(self, url: str, accept: str) -> tuple[int, httpx.Headers, bytes]:
        timeout = httpx.Timeout(60.0, connect=15.0)
        headers = {"User-Agent": USER_AGENT, "Accept": accept}
        with (
            httpx.Client(transport=self.transport, timeout=timeout, headers=headers, follow_redirects=True) as client,
            client.stream("GET", url) as answer,
        ):
            parts, size = [], 0
            for part in answer.iter_bytes():
                size += len(part)
                if size > self.largest:
                    raise AnswerTooLarge(url, self.largest)
                parts.append(part)
            return answer.status_code, answer.headers, b"".join(parts)

    def _take_turn(self, host: str) -> None:
        ready = self._asked.get(host, -self.pause) + self.pause
        if (early := ready - self.clock()) > 0:
            self.sleep(early)
        self._asked[host] = self.clock()


def retry_after(header: str, now: datetime) -> float | None:
    """How long a Retry-After header asks to wait, in seconds or as a date (RFC 9110, 10.2.3); None without one."""
    if header.strip().isdigit():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except (TypeError, ValueError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def read_json(page: Page) -> Any:
    """The page as JSON. Raises AnswerUnreadable."""
    try:
        return json.loads(page.body)
    except ValueError as error:
        start = page.body[:60].decode("utf-8", "replace").strip()
        raise AnswerUnreadable(page.url, f"no JSON, it begins with {start!r}") from error


def member(page: Page, holder: Any, key: str, kind: type) -> Any:
    """``holder[key]``, which must be a ``kind``. Raises AnswerUnreadable."""
    found = holder.get(key) if isinstance(holder, Mapping) else None
    if not isinstance(found, kind):
        raise AnswerUnreadable(page.url, f"it has no {key}")
    return found
