"""A person's window: what people do and see, in the words of the page."""

import json
import re
import time
from dataclasses import dataclass

from playwright.async_api import Page, expect

FRAME = 0.04  # seconds: one frame of the test films

SHOWN = """(() => {
  const player = document.querySelector('#player [slot="media"]');
  if (!player) return null;
  return {time: player.currentTime, paused: player.paused, seeking: player.seeking, muted: player.muted,
          at: performance.timeOrigin + performance.now()};
})()"""


@dataclass
class Film:
    """What a window shows: position in seconds at `at` (ms of the machine's clock)."""

    time: float
    paused: bool
    seeking: bool
    muted: bool
    at: float


class Window:
    """One page of one person; it keeps the frames of its sockets and what the browser complained about."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.sent: list[dict] = []
        self.received: list[dict] = []
        page.complaints = []
        page.on("websocket", self._listen)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", self._console)

    def _listen(self, socket) -> None:
        socket.on("framesent", lambda frame: self.sent.append(json.loads(frame)))
        socket.on("framereceived", lambda frame: self.received.append(json.loads(frame)))

    def _console(self, message) -> None:
        if message.type == "error" and re.search("Content.Security.Policy|violates", message.text):
            self.page.complaints.append(message.text)

    def ops(self) -> list[str]:
        """The kinds of the ops that this window sent."""
        return [message["kind"] for message in self.sent if message["type"] == "op"]

    def states(self) -> list[int]:
        """The versions of the states that this window received."""
        return [message["v"] for message in self.received if message["type"] == "st"]

    def button(self, name: str):
        return self.page.get_by_role("button", name=name, exact=True)

    async def open(self, link: str) -> None:
        """Add a video from the home page; ends on the room page, in the room."""
        await self.page.goto("/")
        await self.page.get_by_label("Paste a link to a video").fill(link)
        await self.button("Start watching").click()
        await self.page.wait_for_url("**/watch/**")
        await self.in_sync()

    async def invite(self) -> str:
        return await self.page.get_by_label("Invite link").input_value()

    async def join(self, invite: str) -> None:
        """Open an invite and press Join."""
        await self.page.goto(invite)
        await self.button("Join").click()
        await self.in_sync()

    async def in_sync(self) -> None:
        await expect(self.page.get_by_role("banner").get_by_text("In sync", exact=True)).to_be_visible()

    async def film(self) -> Film | None:
        """What the player shows now. Asked past the test tool's own `evaluate`, which counts as a person's gesture."""
        session = await self.page.context.new_cdp_session(self.page)
        answer = await session.send("Runtime.evaluate", {"expression": SHOWN, "returnByValue": True})
        await session.detach()
        shown = answer["result"].get("value")
        return Film(**shown) if shown else None

    async def plays(self, after: float = 0.0) -> Film:
        """Wait until the film runs and is past a position."""
        return await self._until(lambda film: not film.paused and not film.seeking and film.time > after)

    async def rests(self, near: float | None = None, within: float = 1.0) -> Film:
        """Wait until the film stands still (near a position)."""
        return await self._until(
            lambda film: film.paused and not film.seeking and (near is None or abs(film.time - near) < within)
        )

    async def _until(self, holds) -> Film:
        end = time.monotonic() + 15
        while True:
            shown = await self.film()
            if shown and holds(shown):
                return shown
            if time.monotonic() > end:
                raise AssertionError(f"the window still shows {shown}")

    async def seek(self, seconds: float) -> None:
        """Choose a position on the time line: what it asks for when a hand lets go of it there."""
        await self.page.evaluate(
            """(to) => document.querySelector('media-time-range').dispatchEvent(
              new CustomEvent('mediaseekrequest', {detail: to, bubbles: true, composed: true}))""",
            seconds,
        )


async def apart(one: Window, other: Window) -> float:
    """How far two running windows are apart, in seconds of film, at the same instant."""
    first, second = await one.film(), await other.film()
    return abs((second.time - first.time) - (second.at - first.at) / 1000)
