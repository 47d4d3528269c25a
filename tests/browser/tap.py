"""A tap in the line on which a film comes to one person, so that it runs dry where a test wants it to."""

import asyncio
from urllib.parse import urlsplit

from tests.browser.window import Window
from tests.media import RANGE, clip

PIECE = 128 * 1024  # bytes that come at once


class Tap:
    """The line on which a window's film comes: nothing beyond `dry` seconds of it comes until the tap is opened."""

    def __init__(self, dry: float) -> None:
        self.dry = dry
        self._open = asyncio.Event()

    def open(self) -> None:
        self._open.set()

    async def serve(self, route) -> None:
        """Answer one request of a player, in pieces: a server may send less than it was asked for."""
        length = int(urlsplit(route.request.url).path.split("/")[1])
        data = clip(length)
        first = int(RANGE.match(route.request.headers["range"])[1])
        edge = int(len(data) * self.dry / length)
        if first >= edge:
            await self._open.wait()
        last = min(first + PIECE, len(data)) if self._open.is_set() else min(first + PIECE, edge)
        headers = {"Content-Range": f"bytes {first}-{last - 1}/{len(data)}", "Content-Type": "video/webm"}
        await route.fulfill(status=206, headers=headers | {"Accept-Ranges": "bytes"}, body=data[first:last])


async def tapped(window: Window, dry: float) -> Tap:
    """From now on the film comes to this person through a tap."""
    tap = Tap(dry)
    await window.page.context.route("**/*.webm", tap.serve)
    return tap
