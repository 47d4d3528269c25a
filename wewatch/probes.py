"""Probes for balancers and supervisors: does the process live (/healthz), and can it serve (/readyz)?

They stand before Django: a probe comes by plain http, under no allowed host, and is nobody's visit.
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from channels.layers import get_channel_layer

from wewatch.redis import OUT_OF_REACH, client

PATIENCE = 2.0  # seconds that the store and the layer have together
FRESH = 1.0  # seconds for which an answer serves everybody who asks

Answer = tuple[int, dict[str, str]]
_leaving = asyncio.Event()  # this process is about to stop: a balancer should lead nobody here any more


def leave() -> None:
    """From now on this process is not ready."""
    _leaving.set()


async def alive() -> Answer:
    """200 while the process answers at all: another answer, or none, asks for a restart."""
    return 200, {"process": "ok"}


class Readiness:
    """200 while the store and the channel layer answer, else 503; who asks at once shares one look at them."""

    def __init__(self) -> None:
        self._answer: Answer | None = None
        self._at = 0.0
        self._turn = asyncio.Lock()

    async def __call__(self) -> Answer:
        if _leaving.is_set():
            return 503, {"process": "leaving"}
        async with self._turn:
            if self._answer is None or time.monotonic() - self._at > FRESH:
                self._answer = await self._look()
                self._at = time.monotonic()
            return self._answer

    async def _look(self) -> Answer:
        parts = {"store": _store(), "layer": _layer()}
        found = await asyncio.gather(*(_answers(part) for part in parts.values()))
        words = {name: "ok" if well else "out of reach" for name, well in zip(parts, found, strict=True)}
        return (200 if all(found) else 503), words


async def _answers(part: Awaitable[object]) -> bool:
    try:
        async with asyncio.timeout(PATIENCE):
            await part
    except OUT_OF_REACH:
        return False
    return True


async def _store() -> None:
    await client().ping()


async def _layer() -> None:
    """A message there and back."""
    layer = get_channel_layer()
    channel = await layer.new_channel("probe")
    await layer.send(channel, {"type": "probe"})
    await layer.receive(channel)


class Probes:
    """ASGI: answers the probes, `inner` the rest."""

    def __init__(self, inner: Callable) -> None:
        self._inner = inner
        self._probes = {"/healthz": alive, "/readyz": Readiness()}

    async def __call__(self, scope, receive, send) -> None:
        probe = self._probes.get(scope["path"])
        if probe is None or scope["method"] not in ("GET", "HEAD"):
            await self._inner(scope, receive, send)
            return
        status, words = await probe()
        body = json.dumps(words).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
