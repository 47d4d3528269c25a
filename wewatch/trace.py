"""Which request or socket a line of the log belongs to: an id for each, in the log and in the reply's X-Request-ID."""

import asyncio
import contextvars
import logging
import re
import secrets
import time
from collections.abc import Callable, Coroutine
from urllib.parse import quote

from django.conf import settings

from wewatch.address import client_address, network

log = logging.getLogger(__name__)
HEADER = b"x-request-id"
FORM = re.compile(rb"[A-Za-z0-9_-]{8,64}")
UNNOTED = {"/healthz", "/readyz", "/metrics"}  # asked for by programs, every few seconds
KINDS = {"http": "request", "websocket": "socket"}

current: contextvars.ContextVar[tuple[str, str] | None] = contextvars.ContextVar("trace", default=None)


class Trace:
    """ASGI, outermost: gives everything that happens within a request or socket its id, and notes its end."""

    def __init__(self, inner: Callable) -> None:
        self._inner = inner

    async def __call__(self, scope, receive, send) -> None:
        current.set((KINDS[scope["type"]], trace_id(scope["headers"], settings.TRUSTED_PROXIES)))
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
            return
        began = time.monotonic()
        try:
            await self._inner(scope, receive, send)
        finally:
            _note(scope, began)

    async def _answer(self, scope, receive, send) -> None:
        began, status = time.monotonic(), None

        async def answer(message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), (HEADER, current.get()[1].encode())]}
            await send(message)

        try:
            await self._inner(scope, receive, answer)
        finally:
            _note(scope, began, status)


def trace_id(headers: list[tuple[bytes, bytes]], proxies: int) -> str:
    """The id that our own proxy gave, else a new one: what anybody could send is not believed."""
    given = [value for name, value in headers if name == HEADER] if proxies else []
    if len(given) == 1 and FORM.fullmatch(given[0]):
        return given[0].decode()
    return secrets.token_hex(8)


def untraced(work: Coroutine) -> asyncio.Task:
    """A task that serves everybody: what it logs is not of the request or socket that happened to start it."""
    return asyncio.create_task(work, context=contextvars.Context())


def _note(scope: dict, began: float, status: int | None = None) -> None:
    if scope["path"] in UNNOTED or not log.isEnabledFor(logging.INFO):
        return
    fields = {
        "method": scope.get("method"),
        "path": quote(scope["path"]),
        "status": status,
        "ms": round((time.monotonic() - began) * 1000, 1),
        "from": network(client_address(scope)),
    }
    shown = {name: value for name, value in fields.items() if value is not None}
    log.info(
        "%s ended: %s", KINDS[scope["type"]], " ".join(f"{k}={v}" for k, v in shown.items()), extra={"fields": shown}
    )
