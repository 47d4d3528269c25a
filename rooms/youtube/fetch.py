"""Fetching JSON from YouTube's fixed hosts, within bounds; what an answer means stands in `answers`."""

import asyncio
import json
import logging
from collections import defaultdict
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from weakref import WeakKeyDictionary

import httpx

from rooms.domain.errors import NotReachable

log = logging.getLogger(__name__)
PATIENCE = 3.0  # seconds for a request, from the first look at the address to the last byte
LARGEST = 64 * 1024  # bytes of an answer; a page of 50 videos has 15 to 30 KB where only what is read is asked for
AT_ONCE = 2  # requests of a kind: titles in the background leave the way free for people who wait
SILENT = "YouTube does not answer at the moment. Try again later."


@dataclass(frozen=True, slots=True)
class Answer:
    """The HTTP status, and the JSON object that came with it; empty where an error came without one."""

    status: int
    data: dict[str, Any]


class Line:
    """The client of one event loop (a process has one), and whose turn it is."""

    def __init__(self) -> None:
        # Proxies and certificates are those of the operator's environment; no cookie is kept.
        self.client = httpx.AsyncClient(
            timeout=PATIENCE,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": "We Watch", "Accept": "application/json", "Accept-Encoding": "identity"},
        )
        self.turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))


_lines: WeakKeyDictionary[asyncio.AbstractEventLoop, Line] = WeakKeyDictionary()


async def get(kind: str, address: str, params: dict[str, str], headers: dict[str, str] | None = None) -> Answer:
    """What an address answers; `kind` is whose turn it takes. Raises NotReachable, which tells no address."""
    try:
        line = _line()
        async with line.turns[kind], asyncio.timeout(PATIENCE):
            status, body = await _read(line.client, address, params, headers or {})
        return Answer(status, _object(body, status))
    # What a proxy or certificate that cannot be used raises is no HTTPError. The cause may name address and key.
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError, ImportError, ValueError) as error:
        log.info("YouTube could not be asked (%s)", type(error).__name__)
        raise NotReachable(SILENT) from None


async def close() -> None:
    """Close this event loop's client; the next request opens one anew, by what the environment then says."""
    line = _lines.pop(asyncio.get_running_loop(), None)
    if line:
        await line.client.aclose()


def _line() -> Line:
    loop = asyncio.get_running_loop()
    if loop not in _lines:
        _lines[loop] = Line()
    return _lines[loop]


async def _read(
    client: httpx.AsyncClient, address: str, params: dict[str, str], headers: dict[str, str]
) -> tuple[int, bytes]:
    async with client.stream("GET", address, params=params, headers=headers) as response:
        body = bytearray()
        async for part in response.aiter_raw():  # as it came: unpacked, a part could be of any size
            body += part
            if len(body) > LARGEST:
                raise ValueError
    return response.status_code, bytes(body)


def _object(body: bytes, status: int) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict):
        return data
    if status == httpx.codes.OK:
        raise ValueError
    return {}
