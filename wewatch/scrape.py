"""`/metrics` for Prometheus, before Django like the probes; who does not know the token is told nothing."""

import asyncio
import hmac
from collections.abc import Callable

from django.conf import settings

from wewatch.counting import exposition

PATH = "/metrics"
TEXT = b"text/plain; version=0.0.4; charset=utf-8"  # which every Prometheus reads


def may_scrape(headers: list[tuple[bytes, bytes]], token: str) -> bool:
    """Whether the one Authorization header bears the token; nobody does where there is no token."""
    given = [value for name, value in headers if name == b"authorization"]
    return bool(token) and len(given) == 1 and hmac.compare_digest(given[0], b"Bearer " + token.encode())


class Scrape:
    """ASGI: answers `/metrics`, `inner` the rest."""

    def __init__(self, inner: Callable) -> None:
        self._inner = inner

    async def __call__(self, scope, receive, send) -> None:
        if scope["path"] != PATH:
            await self._inner(scope, receive, send)
            return
        allowed = scope["method"] == "GET" and may_scrape(scope["headers"], settings.METRICS_TOKEN)
        status, body = (200, await asyncio.to_thread(exposition)) if allowed else (404, b"Not found\n")
        headers = [
            (b"content-type", TEXT),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
