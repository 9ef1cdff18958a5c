"""The ASGI application around the pages: warm-up, boundaries by URL, compression and security headers."""

from __future__ import annotations

import gzip
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.fonts.coverage import FONTS
from data_access.boundaries import FOLDER as BOUNDARIES
from data_access.boundaries import own_boundaries
from data_access.settings import read_settings

ENTRY = str(Path(__file__).parent / "main.py")
_STREAMLIT_FILES = Path(st.__file__).parent / "static"

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'; worker-src 'self' blob:; connect-src 'self' ws: wss:; "
        "frame-ancestors 'self'; base-uri 'self'; form-action 'self'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""Nothing may be fetched from anywhere but this server, whatever a page or a library tries."""


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[None]:
    """Warm up before the first request. A database that cannot be prepared is left to the pages, which say so."""
    from dashboard import warming

    try:
        warming.warm()
    except Exception:
        logging.getLogger(__name__).exception("Warm-up failed; pages will say why")
    yield


class SecurityHeaders:
    """Adds the security headers to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


class FromThisComputerOnly:
    """While the Data desk is shown without sign-in: nothing is answered that comes, or is passed on, from elsewhere."""

    PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via", "cf-connecting-ip")

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and read_settings().steward and not self._from_here(scope):
            words = "The Data desk answers only on the computer it runs on, and not through a proxy."
            refusal: ASGIApp = PlainTextResponse(words, status_code=403)
            if scope["type"] == "websocket":
                refusal = WebSocketClose(code=1008, reason=words[:100])
            return await refusal(scope, receive, send)
        return await self.app(scope, receive, send)

    def _from_here(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = (scope.get("client") or ("", 0))[0]
        return host in ("127.0.0.1", "::1") and not any(name in headers for name in self.PASSED_ON)


class CompressedScripts:
    """Serves Streamlit's own scripts and styles compressed, which Streamlit itself does not do."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/static/"):
            accepts = Headers(scope=scope).get("accept-encoding", "")
            content = _compressed(scope["path"].removeprefix("/static/")) if "gzip" in accepts else None
            if content is not None:
                kind = "text/css" if scope["path"].endswith(".css") else "text/javascript"
                caching = {"content-encoding": "gzip", "vary": "accept-encoding"}
                caching["cache-control"] = "public, immutable, max-age=31536000"
                return await Response(content, media_type=kind, headers=caching)(scope, receive, send)
        return await self.app(scope, receive, send)


@lru_cache(maxsize=512)
def _compressed(name: str) -> bytes | None:
    """The file compressed, None when it is not a script or style of Streamlit's; kept, as its name holds its hash."""
    file = (_STREAMLIT_FILES / "static" / name).resolve()
    if file.suffix not in (".js", ".css") or not file.is_relative_to(_STREAMLIT_FILES) or not file.is_file():
        return None
    return gzip.compress(file.read_bytes(), compresslevel=6, mtime=0)


class Boundaries(StaticFiles):
    """Serves the deployment's own boundaries and the shipped ones; its own first, as ``boundaries.layers`` has them."""

    def __init__(self) -> None:
        super().__init__(directory=BOUNDARIES)
        self.all_directories = [own_boundaries(), BOUNDARIES]


ROUTES = [
    Mount("/boundaries", GZipMiddleware(Boundaries(), minimum_size=500)),
    Mount("/fonts", StaticFiles(directory=FONTS)),
]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(FromThisComputerOnly), Middleware(CompressedScripts)]
