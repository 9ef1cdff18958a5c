"""Answers of services on disk, so that an interrupted pull goes on where it stopped and nobody is asked twice a day."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from data_access.settings import ROOT

DEFAULT_FOLDER = ROOT / "var" / "pages"
FRESH = timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the address asked, the bytes that came, and when (UTC)."""

    url: str
    body: bytes
    accessed: datetime


class PageStore:
    """A private folder with one file an address, named by the address's SHA-256; readable by this account alone."""

    def __init__(
        self, folder: Path = DEFAULT_FOLDER, *, fresh: timedelta = FRESH, now: Callable[[], datetime] = _now
    ) -> None:
        self.folder, self.fresh, self.now = folder, fresh, now

    def find(self, url: str) -> Page | None:
        """The answer of ``url`` if a whole one is kept and still fresh."""
        file = self._file(url)
        try:
            head, body = file.read_bytes().split(b"\n", 1)
            facts = json.loads(head)
            page = Page(facts["url"], body, datetime.fromisoformat(facts["accessed"]))
            whole = facts["url"] == url and facts["sha256"] == hashlib.sha256(body).hexdigest()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return page if whole and self.now() - page.accessed < self.fresh else None

    def keep(self, url: str, body: bytes) -> Page:
        """Keep an answer, whole or not at all, in place of an older one."""
        page = Page(url, body, self.now())
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)
        facts = {"url": url, "accessed": page.accessed.isoformat(), "sha256": hashlib.sha256(body).hexdigest()}
        unfinished = self.folder / f"{secrets.token_hex(8)}.part"
        try:
            with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
                stream.write(json.dumps(facts).encode() + b"\n" + body)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(self._file(url))
        finally:
            unfinished.unlink(missing_ok=True)
        return page

    def tidy(self) -> int:
        """Remove what is no longer fresh or was never finished; returns how many files."""
        removed = 0
        for file in [*self.folder.glob("*.page"), *self.folder.glob("*.part")]:
            with contextlib.suppress(OSError):
                age = self.now() - datetime.fromtimestamp(file.stat().st_mtime, UTC)
                if age >= self.fresh:
                    file.unlink()
                    removed += 1
        return removed

    def _file(self, url: str) -> Path:
        return self.folder / f"{hashlib.sha256(url.encode()).hexdigest()}.page"
